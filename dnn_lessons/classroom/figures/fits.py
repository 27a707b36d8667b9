"""How well a network answers: the cost through the epochs, the fit, the residuals, predicted against actual."""

import math

import numpy as np

from dnn_lessons.classroom.figures.style import (
    COLOURS,
    new_figure,
    plain_log_axis,
    styled,
)

LINES = {"color": COLOURS["value"], "linestyle": "-"}, {"color": COLOURS["slope"], "linestyle": "--"}
LEVELS = {"color": COLOURS["data"], "linestyle": ":"}, {"color": COLOURS["ink"], "linestyle": "-."}
POINTS = {"color": COLOURS["value"], "marker": "o"}, {"color": COLOURS["slope"], "marker": "^"}
DATA = {"color": COLOURS["data"], "marker": ".", "linestyle": "", "markersize": 4}
LARGEST = 1e100  # Matplotlib's axes overflow not far above; a run that diverges gets there


def drawable(values):
    """The values as a row of floats; NaN, which is not drawn, for those beyond LARGEST."""
    values = np.ravel(values).astype(np.float64)
    return np.where(np.abs(values) < LARGEST, values, np.nan)


@styled
def plot_epoch(costs, label="cost J"):
    """The cost of each epoch, the first being 1; logarithmic where all costs are positive."""
    figure, axes = new_figure(width=7.0, height=2.8)
    axes.plot(range(1, len(costs) + 1), drawable(costs), marker="o" if len(costs) == 1 else "", linewidth=1.2)
    axes.set(xlabel="epoch", ylabel=label)
    if len(costs) and min(costs) > 0:
        plain_log_axis(axes, "y")
    return figure


@styled
def fit_through_epochs(x, y, predictions, xlabel="x", ylabel="y"):
    """One panel for each epoch of `predictions`, {epoch: prediction at x}, over the data y at x."""
    rows = math.ceil(len(predictions) / 4)
    columns = math.ceil(len(predictions) / rows)
    figure, grid = new_figure(rows, columns, width=max(5.0, 2.4 * columns), height=0.8 + 1.9 * rows,
                              sharex=True, sharey=True, squeeze=False)
    for axes, (epoch, prediction) in zip(grid.flat, predictions.items(), strict=False):
        draw_fit(axes, x, y, prediction)
        axes.set_title(f"after {epoch:,} epoch{'s' * (epoch != 1)}")
    label_grid(figure, grid, len(predictions), xlabel, ylabel)
    return figure


def draw_fit(axes, x, y, prediction):
    """Data and one prediction, from left to right."""
    order = np.argsort(np.ravel(x), kind="stable")
    axes.plot(np.ravel(x), np.ravel(y), label="data", **DATA)
    axes.plot(np.ravel(x)[order], drawable(prediction)[order], label="network", linewidth=1.8, **LINES[0])


def label_grid(figure, grid, used, xlabel, ylabel):
    """Numbers under the lowest panel of each column, one name for each axis, one legend, no empty panel."""
    for number, axes in enumerate(grid.flat):
        axes.set_visible(number < used)
        axes.tick_params(labelbottom=used <= number + grid.shape[1])
    figure.supxlabel(xlabel, fontsize="medium")
    figure.supylabel(ylabel, fontsize="medium")
    figure.legend(*grid.flat[0].get_legend_handles_labels(), loc="outside upper center", ncols=2, markerscale=3)


@styled
def fits(x, y, predictions, xlabel="x", ylabel="y"):
    """The data y at x and each of `predictions`, {label: prediction at x}, in one picture."""
    figure, axes = new_figure(width=7.0, height=2.7)
    order = np.argsort(np.ravel(x), kind="stable")
    axes.plot(np.ravel(x), np.ravel(y), label="data", **DATA)
    for label, prediction in predictions.items():
        axes.plot(np.ravel(x)[order], drawable(prediction)[order], label=label)
    axes.set(xlabel=xlabel, ylabel=ylabel)
    figure.legend(loc="outside upper center", ncols=4, markerscale=3)
    return figure


@styled
def residuals(x, residuals_by_label, xlabel="x"):
    """The residuals r = a - y of each {label: residuals at x} around the line r = 0."""
    figure, axes = new_figure(width=7.0, height=2.5)
    order = np.argsort(np.ravel(x), kind="stable")
    axes.axhline(0, color=COLOURS["ink"], linewidth=1)
    for label, values in residuals_by_label.items():
        axes.plot(np.ravel(x)[order], drawable(values)[order], label=label, linewidth=1.6)
    axes.set(xlabel=xlabel, ylabel="residual r = a − y")
    figure.legend(loc="outside upper center", ncols=4)
    return figure


@styled
def predicted_against_actual(groups, unit="y"):
    """A point for each example of {label: (actual Y, predicted AL)}, and the line on which both are equal."""
    figure, axes = new_figure(width=5.6, height=4.4)
    for (label, (Y, AL)), look in zip(groups.items(), POINTS, strict=False):
        axes.plot(np.ravel(Y), drawable(AL), label=label, linestyle="", alpha=0.6, markersize=5, **look)
    axes.axline(*line_of_equals(groups), color=COLOURS["ink"], linewidth=1.2, linestyle="--",
                label="predicted = actual")
    axes.set(xlabel=f"actual {unit}", ylabel=f"predicted {unit}")
    figure.legend(loc="outside upper center", ncols=3)
    return figure


def line_of_equals(groups):
    """Two different points (y, y) of the diagonal, near the data."""
    Y = np.concatenate([np.ravel(Y) for Y, _ in groups.values()])
    low, high = float(Y.min()), float(Y.max())
    high = high if high > low else low + 1
    return (low, low), (high, high)


@styled
def probabilities_by_label(groups):
    """Histograms of the predicted probability of the label 1, a panel for each {title: (labels 0 or 1, AL)}."""
    figure, grid = new_figure(1, len(groups), sharex=True, squeeze=False)
    for axes, (title, (Y, AL)) in zip(grid.flat, groups.items(), strict=True):
        for label, hatch in ((0, ""), (1, "///")):
            axes.hist(np.ravel(AL)[np.ravel(Y) == label], np.linspace(0, 1, 21), alpha=0.55, hatch=hatch,
                      label=f"label {label}")
        axes.set(title=title, xlabel="predicted probability of label 1", ylabel="examples")
    figure.legend(*grid.flat[0].get_legend_handles_labels(), loc="outside upper center", ncols=2)
    return figure


@styled
def scores_through_epochs(scores, levels, ylabel="MSE"):
    """{label: score after each epoch, the first being 1} as curves, {label: score} as level lines; logarithmic."""
    figure, axes = new_figure(width=7.0, height=2.8)
    for (label, values), look in zip(scores.items(), LINES, strict=True):
        axes.plot(range(1, len(values) + 1), values, label=label, linewidth=1.2, **look)
    for (label, value), look in zip(levels.items(), LEVELS, strict=True):
        axes.axhline(value, label=label, linewidth=1.6, **look)
    axes.set(xlabel="epoch", ylabel=ylabel)
    plain_log_axis(axes, "y")
    figure.legend(loc="outside upper center", ncols=4)
    return figure
