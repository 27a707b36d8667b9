"""What holds the words of outcome of lesson 13, prediction."""

from inspect import signature
from itertools import pairwise, product

import numpy as np

from dnn_lessons import DeepNeuralNetwork, L_model_forward, datasets, descent
from lesson_checks.runs.common import falls, near, rises, value

EXPLORERS = "tests/classroom/explorers/test_lesson_13.py"


def _powers_of_e():
    """Whether one grows with z, the other falls, and both are 1 at 0."""
    z = np.linspace(-6, 6, 41)
    up, down = np.exp(z / 2), np.exp(-z / 2)
    return rises(up) and falls(down) and up[20] == down[20] == 1


def _cases(count=50):
    """Yield drawn answers and labels, both of them 0 or 1, of which one at least is found."""
    for seed in range(count):
        answer, label = np.random.default_rng(seed).integers(0, 2, (2, 12))
        if np.any(answer & label):
            yield answer, label


def _score_counts_the_found_ones_twice():
    """Whether the F1 score by precision and recall is twice the found ones by answers and labels of 1."""
    pairs = []
    for answer, label in _cases():
        found = np.sum(answer & label)
        precision, recall = found / answer.sum(), found / label.sum()
        score = 2 * precision * recall / (precision + recall)
        pairs.append((score, 2 * found / (answer.sum() + label.sum())))
    return near(*zip(*pairs, strict=True))


def _the_lowest_of_many_flatters():
    """Whether the lowest of eight measured costs, of networks that are equally good, lies below the truth."""
    measured = np.random.default_rng(13).normal(0.3, 0.02, (1000, 8))
    return measured.min(axis=1).mean() < 0.3 - 0.02 < measured[:, 0].mean()


def _score(AL, Y):
    """Return the mean over all pairs of a 1 and a 0 of whether the 1 has the larger output."""
    pairs = [*product(AL[Y == 1], AL[Y == 0])]
    return np.mean([(one > zero) + (one == zero) / 2 for one, zero in pairs])


def _only_the_order_counts():
    """Whether rising functions of the outputs leave the score, and a falling one does not."""
    AL, Y = np.random.default_rng(0).random(30).round(1), np.arange(30) % 3 == 0
    same = [
        _score(f(AL), Y) for f in (np.exp, np.tanh, lambda A: 3 * A - 7, lambda A: A**3)
    ]
    return near(same, _score(AL, Y)) and near(_score(-AL, Y), 1 - _score(AL, Y))


RUNS = {
    "Very wide networks *overfit* here": (
        "13-30",
        lambda n: (
            falls(n[5:8])
            and rises([held - seen for seen, held in zip(n[4:8], n[12:16], strict=True)])
        ),
    ),
    "The training cost falls almost everywhere as the layers grow": (
        "13-30",
        lambda n: sum(after < before for before, after in pairwise(n[:8])) >= 6,
    ),
    '"wider is worse" is no law': ("13-30", lambda n: falls(n[8:13])),
    "lowest at a middle width and rises again": (
        "13-30",
        lambda n: min(n[8:16]) == min(n[10:14]) and rises(n[12:16]),
    ),
    "the held-out cost rose by almost half while the share of right answers fell by only four": (
        ("13-30", "13-33"),
        lambda n: 1.4 < n[15] / n[12] < 1.5 and abs(n[41] - n[56] - 4) < 0.5,
    ),
    "So only the answer itself grows with the number of examples": (
        "13-12",
        lambda n: abs(n[1] * 1e6 / (8 * n[0]) - 1) < 0.01,
    ),
    "right far more often than the constant, and more often on the examples that it has trained on": (
        "13-26",
        lambda n: n[0] > n[1] > 1.5 * n[7] and n[1] > 150 * n[9] / n[10],
    ),
    "It is nearly as sure as on the training examples, but less often right": (
        "13-33",
        lambda n: all(
            abs(n[k + 1] - n[k + 3]) < 3 and n[k + 4] < n[k + 2] for k in range(0, 40, 5)
        ),
    ),
    "From 75 to 85 % it is worse": (
        "13-34a",
        lambda n: n[11] - n[12] > 1.5 * (n[18] - n[19]),
    ),
}


AL_SIX = np.array([0.9, 0.8, 0.4, 0.6, 0.2, 0.1])
Y_SIX = np.arange(6) < 3


def _misses_and_alarms(threshold):
    """Return how many of the lesson's six examples are missed, and how many are false alarms."""
    answer = threshold < AL_SIX
    return np.sum(~answer & Y_SIX), np.sum(answer & ~Y_SIX)


def _fewer_misses_and_more_alarms():
    """Whether a threshold that falls makes the misses fewer, and never the alarms, until none is missed."""
    pairs = map(_misses_and_alarms, np.linspace(0.95, 0.05, 10))
    misses, alarms = map(list, zip(*pairs, strict=True))
    in_order = misses == sorted(misses, reverse=True) and alarms == sorted(alarms)
    return in_order and (misses[0], alarms[0], misses[-1], alarms[-1]) == (3, 0, 0, 3)


