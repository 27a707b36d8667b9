"""Lesson 08, the absolute error: one label moves away from the others, and pulls at the best constants."""

from typing import NamedTuple

import numpy as np

from dnn_lessons.classroom.explorers.controls import even_values, slider
from dnn_lessons.classroom.explorers.explorer import Explorer
from dnn_lessons.classroom.explorers.picture import (
    Axis,
    Handle,
    Line,
    Panel,
    Picture,
    Points,
)
from dnn_lessons.classroom.explorers.text import number_text
from dnn_lessons.metrics import BEST_CONSTANT

LABELS = np.array([1.0, 2.0, 3.0, 4.0])  # those that stay
OUTLIER = len(LABELS) + 1  # the number of the example that moves
POSITIONS = np.array(even_values(3, 30, 0.25))  # of its label
BEST = {"mean (MSE)": BEST_CONSTANT["mse"], "median (MAE)": BEST_CONSTANT["mae"]}
LABEL_AXIS = 0, 31
EXAMPLES = Axis("example", 0.5, OUTLIER + 0.5)


class OutlierState(NamedTuple):
    """Five labels, one of which moves, and the constants that predict them best.

    Parameters
    ----------
    at : float
        Where the moving label is.
    best : dict
        {name of a cost and its constant: the best constant}.
    curves : dict
        The best constants (n,) at each of POSITIONS.
    """

    at: float
    best: dict
    curves: dict


def outlier_explorer(**values):
    """Return the explorer of an outlier.

    Parameters
    ----------
    **values : object
        Values of controls by name, where they do not stand at their start.

    Returns
    -------
    Explorer
        Its control is the position of the outlier.
    """
    control = slider("at", "outlier at", POSITIONS, 20.0)
    title = "One outlier"
    return Explorer(outlier_explorer, title, [control], _compute, _draw, _say, values)


def _compute(at):
    """Return the State with the outlier at the given place."""
    curves = {
        name: np.array([constant([*LABELS, each]) for each in POSITIONS])
        for name, constant in BEST.items()
    }
    best = {name: float(constant([*LABELS, at])) for name, constant in BEST.items()}
    return OutlierState(at, best, curves)


def _draw(state):
    """Return the labels with the best constants, and the constants as the outlier moves."""
    return Picture([_labels(state), _constants(state)])


def _labels(state):
    """Return the panel of the labels, the last of which is dragged, and of the best constants."""
    stays = Points(LABELS, np.arange(1, OUTLIER), "data", "label", size=18)
    moves = Handle(state.at, OUTLIER, ("at", ""), "outlier")
    marks = [*_upright_lines(state), stays, moves]
    x = Axis("label y", *LABEL_AXIS)
    return Panel("labels and best constants", x, EXAMPLES, marks)


def _constants(state):
    """Return the panel of the best constants at each position of the outlier."""
    marks = [mark for name, look in _looks(state) for mark in _moves(state, name, look)]
    x, y = Axis("outlier at", *LABEL_AXIS), Axis("best constant", 0, 9)
    return Panel("as the outlier moves", x, y, marks)


def _looks(state):
    """Return the name of each best constant with that of its look."""
    return [(name, f"compared {i}") for i, name in enumerate(state.best)]


def _upright_lines(state):
    """Return each best constant as a line through all examples, with its number in the legend."""
    return [
        Line([best] * 2, EXAMPLES[1:3], look, f"{name} {number_text(best)}", width=3)
        for (name, look), best in zip(_looks(state), state.best.values(), strict=True)
    ]


def _moves(state, name, look):
    """Return a best constant for each position of the outlier, and for its current position."""
    line = Line(POSITIONS, state.curves[name], look, name, width=3)
    return [line, Points([state.at], [state.best[name]], look)]


def _say(state):
    """Return the labels and the best constants in words."""
    labels = ", ".join(f"{y:g}" for y in LABELS)
    constants = ", ".join(f"{name} {number_text(c)}" for name, c in state.best.items())
    return f"Labels {labels} and {state.at:g}. Best constants: {constants}."
