"""Pictures of activations, lessons 02 to 05: a curve and its slope, comparisons, chords, arrows."""

from itertools import chain, product

import numpy as np

from dnn_lessons.classroom.figures.looks import (
    COMPARED,
    GRID,
    INK,
    LOOKS,
    NETWORK,
    PAPER,
    SHADE,
    SLOPES,
    looks_of,
    new_figure,
    styled,
    tint,
)
from dnn_lessons.classroom.figures.parts import (
    BOX,
    MIDDLE,
    draw_lines,
    draw_mark,
    new_panel,
    titled_panels,
    with_gap,
)
from dnn_lessons.classroom.figures.ticks import log_axis

PALE = tint(NETWORK, 0.5)
ARROW = {
    "arrowstyle": "-|>",
    "linewidth": 2.2,
    "shrinkA": 0,
    "shrinkB": 0,
    "mutation_scale": 18,
}
SATURATED = {"facecolor": SHADE, "edgecolor": GRID, "hatch": "//", "linewidth": 0}


@styled
def activation_and_slope(Z, A, slope, name, saturated=(), kink=None):
    """Return a picture of the curve A (n,) over the rising numbers Z (n,), with its slope (n,) below.

    Parameters
    ----------
    Z, A, slope : numpy.ndarray
        The numbers, the activation's values and its derivatives there, each (n,).
    name : str
        The label of the curve.
    saturated : iterable of tuple
        Intervals (low, high) of z to shade.
    kink : float, optional
        The z where the slope jumps.

    Returns
    -------
    matplotlib.figure.Figure
        Two panels over one axis.
    """
    figure, (above, below) = new_figure(2, 1, height=5, sharex=True)
    _draw_curve(above, Z, A, name, "forward", kink)
    _draw_curve(below, Z, slope, "slope", "backward", kink)
    below.set_xlabel("z")
    _shade(figure.axes, saturated, Z)
    _mark_kink(above, below, Z, A, slope, kink)
    return figure


def _draw_curve(axes, Z, values, name, meaning, kink):
    """Draw one curve over Z, and fix the limits of its panel, 0 within them."""
    axes.plot(*with_gap(Z, values, kink), **LOOKS[meaning].line)
    axes.update_datalim([(Z[0], 0)])
    axes.margins(y=0.15)
    axes.set(xlim=(Z[0], Z[-1]), ylim=axes.get_ylim(), ylabel=name)


def _shade(panels, intervals, Z):
    """Shade and name the intervals of z, as far as they lie within Z."""
    inside = np.clip(intervals, Z[0], Z[-1])
    for panel, (low, high) in product(panels, inside):
        panel.axvspan(low, high, zorder=0, **SATURATED)
        where = {"transform": panel.get_xaxis_transform(), **MIDDLE}
        panel.text((low + high) / 2, 0.5, "saturated", bbox=BOX, **where)


def _mark_kink(above, below, Z, A, slope, kink):
    """Mark the kink, if there is one, on the curve and on its slope."""
    if kink is None:
        return
    left = np.searchsorted(Z, kink, side="right") - 1
    draw_mark(above, kink, A[left], "s", markersize=6, label="kink")
    above.legend(loc="upper left")
    _mark_jump(below, kink, *slope[left : left + 2])


def _mark_jump(axes, kink, taken, other):
    """Mark the slope that is taken at a kink with a filled dot, the limit from the right with an open one."""
    dot = {"color": SLOPES, "markersize": 6}
    draw_mark(axes, kink, taken, label="value taken at the kink", **dot)
    draw_mark(axes, kink, other, label="limit from the right", mfc=PAPER, **dot)
    axes.legend(loc="lower right")


