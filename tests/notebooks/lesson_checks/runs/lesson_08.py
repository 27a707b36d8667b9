"""What holds the words of outcome of lesson 08, the mean absolute error."""

from math import erfc, exp, sqrt

import numpy as np

from dnn_lessons import costs, datasets, gradient_check
from dnn_lessons.activations import leaky_relu
from dnn_lessons.forward import L_model_forward
from lesson_checks.runs.common import falls, near, rises

LABELS = np.array([1.0, 2.0, 3.0, 4.0, 10.0])
EVEN = np.array([1.0, 2.0, 8.0, 9.0])
GRID = np.linspace(0, 11, 111)
RIGHT = np.linspace(0, 2, 21)  # of a kink at 0
LEFT = -RIGHT[::-1]
STEEP = (1.01, 1.5, 3.0)  # slopes of lines


def _row(numbers):
    """Return numbers as a matrix of one row."""
    return np.atleast_2d(numbers)


def _curve(cost, labels=LABELS):
    """Return the cost of each constant of the grid."""
    return np.array([cost(np.full((1, labels.size), c), _row(labels)) for c in GRID])


def _lies_above(slope, side, loss=np.abs):
    """Whether a line through the kink lies above a loss somewhere on a side."""
    return bool((slope * side > loss(side) + 1e-12).any())


def _leaky(z):
    """Return the leaky ReLU of numbers, with the leak 0.2."""
    return leaky_relu(z, 0.2)[0]


def _check_stays_away_from_the_kink():
    """Whether no prediction of the tiny network is its label, and nothing is left out of the check."""
    X, Y, tiny = datasets.tiny_network()
    AL, _ = L_model_forward(X, tiny, "relu", "linear")
    check = gradient_check(X, Y, tiny, "relu", "linear", "mae")
    return np.all(AL != Y) and check.skipped == 0


def _lowest_where_the_slope_changes_its_sign():
    """Whether the best constants are those with a slope of at most 0 before, and at least 0 behind."""
    curves = [_curve(costs.mae, labels) for labels in (LABELS, EVEN)]
    slopes = [np.diff(curve).round(9) for curve in curves]
    turns = [(each[:-1] <= 0) & (each[1:] >= 0) for each in slopes]
    best = [np.isclose(curve, curve.min())[1:-1] for curve in curves]
    return all(map(np.array_equal, turns, best))


def _sides(labels, c):
    """Return how many labels lie below a constant, and how many above."""
    return np.array([np.sum(labels < c - 1e-9), np.sum(labels > c + 1e-9)])


def _votes_are_even_at_the_best():
    """Whether just where the cost is least, neither side has more than half of the labels."""
    for_all = [(labels, _curve(costs.mae, labels)) for labels in (LABELS, EVEN)]
    even = [
        [np.all(_sides(labels, c) <= labels.size / 2) for c in GRID]
        for labels, _ in for_all
    ]
    best = [np.isclose(curve, curve.min()) for _, curve in for_all]
    return all(map(np.array_equal, even, best))


def _parabola_with_the_mean():
    """Whether the MSE has equal second differences, and is least at the mean, 4."""
    curve = _curve(costs.mse)
    bends = np.diff(curve, 2)
    return near(bends, bends[0], 1e-6) and near(GRID[curve.argmin()], LABELS.mean())


def _pieces_with_the_median():
    """Whether the MAE bends at the labels only, and is least at the median, 3."""
    curve = _curve(costs.mae)
    bends = GRID[1:-1][np.abs(np.diff(curve, 2)) > 1e-9]
    return near(bends, LABELS) and near(GRID[curve.argmin()], 3)


def _laplace_falls_more_slowly():
    """Whether, far from the centre, the logarithm of the Laplace curve falls less for each step."""
    far, s = np.linspace(3, 30, 100), 1.0
    bell = np.diff(-(far**2) / (2 * s**2))
    laplace = np.diff(-np.sqrt(2) * far / s)
    return bool(np.all((bell < laplace) & (laplace < 0)))


def _path(slope, rate, steps, start=0.0):
    """Return the predictions of a walk towards the label 1."""
    path = [start]
    for _ in range(steps):
        path.append(path[-1] - rate * slope(_row(path[-1]), _row(1.0)).item())
    return np.array(path)


def _squared_residual_shrinks():
    """Whether it does at every rate between 0 and 1, and not at 1."""
    ends = {
        rate: abs(_path(costs.mse_backward, rate, 20) - 1) for rate in (0.1, 0.5, 0.9, 1)
    }
    return [
        rate for rate, r in ends.items() if np.all(r[1:] < r[:-1] + (r[:-1] == 0))
    ] == [
        0.1,
        0.5,
        0.9,
    ]


