"""What holds the words of outcome of lesson 14, regression."""

from functools import cache

import numpy as np
from numpy.polynomial.chebyshev import chebvander

from dnn_lessons import batch_generator, compute_cost, experiment, sigmoid
from dnn_lessons.classroom.exercises.lesson_14 import EXERCISES
from dnn_lessons.datasets import attenuated_sine
from lesson_checks.runs.common import falls, near

EXPLORERS = "tests/classroom/explorers/test_training_runs.py"


def _the_waves_fade():
    """Whether each crest of the curve is lower than the one before."""
    crests = np.pi / 2 + 2 * np.pi * np.arange(-3, 4)
    return falls(attenuated_sine(crests)) and near(
        attenuated_sine(crests[3]), np.exp(-np.pi / 20) / 2
    )


def _terms_stay_bounded():
    """Whether no Chebyshev polynomial up to degree 480 leaves the range from -1 to 1, as powers outside do."""
    inside, outside = (
        chebvander(np.linspace(-1, 1, 201), 480),
        chebvander(np.array([1.1]), 480),
    )
    return np.abs(inside).max() < 1 + 1e-9 < np.abs(outside).max()


def _loss_falls_for_labels_above_1():
    """Whether it falls at every z for a label above 1, and turns for one below."""
    z = np.linspace(-8, 8, 81)
    losses = {y: (sigmoid(z)[0] - y) ** 2 for y in (1.5, 1.01, 0.5)}
    return falls(losses[1.5]) and falls(losses[1.01]) and not falls(losses[0.5])


def _each_example_once(epochs=3):
    """Whether three epochs use each of 500 examples three times, and the command's default is 3,000 epochs."""
    X, rng = np.arange(500.0).reshape(1, 500), np.random.default_rng(0)
    parts = [p for _ in range(epochs) for p, _ in batch_generator(X, X, 8, rng=rng)]
    counts = np.bincount(np.hstack(parts)[0].astype(int), minlength=500)
    return np.all(counts == epochs) and experiment.Settings().num_epochs == 3000


def _costs_in_per_cent():
    """Return the MSE of answers and of the best constant: of labels, and of labels 100 times as large."""
    answers, labels = np.random.default_rng(0).random((2, 1, 40))
    return [
        [
            compute_cost(s * A, s * labels, "mse")
            for A in (answers, np.full_like(labels, labels.mean()))
        ]
        for s in (1, 100)
    ]


def _degree_10_on_noise():
    """Return the held-out MSE of the polynomial of degree 10, fitted to the noisy labels."""
    (X, Y), (X_held, Y_held) = (
        experiment.curve_data().train,
        experiment.curve_data().held_out,
    )
    noisy = Y + 0.02 * np.random.default_rng(0).standard_normal(Y.shape)
    basis = [chebvander(each[0] / (2 * np.pi), 10) for each in (X, X_held)]
    coefficients = np.linalg.lstsq(basis[0], noisy[0], rcond=None)[0]
    return compute_cost((basis[1] @ coefficients)[None], Y_held, "mse")


RUNS = {
    "Both halve the MSE of the mean": (
        "14-47",
        lambda n: all(0.45 < each / n[0] < 0.55 for each in n[1:]),
    ),
    "The line nearly halves the cost": ("14-08", lambda n: 0.5 < n[1] / n[0] < 0.56),
    "will the cost fall smoothly from epoch to epoch?": (
        "14-20",
        lambda n: n[-1] > 25,
    ),
    "The training curve falls far below both levels": (
        "14-43",
        lambda n: n[-2] < 2840 / 4,
    ),
    "and a rate that never shrinks, the parameters never come to rest": (
        "14-20",
        lambda n: n[0] == 1000 and n[-1] > 25,
    ),
    "If that is the cause, a linear output will learn the rise from the same points": (
        "14-22b",
        lambda n: max(n[12:15]) < min(n[2:5] + n[7:10]) / 5,
    ),
    "The network grows by nine weights for each of its 20 first units": (
        ("14-30", "14-32"),
        lambda n: (n[-1] - n[12]) / 20 == 9,
    ),
    "whose curve never reaches least squares, soon turns, and ends near the mean": (
        ("14-41", "14-43"),
        lambda n: (
            min(n[13::3]) > n[9]
            and n[16] < min(n[13], n[19])
            and abs(n[22] / n[8] - 1) < 0.05
        ),
    ),
    "both are less than a fiftieth of the constant's": (
        "14-14",
        lambda n: n[0] < n[3] / 50 and n[1] < n[4] / 50,
    ),
    "the linear output leaves less than a fifth of what the sigmoid leaves at either rate": (
        "14-22b",
        lambda n: all(n[k + 10] < min(n[k], n[k + 5]) / 5 for k in (2, 3, 4)),
    ),
    "The held-out one is larger than that of the network": (
        "14-30",
        lambda n: _polynomial_of_degree(480) > 1.5 * n[-1],
    ),
    "Eleven coefficients beat the network by a factor of more than 500": (
        "14-30",
        lambda n: n[7] == 11 and n[-1] > 500 * n[8],
    ),
    "More parameters were not better": ("14-30", lambda n: n[-2] > n[7] and n[-1] > n[8]),
}


