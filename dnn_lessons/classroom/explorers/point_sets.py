"""Points of two classes in the plane, each set a different task for a network.

Every function has the arguments and the results of datasets.two_moons.
"""

import numpy as np

from dnn_lessons.datasets import two_moons

INNER, OUTER = 0.6, 1.4  # the radii of two circles
HALF_SIDE = 1.5  # of the square with four quadrants
CENTRES = np.array([[1.0], [0.5]])  # of a blob; the other one lies opposite
TURNS = np.pi / 2, 3 * np.pi  # the angles at which an arm of the spiral begins and ends


def circles(m, noise, rng):
    """Return X (2, m) and Y (1, m): a circle of label 0 inside a circle of label 1.

    Parameters
    ----------
    m : int
        Number of examples; the labels alternate.
    noise : float
        Standard deviation of the normal noise that is added to both coordinates.
    rng : None, int or numpy.random.Generator
        Where the random numbers come from.

    Returns
    -------
    tuple of ndarray
        The points and their labels.
    """
    rng, Y = np.random.default_rng(rng), np.arange(m) % 2
    points = np.where(Y, OUTER, INNER) * _directions(rng.uniform(0, 2 * np.pi, m))
    return _noisy(points, Y, noise, rng)


def quadrants(m, noise, rng):
    """Return X (2, m) and Y (1, m): a square whose label is 1 where x1 and x2 have one sign.

    Parameters
    ----------
    m : int
        Number of examples.
    noise : float
        Standard deviation of the normal noise that is added to both coordinates.
    rng : None, int or numpy.random.Generator
        Where the random numbers come from.

    Returns
    -------
    tuple of ndarray
        The points and their labels.
    """
    rng = np.random.default_rng(rng)
    points = rng.uniform(-HALF_SIDE, HALF_SIDE, (2, m))
    return _noisy(points, points[0] * points[1] > 0, noise, rng)


def two_blobs(m, noise, rng):
    """Return X (2, m) and Y (1, m): two round clouds of points, labelled 0 and 1.

    Parameters
    ----------
    m : int
        Number of examples; the labels alternate.
    noise : float
        Standard deviation of both coordinates in each cloud.
    rng : None, int or numpy.random.Generator
        Where the random numbers come from.

    Returns
    -------
    tuple of ndarray
        The points and their labels.
    """
    rng, Y = np.random.default_rng(rng), np.arange(m) % 2
    return _noisy(CENTRES * (2 * Y - 1), Y, noise, rng)


def spiral(m, noise, rng):
    """Return X (2, m) and Y (1, m): two arms that wind around each other, labelled 0 and 1.

    Parameters
    ----------
    m : int
        Number of examples; the labels alternate.
    noise : float
        Standard deviation of the normal noise that is added to both coordinates. Neighbouring
        arms have distance 1.
    rng : None, int or numpy.random.Generator
        Where the random numbers come from.

    Returns
    -------
    tuple of ndarray
        The points and their labels.
    """
    rng, Y = np.random.default_rng(rng), np.arange(m) % 2
    angle = rng.uniform(*TURNS, m)
    return _noisy(angle / np.pi * _directions(angle + np.pi * Y), Y, noise, rng)


def _directions(angle):
    """Return the points (2, m) of the unit circle at these angles."""
    return np.stack([np.cos(angle), np.sin(angle)])


def _noisy(points, labels, noise, rng):
    """Return the points (2, m) with noise, and their labels (1, m) as floats."""
    X = points + noise * rng.standard_normal(points.shape)
    return X, labels.reshape(1, -1).astype(np.float64)


POINT_SETS = {
    "two moons": two_moons,
    "circles": circles,
    "quadrants": quadrants,
    "two blobs": two_blobs,
    "spiral": spiral,
}
