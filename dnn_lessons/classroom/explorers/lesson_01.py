"""Lesson 01, the forward pass: a network of any size, and the values that flow through it as the input slides."""

from itertools import chain, pairwise
from typing import NamedTuple

import numpy as np

from dnn_lessons.activations import ACTIVATIONS
from dnn_lessons.classroom.explorers.controls import choice, even_values, slider
from dnn_lessons.classroom.explorers.explorer import Explorer
from dnn_lessons.classroom.explorers.network_view import (
    largest_weight,
    legend_lines,
    weight_lines,
)
from dnn_lessons.classroom.explorers.picture import (
    Axis,
    Panel,
    Picture,
    Points,
    Rects,
    Words,
)
from dnn_lessons.classroom.explorers.text import array_text, rounded_text
from dnn_lessons.forward import L_model_forward, linear_forward
from dnn_lessons.parameters import initialize_parameters

INPUTS = even_values(-3, 3, 0.1)
CONTROLS = [
    slider("hidden_layers", "hidden layers", range(6), 2),
    slider("width", "units each", range(1, 9), 3),
    slider("outputs", "outputs", range(1, 5), 1),
    choice("activation", "activation", list(ACTIVATIONS), "relu"),
    slider("x1", "x₁", INPUTS, 1.0, "{:.1f}"),
    slider("x2", "x₂", INPUTS, -0.5, "{:.1f}"),
]
TITLE = "one example flows from left to right"
HEAD, FOOT = 0.95, 0.95  # room for words above and below the units, in units
# The usual width of the picture in pixels, and its least height as a share of that.
USUAL_WIDTH, LEAST_SHARE = 850, 0.24
# Pixels of a layer and of a unit at least, and of a disc at most.
COLUMN, ROW, DISC = 84, 37, 42
SEED = 13  # of weights with which units of each layer answer, some and not all of them
SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


class FlowState(NamedTuple):
    """The forward pass of one example.

    Parameters
    ----------
    parameters : dict
        W1, b1, ..., WL, bL.
    values : list of ndarray
        X, A1, ..., AL, each of shape (units, 1).
    parts : dict
        For each part of the picture, {name: array} of what it holds.
    """

    parameters: dict
    values: list
    parts: dict


def network_explorer(**values):
    """Return the explorer of the forward pass.

    Parameters
    ----------
    **values : object
        Values of controls by name, where they do not stand at their start.

    Returns
    -------
    Explorer
        Its controls are the depth, the width, the outputs, the hidden activation and the two inputs.
    """
    title = "Values flow through a network"
    return Explorer(network_explorer, title, CONTROLS, _compute, _draw, _say, values)


def _compute(hidden_layers, width, outputs, activation, x1, x2):
    """Return the State for the example (x1, x2)."""
    layer_dims, model = (2, *[width] * hidden_layers, outputs), (activation, "linear")
    parameters = initialize_parameters(layer_dims, *model, rng=SEED)
    AL, caches = L_model_forward(np.array([[x1], [x2]]), parameters, *model)
    values = [*(A_prev for (A_prev, _, _), _ in caches), AL]
    return FlowState(parameters, values, _parts(caches, values))


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
    x, y = _axes([len(A) for A in state.values])
    rows, layers = y.high - y.low, x.high - x.low
    shape = _shape(layers, rows)
    size = min(shape["height"] * USUAL_WIDTH / rows - 2, DISC)
    panel = Panel(TITLE, x, y, _marks(state, y, size), **shape)
    return Picture([panel], _notes(state))


def _axes(sizes):
    """Return the axes for layers of these sizes: a layer and a unit are 1 long."""
    half = max(sizes) / 2
    return Axis("", -0.5, len(sizes) - 0.5), Axis("", -half - FOOT, half + HEAD)


def _shape(layers, rows):
    """Return the size of a panel with room for so many layers and rows."""
    least = COLUMN * layers, ROW * rows
    height = max(LEAST_SHARE, least[1] / USUAL_WIDTH)
    return {"weight": 2.2, "height": height, "frame": False, "least": least}


def _marks(state, y, size):
    """Return the marks of all layers, each unit a disc of `size` pixels."""
    places = [_places(l, len(A)) for l, A in enumerate(state.values)]
    weights = (_weights(state, l, ends, y) for l, ends in enumerate(pairwise(places), 1))
    units = (_units(state, l, at, size, y) for l, at in enumerate(places))
    return [*legend_lines(), *_silent_legend(state), *chain(*weights, *units)]


def _places(l, n):
    """Return the places (x, y) of the n units of layer l, the first on top."""
    return np.stack([np.full(n, l), (n - 1) / 2 - np.arange(n)], axis=1)


def _silent_legend(state):
    """Return the sample of a unit that answers 0, if there is one beyond the input."""
    silent = any((A == 0).any() for A in state.values[1:])
    return [Points([], [], "grid", "unit that answers 0", 13)] if silent else []


def _weights(state, l, places, y):
    """Return a ground that can be pointed at, the lines to layer l, and the shapes of W and b."""
    part, W = f"weights{l}", state.parameters[f"W{l}"]
    ground = Rects(l - 0.98, l - 0.02, y.low, y.high - HEAD, "paper", part=part)
    lines = weight_lines(W, *places, largest_weight(state.parameters), part)
    return [ground, *lines, _shapes(l, W, y, part)]


def _shapes(l, W, y, part):
    """Return the shapes of W and b of layer l as words below the lines."""
    text = f"W{l} {W.shape}\nb{l} ({len(W)}, 1)"
    return Words(l - 0.5, y.low + FOOT / 2, text, part=part)


def _head(state, l, y):
    """Return the name and the size of layer l."""
    name = {0: "input", len(state.values) - 1: "output"}.get(l, f"layer {l}")
    count = f"n{str(l).translate(SUBSCRIPTS)} = {len(state.values[l])}"
    return Words(l, y.high - HEAD / 2, f"{name}\n{count}", part=f"layer{l}")


def _units(state, l, places, size, y):
    """Return the name of layer l, and a disc and a number for each of its units."""
    part, A = f"layer{l}", state.values[l].ravel()
    numbers = [Words(*at, _short(a), part=part) for at, a in zip(places, A, strict=True)]
    return [_head(state, l, y), *_discs(A, places, l > 0, size, part), *numbers]


def _discs(A, places, can_be_silent, size, part):
    """Return the discs of the units, grey where the answer is 0."""
    silent = (A == 0) & can_be_silent
    looks = {"paper": places[~silent], "grid": places[silent]}
    return [
        Points(*at.T, look, size=size, part=part) for look, at in looks.items() if len(at)
    ]


def _short(value):
    """Return a number in at most five signs."""
    digits = 2 if abs(value) < 10 else 1 if abs(value) < 100 else 0
    return f"{round(float(value), digits) + 0.0:g}".replace("-", "−")


def _say(state):
    """Return the input, the output and the number of parameters in words."""
    dims = [len(A) for A in state.values]
    count = sum(n * (n_prev + 1) for n_prev, n in pairwise(dims))
    X, AL = (rounded_text(state.values[end], 3) for end in (0, -1))
    return f"X = {X} becomes A{len(dims) - 1} = {AL}. Parameters in all: {count:,}."


def _notes(state):
    """Return the arrays of each layer and of the lines that lead to it, one in a line."""
    return {
        part: "\n".join(array_text(name, A, 3) for name, A in arrays.items())
        for part, arrays in state.parts.items()
    }
