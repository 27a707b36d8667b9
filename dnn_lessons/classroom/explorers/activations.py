"""Lessons 02 to 05: z slides along an activation, with tangent and slope; number formats and leaks to choose."""

from functools import cache, partial

import numpy as np

from dnn_lessons.activations import (
    ACTIVATIONS,
    Activation,
    leaky_relu,
    leaky_relu_backward,
)
from dnn_lessons.classroom.explorers.explorer import Explorer, choice, explorer, slider
from dnn_lessons.classroom.figures.activations import activation_and_slope

KINKED = ("relu", "leaky_relu")
FORMATS = {"float64": np.float64, "float32": np.float32}
WINDOWS = (8, 40, 120, 800)  # the picture widens when z leaves it
FAR = [*range(10, 40, 1), *range(40, 120, 4), *range(120, 801, 20)]
WIDE = np.concatenate([np.negative(FAR[::-1]), np.arange(-99, 100) / 10, FAR])


def value_and_slope(activation, Z):
    """A and g'(Z), by the functions of the lesson."""
    A, kept = activation.forward(Z)
    return A, activation.backward(np.ones_like(Z), kept)


def curve(activation, z, width, dtype=np.float64):
    """What activation_and_slope draws: the curve from -width to width, the point at z; and the number format."""
    Z = np.linspace(-width, width, 321, dtype=dtype)
    (a,), (slope,) = value_and_slope(activation, np.array([z], dtype))
    return Z, *value_and_slope(activation, Z), activation.name, (z, a, slope), np.dtype(dtype).name


def draw(Z, A, slope, name, at, dtype):
    """The curve with its tangent."""
    return activation_and_slope(Z, A, slope, name, kink=0.0 if name in KINKED else None, at=at)


def say(Z, A, slope, name, at, dtype):
    """The numbers at z."""
    return f"z = {at[0]:.4g}: {name} = {at[1]:.9g}, slope = {at[2]:.3g}"


@cache
def edges(name, dtype):
    """The first z, in steps of 1/16, where the value is the largest there is, the slope is 0, and exp(z) overflows."""
    activation, Z = ACTIVATIONS[name], np.arange(0, 800, 1 / 16, dtype=dtype)
    A, slope = value_and_slope(activation, Z)
    with np.errstate(over="ignore"):
        found = {f"{name} is {activation.bounds[1]:g}": activation.bounds[1] == A, "the slope is 0": slope == 0,
                 "exp(z) overflows": np.isinf(np.exp(Z))}
    return {event: Z[np.argmax(where)] for event, where in found.items() if where.any()}


def say_edges(Z, A, slope, name, at, dtype):
    """The numbers at z, and where the number format ends."""
    events = "; ".join(f"{event} from z = {z:.5g}" for event, z in edges(name, dtype).items())
    return f"{say(Z, A, slope, name, at, dtype)}. In {dtype} {events}."


@explorer
def activation_explorer(name):
    """z slides along the activation called `name`; where its value saturates, as far out as exp overflows."""
    def compute(z, dtype="float64"):
        width = next(width for width in WINDOWS if width >= abs(z))
        return curve(ACTIVATIONS[name], z, width, FORMATS[dtype])

    if name in KINKED:
        return Explorer(f"{name}: value and slope", [slider("z", "z", np.linspace(-4, 4, 161), 1.0)],
                        lambda z: curve(ACTIVATIONS[name], z, 4.0), draw, say)
    controls = [slider("z", "z", WIDE, 1.0, "{:.4g}"), choice("dtype", "numbers", list(FORMATS), "float64")]
    return Explorer(f"{name}: value and slope", controls, compute, draw, say_edges)


@explorer
def leak_explorer():
    """z and the leak alpha of the leaky ReLU, alpha above 1 included."""
    def compute(z, alpha):
        row = Activation("leaky_relu", partial(leaky_relu, alpha=alpha), partial(leaky_relu_backward, alpha=alpha))
        return curve(row, z, 4.0)

    controls = [slider("z", "z", np.linspace(-4, 4, 161), -1.0),
                slider("alpha", "leak α", np.linspace(0, 1.5, 151), 0.1)]
    return Explorer("leaky_relu: value and slope", controls, compute, draw, say)
