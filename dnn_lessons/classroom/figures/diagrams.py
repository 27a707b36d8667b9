"""Diagrams: the units of a network, the graph of backpropagation, the error of a central difference. Units: inches."""

import numpy as np
from matplotlib.collections import LineCollection, PatchCollection
from matplotlib.patches import Circle

from dnn_lessons.classroom.figures.style import COLOURS, new_figure
from dnn_lessons._checks import check_layer_dims

MOST_UNITS, MOST_LAYERS = 6, 7  # drawn one by one; what is more is abbreviated with dots
UNIT_PITCH, LAYER_PITCH, RADIUS = 0.8, 2.1, 0.33
BOX_PITCH, BOX_RISE = 1.85, 1.95  # of the computational graph: along the main row, and from it to W and b
LANE = 0.07  # a forward and a backward arrow keep this far off the line between two boxes
ALIGNMENT = {  # (along the main row?, side)
    (True, 1): {"ha": "center", "va": "bottom"},
    (True, -1): {"ha": "center", "va": "top"},
    (False, 1): {"ha": "right", "va": "center"},
    (False, -1): {"ha": "left", "va": "center"},
}
ROLES = {"input": COLOURS["paper"], "hidden": "#CFE8F7", "output": "#FBE3B5"}


def sheet(left, right, bottom, top):
    """A Figure of that many inches, and axes without frame whose unit is the inch."""
    figure, ax = new_figure(width=right - left, height=top - bottom)
    figure.set_layout_engine("none")
    ax.set(position=(0, 0, 1, 1), xlim=(left, right), ylim=(bottom, top))
    ax.set_axis_off()
    return figure, ax


def shown(n, most):
    """The indices 0 to n - 1; of more than `most`, the first ones, None for the dots, and the last."""
    return list(range(n)) if n <= most else [*range(most - 2), None, n - 1]


def number(value):
    """A number in at most three decimals, without needless zeros and without minus zero."""
    return f"{round(float(value), 3) + 0.0:g}"


def network_diagram(layer_dims, values=None):
    """The units of layers of layer_dims = [n_0, ..., n_L] units, with the shapes of W and b between them.

    `values`: for each layer, input included, one number per unit; without, each unit shows its index.
    The units of layer l are called "layer<l>" in an SVG, the lines that lead to them "weights<l>".
    Raises ValueError where values do not fit.
    """
    dims = check_layer_dims(layer_dims)
    if values is not None:
        values = [np.ravel(A) for A in values]
        if tuple(map(len, values)) != dims:
            raise ValueError(f"values has layers of {[len(A) for A in values]} numbers; expected {list(dims)}")
    layers = shown(len(dims), MOST_LAYERS)
    half = UNIT_PITCH * max(len(shown(n, MOST_UNITS)) for n in dims) / 2
    figure, ax = sheet(-0.95, LAYER_PITCH * (len(layers) - 1) + 0.95, -half - 1.1, half + 0.4)
    for column, l in enumerate(layers):
        x = column * LAYER_PITCH
        if l is None:
            ax.text(x, 0, "⋯", ha="center", va="center", fontsize=28)
            continue
        if column and layers[column - 1] is not None:
            draw_weights(ax, x, l, dims, half)
        draw_layer(ax, x, l, dims, values, half)
    return figure


def unit_rows(n):
    """[(index or None, y)] of the units that are drawn, centred on 0, the first on top."""
    units = shown(n, MOST_UNITS)
    return [(unit, UNIT_PITCH * ((len(units) - 1) / 2 - row)) for row, unit in enumerate(units)]


