"""Lesson 04, the leaky ReLU: z slides along the curve, and the leak is set."""

from functools import partial

import numpy as np

from dnn_lessons.activations import Activation, leaky_relu, leaky_relu_backward
from dnn_lessons.classroom.explorers.activation_curves import (
    curve,
    draw,
    near_slider,
    say,
)
from dnn_lessons.classroom.explorers.controls import slider
from dnn_lessons.classroom.explorers.explorer import Explorer, explorer


@explorer
def leak_explorer():
    """Return the explorer of the leaky ReLU.

    Returns
    -------
    Explorer
        Its controls are z and the leak, which may be larger than 1.
    """
    alpha = slider("alpha", "leak α", np.linspace(0, 1.5, 151), 0.1)
    controls = [near_slider(-1.0), alpha]
    return Explorer("leaky_relu: value and slope", controls, _compute, draw, say)


def _compute(z, alpha):
    """Return the State for z with the given leak."""
    forward = partial(leaky_relu, alpha=alpha)
    backward = partial(leaky_relu_backward, alpha=alpha)
    return curve(Activation("leaky_relu", forward, backward), z, 4.0)
