"""Lesson 00, a first taste: a network trains on the regression, with the rate and the number of epochs to choose."""

from dnn_lessons.classroom.explorers.cost_panel import COST_AXIS
from dnn_lessons.classroom.explorers.explorer import Explorer
from dnn_lessons.classroom.explorers.training_runs import (
    draw,
    say,
    train,
    training_controls,
)


def taste_explorer(**values):
    """Return the explorer of a training with two settings.

    Parameters
    ----------
    **values : object
        Values of controls by name, where they do not stand at their start.

    Returns
    -------
    Explorer
        Its controls are the learning rate, the number of epochs and the axis of the cost.
    """
    table = training_controls()
    controls = [table["learning_rate"], table["num_epochs"], COST_AXIS]
    title = "The regression in small"
    return Explorer(taste_explorer, title, controls, train, draw, say, values)