def draw_layer(ax, x, l, dims, values, half):
    """The units of layer l, each with its value or index; its name above and its size below."""
    role = "input" if l == 0 else "output" if l == len(dims) - 1 else "hidden"
    circles = [Circle((x, y), RADIUS) for unit, y in unit_rows(dims[l]) if unit is not None]
    look = {"facecolor": ROLES[role], "edgecolor": COLOURS["ink"], "linewidth": 1.2, "zorder": 2}
    ax.add_collection(PatchCollection(circles, gid=f"layer{l}", **look))
    for unit, y in unit_rows(dims[l]):
        if unit is None:
            ax.text(x, y, "⋮", ha="center", va="center", fontsize=20)
            continue
        text = str(unit + 1) if values is None else number(values[l][unit])
        ax.text(x, y, text, ha="center", va="center", fontsize=min(13, 66 / len(text)), zorder=3)
    ax.text(x, half + 0.18, role if role != "hidden" else f"layer {l}", ha="center", va="center", fontsize=13)
    ax.text(x, -half - 0.2, f"$n_{{{l}}} = {dims[l]}$", ha="center", va="center", fontsize=14)


def draw_weights(ax, x, l, dims, half):
    """A line for each weight from layer l - 1 to layer l, and the shapes of W and b below them."""
    ends = [
        between((x - LAYER_PITCH, y_prev), (x, y))
        for unit_prev, y_prev in unit_rows(dims[l - 1])
        for unit, y in unit_rows(dims[l])
        if unit_prev is not None and unit is not None
    ]
    look = {"colors": COLOURS["data"], "linewidths": 0.8, "alpha": 0.7, "zorder": 1}
    ax.add_collection(LineCollection(ends, gid=f"weights{l}", **look))
    labels = f"$W^{{[{l}]}}$ ({dims[l]}, {dims[l - 1]})\n$b^{{[{l}]}}$ ({dims[l]}, 1)"
    ax.text(x - LAYER_PITCH / 2, -half - 0.75, labels, ha="center", va="center", fontsize=12.5, linespacing=1.5)


def between(one, other):
    """The ends of the line between two units, from rim to rim."""
    one, other = np.array(one), np.array(other)
    rim = RADIUS * (other - one) / np.linalg.norm(other - one)
    return one + rim, other - rim


def computational_graph(values, gradients, L=2):
    """The graph from X to the cost J of L layers: a solid arrow carries a value, a dashed one a gradient backward.

    values: {"X", "W1", "b1", "Z1", "A1", ..., "Y", "J"}; gradients: {"dW1", "db1", "dZ1", "dA1", ...}. What is missing
    from either is not yet known: its box is dotted, its arrow is not drawn. In an SVG each box is called by its name.
    """
    boxes = graph_boxes(L)
    figure, ax = sheet(-0.6, boxes["J"][0] + 0.65, -BOX_RISE - 0.75, BOX_RISE + 0.45)
    for name, at in boxes.items():
        draw_box(ax, name, at, values)
    for name, target in graph_edges(L):
        draw_edge(ax, name, boxes[name], boxes[target], values, gradients)
    key = "solid arrow: value, above it or to its left      dashed arrow: gradient, below it or to its right"
    ax.text(-0.5, -BOX_RISE - 0.6, key, va="center", fontsize=11)
    return figure


def graph_boxes(L):
    """{name: (x, y)}: X, Z1, A1, ..., J along the main row, each W above and each b below its Z, Y above J."""
    row = ["X", *(f"{P}{l}" for l in range(1, L + 1) for P in "ZA"), "J"]
    boxes = {name: (BOX_PITCH * place, 0.0) for place, name in enumerate(row)}
    for l in range(1, L + 1):
        x, _ = boxes[f"Z{l}"]
        boxes |= {f"W{l}": (x, BOX_RISE), f"b{l}": (x, -BOX_RISE)}
    return boxes | {"Y": (boxes["J"][0], BOX_RISE)}


def graph_edges(L):
    """[(from, to)] in the order of the forward pass."""
    edges = []
    for l in range(1, L + 1):
        A_prev = f"A{l - 1}" if l > 1 else "X"
        edges += [(A_prev, f"Z{l}"), (f"W{l}", f"Z{l}"), (f"b{l}", f"Z{l}"), (f"Z{l}", f"A{l}")]
    return [*edges, (f"A{L}", "J"), ("Y", "J")]


