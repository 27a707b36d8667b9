"""Pictures that explorers redraw; a line that a run moves alone carries its name as `gid`."""

import matplotlib as mpl
import numpy as np

from dnn_lessons.classroom.figures.style import COLOURS, STYLE, new_figure

CLASSES = (("other", "o"), ("warm", "^"))  # colour and marker of the labels 0 and 1
LOOKS = ({"color": COLOURS["value"], "linestyle": "-"}, {"color": COLOURS["slope"], "linestyle": "--"})
MOST_POINTS = 300  # of a cost curve: more are not seen on a screen
styled = mpl.rc_context(STYLE)


def every(costs):
    """(epochs, costs) of at most MOST_POINTS epochs, the first and the last among them."""
    kept = np.unique(np.linspace(0, len(costs) - 1, min(len(costs), MOST_POINTS)).astype(int))
    return kept + 1, np.array(costs)[kept]


def draw_costs(axes, costs, num_epochs, limits, **look):
    """The cost of the epochs so far out of num_epochs, on logarithmic axes that stay while it grows."""
    axes.plot(*every(costs), linewidth=1.4, **look)
    axes.set(title="cost of each epoch", xlabel="epoch", ylabel="cost J", yscale="log", xlim=(0, num_epochs),
             ylim=limits)


def draw_data(axes, x, y):
    """The data that are fitted."""
    axes.plot(x, y, color=COLOURS["data"], linewidth=5, alpha=0.5, label="data")
    axes.set(title="fit", xlabel="x", ylabel="y", ylim=(np.min(y) - 0.2, np.max(y) + 0.3))


@styled
def cost_and_fit(costs, num_epochs, x, y, prediction, speed=0.0):
    """The cost of the epochs so far, and the network's fit of the data y at x."""
    figure, (left, right) = new_figure(1, 2)
    draw_costs(left, costs, num_epochs, (2e-5, 1.0), gid="costs", color=COLOURS["slope"])
    draw_data(right, x, y)
    right.plot(x, prediction, color=COLOURS["value"], label="network", gid="fit")
    right.legend(loc="upper right")
    return figure


@styled
def two_runs(answers, num_epochs, x, y):
    """The costs, fits and residuals of {label: (costs, prediction)}, for the data y at x."""
    figure, (left, middle, right) = new_figure(1, 3, 9.2, 3.4)
    draw_data(middle, x, y)
    for (label, (costs, prediction)), look in zip(answers.items(), LOOKS, strict=True):
        draw_costs(left, costs, num_epochs, (2e-5, 1.0), gid=f"costs {label}", label=label, **look)
        middle.plot(x, prediction, linewidth=1.6, gid=f"fit {label}", label=label, **look)
        right.plot(x, prediction - y, linewidth=1.4, gid=f"residual {label}", label=label, **look)
    right.axhline(0, color=COLOURS["ink"], linewidth=0.8)
    right.set(title="residual", xlabel="x", ylabel="r = a − y", ylim=(-0.3, 0.3))
    left.legend(loc="upper right")
    return figure


@styled
def cost_and_regions(costs, num_epochs, grid, probability, X, Y):
    """The {label: costs} so far, and where a network answers 1 over grid, with the examples X (2, m), Y (1, m)."""
    figure, (left, right) = new_figure(1, 2)
    for (label, values), look in zip(costs.items(), LOOKS, strict=True):
        draw_costs(left, values, num_epochs, (1e-3, 3.0), label=label, **look)
    left.legend(loc="lower left")
    right.contourf(*grid, probability, np.linspace(0, 1, 5), cmap="PuOr_r", alpha=0.7)
    for label, (colour, marker) in enumerate(CLASSES):
        right.plot(*X[:, Y[0] == label], marker, color=COLOURS[colour], markeredgecolor=COLOURS["ink"], markersize=5,
                   label=f"label {label}")
    right.set(title="where it answers 1", xlabel="first feature", ylabel="second feature")
    right.grid(False)
    right.legend(loc="upper right", fontsize=9)
    return figure


