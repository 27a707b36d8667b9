"""Diagrams, lessons 00, 01 and 09: a network's units, and the error of a difference.

The unit of length is the inch. Arrays have the names that they have in the code, such as W1.
"""

from itertools import pairwise, product
from typing import NamedTuple

import numpy as np
from matplotlib.collections import LineCollection, PatchCollection
from matplotlib.patches import Circle

from dnn_lessons._checks import check_layer_dims
from dnn_lessons.classroom.figures.looks import (
    INK,
    LOOKS,
    NETWORK,
    SHADE,
    new_figure,
    styled,
    tint,
)
from dnn_lessons.classroom.figures.parts import MIDDLE, draw_lines, draw_star, new_panel
from dnn_lessons.classroom.figures.ticks import log_axis, power

LEAST = np.finfo(float).tiny  # what a logarithmic axis shows of an error of 0
MOST_UNITS, MOST_LAYERS = 6, 7  # drawn one by one; what is more is abbreviated with dots
UNIT_PITCH, LAYER_PITCH, RADIUS = 0.8, 2.1, 0.33
PATH_PITCH, LOSS = 1.6, (4.6, 0)  # of the paths from an activation at (0, 0) to the loss
SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
ROLES = {"input": SHADE, "layer": tint(NETWORK, 0.2), "output": tint(NETWORK, 0.45)}
RIM = {"edgecolor": INK, "linewidth": 1.2, "zorder": 2}  # of a unit


def _sheet(left, right, bottom, top):
    """Return a Figure of that many inches, and axes without a frame whose unit is the inch."""
    figure, axes = new_figure(width=right - left, height=top - bottom)
    figure.set_layout_engine("none")
    axes.set(position=(0, 0, 1, 1), xlim=(left, right), ylim=(bottom, top))
    axes.set_axis_off()
    return figure, axes


def _drawn(n, most):
    """Return the indices 0 to n - 1; of more than `most`, the first ones, None for the dots, and the last."""
    return list(range(n)) if n <= most else [*range(most - 2), None, n - 1]


def number(value):
    """Return a number as text with at most three decimals, without needless zeros or a minus before 0.

    Parameters
    ----------
    value : float
        The number.

    Returns
    -------
    str
        The text.
    """
    return f"{round(float(value), 3) + 0.0:g}"


class _Layer(NamedTuple):
    """A layer that is drawn: its place l, role and size, its x, and half the height of all layers."""

    l: int
    role: str
    n: int
    x: float
    half: float

    @property
    def units(self):
        """Return [(index, or None for the dots, and y)] of what is drawn, the first on top."""
        units = _drawn(self.n, MOST_UNITS)
        middle = (len(units) - 1) / 2
        return [(unit, UNIT_PITCH * (middle - row)) for row, unit in enumerate(units)]

    @property
    def centres(self):
        """Return the centres (x, y) of the units that are drawn."""
        return [(self.x, y) for unit, y in self.units if unit is not None]


@styled
def network_diagram(layer_dims, values=None):
    """Return a diagram of the units of a network's layers, with the shapes of W and b between them.

    Parameters
    ----------
    layer_dims : sequence of int
        The sizes [n_0, ..., n_L] of the layers, the input included.
    values : sequence of array_like, optional
        A number for each unit of each layer; without, each unit shows its index.

    Returns
    -------
    matplotlib.figure.Figure
        In an SVG the units of layer l are called "layer<l>", the lines to them "weights<l>".

    Raises
    ------
    ValueError
        If `values` does not have the sizes of the layers.
    """
    dims = check_layer_dims(layer_dims)
    values = None if values is None else _fitting(values, dims)
    layers = _layers(dims)
    figure, axes = _sheet_for(layers)
    for previous, layer in pairwise(layers):
        _join(axes, previous, layer)
    for layer in layers:
        _draw_units(axes, layer, values)
        _name_layer(axes, layer)
    return figure


def _sheet_for(layers):
    """Return a Figure with room for the layers and the words around them, and its axes."""
    half, right = layers[0].half, layers[-1].x
    return _sheet(-0.95, right + 0.95, -half - 1.1, half + 0.4)


def _fitting(values, dims):
    """Return the values as flat arrays, if they have the sizes of the layers."""
    values = [np.ravel(A) for A in values]
    sizes = [len(A) for A in values]
    if sizes != list(dims):
        raise ValueError(f"values has layers of {sizes} numbers; expected {list(dims)}")
    return values


def _layers(dims):
    """Return the layers that are drawn, from left to right."""
    half = UNIT_PITCH * max(len(_drawn(n, MOST_UNITS)) for n in dims) / 2
    roles = ["input", *["layer"] * (len(dims) - 2), "output"]
    places = enumerate(_drawn(len(dims), MOST_LAYERS))
    return [
        _Layer(l, roles[l], dims[l], LAYER_PITCH * place, half)
        for place, l in places
        if l is not None
    ]


def _write(axes, x, y, text, size=13, **more):
    """Write a short text around a point."""
    axes.text(x, y, text, fontsize=size, **MIDDLE, **more)


def _draw_units(axes, layer, values):
    """Draw the units of a layer, each with its value or index."""
    circles = [Circle(centre, RADIUS) for centre in layer.centres]
    look = {"facecolor": ROLES[layer.role], **RIM}
    axes.add_collection(PatchCollection(circles, gid=f"layer{layer.l}", **look))
    for unit, y in layer.units:
        _write_unit(axes, layer.x, y, unit, values and values[layer.l])


def _subscript(number):
    """Return a whole number as a subscript."""
    return str(number).translate(SUBSCRIPTS)


