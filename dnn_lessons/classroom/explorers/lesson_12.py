"""Lesson 12, training: a network trains on the regression, with every setting to choose."""

from dnn_lessons.classroom.explorers.cost_panel import COST_AXIS
from dnn_lessons.classroom.explorers.explorer import Explorer
from dnn_lessons.classroom.explorers.training_runs import (
    draw,
    say,
    train,
    training_controls,
)


def training_explorer(**values):
    """Return the explorer of a training.

    Parameters
    ----------
    **values : object
        Values of controls by name, where they do not stand at their start.

    Returns
    -------
    Explorer
        Its controls are all settings of a training, and the axis of the cost.
    """
    controls = [*training_controls().values(), COST_AXIS]
    title = "A training"
    return Explorer(training_explorer, title, controls, train, draw, say, values)