def _first_is_smaller_beyond(cost_of_a_miss, border):
    """Whether the damage of the answer 1 is the smaller one exactly for a p above the border."""
    p = np.linspace(0.005, 0.995, 100)
    return np.array_equal(1 - p < cost_of_a_miss * p, p > border)


def _steps_of(scale):
    """Return how many steps of the rate 1 / (largest curvature) bring two inputs, one of them scaled, near."""
    curvatures = [1.0, scale**2]
    bowl = descent.quadratic("inputs", curvatures, start=[1.0, 1.0])
    path = descent.descend(bowl, bowl.start, 1 / max(curvatures), steps=2000)
    return np.argmax(bowl.value(path) < 1e-3)


def _starts_with_a_dead_layer(width, starts=300):
    """Return the share of starts in which the second hidden layer is silent for all training points."""
    X, _ = datasets.two_moons(100, noise=0.35, rng=0)
    dead = 0
    for seed in range(starts):
        network = DeepNeuralNetwork([2, width, width, 1], rng=seed)
        _, caches = L_model_forward(X, network.parameters, "relu", "sigmoid")
        dead += np.all(caches[1][1] <= 0)
    return dead / starts


def _bends_at_the_kink_alone():
    """Whether the ReLU is a straight line on both sides of 0 and bends there."""
    bends = np.diff(value("relu", np.linspace(-3, 3, 61)), 2)
    return np.flatnonzero(abs(bends) > 1e-9).tolist() == [29]


COMPUTED = {
    "because $e^{z/2}$ grows with $z$, $e^{-z/2}$ falls": _powers_of_e,
    "the score is twice the number of found ones": _score_counts_the_found_ones_twice,
    "so its lowest cost is a little too good": _the_lowest_of_many_flatters,
    "Plus 1, and divided by 2, that is 1, one half and 0": lambda: near(
        (np.sign([3.0, 0.0, -0.5]) + 1) / 2, [1, 0.5, 0]
    ),
    "Any rising function of the outputs gives the same score": _only_the_order_counts,
    "The first is smaller exactly when $p > \\frac{1}{2}$": lambda: (
        _first_is_smaller_beyond(1, 1 / 2)
    ),
    "The first is smaller exactly when $1 - p < 9p$": lambda: _first_is_smaller_beyond(
        9, 1 / 10
    ),
    "Four fifths are held out here, much more than usual": lambda: (
        3 * signature(datasets.train_test_split).parameters["test_size"].default < 4 / 5
    ),
    "Gradient descent is slow where one input is much larger than another": lambda: (
        _steps_of(20) > 100 * _steps_of(1) > 0
    ),
    "Few units make it more likely, because a whole layer has to die": lambda: falls(
        [_starts_with_a_dead_layer(width) for width in (1, 2, 3, 8)]
    ),
    "A unit bends the border only where it begins to answer more than 0": _bends_at_the_kink_alone,
    "A lower one.": lambda: _misses_and_alarms(0.2) == (0, 1) < _misses_and_alarms(0.5),
    "In general fewer misses are paid for with more false alarms": _fewer_misses_and_more_alarms,
}

BY_EQUATION = {}

BY_TEST = {
    "With two layers of 32 units the held-out cost is lowest in epoch 60": (
        f"{EXPLORERS}::test_answer_2_the_held_out_cost_turns",
        "np.argmin(held_out) + 1 == epoch",
    ),
    "With three layers it is lowest in epoch 47, at 0.28, and ends at 0.518, while the training cost falls": (
        f"{EXPLORERS}::test_answer_2_the_held_out_cost_turns",
        "costs['training'][-1] < costs['training'][epoch - 1]",
    ),
    "The earlier run stays as a pale line": (
        f"{EXPLORERS}::test_earlier_runs_leave_their_border_and_their_held_out_cost",
        "np.testing.assert_array_equal(held_out.y, before.costs['held out'])",
    ),
    "With two units it stays open": (
        f"{EXPLORERS}::test_answer_3_three_units_close_the_border",
        "any(np.array_equal(loop[:, 0], loop[:, -2]) for loop in loops) == closes",
    ),
    "with `rng=2` the lowest stands at width 8": (
        "tests/notebooks/test_answers.py::test_lesson_13_is_lowest_at_another_width_from_another_start",
        "min(held, key=held.get) == 8",
    ),
    "so that no layer holds more than a fixed number of values": (
        "tests/core/test_prediction.py::test_a_block_has_as_many_examples_as_its_widest_layer_takes",
        "blocks == sizes",
    ),
}

NO_CLAIM = {
    "is nine times as bad": "task",
    "learns the fading sine": "other sense",
    "Do not take the probability of an overfitted network at its word": "instruction",
    "so that the damage is smallest on average?": "question",
    "it is twice their product, divided by their sum": "task",
    "two noisy half moons": "other sense",
    "so that the training inputs stay where they are": "task",
    "while the training cost still falls?": "question",
    "or far larger networks, the held-out cost can fall again (see Belkin, 2019, below)": "history",
    "Which threshold makes the classifier miss fewer 1s?": "question",
    "has the larger output": "task",
}

REST = 0
