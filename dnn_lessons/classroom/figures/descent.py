"""Pictures of gradient descent, lesson 10: steps on a parabola, and the frames of a film."""

from typing import NamedTuple

import numpy as np

from dnn_lessons.classroom.figures.looks import (
    COMPARED,
    HEIGHTS,
    INK,
    new_figure,
    styled,
    tint,
)
from dnn_lessons.classroom.figures.parts import (
    note,
    titled_panels,
)


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


def _ends(values):
    """Return (lowest, highest)."""
    return values.min(), values.max()


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
