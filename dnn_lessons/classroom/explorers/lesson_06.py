"""Lesson 06, the cross-entropy: a prediction between 0 and 1 and its target slide along the loss."""

from functools import partial

import numpy as np

from dnn_lessons.classroom.explorers.controls import slider
from dnn_lessons.classroom.explorers.explorer import Explorer, explorer
from dnn_lessons.classroom.explorers.loss_curves import compute, draw, say

PREDICTIONS = np.linspace(0.005, 0.995, 199)


@explorer
def cross_entropy_explorer():
    """Return the explorer of the cross-entropy.

    Returns
    -------
    Explorer
        Its controls are the prediction and the target.
    """
    controls = [
        slider("a", "prediction a", PREDICTIONS, 0.8),
        slider("y", "target y", np.linspace(0, 1, 21), 1.0),
    ]
    of_the_cost = partial(compute, PREDICTIONS, cost="cross_entropy")
    return Explorer("Loss and derivative", controls, of_the_cost, draw, say)
