"""Pictures of how well a network answers, lessons 00, 12 and 14: costs, fits, residuals, predicted against actual."""

import math

import numpy as np

from dnn_lessons.classroom.figures.looks import (
    COMPARED,
    INK,
    LOOKS,
    looks_of,
    new_figure,
    styled,
)
from dnn_lessons.classroom.figures.parts import (
    draw_all_costs,
    draw_costs,
    draw_level,
    draw_lines,
    drawable,
    legend_above,
    new_panel,
    titled_panels,
)
from dnn_lessons.classroom.figures.ticks import log_axis

EQUAL = {"color": INK, "linewidth": 1.2, "linestyle": "--", "label": "predicted = actual"}
FAINT = {"alpha": 0.6, "markersize": 5}
SHARED = {"sharex": True, "sharey": True, "squeeze": False}
HATCHES = {0: "", 1: "///"}  # of the labels


@styled
def plot_epoch(costs, label="cost J"):
    """Return a picture of the cost of each epoch; logarithmic where all costs are positive.

    Parameters
    ----------
    costs : sequence of float
        The costs of epochs 1, 2, ....
    label : str
        The name of the vertical axis.

    Returns
    -------
    matplotlib.figure.Figure
        One panel.
    """
    figure, axes = new_panel("epoch", label, width=6.5, height=2.5)
    marker = "o" if len(costs) == 1 else ""
    draw_costs(axes, costs, LOOKS["training"], linewidth=1.2, marker=marker)
    if len(costs) and min(costs) > 0:
        log_axis(axes, "y")
    return figure


@styled
def fit_through_epochs(x, y, predictions, xlabel="x", ylabel="y"):
    """Return a picture of a network's fit of the data after several epochs, a panel each.

    Parameters
    ----------
    x, y : array_like
        The data, m numbers each.
    predictions : dict
        {epoch: the m predictions at x}.
    xlabel, ylabel : str
        The names of x and y.

    Returns
    -------
    matplotlib.figure.Figure
        A panel for each epoch.
    """
    figure, panels = _panels(len(predictions))
    for axes, epoch in zip(panels, predictions, strict=True):
        _draw_data(axes, x, y)
        _draw_predictions(axes, x, {"network": predictions[epoch]})
        axes.set_title(f"after {epoch:,} epoch{'' if epoch == 1 else 's'}")
    _name_both_axes(figure, xlabel, ylabel)
    legend_above(figure, panels[0])
    return figure


def _name_both_axes(figure, xlabel, ylabel):
    """Write the names of x and y once for all panels."""
    figure.supxlabel(xlabel, fontsize="medium")
    figure.supylabel(ylabel, fontsize="medium")


def _panels(count):
    """Return a Figure and that many panels, at most four in a row, numbered under the lowest of a column."""
    rows = math.ceil(count / 4)
    columns = math.ceil(count / rows)
    figure, grid = new_figure(rows, columns, *_size(rows, columns), **SHARED)
    for number, axes in enumerate(grid.flat):
        axes.set_visible(number < count)
        axes.tick_params(labelbottom=number + columns >= count)
    return figure, grid.flat[:count]


def _size(rows, columns):
    """Return the width and height of a picture with that many panels, in inches."""
    return max(5, 2.4 * columns), 0.8 + 1.9 * rows


def _draw_data(axes, x, y):
    """Draw the data as small dots."""
    axes.plot(np.ravel(x), np.ravel(y), label="data", markersize=4, **LOOKS["data"].dots)


def _draw_predictions(axes, x, predictions, **more):
    """Draw predictions from left to right: the last one as the model, the others as what it is compared with."""
    *others, model = predictions
    looks = {**dict(zip(others, COMPARED[1:], strict=False)), model: LOOKS["model"]}
    order = np.argsort(np.ravel(x), kind="stable")
    curves = {label: drawable(predictions[label])[order] for label in looks}
    draw_lines(axes, np.ravel(x)[order], curves, looks, **more)


@styled
def fits(x, y, predictions):
    """Return a picture of data and of several predictions of them; the last one is drawn as the model.

    Parameters
    ----------
    x, y : array_like
        The data, m numbers each.
    predictions : dict
        {label: the m predictions at x}.

    Returns
    -------
    matplotlib.figure.Figure
        One panel.
    """
    figure, axes = new_panel("x", "y", width=6.5, height=2.4)
    _draw_data(axes, x, y)
    _draw_predictions(axes, x, predictions)
    legend_above(figure, axes)
    return figure


