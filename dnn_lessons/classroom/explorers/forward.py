"""Lesson 01: a network of any size; the values that flow through it as the input slides."""

from itertools import pairwise

import numpy as np

from dnn_lessons.activations import ACTIVATIONS
from dnn_lessons.classroom.explorers.explorer import (
    Explorer,
    choice,
    explorer,
    rounded,
    slider,
    told,
)
from dnn_lessons.classroom.figures.diagrams import network_diagram
from dnn_lessons.forward import L_model_forward, linear_forward
from dnn_lessons.parameters import initialize_parameters

INPUTS = np.linspace(-3, 3, 61)


def flow(hidden_layers, width, outputs, activation, x1, x2):
    """The sizes of the layers, the values of every unit for the one example (x1, x2), and the arrays of each part."""
    dims = (2, *[width] * hidden_layers, outputs)
    parameters = initialize_parameters(dims, activation, "linear", rng=0)
    AL, caches = L_model_forward(np.array([[x1], [x2]]), parameters, activation, "linear")
    values = [A_prev for (A_prev, _, _), _ in caches] + [AL]
    parts = {"layer0": {"X": values[0]}}
    for l, ((A_prev, W, b), _) in enumerate(caches, 1):
        Z, _ = linear_forward(A_prev, W, b)
        parts |= {f"weights{l}": {f"W{l}": W, f"b{l}": b}, f"layer{l}": {f"Z{l}": Z, f"A{l}": values[l]}}
    return dims, values, parts


def draw(dims, values, parts):
    """The network with its values."""
    return network_diagram(dims, values)


def say(dims, values, parts):
    """What goes in and what comes out, and how many parameters there are."""
    count = sum(n * (n_prev + 1) for n_prev, n in pairwise(dims))
    ends = f"X = {rounded(values[0], 3)} becomes A{len(dims) - 1} = {rounded(values[-1], 3)}"
    return f"{ends}. Parameters in all: {count}."


def notes(dims, values, parts):
    """The arrays of each layer and of the lines before it, each in its own line."""
    return {gid: "\n".join(told(name, A, 3) for name, A in arrays.items()) for gid, arrays in parts.items()}


@explorer
def network_explorer():
    """Depth, width, outputs and hidden activation, and the two inputs."""
    controls = [
        slider("hidden_layers", "hidden layers", range(6), 2),
        slider("width", "units each", range(1, 9), 3),
        slider("outputs", "outputs", range(1, 5), 1),
        choice("activation", "activation", list(ACTIVATIONS), "relu"),
        slider("x1", "x₁", INPUTS, 1.0, "{:.1f}"),
        slider("x2", "x₂", INPUTS, -0.5, "{:.1f}"),
    ]
    return Explorer("Values flow through a network", controls, flow, draw, say, notes=notes)
