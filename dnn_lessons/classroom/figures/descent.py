"""Pictures of gradient descent: paths on surfaces, costs by step, and how activations start."""

from itertools import cycle
from typing import NamedTuple

import numpy as np
from matplotlib.colors import LinearSegmentedColormap

from dnn_lessons.classroom.figures.style import COLOURS, new_figure, styled

# One look for the first, second, ... path or curve of a picture: (colour, line style, marker).
LOOKS = (
    (COLOURS["value"], ":", "s"),
    (COLOURS["good"], "-", "o"),
    (COLOURS["slope"], "--", "^"),
    (COLOURS["other"], "-.", "D"),
    (COLOURS["warm"], (0, (5, 1)), "v"),
)
HEIGHTS = LinearSegmentedColormap.from_list("heights", ["white", "#A4A4A4"])
LOWEST = 1e-8  # below this a logarithmic cost axis tells nothing more


class Descent(NamedTuple):
    """One surface, theta (2, n, n) and J (n, n) over it, with {label: (path (2, t + 1), its costs (t + 1,))}."""

    name: str
    theta: np.ndarray
    J: np.ndarray
    paths: dict


@styled
def descent_paths(descents):
    """Each Descent's paths over contours of its cost, and the cost by step below; beside it where there is only one."""
    n = len(descents)
    rows, columns, width = (2, n, 3.0 * n) if n > 1 else (1, 2, 8.5)
    figure, axes = new_figure(rows, columns, width, 2.3 * rows + 0.3, squeeze=False)
    for descent, (above, below) in zip(descents, axes.T if n > 1 else axes, strict=True):
        draw_contours(above, descent)
        for (label, (path, _)), (colour, line, marker) in zip(descent.paths.items(), cycle(LOOKS)):
            above.plot(*within(path, descent.theta), color=colour, linestyle=line, marker=marker, markersize=3.5,
                       linewidth=1.2, label=label)
        draw_costs(below, descent.paths)
    axes[-1, -1].legend(loc="upper right", fontsize=10, labelspacing=0.3, borderaxespad=0)
    return figure


def draw_contours(axes, descent):
    """Grey steps of the cost, the darker the higher, within the frame of the grid."""
    theta, J = descent.theta, descent.J
    levels = J.min() + np.ptp(J) * np.linspace(0, 1, 6) ** 2
    axes.contourf(*theta, J, levels=levels, cmap=HEIGHTS, antialiased=False)
    axes.set(title=descent.name, xlabel="$θ_1$", ylabel="$θ_2$",
             xlim=limits(theta[0]), ylim=limits(theta[1]), aspect="equal")
    axes.grid(False)


def within(path, theta):
    """The path (2, t + 1) up to the first point outside the grid, whose later zigzag would hide the other paths."""
    low, high = theta.min(axis=(1, 2)), theta.max(axis=(1, 2))
    outside = np.any(np.clip(path.T, low, high) != path.T, axis=1)
    return path[:, : np.argmax(outside) + 1] if outside.any() else path


def limits(values):
    """(lowest, highest)."""
    return values.min(), values.max()


def draw_costs(axes, paths):
    """The costs by step of {label: (path, costs)}; each with its own line style and some markers."""
    for (label, (_, costs)), (colour, line, marker) in zip(paths.items(), cycle(LOOKS)):
        every = max(1, len(costs) // 8)
        axes.plot(costs, color=colour, linestyle=line, marker=marker, markevery=every, markersize=6, label=label)
    axes.set(xlabel="step $t$", ylabel="cost $J$", yscale="log", ylim=(LOWEST, 1e4))


@styled
def parabola_steps(theta, J, paths):
    """The parabola J (n,) over theta (n,), and on it, a panel each, {label: (path (t + 1,), its costs (t + 1,))}."""
    figure, axes = new_figure(1, len(paths), 1.7 * len(paths), 2.6, sharey=True, squeeze=False)
    for panel, (label, (path, costs)) in zip(axes[0], paths.items(), strict=True):
        panel.plot(theta, J, color=COLOURS["data"], linewidth=1.5)
        panel.plot(path, costs, color=COLOURS["slope"], linestyle="--", marker="o", linewidth=1.3)
        panel.annotate("start", (path[0], costs[0]), (4, 9), textcoords="offset points", fontsize=10)
        panel.set(title=label, xlabel="$θ$", xticks=(-1, 0, 1), xlim=limits(theta), ylim=(-0.05 * J.max(), J.max()))
    axes[0, 0].set_ylabel("cost $J$")
    return figure


@styled
def initialisation_spread(activations):
    """Root mean square of each layer's activations, {label: [A1, A2, ...]}, on a logarithmic axis."""
    figure, axes = new_figure(width=7.5, height=3.0)
    for (label, layers), (colour, line, marker) in zip(activations.items(), cycle(LOOKS)):
        spread = [np.sqrt(np.mean(np.square(A))) for A in layers]
        axes.plot(np.arange(1, len(spread) + 1), spread, color=colour, linestyle=line, marker=marker, label=label)
    axes.axhline(1, color=COLOURS["ink"], linewidth=0.8)
    axes.set(yscale="log", xlabel="layer $l$", ylabel="root mean square of $A^{[l]}$")
    axes.legend(loc="center left", bbox_to_anchor=(1.0, 0.5))
    return figure


@styled
def descent_frame(descent, step):
    """The first `step` steps of the Descent's first path: on the surface, seen from the side, and as a cost curve."""
    path, costs = next(iter(descent.paths.values()))
    figure, (left, right) = new_figure(1, 2, 8.0, 3.6, width_ratios=(1.3, 1))
    left.remove()
    draw_surface(figure.add_subplot(1, 2, 1, projection="3d", computed_zorder=False), descent, path, costs, step)
    right.plot(costs[: step + 1], color=COLOURS["slope"], marker="o", markersize=4)
    right.set(title=f"step {step}", xlabel="step $t$", ylabel="cost $J$", xlim=(-0.5, len(costs) - 0.5))
    right.set_ylim(-0.03 * costs.max(), 1.05 * costs.max())
    return figure


def draw_surface(axes, descent, path, costs, step):
    """The surface with the path so far and its last point."""
    axes.plot_surface(*descent.theta, descent.J, cmap=HEIGHTS, edgecolor="#8C8C8C", linewidth=0.3, rcount=25, ccount=25)
    walked = slice(0, step + 1)
    axes.plot(*path[:, walked], costs[walked], color=COLOURS["slope"], marker="o", markersize=4, zorder=5)
    axes.plot(*path[:, [step]], costs[[step]], color=COLOURS["value"], marker="o", markersize=9, zorder=6)
    axes.set(xlabel="$θ_1$", ylabel="$θ_2$", zlabel="cost $J$")
    axes.view_init(elev=48, azim=-50)


def descent_animation(descent, frames=40):
    """At most `frames` Figures, one a step of the Descent's first path, from its start to its end."""
    path, _ = next(iter(descent.paths.values()))
    last = path.shape[1] - 1
    steps = np.unique(np.linspace(0, last, min(frames, last + 1)).round().astype(int))
    return [descent_frame(descent, int(step)) for step in steps]
