"""Cost functions: each forward beside its backward, registered together in COSTS.

The cost J is the mean over the m examples of a per-example loss, summed over the n_y
outputs:
    J = (1/m) sum_i sum_k loss(AL[k, i], Y[k, i]).
A forward returns J. A backward returns the derivative of the loss, *per example*, of the
shape of AL: the one factor 1/m of every gradient stands in `backward.parameter_gradients`.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from dnn_lessons._checks import as_matrix, lookup
from dnn_lessons.activations import sigmoid


def cross_entropy(AL, Y):
    """J = -(1/m) sum(Y log AL + (1 - Y) log(1 - AL)), 0 <= AL, Y <= 1; 0 log 0 = 0."""
    with np.errstate(divide="ignore"):
        hit = np.multiply(Y, np.log(AL), where=Y > 0, out=np.zeros_like(AL))
        miss = np.multiply(1 - Y, np.log1p(-AL), where=Y < 1, out=np.zeros_like(AL))
    return -np.sum(hit + miss) / AL.shape[1]


def cross_entropy_backward(AL, Y):
    """dAL = (AL - Y) / (AL (1 - AL)); finite, and 0 where AL = Y, also at AL = 0 and 1."""
    return (AL - Y) / np.maximum(AL * (1 - AL), np.finfo(AL.dtype).tiny)


def sigmoid_cross_entropy(Z, Y):
    """The cross-entropy of AL = sigmoid(Z), from Z.

    J = (1/m) sum(max(Z, 0) - Y Z + log(1 + exp(-|Z|))).
    """
    return np.sum(Z * ((Z > 0) - Y) + np.log1p(np.exp(-np.abs(Z)))) / Z.shape[1]


def sigmoid_cross_entropy_backward(AL, Y):
    """dZ = AL - Y: the slope AL (1 - AL) of the sigmoid cancels the denominator of dAL."""
    return AL - Y


def mse(AL, Y):
    """J = (1/m) sum((AL - Y)^2)."""
    return np.sum(np.square(AL - Y)) / AL.shape[1]


def mse_backward(AL, Y):
    """dAL = 2 (AL - Y)."""
    return 2 * (AL - Y)


def mae(AL, Y):
    """J = (1/m) sum(|AL - Y|)."""
    return np.sum(np.abs(AL - Y)) / AL.shape[1]


def mae_backward(AL, Y):
    """dAL = sign(AL - Y): -1, 1, and at the kink AL = Y the subgradient 0."""
    return np.sign(AL - Y)


class Cost(NamedTuple):
    """A forward (AL, Y) -> J and its backward (AL, Y) -> dAL, for AL and Y inside `bounds`.

    `fused`: {an activation's forward: (forward (Z, Y) -> J, backward (AL, Y) -> dZ)}, exact
    where AL is rounded.
    """

    name: str
    forward: Callable
    backward: Callable
    bounds: tuple = (-np.inf, np.inf)
    fused: Mapping = MappingProxyType({})


SIGMOID_CROSS_ENTROPY = {sigmoid: (sigmoid_cross_entropy, sigmoid_cross_entropy_backward)}
COSTS = {
    row.name: row
    for row in (
        Cost(
            "cross_entropy",
            cross_entropy,
            cross_entropy_backward,
            bounds=(0.0, 1.0),
            fused=SIGMOID_CROSS_ENTROPY,
        ),
        Cost("mse", mse, mse_backward),
        Cost("mae", mae, mae_backward),
    )
}


def get_cost(cost):
    """The Cost called `cost`; a Cost is returned as it is.

    ValueError lists the known names.
    """
    return lookup("cost", cost, COSTS, Cost)


def encloses(cost, activation):
    """Whether the cost can take every output of the activation."""
    (low, high), (lowest, highest) = cost.bounds, activation.bounds
    return low <= lowest and highest <= high


def check_pair(cost, activation):
    """Raise ValueError where the cost cannot take every output of the activation."""
    if not encloses(cost, activation):
        (low, high), (lowest, highest) = cost.bounds, activation.bounds
        raise ValueError(
            f"{cost.name} needs outputs from {low:g} to {high:g}, and "
            f"{activation.name} gives them from {lowest:g} to {highest:g}; the "
            "sigmoid suits it, or another cost, such as mse"
        )


def check_bounds(name, values, cost):
    """Raise ValueError where `values` leave the bounds of the cost."""
    low, high = cost.bounds
    if high == np.inf == -low:
        return
    if values.min() < low or values.max() > high:
        raise ValueError(
            f"{name} runs from {values.min():g} to {values.max():g}; "
            f"{cost.name} needs numbers from {low:g} to {high:g}"
        )


def compute_cost(AL, Y, cost="cross_entropy"):
    """The cost J of the predictions AL (n_y, m) against Y (n_y, m), checked first.

    Raises ValueError for other shapes, NaN, or numbers outside the cost's bounds.
    """
    cost, AL = get_cost(cost), as_matrix("AL", AL)
    Y = as_matrix("Y", Y, *AL.shape, AL.dtype)
    for name, values in (("AL", AL), ("Y", Y)):
        check_bounds(name, values, cost)
    return cost.forward(AL, Y)