@cache
def _linear_output(rate):
    """Return the MSE that a linear output leaves after 60 epochs at a rate."""
    run = experiment.Experiment(
        experiment.curve_data(),
        output="linear",
        learning_rate=rate,
        num_epochs=60,
        seed=0,
    )
    for _ in run.epochs():
        pass
    return run.scores()[0].train


def _polynomial_of_degree(degree):
    """Return the held-out MSE of the polynomial fitted to the training points."""
    train, held_out = experiment.curve_data().train, experiment.curve_data().held_out
    bases = [chebvander(X[0] / (2 * np.pi), degree) for X, _ in (train, held_out)]
    coefficients = np.linalg.lstsq(bases[0], train[1][0], rcond=None)[0]
    return compute_cost((bases[1] @ coefficients)[None], held_out[1], "mse")


def _the_ratio_alone_stays():
    """Whether the MSE over that of the constant is the same in both units, and neither MSE is."""
    small, large = _costs_in_per_cent()
    return near(small[0] / small[1], large[0] / large[1]) and large[0] > 100 * small[0]


def _skill_falls_below_0_behind_the_constant():
    """Whether the score of the exercise is 1, 0 and below 0 for ever worse answers."""
    score = next(each.truth for each in EXERCISES if each.name == "skill_score")
    Y, Y_train = np.array([[2.0, 4.0]]), np.array([[1.0, 2.0, 3.0]])
    constant = np.full(Y.shape, Y_train.mean())
    return score(Y, Y, Y_train) == 1 and score(constant, Y, Y_train) == 0 > score(
        constant - 0.1, Y, Y_train
    )


COMPUTED = {
    "and below 0 for answers that are worse than the constant": _skill_falls_below_0_behind_the_constant,
    "The network is to learn a sine wave that fades": _the_waves_fade,
    "The full command trains three times as long": lambda: (
        experiment.Settings().num_epochs == 3 * 1000
    ),
    "that stay between $-1$ and 1 on inputs scaled to that range": _terms_stay_bounded,
    "So the loss falls for ever as $z$ grows": _loss_falls_for_labels_above_1,
    "An epoch uses each example once, so 3,000 times": _each_example_once,
    "is 100 times as large, as is one of the constant, so both MSEs are 10,000 times as large": (
        lambda: near(np.divide(*_costs_in_per_cent()[::-1]), 1e4)
    ),
    "The ratio stays": lambda: near(*(a / b for a, b in _costs_in_per_cent())),
    "Degree 10 stays near 1e-5": lambda: near(_degree_10_on_noise(), 1e-5, 0.5),
    "returns the place of the smallest entry, and the first one of equals": lambda: (
        np.argmin([3, 1, 2, 1]) == 1
    ),
    "It needs a smaller rate": lambda: 0 < 5 * _linear_output(0.02) < _linear_output(0.1),
    "$(2\\pi)^{480}$ is larger than any `float64`": lambda: (
        480 * np.log(2 * np.pi) > np.log(np.finfo(float).max) > 350 * np.log(2 * np.pi)
    ),
    "which is why a baseline says more than a bare number": _the_ratio_alone_stays,
}

BY_EQUATION = {}

BY_TEST = {
    "the run before stays as a pale line": (
        f"{EXPLORERS}::test_an_earlier_run_stays_with_what_was_different",
        "line(explorer, 'rate η 0.1')[1].tolist() == before",
    ),
    "They shrink last at the right end": (
        f"{EXPLORERS}::test_lesson_12_and_14_say_what_is_learnt_last",
        "residual(explorer, right=False) < 0.05",
    ),
    "the cost after 500 epochs is three times as large": (
        f"{EXPLORERS}::test_lesson_14_says_what_the_settings_change",
        "2.7 < batches.state.costs[-1] / first.state.costs[-1] < 3.3",
    ),
    "the residual at the right end falls below 0.03": (
        f"{EXPLORERS}::test_lesson_14_says_what_the_settings_change",
        "residual(linear, right=True) < 0.03",
    ),
    "At the right end both lines fall to the same large residual": (
        "tests/tools/test_images.py::test_the_fit_through_the_epochs_is_as_lesson_14_says",
        "fits[100][-1] == pytest.approx(fits[1000][-1], abs=0.005)",
    ),
    "by 3,000 the line begins to rise there too": (
        "tests/tools/test_images.py::test_the_fit_through_the_epochs_is_as_lesson_14_says",
        "fits[3000][-1] > 1.5 * fits[3000][end][0]",
    ),
    "The network stays below 0.001": (
        "tests/notebooks/test_answers.py::test_lesson_14_fits_noise",
        "float(network) < 0.001",
    ),
}

NO_CLAIM = {
    "Will the best line halve the cost of the constant": "question",
    "What of the doubled curve, which reaches 1.62?": "question",
    "the one with the smallest mean squared error (*least squares*)": "definition",
    "where do the residuals $r = a - y$ shrink last?": "question",
    "brings each input from its smallest value to its largest": "task",
    "how will its curve look where the data rise above 1?": "question",
    "cost fall below least squares?": "question",
    "will the held-out score be much worse than the training score?": "question",
    "Take a smaller network, 20 epochs, and ten splits": "instruction",
}

REST = 0
