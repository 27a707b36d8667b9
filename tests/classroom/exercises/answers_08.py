"""Right and wrong answers to the exercises of lesson 08, each written differently."""

import numpy as np

from dnn_lessons import costs


def tolerant_by_choice(AL, Y, tolerance):
    r = AL - Y
    return np.where(r > tolerance, 1.0, np.where(r < -tolerance, -1.0, 0.0))


def tolerant_by_sign(AL, Y, tolerance):
    return np.sign(AL - Y) * (np.abs(AL - Y) > tolerance)


def tolerant_by_ours(AL, Y, tolerance):
    nearest = np.clip(AL, Y - tolerance, Y + tolerance)
    return costs.mae_backward(AL, nearest.astype(AL.dtype))


def huber_by_choice(AL, Y, delta):
    r = AL - Y
    return np.where(np.abs(r) <= delta, 2 * r, 2 * delta * np.sign(r))


def huber_by_cases(AL, Y, delta):
    dAL = costs.mse_backward(AL, Y)
    dAL[dAL > 2 * delta] = 2 * delta
    dAL[dAL < -2 * delta] = -2 * delta
    return dAL


def huber_by_limits(AL, Y, delta):
    return np.maximum(np.minimum(2 * AL - 2 * Y, 2 * delta), -2 * delta)


def stock_by_counting(demands, w):
    for c in sorted(demands):
        if (demands <= c).sum() >= w * (demands > c).sum():
            return c
    return None


def stock_by_trying(demands, w):
    losses = [
        np.where(demands > c, w * (demands - c), c - demands).sum() for c in demands
    ]
    return min(c for loss, c in zip(losses, demands, strict=True) if loss == min(losses))


def stock_by_whole_numbers(demands, w):
    return sorted(demands)[-(-w * len(demands) // (w + 1)) - 1]


def in_place(demands, w):
    demands.sort()
    return stock_by_counting(demands, w)


RIGHT = {
    "leaky_subgradients": ["C"],
    "mended_tolerant_backward": [tolerant_by_choice, tolerant_by_sign, tolerant_by_ours],
    "huber_backward": [huber_by_choice, huber_by_cases, huber_by_limits],
    "best_stock": [stock_by_counting, stock_by_trying, stock_by_whole_numbers],
}
WRONG = {
    "leaky_subgradients": ["e", 0.5],
    "mended_tolerant_backward": [
        lambda AL, Y, tolerance: -tolerant_by_choice(AL, Y, tolerance),
        lambda AL, Y, tolerance: np.abs(tolerant_by_choice(AL, Y, tolerance)),
        lambda AL, Y, tolerance: np.sign(AL - Y + tolerance),
        lambda AL, Y, tolerance: np.abs(AL - Y) > tolerance,
    ],
    "huber_backward": [
        lambda AL, Y, delta: np.clip(2 * (AL - Y), -1, 1),
        lambda AL, Y, delta: huber_by_choice(Y, AL, delta),
        lambda AL, Y, delta: huber_by_choice(AL, Y, delta) / AL.shape[1],
        lambda AL, Y, delta: 2 * np.minimum(AL - Y, delta),
    ],
    "best_stock": [
        lambda demands, w: np.median(demands),
        lambda demands, w: -stock_by_trying(-demands, w),
        lambda demands, w: np.sort(demands)[len(demands) * w // (w + 1) - 1],
        lambda demands, w: np.array([stock_by_trying(demands, w)]),
        in_place,
    ],
}
