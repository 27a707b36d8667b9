"""Lesson 03, the ReLU: z moves over its kink; a bias moves the examples of a unit off the slope."""

from functools import cache
from typing import NamedTuple

import numpy as np

from dnn_lessons.activations import ACTIVATIONS, relu
from dnn_lessons.backward import L_model_backward
from dnn_lessons.classroom.explorers.activation_curves import (
    curve,
    draw,
    near_slider,
    say,
)
from dnn_lessons.classroom.explorers.controls import even_values, slider
from dnn_lessons.classroom.explorers.explorer import Explorer
from dnn_lessons.classroom.explorers.picture import (
    Axis,
    Handle,
    Level,
    Line,
    Panel,
    Picture,
    Points,
    Rects,
)
from dnn_lessons.classroom.explorers.text import number_text
from dnn_lessons.classroom.figures.parts import with_gap
from dnn_lessons.forward import L_model_forward

X = np.array([[-1.0, 0.0, 1.0, 2.0]])  # four examples of the line y = x + 1
Y = X + 1
BIASES = even_values(-4, 2, 0.05)
ONE = np.ones((1, 1))
OTHERS = {"W1": ONE, "W2": ONE, "b2": 0 * ONE}  # the parameters that stay
LOW, HIGH = -5.5, 4.5  # of z
HEIGHTS = -0.7, 4.5  # of the activation
PRE_ACTIVATION, ACTIVATION = Axis("z", LOW, HIGH), Axis("", *HEIGHTS)
FLAT = Rects(LOW, 0.0, *HEIGHTS, "shade", "slope 0")
RELU = Line([LOW, 0, HIGH], [0, 0, HIGH], "forward", "relu(z)", width=3)
GRADIENT = Axis("", -2.4, 2.4)


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


class UnitState(NamedTuple):
    """A hidden ReLU with the weight 1 before a linear output, and what its bias does.

    Parameters
    ----------
    b : float
        The bias of the unit.
    Z : ndarray, shape (m,)
        The pre-activation of each example.
    of_weight, of_bias : float
        The gradients dW1 and db1.
    """

    b: float
    Z: np.ndarray
    of_weight: float
    of_bias: float

    @property
    def active(self):
        """How many examples lie on the slope."""
        return int((self.Z > 0).sum())


def dead_unit_explorer(**values):
    """Return the explorer of a unit that dies.

    Parameters
    ----------
    **values : object
        Values of controls by name, where they do not stand at their start.

    Returns
    -------
    Explorer
        Its control is the bias of the unit.
    """
    made, title = dead_unit_explorer, "A unit and its bias"
    controls = [slider("b", "bias b", BIASES, 0.5)]
    return Explorer(made, title, controls, _unit, _draw_unit, _say_unit, values)


def _unit(b):
    """Return the State of the unit with a bias."""
    parameters = {**OTHERS, "b1": b * ONE}
    AL, caches = L_model_forward(X, parameters, "relu", "linear")
    grads = L_model_backward(AL, Y, caches, "relu", "linear", "mse")
    Z = caches[0][1].ravel()
    return UnitState(b, Z, grads["dW1"].item(), grads["db1"].item())


@cache
def _gradients():
    """Return the biases with the gradient of each, and a gap where an example meets the kink."""
    biases, gradients = np.array(BIASES), np.array([_unit(b).of_bias for b in BIASES])
    for kink in np.sort(-X.ravel()):
        biases, gradients = with_gap(biases, gradients, kink)
    return biases, gradients


def _draw_unit(state):
    """Return the examples on the curve, and the gradient of the bias for each bias."""
    return Picture([_examples(state), _gradient(state)])


def _examples(state):
    """Return the panel of the curve with the examples; the one with x = 0 has the bias as its z."""
    examples = Points(state.Z, relu(state.Z)[0], "data", "example", size=18)
    handle = Handle(state.b, max(0.0, state.b), ("b", ""), "bias b")
    marks = [FLAT, RELU, examples, handle]
    return Panel("where the examples lie", PRE_ACTIVATION, ACTIVATION, marks)


def _gradient(state):
    """Return the panel of the gradient over the bias."""
    marks = [
        Level(0.0),
        Line(*_gradients(), "backward", width=3),
        Handle(state.b, state.of_bias, ("b", ""), "bias b"),
    ]
    x = Axis("bias b", BIASES[0], BIASES[-1])
    return Panel("gradient db1 of the bias", x, GRADIENT, marks)


def _say_unit(state):
    """Return how many examples are active, and the gradients in words."""
    b, weight, bias = map(number_text, (state.b, state.of_weight, state.of_bias))
    count = f"{state.active} of {state.Z.size} examples lie on the slope"
    dead = "" if state.active else " The unit is dead: both gradients are exactly 0."
    return f"b = {b}: {count}; dW1 = {weight}, db1 = {bias}.{dead}"
