"""Pictures of losses and costs: their slopes, their best constants, likelihoods, outliers, steps downhill.

Curves come as {label: values}; each has its own colour and line style, and each marked point its value in words.
"""

import numpy as np

from dnn_lessons.classroom.figures.style import COLOURS, new_figure, styled

MARKERS = ["o", "s", "^", "D"]
PAPER = {"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 1}


@styled
def loss_and_gradient(a, losses, gradients, mark=None, limits=(None, None)):
    """The losses {label: values at a} on the left, their derivatives {label: values} on the right.

    `mark`: (a, loss, slope) of one prediction, drawn with its tangent; `limits`: the (low, high) of each panel.
    """
    figure, axes = new_figure(1, 2)
    for axis, title, curves, limit in zip(axes, ("loss", "derivative by a"), (losses, gradients), limits, strict=True):
        for label, values in curves.items():
            axis.plot(a, values, label=label)
        axis.set(title=title, xlabel="prediction a", ylim=limit)
        axis.axhline(0, color=COLOURS["ink"], linewidth=0.8)
    if mark is not None:
        draw_mark(*axes, a, *mark)
    axes[0].legend()
    return figure


def draw_mark(left, right, a, at, loss, slope):
    """One prediction: its point and tangent among the losses, its point among the derivatives."""
    near = at + np.array([-0.18, 0.18]) * np.ptp(a)
    left.plot(near, loss + slope * (near - at), "-", color=COLOURS["ink"], linewidth=1.4, zorder=3)
    for axis, height, word, offset in ((left, loss, "loss", 9), (right, slope, "slope", -18)):
        axis.plot(at, height, "o", color=COLOURS["ink"], markersize=8, zorder=4)
        axis.annotate(f"{word} {height:.2f}", (at, height), (8, offset), textcoords="offset points", bbox=PAPER)
    left.set_xlim(right.get_xlim())  # the tangent moves no limits


@styled
def cost_of_constant(c, costs, best, labels=None, xlabel="constant prediction c"):
    """One panel a cost: its values at c, and the point `best[name]` (c, J) marked; `labels` as strokes on the axis."""
    figure, axes = new_figure(1, len(costs), squeeze=False)
    for axis, colour, (name, values) in zip(axes[0], ("value", "slope", "good"), costs.items(), strict=False):
        axis.plot(c, values, "-", color=COLOURS[colour])
        axis.plot(*best[name], "*", color=COLOURS["ink"], markersize=15)
        axis.annotate(f"best at {best[name][0]:.3g}", best[name], (0, 16 if best[name][1] < np.mean(values) else -56),
                      textcoords="offset points", ha="center", bbox=PAPER)
        axis.set(title=name, xlabel=xlabel)
        if labels is not None:
            axis.margins(y=0.2)
            axis.plot(labels, np.full(len(labels), 0.04), "|", color=COLOURS["data"], markersize=16,
                      markeredgewidth=2.5, transform=axis.get_xaxis_transform())
    return figure


def likelihood(p, curves, best):
    """The likelihood of a coin and what is made of it, over its probability p; the best p marked in each panel."""
    return cost_of_constant(p, curves, best, xlabel="probability p")


@styled
def densities(y, curves, label):
    """Densities {label: values at y}, and how high each stands over the one label that was seen."""
    figure, axis = new_figure(height=3.2)
    axis.axvline(label, color=COLOURS["data"], linewidth=1.4)
    for marker, (name, values) in zip(MARKERS, curves.items(), strict=False):
        (line,) = axis.plot(y, values, label=name)
        height = np.interp(label, y, values)
        axis.plot(label, height, marker, color=line.get_color(), markersize=9)
        axis.annotate(f"{height:.2f}", (label, height), (9, 2), textcoords="offset points")
    axis.set(xlabel=f"label y (seen: {label:g})", ylabel="density", ylim=(0, None))
    axis.legend()
    return figure


@styled
def subgradients(a, loss, lines, target):
    """A loss with a kink over `target`, and straight lines {label: values at a} that touch it there from below."""
    figure, axis = new_figure(height=3.2)
    for name, values in {"loss": loss, **lines}.items():
        axis.plot(a, values, label=name)
    axis.plot(target, np.interp(target, a, loss), "o", color=COLOURS["ink"], markersize=8, zorder=4)
    axis.set(xlabel="prediction a", ylabel="loss")
    axis.legend()
    return figure


@styled
def outlier(points, at, positions, best):
    """Left the labels, one of them the outlier `at`, with the best constants; right those as the outlier moves.

    `best`: {label: best constant at each of `positions`}.
    """
    figure, (left, right) = new_figure(1, 2)
    left.plot(points, np.zeros(len(points)), "o", color=COLOURS["data"], markersize=10)
    left.plot(at, 0, "D", color=COLOURS["ink"], markersize=10)
    left.annotate("outlier", (at, 0), (0, 12), textcoords="offset points", ha="center")
    for style, marker, level, (name, values) in zip(("-", "--"), MARKERS, (0.75, 0.4), best.items(), strict=False):
        (line,) = right.plot(positions, values, style, label=name)
        now = np.interp(at, positions, values)
        right.plot(at, now, marker, color=line.get_color(), markersize=9)
        left.axvline(now, linestyle=style, color=line.get_color())
        left.annotate(f"{name}: {now:.3g}", (now, level), (0.46, level), textcoords=left.transAxes, va="center",
                      arrowprops={"arrowstyle": "->", "color": COLOURS["ink"]})
    left.set(title="labels and best constants", xlabel="label y", yticks=[], ylim=(-0.3, 1))
    right.set(title="as the outlier moves", xlabel="outlier at", ylabel="best constant")
    right.legend()
    return figure


@styled
def step_paths(paths, target):
    """Predictions {label: values by step} on their way to the target."""
    figure, axis = new_figure(height=3.2)
    axis.axhline(target, color=COLOURS["ink"], linewidth=1.2)
    for marker, (name, values) in zip(MARKERS, paths.items(), strict=False):
        axis.plot(np.arange(len(values)), values, marker=marker, label=name)
    axis.annotate("target", (0, target), (0, 4), textcoords="offset points")
    axis.set(xlabel="step t", ylabel="prediction a")
    axis.legend(loc="lower right")
    return figure
