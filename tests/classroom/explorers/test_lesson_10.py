"""The explorers of gradient descent and of the first weights."""

import pytest

from dnn_lessons.classroom.explorers import initialisation_explorer, rate_explorer
from dnn_lessons.descent import SURFACES, descend


@pytest.mark.parametrize(("rate", "verb"), [(0.05, "falls"), (0.25, "diverged")])
def test_the_rate_explorer_says_how_the_descent_ended(rate, verb):
    explorer = rate_explorer(learning_rate=rate)
    value = explorer.values["learning_rate"]
    surface = SURFACES["ravine"]
    costs = surface.value(descend(surface, (-1.8, 0.9), value, 40))
    assert verb == "diverged" or f"to {costs[-1]:.3g}." in explorer.words
    assert verb in explorer.words or costs[-1] > costs[0]


def test_the_spread_is_that_of_the_layers_without_the_input():
    layers = initialisation_explorer().compute("relu", 0.1).layers
    assert [len(values) for values in layers.values()] == [10, 10]