def _name_layer(axes, layer):
    """Write the name of a layer above it, and its size below."""
    name = f"layer {layer.l}" if layer.role == "layer" else layer.role
    _write(axes, layer.x, layer.half + 0.18, name)
    size = f"n{_subscript(layer.l)} = {layer.n}"
    _write(axes, layer.x, -layer.half - 0.2, size)


def _write_unit(axes, x, y, unit, values):
    """Write a unit's value, or its index where there are no values, or dots for the units left out."""
    if unit is None:
        _write(axes, x, y, "⋮", 20)
    else:
        text = str(unit + 1) if values is None else number(values[unit])
        _write(axes, x, y, text, min(13, 66 / len(text)), zorder=3)


def _join(axes, previous, layer):
    """Draw the weights between two layers with their shapes, or dots for the layers left out."""
    if layer.l > previous.l + 1:
        _write(axes, layer.x - LAYER_PITCH, 0, "⋯", 28)
    else:
        _draw_weights(axes, previous, layer)
        _write_shapes(axes, previous, layer)


def _draw_weights(axes, previous, layer):
    """Draw a line for each weight between two layers."""
    ends = [_from_rim_to_rim(*pair) for pair in product(previous.centres, layer.centres)]
    look = {"colors": LOOKS["data"].colour, "linewidths": 0.8, "alpha": 0.7}
    lines = LineCollection(ends, gid=f"weights{layer.l}", zorder=1, **look)
    axes.add_collection(lines)


def _write_shapes(axes, previous, layer):
    """Write the shapes of W and b below the lines between two layers."""
    l, n = layer.l, layer.n
    text = f"W{l} ({n}, {previous.n})\nb{l} ({n}, 1)"
    middle = (previous.x + layer.x) / 2
    _write(axes, middle, -layer.half - 0.75, text, 12, linespacing=1.5)


def _from_rim_to_rim(one, other):
    """Return the ends of the line between two units with these centres."""
    one, other = np.array(one), np.array(other)
    rim = RADIUS * (other - one) / np.linalg.norm(other - one)
    return one + rim, other - rim


@styled
def paths_diagram(weights, slopes):
    """Return a diagram of the paths from one activation to the loss, one through each unit that reads it.

    Parameters
    ----------
    weights : sequence of float
        The weight of the activation in each unit.
    slopes : sequence of float
        The slope of the loss by the weighted sum of each unit.

    Returns
    -------
    matplotlib.figure.Figure
        From left to right the activation, the units and the loss, with the numbers on the lines.
    """
    heights = _heights(len(weights))
    figure, axes = _sheet_of_paths(heights[0])
    for j, (y, *numbers) in enumerate(zip(heights, weights, slopes, strict=True), 1):
        _draw_path(axes, y, f"Z{_subscript(j)}")
        _label_path(axes, y, *numbers)
    return figure


def _sheet_of_paths(half):
    """Return a Figure with the two ends of all paths, and its axes; the first path is at the height `half`."""
    figure, axes = _sheet(-0.95, LOSS[0] + 0.95, -half - 0.6, half + 0.6)
    _draw_end(axes, (0, 0), "A", "input")
    _draw_end(axes, LOSS, "loss", "output")
    return figure, axes


def _heights(n):
    """Return the heights of n paths around 0, the first on top."""
    return [PATH_PITCH * ((n - 1) / 2 - j) for j in range(n)]


def _draw_path(axes, y, name):
    """Draw a unit at a height, and the lines from the activation to it and from it to the loss."""
    unit = LOSS[0] / 2, y
    ends = [_from_rim_to_rim(*pair) for pair in pairwise([(0, 0), unit, LOSS])]
    axes.add_collection(LineCollection(ends, colors=INK, linewidths=1.2, zorder=1))
    _draw_end(axes, unit, name, "layer")


def _label_path(axes, y, weight, slope):
    """Write the numbers of a path beside its two lines, away from the middle of the picture."""
    beside = y / 2 + np.copysign(0.25, y)
    _write(axes, LOSS[0] / 4, beside, f"weight {number(weight)}")
    _write(axes, 3 * LOSS[0] / 4, beside, f"slope {number(slope)}")


def _draw_end(axes, centre, name, role):
    """Draw a circle with a name in it."""
    axes.add_patch(Circle(centre, RADIUS, facecolor=ROLES[role], **RIM))
    _write(axes, *centre, name, zorder=3)


@styled
def gradient_check_curve(steps, errors):
    """Return a picture of the relative error of a central difference against its step h, with both its causes.

    Parameters
    ----------
    steps : array_like
        The steps h (n,) in rising order.
    errors : array_like
        The relative errors (n,).

    Returns
    -------
    matplotlib.figure.Figure
        One panel with logarithmic axes.
    """
    h, errors = np.asarray(steps), np.maximum(errors, LEAST)
    figure, axes = new_panel("step h of the difference", "relative error")
    draw_lines(axes, h, {"measured error": errors, **_causes(h, errors)})
    _mark_smallest(axes, h, errors)
    log_axis(axes, *"xy")
    axes.set_ylim(errors.min() / 10, 10)
    axes.legend()
    return figure


def _mark_smallest(axes, h, errors):
    """Mark the step with the smallest error."""
    best = np.argmin(errors)
    text = f"smallest, near h = {power(h[best])}"
    draw_star(axes, h[best], errors[best], text)


def _causes(h, errors):
    """Return the two causes of the error as curves: one fitted at the largest step, one below the best."""
    best = np.argmin(errors)
    truncation = errors[-1] * (h / h[-1]) ** 2
    rounding = np.median(errors[:best] * h[:best]) / h
    return {"truncation, as h²": truncation, "rounding, as 1/h": rounding}
