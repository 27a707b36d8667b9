"""Pictures of trainings that go on while they are watched; the lines that move have a name (`gid`)."""

import numpy as np

from dnn_lessons.classroom.figures.looks import (
    ANSWERS,
    COMPARED,
    LOOKS,
    new_figure,
    styled,
)
from dnn_lessons.classroom.figures.parts import draw_costs, draw_level
from dnn_lessons.classroom.figures.ticks import log_axis
from dnn_lessons.classroom.figures.training import draw_examples

MOST_POINTS = 300  # of a cost curve: more are not seen on a screen
RESIDUALS = -0.3, 0.3  # the ends of the axes, which stay while the lines move
FIT_COSTS = 2e-5, 1


def thinned(costs):
    """Return at most MOST_POINTS epochs with their costs, the first and the last among them.

    Parameters
    ----------
    costs : list of float
        The costs of epochs 1, 2, ...

    Returns
    -------
    tuple of ndarray, each of shape (k,)
        The epochs and their costs.
    """
    count = min(len(costs), MOST_POINTS)
    kept = np.unique(np.linspace(0, len(costs) - 1, count).astype(int))
    return kept + 1, np.array(costs)[kept]


@styled
def cost_and_fit(costs, num_epochs, x, y, prediction):
    """Return the cost of the epochs so far, and beside it the network's fit of the data.

    Parameters
    ----------
    costs : list of float
        The costs of epochs 1, 2, ...
    num_epochs : int
        How many epochs there will be.
    x, y, prediction : array_like, shape (m,)
        The data, and what the network answers at x.

    Returns
    -------
    matplotlib.figure.Figure
        The picture. Its lines "costs" and "fit" move.
    """
    figure, (left, right) = new_figure(1, 2)
    _draw_costs(left, {"costs": costs}, num_epochs, FIT_COSTS, [LOOKS["training"]])
    _draw_data(right, x, y)
    right.plot(x, prediction, label="network", gid="fit", **LOOKS["model"].line)
    right.legend(loc="upper right")
    return figure


@styled
def two_runs(runs, num_epochs, x, y):
    """Return the costs, the fits and the residuals of two trainings.

    Parameters
    ----------
    runs : dict
        {label: (costs of epochs 1, 2, ..., prediction at x)}.
    num_epochs : int
        How many epochs there will be.
    x, y : array_like, shape (m,)
        The data.

    Returns
    -------
    matplotlib.figure.Figure
        The picture. Its lines "costs LABEL", "fit LABEL" and "residual LABEL" move.
    """
    figure, (left, middle, right) = new_figure(1, 3, width=9.2)
    _draw_costs(left, _named("costs", runs, 0), num_epochs, FIT_COSTS, COMPARED)
    left.legend(left.lines, runs, loc="upper right")
    _draw_data(middle, x, y)
    _draw_moving(middle, x, _named("fit", runs, 1))
    _draw_residuals(right, x, y, runs)
    return figure


def _named(kind, runs, place):
    """Return {kind and label: what stands at a place of each run}: the names of lines that move."""
    return {f"{kind} {label}": run[place] for label, run in runs.items()}


def _draw_residuals(axes, x, y, runs):
    """Draw the residuals of both trainings around 0."""
    predictions = _named("residual", runs, 1)
    _draw_moving(axes, x, {name: a - y for name, a in predictions.items()})
    draw_level(axes, 0, linewidth=0.8)
    axes.set(title="residual", xlabel="x", ylabel="r = a − y", ylim=RESIDUALS)


def _draw_moving(axes, x, curves):
    """Draw {name: values at x}, a line each that moves, in the looks of what is compared."""
    for (name, values), look in zip(curves.items(), COMPARED, strict=False):
        axes.plot(x, values, linewidth=1.5, gid=name, **look.line)


@styled
def cost_and_regions(costs, num_epochs, grid, probability, X, Y):
    """Return the costs of the epochs so far, and beside them where the network answers 1.

    Parameters
    ----------
    costs : dict
        {"training": costs of epochs 1, 2, ..., "held out": as many}.
    num_epochs : int
        How many epochs there will be.
    grid : array_like, shape (2, rows, columns)
        The points at which the network was asked.
    probability : array_like, shape (rows, columns)
        Its answers.
    X, Y : ndarray, shapes (2, m) and (1, m)
        The training examples.

    Returns
    -------
    matplotlib.figure.Figure
        The picture.
    """
    figure, (left, right) = new_figure(1, 2)
    looks = [LOOKS[label] for label in costs]
    _draw_costs(left, costs, num_epochs, (1e-3, 3.0), looks)
    left.legend(left.lines, costs, loc="lower left")
    right.contourf(*grid, probability, np.linspace(0, 1, 5), cmap=ANSWERS)
    _draw_classes(right, X, Y)
    return figure


def _draw_costs(axes, curves, num_epochs, limits, looks):
    """Draw {name: costs} by epoch; the axes stay as they are while the curves grow."""
    for look, name in zip(looks, curves, strict=False):
        epochs, costs = thinned(curves[name])
        draw_costs(axes, costs, look, epochs, gid=name, marker="")
    axes.set(title="cost of each epoch", xlabel="epoch", ylabel="cost J")
    log_axis(axes, "y")
    axes.set(xlim=(0, num_epochs), ylim=limits)


def _draw_data(axes, x, y):
    """Draw the data that are fitted."""
    axes.plot(x, y, color=LOOKS["data"].colour, linewidth=5, alpha=0.5, label="data")
    limits = np.min(y) - 0.2, np.max(y) + 0.3
    axes.set(title="fit", xlabel="x", ylabel="y", ylim=limits)


def _draw_classes(axes, X, Y):
    """Draw the examples by their labels."""
    draw_examples(axes, X, Y)
    axes.set(title="where it answers 1", xlabel="first feature", ylabel="second feature")
    axes.legend(loc="upper right", fontsize=9)
