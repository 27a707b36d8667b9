"""Activation functions: each forward beside its backward, registered in ACTIVATIONS.

A forward takes Z and returns (A, activation_cache); a backward takes dA and that cache and
returns dZ = dA * slope. Every array has the shape of Z, (n, m).
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from dnn_lessons._checks import lookup


def sigmoid(Z):
    """A = 1 / (1 + exp(-Z)) = exp(min(Z, 0)) / (1 + e) with e = exp(-|Z|): no overflow.

    Cache: e.
    """
    e = np.exp(-np.abs(Z))
    return np.exp(np.minimum(Z, 0.0)) / (1 + e), e


def sigmoid_backward(dA, activation_cache):
    """dZ = dA * A * (1 - A) = dA * e / (1 + e)^2, for either sign of Z."""
    e = activation_cache
    return dA * (e / np.square(1 + e))


def relu(Z):
    """A = max(0, Z). Cache: A, positive exactly where Z is."""
    A = np.maximum(Z, 0.0)
    return A, A


def relu_backward(dA, activation_cache):
    """dZ = dA where Z > 0, else 0; at the kink Z = 0 the slope is taken as 0.

    The slope is the sign of A.
    """
    return dA * np.sign(activation_cache)


def leaky_relu(Z, alpha=0.01):
    """A = Z where Z > 0, else alpha * Z. Cache: Z."""
    return np.where(Z > 0, Z, float(alpha) * Z), Z


def leaky_relu_backward(dA, activation_cache, alpha=0.01):
    """dZ = dA where Z > 0, else alpha * dA; at the kink Z = 0 the slope is alpha."""
    return np.where(activation_cache > 0, dA, float(alpha) * dA)


def tanh(Z):
    """A = (exp(Z) - exp(-Z)) / (exp(Z) + exp(-Z)).

    Cache: Z, because 1 - A^2 loses its digits near |A| = 1.
    """
    return np.tanh(Z), Z


def tanh_backward(dA, activation_cache):
    """dZ = dA * 4 / (exp(Z) + exp(-Z))^2 = dA * 4e / (1 + e)^2 with e = exp(-2|Z|).

    From |Z| = 400 on, e is 0.
    """
    e = np.exp(-2 * np.minimum(np.abs(activation_cache), 400.0))
    return dA * (4 * e / np.square(1 + e))


def identity(Z):
    """A = Z. Cache: nothing."""
    return Z, None


def identity_backward(dA, activation_cache):
    """dZ = dA."""
    return dA


class Activation(NamedTuple):
    """A forward and its backward; `gain` scales initial weights, `bounds` enclose A."""

    name: str
    forward: Callable
    backward: Callable
    gain: float = 1.0
    bounds: tuple = (-np.inf, np.inf)


ACTIVATIONS = {
    row.name: row
    for row in (
        Activation("sigmoid", sigmoid, sigmoid_backward, bounds=(0.0, 1.0)),
        Activation("relu", relu, relu_backward, gain=2.0, bounds=(0.0, np.inf)),
        Activation("leaky_relu", leaky_relu, leaky_relu_backward, gain=2.0),
        Activation("tanh", tanh, tanh_backward, bounds=(-1.0, 1.0)),
        Activation("linear", identity, identity_backward),
    )
}


def get_activation(activation):
    """The Activation called `activation`; an Activation is returned as it is.

    ValueError lists the known names.
    """
    return lookup("activation", activation, ACTIVATIONS, Activation)
