"""Pictures of gradient descent, lesson 10: paths on surfaces, costs by step, and how activations start."""

from typing import NamedTuple

import numpy as np

from dnn_lessons.classroom.figures.looks import (
    COMPARED,
    HEIGHTS,
    INK,
    looks_of,
    new_figure,
    styled,
    tint,
)
from dnn_lessons.classroom.figures.parts import (
    draw_costs,
    draw_level,
    draw_lines,
    legend_beside,
    new_panel,
    note,
    titled_panels,
)
from dnn_lessons.classroom.figures.ticks import log_axis

SHARES = (
    np.linspace(0, 1, 6) ** 2
)  # of the heights, at which the shade of a surface changes
LOWEST, HIGHEST = (
    1e-8,
    1e4,
)  # the ends of a cost axis that stays; beyond them nothing more is learnt


class Descent(NamedTuple):
    """A cost surface, and descents on it from their starts.

    Parameters
    ----------
    name : str
        The name of the surface.
    theta : numpy.ndarray
        A grid (2, n, n) of both parameters.
    J : numpy.ndarray
        The cost (n, n) on the grid.
    paths : dict
        {label: (path (2, t + 1), its costs (t + 1,))}.
    """

    name: str
    theta: np.ndarray
    J: np.ndarray
    paths: dict


@styled
def descent_paths(descents, looks=None):
    """Return a picture of paths over contours of the cost, with the cost by step below (beside a single one).

    Parameters
    ----------
    descents : sequence of Descent
        A surface each, all with the same labels.
    looks : sequence of str, optional
        A name in LOOKS for each path, such as those of RATES for three rising rates.

    Returns
    -------
    matplotlib.figure.Figure
        Two panels for each surface.
    """
    figure, pairs = _pairs_of_panels(len(descents))
    for descent, (surface, costs) in zip(descents, pairs, strict=True):
        found = looks_of(descent.paths, looks)
        _draw_contours(surface, descent)
        surface.set_title(descent.name)
        _draw_paths(surface, descent, found)
        _draw_costs_by_step(costs, descent.paths, found)
    costs.legend(loc="upper right", fontsize=10, labelspacing=0.3, borderaxespad=0)
    return figure


def _pairs_of_panels(count):
    """Return a Figure, and for each surface its two panels: below each other, or beside each other for one."""
    if count == 1:
        figure, axes = new_figure(1, 2, 8.5, 2.6)
        return figure, [axes]
    figure, axes = new_figure(2, count, 3.0 * count, 4.9)
    return figure, list(axes.T)


def _draw_contours(axes, descent):
    """Draw grey steps of the cost, the darker the higher, within the frame of the grid."""
    (first, second), J = descent.theta, descent.J
    levels = J.min() + np.ptp(J) * SHARES
    axes.contourf(first, second, J, levels, cmap=HEIGHTS, antialiased=False)
    axes.set(xlim=_ends(first), ylim=_ends(second), aspect="equal")
    axes.set(xlabel="θ₁", ylabel="θ₂")
    axes.grid(False)


def _draw_paths(axes, descent, looks):
    """Draw each path with a small marker at every step, and a ring at the start."""
    for label, look in looks.items():
        path = _within(descent.paths[label][0], descent.theta)
        axes.plot(*path, **look.curve, markersize=3.5, linewidth=1.2, label=label)
    axes.scatter(*path[:, 0], s=64, facecolors="none", edgecolors=INK, zorder=4)


def _within(path, theta):
    """Return the path up to its first point outside the grid: its later zigzag would hide the others."""
    low, high = theta.min(axis=(1, 2)), theta.max(axis=(1, 2))
    outside = np.any(np.clip(path.T, low, high) != path.T, axis=1)
    return path[:, : np.argmax(outside) + 1] if outside.any() else path


def _ends(values):
    """Return (lowest, highest)."""
    return values.min(), values.max()


def _draw_costs_by_step(axes, paths, looks):
    """Draw the costs of each path, its start being step 0."""
    for label, (_, costs) in paths.items():
        draw_costs(axes, costs, looks[label], np.arange(len(costs)), label=label)
    axes.set(xlabel="step t", ylabel="cost J", ylim=(LOWEST, HIGHEST))
    log_axis(axes, "y")


