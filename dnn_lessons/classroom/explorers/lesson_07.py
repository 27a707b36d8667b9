"""Lesson 07, the squared error: a prediction and its label move along the loss; the absolute error beside it."""

from functools import partial

from dnn_lessons.classroom.explorers.controls import choice, even_values, slider
from dnn_lessons.classroom.explorers.explorer import Explorer
from dnn_lessons.classroom.explorers.loss_curves import compute, draw, say

PREDICTIONS = even_values(-1, 5, 0.05)
LABELS = even_values(1, 3, 0.05)
TITLE = "Loss and derivative"


def squared_error_explorer(**values):
    """Return the explorer of the squared error.

    Parameters
    ----------
    **values : object
        Values of controls by name, where they do not stand at their start.

    Returns
    -------
    Explorer
        Its controls are the prediction, the label, and the cost: "mse" or "mae".
    """
    controls = [
        slider("a", "prediction a", PREDICTIONS, 0.0),
        slider("y", "label y", LABELS, 1.0),
        choice("cost", "cost", ["mse", "mae"], "mse"),
    ]
    of_the_cost = partial(compute, PREDICTIONS)
    made = squared_error_explorer
    return Explorer(made, TITLE, controls, of_the_cost, draw, say, values)
