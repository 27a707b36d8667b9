"""What the explorers of lessons 02 and 05 share: the number format is chosen too, and the words say where it ends."""

from functools import partial

import numpy as np

from dnn_lessons.activations import ACTIVATIONS
from dnn_lessons.classroom.explorers.activation_curves import curve, draw, say
from dnn_lessons.classroom.explorers.controls import choice, even_values, slider
from dnn_lessons.classroom.explorers.explorer import Explorer
from dnn_lessons.classroom.explorers.text import number_text

FORMATS = {"float64": np.float64, "float32": np.float32}
WIDTHS = (8, 40, 800)  # the picture widens where z leaves it, and says so in its title
POSITIVE = [*range(10, 40), *range(40, 120, 4), *range(120, 801, 20)]
FAR = [*np.negative(POSITIVE[::-1]), *even_values(-9.9, 9.9, 0.1), *POSITIVE]


def saturating_explorer(function, name, values):
    """Return the explorer of an activation that saturates.

    Parameters
    ----------
    function : callable
        The function of a lesson that makes this explorer from values of its controls.
    name : {"sigmoid", "tanh"}
        The name of the activation.
    values : dict
        Values of controls by name, where they do not stand at their start.

    Returns
    -------
    Explorer
        Its controls are z, which reaches beyond the place where exp(z) overflows, and the number format.
    """
    z = slider("z", "z", FAR, 1.0)
    dtype = choice("dtype", "numbers", list(FORMATS), "float64")
    compute = partial(_compute, ACTIVATIONS[name])
    title = f"{name}: value and slope"
    return Explorer(function, title, [z, dtype], compute, _draw, _say, values)


def _compute(activation, z, dtype):
    """Return the State for z, over the narrowest interval that holds it."""
    width = next(width for width in WIDTHS if width >= abs(z))
    return curve(activation, z, width, FORMATS[dtype])


def _draw(state):
    """Return the picture, whose titles say how far it reaches."""
    picture, end = draw(state), f"{state.Z[-1]:g}"
    panels = [
        panel._replace(title=f"{panel.title}, z from −{end} to {end}")
        for panel in picture.panels
    ]
    return picture._replace(panels=panels)


def _say(state):
    """Return the numbers at the point, and which of them the number format cannot hold."""
    reached = [event for event, there in _events(state).items() if there]
    more = f" In {state.Z.dtype.name} {', and '.join(reached)}." if reached else ""
    return f"{say(state)}{more}"


def _events(state):
    """Return {what happens in a number format: whether it does at the point}."""
    z, a, slope = state.at
    ends = ACTIVATIONS[state.name].bounds
    overflow = np.log(np.finfo(state.Z.dtype).max)
    return {
        f"{state.name} is exactly {number_text(a)}": a in ends,
        "the slope is exactly 0": slope == 0,
        "exp(z) overflows": z > overflow,
    }
