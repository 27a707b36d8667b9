"""Surfaces to descend: costs J of two parameters with their gradients, and gradient descent on them."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from dnn_lessons._checks import positive_float

COST_LIMIT = 1e12  # a descent beyond this cost has diverged: further steps teach nothing and would overflow


class Surface(NamedTuple):
    """A cost `value` (theta (n, ...) -> J (...)) with lowest value 0, its `gradient` (-> (n, ...)) and a start (n,)."""

    name: str
    value: Callable
    gradient: Callable
    start: tuple


def quadratic(name, curvatures, start):
    """The Surface J = (1/2) sum_j lambda_j theta_j^2 with the curvatures lambda_j; dJ/dtheta_j = lambda_j theta_j."""
    curvatures = np.array(curvatures, dtype=np.float64)
    return Surface(
        name,
        lambda theta: np.tensordot(curvatures, np.square(theta), axes=1) / 2,
        lambda theta: (curvatures * np.transpose(theta)).T,
        start,
    )


def saddle_value(theta):
    """J = theta_1^2 / 2 + (theta_2^2 - 1)^2 / 4: a saddle point at (0, 0), minima at (0, -1) and (0, 1)."""
    return theta[0] ** 2 / 2 + (theta[1] ** 2 - 1) ** 2 / 4


def saddle_gradient(theta):
    """dJ/dtheta_1 = theta_1 and dJ/dtheta_2 = theta_2^3 - theta_2."""
    return np.stack([theta[0], theta[1] ** 3 - theta[1]])


SURFACES = {
    row.name: row
    for row in (
        quadratic("bowl", (1, 1), start=(-1.6, 1.2)),
        quadratic("ravine", (1, 10), start=(-1.8, 0.9)),
        Surface("saddle", saddle_value, saddle_gradient, start=(-1.6, 0.02)),
    )
}


def descend(surface, start, learning_rate, steps):
    """The path (n, t + 1) of t = `steps` updates theta <- theta - learning_rate * gradient, `start` first.

    It ends early after a cost above COST_LIMIT. Raises ValueError unless learning_rate is finite and above 0.
    """
    learning_rate = positive_float("learning_rate", learning_rate)
    path = [np.array(start, dtype=np.float64)]
    while len(path) <= steps and surface.value(path[-1]) < COST_LIMIT:
        path.append(path[-1] - learning_rate * surface.gradient(path[-1]))
    return np.stack(path, axis=1)


def grid(surface, width=2.0, height=1.5, points=81):
    """theta (2, points, points) over [-width, width] x [-height, height], and the cost J (points, points) there."""
    theta = np.stack(
        np.meshgrid(
            np.linspace(-width, width, points), np.linspace(-height, height, points)
        )
    )
    return theta, surface.value(theta)
