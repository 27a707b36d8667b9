"""Lesson 06, the cross-entropy: a prediction between 0 and 1 and its label move along the loss."""

from functools import partial

import numpy as np

from dnn_lessons.activations import sigmoid
from dnn_lessons.classroom.explorers.controls import even_values, slider
from dnn_lessons.classroom.explorers.explorer import Explorer
from dnn_lessons.classroom.explorers.loss_curves import compute, draw, say

PREDICTIONS = even_values(0.01, 0.99, 0.01)
# From 0.01 to 0.99, dense at the ends.
DRAWN, _ = sigmoid(np.linspace(-1, 1, 121) * np.log(99))


def cross_entropy_explorer(**values):
    """Return the explorer of the cross-entropy.

    Parameters
    ----------
    **values : object
        Values of controls by name, where they do not stand at their start.

    Returns
    -------
    Explorer
        Its controls are the prediction and the label.
    """
    controls = [
        slider("a", "prediction a", PREDICTIONS, 0.8),
        slider("y", "label y", even_values(0, 1, 0.05), 1.0),
    ]
    of_the_cost = partial(compute, DRAWN, cost="cross_entropy")
    title = "Loss and derivative"
    return Explorer(
        cross_entropy_explorer, title, controls, of_the_cost, draw, say, values
    )
