"""The numbers of a mark as a page needs them: as many digits and points as a screen can show."""

import base64
import math

from dnn_lessons.classroom.explorers.cost_panel import MOST_POINTS

SHARE = 1e-4  # of an axis: what is smaller is less than a fifth of a pixel
FAR = 1000  # lengths of an axis: from there on a line looks the same
LEVELS = 15  # of a map, above its lowest
AXIS_OF = dict.fromkeys(("x", "left", "right"), "x") | dict.fromkeys(
    ("y", "bottom", "top"), "y"
)


def compact(mark, panel):
    """Return a mark with its places rounded, a long line thinned, and a map with fewer colours.

    Parameters
    ----------
    mark, panel : dict
        A mark and its panel, as an explorer sends them to its page.

    Returns
    -------
    dict
        A mark that looks the same.
    """
    mark = KINDS.get(mark["kind"], dict)(mark)
    axes = _axes(mark).items()
    return mark | {name: _rounded(mark[name], panel[axis]) for name, axis in axes}


def _axes(mark):
    """Return the axis on which each place of a mark is measured."""
    if mark["kind"] == "level":
        return {"at": mark["axis"]}
    return {name: axis for name, axis in AXIS_OF.items() if name in mark}


def _thinned(line):
    """Return a line with every second, third, ... point, and the last, where it has too many."""
    step = math.ceil(len(line["x"]) / MOST_POINTS)
    return {**line, **{name: _every(line[name], step) for name in "xy"}}


def _levelled(mark):
    """Return a map with LEVELS + 1 colours in place of 256."""
    levels = levels_of(base64.b64decode(mark["values"]))
    values = bytes(round(level * 255 / LEVELS) for level in levels)
    return {**mark, "values": base64.b64encode(values).decode()}


def levels_of(values):
    """Return the levels of the bytes of a map.

    Parameters
    ----------
    values : bytes
        From 0 to 255.

    Returns
    -------
    list of int
        From 0 to LEVELS.
    """
    return [round(value * LEVELS / 255) for value in values]


def _every(values, step):
    """Return each value that is a multiple of a step away from the first one, and the last."""
    last = len(values) - 1
    return [each for i, each in enumerate(values) if i % step == 0 or i == last]


def _rounded(value, axis):
    """Return a number, or a list of them, with as many digits as are seen on an axis."""
    if isinstance(value, list):
        return [_rounded(each, axis) for each in value]
    if value is None or axis["log"]:
        return value and float(f"{value:.4g}")
    places = math.ceil(-math.log10(SHARE * (axis["high"] - axis["low"])))
    return round(_not_far(value, axis), places)


def _not_far(value, axis):
    """Return a number, or one that looks the same where it is far outside an axis."""
    low, high = axis["low"], axis["high"]
    far = FAR * (high - low)
    return min(max(value, low - far), high + far)


KINDS = {"line": _thinned, "map": _levelled}
