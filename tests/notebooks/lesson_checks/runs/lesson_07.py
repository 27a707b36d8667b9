"""What holds the words of outcome of lesson 07, the mean squared error."""

from math import erf, sqrt

import numpy as np

from dnn_lessons.backward import linear_backward
from dnn_lessons.costs import mse, mse_backward
from lesson_checks.runs.common import falls, near, rises

LABELS = np.array([[1.0, 2.0, 3.0, 4.0, 10.0]])
TRIES = np.linspace(0, 10, 201)

RUNS = {
    "A residual three times as large costs nine times as much": (
        "07-04",
        lambda n: n[2] / n[0] == 3 and n[5] / n[3] == 9,
    ),
    "and neither of the two constants moves the lowest point": (
        "07-10",
        lambda n: n[0] != n[2] and n[1] == n[3],
    ),
    "twice the *sum* of all residuals, over $m$": (
        "07-15",
        lambda n: all(abs(each - 2 * (-1 + 0 - 3) / 3) < 1e-4 for each in n),
    ),
    "of a batch of 16 was 16 times too small": (
        "07-25",
        lambda n: n[::4] == n[3::4] and rises(n[::4]),
    ),
    "The curve is a parabola with its lowest point at $c = 4$": (
        "07-35",
        lambda n: n[0] == (1 + 2 + 3 + 4 + 10) / 5,
    ),
    "Under the nearer prediction": (
        "07-08",
        lambda n: abs(n[4] - n[0]) < abs(n[2] - n[0]) and n[5] > n[3],
    ),
    "the faulty one still has more than two thirds of its first cost": (
        "07-27",
        lambda n: n[-1] > 2 * n[0] / 3,
    ),
}


def cost_of(c, labels=LABELS):
    """The cost of a constant prediction."""
    return mse(np.full(labels.shape, c), labels)


def most_probable_predictions():
    """Of 200 random pairs of predictions for two labels, by density and by squared error."""
    rng, y = np.random.default_rng(0), np.array([1.0, -2.0])
    pairs = rng.normal(0, 3, (200, 2))
    nearest = np.argmin(((pairs - y) ** 2).mean(axis=1))
    return all(np.argmin(negative_log(pairs, y, s)) == nearest for s in (0.5, 2.0))


def negative_log(a, y, s):
    """The terms (7.3) of labels, added up."""
    densities = np.exp(-((y - a) ** 2) / (2 * s**2)) / (s * np.sqrt(2 * np.pi))
    with np.errstate(divide="ignore"):
        return -np.log(densities).sum(axis=1)


def derivative_of_the_explorer():
    """At a = 2, 3 and 5 for the label 1."""
    slopes = [mse_backward(np.array([[a]]), np.array([[1]])).item() for a in (2, 3, 5)]
    return slopes == [2, 4, 8]


def rate_made_up_for_it():
    """A step with the faulty gradient of 16 examples at 0.8, and one with ours at 0.8 / 16."""
    rng = np.random.default_rng(0)
    A_prev, AL, Y = rng.standard_normal((3, 1, 16))
    cache = A_prev, np.ones((1, 1)), None
    right = linear_backward(mse_backward(AL, Y), cache)[1]
    faulty = linear_backward(mse_backward(AL, Y) / AL.shape[1], cache)[1]
    return near(0.8 * faulty, 0.8 / 16 * right)


def both_costs_are_lowest_at_one_place():
    """Of a constant for each of two outputs: the sum over outputs, and the mean."""
    Y = np.array([[2.0, 3.0, 5.0], [0.0, 2.0, 4.0]])
    grid = np.linspace(0, 5, 21)
    pairs = [np.array([[a], [b]]) for a in grid for b in grid]
    sums = [mse(pair + 0 * Y, Y) for pair in pairs]
    means = [np.mean((pair - Y) ** 2) for pair in pairs]
    return np.argmin(sums) == np.argmin(means) and near(
        np.array(sums), 2 * np.array(means)
    )


def slope_of_the_cost_rises():
    """In equal steps, through 0."""
    slopes = [mse_backward(np.full((1, 5), c), LABELS).mean() for c in (0, 2, 4, 6, 8)]
    return rises(slopes) and near(np.diff(slopes), 2 * 2) and abs(slopes[2]) < 1e-12


def zero_of_the_slope_is_the_lowest_point():
    """On a grid of constants, where only the mean has a cost as low."""
    costs = np.array([cost_of(c) for c in TRIES])
    return TRIES[costs <= costs.min() + 1e-9].tolist() == [4]


