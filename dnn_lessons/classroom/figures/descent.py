"""Pictures of gradient descent, lesson 10: steps on a parabola."""

from dnn_lessons.classroom.figures.looks import (
    COMPARED,
    INK,
    styled,
)
from dnn_lessons.classroom.figures.parts import (
    note,
    titled_panels,
)


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
