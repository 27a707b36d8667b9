"""Lesson 10, gradient descent: rates and the start of a descent; how the first weights spread the activations."""

from functools import lru_cache

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
