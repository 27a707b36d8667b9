"""Lesson 04, the leaky ReLU: z moves along the curve, and the leak is set."""

from functools import partial

from dnn_lessons.activations import Activation, leaky_relu, leaky_relu_backward
from dnn_lessons.classroom.explorers.activation_curves import (
    curve,
    draw,
    near_slider,
    say,
)
from dnn_lessons.classroom.explorers.controls import even_values, slider
from dnn_lessons.classroom.explorers.explorer import Explorer


def leak_explorer(**values):
    """Return the explorer of the leaky ReLU.

    Parameters
    ----------
    **values : object
        Values of controls by name, where they do not stand at their start.

    Returns
    -------
    Explorer
        Its controls are z and the leak, which may be larger than 1.
    """
    alpha = slider("alpha", "leak α", even_values(0, 1.5, 0.01), 0.1)
    controls = [near_slider(-1.0), alpha]
    title = "leaky_relu: value and slope"
    return Explorer(leak_explorer, title, controls, _compute, draw, _say, values)


def _compute(z, alpha):
    """Return the State for z with the given leak."""
    forward = partial(leaky_relu, alpha=alpha)
    backward = partial(leaky_relu_backward, alpha=alpha)
    return curve(Activation("leaky_relu", forward, backward), z, 4.0)


def _say(state):
    """Return the numbers at the point in words, and whether the kink is gone."""
    straight = "" if state.kink == 0 else " Both sides have the same slope: no kink."
    return f"{say(state)}{straight}"
