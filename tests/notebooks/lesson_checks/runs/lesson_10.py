"""What holds the words of outcome of lesson 10, gradient descent."""

from functools import cache

import numpy as np

from dnn_lessons import (
    backward,
    compute_cost,
    datasets,
    descent,
    forward,
    parameters,
    training,
)
from dnn_lessons.activations import ACTIVATIONS
from lesson_checks.runs.common import falls, near, rises

EXPLORERS = "tests/classroom/explorers/test_lesson_10.py"
CURVATURES = [(1, 9), (2, 3, 7), (0.1, 5, 1), (4, 4.5)]


def _errors_of_the_tangent(sizes):
    """Return by how much the cost of the tiny network misses its tangent, for moves of sizes."""
    X, Y, tiny = datasets.tiny_network()
    cost = lambda w: compute_cost(  # noqa: E731
        forward.L_model_forward(
            X, {**tiny, "W2": np.array([[2 + w, -1.0]])}, "relu", "sigmoid"
        )[0],
        Y,
    )
    AL, caches = forward.L_model_forward(X, tiny, "relu", "sigmoid")
    slope = backward.L_model_backward(AL, Y, caches, "relu", "sigmoid")["dW2"][0, 0]
    return np.array([abs(cost(h) - cost(0) - h * slope) for h in sizes])


def _vanishes_faster():
    """Whether the error, divided by h, tends to 0 with h."""
    sizes = 10.0 ** -np.arange(5)
    shares = _errors_of_the_tangent(sizes) / sizes
    return falls(shares) and shares[-1] < 1e-4


def _factor(curvature, rate):
    """Return what a step of the descent on a parabola multiplies by."""
    parabola = descent.quadratic("parabola", [curvature], start=[-1.0])
    path = descent.descend(parabola, parabola.start, rate, steps=1)[0]
    return path[1] / path[0]


def _sizes(curvatures, rate):
    """Return the sizes of the factors of all coordinates."""
    return [abs(_factor(each, rate)) for each in sorted(curvatures)]


def _middle_ones_are_never_slowest():
    """Whether at all rates up to the threshold the first or the last curvature has the largest size."""
    cases = [c for c in CURVATURES if len(c) > 2]
    rates = [np.linspace(0.01, 0.99, 25) * 2 / max(c) for c in cases]
    return all(
        max(sizes[0], sizes[-1]) == max(sizes)
        for c, each in zip(cases, rates, strict=True)
        for sizes in (_sizes(c, rate) for rate in each)
    )


def _slowest_has_the_largest_factor():
    """Whether after ten steps the coordinate with the largest factor is farthest from the minimum."""
    left = [[abs(_factor(c, 0.15)) ** 10 for c in each] for each in CURVATURES]
    sizes = [[abs(1 - 0.15 * c) for c in each] for each in CURVATURES]
    return [*map(np.argmax, left)] == [*map(np.argmax, sizes)] == [0, 0, 0, 0]


def _between(curvatures):
    """Return rates around the best one, between 1 over the largest and 1 over the least curvature."""
    return np.linspace(1 / max(curvatures), 1 / min(curvatures), 9)[1:-1]


def _first_shrinks():
    """Whether the factor of the least curvature is positive there, and falls as the rate rises."""
    factors = [[_factor(min(c), rate) for rate in _between(c)] for c in CURVATURES]
    return all(falls(each) and min(each) > 0 for each in factors)


def _other_grows():
    """Whether the factor of the largest curvature is negative there, and its size rises."""
    factors = [[_factor(max(c), rate) for rate in _between(c)] for c in CURVATURES]
    return all(falls(each) and max(each) < 0 for each in factors)


def _first_shrinks_and_second_is_enlarged():
    """Whether it is so for the curvatures 1 and 9, from 1/9 on and not before."""
    before, behind = np.linspace(0.01, 1 / 9, 9), np.linspace(1 / 9, 0.9, 9)
    first = [abs(_factor(1, rate)) for rate in (*before, *behind[1:])]
    second = [[abs(_factor(9, rate)) for rate in rates] for rates in (before, behind)]
    return falls(first) and falls(second[0]) and rises(second[1])


