"""What holds the words of outcome of lesson 13, prediction."""

from itertools import pairwise, product

import numpy as np

from lesson_checks.runs.common import falls, near, rises

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
}

COMPUTED = {
    "because $e^{z/2}$ grows with $z$, $e^{-z/2}$ falls": _powers_of_e,
    "the score is twice the number of found ones": _score_counts_the_found_ones_twice,
    "so its lowest cost is a little too good": _the_lowest_of_many_flatters,
    "Plus 1, and divided by 2, that is 1, one half and 0": lambda: near(
        (np.sign([3.0, 0.0, -0.5]) + 1) / 2, [1, 0.5, 0]
    ),
    "Any rising function of the outputs gives the same score": _only_the_order_counts,
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
    "the held-out cost can fall again (see Belkin, 2019, below)": "history",
}

REST = 0
