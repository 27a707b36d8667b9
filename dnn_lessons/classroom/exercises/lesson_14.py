"""The exercises of lesson 14: a score beside a baseline, a scaling to fold, the nearest neighbour."""

import math
from fractions import Fraction

import numpy as np

from dnn_lessons.classroom.exercises.question import (
    EXACT,
    Misunderstanding,
    Question,
)

LESSON = "14_regression_test.ipynb"
BEAT = "Numbers to beat"
RUN = "One run, by the same function as the command"
UNITS = "Real units, without a scaler at hand"
REAL = "Real measurements"


def _score_cases(rng):
    """Return cases of answers, labels and training labels: good answers and bad ones."""
    sizes = ((1, 1, 2), (1, 2, 1), (1, 3, 4), (1, 5, 3), (1, 8, 12))
    cases = []
    for n, m, k in sizes:
        for error in (0.5, 4):
            Y = 3 + 2 * rng.normal(size=(n, m))
            AL = 0.8 * Y + error * rng.normal(size=(n, m))
            Y_train = 5 + rng.normal(size=(n, k))
            arrays = [each.round(1) for each in (AL, Y, Y_train)]
            cases += [tuple(each.astype(bits) for each in arrays) for bits in "df"]
    return cases


def _exact_skill(AL, Y, Y_train):
    """Return the score from fractions."""
    a, y, known = ([*map(Fraction, each.ravel().tolist())] for each in (AL, Y, Y_train))
    c = sum(known) / len(known)
    pairs = list(zip(a, y, strict=True))
    return float(1 - sum((p - q) ** 2 for p, q in pairs) / sum((c - q) ** 2 for q in y))


def _mse(AL, Y):
    """Return the mean of the squared residuals."""
    return np.mean(np.square(AL - Y))


def _layer_cases(rng):
    """Return cases of a layer and the ranges of its inputs; some layers are square."""
    cases = []
    for n_1, n_0 in ((1, 1), (2, 1), (1, 2), (2, 2), (3, 2), (3, 3), (4, 5)):
        W, b = rng.normal(size=(n_1, n_0)), rng.normal(size=(n_1, 1))
        low = 5 * rng.normal(size=(n_0, 1))
        high = low + rng.integers(2, 30, size=(n_0, 1)) / 2
        arrays = [each.round(1) for each in (W, b, low, high)]
        cases += [tuple(each.astype(bits) for each in arrays) for bits in "df"]
    return cases


def _probed(W, b, low, high):
    """Return weights and biases from what the layer answers to 0 and to each unit input."""
    inputs = np.hstack([np.zeros_like(low), np.eye(len(low))])
    sums = W @ ((inputs - low) / (high - low)) + b
    return sums[:, 1:] - sums[:, :1], sums[:, :1]


def _neighbour_cases(rng):
    """Return cases of whole numbers, whose distances are exact, so that some are equal."""
    cases = []
    for n, m, k in ((1, 2, 1), (2, 2, 1), (1, 5, 3), (2, 4, 3), (3, 6, 4), (2, 12, 7)):
        X, X_new = (rng.integers(-6, 7, size=(n, each)) for each in (m, k))
        Y = rng.permutation(m).reshape(1, m) + 1
        arrays = X, Y, X_new
        cases += [tuple(each.astype(bits) for each in arrays) for bits in "df"]
    by_hand = (
        ([[1, 3, 1]], [[5, 6, 7]], [[2, 1, 4]]),  # 2 is as near to 1 as to 3
        ([[5, 3], [0, 3]], [[1, 2]], [[0], [0]]),  # 5 + 0 < 3 + 3, but 25 > 18
        ([[4, 5], [4, 0]], [[1, 2]], [[0], [0]]),  # 4 < 5, but 32 > 25
    )
    return cases + [tuple(np.array(each, float) for each in case) for case in by_hand]


def _nearest(X, Y, X_new):
    """Return the labels that a search through all pairs finds."""
    found = []
    for new in X_new.T.tolist():
        distances = [math.dist(old, new) for old in X.T.tolist()]
        found.append(Y[0, distances.index(min(distances))])
    return np.array([found])


def _nearest_by(measure):
    """Return a wrong answer to `nearest_labels`, from a measure of the differences (n, m, k)."""

    def answer(X, Y, X_new):
        return Y[:, np.argmin(measure(X[:, :, None] - X_new[:, None, :]), axis=0)]

    return answer