@styled
def compare_curves(
    x, panels, xlabel="z", scale="linear", markers=False, kink=None, level=None
):
    """Return a picture of several curves over x (n,), panel by panel; a label looks the same in all of them.

    Parameters
    ----------
    x : numpy.ndarray
        Rising numbers (n,).
    panels : dict
        {title: {label: values (n,) or fewer}}.
    xlabel : str
        The name of x.
    scale : str
        "linear" or "log", for the vertical axes.
    markers : bool
        Whether each value has a marker.
    kink : float, optional
        The x where the curves may jump: the lines have a gap there.
    level : float, optional
        A height to mark with a thin line.

    Returns
    -------
    matplotlib.figure.Figure
        A panel for each title.
    """
    figure, drawn = titled_panels(panels, xlabel)
    looks = looks_of(dict.fromkeys(chain.from_iterable(panels.values())))
    for panel, curves in drawn:
        own = {label: looks[label] for label in curves}
        draw_lines(panel, x, curves, own, markers, kink)
        _complete(panel, scale, level)
    return figure


def _complete(panel, scale, level):
    """Give a panel of curves its vertical scale, its level and its legend."""
    if scale == "log":
        log_axis(panel, "y")
    if level is not None:
        panel.axhline(level, color=INK, linewidth=1)
    # The ground of the legend hides the level below it.
    panel.legend(frameon=True, facecolor=PAPER, edgecolor=PAPER)


@styled
def chords(Z, A, name, **ends):
    """Return a picture of a curve A (n,) over Z (n,) and of chords of it, whose slopes the legend holds.

    Parameters
    ----------
    Z, A : numpy.ndarray
        The numbers and the values of the curve, each (n,).
    name : str
        The label of the curve.
    **ends
        The two points ((z, a), (z, a)) of each chord, by its name.

    Returns
    -------
    matplotlib.figure.Figure
        One panel.
    """
    figure, axes = new_panel("z", name, width=6.4)
    axes.plot(Z, A, color=PALE, linewidth=7, label=name)
    for look, label in zip(COMPARED, ends, strict=False):
        _draw_chord(axes, label, *ends[label], look)
    axes.legend(loc="upper left")
    return figure


def _draw_chord(axes, label, start, end, look):
    """Draw a chord from (z, a) to (z, a), with its slope in the legend."""
    (z0, a0), (z1, a1) = start, end
    text = f"{label}: slope {(a1 - a0) / (z1 - z0):.3g}"
    axes.plot((z0, z1), (a0, a1), markersize=8, label=text, **look.curve)


@styled
def arrows(ends, xlabel, ylabel):
    """Return a picture of arrows from the origin, on axes with equal units.

    Parameters
    ----------
    ends : dict
        Where each arrow ends, (x, y), by its name.
    xlabel, ylabel : str
        The names of the axes.

    Returns
    -------
    matplotlib.figure.Figure
        One panel.
    """
    figure, axes = new_panel(xlabel, ylabel, width=6.4)
    for look, (name, end) in zip(COMPARED, ends.items(), strict=False):
        _draw_arrow(axes, name, end, look.colour)
    reach = 1.2 * np.abs(list(ends.values())).max()
    _show_right_half(axes, reach)
    return figure


def _show_right_half(axes, reach):
    """Show a panel as far as `reach`, with room for names to the right of it."""
    axes.set(xlim=(-reach / 4, 2 * reach), ylim=(-reach, reach), aspect="equal")


def _draw_arrow(axes, name, end, colour):
    """Draw an arrow from the origin to a point, with its name beside the head."""
    axes.annotate("", end, (0, 0), arrowprops={**ARROW, "color": colour})
    axes.text(*end, f"  {name}", color=colour, verticalalignment="center")


@styled
def histograms(samples, low, high):
    """Return a picture with a histogram of each sample from low to high, and its mean.

    Parameters
    ----------
    samples : dict
        {title: numbers in any shape}.
    low, high : float
        The ends of the histograms.

    Returns
    -------
    matplotlib.figure.Figure
        A panel for each sample.
    """
    figure, panels = titled_panels(samples, "activation", sharey=True)
    bins = np.linspace(low, high, 41)
    for panel, values in panels:
        _draw_histogram(panel, np.ravel(values), bins)
    figure.axes[0].set_ylabel("how many")
    return figure


def _draw_histogram(axes, values, bins):
    """Draw how many values lie in each bin, and their mean."""
    mean = np.mean(values)
    axes.hist(values, bins, color=PALE)
    axes.axvline(mean, color=INK, linestyle="--", label=f"mean {mean:.2f}")
    axes.set_axisbelow(True)
    axes.legend(loc="upper left")
