"""Marks that draw the computational graph of lesson 09: a box for each quantity, and arrows for both passes.

The unit of length is the distance of two boxes in the row X, Z1, A1, ..., J.
"""

import numpy as np

from dnn_lessons.classroom.explorers.picture import (
    Arrow,
    Axis,
    Line,
    Panel,
    Rects,
    Words,
)
from dnn_lessons.classroom.figures.diagrams import number

RISE = 0.92  # from the row to a W above it or a b below it
HALF_BOX = np.array([0.175, 0.15])
EDGE = np.array([0.36, 0.19])  # of the picture, beyond the outer boxes
LANE = 0.045  # how far an arrow keeps off the line between two boxes
TEXT_LINE = 0.108  # the height of a line of text
LEAST_WIDTH = 740  # pixels: in less, numbers would cover each other
FIGURE_SPACE = "\u2007"  # as wide as a digit
HEAD_ROOM = 0.05  # between the head of an arrow and its box
KEY = {  # how each pass is drawn, and where its numbers stand
    "forward": "value: above its arrow, or to its left",
    "backward": "gradient: below its arrow, or to its right",
}


def graph_panel(title, values, gradients, newest, L=2):
    """Return the graph from X to the cost J, in which a blue arrow carries a value and a dashed one a gradient back.

    Parameters
    ----------
    title : str
        The words above it.
    values : dict
        {"X", "W1", "b1", "Z1", "A1", ..., "Y", "J"}: arrays, and the number J. What is missing is not
        known yet: its box has no ground and its arrow is not drawn.
    gradients : dict
        {"dW1", "db1", "dZ1", "dA1", ...}, as far as they are known.
    newest : str
        The name of the quantity whose box has a frame.
    L : int
        The number of layers.

    Returns
    -------
    Panel
        Its parts are the boxes with their arrows, by the names of the boxes.
    """
    boxes, targets = _boxes(L), dict(_edges(L))
    marks = [Line([], [], look, words) for look, words in KEY.items()]
    for name, at in boxes.items():
        marks += _box(name, at, values)
        if name in targets:
            ends = at, boxes[targets[name]]
            marks += [*_value(name, *ends, values), *_gradient(name, *ends, gradients)]
    marks += _frame(boxes[newest.removeprefix("d")], newest in gradients)
    return _panel(title, 2 * L + 1, marks)


def _panel(title, right, marks):
    """Return the panel of a graph whose row ends at `right`."""
    x, y = np.add(EDGE, (right, RISE))
    shape = {"weight": 2.2, "height": 2 * y / (x + EDGE[0]), "frame": False}
    axes = Axis("", -EDGE[0], x), Axis("", -y, y)
    return Panel(title, *axes, marks, least=(LEAST_WIDTH, 0), **shape)


def _boxes(L):
    """Return {name: (x, y)}: X, Z1, A1, ..., J along a row, each W above and each b below its Z, Y above J."""
    boxes = {"X": (0, 0)}
    for l in range(1, L + 1):
        x = 2 * l - 1
        boxes |= {f"W{l}": (x, RISE), f"Z{l}": (x, 0), f"b{l}": (x, -RISE)}
        boxes[f"A{l}"] = x + 1, 0
    return {**boxes, "J": (2 * L + 1, 0), "Y": (2 * L + 1, RISE)}


def _edges(L):
    """Return [(from, to)] of all arrows of the forward pass."""
    edges = [edge for l in range(1, L + 1) for edge in _layer_edges(l)]
    return [*edges, (f"A{L}", "J"), ("Y", "J")]


def _layer_edges(l):
    """Return [(from, to)] of layer l."""
    Z, A_prev = f"Z{l}", f"A{l - 1}" if l > 1 else "X"
    return [(A_prev, Z), (f"W{l}", Z), (f"b{l}", Z), (Z, f"A{l}")]


def _box(name, at, values):
    """Return a box with the name and its shape (of J: its value); pale, with the name alone, if not known."""
    (left, bottom), (right, top) = at - HALF_BOX, at + HALF_BOX
    sides = left, right, bottom, top
    if name not in values:
        return [Words(*at, name, look="data", part=name)]
    text = f"{name}\n{_shape(values[name])}"
    return [Rects(*sides, "shade", edge=True, part=name), Words(*at, text, part=name)]


def _shape(value):
    """Return the shape of an array, or a number itself, as text."""
    return str(np.shape(value)) if np.ndim(value) else number(value)


def _frame(at, backward):
    """Return a thick line around a box in the look of the pass in which it was reached."""
    x, y = HALF_BOX + 0.022
    corners = np.array([(-x, -y), (x, -y), (x, y), (-x, y), (-x, -y)]) + at
    return [Line(*corners.T, "backward" if backward else "forward", width=3.5)]


def _value(name, start, end, values):
    """Return a value on its way to the next box, or a faint line if it is not known."""
    if name not in values:
        ends = zip(start, end, strict=True)
        return [Line(*ends, "data", width=1, faint=True)]
    return _carried(name, start, end, "forward", _matrix(values[name]))


def _gradient(name, start, end, gradients):
    """Return a gradient on its way back, if it is known."""
    if f"d{name}" not in gradients:
        return []
    text = f"d{name}\n{_matrix(gradients[f'd{name}'])}"
    return _carried(name, end, start, "backward", text)


def _matrix(A):
    """Return the numbers of an array (rows, columns) as text, a line for each row."""
    rows = [
        [number(value).replace("-", "−") for value in row] for row in np.atleast_2d(A)
    ]
    columns = zip(*rows, strict=True)
    widths = [max(map(len, column)) for column in columns]
    lines = [map(_padded, row, widths) for row in rows]
    return "\n".join(f"{FIGURE_SPACE} ".join(line) for line in lines)


def _padded(text, width):
    """Return a number with spaces before it."""
    return text.rjust(width, FIGURE_SPACE)


def _carried(name, start, end, look, text):
    """Return the arrow of a pass between two boxes, off the line between them, and its text on that side."""
    side = 1 if look == "forward" else -1  # above the line or to the left of it
    along = start[1] == end[1]
    lane = np.array([0, side * LANE]) if along else np.array([-side * LANE, 0])
    way = np.sign(np.subtract(end, start))
    tail, head = start + lane + way * HALF_BOX, end + lane - way * (HALF_BOX + HEAD_ROOM)
    words = _text_beside(tail, head, side, along, text)
    style = {"look": look, "part": name}
    return [Arrow(*zip(tail, head, strict=True), **style), words._replace(**style)]


def _text_beside(tail, head, side, along, text):
    """Return the words of an arrow: above or below a level one, to the left or right of an upright one."""
    x, y = (tail + head) / 2
    if along:
        away = 0.03 + TEXT_LINE * (text.count("\n") + 1) / 2
        return Words(x, y + side * away, text)
    upright = 0.07 * np.sign(y)  # away from the texts along the row
    return Words(x - side * 0.05, y + upright, text, "end" if side > 0 else "start")
