"""Lesson 00, a first taste: a network trains on the regression, with the rate and the number of epochs to choose."""

from dnn_lessons.classroom.explorers.explorer import Explorer, explorer
from dnn_lessons.classroom.explorers.training_runs import (
    draw,
    moving_lines,
    progress,
    say,
    train,
    training_controls,
)


@explorer
def taste_explorer():
    """Return the explorer of a training with two controls.

    Returns
    -------
    Explorer
        Its controls are the learning rate and the number of epochs.
    """
    controls = training_controls()
    chosen = [controls["learning_rate"], controls["num_epochs"]]
    title = "The regression in small"
    return Explorer(title, chosen, train, draw, say, moving_lines, progress)