def symbol(name):
    """dW1 as mathematics, with the layer in brackets above."""
    return f"${name}$" if name.isalpha() else f"${name[:-1]}^{{[{name[-1]}]}}$"


def draw_box(ax, name, at, values):
    """A box with the name and its shape (J: its value); dotted, with the name alone, where the value is not known."""
    lines = [symbol(name)]
    if name in values:
        lines.append(str(np.shape(values[name])) if np.ndim(values[name]) else number(values[name]))
    frame = {"facecolor": COLOURS["paper"], "edgecolor": COLOURS["ink"], "boxstyle": "round,pad=0.35",
             "linestyle": "-" if name in values else ":", "gid": name}
    ax.text(*at, "\n".join(lines), ha="center", va="center", fontsize=11, bbox=frame, zorder=3)


def draw_edge(ax, name, start, end, values, gradients):
    """The value of `name` on its way to the next box, and its gradient on the way back; a faint line if unknown."""
    if name not in values:
        ax.plot(*zip(start, end, strict=True), color=COLOURS["data"], linestyle=":", linewidth=1, zorder=0)
    else:
        draw_arrow(ax, start, end, 1, "-", COLOURS["value"], matrix(values[name]))
    if f"d{name}" in gradients:
        draw_arrow(ax, end, start, -1, "--", COLOURS["slope"], f"{symbol('d' + name)}\n{matrix(gradients['d' + name])}")


def matrix(A):
    """The numbers of an array (rows, columns), a line for each row."""
    cells = [[number(value) for value in row] for row in np.atleast_2d(A)]
    width = max(len(cell) for row in cells for cell in row)
    return "\n".join("  ".join(cell.rjust(width) for cell in row) for row in cells)


def draw_arrow(ax, start, end, side, linestyle, colour, text):
    """An arrow between two boxes, a lane off the line between them, its text on that side: 1 is above or left."""
    start, end = np.array(start), np.array(end)
    level = start[1] == end[1]
    lane = side * LANE * np.array([0, 1] if level else [-1, 0])
    gap = (0.42 if level else 0.3) * np.sign(end - start)
    arrow = {"arrowstyle": "-|>", "linestyle": linestyle, "color": colour, "linewidth": 1.6}
    ax.annotate("", end - gap + lane, start + gap + lane, arrowprops=arrow)
    outward = 0.1 * np.sign(start + end) * [0, 1]  # away from the text along the main row
    ax.text(*((start + end) / 2 + 2 * lane + outward), text, color=colour, fontsize=10, family="DejaVu Sans Mono",
            linespacing=1.25, **ALIGNMENT[level, side])


def gradient_check_curve(steps, errors):
    """The relative error of a central difference against its step h, with its two causes as guides, log-log."""
    steps, errors = np.asarray(steps), np.maximum(errors, np.finfo(float).tiny)
    best = int(np.argmin(errors))
    figure, ax = new_figure(width=8, height=4)
    ax.loglog(steps, errors, "o-", color=COLOURS["value"], markersize=4, linewidth=1.5, label="measured error")
    ax.loglog(steps, errors[-1] * (steps / steps[-1]) ** 2, "--", color=COLOURS["slope"], label="truncation, as $h^2$")
    ax.loglog(steps, np.median(errors[:best] * steps[:best]) / steps, "-.", color=COLOURS["good"],
              label="rounding, as $1/h$")
    ax.loglog(steps[best], errors[best], "*", color=COLOURS["ink"], markersize=15, zorder=3,
              label=f"smallest, near h = {steps[best]:.0e}")
    ax.set(xlabel="step h of the central difference", ylabel="relative error", ylim=(errors.min() / 10, 10))
    ax.legend(loc="upper center")
    return figure
