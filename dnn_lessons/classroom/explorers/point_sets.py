"""Points of two classes in the plane, each set a different task for a network, and a draw of them.

The function of each set has the arguments and the results of datasets.two_moons.
"""

from typing import NamedTuple

import numpy as np

from dnn_lessons.datasets import Scaler, train_test_split, two_moons

POINTS, HELD_OUT = 500, 0.8  # as in lesson 13: 100 points to train on
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


class Data(NamedTuple):
    """Points in the plane, scaled by the mean and the deviation of the training points.

    Parameters
    ----------
    X, Y : ndarray, shapes (2, m) and (1, m)
        The training points and their labels.
    X_held, Y_held : ndarray, shapes (2, k) and (1, k)
        The held-out ones.
    """

    X: np.ndarray
    Y: np.ndarray
    X_held: np.ndarray
    Y_held: np.ndarray

    @property
    def reach(self):
        """The half side of a square around 0 that holds all points."""
        return 1.05 * max(np.abs(self.X).max(), np.abs(self.X_held).max())

    @property
    def ends(self):
        """The ends of that square, in both directions."""
        return -self.reach, self.reach


def scattered(points, noise, points_seed):
    """Return the Data of one draw of a set of points.

    Parameters
    ----------
    points : str
        A name in POINT_SETS.
    noise : float
        The standard deviation of the noise in the points' own units.
    points_seed : int
        What draws the points, and then which of them are held out.

    Returns
    -------
    Data
        The points, scaled as in lesson 13.
    """
    X, Y = POINT_SETS[points](POINTS, noise=noise, rng=points_seed)
    (X, Y), (X_held, Y_held) = train_test_split(X, Y, HELD_OUT, rng=points_seed)
    scaler = Scaler.fit(X)
    return Data(scaler.transform(X), Y, scaler.transform(X_held), Y_held)
