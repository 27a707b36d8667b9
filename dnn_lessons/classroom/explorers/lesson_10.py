"""Lesson 10, gradient descent: rates and the start of a descent; how the first weights spread the activations."""

from functools import lru_cache

import numpy as np

from dnn_lessons.classroom.explorers import spread
from dnn_lessons.classroom.explorers.controls import (
    choice,
    even_values,
    rate_values,
    slider,
)
from dnn_lessons.classroom.explorers.descent_panels import draw
from dnn_lessons.classroom.explorers.descents import (
    STEPS,
    DescentState,
    cost_by_rate,
    descents,
    number,
    verdict,
)
from dnn_lessons.classroom.explorers.explorer import Explorer
from dnn_lessons.classroom.explorers.run import Run
from dnn_lessons.descent import SURFACES, quadratic
from dnn_lessons.forward import L_model_forward
from dnn_lessons.parameters import initialize_parameters

OWN = "your own"
CURVATURES = (0.5, 1, 2, 4, 5, 8, 10, 20, 40)  # 2/λ of each is a rate of the sliders
DIGITS = (*even_values(1, 2.2, 0.1), 2.5, 3, 3.5, 4, 4.5, 5, 6, 7, 8, 9)  # of a rate
RATES = rate_values(0.002, 5, DIGITS)
FIRST, SECOND = even_values(-2, 2, 0.05), even_values(-1.5, 1.5, 0.05)
RATE_CONTROLS = (
    choice("surface", "surface", [*SURFACES, OWN], "ravine"),
    slider("learning_rate", "rate η", RATES, 0.18),
    slider("second_rate", "a second rate", RATES, 0.02),
    slider("third_rate", "a third rate", RATES, 0.21),
    slider("curvature_1", "curvature λ₁", CURVATURES, 1.0, needs=("surface", OWN)),
    slider("curvature_2", "curvature λ₂", CURVATURES, 4.0, needs=("surface", OWN)),
    slider("first", "start θ₁", FIRST, -1.8, held=True),
    slider("second", "start θ₂", SECOND, 0.9, held=True),
)
DEPTH, WIDTH, EXAMPLES = 10, 100, 100  # of the network whose activations are spread
SCALE_CONTROLS = (
    choice("activation", "activation", list(spread.EDGES), "relu"),
    slider("scale", "deviation s", rate_values(0.01, 1, DIGITS), 0.1),
)


def rate_explorer(**values):
    """Return the explorer of descents at three rates.

    Parameters
    ----------
    **values : object
        Values of controls by name, where they do not stand at their start.

    Returns
    -------
    Explorer
        Its controls are the surface, its curvatures, three learning rates and the start.
    """
    parts = RATE_CONTROLS, _descend, draw, _say_descents
    return Explorer(rate_explorer, "Gradient descent", *parts, values)


def _descend(
    surface,
    learning_rate,
    second_rate,
    third_rate,
    curvature_1,
    curvature_2,
    first,
    second,
):
    """Return the Run of the descents from (first, second), each round being one step."""
    surface, start = _surface(surface, curvature_1, curvature_2), (first, second)
    rates = learning_rate, second_rate, third_rate
    fixed = surface, start, descents(surface, start, rates)
    done, charted = [], cost_by_rate(surface, start, tuple(RATES))
    rounds = (done.append(step) for step in range(STEPS))
    return Run(rounds, lambda: DescentState(*fixed, len(done), charted), STEPS, False)


@lru_cache(maxsize=64)
def _surface(name, *curvatures):
    """Return the Surface of a name, of one's own curvatures where it is none of the table."""
    return SURFACES.get(name) or quadratic(name, curvatures, (-1.8, 0.9))


def _say_descents(state):
    """Return what the descent at the first rate does, and on the way the costs of all."""
    if state.step == STEPS:
        return verdict(*state.descents)
    costs = ", ".join(
        f"{number(each.costs[min(state.step, len(each.costs) - 1)])} at η = {each.rate:g}"
        for each in state.descents
    )
    return f"Step {state.step} of {STEPS}: cost {costs}."


def initialisation_explorer(**values):
    """Return the explorer of the first weights.

    Parameters
    ----------
    **values : object
        Values of controls by name, where they do not stand at their start.

    Returns
    -------
    Explorer
        Its controls are the activation and the standard deviation of all weights.
    """
    parts = SCALE_CONTROLS, _spread, spread.draw, spread.say
    title = "How activations start"
    return Explorer(initialisation_explorer, title, *parts, values)


def _spread(activation, scale):
    """Return the State for weights that all have the deviation `scale`, and for weights scaled by fan-in."""
    both = _counted(activation, scale), _counted(activation, None)
    return spread.SpreadState(activation, scale, *both)


@lru_cache(maxsize=64)
def _counted(activation, scale):
    """Return the Spread of the layers' activations; `scale` is the deviation of the weights, None for fan-in."""
    X = np.random.default_rng(1).standard_normal((WIDTH, EXAMPLES))
    layer_dims = (WIDTH,) * (DEPTH + 1)
    parameters = initialize_parameters(layer_dims, activation, activation, scale, rng=0)
    AL, caches = L_model_forward(X, parameters, activation, activation)
    layers = [*(A_prev for (A_prev, _, _), _ in caches[1:]), AL]
    return spread.spread(activation, layers)
