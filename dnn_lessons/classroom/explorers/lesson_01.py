"""Lesson 01, the forward pass: a network of any size, and the values that flow through it as the input slides."""

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from dnn_lessons.activations import ACTIVATIONS
from dnn_lessons.classroom.explorers.controls import choice, slider
from dnn_lessons.classroom.explorers.explorer import Explorer, explorer
from dnn_lessons.classroom.explorers.text import array_text, rounded_text
from dnn_lessons.classroom.figures.diagrams import network_diagram
from dnn_lessons.forward import L_model_forward, linear_forward
from dnn_lessons.parameters import initialize_parameters

INPUTS = np.linspace(-3, 3, 61)
CONTROLS = [
    slider("hidden_layers", "hidden layers", range(6), 2),
    slider("width", "units each", range(1, 9), 3),
    slider("outputs", "outputs", range(1, 5), 1),
    choice("activation", "activation", list(ACTIVATIONS), "relu"),
    slider("x1", "x₁", INPUTS, 1.0, "{:.1f}"),
    slider("x2", "x₂", INPUTS, -0.5, "{:.1f}"),
]


class FlowState(NamedTuple):
    """The forward pass of one example.

    Parameters
    ----------
    layer_dims : tuple of int
        The number of units of each layer, the input included.
    values : list of ndarray
        X, A1, ..., AL, each of shape (units, 1).
    parts : dict
        For each part of the picture, {name: array} of what it holds.
    """

    layer_dims: tuple
    values: list
    parts: dict


@explorer
def network_explorer():
    """Return the explorer of the forward pass.

    Returns
    -------
    Explorer
        Its controls are the depth, the width, the outputs, the hidden activation and the two inputs.
    """
    title = "Values flow through a network"
    return Explorer(title, CONTROLS, _compute, _draw, _say, notes=_notes)


def _compute(hidden_layers, width, outputs, activation, x1, x2):
    """Return the State for the example (x1, x2)."""
    layer_dims, model = (2, *[width] * hidden_layers, outputs), (activation, "linear")
    parameters = initialize_parameters(layer_dims, *model, rng=0)
    AL, caches = L_model_forward(np.array([[x1], [x2]]), parameters, *model)
    values = [*(A_prev for (A_prev, _, _), _ in caches), AL]
    return FlowState(layer_dims, values, _parts(caches, values))


def _parts(caches, values):
    """Return {part of the picture: {name: array}} of all layers."""
    parts = {"layer0": {"X": values[0]}}
    for l, (linear_cache, _) in enumerate(caches, 1):
        parts |= _parts_of_layer(l, linear_cache, values[l])
    return parts


def _parts_of_layer(l, linear_cache, A):
    """Return the same of layer l and of the lines that lead to it."""
    _, W, b = linear_cache
    Z, _ = linear_forward(*linear_cache)
    weights, units = {f"W{l}": W, f"b{l}": b}, {f"Z{l}": Z, f"A{l}": A}
    return {f"weights{l}": weights, f"layer{l}": units}


def _draw(state):
    """Return the network with the values of its units."""
    return network_diagram(state.layer_dims, state.values)


def _say(state):
    """Return the input, the output and the number of parameters in words."""
    count = sum(n * (n_prev + 1) for n_prev, n in pairwise(state.layer_dims))
    X, AL = (rounded_text(state.values[end], 3) for end in (0, -1))
    L = len(state.layer_dims) - 1
    return f"X = {X} becomes A{L} = {AL}. Parameters in all: {count}."


def _notes(state):
    """Return the arrays of each layer and of the lines that lead to it, one in a line."""
    return {
        part: "\n".join(array_text(name, A, 3) for name, A in arrays.items())
        for part, arrays in state.parts.items()
    }
