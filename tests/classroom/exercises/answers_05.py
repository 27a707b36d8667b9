"""Right and wrong answers to the exercises of lesson 05, each written differently."""

import math

import numpy as np

from dnn_lessons import sigmoid_backward, tanh_backward


def tanh_by_small_sigmoid(dA, Z):
    e = np.exp(-2 * np.abs(Z))
    small = e / (1 + e)
    return dA * 4 * small * (1 - small)


def tanh_by_square(dA, Z):
    e = np.exp(-np.abs(Z))
    return dA * np.square(2 * e / (1 + e * e))


def softsign_by_sides(dA, Z):
    return np.where(Z < 0, dA / (1 - np.minimum(Z, 0)) ** 2, dA / (1 + np.abs(Z)) ** 2)


def softsign_by_value(dA, Z):
    return dA * (1 - np.abs(Z / (1 + np.abs(Z)))) ** 2


def softsign_by_entries(dA, Z):
    slopes = [[1 / (1 + math.fabs(z)) ** 2 for z in row] for row in Z]
    return np.multiply(dA, slopes)


def sigmoids_by_product(W1, b1, W2, b2):
    ones = np.ones((W2.shape[1], 1))
    return [W1 + W1, b1 + b1, W2 + W2, b2 - W2 @ ones]


def sigmoids_by_rows(W1, b1, W2, b2):
    new = np.array([[b.item() - sum(row)] for b, row in zip(b2, W2, strict=True)])
    return 2 * W1, 2 * b1, 2 * W2, new


def in_place(W1, b1, W2, b2):
    b2 -= W2.sum(axis=1, keepdims=True)
    return 2 * W1, 2 * b1, 2 * W2, b2


RIGHT = {
    "sigmoid_from_tanh": [9 / 10, np.float32(0.9), 1 / (1 + 1 / 9)],
    "mended_tanh_backward": [tanh_by_small_sigmoid, tanh_by_square, tanh_backward],
    "softsign_backward": [softsign_by_sides, softsign_by_value, softsign_by_entries],
    "with_sigmoids": [sigmoids_by_product, sigmoids_by_rows],
}
WRONG = {
    "sigmoid_from_tanh": [0.8, 1.8, 0.36, "0.9", None],
    "mended_tanh_backward": [
        lambda dA, Z: dA * 4 / (np.exp(Z) + np.exp(-Z)) ** 2,
        lambda dA, Z: dA * (1 - np.tanh(Z)),
        lambda dA, Z: 4 * sigmoid_backward(4 * dA, 2 * Z),
        lambda dA, Z: 4 * sigmoid_backward(1, 2 * Z),
        lambda dA, Z: 4 * dA * np.exp(-2 * np.abs(Z)),
    ],
    "softsign_backward": [
        lambda dA, Z: dA / (1 + Z**2),
        lambda dA, Z: dA / (1 + np.abs(Z)) ** 2 * np.sign(Z),
        lambda dA, Z: 1 / (1 + np.abs(Z)) ** 2,
        lambda dA, Z: dA / 1 + np.abs(Z) ** 2,
        lambda dA, Z: dA * (1 - np.abs(Z)) / (1 + np.abs(Z)) ** 2,
    ],
    "with_sigmoids": [
        lambda W1, b1, W2, b2: (2 * W1, 2 * b1, 2 * W2, b2 - W2.sum(axis=1)),
        lambda W1, b1, W2, b2: (2 * W1, 2 * b1, 2 * W2, b2 - 1),
        lambda W1, b1, W2, b2: (W1, b1, 2 * W2, b2 - W2.sum(axis=1, keepdims=True)),
        lambda W1, b1, W2, b2: sigmoids_by_product(-W1, -b1, W2, b2),
        in_place,
    ],
}
