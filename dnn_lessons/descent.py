"""Gradient descent on costs J of two parameters, which can be drawn as surfaces."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from dnn_lessons._checks import positive_float

# A descent that reaches this cost diverges: further steps would only overflow.
COST_LIMIT = 1e12


class Surface(NamedTuple):
    """Hold a cost J of n parameters theta, its gradient, and a point to start from.

    Parameters
    ----------
    name : str
        The name in SURFACES.
    value : callable
        Returns J (...) for theta (n, ...), one point or many. The lowest value is 0.
    gradient : callable
        Returns the partial derivatives of J, (n, ...), for theta (n, ...).
    start : tuple of float
        The n coordinates of a point from which a descent shows what is to be seen.
    curvatures : tuple of float
        The n second derivatives at a minimum, one for each parameter.
    """

    name: str
    value: Callable
    gradient: Callable
    start: tuple
    curvatures: tuple

    @property
    def threshold(self):
        """Return 2 / lambda for the largest curvature: beside the minimum, a larger rate leads away from it."""
        return 2 / max(self.curvatures)


def quadratic(name, curvatures, start):
    """Return the Surface J = (1/2) sum_j lambda_j theta_j^2 for curvatures lambda_j.

    Its gradient is dJ/dtheta_j = lambda_j theta_j.

    Parameters
    ----------
    name : str
        The name of the surface.
    curvatures : sequence of float
        The n second derivatives lambda_j, one for each parameter.
    start : tuple of float
        The point (n,) to start from.

    Returns
    -------
    Surface
        The quadratic cost with its minimum, 0, at the origin.
    """
    column = np.array(curvatures, dtype=np.float64)
    return Surface(
        name,
        lambda theta: np.tensordot(column, np.square(theta), axes=1) / 2,
        lambda theta: (column * np.transpose(theta)).T,
        start,
        tuple(curvatures),
    )


def saddle_value(theta):
    """Return J = theta_1^2 / 2 + (theta_2^2 - 1)^2 / 4.

    It has a saddle point at (0, 0) and its minima at (0, -1) and (0, 1).

    Parameters
    ----------
    theta : ndarray of shape (2, ...)
        One point or many.

    Returns
    -------
    float or ndarray of shape (...)
        The cost at each point.
    """
    return theta[0] ** 2 / 2 + (theta[1] ** 2 - 1) ** 2 / 4


def saddle_gradient(theta):
    """Return dJ/dtheta_1 = theta_1 and dJ/dtheta_2 = theta_2^3 - theta_2.

    Parameters
    ----------
    theta : ndarray of shape (2, ...)
        One point or many.

    Returns
    -------
    ndarray of shape (2, ...)
        The gradient of `saddle_value` at each point.
    """
    return np.stack([theta[0], theta[1] ** 3 - theta[1]])


SURFACES = {
    row.name: row
    for row in (
        quadratic("bowl", (1, 1), start=(-1.6, 1.2)),
        quadratic("ravine", (1, 10), start=(-1.8, 0.9)),
        Surface("saddle", saddle_value, saddle_gradient, (-1.6, 0.02), (1, 2)),
    )
}


def descend(surface, start, learning_rate, steps):
    """Return the path (n, t + 1) of t updates theta <- theta - learning_rate * gradient.

    It ends before `steps` updates if the cost reaches COST_LIMIT.

    Parameters
    ----------
    surface : Surface
        The cost to descend.
    start : sequence of float
        The first point (n,).
    learning_rate : float
        The factor of the gradient, above 0.
    steps : int
        The largest number of updates.

    Returns
    -------
    ndarray of shape (n, t + 1)
        The points in order; column 0 is `start`.

    Raises
    ------
    ValueError
        If the learning rate is not a finite number above 0.
    TypeError
        If it is not a number.

    Notes
    -----
    Lesson 10 derives the update. Cauchy described the method in 1847, in "Méthode générale
    pour la résolution des systèmes d'équations simultanées".
    """
    learning_rate = positive_float("learning_rate", learning_rate)
    path = [np.array(start, dtype=np.float64)]
    while len(path) <= steps and surface.value(path[-1]) < COST_LIMIT:
        path.append(path[-1] - learning_rate * surface.gradient(path[-1]))
    return np.stack(path, axis=1)


def descend_at_rates(surface, start, learning_rates, steps):
    """Return the paths (n, steps + 1, k) of k descents from one start, each at a rate of its own.

    No path ends early: that of a descent which diverges goes on to infinity and NaN.

    Parameters
    ----------
    surface : Surface
        The cost to descend.
    start : sequence of float
        The first point (n,).
    learning_rates : ndarray of shape (k,)
        The factors of the gradient.
    steps : int
        The number of updates.

    Returns
    -------
    ndarray of shape (n, steps + 1, k)
        The points; where `descend` goes on, [:, :, i] is its path at rate i.
    """
    theta = np.repeat(np.array(start, dtype=np.float64)[:, None], len(learning_rates), 1)
    paths = [theta]
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(steps):
            theta = theta - learning_rates * surface.gradient(theta)
            paths.append(theta)
    return np.stack(paths, axis=1)


def grid(surface, width=2.0, height=1.5, points=81):
    """Return the points theta (2, points, points) of a grid, and the cost J at each.

    Parameters
    ----------
    surface : Surface
        A cost of two parameters.
    width : float
        The grid runs from -width to width in theta_1.
    height : float
        The grid runs from -height to height in theta_2.
    points : int
        Number of grid points in each direction.

    Returns
    -------
    theta : ndarray of shape (2, points, points)
        The coordinates; theta_1 grows along the last axis.
    J : ndarray of shape (points, points)
        The costs.
    """
    theta_1 = np.linspace(-width, width, points)
    theta_2 = np.linspace(-height, height, points)
    theta = np.stack(np.meshgrid(theta_1, theta_2))
    return theta, surface.value(theta)
