"""Lesson 03, the ReLU: z moves along the curve and over its kink."""

from dnn_lessons.activations import ACTIVATIONS
from dnn_lessons.classroom.explorers.activation_curves import (
    curve,
    draw,
    near_slider,
    say,
)
from dnn_lessons.classroom.explorers.explorer import Explorer


def relu_explorer(**values):
    """Return the explorer of the ReLU.

    Parameters
    ----------
    **values : object
        Values of controls by name, where they do not stand at their start.

    Returns
    -------
    Explorer
        Its control is z.
    """
    title = "relu: value and slope"
    controls = [near_slider(1.0)]
    return Explorer(relu_explorer, title, controls, _compute, draw, say, values)


def _compute(z):
    """Return the State for z."""
    return curve(ACTIVATIONS["relu"], z, 4.0)
