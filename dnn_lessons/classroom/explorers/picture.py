"""What an explorer shows, as data: panels with two axes, and marks in them.

The page draws a Picture with picture.js, and Matplotlib draws the same one on paper (still.py). A mark names its look,
a row of the table in figures/looks.py, and no colour.
"""

import base64
import math
from typing import NamedTuple

import numpy as np

from dnn_lessons.classroom.figures.looks import SCALES, look_of, slug
from dnn_lessons.classroom.figures.ticks import ticks


class Axis(NamedTuple):
    """One axis of a panel.

    Parameters
    ----------
    label : str
        Its name and unit.
    low, high : float
        Its ends; of a logarithmic axis both are above 0.
    log : bool
        Whether it is logarithmic.
    """

    label: str
    low: float
    high: float
    log: bool = False


class Line(NamedTuple):
    """A line through points; a point that is no finite number is a gap.

    Parameters
    ----------
    x, y : array_like, shape (n,)
        The points.
    look : str
        The name of its look.
    label : str
        Its words in the legend.
    width : float
        Its width in pixels.
    markers : bool
        Whether each point has a marker.
    faint : bool
        Whether it stands behind what matters.
    part : str
        The part of the picture to which it belongs, if that has a note.
    """

    x: np.ndarray
    y: np.ndarray
    look: str
    label: str = ""
    width: float = 2.2
    markers: bool = False
    faint: bool = False
    part: str = ""


class Points(NamedTuple):
    """Markers without a line.

    Parameters
    ----------
    x, y : array_like, shape (n,)
        Where they stand.
    look : str
        The name of their look.
    label : str
        Their words in the legend.
    size : float
        Their width in pixels, where letters have their usual size; it grows with the letters.
    faint : bool
        Whether they stand behind what matters.
    part : str
        The part of the picture to which they belong, if that has a note.
    """

    x: np.ndarray
    y: np.ndarray
    look: str
    label: str = ""
    size: float = 9
    faint: bool = False
    part: str = ""


class Rects(NamedTuple):
    """Filled rectangles: bars, boxes and grounds.

    Parameters
    ----------
    left, right, bottom, top : array_like, shape (n,)
        Their sides.
    look : str
        The name of their look.
    label : str
        Their words in the legend.
    edge : bool
        Whether they have an edge.
    faint : bool
        Whether they stand behind what matters.
    part : str
        The part of the picture to which they belong, if that has a note.
    """

    left: np.ndarray
    right: np.ndarray
    bottom: np.ndarray
    top: np.ndarray
    look: str
    label: str = ""
    edge: bool = False
    faint: bool = False
    part: str = ""


class Level(NamedTuple):
    """A thin straight line from one end of a panel to the other, with words on it.

    Parameters
    ----------
    at : float
        Where it stands.
    text : str
        The words.
    axis : {"x", "y"}
        The axis on which `at` is measured.
    look : str
        The name of its look.
    below : bool
        Whether the words of a horizontal line stand below it.
    """

    at: float
    text: str = ""
    axis: str = "y"
    look: str = "ink"
    below: bool = False


class Arrow(NamedTuple):
    """An arrow.

    Parameters
    ----------
    x, y : sequence of float, length 2
        Its tail and its head.
    look : str
        The name of its look.
    width : float
        Its width in pixels.
    part : str
        The part of the picture to which it belongs, if that has a note.
    """

    x: tuple
    y: tuple
    look: str
    width: float = 2.2
    part: str = ""


class Words(NamedTuple):
    """Words in a panel; a line break begins a new line.

    Parameters
    ----------
    x, y : float
        Where they stand.
    text : str
        The words.
    anchor : {"start", "middle", "end"}
        Which place of each line stands at x.
    size : float
        Their height as a multiple of that of tick labels.
    look : str
        The name of the look that gives their colour.
    part : str
        The part of the picture to which they belong, if that has a note.
    """

    x: float
    y: float
    text: str
    anchor: str = "middle"
    size: float = 1.0
    look: str = "ink"
    part: str = ""


class Map(NamedTuple):
    """A rectangle coloured by numbers.

    Parameters
    ----------
    values : ndarray, shape (rows, columns)
        Numbers; the first row is the lowest.
    left, right, bottom, top : float
        The sides of the rectangle.
    low, high : float
        The numbers that have the first and the last colour.
    scale : str
        The name of a scale of colours in figures/looks.py.
    part : str
        The part of the picture to which it belongs, if that has a note.
    """

    values: np.ndarray
    left: float
    right: float
    bottom: float
    top: float
    low: float
    high: float
    scale: str
    part: str = ""