def _climbs_and_jumps():
    """Whether a thousand steps of the absolute loss rise by 0.3 up to 1.2, and then alternate."""
    path = _path(costs.mae_backward, 0.3, 1000)
    rest = path[4:].reshape(-1, 1)[:996].reshape(-1, 2)
    return near(np.diff(path[:5]), 0.3) and near(rest, [1.2, 0.9])


def _huber(r, delta):
    """Return the Huber loss of residuals."""
    return np.where(abs(r) <= delta, r**2, 2 * delta * abs(r) - delta**2)


def _huber_slope(r, delta=1.5, h=1e-6):
    """Return the slope of the Huber loss, by a central difference."""
    return (_huber(r + h, delta) - _huber(r - h, delta)) / (2 * h)


def _huber_joins_both():
    """Whether its slope is bounded for outliers, and shrinks towards the label."""
    near_label = np.linspace(1.4, 0.1, 14)
    return falls(_huber_slope(near_label)) and np.all(
        _huber_slope(np.array([10.0, 1e3])) < 3 + 1e-5
    )


def _huber_is_cut_off():
    """Whether its slope is twice the residual, cut off at twice delta on both sides."""
    r = np.linspace(-5, 5, 60)
    return np.allclose(_huber_slope(r), np.clip(2 * r, -3, 3), atol=1e-5)


def _rule_gives_the_smallest_median():
    """Whether exercise 4 with w = 1 gives the least of the demands with no majority on a side."""
    drawn = [np.random.default_rng(seed).integers(0, 20, 1 + seed) for seed in range(15)]
    by_rule = [np.sort(each)[int(np.ceil(each.size / 2)) - 1] for each in drawn]
    medians = [
        [c for c in each if max(_sides(each, c)) <= each.size / 2] for each in drawn
    ]
    return by_rule == [*map(min, medians)]


RUNS = {
    "The median stays at 3": ("08-28", lambda n: n[2] == n[3] == 3),
    "While more labels lie above than below, it falls as $c$ grows": (
        "08-24",
        lambda n: all((v < 0) == (s < 0) for v, s in zip(n[1::4], n[3::4], strict=True)),
    ),
    "As soon as more labels lie below than above, it rises": (
        "08-24",
        lambda n: all((v > 0) == (s > 0) for v, s in zip(n[1::4], n[3::4], strict=True)),
    ),
    "stays below the label within these steps": (
        "08-34",
        lambda n: rises(n[-3:]) and n[-1] < 1 and n[-1] - n[-2] < n[-2] - n[-3],
    ),
    "With the shrinking rate the path climbs ever more slowly": (
        "08-34",
        lambda n: rises(n[-3:]) and n[-1] - n[-2] < n[-2] - n[-3],
    ),
    'it says "stay"': ("08-18", lambda n: n[-4:] == n[5:6] * 4 and n[2] != n[0]),
    "Under the absolute loss no label pulls with more than 1": (
        "08-28",
        lambda n: max(map(abs, n[-5:])) == 1 < max(map(abs, n[5:10])),
    ),
}


def _tolerant_loss_begins_behind_the_tolerance(tolerance=0.5):
    """Whether it is 0 up to the tolerance, and then rises with the slope 1."""
    r = np.linspace(0, 3, 31)
    loss = np.maximum(r - tolerance, 0)
    return not loss[r <= 0.5].any() and near(loss[r > 0.5], r[r > 0.5] - 0.5)


def _shrinking_path(steps, rate=0.3):
    """Return the distances from the label 1 of the absolute loss, its rate divided by the number of the step."""
    path = [0.0]
    for t in range(1, steps + 1):
        slope = costs.mae_backward(_row(path[-1]), _row(1.0)).item()
        path.append(path[-1] - rate / t * slope)
    return np.array(path) - 1


def _it_jumps_in_ever_smaller_steps():
    """Whether the path passes the label again and again, each time in a smaller step."""
    r = _shrinking_path(400)
    crossings = np.flatnonzero(r[1:] * r[:-1] < 0)
    return len(crossings) > 20 and falls(abs(np.diff(r))[crossings])


def _a_smaller_rate_at_the_end_comes_nearer():
    """Whether 20 steps of the absolute loss at 0.3 and 20 at 0.03 end nearer to 1 than 40 at 0.3."""
    fixed = _path(costs.mae_backward, 0.3, 40)
    smaller = _path(costs.mae_backward, 0.03, 20, start=fixed[20])
    return abs(smaller[-1] - 1) < 0.031 and abs(fixed[-1] - 1) > 0.09


def _each_cost_has_its_case():
    """Whether the mean of eleven labels misses less than the median for a bell curve, and more for Laplace's."""
    rng = np.random.default_rng(8)
    drawn = rng.normal(size=(2000, 11)), rng.laplace(size=(2000, 11))
    off = [
        np.mean([np.square(by(each, axis=1)) for by in (np.mean, np.median)], axis=1)
        for each in drawn
    ]
    return falls(off[1]) and rises(off[0])


