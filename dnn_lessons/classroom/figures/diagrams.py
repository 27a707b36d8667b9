"""Diagrams, lessons 00, 01 and 09: a network's units, the graph of backpropagation, the error of a difference.

The unit of length is the inch. Arrays have the names that they have in the code, such as W1 and dZ2.
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
BOX_PITCH, BOX_RISE = 1.85, 1.95  # of the graph: along its row, and from it to W and b
LANE = 0.07  # how far an arrow keeps off the line between two boxes
SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
ROLES = {"input": SHADE, "layer": tint(NETWORK, 0.2), "output": tint(NETWORK, 0.45)}
PASSES = {  # (look, side): 1 is above or to the left of the line between two boxes, -1 the other side
    "forward": (LOOKS["forward"], 1),
    "backward": (LOOKS["backward"], -1),
}
LANES = {  # (along the row?, side): the shift of an arrow off the line between two boxes, and its text
    (True, 1): ((0, LANE), {"ha": "center", "va": "bottom"}),
    (True, -1): ((0, -LANE), {"ha": "center", "va": "top"}),
    (False, 1): ((-LANE, 0), {"ha": "right", "va": "center"}),
    (False, -1): ((LANE, 0), {"ha": "left", "va": "center"}),
}
ROOM = np.array([0.42, 0.3])  # half of the width and height that an arrow leaves to a box
RIM = {"edgecolor": INK, "linewidth": 1.2, "zorder": 2}  # of a unit
ARROW = {"arrowstyle": "-|>", "linewidth": 1.6}
FRAME = {"facecolor": SHADE, "edgecolor": INK, "boxstyle": "round,pad=0.35"}
NUMBERS = {"fontsize": 10, "family": "DejaVu Sans Mono", "linespacing": 1.25}
KEY = (
    "solid arrow: value, above it or to its left      "
    "dashed arrow: gradient, below it or to its right"
)


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


def _name_layer(axes, layer):
    """Write the name of a layer above it, and its size below."""
    name = f"layer {layer.l}" if layer.role == "layer" else layer.role
    _write(axes, layer.x, layer.half + 0.18, name)
    size = f"n{str(layer.l).translate(SUBSCRIPTS)} = {layer.n}"
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
def computational_graph(values, gradients, L=2):
    """Return the graph from X to the cost J: a solid arrow carries a value, a dashed one a gradient backward.

    Parameters
    ----------
    values : dict
        {"X", "W1", "b1", "Z1", "A1", ..., "Y", "J"}: arrays, and the number J. What is missing is not
        known yet: its box is dotted and its arrow is not drawn.
    gradients : dict
        {"dW1", "db1", "dZ1", "dA1", ...}, as far as they are known.
    L : int
        The number of layers.

    Returns
    -------
    matplotlib.figure.Figure
        In an SVG each box is called by its name.
    """
    boxes = _graph_boxes(L)
    figure, axes = _graph_sheet(boxes["J"][0])
    for name, at in boxes.items():
        _draw_box(axes, name, at, values)
    for name, target in _graph_edges(L):
        ends = boxes[name], boxes[target]
        _draw_value(axes, name, *ends, values)
        _draw_gradient(axes, f"d{name}", *ends[::-1], gradients)
    return figure


def _graph_sheet(right):
    """Return a Figure with room for a graph that ends at `right`, and its axes with the key of the arrows."""
    figure, axes = _sheet(-0.6, right + 0.65, -BOX_RISE - 0.75, BOX_RISE + 0.45)
    axes.text(-0.5, -BOX_RISE - 0.6, KEY, va="center", fontsize=11)
    return figure, axes


def _graph_boxes(L):
    """Return {name: (x, y)}: X, Z1, A1, ..., J along a row, each W above and each b below its Z, Y above J."""
    boxes = {"X": (0, 0)}
    for l in range(1, L + 1):
        boxes |= _layer_boxes(l, BOX_PITCH * (2 * l - 1))
    right = BOX_PITCH * (2 * L + 1)
    return {**boxes, "J": (right, 0), "Y": (right, BOX_RISE)}


def _layer_boxes(l, x):
    """Return {name: (x, y)} of a layer whose Z stands at x."""
    column = {f"W{l}": (x, BOX_RISE), f"Z{l}": (x, 0), f"b{l}": (x, -BOX_RISE)}
    return {**column, f"A{l}": (x + BOX_PITCH, 0)}


def _graph_edges(L):
    """Return [(from, to)] in the order of the forward pass."""
    edges = [edge for l in range(1, L + 1) for edge in _layer_edges(l)]
    return [*edges, (f"A{L}", "J"), ("Y", "J")]


def _layer_edges(l):
    """Return [(from, to)] of layer l."""
    Z, A_prev = f"Z{l}", f"A{l - 1}" if l > 1 else "X"
    return [(A_prev, Z), (f"W{l}", Z), (f"b{l}", Z), (Z, f"A{l}")]


def _draw_box(axes, name, at, values):
    """Draw a box with the name and its shape (of J: its value); dotted, with the name alone, if not known."""
    known = name in values
    text = f"{name}\n{_shape(values[name])}" if known else name
    frame = {**FRAME, "gid": name, "linestyle": "-" if known else ":"}
    _write(axes, *at, text, 11, bbox=frame, zorder=3)


def _shape(value):
    """Return the shape of an array, or a number itself, as text."""
    return str(np.shape(value)) if np.ndim(value) else number(value)


def _draw_value(axes, name, start, end, values):
    """Draw a value on its way to the next box, or a faint line if it is not known."""
    if name in values:
        _draw_arrow(axes, start, end, "forward", _matrix(values[name]))
    else:
        ends = zip(start, end, strict=True)
        axes.plot(*ends, ":", color=LOOKS["data"].colour, linewidth=1, zorder=0)


def _draw_gradient(axes, name, start, end, gradients):
    """Draw a gradient on its way back, if it is known."""
    if name in gradients:
        text = f"{name}\n{_matrix(gradients[name])}"
        _draw_arrow(axes, start, end, "backward", text)


def _matrix(A):
    """Return the numbers of an array (rows, columns) as text, a line for each row."""
    cells = [[number(value) for value in row] for row in np.atleast_2d(A)]
    width = max(len(cell) for row in cells for cell in row)
    return "\n".join("  ".join(cell.rjust(width) for cell in row) for row in cells)


def _draw_arrow(axes, start, end, direction, text):
    """Draw the arrow of a pass between two boxes, off the line between them, with its text on that side."""
    look, side = PASSES[direction]
    lane, alignment = LANES[start[1] == end[1], side]
    tail, head = _ends(start, end, lane)
    axes.annotate("", head, tail, arrowprops={**ARROW, **look.line})
    place = _beside(tail, head, lane)
    axes.text(*place, text, color=look.colour, **NUMBERS, **alignment)


def _ends(start, end, lane):
    """Return the ends of an arrow in its lane, with room for the boxes that it joins."""
    start, end = np.add(start, lane), np.add(end, lane)
    room = ROOM * np.sign(end - start)
    return start + room, end - room


def _beside(tail, head, lane):
    """Return the place of an arrow's text, which keeps away from the texts along the row."""
    x, y = (tail + head) / 2 + lane
    return x, y + 0.1 * np.sign(round(y))


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
