"""What the explorers of lessons 06 and 07 share: a prediction and its target slide along a loss."""

from typing import NamedTuple

import numpy as np

from dnn_lessons.classroom.figures.costs import loss_and_gradient
from dnn_lessons.costs import get_cost

LIMITS = {  # of the loss, and of its derivative
    "cross_entropy": ((0, 5), (-12, 12)),
    "mse": ((-1, 10), (-9, 9)),
    "mae": ((-1, 10), (-9, 9)),
}


class LossState(NamedTuple):
    """The loss of one example for many predictions, and for the chosen one.

    Parameters
    ----------
    cost : str
        The name of the cost whose loss it is.
    grid : ndarray, shape (n,)
        Predictions.
    losses, slopes : ndarray, shape (n,)
        The loss of each, and its derivative by the prediction.
    y : float
        The target.
    at : tuple of float
        The chosen prediction, its loss and the derivative.
    """

    cost: str
    grid: np.ndarray
    losses: np.ndarray
    slopes: np.ndarray
    y: float
    at: tuple


def compute(grid, a, y, cost):
    """Return the State of a loss.

    Parameters
    ----------
    grid : ndarray, shape (n,)
        The predictions over which the loss is drawn.
    a, y : float
        The chosen prediction, and the target.
    cost : str
        The name of the cost.

    Returns
    -------
    LossState
        The curves and the chosen prediction.
    """
    losses, slopes = _loss_and_slope(get_cost(cost), grid, y)
    (loss,), (slope,) = _loss_and_slope(get_cost(cost), np.array([a]), y)
    return LossState(cost, grid, losses, slopes, y, (a, loss, slope))


def _loss_and_slope(cost, a, y):
    """Return the loss of each prediction a (n,), and its derivative, from the functions that the lessons teach."""
    losses = [cost.forward(np.array([[each]]), np.array([[y]])) for each in a]
    slopes = cost.backward(a.reshape(1, -1), np.full((1, len(a)), y))
    return np.array(losses), slopes[0]


def draw(state):
    """Return the picture: the loss with its tangent, and its derivative beside it.

    Parameters
    ----------
    state : LossState
        What is drawn.

    Returns
    -------
    matplotlib.figure.Figure
        The picture.
    """
    label = _label(state)
    losses, slopes = {label: state.losses}, {label: state.slopes}
    limits = LIMITS[state.cost]
    return loss_and_gradient(state.grid, losses, slopes, mark=state.at, limits=limits)


def say(state):
    """Return the numbers at the chosen prediction in words.

    Parameters
    ----------
    state : LossState
        What is shown.

    Returns
    -------
    str
        One line.
    """
    a, loss, slope = state.at
    return f"a = {a:.3g}, {_label(state)}: loss {loss:.4f}, derivative {slope:.4f}"


def _label(state):
    """Return the name of the cost and the target."""
    return f"{state.cost}, y = {state.y:.3g}"
