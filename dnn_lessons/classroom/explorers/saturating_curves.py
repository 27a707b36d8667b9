"""What the explorers of lessons 02 and 05 share: the number format is chosen too, and the words say where it ends."""

from functools import cache, partial

import numpy as np

from dnn_lessons.activations import ACTIVATIONS
from dnn_lessons.classroom.explorers.activation_curves import (
    curve,
    draw,
    say,
    value_and_slope,
)
from dnn_lessons.classroom.explorers.controls import choice, slider
from dnn_lessons.classroom.explorers.explorer import Explorer

FORMATS = {"float64": np.float64, "float32": np.float32}
WIDTHS = (8, 40, 120, 800)  # the picture widens where z leaves it
POSITIVE = [*range(10, 40), *range(40, 120, 4), *range(120, 801, 20)]
FAR = np.concatenate([np.negative(POSITIVE[::-1]), np.arange(-99, 100) / 10, POSITIVE])
FINE = np.arange(0, 800, 1 / 16)  # where the ends of a number format are sought


def saturating_explorer(name):
    """Return the explorer of an activation that saturates.

    Parameters
    ----------
    name : {"sigmoid", "tanh"}
        The name of the activation.

    Returns
    -------
    Explorer
        Its controls are z, which reaches as far as exp(z) overflows, and the number format.
    """
    z = slider("z", "z", FAR, 1.0, "{:.4g}")
    dtype = choice("dtype", "numbers", list(FORMATS), "float64")
    compute = partial(_compute, ACTIVATIONS[name])
    return Explorer(f"{name}: value and slope", [z, dtype], compute, draw, _say)


def _compute(activation, z, dtype):
    """Return the State for z, over the narrowest interval that holds it."""
    width = next(width for width in WIDTHS if width >= abs(z))
    return curve(activation, z, width, FORMATS[dtype])


def _say(state):
    """Return the numbers at the point, and where the number format ends."""
    dtype = state.Z.dtype.name
    ends = "; ".join(
        f"{event} from z = {z:.5g}" for event, z in _ends(state.name, dtype).items()
    )
    return f"{say(state)}. In {dtype} {ends}."


@cache
def _ends(name, dtype):
    """Return {what happens: the first z at which it does} in a number format."""
    Z = FINE.astype(dtype)
    found = _events(ACTIVATIONS[name], Z)
    return {event: Z[np.argmax(there)] for event, there in found.items() if there.any()}


def _events(activation, Z):
    """Return {what happens: whether it does at each Z}."""
    A, slope = value_and_slope(activation, Z)
    largest = activation.bounds[1]
    with np.errstate(over="ignore"):
        exponential = np.exp(Z)
    saturated = {f"{activation.name} is {largest:g}": largest == A}
    return {
        **saturated,
        "the slope is 0": slope == 0,
        "exp(z) overflows": np.isinf(exponential),
    }
