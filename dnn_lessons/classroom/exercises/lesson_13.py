"""The exercises of lesson 13: thresholds, the F1 score, scaling without a leak, and ranking."""

import statistics
from fractions import Fraction

import numpy as np

from dnn_lessons.classroom.exercises.question import Misunderstanding, Question

LESSON = "13_prediction.ipynb"
ANSWER = "From a probability to an answer"
COUNT = "Count the mistakes"
LEAK = "Bug hunt: a leak"
OWN = "On your own"


def _smallest_damage(missed):
    """Return the probability from which on the answer 1 does less damage, found by trying."""
    tried = np.arange(1, 1000) / 1000
    is_one = 1 - tried <= missed * tried
    return tried[is_one].min()


def _labelled_cases(rng):
    """Return outputs in eighths, so that some are equal, with labels of both kinds."""
    cases = []
    for m in (2, 3, 4, 5, 8, 12):
        Y = rng.permutation(np.arange(m) < max(1, m // 3)).astype(float)
        AL = (rng.integers(1, 6, size=(1, m)) + 2 * (rng.random((1, m)) < Y)) / 8
        cases += [(AL.astype(bits), Y.reshape(1, -1).astype(bits)) for bits in "df"]
    return cases


def _threshold_cases(rng):
    """Return such cases with a threshold; in some, no 1 is answered, or none is a label."""
    pairs = _labelled_cases(rng)
    cases = [(AL, Y, rng.choice([0.25, 0.375, 0.5, 0.625])) for AL, Y in pairs]
    none, ones = np.array([[0.25, 0.5]]), np.array([[1.0, 0.0]])
    return [
        *cases,
        (none, 0 * ones, 0.5),
        (none, ones, 0.75),
        (none, ones[:, ::-1], 0.375),
        (none, 0 * ones, 0.125),
    ]


def _tally(AL, Y, threshold):
    """Return how many 1s are answered, how many are labels, and how many are both."""
    pairs = list(zip(AL.ravel().tolist(), Y.ravel().tolist(), strict=True))
    answers = [a > threshold for a, _ in pairs]
    labels = [y == 1 for _, y in pairs]
    both = [a and y for a, y in zip(answers, labels, strict=True)]
    return sum(answers), sum(labels), sum(both)


def _shares(AL, Y, threshold):
    """Return precision and recall as fractions, 0 where nothing is found."""
    answers, labels, found = _tally(AL, Y, threshold)
    return (Fraction(found, answers), Fraction(found, labels)) if found else (0, 0)


def _f1(AL, Y, threshold):
    """Return the F1 score as the task defines it."""
    precision, recall = _shares(AL, Y, threshold)
    return float(2 * precision * recall / (precision + recall)) if precision else 0.0


def _parts_cases(rng):
    """Return cases of a training part and a held-out part, in units of different sizes."""
    sizes = ((1, 3, 1), (1, 4, 2), (2, 3, 2), (2, 5, 4), (3, 4, 6), (4, 6, 3))
    return [
        tuple(
            (5 * rng.normal(size=(1, 1)) + unit * rng.normal(size=(n, count)))
            .round(1)
            .astype(bits)
            for count in (m, k)
        )
        for n, m, k in sizes
        for unit in (2, 20)
        for bits in "df"
    ]


def _standardised(X_train, X_held):
    """Return both parts, from the mean and the deviation that Python finds for each row."""
    rows = X_train.tolist()
    means = np.array([[statistics.fmean(row)] for row in rows])
    deviations = np.array([[statistics.pstdev(row)] for row in rows])
    return tuple((X - means) / deviations for X in (X_train, X_held))


def _by(X, measured, axis=1):
    """Return X, standardised by the mean and the deviation of an array."""
    mean = measured.mean(axis=axis, keepdims=True)
    return (X - mean) / measured.std(axis=axis, keepdims=True)


def _ranked(AL, Y):
    """Return the score from the ranks of the outputs, of which equal ones share their mean."""
    outputs, labels = AL.ravel().tolist(), Y.ravel().tolist()
    ranks = [
        sum(b < a for b in outputs) + (outputs.count(a) + 1) / 2
        for a, y in zip(outputs, labels, strict=True)
        if y == 1
    ]
    n = len(ranks)
    return (sum(ranks) - n * (n + 1) / 2) / (n * (len(labels) - n))


def _share_of_pairs(AL, Y, counts):
    """Return the mean over all pairs of what their difference counts."""
    return np.mean(counts(np.subtract.outer(AL[Y == 1], AL[Y == 0])))


EXERCISES = [
    Question(
        "illness_threshold",
        "predict",
        truth=_smallest_damage(missed=9),
        rtol=5e-3,
        why="The number is found by hand; the nearest misunderstanding is far away.",
        misunderstandings={
            "the damages were exchanged": Misunderstanding(
                0.9,
                "That threshold would be right if a false alarm were nine times as bad as a "
                "missed illness. When in doubt, which answer is the safer one here?",
                ANSWER,
            ),
            "one to nine was taken for the probability": Misunderstanding(
                1 / 9,
                "At the threshold, 9 times $p$ is $1 - p$, and not 1.",
                ANSWER,
            ),
            "both mistakes were taken to be equally bad": Misunderstanding(
                0.5,
                "One half makes the fewest mistakes. But here one kind of mistake weighs more.",
                ANSWER,
            ),
        },
    ),
    Question(
        "f1_at",
        "write",
        truth=_f1,
        cases=_threshold_cases,
        points=2,
        difficulty=2,
        why="It is a quotient of whole numbers.",
        misunderstandings={
            "the accuracy was computed": Misunderstanding(
                lambda AL, Y, threshold: np.mean((threshold < AL) == (Y > 0.5)),
                "The zeros that are left alone count in the accuracy. In precision and recall "
                "they do not.",
                COUNT,
            ),
            "the precision alone was computed": Misunderstanding(
                lambda AL, Y, threshold: float(_shares(AL, Y, threshold)[0]),
                "Of all answers 1, these are the true ones. The missed 1s do not enter.",
                COUNT,
            ),
            "the recall alone was computed": Misunderstanding(
                lambda AL, Y, threshold: float(_shares(AL, Y, threshold)[1]),
                "Of all labels 1, these are the found ones. The false alarms do not enter.",
                COUNT,
            ),
            "the plain mean of both shares was taken": Misunderstanding(
                lambda AL, Y, threshold: float(sum(_shares(AL, Y, threshold)) / 2),
                "It is twice the product of both shares, divided by their sum. If one share is "
                "small, so is the score.",
                COUNT,
            ),
            "the threshold is always one half": Misunderstanding(
                lambda AL, Y, threshold: _f1(AL, Y, 0.5),
                "The function `counts` has its threshold built in. Here it is an argument.",
                COUNT,
            ),
            "an output at the threshold was answered by 1": Misunderstanding(
                lambda AL, Y, threshold: _f1(AL, Y, np.nextafter(threshold, 0)),
                "The answer is 1 where the output is above the threshold, not at it.",
                ANSWER,
            ),
        },
    ),
    Question(
        "scaled_without_leak",
        "mend",
        truth=_standardised,
        cases=_parts_cases,
        points=2,
        difficulty=2,
        atol=1e-10,
        rtol32=1e-4,
        atol32=1e-4,
        why="A mean far from 0 costs digits when it is subtracted.",
        misunderstandings={
            "the leak is still there": Misunderstanding(
                lambda X_train, X_held: tuple(
                    _by(X, np.hstack([X_train, X_held])) for X in (X_train, X_held)
                ),
                "Mean and deviation are still measured on both parts together.",
                LEAK,
            ),
            "each part was scaled by itself": Misunderstanding(
                lambda X_train, X_held: (_by(X_train, X_train), _by(X_held, X_held)),
                "Nothing leaks, but one and the same number now means two things, one in "
                "training and another one afterwards.",
                LEAK,
            ),
            "the held-out part stayed in its own units": Misunderstanding(
                lambda X_train, X_held: (_by(X_train, X_train), X_held),
                "The network expects inputs in the units that it was trained with.",
                LEAK,
            ),
            "the held-out part was measured": Misunderstanding(
                lambda X_train, X_held: (_by(X_train, X_held), _by(X_held, X_held)),
                "This is the leak at its largest: the training inputs are scaled by what they "
                "must not know.",
                LEAK,
            ),
            "all features share one mean and one deviation": Misunderstanding(
                lambda X_train, X_held: tuple(
                    _by(X, X_train, axis=None) for X in (X_train, X_held)
                ),
                "Each feature is a row, and has a mean and a deviation of its own.",
                LEAK,
            ),
        },
    ),
    Question(
        "ranking_score",
        "write",
        truth=_ranked,
        cases=_labelled_cases,
        points=3,
        difficulty=3,
        rtol32=1e-5,
        why="The mean may be taken in 32 bits.",
        misunderstandings={
            "equal outputs count 0": Misunderstanding(
                lambda AL, Y: _share_of_pairs(AL, Y, lambda gap: gap > 0),
                "Where both outputs are equal, the network has not decided. Such a pair counts "
                "one half.",
                OWN,
            ),
            "equal outputs count 1": Misunderstanding(
                lambda AL, Y: _share_of_pairs(AL, Y, lambda gap: gap >= 0),
                "Where both outputs are equal, the network has not decided. Such a pair counts "
                "one half.",
                OWN,
            ),
            "the order of the pair is turned round": Misunderstanding(
                lambda AL, Y: 1 - _ranked(AL, Y),
                "A pair counts 1 where the example with the label 1 has the larger output.",
                OWN,
            ),
            "the differences were averaged": Misunderstanding(
                lambda AL, Y: _share_of_pairs(AL, Y, lambda gap: gap),
                "A pair counts 1, one half or 0, however large its difference is.",
                OWN,
            ),
            "the accuracy was computed": Misunderstanding(
                lambda AL, Y: np.mean((AL > 0.5) == (Y > 0.5)),
                "The accuracy depends on a threshold. Here only the order within pairs counts.",
                COUNT,
            ),
        },
    ),
]
