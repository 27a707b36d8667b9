"""Right and wrong answers to the exercises of lesson 07, each written differently."""

import numpy as np

from dnn_lessons import costs


def slope_from_ours(AL, Y):
    return costs.mse_backward(AL, Y) / AL.shape[1]


def slope_by_parts(AL, Y):
    m = AL.shape[1]
    return np.array([[2 * (a - y) / m for a, y in zip(AL[0], Y[0], strict=True)]])


def slope_by_halves(AL, Y):
    residuals = (AL - Y) / AL.size
    return residuals + residuals


def mean_from_ours(AL, Y):
    return costs.mse_backward(AL, Y) / len(AL)


def mean_by_size(AL, Y):
    n_y, m = AL.shape
    return 2 / (n_y * m) * (AL - Y) * m


def constant_by_average(Y, s):
    return np.average(Y, weights=s**-2.0)


def constant_by_product(Y, s):
    counts = np.square(1 / s)
    return (counts @ Y.T).item() / counts.sum()


def constant_by_loop(Y, s):
    above = below = 0.0
    for y, width in zip(Y[0].tolist(), s[0].tolist(), strict=True):
        above += y / width**2
        below += 1 / width**2
    return above / below


def in_place(AL, Y):
    AL -= Y
    return 2 * AL / AL.shape[0]


RIGHT = {
    "mended_slope_of_cost": [slope_from_ours, slope_by_parts, slope_by_halves],
    "rate_after_mending": [1 / 20, np.float32(0.05)],
    "mended_mean_backward": [mean_from_ours, mean_by_size],
    "best_weighted_constant": [
        constant_by_average,
        constant_by_product,
        constant_by_loop,
    ],
}
WRONG = {
    "mended_slope_of_cost": [
        lambda AL, Y: slope_from_ours(AL, Y)[0],
        lambda AL, Y: slope_from_ours(AL, Y).sum(),
        lambda AL, Y: 2 / AL.shape[1] * np.abs(AL - Y),
        lambda AL, Y: 2 / AL.shape[1] * np.cumsum(AL - Y, axis=1),
        lambda AL, Y: slope_from_ours(AL, Y) / AL.shape[1],
    ],
    "rate_after_mending": [16, 0.003125, "0.05", (0.05,), None],
    "mended_mean_backward": [
        lambda AL, Y: mean_from_ours(AL, Y).T,
        lambda AL, Y: mean_from_ours(Y, AL),
        lambda AL, Y: mean_from_ours(AL, Y).mean(axis=0),
        lambda AL, Y: 2 * AL.shape[0] * (AL - Y),
        in_place,
    ],
    "best_weighted_constant": [
        lambda Y, s: np.median(Y),
        lambda Y, s: Y[0, s.argmin()],
        lambda Y, s: np.average(Y, weights=s),
        lambda Y, s: np.average(Y, weights=1 / s**4),
        lambda Y, s: np.array([[constant_by_average(Y, s)]]),
    ],
}
