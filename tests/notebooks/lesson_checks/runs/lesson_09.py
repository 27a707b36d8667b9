"""What holds the words of outcome of lesson 09, backpropagation."""

from inspect import signature

import numpy as np

from dnn_lessons import backward, compute_cost, datasets, gradient_check
from dnn_lessons.activations import relu
from dnn_lessons.costs import Cost, get_cost
from dnn_lessons.forward import L_model_forward
from lesson_checks.runs.common import near


def _half(n, rounded=5e-5):
    """Whether pairs of numbers that were rounded to four digits are one half of each other."""
    return all(abs(whole / 2 - part) <= 1.5 * rounded for whole, part in n)


def _never_computes_the_slope_by_the_prediction():
    """Whether cross-entropy behind a sigmoid trains without its backward, and nothing is called dA2."""
    X, Y, tiny = datasets.tiny_network()
    AL, caches = L_model_forward(X, tiny, "relu", "sigmoid")
    own = Cost(
        "own",
        get_cost("cross_entropy").forward,
        None,
        (0, 1),
        get_cost("cross_entropy").from_logits,
    )
    grads = backward.L_model_backward(AL, Y, caches, "relu", "sigmoid", own)
    return len(grads) == 5 and "dA2" not in grads


def _vanishes_only_there():
    """Whether the right side of (9.22) is 0 at the step, below 0 before it and above 0 behind it."""
    slope = lambda h: 2 * h - 2.0**-53 / h**2  # noqa: E731
    h = 2.0**-18
    return slope(0.99 * h) < slope(h) == 0 < slope(1.01 * h) and abs(h / 4e-6 - 1) < 0.05


def _central(value, h):
    """Return a central difference."""
    return (value(h) - value(-h)) / (2 * h)


def _errors(steps):
    """Return the errors of the central differences by the first weight of the tiny network."""
    X, Y, tiny = datasets.tiny_network()
    AL, caches = L_model_forward(X, tiny, "relu", "sigmoid")
    slope = backward.L_model_backward(AL, Y, caches, "relu", "sigmoid")["dW1"][0, 0]

    def cost(h):
        W1 = tiny["W1"] + np.array([[h, 0], [0, 0]])
        return compute_cost(
            L_model_forward(X, {**tiny, "W1": W1}, "relu", "sigmoid")[0], Y
        )

    return np.array([abs(_central(cost, h) / slope - 1) for h in steps])


def _power(low, high):
    """Return the power of h that the error of the central difference follows between two steps."""
    steps = np.logspace(low, high, 60)
    return np.polyfit(np.log10(steps), np.log10(_errors(steps) + 1e-17), 1)[0]


def _slopes_at_the_kink(h=1e-3):
    """Return the slopes of the ReLU at 0 from the left, from the right and between."""
    value = lambda z: relu(np.array([[z]]))[0].item()  # noqa: E731
    return -value(-h) / h, value(h) / h, _central(value, h)


RUNS = {
    "cost at most twice those of the forward pass": ("09-26", lambda n: n[0] <= 2),
    "nearly half would be for": (
        "09-26",
        lambda n: 0.4 < (n[0] - n[1]) / n[0] < 0.5,
    ),
    "are half of $-0.0759 \\cdot 1$ and half of $0.2689 \\cdot 1.5$, and $db^{[2]}$ is half of": (
        "09-22",
        lambda n: _half(
            [
                ((n[4] - n[6]) * n[0], n[8]),
                ((n[5] - n[7]) * n[3], n[9]),
                (n[4] - n[6] + n[5] - n[7], n[10]),
            ],
            rounded=7e-5,
        ),
    ),
    "is half of $-0.1517 \\cdot (1, 0)$ and row 2 half of $-0.2689 \\cdot (2, 3)$": (
        "09-24",
        lambda n: _half(
            [(n[4], n[8]), (0, n[9]), (2 * n[7], n[10]), (3 * n[7], n[11])], rounded=1e-4
        ),
    ),
    "$db^{[1]}$ is half of $(-0.1517, -0.2689)$": (
        "09-24",
        lambda n: _half([(n[4] + n[5], n[12]), (n[6] + n[7], n[13])]),
    ),
    "**A falling cost does not prove a gradient right.": (
        "09-43b",
        lambda n: n[2] < n[0] < 0.69 and n[3] > n[1],
    ),
    "$W_{12}$ stays": ("09-24", lambda n: n[9] == 0),
}

COMPUTED = {
    "the code never computes it": _never_computes_the_slope_by_the_prediction,
    "The right side vanishes where $h^3 = 2^{-54}$": _vanishes_only_there,
    "to the right they grow as $h^2$, to the left as $\\frac{1}{h}$": lambda: (
        abs(_power(-4, -2) - 2) < 0.1 and abs(_power(-12, -7) + 1) < 0.2
    ),
    "neither side's slope, 0 or 1, is a half": lambda: near(
        _slopes_at_the_kink(), [0, 1, 0.5]
    ),
    "Always answering a half costs": lambda: near(
        compute_cost(np.full((1, 4), 0.5), np.array([[0, 1, 1, 0]])), np.log(2)
    ),
    "and asks for less than $10^{-7}$": lambda: (
        signature(gradient_check).parameters["tolerance"].default == 1e-7
    ),
}

BY_EQUATION = {}

BY_TEST = {}

NO_CLAIM = {
    "must each parameter move to lower the cost?": "question",
}

REST = 0
