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
    labels = [
        *(_constant(state, name, look) for name, look in _looks(state)),
        Points(LABELS, np.arange(1, OUTLIER), "data", "label", size=18),
        Handle(state.at, OUTLIER, ("at", ""), "outlier"),
    ]
    moves = [mark for name, look in _looks(state) for mark in _moves(state, name, look)]
    return Picture(
        [
            Panel(
                "labels and best constants",
                Axis("label y", *LABEL_AXIS),
                Axis("example", 0.5, OUTLIER + 0.5),
                labels,
            ),
            Panel(
                "as the outlier moves",
                Axis("outlier at", *LABEL_AXIS),
                Axis("best constant", 0, 9),
                moves,
            ),
        ]
    )


def _looks(state):
    """Return the name of each best constant with that of its look."""
    return [(name, f"compared {i}") for i, name in enumerate(state.best)]


def _constant(state, name, look):
    """Return a best constant as a line through all examples, with its number in the legend."""
    label = f"{name} {number_text(state.best[name])}"
    return Line([state.best[name]] * 2, [0.5, OUTLIER + 0.5], look, label, width=3)


def _moves(state, name, look):
    """Return a best constant for each position of the outlier, and for that of now."""
    line = Line(POSITIONS, state.curves[name], look, name, width=3)
    return [line, Points([state.at], [state.best[name]], look)]


def _say(state):
    """Return the labels and the best constants in words."""
    labels = ", ".join(f"{y:g}" for y in LABELS)
    constants = ", ".join(f"{name} {number_text(c)}" for name, c in state.best.items())
    return f"Labels {labels} and {state.at:g}. Best constants: {constants}."
