"""What holds the words of outcome of lesson 03, the ReLU."""

from functools import cache

import numpy as np

from dnn_lessons import Activation, DeepNeuralNetwork
from dnn_lessons.costs import mse_backward
from dnn_lessons.datasets import Scaler, regression_curve
from lesson_checks.runs.common import near, slope, value

RUNS = {
    "The number one half is the slope of neither side": (
        "03-11",
        lambda n: 0.5 not in n[1:3],
    ),
    "raises its parameter, and the output bias rises": ("03-32", lambda n: n[-1] < 0),
    "they stay there": ("03-37", lambda n: n[14] == n[15] == n[16] == max(n)),
    "a smaller rate, a careful start": (
        "03-37",
        lambda n: n[0] < n[9] and n[7] < n[16] and n[8] < n[17],
    ),
}


@cache
def costs_of_30_epochs(faulty):
    """The costs of the bug hunt's network, with the faulty ReLU or ours."""

    def backward(dA, A):
        return dA * (A >= 0)

    def forward(Z):
        return np.maximum(0.0, Z), np.maximum(0.0, Z)

    row = Activation("faulty", forward, backward, variance_scale=2.0)
    x, Y = regression_curve(500)
    network = DeepNeuralNetwork(
        (1, 20, 20, 1), row if faulty else "relu", "linear", "mse", rng=0
    )
    network.train(Scaler.fit(x).transform(x), Y, 0.02, num_epochs=30, batch_size=8)
    return network.costs


def positive_ones(bias):
    """How many of the unit's four examples lie on its slope."""
    return sum(x + bias > 0 for x in (-1, 0, 1, 2))


def central(z, h):
    """The central difference of the ReLU."""
    return (value("relu", z + h) - value("relu", z - h)) / (2 * h)


def lies_above_the_relu(steepness):
    """Whether a line through the kink lies above the curve somewhere on the right."""
    z = np.linspace(0, 3, 31)
    return np.any(steepness * z > value("relu", z) + 1e-12)


COMPUTED = {
    "its slope is never above a quarter": (
        lambda: slope("sigmoid", np.linspace(-40, 40, 8001)).max() <= 1 / 4
    ),
    "so the line must not fall": (
        lambda: np.any(
            -0.1 * np.linspace(-3, -1, 3) > value("relu", np.linspace(-3, -1, 3))
        )
    ),
    "The derivative of a squared error is twice the difference": (
        lambda: (
            mse_backward(np.zeros((1, 4)), np.array([[0.0, 1.0, 2.0, 3.0]])).mean()
            == 2 * (0 - 1.5)
        )
    ),
    "The cost falls": (
        lambda: costs_of_30_epochs(True)[-1] < 0.1 * costs_of_30_epochs(True)[0]
    ),
    "It falls less far than it should": (
        lambda: costs_of_30_epochs(True)[-1] > 2 * costs_of_30_epochs(False)[-1]
    ),
    "An activation is never negative": (
        lambda: value("relu", np.linspace(-9, 9, 181)).min() >= 0
    ),
    "As the bias grows, the examples become positive one after the other": (
        lambda: (
            [positive_ones(b) for b in (-2.5, -1.5, -0.5, 0.5, 1.5)] == [0, 1, 2, 3, 4]
        )
    ),
    "The first is the one with the largest sum": (
        lambda: [x for x in (-1, 0, 1, 2) if x - 1.5 > 0] == [max(-1, 0, 1, 2)]
    ),
    "with the $k$-th largest sum comes to the kink": (
        lambda: all(
            positive_ones(-kth - 1e-9) < k == positive_ones(-kth + 1e-9)
            for k, kth in enumerate((2, 1, 0, -1), 1)
        )
    ),
    "With $k = 1$ this is the largest bias at which a unit is dead": (
        lambda: positive_ones(-2) == 0 < positive_ones(-2 + 1e-9)
    ),
    "sorts each row of `S`, the smallest first": (
        lambda: np.sort([[3, 1, 2], [9, 8, 7]], axis=1).tolist() == [[1, 2, 3], [7, 8, 9]]
    ),
    "The two disagree, and no smaller $h$ will reconcile them": lambda: all(
        (value("relu", h) / h, value("relu", -h)) == (1, 0)
        for h in 10.0 ** -np.arange(12)
    ),
    "With any step shorter than $z$ it would report 1": lambda: (
        near([central(0.02, h) for h in (1e-4, 0.01, 0.0199)], 1)
        and central(0.02, 0.0201) < 1
    ),
    "so the line must not be steeper than 1": lambda: (
        [lies_above_the_relu(steepness) for steepness in (0.5, 1, 1.01, 2)]
        == [False, False, True, True]
    ),
    "and so are the $k - 1$ examples with larger sums": lambda: all(
        positive_ones(-kth + 1e-9) - 1 == k - 1 == sum(x > kth for x in (-1, 0, 1, 2))
        for k, kth in enumerate((2, 1, 0, -1), 1)
    ),
}

BY_EQUATION = {
    "the quotient approaches it as $h$ shrinks": "(3.2)",
    "takes the slope on the kink for one half": "(3.8)",
}

BY_TEST = {}

NO_CLAIM = {
    "still has the slope 1 on half of the number line?": "question",
    "to the right and divide the rise by the step": "instruction",
    "What happens to the two as the step shrinks?": "question",
    "A line that never rises above the curve": "definition",
    "The forward pass stays, so the cache is still": "task",
    "Take $h$ smaller than $z$": "instruction",
    "Take $h$ smaller than $-z$": "instruction",
    "at it and below it, fewer are": "task",
}

REST = 0