@styled
def parabola_steps(theta, J, paths):
    """Return a picture of descents on the parabola J (n,) over theta (n,), a panel each.

    Parameters
    ----------
    theta, J : numpy.ndarray
        The parameter in rising order and its cost, each (n,).
    paths : dict
        {label: (path (t + 1,), its costs (t + 1,))}.

    Returns
    -------
    matplotlib.figure.Figure
        A panel for each path.
    """
    width = 1.7 * len(paths)
    figure, panels = titled_panels(paths, "θ", sharey=True, width=width, height=2.6)
    for panel, path in panels:
        panel.plot(theta, J, color=INK, linewidth=1)
        _draw_steps(panel, *path)
        panel.set(xlim=_ends(theta), ylim=_room(J))
    figure.axes[0].set_ylabel("cost J")
    return figure


def _room(costs):
    """Return the ends of an axis for costs whose least is 0."""
    return -0.05 * costs.max(), 1.05 * costs.max()


def _draw_steps(axes, path, costs):
    """Draw a path on its parabola, and name its start."""
    axes.plot(path, costs, **COMPARED[0].curve, linewidth=1.3)
    note(axes, "start", (path[0], costs[0]), (4, 9), fontsize=10)
    axes.set_xticks((-1, 0, 1))


@styled
def initialisation_spread(activations):
    """Return a picture of how large the activations of each layer are, on a logarithmic axis.

    Parameters
    ----------
    activations : dict
        {label: [A of layer 1, A of layer 2, ...]}, arrays in any shape.

    Returns
    -------
    matplotlib.figure.Figure
        The root mean square of each layer, a curve for each label.
    """
    figure, axes = new_panel("layer l", "root mean square of A", height=3)
    sizes = {label: _sizes(layers) for label, layers in activations.items()}
    deepest = max(map(len, sizes.values()))
    draw_lines(axes, range(1, deepest + 1), sizes, markers=True)
    draw_level(axes, 1)
    log_axis(axes, "y")
    legend_beside(axes)
    return figure


def _sizes(layers):
    """Return the root mean square of the activations of each layer."""
    return [np.sqrt(np.mean(np.square(A))) for A in layers]


@styled
def descent_frame(descent, step):
    """Return a picture of the first steps of a Descent's first path: on the surface, and as a cost curve.

    Parameters
    ----------
    descent : Descent
        The surface and its paths.
    step : int
        How many steps to show.

    Returns
    -------
    matplotlib.figure.Figure
        The surface seen from the side, and the cost beside it.
    """
    figure, (left, right) = new_figure(1, 2, width_ratios=(1.3, 1))
    left.remove()
    above = figure.add_subplot(1, 2, 1, projection="3d", computed_zorder=False)
    path, costs = next(iter(descent.paths.values()))
    _draw_surface(above, descent)
    _draw_walk(above, path, costs, step)
    _draw_costs_so_far(right, costs, step)
    return figure


def _draw_surface(axes, descent):
    """Draw the surface as a net, seen from above at a slant."""
    net = {"edgecolor": tint(INK, 0.5), "linewidth": 0.3, "rcount": 25, "ccount": 25}
    axes.plot_surface(*descent.theta, descent.J, cmap=HEIGHTS, **net)
    axes.set(xlabel="θ₁", ylabel="θ₂", zlabel="cost J")
    axes.view_init(elev=48, azim=-50)


def _draw_walk(axes, path, costs, step):
    """Draw the path on the surface up to a step, and its last point."""
    path, costs = path[:, : step + 1], costs[: step + 1]
    axes.plot(*path, costs, **COMPARED[0].curve, markersize=4, zorder=5)
    axes.plot(*path[:, -1:], costs[-1:], "o", color=INK, markersize=9, zorder=6)


def _draw_costs_so_far(axes, costs, step):
    """Draw the costs up to a step, on axes that hold all of them."""
    axes.plot(costs[: step + 1], **COMPARED[0].curve, markersize=4)
    axes.set(xlim=(-0.5, len(costs) - 0.5), ylim=_room(costs))
    axes.set(title=f"step {step}", xlabel="step t", ylabel="cost J")


def descent_animation(descent, frames=40):
    """Return Figures of a Descent's first path, step by step from its start to its end.

    Parameters
    ----------
    descent : Descent
        The surface and its paths.
    frames : int
        The largest number of Figures.

    Returns
    -------
    list of matplotlib.figure.Figure
        One for each step that is shown.
    """
    path, _ = next(iter(descent.paths.values()))
    last = path.shape[1] - 1
    steps = np.linspace(0, last, min(frames, last + 1)).round().astype(int)
    return [descent_frame(descent, int(step)) for step in np.unique(steps)]
