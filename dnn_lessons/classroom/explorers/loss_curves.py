"""What the explorers of lessons 06 and 07 share: a prediction and its label move along a loss."""

from typing import NamedTuple

import numpy as np

from dnn_lessons.classroom.explorers.picture import (
    Axis,
    Handle,
    Level,
    Line,
    Panel,
    Picture,
    Points,
)
from dnn_lessons.classroom.explorers.text import number_text
from dnn_lessons.classroom.figures.parts import with_gap
from dnn_lessons.costs import get_cost

SQUARE = (-1, 17), (-9, 9)  # mae has the same axes, so that the two are compared
HEIGHTS = {  # the ends of the vertical axes, which stay: of the loss, and of its derivative
    "cross_entropy": ((-0.3, 5), (-110, 110)),
    "mse": SQUARE,
    "mae": SQUARE,
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
        The label.
    at : tuple of float
        The chosen prediction, its loss and the derivative.
    """

    cost: str
    grid: np.ndarray
    losses: np.ndarray
    slopes: np.ndarray
    y: float
    at: tuple

    @property
    def kink(self):
        """The prediction at which the loss has no derivative, or None."""
        return self.y if self.cost == "mae" else None


def compute(predictions, a, y, cost):
    """Return the State of a loss.

    Parameters
    ----------
    predictions : sequence of float
        The predictions over which the loss is drawn.
    a, y : float
        The chosen prediction, and the label.
    cost : str
        The name of the cost.

    Returns
    -------
    LossState
        The curves and the chosen prediction.
    """
    inside = predictions[0] <= y <= predictions[-1]
    grid = np.union1d(predictions, [y] if inside else [])
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
    Picture
        Two panels over the same axis; prediction and label are dragged along it.
    """
    ends, slope_ends = HEIGHTS[state.cost]
    losses = [*_losses(state, ends), *_tangent(state), _label(state)]
    titles = f"{state.cost} loss", "derivative by a"
    return Picture(
        [
            _panel(state, titles[0], ends, losses, state.at[1]),
            _panel(state, titles[1], slope_ends, _slopes(state), state.at[2]),
        ]
    )


def _panel(state, title, ends, marks, height):
    """Return a panel over the predictions, with the level 0 and the prediction that is dragged."""
    handle = Handle(state.at[0], height, ("a", ""), "prediction a")
    marks = [Level(0.0), *marks, handle]
    return Panel(title, _across(state.grid), Axis("", *ends), marks, height=0.68)


def _across(grid):
    """Return the axis of the predictions, a little longer than they are."""
    spare = 0.03 * np.ptp(grid)
    return Axis("prediction a", grid[0] - spare, grid[-1] + spare)


def _losses(state, ends):
    """Return the line of the loss, and an upright one at the label."""
    label = f"label y = {number_text(state.y)}"
    return [
        Line([state.y] * 2, ends, "data", label),
        Line(state.grid, state.losses, "forward", width=3),
    ]


def _label(state):
    """Return the handle of the label."""
    return Handle(state.y, 0.0, ("y", ""), "label y", "data")


def _tangent(state):
    """Return the tangent at the prediction, with its slope in the legend; a kink has none."""
    a, loss, slope = state.at
    if a == state.kink:
        return []
    ends = state.grid[[0, -1]]
    label = f"tangent, slope {number_text(slope)}"
    return [Line(ends, loss + slope * (ends - a), "backward", label)]


def _slopes(state):
    """Return the marks of the derivative; at a kink its line has a gap."""
    if state.kink is None:
        return [Line(state.grid, state.slopes, "backward", width=3)]
    kept = state.grid != state.kink
    jump = with_gap(state.grid[kept], state.slopes[kept], state.kink)
    return [Line(*jump, "backward", width=3), *_jump(state)]


def _jump(state):
    """Return the marks at a kink: both limits are open, the value that the code takes is filled."""
    limits = state.slopes[[0, -1]]
    return [
        Points([state.kink] * 2, limits, "paper", "limits at the kink", 7),
        Points([state.kink], [0.0], "backward", "value taken at the kink", 7),
    ]


def say(state):
    """Return the numbers at the chosen prediction in words.

    Parameters
    ----------
    state : LossState
        What is shown.

    Returns
    -------
    str
        One line; at a kink a sentence more.
    """
    a, loss, slope = map(number_text, state.at)
    here = f"a = {a}, y = {number_text(state.y)}: {state.cost} loss {loss}"
    if state.at[0] == state.kink:
        return (
            f"{here}. Here the loss has a kink and no derivative; the code takes {slope}."
        )
    return f"{here}, derivative {slope}."
