"""What holds the words of outcome of lesson 02, the sigmoid."""

from decimal import Decimal, getcontext
from itertools import pairwise

import numpy as np

from dnn_lessons import (
    L_model_backward,
    L_model_forward,
    compute_cost,
    sigmoid,
    sigmoid_backward,
)
from dnn_lessons.classroom.explorers import sigmoid_explorer
from dnn_lessons.classroom.explorers.picture import Rects
from dnn_lessons.datasets import tiny_network
from lesson_checks.runs.common import near, rises, slope, value

RUNS = {
    "At $z = 0$ the power is 1, so the sigmoid is one half": (
        "02-04",
        lambda n: n[1] == 1 / (1 + 1),
    ),
    "The largest of these slopes stands in the middle": (
        "02-14",
        lambda n: len(n) == 13 and n[6] > max(n[:6] + n[7:]),
    ),
    "a little less than half of the bound": ("02-22", lambda n: 0.4 < n[1] / n[2] < 0.5),
}


def each_layer_divides_by_more_than_four():
    """The product of the slopes, layer by layer: after the first, quotients between 4 and 4.6."""
    a, product, products = 0.0, 1.0, []
    for _ in range(10):
        product *= float(slope("sigmoid", a))
        products.append(product)
        a = float(value("sigmoid", a))
    quotients = [before / after for before, after in pairwise(products)]
    return min(quotients) > 4 and max(quotients) < 4.6


def gradient_is_a_change_of_the_cost():
    """One weight of the tiny network moved both ways, against the derivative of backpropagation."""
    X, Y, parameters = tiny_network()
    AL, caches = L_model_forward(X, parameters, "sigmoid", "sigmoid")
    derivative = L_model_backward(AL, Y, caches, "sigmoid", "sigmoid")["dW1"][0, 1]

    def cost(step):
        moved = parameters | {"W1": parameters["W1"] + [[0, step], [0, 0]]}
        return compute_cost(L_model_forward(X, moved, "sigmoid", "sigmoid")[0], Y)

    return near((cost(1e-5) - cost(-1e-5)) / 2e-5, derivative, 1e-6)


def errors_of_the_slopes():
    """(of the naive slope, of ours) at z = 0.5, 1 and so on, as shares of the true slope."""
    z = np.arange(0.5, 40, 0.5)
    powers = [Decimal(-each).exp() for each in z.tolist()]
    true = np.array([float(e / (1 + e) ** 2) for e in powers])
    A = 1 / (1 + np.exp(-z))
    return abs(A * (1 - A) / true - 1), abs(sigmoid_backward(1.0, z) / true - 1)


def naive_error_grows():
    """From rounding size, over larger and larger errors, to 1 at z = 37 and beyond."""
    naive, _ = errors_of_the_slopes()
    largest = [
        naive[:10].max(),
        naive[10:40].max(),
        naive[40:60].max(),
        naive[60:72].max(),
    ]
    return naive[0] < 1e-15 and rises(largest) and np.all(naive[73:] == 1)


def our_error_stays():
    """At rounding size, where the naive error reaches 1."""
    naive, ours = errors_of_the_slopes()
    return max(ours) < 1e-15 < max(naive)


def grey_ground_of_the_explorer():
    """At the inner ends of both grounds: a little inside the slope is below 3 %, and outside above."""
    grounds = [
        m for m in sigmoid_explorer().drawn.panels[0].marks if isinstance(m, Rects)
    ]
    numbers = [float(end) for m in grounds for end in np.ravel([m.left, m.right])]
    border = min(abs(number) for number in numbers)
    share = slope("sigmoid", [border + 0.1, border - 0.1]) / 0.25
    return share[0] < 0.03 < share[1]


def value_goes_on_growing():
    """From z = 5 to 36."""
    return rises(sigmoid(np.array([5.0, 10.0, 20.0, 30.0, 36.0]))[0].tolist())


def slider_reaches_farther():
    """Than the axis of the picture, on which the mouse moves, on both sides."""
    explorer = sigmoid_explorer()
    values, axis = explorer.controls[0].values, explorer.drawn.panels[0].x
    return min(values) < 10 * axis.low < 0 < 10 * axis.high < max(values)


def softplus_takes_the_larger():
    """The logarithm of 1 + e^z, and what the hint puts together, for both signs."""
    z = np.linspace(-20, 20, 81)
    return near(np.maximum(z, 0) + np.log1p(np.exp(-abs(z))), np.log1p(np.exp(z)), 1e-6)


COMPUTED = {
    "the denominator of (2.1) is below 2, and the prediction is above one half": (
        lambda: (
            value("sigmoid", [1e-9, 0.1, 3.0, 30.0]).min() > 0.5 > value("sigmoid", -1e-9)
        )
    ),
    "A square is never negative": lambda: np.min(np.linspace(-3, 3, 601) ** 2) >= 0,
    "It is 0 only where the sigmoid is one half, at $z = 0$": lambda: (
        np.linspace(-6, 6, 1201)[
            (value("sigmoid", np.linspace(-6, 6, 1201)) - 0.5) ** 2 == 0
        ].tolist()
        == [0]
    ),
    "the slope is less than 3 % of its largest value": grey_ground_of_the_explorer,
    "A computer number has a largest value": (
        lambda: (
            near(np.finfo(np.float64).max / 1e308, 1.8, 0.01)
            and near(np.finfo(np.float32).max / 1e38, 3.4, 0.01)
        )
    ),
    "The value goes on growing": value_goes_on_growing,
    "it falls along an almost straight line": each_layer_divides_by_more_than_four,
    "how the cost changes when that weight grows a little": (
        gradient_is_a_change_of_the_cost
    ),
    "At $z = 0$ it is one half": lambda: (
        value("sigmoid", 0) + 0 * slope("sigmoid", 0) == 0.5
    ),
    "explodes for very negative $z$": lambda: np.exp(-np.float64(-700)) > 1e300,
    "The power is less than half of that, so its sum with 1 rounds to exactly 1": (
        lambda: np.exp(-37.0) < np.spacing(1.0) / 2 and 1 + np.exp(-37.0) == 1
    ),
    "The error of the naive slope grows from rounding size near 0": naive_error_grows,
    "The error of ours stays at rounding size throughout": (our_error_stays),
    "of a number that is not positive is at most one half": (
        lambda: max(value("sigmoid", np.linspace(-50, 0, 501))) <= 0.5
    ),
    "So its difference from 1 is at least one half": (
        lambda: min(1 - value("sigmoid", np.linspace(-50, 0, 501))) >= 0.5
    ),
    "the slider reaches farther than the mouse": slider_reaches_farther,
    "because each layer after the first divides it by more than four": each_layer_divides_by_more_than_four,
    "we need something better than 64 bits": lambda: (
        getcontext().prec == 28 and np.finfo(float).precision == 15
    ),
    "the larger of $z$ and 0, and the logarithm": softplus_takes_the_larger,
}

BY_EQUATION = {
    "Their product stays": "(2.10)",
    "the exponent is $z$ or 0, whichever is smaller": "(2.16)",
}

BY_TEST = {}

NO_CLAIM = {
    "Which prediction is above one half?": "question",
    "Is it the largest of all?": "question",
    "This is the *vanishing gradient*": "definition",
    "How fast does the slope fall?": "question",
    "Which of the two shrinks as $L$ grows?": "question",
    "with 32 (float32), which keep fewer digits?": "question",
}

REST = 0
