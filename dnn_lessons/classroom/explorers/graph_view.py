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
BOXES = {"X": (0, 0), "W1": (1, RISE), "Z1": (1, 0), "b1": (1, -RISE), "A1": (2, 0)}
BOXES |= {"W2": (3, RISE), "Z2": (3, 0), "b2": (3, -RISE), "A2": (4, 0)}
BOXES |= {"J": (5, 0), "Y": (5, RISE)}
# The box to which the arrow of each box leads.
TARGETS = {"X": "Z1", "W1": "Z1", "b1": "Z1", "Z1": "A1", "A1": "Z2"}
TARGETS |= {"W2": "Z2", "b2": "Z2", "Z2": "A2", "A2": "J", "Y": "J"}
CORNERS = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)])
HALF_BOX = np.array([0.175, 0.15])
WIDE, HIGH = 5.72, 2 * (RISE + 0.19)  # the whole picture
AXES = Axis("", 2.5 - WIDE / 2, 2.5 + WIDE / 2), Axis("", -HIGH / 2, HIGH / 2)
# How far an arrow keeps off the line between two boxes: an upright one, one along the row.
LANES = {False: np.array([-0.045, 0]), True: np.array([0, 0.045])}
TEXT_LINE = 0.108  # the height of a line of text
LEAST_SIZE = 740, 0  # pixels: in less, numbers would cover each other
SHAPE = {"weight": 2.2, "height": HIGH / WIDE, "frame": False, "least": LEAST_SIZE}
FIGURE_SPACE = "\u2007"  # as wide as a digit
HEAD_ROOM = 0.05  # between the head of an arrow and its box
KEY = {  # how each pass is drawn, and where its numbers stand
    "forward": "value: above its arrow, or to its left",
    "backward": "gradient: below its arrow, or to its right",
}


def graph_panel(title, values, gradients, newest):
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

    Returns
    -------
    Panel
        Its parts are the boxes with their arrows, by the names of the boxes.
    """
    marks = [Line([], [], look, words) for look, words in KEY.items()]
    for name in BOXES:
        marks += [*_box(name, values), *_arrows(name, values, gradients)]
    return Panel(title, *AXES, [*marks, _frame(newest)], **SHAPE)


def _arrows(name, values, gradients):
    """Return the arrow of a value to the next box, if there is one, and that of the gradient back."""
    if name not in TARGETS:
        return []
    ends = BOXES[name], BOXES[TARGETS[name]]
    return [*_value(name, *ends, values), *_gradient(name, *ends, gradients)]


def _box(name, values):
    """Return a box with the name and its shape (of J: its value); pale, with the name alone, if not known."""
    at = BOXES[name]
    if name not in values:
        return [Words(*at, name, look="data")]
    text = f"{name}\n{_shape(values[name])}"
    return [_ground(*at, name), Words(*at, text, part=name)]


def _ground(x, y, part):
    """Return the ground of a box around a point."""
    half, high = HALF_BOX
    return Rects(x - half, x + half, y - high, y + high, "shade", edge=True, part=part)


def _shape(value):
    """Return the shape of an array, or a number itself, as text."""
    return str(np.shape(value)) if np.ndim(value) else number(value)


def _frame(newest):
    """Return a thick line around the box of the newest quantity, in the look of its pass."""
    corners = BOXES[newest.removeprefix("d")] + CORNERS * (HALF_BOX + 0.022)
    look = "backward" if newest[0] == "d" else "forward"
    return Line(*corners.T, look, width=3.5)


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
    cells = [list(map(_number, row)) for row in np.atleast_2d(A)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    rows = [map(_padded, row, widths) for row in cells]
    return "\n".join(f"{FIGURE_SPACE} ".join(row) for row in rows)


def _number(value):
    """Return a number as text, with the minus sign of mathematics."""
    return number(value).replace("-", "−")


def _padded(text, width):
    """Return a number with spaces before it."""
    return text.rjust(width, FIGURE_SPACE)


def _carried(name, start, end, look, text):
    """Return the arrow of a pass between two boxes, off the line between them, and its text on that side."""
    side = 1 if look == "forward" else -1  # above the line or to the left of it
    along = start[1] == end[1]
    ends = _ends(start, end, side * LANES[along])
    words = _text_beside(*ends, side, along, text)
    style = {"look": look, "part": name}
    return [Arrow(*np.transpose(ends), **style), words._replace(**style)]


def _ends(start, end, lane):
    """Return the tail and the head of an arrow in its lane, each at the edge of a box."""
    way = np.sign(np.subtract(end, start))
    return start + lane + way * HALF_BOX, end + lane - way * (HALF_BOX + HEAD_ROOM)


def _text_beside(tail, head, side, along, text):
    """Return the words of an arrow: above or below a level one, to the left or right of an upright one."""
    x, y = (tail + head) / 2
    if along:
        away = 0.03 + TEXT_LINE * (text.count("\n") + 1) / 2
        return Words(x, y + side * away, text)
    upright = 0.07 * np.sign(y)  # away from the texts along the row
    return Words(x - side * 0.05, y + upright, text, "end" if side > 0 else "start")