def _best_rate_of_many(curvatures):
    """Return, of many rates, the one that leaves the slowest coordinate the least factor."""
    rates = np.linspace(0.001, 2 / max(curvatures), 400)
    sizes = np.abs(1 - np.outer(curvatures, rates))
    return rates[sizes.max(axis=0).argmin()]


def _best_rate_is_two_over_the_sum():
    """Whether no rate of a fine grid leaves the slowest coordinate a smaller factor."""
    tried = [_best_rate_of_many(c) for c in CURVATURES]
    foreseen = [2 / (min(c) + max(c)) for c in CURVATURES]
    return near(tried, foreseen, 0.01)


def _curvature_of_a_linear_unit():
    """Return the second derivative of its MSE by the weight, over the mean square of its input."""
    x, y = np.random.default_rng(0).standard_normal((2, 1, 50)) * 3
    cost = lambda w: compute_cost(w * x + 0.5, y, "mse")  # noqa: E731
    return (cost(1.5) - 2 * cost(1.0) + cost(0.5)) / 0.25 / np.mean(x**2)


def _lowest_and_highest():
    """Whether the saddle is the lowest point along the one coordinate and the highest along the other."""
    h, value = np.linspace(-0.5, 0.5, 101), descent.SURFACES["saddle"].value
    along = value(np.stack([h, 0 * h])), value(np.stack([0 * h, h]))
    return along[0].argmin() == along[1].argmax() == 50


def _costs(rate, epochs):
    """Return the first costs of a run of the lesson's regression."""
    x, y = datasets.regression_curve(100)
    begin = parameters.initialize_parameters((1, 20, 20, 1), "relu", "linear", rng=0)
    model = datasets.Scaler.fit(x).transform(x), y, begin, "relu", "linear", "mse"
    return training.train(*model, learning_rate=rate, num_epochs=epochs, batch_size=100)[
        1
    ]


def _sinks_slowly_and_drops():
    """Whether both costs fall, the second to a hundredth in ten epochs, the first to no third."""
    slow, fast = _costs(0.0003, 40), _costs(0.01, 11)
    return (
        falls(slow)
        and falls(fast)
        and fast[10] < fast[0] / 100
        and slow[10] > slow[0] / 3
    )


def _jumps_and_stays():
    """Whether the cost at the largest rate rises more than a hundredfold, and ends level."""
    costs = _costs(0.12, 120)
    return max(costs) > 100 * costs[0] and np.ptp(costs[-20:]) < 1e-3 * costs[-1]


@cache
def _moons_from_zero():
    """Return the predictions and the gradients of a network of zeros, and the labels."""
    X, Y = datasets.two_moons(200, noise=0.2, rng=0)
    drawn = parameters.initialize_parameters((2, 4, 1), "tanh", "sigmoid", rng=0)
    AL, caches = forward.L_model_forward(
        X, {k: 0 * P for k, P in drawn.items()}, "tanh", "sigmoid"
    )
    return AL, backward.L_model_backward(AL, Y, caches, "tanh", "sigmoid"), Y


def _nothing_moves():
    """Whether half of the labels are 1, and all gradients are 0."""
    _, grads, Y = _moons_from_zero()
    return Y.mean() == 0.5 and not any(
        np.abs(G).max() > 1e-15 for name, G in grads.items() if name[1] != "A"
    )


def _gradient_of_ten_layers(scale):
    """Return the length of the gradient by the first weights of ten layers of ReLU."""
    draws = parameters.initialize_parameters(
        [100] * 11, "relu", "relu", scale=scale, rng=0
    )
    X, Y = np.random.default_rng(1).standard_normal((2, 100, 50))
    AL, caches = forward.L_model_forward(X, draws, "relu", "relu")
    grads = backward.L_model_backward(AL, Y, caches, "relu", "relu", "mse")
    return np.linalg.norm(grads["dW1"])


