"""Lesson 08, the absolute error: one label slides away from the others, and pulls at the best constants."""

from typing import NamedTuple

import numpy as np

from dnn_lessons.classroom.explorers.controls import slider
from dnn_lessons.classroom.explorers.explorer import Explorer, explorer
from dnn_lessons.classroom.figures.costs import outlier
from dnn_lessons.metrics import BEST_CONSTANT

LABELS = np.array([1.0, 2.0, 3.0, 4.0])  # those that stay
POSITIONS = np.linspace(3, 30, 109)  # of the one that moves
BEST = {"mean (MSE)": BEST_CONSTANT["mse"], "median (MAE)": BEST_CONSTANT["mae"]}


class OutlierState(NamedTuple):
    """Five labels, one of which moves, and the constants that predict them best.

    Parameters
    ----------
    at : float
        Where the moving label is.
    best : dict
        For each cost, the best constant at each of POSITIONS.
    """

    at: float
    best: dict


@explorer
def outlier_explorer():
    """Return the explorer of an outlier.

    Returns
    -------
    Explorer
        Its control is the position of the outlier.
    """
    control = slider("at", "outlier at", POSITIONS, 20.0, "{:.4g}")
    return Explorer("One outlier", [control], _compute, _draw, _say)


def _compute(at):
    """Return the State with the outlier at the given place."""
    best = {
        name: np.array([constant([*LABELS, each]) for each in POSITIONS])
        for name, constant in BEST.items()
    }
    return OutlierState(at, best)


def _draw(state):
    """Return the labels with the best constants, and the constants as the outlier moves."""
    return outlier(LABELS, state.at, POSITIONS, state.best)


def _say(state):
    """Return the labels and the best constants in words."""
    labels = ", ".join(f"{y:g}" for y in LABELS)
    constants = ", ".join(
        f"{name} {np.interp(state.at, POSITIONS, values):.3g}"
        for name, values in state.best.items()
    )
    return f"Labels {labels} and {state.at:.4g}. Best constants: {constants}."
