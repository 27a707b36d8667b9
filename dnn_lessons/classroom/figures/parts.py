"""Parts that several pictures have: cost curves, lines, marks with words, panels with titles."""

import numpy as np

from dnn_lessons.classroom.figures.looks import INK, PAPER, looks_of, new_figure

LARGEST = 1e100  # what diverges goes beyond; Matplotlib's axes overflow not far above
MARKERS_ON_A_CURVE = 8
BOX = {"facecolor": PAPER, "edgecolor": "none", "alpha": 0.8, "pad": 1.5}  # behind words
MIDDLE = {"ha": "center", "va": "center"}


def drawable(values):
    """Return values as a row of floats, with NaN, which is not drawn, for those that no axis can show.

    Parameters
    ----------
    values : array_like
        Numbers in any shape.

    Returns
    -------
    numpy.ndarray
        The numbers (n,); those beyond LARGEST are NaN.
    """
    values = np.ravel(values).astype(np.float64)
    return np.where(np.abs(values) < LARGEST, values, np.nan)


def with_gap(x, values, at):
    """Return x and values with a gap after `at`, so that a jump there is not drawn as a slope.

    Parameters
    ----------
    x : numpy.ndarray
        Rising numbers (n,).
    values : numpy.ndarray
        The values (n,) at x.
    at : float or None
        Where the values jump, if they do.

    Returns
    -------
    tuple of numpy.ndarray
        x and values, each with one more entry, unless `at` is None.
    """
    if at is None:
        return x, values
    place = np.searchsorted(x, at, side="right")
    return np.insert(x, place, np.nan), np.insert(values, place, np.nan)


def draw_costs(axes, costs, look, x=None, **more):
    """Draw a cost curve: a thin line, as costs jump, with about eight markers on it.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        The panel.
    costs : array_like
        The costs (n,).
    look : Look
        How to draw them.
    x : array_like, optional
        Where they stand (n,); without, they are those of the epochs 1, 2, ....
    **more
        Further keyword arguments of the line, such as its label.
    """
    x = np.arange(1, len(costs) + 1) if x is None else x
    every = max(1, len(costs) // MARKERS_ON_A_CURVE)
    thin = {"linewidth": 1.6, "markersize": 6, "markevery": every}
    axes.plot(x, drawable(costs), **{**look.curve, **thin, **more})


def draw_all_costs(axes, curves, looks=None, x=None):
    """Draw several cost curves, each in its look and with its label.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        The panel.
    curves : dict
        {label: costs (n,)}.
    looks : dict, optional
        {label: Look}; without, those of looks_of.
    x : array_like, optional
        Where the costs stand (n,); without, they are those of the epochs 1, 2, ....
    """
    for label, look in (looks or looks_of(curves)).items():
        draw_costs(axes, curves[label], look, x, label=label)


def draw_lines(axes, x, curves, looks=None, markers=False, jump=None, **more):
    """Draw several curves over the same numbers, each in its look and with its label.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        The panel.
    x : array_like
        The numbers (n,) from left to right.
    curves : dict
        {label: values (n,) or fewer}.
    looks : dict, optional
        {label: Look}; without, those of looks_of.
    markers : bool
        Whether each value has a marker.
    jump : float, optional
        Where the curves may jump: the lines have a gap there.
    **more
        Further keyword arguments of every line.
    """
    for label, look in (looks or looks_of(curves)).items():
        values = curves[label]
        points = with_gap(x[: len(values)], values, jump)
        style = look.curve if markers else look.line
        axes.plot(*points, label=label, **{**style, **more})


def draw_level(axes, height, **more):
    """Draw a thin horizontal line in the colour of words.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        The panel.
    height : float
        Where it stands.
    **more
        Further keyword arguments of the line.
    """
    axes.axhline(height, **{"color": INK, "linewidth": 1.0, **more})


def draw_mark(axes, x, y, marker="o", **more):
    """Draw a marker in the colour of words, above all curves.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        The panel.
    x, y : float or array_like
        Where it stands.
    marker : str
        The marker in Matplotlib's notation.
    **more
        Further keyword arguments of the line that holds the marker.
    """
    mark = {"color": INK, "linestyle": "none", "markersize": 8, "zorder": 4}
    axes.plot(x, y, marker=marker, **{**mark, **more})


def draw_star(axes, x, y, label=None):
    """Mark the best of all with a star.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        The panel.
    x, y : float
        Where it stands.
    label : str, optional
        Its words in the legend.
    """
    draw_mark(axes, x, y, "*", markersize=15, label=label)


def note(axes, text, at, offset, **more):
    """Write words near a point.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        The panel.
    text : str
        The words.
    at : tuple of float
        The point (x, y).
    offset : tuple of float
        How far to the right of it and above it the words begin, in points.
    **more
        Further keyword arguments of Axes.annotate.
    """
    axes.annotate(text, at, offset, textcoords="offset points", **more)


def new_panel(xlabel, ylabel, **size):
    """Return a Figure with one panel whose axes have names.

    Parameters
    ----------
    xlabel, ylabel : str
        The names of the axes.
    **size
        Further keyword arguments of new_figure.

    Returns
    -------
    tuple
        The Figure and its Axes.
    """
    figure, axes = new_figure(**size)
    axes.set(xlabel=xlabel, ylabel=ylabel)
    return figure, axes


def titled_panels(contents, xlabel, **size):
    """Return a Figure with a panel for each title in one row, and what each panel shall hold.

    Parameters
    ----------
    contents : dict
        {title: whatever the panel shall hold}.
    xlabel : str
        The name of the horizontal axes.
    **size
        Further keyword arguments of new_figure.

    Returns
    -------
    tuple
        The Figure, and [(panel, what it shall hold)].
    """
    figure, axes = new_figure(1, len(contents), squeeze=False, **size)
    for panel, title in zip(axes[0], contents, strict=True):
        panel.set(title=title, xlabel=xlabel)
    return figure, list(zip(axes[0], contents.values(), strict=True))


def legend_above(figure, axes):
    """Put the legend of one panel above all of them.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        The picture.
    axes : matplotlib.axes.Axes
        The panel whose legend it is.
    """
    handles, labels = axes.get_legend_handles_labels()
    where = {"loc": "outside upper center", "ncols": 4}
    figure.legend(handles, labels, markerscale=1.5, **where)


def legend_beside(axes):
    """Put the legend of a panel at its right.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        The panel.
    """
    axes.legend(loc="center left", bbox_to_anchor=(1, 0.5))
