"""Lessons 06 to 08: a prediction and its target slide along a loss; an outlier pulls at the best constant."""

from functools import partial

import numpy as np

from dnn_lessons.classroom.explorers.explorer import Explorer, choice, explorer, slider
from dnn_lessons.classroom.figures.costs import loss_and_gradient, outlier
from dnn_lessons.costs import get_cost
from dnn_lessons.metrics import BEST_CONSTANT

LABELS = np.array([1.0, 2.0, 3.0, 4.0])  # those that stay
POSITIONS = np.linspace(3, 30, 109)
BEST = {"mean (MSE)": BEST_CONSTANT["mse"], "median (MAE)": BEST_CONSTANT["mae"]}
BOUNDED, FREE = np.linspace(0.005, 0.995, 199), np.linspace(-1, 5, 121)
LIMITS = {"cross_entropy": ((0, 5), (-12, 12)), "mse": ((-1, 10), (-9, 9)), "mae": ((-1, 10), (-9, 9))}


def loss_and_slope(cost, a, y):
    """The loss of each prediction a (n,) for the target y, and its derivative, by the functions of the lesson."""
    a = np.atleast_1d(np.float64(a))
    losses = [cost.forward(np.array([[each]]), np.array([[y]])) for each in a]
    return np.array(losses), cost.backward(a.reshape(1, -1), np.full((1, len(a)), y))[0]


def losses(grid, a, y, cost):
    """What loss_and_gradient draws, the limits of its panels by the name of the cost."""
    (loss,), (slope,) = loss_and_slope(get_cost(cost), a, y)
    label, curves = f"{cost}, y = {y:.3g}", loss_and_slope(get_cost(cost), grid, y)
    return grid, {label: curves[0]}, {label: curves[1]}, (a, loss, slope), LIMITS[cost]


def say(grid, losses, slopes, mark, limits):
    """The numbers at a."""
    (label,) = losses
    return "a = {:.3g}, {}: loss {:.4f}, derivative {:.4f}".format(mark[0], label, *mark[1:])


@explorer
def loss_explorer(name):
    """Prediction a and target y of the cross-entropy, or of the MSE and the MAE: the loss, its tangent, its slope."""
    if name == "cross_entropy":
        controls = [slider("a", "prediction a", BOUNDED, 0.8), slider("y", "target y", np.linspace(0, 1, 21), 1.0)]
        compute = partial(losses, BOUNDED, cost=name)
    else:
        controls = [slider("a", "prediction a", FREE, 0.0), slider("y", "target y", FREE, 1.0),
                    choice("cost", "cost", ["mse", "mae"], name)]
        compute = partial(losses, FREE)
    return Explorer("Loss and derivative", controls, compute, loss_and_gradient, say)


def best_constants(at):
    """What outlier draws: the labels, the outlier, and the best constant of each cost wherever it stands."""
    best = {name: np.array([of([*LABELS, each]) for each in POSITIONS]) for name, of in BEST.items()}
    return LABELS, at, POSITIONS, best


def say_best(points, at, positions, best):
    """Labels and best constants."""
    constants = ", ".join(f"{name} {np.interp(at, positions, values):.3g}" for name, values in best.items())
    return f"Labels {', '.join(f'{y:g}' for y in points)} and {at:.4g}. Best constants: {constants}."


@explorer
def outlier_explorer():
    """One of five labels slides away: what the mean and the median make of it."""
    control = slider("at", "outlier at", POSITIONS, 20.0, "{:.4g}")
    return Explorer("One outlier", [control], best_constants, outlier, say_best)
