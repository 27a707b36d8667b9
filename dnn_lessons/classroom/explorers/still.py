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
WIDEST = 9.6  # inches


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
    width = min(WIDEST, max(6.0, PANEL * sum(weights)))
    height = max(panel.height * panel.weight for panel in picture.panels)
    figure, axes = new_figure(
        1,
        len(weights),
        width,
        0.8 + height * width / sum(weights),
        width_ratios=weights,
        squeeze=False,
    )
    for panel, each in zip(picture.panels, axes[0], strict=True):
        _draw_panel(each, panel)
    return figure


def _draw_panel(axes, panel):
    """Draw one panel: its marks, its axes and its legend."""
    for mark in panel.marks:
        KINDS[type(mark)](axes, mark)
    axes.set(title=panel.title)
    _draw_axes(axes, panel)
    if axes.get_legend_handles_labels()[1]:
        below = -0.2 if panel.frame else -0.02
        where = {"loc": "upper left", "bbox_to_anchor": (0, below), "ncols": 2}
        axes.legend(fontsize=9, **where)


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
    edge = {"edgecolor": INK if mark.edge else "none", "label": mark.label or None}
    sizes = {"width": right - left, "height": top - bottom, "bottom": bottom}
    colour = look_of(mark.look).colour
    axes.bar(left, align="edge", color=colour, **sizes, **edge, **_opacity(mark))


def _level(axes, mark):
    """Draw a Level and its words."""
    thin = {
        "color": look_of(mark.look).colour,
        "linewidth": 0.9,
        "linestyle": (0, (5, 4)),
    }
    if mark.axis == "x":
        axes.axvline(mark.at, **thin)
        where = {"xycoords": axes.get_xaxis_transform(), "va": "top"}
        note(axes, mark.text, (mark.at, 1), (3, -2), fontsize=9, **where)
        return
    axes.axhline(mark.at, **thin)
    where = {"xycoords": axes.get_yaxis_transform(), "ha": "right"}
    side = {"va": "top"} if mark.below else {"va": "bottom"}
    offset = (-2, -2 if mark.below else 2)
    note(axes, mark.text, (1, mark.at), offset, fontsize=9, **where, **side)


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
    axes.imshow(mark.values, extent=sides, origin="lower", zorder=0, **limits)


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
