"""Pictures of losses and costs, lessons 06 to 08: slopes, best constants, likelihoods, steps downhill.

Curves come as {label: values}; each has its own look, and each marked point has its value in words.
"""

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
    BOX,
    draw_level,
    draw_lines,
    draw_mark,
    draw_star,
    new_panel,
    note,
    titled_panels,
)

STROKE = {"color": LOOKS["data"].colour, "markersize": 16, "markeredgewidth": 2.5}


@styled
def loss_and_gradient(a, losses, gradients, mark=None):
    """Return a picture of losses over the prediction a (n,), with their derivatives beside them.

    Parameters
    ----------
    a : numpy.ndarray
        Predictions (n,) in rising order.
    losses, gradients : dict
        {label: values (n,)}, the loss and its derivative by a, for the same labels.
    mark : tuple, optional
        (a, loss, slope) of one prediction, which is drawn with its tangent.

    Returns
    -------
    matplotlib.figure.Figure
        Two panels.
    """
    figure, (left, right) = new_figure(1, 2)
    looks = looks_of(losses)
    _draw_curves(left, a, losses, looks, "loss")
    _draw_curves(right, a, gradients, looks, "derivative by a")
    if mark is not None:
        _draw_prediction(left, right, np.ptp(a), *mark)
    left.legend()
    return figure


def _draw_curves(axes, a, curves, looks, title):
    """Draw curves over the prediction, and the level 0."""
    draw_lines(axes, a, curves, looks)
    draw_level(axes, 0, linewidth=0.8)
    axes.set(title=title, xlabel="prediction a")


def _draw_prediction(left, right, width, a, loss, slope):
    """Draw one prediction: its point and tangent among the losses, its point among the derivatives."""
    run = np.array([-0.18, 0.18]) * width
    left.plot(a + run, loss + slope * run, "-", color=INK, linewidth=1.4, zorder=3)
    left.set_xlim(right.get_xlim())  # the tangent moves no limits
    _mark_height(left, a, loss, "loss")
    _mark_height(right, a, slope, "slope")


def _mark_height(axes, a, height, word):
    """Mark a height at a with a dot and its number."""
    draw_mark(axes, a, height)
    _note_inside(axes, f"{word} {height:.2f}", a, height)


def _note_inside(axes, text, x, y):
    """Write words near a point, on the side on which the panel has room."""
    right = axes.transLimits.transform((x, y))[0] < 0.85
    above = y < np.mean(axes.get_ylim())
    offset = 8 if right else -8, 9 if above else -16
    note(axes, text, (x, y), offset, ha="left" if right else "right", bbox=BOX)


@styled
def cost_of_constant(c, costs, best, labels=None, xlabel="constant prediction c"):
    """Return a picture of each cost at the constants c (n,), a panel a cost, with the best constant marked.

    Parameters
    ----------
    c : numpy.ndarray
        The constants (n,) in rising order.
    costs : dict
        {name: values (n,)}.
    best : dict
        {name: (constant, its cost)}, the point to mark.
    labels : array_like, optional
        The labels, which stand as strokes on the axis.
    xlabel : str
        The name of c.

    Returns
    -------
    matplotlib.figure.Figure
        A panel for each cost.
    """
    figure, panels = titled_panels(costs, xlabel)
    for panel, values in panels:
        panel.plot(c, values, **COMPARED[0].line)
        point = best[panel.get_title()]
        _mark_best(panel, point, above=point[1] < np.mean(values))
        if labels is not None:
            _draw_strokes(panel, labels)
    return figure


def _mark_best(axes, point, above):
    """Mark the best constant with a star and its number."""
    draw_star(axes, *point)
    offset = 0, 16 if above else -56
    note(axes, f"best at {point[0]:.3g}", point, offset, ha="center", bbox=BOX)


def _draw_strokes(axes, labels):
    """Draw the labels as strokes on the horizontal axis."""
    axes.margins(y=0.2)
    foot, transform = np.full(len(labels), 0.04), axes.get_xaxis_transform()
    draw_mark(axes, labels, foot, "|", transform=transform, **STROKE)


def likelihood(p, curves, best):
    """Return a picture of a coin's likelihood, and what is made of it, over its probability p (n,).

    Parameters
    ----------
    p : numpy.ndarray
        Probabilities (n,) in rising order.
    curves : dict
        {name: values (n,)}, a panel each.
    best : dict
        {name: (p, value)}, the point to mark.

    Returns
    -------
    matplotlib.figure.Figure
        A panel for each curve.
    """
    return cost_of_constant(p, curves, best, xlabel="probability p")


@styled
def densities(y, curves, label):
    """Return a picture of densities over y (n,), and of how high each stands over the label that was seen.

    Parameters
    ----------
    y : numpy.ndarray
        Possible labels (n,) in rising order.
    curves : dict
        {name: values (n,)}.
    label : float
        The label that was seen.

    Returns
    -------
    matplotlib.figure.Figure
        One panel.
    """
    figure, axes = new_panel(f"label y (seen: {label:g})", "density", height=3.2)
    axes.axvline(label, color=LOOKS["data"].colour)
    draw_lines(axes, y, curves)
    _mark_heights(axes, label, _at(label, y, curves))
    axes.set_ylim(0)
    axes.legend()
    return figure


def _at(place, x, curves):
    """Return {label: the height of each curve over x at one place}."""
    return {label: np.interp(place, x, values) for label, values in curves.items()}


def _mark_heights(axes, x, heights):
    """Mark the height of each curve over x, with its number."""
    for name, look in looks_of(heights).items():
        axes.plot(x, heights[name], markersize=9, **look.dots)
        note(axes, f"{heights[name]:.2f}", (x, heights[name]), (9, 2))


@styled
def subgradients(a, loss, lines, label):
    """Return a picture of a loss with a kink, and of lines that touch it there from below.

    Parameters
    ----------
    a : numpy.ndarray
        Predictions (n,) in rising order.
    loss : numpy.ndarray
        The loss (n,).
    lines : dict
        {label: values (n,)}, straight lines.
    label : float
        The prediction at the kink.

    Returns
    -------
    matplotlib.figure.Figure
        One panel.
    """
    figure, axes = new_panel("prediction a", "loss", height=3.2)
    draw_lines(axes, a, {"loss": loss, **lines})
    draw_mark(axes, label, np.interp(label, a, loss))
    axes.legend()
    return figure


@styled
def step_paths(paths, label):
    """Return a picture of predictions by step on their way to the label.

    Parameters
    ----------
    paths : dict
        {label: predictions (t + 1,)}.
    label : float
        What they should become.

    Returns
    -------
    matplotlib.figure.Figure
        One panel.
    """
    figure, axes = new_panel("step t", "prediction a", height=3.2)
    draw_level(axes, label, linewidth=1.2)
    note(axes, "label", (0, label), (0, 4))
    for name, look in looks_of(paths).items():
        axes.plot(paths[name], label=name, **look.curve)
    axes.legend(loc="lower right")
    return figure