def _promise(curvature, theta, rate):
    """Return the promised fall of (10.2) on a parabola, over twice the rate, the curvature and J."""
    parabola = descent.quadratic("parabola", [curvature], start=[theta])
    J, slope = parabola.value(np.array([theta])), parabola.gradient(np.array([theta]))[0]
    return rate * slope**2 / (2 * rate * curvature * J)


RUNS = {
    "About ten times as many steps, as from 100 to 1000": (
        "10-20",
        lambda n: round(n[7] / n[4]) == round(n[10] / n[7]) == 10,
    ),
    r"the cost even stays at $\log 2$": ("10-34", lambda n: n[2] == 0.69),
    "take equal steps, and stay equal": ("10-34", lambda n: n[1] == n[4] == 1),
    "The size neither grows nor fades from layer to layer": (
        "10-38",
        lambda n: abs(n[-1] / n[-3] - 1) < 0.1,
    ),
    r"the error shrinks faster than $\eta$": (
        "10-08",
        lambda n: falls(
            [(p - m) / e for e, p, m in zip(n[::4], n[1::4], n[2::4], strict=True)]
        ),
    ),
    r"promises a fall of $\eta$ times the sum of all squared derivatives": (
        "10-08",
        lambda n: rises(n[3::4]) and abs(n[-1] - 1) < 0.005,
    ),
    "At 0.45 they leap from side to side and close in": (
        "10-14",
        lambda n: n[4] == 0.45 and -1 < n[5] < 0,
    ),
    "At 0.5 they leap for ever between the same two points, and at 0.55 each leap is longer": (
        "10-14",
        lambda n: n[6:9] == [0.5, -1, 0.55] and n[9] < -1,
    ),
    "The leaps have pushed every ReLU of that layer to its flat side": (
        "10-26",
        lambda n: n[0] == 0 and n[1] == n[2],
    ),
    "have mean 0 and drop out": ("10-35a", lambda n: abs(n[1] / n[0] - 1) < 0.02),
    "The ReLU keeps one half": ("10-35a", lambda n: abs(2 * n[3] / n[1] - 1) < 0.02),
    r"A larger $\eta$ promises more and keeps less of its promise": (
        "10-08",
        lambda n: falls(n[1::4]) and rises(n[3::4]),
    ),
    "At a larger rate still, the module stops the run": (
        "10-28",
        lambda n: n[0] == 8 and n[1] > 0.12,
    ),
    "the bends lie apart, and the line can turn in more than one place": (
        "10-42",
        lambda n: len({*n[3:9]}) == 1 and len({*n[9:]}) == 6,
    ),
}


def _limit_and_pace():
    """Whether the largest curvature alone passes 1 at 2 over it, and at 1 over it the least is slowest."""
    thresholds = [(c, 2 / max(c)) for c in CURVATURES]
    limited = all(
        _sizes(c, 0.99 * rate)[-1] < 1 < _sizes(c, 1.01 * rate)[-1]
        and _sizes(c, rate)[0] < 1
        for c, rate in thresholds
    )
    return limited and all(np.argmax(_sizes(c, 1 / max(c))) == 0 for c in CURVATURES)


def _leaves_after_73_steps():
    """Whether both starts beside the line are more than 0.5 away from it then and not before."""
    ways = [
        descent.descend(descent.SURFACES["saddle"], (-1.6, beside), 0.2, steps=200)[1]
        for beside in (1e-6, -1e-6)
    ]
    return all(abs(way[72]) < 0.5 < abs(way[73]) for way in ways) and near(
        [way[-1] for way in ways], [1, -1]
    )