@styled
def gradient_errors(errors, name, steps, curve, h, tolerance):
    """The relative error of each entry of a gradient (n, n_prev) as a heat map, and that of the whole by the step h."""
    figure, (left, right) = new_figure(1, 2, 9.0, 3.6, width_ratios=(1, 1.2))
    exponents = np.log10(np.maximum(errors, 1e-17))
    colours = mpl.colormaps["PuOr_r"].resampled(14)  # one for each power of ten
    shades = left.pcolormesh(exponents, vmin=-14, vmax=0, cmap=colours, edgecolors="white", linewidth=2)
    for (row, column), error in np.ndenumerate(errors):
        box = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
        text = f"{error:.0e}" if error else "0"
        left.text(column + 0.5, row + 0.5, text, ha="center", va="center", fontsize=9, bbox=box)
    left.set(title=f"error of each entry of {name}", xticks=[], yticks=[])
    left.invert_yaxis()
    figure.colorbar(shades, ax=left, label="power of ten")
    right.plot(steps, np.maximum(curve, 1e-17), "o-", color=COLOURS["value"], markersize=4, linewidth=1.5, label=name)
    right.axvline(h, color=COLOURS["ink"], linestyle=":", label="step h")
    right.axhline(tolerance, color=COLOURS["slope"], linestyle="--", linewidth=1.4, label="tolerance")
    right.set(title="error by step", xlabel="step h", ylabel="relative error", xscale="log", yscale="log",
              ylim=(1e-14, 3))
    right.legend(loc="lower left", fontsize=9)
    return figure


@styled
def batch_effects(batches, gradients, full, costs, seconds):
    """How a data set is cut, how its batches' gradients scatter around the full one, and what epochs and time buy.

    `batches`: the example numbers of each batch, in order; `gradients` (2, number of batches) and `full` (2,): two
    components; `costs` of the epochs so far, and `seconds` (as many) that each had taken in all.
    """
    figure, axes = new_figure(2, 2, 9.0, 5.4)
    draw_cut(axes[0, 0], batches)
    axes[0, 1].plot(*gradients, "o", color=COLOURS["value"], markersize=4, alpha=0.7, label="a batch")
    axes[0, 1].plot(*full, "P", color=COLOURS["slope"], markersize=11, label="all examples")
    axes[0, 1].set(title="gradients", xlabel="first component", ylabel="second component",
                   xlim=full[0] + np.array([-0.65, 0.65]), ylim=full[1] + np.array([-0.65, 0.65]))
    axes[0, 1].legend(loc="upper right", fontsize=9)
    for panel, name, at in zip(axes[1], ("epochs", "seconds"), (np.arange(1, len(costs) + 1), seconds), strict=True):
        panel.plot(at, costs, "o-", color=COLOURS["good"], markersize=4, linewidth=1.4, gid=name)
        panel.set(xlabel=name, ylabel="cost J", yscale="log", ylim=(0.02, 2))
    axes[1, 0].set_xlim(0, 21)
    axes[1, 1].set(xlim=(1e-3, 3), xscale="log")
    return figure


def draw_cut(axes, batches):
    """Which example is seen when in an epoch; every other batch has a grey ground, and its own marker."""
    sizes = [len(batch) for batch in batches]
    ends, seen = np.cumsum(sizes), np.concatenate(batches)
    odd = np.repeat(np.arange(len(sizes)) % 2 == 1, sizes)
    for which, marker, colour in ((~odd, "o", "value"), (odd, "s", "slope")):
        axes.plot(np.flatnonzero(which), seen[which], marker, color=COLOURS[colour], markersize=3)
    grounds = [(end - size - 0.5, size) for end, size in zip(ends[1::2], sizes[1::2], strict=True)]
    axes.broken_barh(grounds, (0, 1), transform=axes.get_xaxis_transform(), color=COLOURS["paper"], zorder=0)
    title = f"one epoch: {len(batches)} batch{'es' * (len(batches) > 1)}"
    axes.set(title=title, xlabel="when it is seen", ylabel="example i", xlim=(-1, len(seen)))
    axes.grid(False)
