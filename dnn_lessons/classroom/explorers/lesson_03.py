"""Lesson 03, the ReLU: z slides along the curve and over its kink."""

from dnn_lessons.activations import ACTIVATIONS
from dnn_lessons.classroom.explorers.activation_curves import (
    curve,
    draw,
    near_slider,
    say,
)
from dnn_lessons.classroom.explorers.explorer import Explorer, explorer


@explorer
def relu_explorer():
    """Return the explorer of the ReLU.

    Returns
    -------
    Explorer
        Its control is z.
    """
    return Explorer("relu: value and slope", [near_slider(1.0)], _compute, draw, say)


def _compute(z):
    """Return the State for z."""
    return curve(ACTIVATIONS["relu"], z, 4.0)