COMPUTED = {
    "The error vanishes faster than $h$": _vanishes_faster,
    "each step leaps to the other side of the minimum, and halves the distance": lambda: (
        near(_factor(0.5, 3), -0.5)
    ),
    "Curvatures between those two are never the slowest": _middle_ones_are_never_slowest,
    "is positive and shrinks as the rate grows": _first_shrinks,
    "The other one is negative, and its size grows": _other_grows,
    "A larger rate shrinks the first in size": _first_shrinks_and_second_is_enlarged,
    "is two over the sum of the smallest and the largest curvature": _best_rate_is_two_over_the_sum,
    "is twice the mean square of its input": lambda: near(
        _curvature_of_a_linear_unit(), 2
    ),
    "is the one whose factor has the largest size": _slowest_has_the_largest_factor,
    r"Along $\theta_1$ this point is the lowest, along $\theta_2$ the highest near by": _lowest_and_highest,
    "At 0.0003 the cost sinks slowly, at 0.01 it drops within ten epochs": _sinks_slowly_and_drops,
    "At 0.12 it first jumps up more than a hundredfold, then falls and stays level": _jumps_and_stays,
    "half moons, half of them labelled 0": lambda: np.mean(_moons_from_zero()[2]) == 0.5,
    "All predictions are a half": lambda: np.all(_moons_from_zero()[0] == 0.5),
    "Half of the labels are 1, so $db^{[2]}$ is 0 too": _nothing_moves,
    "which cut off no half, have 1": lambda: (
        {name for name, each in ACTIVATIONS.items() if each.variance_scale != 1}
        == {"relu", "leaky_relu"}
    ),
    "So it fades or explodes too": lambda: (
        _gradient_of_ten_layers(0.01) * 1e6
        < _gradient_of_ten_layers(None)
        < _gradient_of_ten_layers(0.3) / 100
    ),
    "The promised fall is": lambda: near([_promise(4, -1, 0.1), _promise(0.5, 3, 2)], 1),
    r"The cost falls while $\eta^2 \lambda^2 < 2 \eta \lambda$": lambda: (
        abs(_factor(4, 0.499)) < 1 < abs(_factor(4, 0.501))
    ),
    "larger curvature limits the rate, and the smaller one then sets the pace": _limit_and_pace,
    "both factors then have the size 0.8, and any other rate makes one of them larger": lambda: (
        near(_sizes((1, 9), 0.2), 0.8)
        and all(max(_sizes((1, 9), rate)) > 0.8 for rate in (0.01, 0.19, 0.21))
    ),
    "At $\\frac{1}{9}$ the slower one is 0.89": lambda: (
        abs(_sizes((1, 9), 1 / 9)[0] - 0.89) < 0.005 and _sizes((1, 9), 1 / 9)[1] < 1e-9
    ),
    "more than 0.5 beside the line after 73 steps": _leaves_after_73_steps,
}

BY_EQUATION = {}

BY_TEST = {
    "at 0.2 it leaps for ever": (
        f"{EXPLORERS}::test_the_answer_about_the_ravine",
        "seen[0.2] == 'at the threshold'",
    ),
    "at 0.3 more than half": (
        f"{EXPLORERS}::test_the_answer_about_the_first_weights",
        "explorer.set(scale=0.3).state.given.crowded > 0.5",
    ),
    "start fades a little too, from 0.63 to 0.28, since tanh shrinks": (
        f"{EXPLORERS}::test_the_answer_about_the_first_weights",
        "sizes_of(explorer, 'scaled') == ['0.63', '0.28']",
    ),
}

NO_CLAIM = {
    "at which does it leap to and fro for ever": "question",
    "for which this largest size is smallest": "task",
    "which curvature has the factor of the largest size?": "question",
    "does the number of steps grow if the ratio": "question",
    "differentiate (7.2) twice by": "instruction",
    "cost never rises above the straight line": "definition",
    "with which do the activations fade, and with which do they explode?": "question",
    "do its activations fade, and at which do they crowd": "question",
    "Do most of six bends fall there?": "question",
    "Let $\\lambda_2$ be the larger": "instruction",
    "For which rates does a step lower the cost?": "question",
}

REST = 0