def in_centimetres():
    """Residuals, cost and slope of labels and predictions that are 100 times as large."""
    AL = LABELS + np.array([[1.0, -2.0, 0.5, 3.0, 1.5]])
    large, labels = 100 * AL, 100 * LABELS
    costs = near(mse(large, labels), 10_000 * mse(AL, LABELS))
    slopes = near(mse_backward(large, labels), 100 * mse_backward(AL, LABELS))
    return near(large - labels, 100 * (AL - LABELS)) and costs and slopes


def split_of_the_square():
    """For c = 7: the mean of each of the three parts, and of the square of the sum."""
    first, second = 7 - LABELS.mean(), LABELS.mean() - LABELS
    parts = first**2, np.mean(2 * first * second), np.mean(second**2)
    whole = near(np.mean((first + second) ** 2), sum(parts))
    terms = near((first + second) ** 2, first**2 + 2 * first * second + second**2)
    return whole and terms and abs(parts[1]) < 1e-12


def first_square_stays():
    """Its mean over the examples is itself, as it is the same for all."""
    first = np.full(LABELS.shape, (7 - LABELS.mean()) ** 2)
    return near(first.mean(), 3**2)


def counts_a_quarter():
    """What the residual 3 adds to (7.3) beyond its constant, for s = 1 and s = 2."""
    terms = [3**2 / (2 * s**2) for s in (1, 2)]
    return near(terms[1] / terms[0], 1 / 4)


def bell_is_highest_at_the_prediction():
    """Of labels around a prediction of 0.5, for two widths: higher and higher, then lower."""
    y = np.linspace(-1.5, 2.5, 41)
    bells = [np.exp(-((y - 0.5) ** 2) / (2 * s**2)) for s in (0.5, 2.0)]
    return all(rises(bell[:21]) and falls(bell[20:]) for bell in bells)


COMPUTED = {
    "its bell is about six times as high over the label": (
        lambda: near(
            np.exp(-((2.5 - 1.8) ** 2) / 2) / np.exp(-((2.5 - 0.5) ** 2) / 2), 6, 0.05
        )
    ),
    "highest at $y = a$, lower to both sides": bell_is_highest_at_the_prediction,
    "are those with the smallest mean squared error": most_probable_predictions,
    "twice the residual.": derivative_of_the_explorer,
    "The slope of the square grows with the residual": lambda: rises(
        mse_backward(np.array([[-3.0, -1.0, 0.0, 2.0, 5.0]]), np.zeros((1, 5)))[
            0
        ].tolist()
    ),
    "that is 16 times as large made up for it": rate_made_up_for_it,
    "Both costs have their lowest point at the same place": (
        both_costs_are_lowest_at_one_place
    ),
    "This is a rising line in $c$": slope_of_the_cost_rises,
    "So its zero is the lowest point of $J$, and the only one": (
        zero_of_the_slope_is_the_lowest_point
    ),
    "Every residual becomes 100 times as large": in_centimetres,
    "$J$ grows by the factor 10,000 and the slope $2r$ by 100": in_centimetres,
    "is the first square, twice the product, and the second square": split_of_the_square,
    "The first square is the same for all $i$ and stays": first_square_stays,
    "The product vanishes, since its first factor is constant": split_of_the_square,
    "The squared residual of an example with twice the $s$ counts a quarter": (
        counts_a_quarter
    ),
    "about two errors of three are smaller than $s$ in size": lambda: (
        abs(erf(1 / sqrt(2)) - 2 / 3) < 0.02
    ),
}

BY_EQUATION = {
    "*the index that you differentiate by never runs*": "(7.9)",
    "Its derivative is twice the residual, and the factor of the mean stays in front": (
        "(7.10)"
    ),
    "This time *every* term contains $c$, so every term stays when we differentiate by it": (
        "(7.14)"
    ),
}

BY_TEST = {}

NO_CLAIM = {
    "the label falls there": "other sense",
    "Lesson 08 drops the bell curve": "contents",
    "Which of the two derivatives grows with the distance?": "question",
    "used $i$ twice": "other sense",
    "Which faulty run falls behind most?": "question",
    "their bell curve is twice as wide": "task",
    "Under which prediction is the density at the label higher?": "question",
    "Check gradients with more than one": "instruction",
    "are known to be less exact": "task",
}

REST = 0