class Handle(NamedTuple):
    """A thing that is dragged with the mouse, in place of one or two sliders.

    Parameters
    ----------
    x, y : float
        Where it stands.
    names : tuple of str
        The controls that are set by its x and its y; "" for a direction in which it is not dragged.
    text : str
        What it is.
    look : str
        The name of the look that gives its colour.
    """

    x: float
    y: float
    names: tuple
    text: str
    look: str = "ink"


class Panel(NamedTuple):
    """Two axes and what is drawn between them.

    Parameters
    ----------
    title : str
        The words above it.
    x, y : Axis
        The axes.
    marks : sequence
        What is drawn, the first at the back.
    weight : float
        Its share of the width, beside panels of weight 1.
    height : float
        Its height as a share of its width.
    frame : bool
        Whether the axes are drawn; without a frame it is a diagram.
    least : tuple of float
        Its least width and height in pixels. A narrower page lets its reader scroll; a diagram keeps
        its shape unless it would be lower than this.
    """

    title: str
    x: Axis
    y: Axis
    marks: tuple
    weight: float = 1.0
    height: float = 0.62
    frame: bool = True
    least: tuple = (0, 0)


class Picture(NamedTuple):
    """All that an explorer shows.

    Parameters
    ----------
    panels : sequence of Panel
        From left to right.
    notes : dict
        {part: what is written below when a reader points at it}.
    """

    panels: tuple
    notes: dict = {}  # noqa: RUF012  nobody changes it


def for_page(picture):
    """Return a Picture as lists, numbers and texts.

    Parameters
    ----------
    picture : Picture
        The picture.

    Returns
    -------
    dict
        What picture.js draws.
    """
    panels = [_panel_for_page(panel) for panel in picture.panels]
    return {"panels": panels, "notes": dict(picture.notes)}


def _panel_for_page(panel):
    """Return the fields of a panel, its axes with their ticks."""
    axes = {name: _axis_for_page(getattr(panel, name), panel.frame) for name in "xy"}
    marks = [_mark_for_page(mark) for mark in panel.marks]
    return {**panel._asdict(), **axes, "marks": marks, "least": list(panel.least)}


def _axis_for_page(axis, framed):
    """Return the fields of an axis, and its ticks as pairs of number and text."""
    shown = ticks(axis.low, axis.high, axis.log) if framed else []
    return {
        **axis._asdict(),
        "low": float(axis.low),
        "high": float(axis.high),
        "ticks": shown,
    }


def _mark_for_page(mark):
    """Return the fields of a mark, and its kind."""
    fields = {name: _plain(name, value) for name, value in mark._asdict().items()}
    if isinstance(mark, Map):
        fields |= {"values": _levels(mark), "size": list(np.shape(mark.values))[::-1]}
    return {"kind": type(mark).__name__.lower(), **fields}


def _levels(mark):
    """Return the values of a Map as bytes, 0 for its low end and 255 for its high one, in text."""
    share = (np.asarray(mark.values) - mark.low) / (mark.high - mark.low)
    levels = np.round(255 * np.clip(np.nan_to_num(share), 0, 1)).astype(np.uint8)
    return base64.b64encode(levels[::-1].tobytes()).decode()  # a page begins at the top


def _plain(name, value):
    """Return a field as the page takes it: looks and scales by their rows, arrays as lists."""
    if name in ROWS:
        return ROWS[name](value)
    return value if isinstance(value, (str, bool)) else _numbers(value)


def _numbers(value):
    """Return a number or numbers for the page, None for each that is not finite."""
    if isinstance(value, (int, float)):  # most values; an array would take longer
        return float(value) if math.isfinite(value) else None
    value = np.asarray(value, dtype=np.float64)
    if np.isfinite(value).all():
        return value.tolist()
    return np.where(np.isfinite(value), value, None).tolist()


ROWS = {  # the fields that are neither numbers nor words
    "look": lambda name: look_of(name).for_page(name),
    "scale": lambda name: [slug(stop) for stop in SCALES[name]],
    "names": list,
    "values": lambda _: None,  # see _levels
}
