"""Lesson 13, prediction: a network that one can see into, the border of its decision, and its costs."""

from dnn_lessons.classroom.explorers.decision_runs import CONTROLS, draw, say, train
from dnn_lessons.classroom.explorers.explorer import Explorer


def decision_explorer(**values):
    """Return the explorer of a decision.

    Parameters
    ----------
    **values : object
        Values of controls by name, where they do not stand at their start.

    Returns
    -------
    Explorer
        Its controls are the points, the network, the training and the axis of the cost.
    """
    title = "A network that one can see into"
    return Explorer(decision_explorer, title, CONTROLS, train, draw, say, values)
