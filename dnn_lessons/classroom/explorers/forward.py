"""Lesson 01: a network of any size; the values that flow through it as the input slides."""

from itertools import pairwise

import numpy as np

from dnn_lessons.activations import ACTIVATIONS
from dnn_lessons.classroom.explorers.engine import Explorer, choice, explorer, rounded, slider
from dnn_lessons.classroom.figures.diagrams import network_diagram
from dnn_lessons.forward import L_model_forward, linear_forward
from dnn_lessons.parameters import initialize_parameters

INPUTS = np.linspace(-3, 3, 61)
LOOKED_AT = ("W", "b", "Z", "A")


def flow(hidden_layers, width, outputs, activation, x1, x2, layer, look):
    """The sizes of the layers, the values of every unit for the one example (x1, x2), and what is looked at."""
    dims = (2, *[width] * hidden_layers, outputs)
    parameters = initialize_parameters(dims, activation, "linear", rng=0)
    AL, caches = L_model_forward(np.array([[x1], [x2]]), parameters, activation, "linear")
    values = [A_prev for (A_prev, _, _), _ in caches] + [AL]
    l = min(layer, len(caches))
    A_prev, W, b = caches[l - 1][0]
    seen = dict(zip(LOOKED_AT, (W, b, linear_forward(A_prev, W, b)[0], values[l]), strict=True))
    return dims, values, f"{look}{l}", seen[look]


def draw(dims, values, name, value):
    """The network with its values."""
    return network_diagram(dims, values)


def say(dims, values, name, value):
    """What is looked at, with its shape and its numbers, and how many parameters there are."""
    count = sum(n * (n_prev + 1) for n_prev, n in pairwise(dims))
    return f"{name} has the shape {value.shape}: {rounded(value, 3)}. Parameters in all: {count}."


@explorer
def network_explorer():
    """Depth, width, outputs and hidden activation, the two inputs, and the array to look at."""
    controls = [
        slider("hidden_layers", "hidden layers", range(6), 2),
        slider("width", "units each", range(1, 9), 3),
        slider("outputs", "outputs", range(1, 5), 1),
        choice("activation", "activation", list(ACTIVATIONS), "relu"),
        slider("x1", "x₁", INPUTS, 1.0, "{:.1f}"),
        slider("x2", "x₂", INPUTS, -0.5, "{:.1f}"),
        slider("layer", "layer to look at", range(1, 7), 1),
        choice("look", "show", list(LOOKED_AT), "W"),
    ]
    return Explorer("Values flow through a network", controls, flow, draw, say)
