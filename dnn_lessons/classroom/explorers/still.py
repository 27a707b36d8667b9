"""The Picture of an explorer on paper: Matplotlib draws the same data that the page draws."""

import numpy as np

from dnn_lessons.classroom.explorers.picture import (
    Arrow,
    Handle,
    Level,
    Line,
    Map,
    Points,
    Rects,
    Words,
)
from dnn_lessons.classroom.figures.looks import (
    INK,
    SCALES,
    colour_map,
    look_of,
    new_figure,
    styled,
)
from dnn_lessons.classroom.figures.parts import draw_mark, drawable, note
from dnn_lessons.classroom.figures.ticks import log_axis, ticks

PANEL = 4.3  # inches of a panel of weight 1
PIXEL = 0.75  # points
LEAST, WIDEST = 6.0, 9.6  # inches
WORDS = 0.8  # inches of the height, for titles and legends
LOWEST = 2  # place above the grid, of the mark at the back


@styled
def still(picture):
    """Return a Picture drawn by Matplotlib.

    Parameters
    ----------
    picture : Picture
        The picture.

    Returns
    -------
    matplotlib.figure.Figure
        A row of panels.
    """
    weights = [panel.weight for panel in picture.panels]
    size = _size(picture.panels)
    row = {"width_ratios": weights, "squeeze": False}
    figure, axes = new_figure(1, len(weights), *size, **row)
    for panel, each in zip(picture.panels, axes[0], strict=True):
        _draw_panel(each, panel)
    return figure


def _size(panels):
    """Return the width and the height of panels in a row, in inches."""
    weights = sum(panel.weight for panel in panels)
    width = min(WIDEST, max(LEAST, PANEL * weights))
    tallest = max(panel.height * panel.weight for panel in panels)
    return width, WORDS + tallest * width / weights


def _draw_panel(axes, panel):
    """Draw one panel: its marks, its axes and its legend."""
    for place, mark in enumerate(panel.marks):
        _draw_mark(axes, mark, LOWEST + place / len(panel.marks))
    axes.set(title=panel.title)
    _draw_axes(axes, panel)
    if axes.get_legend_handles_labels()[1]:
        _draw_legend(axes, -0.2 if panel.frame else -0.02)


def _draw_legend(axes, top):
    """Draw the legend below a panel."""
    where = {"loc": "upper left", "bbox_to_anchor": (0, top), "ncols": 2}
    axes.legend(fontsize=9, **where)


def _draw_mark(axes, mark, place):
    """Draw a mark in front of all whose place is lower."""
    before = set(axes.get_children())
    KINDS[type(mark)](axes, mark)
    for artist in set(axes.get_children()) - before:
        artist.set_zorder(place)


def _draw_axes(axes, panel):
    """Draw the axes with their ticks, or a diagram without axes whose shape is kept."""
    for name in "xy":
        axis = getattr(panel, name)
        _draw_axis(axes, name, axis)
        axes.set(**{f"{name}lim": (axis.low, axis.high), f"{name}label": axis.label})
    if not panel.frame:
        axes.set_axis_off()
        axes.set_box_aspect(panel.height)


def _draw_axis(axes, name, axis):
    """Draw the ticks of one axis as the page has them."""
    if axis.log:
        log_axis(axes, name)
        return
    shown = ticks(axis.low, axis.high)
    places, texts = zip(*shown, strict=True)
    getattr(axes, f"set_{name}ticks")(places, texts)


def _opacity(mark):
    """Return the keyword argument that lets a mark stand behind what matters."""
    return {"alpha": 0.4} if mark.faint else {}


def _line(axes, mark):
    """Draw a Line."""
    look = look_of(mark.look)
    style = look.curve if mark.markers else look.line
    width = {"linewidth": PIXEL * mark.width, "markersize": 2.4 * mark.width}
    named = {"label": mark.label or None, **_opacity(mark)}
    axes.plot(drawable(mark.x), drawable(mark.y), **{**style, **width, **named})


def _points(axes, mark):
    """Draw Points."""
    edge = {"markeredgecolor": INK, "markeredgewidth": 0.5}
    size = {"markersize": PIXEL * mark.size, "label": mark.label or None}
    x, y = drawable(mark.x), drawable(mark.y)
    axes.plot(x, y, **{**look_of(mark.look).dots, **edge, **size, **_opacity(mark)})


def _rects(axes, mark):
    """Draw Rects."""
    left, right, bottom, top = (np.ravel(side) for side in mark[:4])
    sizes = {"width": right - left, "height": top - bottom, "bottom": bottom}
    axes.bar(left, align="edge", **sizes, **_filled(mark), **_opacity(mark))


def _filled(mark):
    """Return the keyword arguments of a filled shape."""
    edge, label = INK if mark.edge else "none", mark.label or None
    return {"color": look_of(mark.look).colour, "edgecolor": edge, "label": label}


def _level(axes, mark):
    """Draw a Level and its words."""
    thin = {
        "color": look_of(mark.look).colour,
        "linewidth": 0.9,
        "linestyle": (0, (5, 4)),
    }
    draw, where = _upright(axes, mark) if mark.axis == "x" else _across(axes, mark)
    draw(mark.at, **thin)
    note(axes, mark.text, fontsize=9, **where)


def _upright(axes, mark):
    """Return what draws an upright line, and where its words stand."""
    at = {"at": (mark.at, 1), "offset": (3, -2), "va": "top"}
    return axes.axvline, {**at, "xycoords": axes.get_xaxis_transform()}


def _across(axes, mark):
    """Return what draws a horizontal line, and where its words stand."""
    side = {"va": "top", "offset": (-2, -2)}
    if not mark.below:
        side = {"va": "bottom", "offset": (-2, 2)}
    at = {"at": (1, mark.at), "ha": "right", **side}
    return axes.axhline, {**at, "xycoords": axes.get_yaxis_transform()}


def _arrow(axes, mark):
    """Draw an Arrow."""
    (x0, x), (y0, y) = mark.x, mark.y
    style = {"arrowstyle": "-|>", **look_of(mark.look).line}
    style["linewidth"] = PIXEL * mark.width
    axes.annotate("", (x, y), (x0, y0), arrowprops={**style, "shrinkA": 0, "shrinkB": 0})


def _words(axes, mark):
    """Draw Words."""
    side = {"start": "left", "middle": "center", "end": "right"}[mark.anchor]
    style = {"color": look_of(mark.look).colour, "fontsize": 9 * mark.size}
    axes.text(mark.x, mark.y, mark.text, ha=side, va="center", clip_on=True, **style)


def _map(axes, mark):
    """Draw a Map."""
    sides = mark.left, mark.right, mark.bottom, mark.top
    colours = colour_map(*SCALES[mark.scale].values())
    limits = {"vmin": mark.low, "vmax": mark.high, "cmap": colours, "aspect": "auto"}
    limits["interpolation"] = "bilinear"  # as in a page
    axes.imshow(mark.values, extent=sides, origin="lower", **limits)


def _handle(axes, mark):
    """Draw a Handle."""
    draw_mark(axes, mark.x, mark.y, color=look_of(mark.look).colour)


KINDS = {
    Line: _line,
    Points: _points,
    Rects: _rects,
    Level: _level,
    Arrow: _arrow,
    Words: _words,
    Map: _map,
    Handle: _handle,
}