@styled
def residuals(x, residuals_by_label):
    """Return a picture of the residuals r = a - y around 0; the last ones are drawn as those of the model.

    Parameters
    ----------
    x : array_like
        The m inputs.
    residuals_by_label : dict
        {label: the m residuals at x}.

    Returns
    -------
    matplotlib.figure.Figure
        One panel.
    """
    figure, axes = new_panel("x", "residual r = a − y", width=6.5, height=2.2)
    draw_level(axes, 0)
    _draw_predictions(axes, x, residuals_by_label, linewidth=1.6)
    legend_above(figure, axes)
    return figure


@styled
def predicted_against_actual(groups, unit="y"):
    """Return a picture with a point for each example, and the line on which prediction and label are equal.

    Parameters
    ----------
    groups : dict
        {label: (actual Y, predicted AL)}, such as "training" and "held out".
    unit : str
        What is predicted.

    Returns
    -------
    matplotlib.figure.Figure
        One panel.
    """
    names = f"actual {unit}", f"predicted {unit}"
    figure, axes = new_panel(*names, width=5.6, height=4.4)
    for label, look in looks_of(groups).items():
        pairs = map(drawable, groups[label])
        axes.plot(*pairs, label=label, **look.dots, **FAINT)
    _draw_diagonal(axes, groups)
    legend_above(figure, axes)
    return figure


def _draw_diagonal(axes, groups):
    """Draw the line on which prediction and label are equal, through two points near the data."""
    Y = np.concatenate([np.ravel(Y) for Y, _ in groups.values()])
    low, high = float(Y.min()), float(Y.max())
    high = high if high > low else low + 1
    axes.axline((low, low), (high, high), **EQUAL)


@styled
def probabilities_by_label(groups):
    """Return histograms of the predicted probability of the label 1, for the examples of either label.

    Parameters
    ----------
    groups : dict
        {title: (labels 0 or 1, predicted AL)}.

    Returns
    -------
    matplotlib.figure.Figure
        A panel for each group.
    """
    xlabel = "predicted probability of label 1"
    figure, panels = titled_panels(groups, xlabel, sharex=True)
    for axes, (Y, AL) in panels:
        axes.set_ylabel("examples")
        for label, hatch in HATCHES.items():
            chosen = np.ravel(AL)[np.ravel(Y) == label]
            _draw_histogram(axes, chosen, f"label {label}", hatch)
    legend_above(figure, axes)
    return figure


def _draw_histogram(axes, probabilities, name, hatch):
    """Draw how many probabilities lie in each twentieth from 0 to 1."""
    look = {"facecolor": LOOKS[name].colour, "edgecolor": INK, "hatch": hatch}
    axes.hist(probabilities, np.linspace(0, 1, 21), alpha=0.6, label=name, **look)


@styled
def scores_through_epochs(scores, levels, ylabel="MSE", kept=None):
    """Return a picture of scores after each epoch, and of the levels to compare them with; logarithmic.

    Parameters
    ----------
    scores : dict
        {label: the scores after epochs 1, 2, ...}, such as "training" and "held out".
    levels : dict
        {label: score}, at most three.
    ylabel : str
        The name of the score.
    kept : int, optional
        The epoch whose parameters were kept; 0 or None for no mark.

    Returns
    -------
    matplotlib.figure.Figure
        One panel.
    """
    figure, axes = new_panel("epoch", ylabel, width=6.5, height=2.5)
    draw_all_costs(axes, scores)
    _draw_levels(axes, levels)
    log_axis(axes, "y")
    _mark_kept(axes, kept)
    legend_above(figure, axes)
    return figure


def _draw_levels(axes, levels):
    """Draw {label: level} across the panel."""
    for label, look in zip(levels, COMPARED[2:], strict=False):
        draw_level(axes, levels[label], label=label, **look.line)


def _mark_kept(axes, kept):
    """Draw the epoch that was kept upright, if one is given, and number whole epochs."""
    axes.locator_params("x", integer=True)
    if kept:
        axes.axvline(kept, color=INK, linestyle=":", label=f"epoch {kept:,}, kept")
