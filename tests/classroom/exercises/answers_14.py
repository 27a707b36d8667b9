"""Right and wrong answers to the exercises of lesson 14, each written differently."""

import numpy as np

from dnn_lessons import compute_cost


def skill_by_module(AL, Y, Y_train):
    constant = np.full_like(Y, np.mean(Y_train))
    return 1 - compute_cost(AL, Y, "mse") / compute_cost(constant, Y, "mse")


def skill_by_parts(AL, Y, Y_train):
    """The constant's MSE is the variance of the labels and the square of how far it is off."""
    off = Y.mean() - Y_train.mean()
    return float(1 - ((AL - Y) ** 2).mean() / (Y.var() + off**2))


def fold_by_diagonal(W, b, low, high):
    weights = W @ np.diag(1 / (high - low).ravel())
    return weights, b - (weights * low.T).sum(axis=1, keepdims=True)


def fold_by_loops(W, b, low, high):
    weights, biases = W.astype(float), b.astype(float)
    for j in range(W.shape[0]):
        for k in range(W.shape[1]):
            weights[j, k] = W[j, k] / (high[k, 0] - low[k, 0])
            biases[j, 0] -= weights[j, k] * low[k, 0]
    return [weights, biases]


def nearest_by_columns(X, Y, X_new):
    places = [
        np.argmin(np.linalg.norm(X - X_new[:, [i]], axis=0))
        for i in range(X_new.shape[1])
    ]
    return Y[:, places]


def nearest_by_products(X, Y, X_new):
    """By the binomial formula; the square of the new example is the same for all."""
    distances = (X**2).sum(axis=0)[:, np.newaxis] - 2 * X.T @ X_new
    return Y[0][distances.argmin(axis=0)].reshape(1, -1)


def last_of_the_nearest(X, Y, X_new):
    return nearest_by_columns(X[:, ::-1], Y[:, ::-1], X_new)


RIGHT = {
    "skill_score": [skill_by_module, skill_by_parts],
    "fold_min_max": [fold_by_diagonal, fold_by_loops],
    "nearest_labels": [nearest_by_columns, nearest_by_products],
}
WRONG = {
    "skill_score": [
        lambda AL, Y, Y_train: skill_by_module(Y, AL, Y_train),
        lambda AL, Y, Y_train: 1 - compute_cost(AL, Y, "mse"),
        lambda AL, Y, Y_train: np.corrcoef(AL, Y)[0, 1] ** 2,
        lambda AL, Y, Y_train: max(0, skill_by_module(AL, Y, Y_train)),
    ],
    "fold_min_max": [
        lambda W, b, low, high: (W, b),
        lambda W, b, low, high: fold_by_loops(W, b, low, high)[0],
        lambda W, b, low, high: fold_by_loops(W, b, high, low),
        lambda W, b, low, high: (W / (high - low), b),
    ],
    "nearest_labels": [
        lambda X, Y, X_new: nearest_by_columns(X, Y, X_new)[0],
        lambda X, Y, X_new: nearest_by_columns(X, X[:1], X_new),
        lambda X, Y, X_new: nearest_by_columns(X, Y, X_new) - 1,
        last_of_the_nearest,
    ],
}
