"""What holds the words of outcome of lesson 06, cross-entropy."""

import mpmath
import numpy as np

from dnn_lessons import compute_cost
from lesson_checks.runs.common import near, rises

THROWS = np.array([1, 0, 1, 1, 0])

RUNS = {
    "The wrong one costs seven times as much": (
        "06-13",
        lambda n: round(n[1] / n[0]) == round(n[-1]) == 7,
    ),
    "The product is smaller than the smallest number that the computer knows": (
        "06-09",
        lambda n: n[1] == 0 and -n[0] * n[2] < np.log(5e-324),
    ),
    "and a sum of moderate numbers neither vanishes nor overflows": (
        "06-09",
        lambda n: 1e3 < n[0] * n[2] < 1e4,
    ),
    "Half of their sum is the printed cost": (
        "06-16",
        lambda n: abs((-np.log(n[0]) - np.log(1 - n[1])) / 2 - n[-1]) < 1e-4,
    ),
    "so the loss is smallest at $a = y$": ("06-44", lambda n: n[0] == n[2]),
    "the smallest loss is not 0": ("06-44", lambda n: n[1] > 0),
}


def cost_of_throws(p, times):
    """The mean negative logarithm of the five throws, repeated."""
    y = np.tile(THROWS, times)[None]
    return compute_cost(np.full(y.shape, p), y)


def hill_and_valley():
    """The largest likelihood of five throws, and the smallest mean negative logarithm."""
    p = np.linspace(0.01, 0.99, 99)
    likelihood = p**3 * (1 - p) ** 2
    costs = [cost_of_throws(each, 1) for each in p]
    return np.argmax(likelihood) == np.argmin(costs) == 59


def sigmoid_stays_below_1():
    """With 500 digits, at z = 1, 37 and 800."""
    with mpmath.workdps(500):
        return all(1 / (1 + mpmath.exp(-z)) < 1 for z in (1, 37, 800))


def sum_rounds_to_1():
    """As soon as the power is half the gap above 1, and not before."""
    half = np.spacing(1.0) / 2
    return half == 2.0**-53 and 1 + half == 1 < 1 + 1.001 * half


def no_number():
    """The logarithm of 0 is minus infinity, and 0 times that is NaN."""
    with np.errstate(divide="ignore", invalid="ignore"):
        logarithm = np.log(np.float64(0))
        return logarithm == -np.inf and bool(np.isnan(0 * logarithm))


def logarithm_is_increasing():
    """On a grid of products, of which the largest and the largest logarithm stand at one place."""
    p = np.linspace(0.01, 0.99, 99)
    products = p**3 * (1 - p) ** 2
    same = np.argmax(products) == np.argmax(np.log(products)) == 59
    return same and rises(np.log(np.sort(products[:50])))


def certainty_costs():
    """Predictions for a label 0 that come nearer to 1: each costs more, by the same step in the end."""
    p = 1 - 10.0 ** -np.arange(1, 15)
    costs = [compute_cost(np.array([[each]]), np.zeros((1, 1))) for each in p]
    return rises(costs) and near(np.diff(costs[5:12]), np.log(10), 1e-3)


COMPUTED = {
    "It is increasing, so the $p$ with the largest product also has the largest logarithm": (
        logarithm_is_increasing
    ),
    "And it should not grow with the number of throws": (
        lambda: near(cost_of_throws(0.6, 1), cost_of_throws(0.6, 400))
    ),
    "is a valley, and the lowest point is at the same $p$": hill_and_valley,
    "On paper a sigmoid never reaches 1": sigmoid_stays_below_1,
    r"rounds to 1 as soon as $e^{-z} \le 2^{-53}$, half the gap above 1": sum_rounds_to_1,
    r"NumPy has $\log 0 = -\infty$, and 0 times $-\infty$ is NaN": no_number,
    "the logarithm meets a 1, and 0 times 0 is 0": lambda: 0 * np.log(1) == 0,
    "The nearer a wrong prediction comes to certainty, the more it costs, without bound": certainty_costs,
}

BY_EQUATION = {}

COSTS = "tests/core/test_costs.py"
BY_TEST = {
    "so that the result stays finite": (
        f"{COSTS}::test_cross_entropy_backward_is_finite_at_the_ends_and_zero_at_equality",
        "np.isfinite(dAL).all()",
    ),
    "derivatives of the loss stay *per example*": (
        f"{COSTS}::test_every_registered_backward_is_m_times_the_derivative_of_its_forward",
        "np.testing.assert_allclose(row.backward(AL, Y), AL.shape[1] * expected, rtol=1e-8)",
    ),
}

NO_CLAIM = {
    "A sum falls apart": "other sense",
    "a derivative for which all other quantities stay fixed": "definition",
    "Lesson 07 shows what happens if somebody divides twice": "contents",
    "Which grows faster, the loss or the size of its derivative?": "question",
    "one digit more than": "other sense",
}

REST = 0
