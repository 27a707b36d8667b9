"""Pictures of training and of what came of it, lessons 10, 12 and 13: costs, where to stop, limits."""

import numpy as np

from dnn_lessons.classroom.figures.looks import (
    INK,
    LOOKS,
    SHADE,
    looks_of,
    styled,
)
from dnn_lessons.classroom.figures.parts import (
    draw_all_costs,
    draw_lines,
    draw_star,
    legend_above,
    new_panel,
    note,
)
from dnn_lessons.classroom.figures.ticks import log_axis

GROUND = {"facecolor": SHADE, "edgecolor": INK, "linewidth": 0.5}
TRUTH = {"color": LOOKS["data"].colour, "linewidth": 5, "alpha": 0.6}


@styled
def cost_curves(curves, ylabel="cost", log=True, looks=None):
    """Return a picture of several cost curves in one panel.

    Parameters
    ----------
    curves : dict
        {label: the costs of epochs 1, 2, ...}.
    ylabel : str
        The name of the cost.
    log : bool
        Whether the cost axis is logarithmic.
    looks : sequence of str, optional
        A name in LOOKS for each curve, such as those of RATES for three rising rates.

    Returns
    -------
    matplotlib.figure.Figure
        One panel.
    """
    figure, axes = new_panel("epoch", ylabel, width=6.4, height=3.0)
    draw_all_costs(axes, curves, looks_of(curves, looks))
    if log:
        log_axis(axes, "y")
    axes.legend()
    return figure


@styled
def held_out_curves(x, training, held_out, stop=None, xlabel="epoch", log_x=False):
    """Return a picture of the cost on the training examples and on held-out ones.

    Parameters
    ----------
    x : array_like
        The epochs, or whatever was varied (n,).
    training, held_out : array_like
        The two costs at each x (n,).
    stop : optional
        The x with the lowest held-out cost, to mark.
    xlabel : str
        The name of x.
    log_x : bool
        Whether the axis of x is logarithmic, with each x as a tick.

    Returns
    -------
    matplotlib.figure.Figure
        One panel.
    """
    figure, axes = new_panel(xlabel, "cost")
    draw_all_costs(axes, {"training": training, "held out": held_out}, x=x)
    log_axis(axes, "y")
    if log_x:
        _place_ticks(axes, x)
    if stop is not None:
        _mark_minimum(axes, stop, held_out[list(x).index(stop)])
    figure.legend(loc="outside right upper")
    return figure


def _place_ticks(axes, x):
    """Make the axis of x logarithmic, with each x as a tick."""
    log_axis(axes, "x")
    axes.set_xticks(x)


def _mark_minimum(axes, x, cost):
    """Draw a star at the lowest held-out cost, and a line up to the words that say where it is."""
    axes.axvline(x, color=INK, linestyle=":")
    draw_star(axes, x, cost)
    text = f"lowest held-out cost: {axes.get_xlabel()} {x}"
    side = "left" if x < np.mean(axes.get_xlim()) else "right"
    top = axes.get_xaxis_transform()
    note(axes, text, (x, 1), (0, 5), xycoords=top, ha=side)


@styled
def beyond_data(x, truth, prediction, low, high):
    """Return a picture of truth and prediction at x, with a ground where the training data lie.

    Parameters
    ----------
    x, truth, prediction : array_like
        The inputs in rising order, what is true and what is predicted there, n numbers each.
    low, high : float
        The ends of the training data.

    Returns
    -------
    matplotlib.figure.Figure
        One panel.
    """
    x = np.ravel(x)
    figure, axes = new_panel("x", "y")
    axes.axvspan(low, high, label="where the training data lie", **GROUND)
    axes.plot(x, np.ravel(truth), label="truth", **TRUTH)
    draw_lines(axes, x, {"prediction": np.ravel(prediction)})
    legend_above(figure, axes)
    return figure
