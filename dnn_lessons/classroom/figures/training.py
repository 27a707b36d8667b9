"""Pictures of training and of what came of it: cost curves, where to stop, regions of decision, calibration."""

import matplotlib as mpl
import numpy as np

from dnn_lessons.classroom.figures.style import COLOURS, STYLE, new_figure

MARKERS = ["o", "^", "s", "D", "v", "P"]
CLASSES = (("other", "o"), ("warm", "^"))  # colour and marker of the labels 0 and 1
styled = mpl.rc_context(STYLE)


@styled
def cost_curves(curves, xlabel="epoch", ylabel="cost", log=True):
    """The curves {label: costs of epochs 1, 2, ...} in one panel, told apart by line style and marker too."""
    figure, axis = new_figure()
    for marker, (label, costs) in zip(MARKERS, curves.items(), strict=False):
        every = max(1, len(costs) // 8)
        axis.plot(np.arange(1, len(costs) + 1), costs, marker=marker, markevery=every, markersize=6, label=label)
    axis.set(xlabel=xlabel, ylabel=ylabel, yscale="log" if log else "linear")
    axis.legend()
    return figure


@styled
def training_against_held_out(x, training, held_out, stop=None, xlabel="epoch", log_x=False):
    """The cost on the training examples and on held-out ones at each of x; `stop` marks the place to keep."""
    figure, axis = new_figure()
    for (label, costs), marker in zip((("training", training), ("held out", held_out)), MARKERS, strict=False):
        axis.plot(x, costs, marker=marker, markevery=max(1, len(x) // 8), markersize=6, label=label)
    if stop is not None:
        best = held_out[list(x).index(stop)]
        axis.axvline(stop, color=COLOURS["ink"], linewidth=1.2, linestyle=":")
        axis.plot(stop, best, "*", color=COLOURS["ink"], markersize=15, zorder=4)
        axis.annotate(f"lowest held-out cost, {xlabel} {stop}", (stop, best), (10, -18), textcoords="offset points",
                      bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 1})
    axis.set(xlabel=xlabel, ylabel="cost", yscale="log", xscale="log" if log_x else "linear")
    axis.legend()
    return figure


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
    axis.legend(loc="upper right", frameon=True)
    return figure


@styled
def calibration(predicted, observed, counts):
    """Share of label 1 observed in each bin of predicted probability, with the number of examples beside each point."""
    figure, axis = new_figure(width=5.6, height=4.0)
    axis.plot([0, 1], [0, 1], ":", color=COLOURS["ink"], linewidth=1.4, label="as often as predicted")
    axis.plot(predicted, observed, "o-", color=COLOURS["value"], markersize=8, label="the network")
    for a, share, count in zip(predicted, observed, counts, strict=True):
        axis.annotate(f"{count}", (a, share), (8, -12), textcoords="offset points")
    axis.set(xlabel="predicted probability", ylabel="share of label 1", xlim=(-0.03, 1.08), ylim=(-0.06, 1.06))
    axis.legend()
    return figure
