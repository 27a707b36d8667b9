"""Right and wrong answers to the exercises of lesson 03, each written differently."""

import numpy as np

from dnn_lessons import relu_backward


def relu6_by_two_relus(dA, Z):
    return relu_backward(dA, Z) * (Z < 6)


def relu6_with_masks(dA, Z):
    dZ = dA.copy()
    dZ[Z <= 0] = 0
    dZ[Z >= 6] = 0
    return dZ


def relu6_by_entries(dA, Z):
    pairs = [zip(*rows, strict=True) for rows in zip(dA, Z, strict=True)]
    return np.array([[da if 0 < z < 6 else 0.0 for da, z in row] for row in pairs])


def in_place(dA, Z):
    dA[(Z <= 0) | (Z >= 6)] = 0
    return dA


def bias_by_partition(W, X, k):
    sums = W @ X
    place = sums.shape[1] - k
    return -np.partition(sums, place, axis=1)[:, place : place + 1]


def bias_by_sorting(W, X, k):
    return np.array([[sorted(-row)[k - 1]] for row in W @ X])


RIGHT = {
    "central_near_kink": [0.12 / 0.2, np.float32(0.6), 3 / 5],
    "relu6_backward": [relu6_by_two_relus, relu6_with_masks, relu6_by_entries],
    "mended_relu_backward": [
        lambda dA, A: np.where(A > 0, dA, 0),
        lambda dA, A: dA * np.sign(A),
        lambda dA, A: dA * (A != 0),
        relu_backward,
    ],
    "waking_bias": [bias_by_partition, bias_by_sorting],
}
WRONG = {
    "central_near_kink": [0, 0.06, "0.6", (0.6,), None],
    "relu6_backward": [
        lambda dA, Z: dA * ((Z > 0) & (Z <= 6)),
        lambda dA, Z: np.minimum(dA * (Z > 0), 6),
        lambda dA, Z: dA * (Z < 6),
        in_place,
        lambda dA, Z: list(dA),
    ],
    "mended_relu_backward": [
        lambda dA, A: dA * (A < 0),
        lambda dA, A: dA * (A > 1),
        lambda dA, A: (dA * (A > 0), A),
        lambda dA, A: dA[A > 0],
        lambda dA, A: dA * (dA > 0) * (A > 0),
    ],
    "waking_bias": [
        lambda W, X, k: bias_by_sorting(W, X, k)[:, 0],
        lambda W, X, k: -np.sort(X, axis=1)[:, [-k]],
        lambda W, X, k: -np.sort(W @ X, axis=1)[:, [-min(k + 1, X.shape[1])]],
        lambda W, X, k: -np.sort(np.abs(W @ X), axis=1)[:, [-k]],
        lambda W, X, k: bias_by_sorting(W, X, k) + 1e-3,
    ],
}
