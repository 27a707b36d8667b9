"""Right and wrong answers to the exercises of lesson 01, each written differently."""

import numpy as np

from dnn_lessons import compute_cost


def rows_by_columns(X, W, b):
    return (W @ X.T + b).T


def rows_by_einsum(X, W, b):
    return np.einsum("ik,jk->ij", X, W) + b.ravel()


def guarded_by_module(AL, Y):
    try:
        return compute_cost(AL, Y)
    except ValueError:
        return float("nan")


def guarded_by_product(AL, Y):
    given = Y * AL + (1 - Y) * (1 - AL)  # to what really happened
    return np.nan if AL.shape != Y.shape else np.mean(-np.log(given))


def joined_from_the_end(parameters):
    L = len(parameters) // 2
    W, b = parameters[f"W{L}"], parameters[f"b{L}"]
    for l in range(L - 1, 0, -1):
        b = b + W @ parameters[f"b{l}"]
        W = W @ parameters[f"W{l}"]
    return [W, b]


def joined_with_a_row_of_ones(parameters):
    """Each layer is one matrix, whose last column is its bias."""
    whole = np.eye(parameters["W1"].shape[1] + 1)
    for l in range(1, len(parameters) // 2 + 1):
        layer = np.hstack([parameters[f"W{l}"], parameters[f"b{l}"]])
        whole = np.vstack([layer @ whole, np.eye(whole.shape[1])[-1:]])
    return whole[:-1, :-1], whole[:-1, -1:]


RIGHT = {
    "layer_by_rows": [rows_by_columns, rows_by_einsum],
    "guarded_cost": [guarded_by_module, guarded_by_product],
    "one_layer": [joined_from_the_end, joined_with_a_row_of_ones],
}
WRONG = {
    "layer_by_rows": [
        lambda X, W, b: X @ W.T + b,
        lambda X, W, b: X @ W + b.T,
        lambda X, W, b: X @ W.T - b.T,
    ],
    "guarded_cost": [
        lambda AL, Y: np.nan,
        lambda AL, Y: -guarded_by_module(AL, Y),
        lambda AL, Y: 0 if AL.shape != Y.shape else guarded_by_module(AL, Y),
        compute_cost,
    ],
    "one_layer": [
        lambda parameters: joined_from_the_end(parameters)[::-1],
        lambda parameters: joined_from_the_end(parameters)[0],
        lambda parameters: (parameters["W1"], parameters["b1"]),
        lambda parameters: (parameters["W2"] @ parameters["W1"], parameters["b2"]),
    ],
}
