"""Right and wrong answers to the exercises of lesson 02, each written differently."""

import numpy as np

from dnn_lessons import sigmoid, sigmoid_backward


def swish_by_quotient_rule(Z):
    e = np.exp(-np.clip(Z, -40, 40))
    return (1 + e + Z * e) / (1 + e) ** 2


def swish_by_parts(Z):
    A, cache = sigmoid(Z)
    return A + sigmoid_backward(Z, cache)


def swish_by_entries(Z):
    return np.array(
        [[0.5 * (1 + np.tanh(z / 2) + z / (1 + np.cosh(z))) for z in row] for row in Z]
    )


def small(Z):
    e = np.exp(-np.abs(Z))
    return e / (1 + e)


def pair_with_masks(Z):
    A, slope = np.empty_like(Z), np.empty_like(Z)
    for side in (Z < 0, Z >= 0):
        A[side], slope[side] = sigmoid(Z[side])[0], sigmoid_backward(1, Z[side])
    return A, slope


def pair_as_list(Z):
    e = np.exp(-np.abs(Z))
    return [np.exp(np.minimum(Z, 0)) / (1 + e), e / (1 + e) ** 2]


def softplus_by_where(Z):
    return np.where(
        Z > 0, Z + np.log1p(np.exp(-np.abs(Z))), np.log1p(np.exp(np.minimum(Z, 0)))
    )


def changing(Z):
    Z += 1
    return np.logaddexp(0, Z - 1)


RIGHT = {
    "slope_at_output": [0.9 * (1 - 0.9), np.float32(0.09), 9 / 100],
    "swish_slope": [swish_by_quotient_rule, swish_by_parts, swish_by_entries],
    "sigmoid_and_slope": [pair_with_masks, pair_as_list],
    "softplus": [lambda Z: np.logaddexp(0, Z), softplus_by_where],
}
WRONG = {
    "slope_at_output": [0.81, 0.25, -0.09, "0.09", (0.09,), None],
    "swish_slope": [
        lambda Z: Z * sigmoid(Z)[0],
        lambda Z: sigmoid(Z)[0] - Z * sigmoid_backward(1, Z),
        lambda Z: swish_by_parts(Z).sum(),
        lambda Z: swish_by_parts(Z)[0],
        lambda Z: swish_by_parts(Z.astype(complex)),
        lambda Z: (Z > 0).astype(float),
    ],
    "sigmoid_and_slope": [
        sigmoid,
        lambda Z: sigmoid_backward(1, Z),
        lambda Z: pair_as_list(Z)[::-1],
        lambda Z: (pair_as_list(Z)[0], small(Z)),
        lambda Z: (1 / (1 + np.exp(-Z)), pair_as_list(Z)[1]),
    ],
    "softplus": [
        lambda Z: sigmoid(Z)[0],
        lambda Z: np.maximum(Z, 0) + np.log1p(np.exp(Z)),
        lambda Z: -np.log(sigmoid(-Z)[0]),
        lambda Z: Z + np.log1p(np.exp(-Z)),
        changing,
    ],
}