EXERCISES = [
    Question(
        "skill_score",
        "write",
        truth=_exact_skill,
        cases=_score_cases,
        points=2,
        difficulty=1,
        rtol32=1e-4,
        atol32=1e-4,
        why="In 32 bits, the differences of answers and labels have few digits.",
        misunderstandings={
            "the constant was found on the held-out labels": Misunderstanding(
                lambda AL, Y, Y_train: 1 - _mse(AL, Y) / _mse(np.mean(Y), Y),
                "The baseline may not see the held-out labels either. It learns its constant "
                "where the network learns.",
                BEAT,
            ),
            "the constant was judged on the training labels": Misunderstanding(
                lambda AL, Y, Y_train: 1 - _mse(AL, Y) / np.var(Y_train),
                "Both MSEs are taken on the same labels, or they cannot be compared.",
                RUN,
            ),
            "the quotient alone was returned": Misunderstanding(
                lambda AL, Y, Y_train: _mse(AL, Y) / _mse(np.mean(Y_train), Y),
                "Perfect answers get 1, and the constant gets 0. Which way round is yours?",
                RUN,
            ),
            "the quotient is upside down": Misunderstanding(
                lambda AL, Y, Y_train: 1 - _mse(np.mean(Y_train), Y) / _mse(AL, Y),
                "A small MSE of the answers has to bring the score near 1.",
                RUN,
            ),
            "the roots were compared": Misunderstanding(
                lambda AL, Y, Y_train: (
                    1 - np.sqrt(_mse(AL, Y) / _mse(np.mean(Y_train), Y))
                ),
                "The score compares the two MSEs, and not their roots.",
                RUN,
            ),
        },
    ),
    Question(
        "fold_min_max",
        "write",
        truth=_probed,
        cases=_layer_cases,
        points=2,
        difficulty=2,
        atol=1e-10,
        rtol32=1e-4,
        atol32=1e-4,
        why="The bias is a sum whose terms may cancel.",
        misunderstandings={
            "the bias stayed as it was": Misunderstanding(
                lambda W, b, low, high: (_probed(W, b, low, high)[0], b),
                "The scaling subtracts a number too. In (14.3) the bias changes with it.",
                UNITS,
            ),
            "the bias was found from the old weights": Misunderstanding(
                lambda W, b, low, high: (_probed(W, b, low, high)[0], b - W @ low),
                "In (14.3) what the bias loses is divided by the range as well.",
                UNITS,
            ),
            "the bias moved the wrong way": Misunderstanding(
                lambda W, b, low, high: (
                    _probed(W, b, low, high)[0],
                    2 * b - _probed(W, b, low, high)[1],
                ),
                "The scaling subtracts `low`. Which sign does that give to the new part of the "
                "bias?",
                UNITS,
            ),
            "the weights were multiplied by the ranges": Misunderstanding(
                lambda W, b, low, high: (
                    W * (high - low).T,
                    b - W * (high - low).T @ low,
                ),
                "The layer once received an input that was divided by its range. Now the weight "
                "has to do this.",
                UNITS,
            ),
            "high was taken for the range": Misunderstanding(
                lambda W, b, low, high: (W / high.T, b - W / high.T @ low),
                "The range of an input goes from `low` to `high`.",
                UNITS,
            ),
        },
    ),
    Question(
        "nearest_labels",
        "write",
        truth=_nearest,
        cases=_neighbour_cases,
        points=3,
        difficulty=3,
        **EXACT,
        why="A label is passed on as it is.",
        misunderstandings={
            "the first feature alone decides": Misunderstanding(
                _nearest_by(lambda gaps: np.abs(gaps[0])),
                "The distance sums over all features, which are the rows.",
                REAL,
            ),
            "the differences were added before they were squared": Misunderstanding(
                _nearest_by(lambda gaps: np.sum(gaps, axis=0) ** 2),
                "Differences of opposite signs cancel, if they are added before they are "
                "squared.",
                REAL,
            ),
            "the sizes of the differences were added": Misunderstanding(
                _nearest_by(lambda gaps: np.sum(np.abs(gaps), axis=0)),
                "This is a distance too, along streets. Here the squares are added.",
                REAL,
            ),
            "the sign was kept": Misunderstanding(
                _nearest_by(lambda gaps: np.sum(gaps, axis=0)),
                "The smallest difference is the most negative one, which may be far away.",
                REAL,
            ),
            "the farthest example was taken": Misunderstanding(
                _nearest_by(lambda gaps: -np.sum(gaps**2, axis=0)),
                "This is the label at the largest distance.",
                REAL,
            ),
        },
    ),
]
