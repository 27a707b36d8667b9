"""Right and wrong answers to the exercises of lesson 13, each written differently."""

import numpy as np

from dnn_lessons import datasets


def f1_by_shares(AL, Y, threshold):
    answer, label = threshold < AL, Y == 1
    found = (answer & label).sum()
    if found == 0:
        return 0
    precision, recall = found / answer.sum(), found / label.sum()
    return 2 / (1 / precision + 1 / recall)


def f1_by_loop(AL, Y, threshold):
    found = missed = alarms = 0
    for a, y in zip(AL[0], Y[0], strict=True):
        found += bool(a > threshold) and y == 1
        missed += not a > threshold and y == 1
        alarms += bool(a > threshold) and y == 0
    return 2 * found / (2 * found + missed + alarms) if found else 0.0


def scaled_by_numpy(X_train, X_held):
    mean, deviation = (
        np.mean(X_train, 1, keepdims=True),
        np.std(X_train, 1, keepdims=True),
    )
    return [(X_train - mean) / deviation, (X_held - mean) / deviation]


def scaled_together(X_train, X_held):
    scaled = datasets.Scaler.fit(X_train).transform(np.hstack([X_train, X_held]))
    m = X_train.shape[1]
    return scaled[:, :m], scaled[:, m:]


def ranking_by_loops(AL, Y):
    counted = [
        1 if a > b else 0.5 if a == b else 0
        for a, y in zip(AL[0], Y[0], strict=True)
        for b, other in zip(AL[0], Y[0], strict=True)
        if y == 1 and other == 0
    ]
    return sum(counted) / len(counted)


def ranking_by_comparisons(AL, Y):
    ones, zeros = AL[:, Y[0] == 1], AL[:, Y[0] == 0]
    return ((zeros < ones.T).mean() + (zeros <= ones.T).mean()) / 2


RIGHT = {
    "illness_threshold": [0.1, 1 / (1 + 9), np.float64(0.1)],
    "f1_at": [f1_by_shares, f1_by_loop],
    "scaled_without_leak": [scaled_by_numpy, scaled_together],
    "ranking_score": [ranking_by_loops, ranking_by_comparisons],
}
WRONG = {
    "illness_threshold": [9, 10, "0.1", None, 0.11],
    "f1_at": [
        lambda AL, Y, threshold: f1_by_loop(1 - AL, 1 - Y, 1 - threshold),
        lambda AL, Y, threshold: f1_by_loop(Y, AL, threshold),
        lambda AL, Y, threshold: f1_by_shares(AL, Y, threshold) / 2,
    ],
    "scaled_without_leak": [
        lambda X_train, X_held: scaled_by_numpy(X_train, X_held)[::-1],
        lambda X_train, X_held: scaled_by_numpy(X_train, X_held)[0],
        lambda X_train, X_held: (X_train, X_held),
        lambda X_train, X_held: tuple(
            (X - X_train.mean(axis=1, keepdims=True)) / X_train.var(axis=1, keepdims=True)
            for X in (X_train, X_held)
        ),
        lambda X_train, X_held: tuple(
            X / X_train.std(axis=1, keepdims=True) for X in (X_train, X_held)
        ),
    ],
    "ranking_score": [
        lambda AL, Y: ranking_by_loops(1 - AL, Y),
        lambda AL, Y: len(AL[Y == 1]) * ranking_by_loops(AL, Y),
        lambda AL, Y: ranking_by_loops(AL, Y).astype(int),
        lambda AL, Y: np.mean(AL[Y == 1]) > np.mean(AL[Y == 0]),
    ],
}