COMPUTED = {
    "That does not make the MAE the better cost in every case": _each_cost_has_its_case,
    "uses the absolute loss with a shrinking rate": lambda: falls(
        [0.3 / (t + 1) for t in range(12)]
    ),
    "makes a residual three times as large cost nine times as much": lambda: near(
        [
            costs.mse(_row(3 * r), _row(0)) / costs.mse(_row(r), _row(0))
            for r in (0.1, 2, -7)
        ],
        9,
    ),
    "On the right the loss climbs with the slope 1": lambda: (
        near(np.diff(np.abs(RIGHT)), 1 * np.diff(RIGHT))
        and all(_lies_above(slope, RIGHT) for slope in STEEP)
        and not any(_lies_above(slope, RIGHT) for slope in (0, 0.5, 1))
    ),
    "On the left the loss falls towards the kink with the slope $-1$": lambda: near(
        np.diff([costs.mae(_row(z), _row(0.0)) for z in LEFT]), -1 * np.diff(LEFT)
    ),
    "A line that falls more steeply would lie above it there": lambda: (
        all(_lies_above(-slope, LEFT) for slope in STEEP)
        and not any(_lies_above(-slope, LEFT) for slope in (0, 0.5, 1))
    ),
    "rises with the slope 0.2 up to its kink": lambda: (
        near(np.diff(_leaky(LEFT)), 0.2 * np.diff(LEFT))
        and near(np.diff(_leaky(RIGHT)), 1 * np.diff(RIGHT))
    ),
    "the line must not rise faster than the leaky ReLU": lambda: (
        all(_lies_above(slope, RIGHT, _leaky) for slope in STEEP)
        and not any(_lies_above(slope, RIGHT, _leaky) for slope in (0.2, 0.5, 1))
    ),
    "a line that rises more slowly than the leaky ReLU lies above it": lambda: (
        all(_lies_above(slope, LEFT, _leaky) for slope in (0.19, 0, -1))
        and not any(_lies_above(slope, LEFT, _leaky) for slope in (0.2, 0.5, 1))
    ),
    "The slope of the squared loss grows with the residual": lambda: rises(
        costs.mse_backward(_row(GRID), _row(0 * GRID))[0]
    ),
    "the check stays away from the kink": _check_stays_away_from_the_kink,
    "So it is lowest where the slope changes its sign": _lowest_where_the_slope_changes_its_sign,
    "there neither side has more than half of the labels": _votes_are_even_at_the_best,
    "The mean squared error is a parabola with its lowest point at 4": _parabola_with_the_mean,
    "its lowest point is at 3, the median": _pieces_with_the_median,
    "falls off more slowly far from its centre": _laplace_falls_more_slowly,
    "so the residual shrinks in each step": _squared_residual_shrinks,
    "it climbs evenly and then jumps between 0.9 and 1.2 for ever": _climbs_and_jumps,
    "an outlier pulls with a bounded force, and near the label the steps shrink": _huber_joins_both,
    "So an outlier pulls with no more than `2 * delta`, and near the label the steps shrink": _huber_joins_both,
    "twice the residual, cut off on both sides": _huber_is_cut_off,
    "because the outlier is never below the label in the middle": lambda: (
        {np.median([1, 2, 3, 4, outlier]) for outlier in range(3, 31)} == {3}
        and np.median([1, 2, 3, 4, 2.9]) < 3
    ),
    "With $w = 1$ this is the smallest median": _rule_gives_the_smallest_median,
    "a prediction that is off by no more than the tolerance costs nothing": _tolerant_loss_begins_behind_the_tolerance,
    "so wild errors are less of a surprise": lambda: all(
        exp(-sqrt(2) * r) > 1.5 * erfc(r / sqrt(2)) for r in (3, 5, 9)
    ),
    "With the squared loss the prediction arrives, by ever smaller steps": lambda: (
        falls(abs(np.diff(_path(costs.mse_backward, 0.3, 12))))
        and abs(_path(costs.mse_backward, 0.3, 12)[-1] - 1) < 1e-4
    ),
    "it jumps as well, but in ever smaller steps": _it_jumps_in_ever_smaller_steps,
    "with a smaller one at the end": _a_smaller_rate_at_the_end_comes_nearer,
}

BY_EQUATION = {}

BY_TEST = {}

NO_CLAIM = {
    "What if such a residual should cost three times as much?": "question",
    "touches the loss at the kink and never lies above it": "definition",
    "half a degree": "other sense",
    "Which single constant $c$ has the smallest MAE?": "question",
    "`np.clip(r, lowest, highest)`": "other sense",
    "which constants have the smallest MAE, and what is it?": "question",
    "Which constant stock has the smallest mean loss": "question",
    "return the smallest of them": "task",
    "Go through the demands from the smallest on": "instruction",
    "residual less the tolerance": "other sense",
}

REST = 0
