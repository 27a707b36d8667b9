"""Lesson 10: surface, start and rate, and where a descent diverges; how the first weights spread the activations."""

import numpy as np

from dnn_lessons.classroom.explorers.explorer import Explorer, choice, explorer, slider
from dnn_lessons.classroom.figures.descent import (
    Descent,
    descent_paths,
    initialisation_spread,
)
from dnn_lessons.descent import COST_LIMIT, SURFACES, descend, grid
from dnn_lessons.forward import L_model_forward
from dnn_lessons.parameters import initialize_parameters

STEPS, DEPTH, WIDTH, EXAMPLES = 40, 10, 100, 200
HIDDEN = ("sigmoid", "relu", "leaky_relu", "tanh")


def one_descent(surface, learning_rate, first, second):
    """The Descent of one path from the start (first, second)."""
    surface = SURFACES[surface]
    path = descend(surface, (first, second), learning_rate, STEPS)
    paths = {f"η = {learning_rate:.3g}": (path, surface.value(path))}
    return (Descent(surface.name, *grid(surface, points=41), paths),)


def draw(descent):
    """The path over the surface, the cost beside it."""
    return descent_paths([descent])


def say(descent):
    """How it ended, in words."""
    ((label, (path, costs)),) = descent.paths.items()
    steps = path.shape[1] - 1
    if costs[-1] >= COST_LIMIT:
        return f"{label}: diverged. After {steps} steps the cost is above {COST_LIMIT:.0e}; take a smaller rate."
    verb = "rises" if costs[-1] > costs[0] else "falls"
    return f"{label}: in {steps} steps the cost {verb} from {costs[0]:.3g} to {costs[-1]:.3g}."


@explorer
def rate_explorer():
    """A log slider for the rate, sliders for the start, and the surface to choose."""
    controls = [
        choice("surface", "surface", list(SURFACES), "ravine"),
        slider("learning_rate", "rate η", np.geomspace(0.001, 10**0.5, 141), 0.1),
        slider("first", "start θ₁", np.linspace(-2, 2, 81), -1.8, "{:.2f}"),
        slider("second", "start θ₂", np.linspace(-1.5, 1.5, 61), 0.9, "{:.2f}"),
    ]
    return Explorer("Gradient descent", controls, one_descent, draw, say)


def spread(activation, scale):
    """The activations of each layer for normal inputs: weights scaled by fan-in, and all of the one deviation."""
    X = np.random.default_rng(1).standard_normal((WIDTH, EXAMPLES))
    layers = {}
    for label, given in (("scaled by fan-in", None), (f"s = {scale:.3g}", scale)):
        parameters = initialize_parameters((WIDTH,) * (DEPTH + 1), activation, activation, given, rng=0)
        AL, caches = L_model_forward(X, parameters, activation, activation)
        layers[label] = [A_prev for (A_prev, _, _), _ in caches[1:]] + [AL]
    return (layers,)


def say_spread(layers):
    """The last layer's spread."""
    ends = (f"{label}: {np.sqrt(np.mean(np.square(values[-1]))):.2g}" for label, values in layers.items())
    return f"Root mean square of the activations of layer {DEPTH}. " + "; ".join(ends)


@explorer
def initialisation_explorer():
    """The deviation of the first weights, against the one that fan-in suggests."""
    controls = [choice("activation", "activation", list(HIDDEN), "relu"),
                slider("scale", "deviation s", np.geomspace(0.01, 1, 81), 0.1, "{:.3g}")]
    return Explorer("How activations start", controls, spread, initialisation_spread, say_spread)
