"""Pictures of training and of what came of it: cost curves, where to stop, regions of decision, limits."""

import numpy as np

from dnn_lessons.classroom.figures.style import (
    COLOURS,
    new_figure,
    plain_log_axis,
    styled,
)

MARKERS = ["o", "^", "s", "D", "v", "P"]
CLASSES = (("other", "o"), ("warm", "^"))  # colour and marker of the labels 0 and 1


@styled
def cost_curves(curves, xlabel="epoch", ylabel="cost", log=True):
    """The curves {label: costs of epochs 1, 2, ...} in one panel, told apart by line style and marker too."""
    figure, axis = new_figure()
    for marker, (label, costs) in zip(MARKERS, curves.items(), strict=False):
        draw_costs(axis, np.arange(1, len(costs) + 1), costs, marker, label)
    axis.set(xlabel=xlabel, ylabel=ylabel)
    if log:
        plain_log_axis(axis, "y")
    axis.legend()
    return figure


def draw_costs(axis, x, costs, marker, label):
    """One curve, thin because epochs jump, with about eight markers on it."""
    axis.plot(x, costs, linewidth=1.6, marker=marker, markevery=max(1, len(x) // 8), markersize=7, label=label)


@styled
def held_out_curves(x, training, held_out, stop=None, xlabel="epoch", log_x=False):
    """The cost on the training examples and on held-out ones at each of x; `stop` marks the place to keep."""
    figure, axis = new_figure()
    for marker, label, costs in zip(MARKERS, ("training", "held out"), (training, held_out), strict=False):
        draw_costs(axis, x, costs, marker, label)
    axis.set(xlabel=xlabel, ylabel="cost")
    plain_log_axis(axis, "y")
    if log_x:
        plain_log_axis(axis, "x")
        axis.set_xticks(x)
    if stop is not None:
        mark_minimum(axis, stop, held_out[list(x).index(stop)], xlabel)
    figure.legend(loc="outside right upper")
    return figure


def mark_minimum(axis, x, cost, xlabel):
    """A star at the lowest held-out cost, and a line up to the words that say where it is."""
    axis.axvline(x, color=COLOURS["ink"], linewidth=1.2, linestyle=":")
    axis.plot(x, cost, "*", color=COLOURS["ink"], markersize=15, zorder=4)
    axis.annotate(f"lowest held-out cost: {xlabel} {x}", (x, 1), (0, 5), xycoords=axis.get_xaxis_transform(),
                  textcoords="offset points", ha="left" if x < axis.get_xlim()[1] / 2 else "right")


@styled
def decision_regions(grid, probability, X, Y, threshold=0.5):
    """Where a network answers 1: `probability` (rows, columns) over grid = (x1, x2), the border, and the examples.

    X (2, m) and Y (1, m) are drawn by their labels: circles for 0, triangles for 1.
    """
    figure, axis = new_figure(width=7.0, height=4.2)
    levels = np.linspace(0, 1, 11)
    shades = axis.contourf(*grid, probability, levels, cmap="PuOr_r", alpha=0.75)
    axis.contour(*grid, probability, [threshold], colors=COLOURS["ink"], linewidths=2.2)
    for label, (colour, marker) in enumerate(CLASSES):
        axis.plot(*X[:, Y[0] == label], marker, color=COLOURS[colour], markeredgecolor=COLOURS["ink"],
                  label=f"label {label}")
    axis.set(xlabel="first feature", ylabel="second feature")
    axis.grid(False)
    figure.colorbar(shades, label="predicted probability of label 1")
    figure.legend(loc="outside upper center", ncols=2)
    return figure


@styled
def beyond_data(x, truth, prediction, low, high):
    """Truth and prediction at x; the training data covered low to high only, which is shaded."""
    figure, axis = new_figure()
    axis.axvspan(low, high, color=COLOURS["warm"], alpha=0.25, linewidth=0, label="where the training data lie")
    axis.plot(np.ravel(x), np.ravel(truth), "-", color=COLOURS["data"], linewidth=5, alpha=0.6, label="truth")
    axis.plot(np.ravel(x), np.ravel(prediction), "--", color=COLOURS["value"], label="prediction")
    axis.set(xlabel="x", ylabel="y")
    figure.legend(loc="outside upper center", ncols=3)
    return figure
