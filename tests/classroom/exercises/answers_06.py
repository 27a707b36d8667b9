"""Right and wrong answers to the exercises of lesson 06, each written differently."""

import math

import numpy as np

from dnn_lessons.costs import cross_entropy, sigmoid_cross_entropy_backward


def slope_by_choice(AL, Y, weight):
    return np.where(Y == 1, weight * (AL - 1), AL)


def slope_by_factor(AL, Y, weight):
    return (AL - Y) * (1 + (weight - 1) * Y)


def slope_by_our_own(AL, Y, weight):
    return sigmoid_cross_entropy_backward(AL, Y) * weight**Y


def cost_without_nan(AL, Y):
    with np.errstate(all="ignore"):
        terms = [Y * np.log(AL), (1 - Y) * np.log(1 - AL)]
    return -np.nansum(terms) / AL.shape[1]


def cost_by_entries(AL, Y):
    seen = [a if y else 1 - a for a, y in zip(AL.flat, Y.flat, strict=True)]
    return -sum(math.log(p) if p > 0 else -math.inf for p in seen) / AL.shape[1]


def cost_from_likelihood(AL, Y):
    with np.errstate(divide="ignore"):
        return -np.log(AL**Y * (1 - AL) ** (1 - Y)).sum(axis=0).mean()


def losses_by_choice(Z, Y, weight):
    wrong = np.where(Y == 1, -Z, Z)  # how far on the wrong side
    losses = np.maximum(wrong, 0) + np.log1p(np.exp(-np.abs(Z)))
    return np.where(Y == 1, weight * losses, losses)


def losses_by_factor(Z, Y, weight):
    return (np.maximum(Z, 0) - Y * Z + np.log1p(np.exp(-np.abs(Z)))) * weight**Y


def losses_by_entries(Z, Y, weight):
    def loss(z, y):
        wrong = -z if y else z
        softened = max(wrong, 0) + math.log1p(math.exp(-abs(z)))
        return weight * softened if y else softened

    pairs = [zip(*rows, strict=True) for rows in zip(Z.tolist(), Y.tolist(), strict=True)]
    return np.array([[loss(z, y) for z, y in row] for row in pairs])


def in_place(AL, Y, weight):
    AL -= Y
    return np.where(Y == 1, weight * AL, AL)


RIGHT = {
    "row_probability": [3.0**-4, np.float32(0.0123), math.exp(-4 * math.log(3))],
    "weighted_slope_by_z": [slope_by_choice, slope_by_factor, slope_by_our_own],
    "mended_cost": [
        cost_without_nan,
        cost_by_entries,
        cost_from_likelihood,
        cross_entropy,
    ],
    "weighted_losses": [losses_by_choice, losses_by_factor, losses_by_entries],
}
WRONG = {
    "row_probability": [np.log(3), 1 / 64, "1/81", (1 / 81,), None],
    "weighted_slope_by_z": [
        lambda AL, Y, weight: weight * Y * (1 - AL) - (1 - Y) * AL,
        lambda AL, Y, weight: AL - Y,
        lambda AL, Y, weight: Y * AL - weight * (1 - Y) * (1 - AL),
        lambda AL, Y, weight: slope_by_choice(AL, Y, weight).mean(),
        in_place,
    ],
    "mended_cost": [
        lambda AL, Y: -cost_without_nan(AL, Y),
        lambda AL, Y: cost_without_nan(AL, Y) * AL.shape[1],
        lambda AL, Y: cost_without_nan(np.clip(AL, 1e-7, 1 - 1e-7), Y),
        lambda AL, Y: cost_without_nan(np.where(AL == 1, 0.9999, AL), Y),
        lambda AL, Y: -np.log(np.where(Y == 1, AL, 1 - AL)),
    ],
    "weighted_losses": [
        lambda Z, Y, weight: losses_by_choice(Z, 1 - Y, weight),
        lambda Z, Y, weight: losses_by_choice(Z, Y, 1),
        lambda Z, Y, weight: losses_by_choice(Z, Y, weight).mean(),
        lambda Z, Y, weight: losses_by_choice(np.clip(Z, -700, 700), Y, weight),
        lambda Z, Y, weight: np.round(losses_by_choice(Z, Y, weight), 12),
    ],
}
