"""Lesson 10, gradient descent: the rate and the start of a descent; how the first weights spread the activations."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from dnn_lessons.classroom.explorers.controls import choice, slider
from dnn_lessons.classroom.explorers.explorer import Explorer, explorer
from dnn_lessons.classroom.figures.descent import (
    Descent,
    descent_paths,
    initialisation_spread,
)
from dnn_lessons.descent import COST_LIMIT, SURFACES, descend, grid
from dnn_lessons.forward import L_model_forward
from dnn_lessons.parameters import initialize_parameters

STEPS = 40  # of a descent, at most
GRID = 41  # points of the surface along each axis
DEPTH, WIDTH, EXAMPLES = 10, 100, 200  # of the network whose activations are spread
HIDDEN = ("sigmoid", "relu", "leaky_relu", "tanh")
SCALE_CONTROLS = [
    choice("activation", "activation", list(HIDDEN), "relu"),
    slider("scale", "deviation s", np.geomspace(0.01, 1, 81), 0.1),
]
RATE_CONTROLS = [
    choice("surface", "surface", list(SURFACES), "ravine"),
    slider("learning_rate", "rate η", np.geomspace(0.001, 10**0.5, 141), 0.1),
    slider("first", "start θ₁", np.linspace(-2, 2, 81), -1.8, "{:.2f}"),
    slider("second", "start θ₂", np.linspace(-1.5, 1.5, 61), 0.9, "{:.2f}"),
]


class DescentState(NamedTuple):
    """One descent on a surface.

    Parameters
    ----------
    surface : str
        The name of the surface.
    theta : ndarray, shape (2, n, n)
        A grid of points.
    J : ndarray, shape (n, n)
        The cost at each of them.
    learning_rate : float
        The rate of the descent.
    path : ndarray, shape (2, t + 1)
        The start and the point after each step.
    costs : ndarray, shape (t + 1,)
        The cost at each of these.
    """

    surface: str
    theta: np.ndarray
    J: np.ndarray
    learning_rate: float
    path: np.ndarray
    costs: np.ndarray


class SpreadState(NamedTuple):
    """The activations of a deep network before training.

    Parameters
    ----------
    layers : dict
        For each way to draw the first weights, [A1, ..., AL].
    """

    layers: dict


@explorer
def rate_explorer():
    """Return the explorer of a descent.

    Returns
    -------
    Explorer
        Its controls are the surface, the learning rate and the start.
    """
    return Explorer(
        "Gradient descent", RATE_CONTROLS, _descend, _draw_descent, _say_descent
    )


def _descend(surface, learning_rate, first, second):
    """Return the State of the descent from (first, second)."""
    surface = SURFACES[surface]
    path = descend(surface, (first, second), learning_rate, STEPS)
    theta, J = grid(surface, points=GRID)
    costs = surface.value(path)
    return DescentState(surface.name, theta, J, learning_rate, path, costs)


def _draw_descent(state):
    """Return the path over the surface, and the cost by step beside it."""
    paths = {_rate_text(state): (state.path, state.costs)}
    return descent_paths([Descent(state.surface, state.theta, state.J, paths)])


def _say_descent(state):
    """Return how the descent ended in words."""
    rate, steps = _rate_text(state), f"{len(state.costs) - 1} steps"
    if state.costs[-1] < COST_LIMIT:
        return f"{rate}: in {steps} the cost {_course(state.costs)}."
    after = f"After {steps} the cost is above {COST_LIMIT:.0e}"
    return f"{rate}: diverged. {after}; take a smaller rate."


def _rate_text(state):
    """Return the learning rate as it is shown."""
    return f"η = {state.learning_rate:.3g}"


def _course(costs):
    """Return whether the cost rises or falls, and from where to where."""
    verb = "rises" if costs[-1] > costs[0] else "falls"
    return f"{verb} from {costs[0]:.3g} to {costs[-1]:.3g}"


@explorer
def initialisation_explorer():
    """Return the explorer of the first weights.

    Returns
    -------
    Explorer
        Its controls are the activation and the standard deviation of all weights.
    """
    title = "How activations start"
    return Explorer(title, SCALE_CONTROLS, _spread, _draw_spread, _say_spread)


def _spread(activation, scale):
    """Return the State for weights scaled by fan-in, and for weights that all have the deviation `scale`."""
    ways = {"scaled by fan-in": None, f"s = {scale:.3g}": scale}
    layers = {label: _activations(activation, given) for label, given in ways.items()}
    return SpreadState(layers)


@lru_cache(maxsize=8)
def _activations(activation, scale):
    """Return [A1, ..., AL] of normal inputs; `scale` is the deviation of the weights, None for fan-in."""
    # The network that is scaled by fan-in stays the same while the deviation moves: it is remembered.
    X = np.random.default_rng(1).standard_normal((WIDTH, EXAMPLES))
    layer_dims = (WIDTH,) * (DEPTH + 1)
    parameters = initialize_parameters(layer_dims, activation, activation, scale, rng=0)
    AL, caches = L_model_forward(X, parameters, activation, activation)
    return [*(A_prev for (A_prev, _, _), _ in caches[1:]), AL]


def _draw_spread(state):
    """Return the root mean square of each layer's activations."""
    return initialisation_spread(state.layers)


def _say_spread(state):
    """Return the root mean square in the last layer in words."""
    last = "; ".join(
        f"{label}: {np.sqrt(np.mean(np.square(layers[-1]))):.2g}"
        for label, layers in state.layers.items()
    )
    return f"Root mean square of the activations of layer {DEPTH}. {last}"
