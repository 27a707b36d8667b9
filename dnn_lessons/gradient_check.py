"""A backward pass against an independent number: the central difference of the cost."""

from functools import partial
from typing import NamedTuple

import numpy as np

from dnn_lessons._checks import as_matrix
from dnn_lessons.backward import L_model_backward
from dnn_lessons.costs import get_cost
from dnn_lessons.forward import L_model_forward


class GradientCheck(NamedTuple):
    """The relative error of each gradient by its name, and the tolerance for all."""

    errors: dict
    tolerance: float

    @property
    def worst(self):
        """The name of the gradient that is furthest off."""
        return max(self.errors, key=self.errors.get)

    @property
    def passed(self):
        """True where every error is within the tolerance.

        One that is NaN, from gradients without bounds, fails.
        """
        return all(error <= self.tolerance for error in self.errors.values())

    def __str__(self):
        """One line a gradient, the verdict last."""
        rows = [
            f"{name:>5}  relative error {error:.0e}"
            for name, error in self.errors.items()
        ]
        verdict = "all right" if self.passed else f"WRONG, worst in {self.worst}"
        return "\n".join([*rows, f"{verdict} (tolerance {self.tolerance:.0e})"])


def numerical_gradient(f, array, step=1e-5):
    """Central differences (f(x + h) - f(x - h)) / 2h for each entry x of `array`.

    h = step * max(1, |x|).
    """
    gradient = np.empty(array.shape)
    for i, x in np.ndenumerate(array):
        h = step * max(1.0, abs(x))
        above, below = f(replaced(array, i, x + h)), f(replaced(array, i, x - h))
        gradient[i] = (above - below) / (2 * h)
    return gradient


def replaced(array, index, value):
    """A float64 copy of `array` with one entry replaced."""
    copy = np.array(array, dtype=np.float64)
    copy[index] = value
    return copy


def relative_error(a, b):
    """|a - b| / (|a| + |b|) in Euclidean norms: 0 if equal, 1 if opposite.

    Infinite for unequal shapes.
    """
    if np.shape(a) != np.shape(b):
        return np.inf
    with np.errstate(over="ignore", invalid="ignore"):
        scale = np.linalg.norm(a) + np.linalg.norm(b)
        return float(np.linalg.norm(np.subtract(a, b)) / scale) if scale else 0.0


def gradient_check(
    X,
    Y,
    parameters,
    hidden_layer_activation,
    output_layer_activation,
    cost="cross_entropy",
    backward=L_model_backward,
    tolerance=1e-7,
):
    """Compare every dW and db that `backward` gives with central differences; use float64.

    Returns a GradientCheck. At a kink (ReLU at 0, MAE at equality) no derivative exists to
    compare with.
    """
    X, Y = as_matrix("X", X), as_matrix("Y", Y)
    activations = hidden_layer_activation, output_layer_activation
    AL, caches = L_model_forward(X, parameters, *activations)
    grads = backward(AL, Y, caches, *activations, cost)

    def J(name, value):
        AL, _ = L_model_forward(X, {**parameters, name: value}, *activations)
        return get_cost(cost).forward(AL, Y)

    errors = {}
    for name, P in parameters.items():
        numerical = numerical_gradient(partial(J, name), P)
        errors[f"d{name}"] = relative_error(grads[f"d{name}"], numerical)
    return GradientCheck(errors, tolerance)
