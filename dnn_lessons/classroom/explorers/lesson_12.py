"""Lesson 12, training: everything that a training is set by; it plays, pauses, steps and starts anew."""

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
def training_explorer():
    """Return the explorer of a training.

    Returns
    -------
    Explorer
        Its controls are the rate, the epochs, the batch size, the width, the depth and both activations.
    """
    controls = training_controls().values()
    title = "A network trains"
    return Explorer(title, controls, train, draw, say, moving_lines, progress)
