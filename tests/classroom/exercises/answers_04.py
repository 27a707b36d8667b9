"""Right and wrong answers to the exercises of lesson 04, each written differently."""

import math

import numpy as np

from dnn_lessons import leaky_relu_backward, relu


def elu_with_masks(dA, Z, alpha):
    dZ = dA.copy()
    left = Z <= 0
    dZ[left] *= alpha * np.exp(Z[left])
    return dZ


def elu_from_value(dA, Z, alpha):
    A = np.where(Z > 0, Z, alpha * np.expm1(np.minimum(Z, 0)))
    return dA * np.where(Z > 0, 1, A + alpha)


def elu_by_entries(dA, Z, alpha):
    slopes = [[1 if z > 0 else alpha * math.exp(z) for z in row] for row in Z]
    return dA * np.array(slopes)


def leak_with_masks(dA, Z, alpha):
    return dA * (Z > 0) + alpha * dA * (Z <= 0)


def leak_in_place(dA, Z, alpha):
    dA[Z <= 0] *= alpha
    return dA


def gradient_by_loops(dA, Z):
    total, m = 0.0, Z.shape[1]
    for j, i in np.argwhere(Z < 0):
        total += float(dA[j, i]) * float(Z[j, i])
    return total / m


RIGHT = {
    "for_every_leak": ["c", "C"],
    "elu_backward": [elu_with_masks, elu_from_value, elu_by_entries],
    "mended_leak_backward": [
        leak_with_masks,
        leaky_relu_backward,
        lambda dA, Z, alpha: alpha * dA + (1 - alpha) * dA * (Z > 0),
    ],
    "leak_gradient": [
        gradient_by_loops,
        lambda dA, Z: -np.sum(dA * relu(-Z)[0], axis=0).mean(),
        lambda dA, Z: np.einsum("ji,ji", dA, np.minimum(Z, 0)) / len(Z.T),
    ],
}
WRONG = {
    "for_every_leak": ["e", "cd", 3, None],
    "elu_backward": [
        lambda dA, Z, alpha: dA * alpha * np.exp(np.minimum(Z, 0)),
        lambda dA, Z, alpha: dA * np.where(Z > 0, 1, alpha * np.exp(-np.abs(Z)) + 1),
        lambda dA, Z, alpha: dA * ((Z > 0) + alpha * np.exp(Z) * (Z <= 0)),
        lambda dA, Z, alpha: elu_with_masks(dA, Z, alpha).sum(),
        lambda dA, Z, alpha: dA * np.where(Z > 0, 1, alpha * np.exp(np.minimum(-Z, 0))),
    ],
    "mended_leak_backward": [
        lambda dA, Z, alpha: alpha * dA,
        lambda dA, Z, alpha: np.maximum(dA, alpha * dA),
        lambda dA, Z, alpha: np.where(Z > 0, dA, alpha * Z),
        lambda dA, Z, alpha: np.where(Z > 0, dA, -alpha * dA),
        leak_in_place,
    ],
    "leak_gradient": [
        lambda dA, Z: np.sum(dA * np.minimum(Z, 0)) / len(Z),
        lambda dA, Z: -np.sum(dA * np.minimum(Z, 0)) / Z.shape[1],
        lambda dA, Z: np.sum(np.minimum(Z, 0)) / Z.shape[1],
        lambda dA, Z: 0.01 * np.sum(dA * np.minimum(Z, 0)) / Z.shape[1],
        lambda dA, Z: np.sum(dA * np.maximum(Z, 0)) / Z.shape[1],
    ],
}
