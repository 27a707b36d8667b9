"""Lesson 07, the squared error: a prediction and its target slide along the loss; the absolute error beside it."""

from functools import partial

import numpy as np

from dnn_lessons.classroom.explorers.controls import choice, slider
from dnn_lessons.classroom.explorers.explorer import Explorer, explorer
from dnn_lessons.classroom.explorers.loss_curves import compute, draw, say

PREDICTIONS = np.linspace(-1, 5, 121)


@explorer
def squared_error_explorer():
    """Return the explorer of the squared error.

    Returns
    -------
    Explorer
        Its controls are the prediction, the target, and the cost: "mse" or "mae".
    """
    controls = [
        slider("a", "prediction a", PREDICTIONS, 0.0),
        slider("y", "target y", PREDICTIONS, 1.0),
        choice("cost", "cost", ["mse", "mae"], "mse"),
    ]
    of_the_cost = partial(compute, PREDICTIONS)
    return Explorer("Loss and derivative", controls, of_the_cost, draw, say)
