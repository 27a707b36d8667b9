"""The gradient check (lesson 09): a backward pass against central differences of the cost."""

from functools import partial
from typing import NamedTuple

import numpy as np

from dnn_lessons import _differences as around
from dnn_lessons._checks import as_floats, as_matrix
from dnn_lessons._differences import replaced
from dnn_lessons.backward import L_model_backward


class GradientCheck(NamedTuple):
    """The result of a gradient check.

    Parameters
    ----------
    errors : dict
        {"dW1": the relative error of that gradient, ...}.
    tolerance : float
        The largest error that passes.
    skipped : int, default 0
        How many numbers could not be compared, since the cost has a kink there.
    """

    errors: dict
    tolerance: float
    skipped: int = 0

    @property
    def worst(self):
        """The name of the gradient that is furthest off."""
        return max(self.errors, key=self.errors.get)

    @property
    def passed(self):
        """Whether every error is within the tolerance; NaN is not."""
        return all(error <= self.tolerance for error in self.errors.values())

    def __str__(self):
        """Return one line for each gradient, and the verdict as the last."""
        row = "{:>5}  relative error {:.0e}".format
        return "\n".join([*map(row, self.errors, self.errors.values()), self._verdict()])

    def _verdict(self):
        """Return in words whether the check passed, and what it left out."""
        verdict = "all right" if self.passed else f"WRONG, worst in {self.worst}"
        left_out = f"; {self.skipped} left out at a kink" if self.skipped else ""
        return f"{verdict} (tolerance {self.tolerance:.0e}){left_out}"


def numerical_gradient(f, array, step=1e-5):
    """Return the central difference (f(x + h) - f(x - h)) / 2h for each x in `array`.

    Parameters
    ----------
    f : callable
        A function of an array shaped like `array`, with a number as its value.
    array : ndarray
        Where the gradient is wanted.
    step : float, default 1e-5
        h is step * max(1, |x|).

    Returns
    -------
    ndarray, shape of `array`
        An approximation of the gradient, with an error that shrinks like h squared.
    """
    gradient = np.empty(array.shape)
    for i, x in np.ndenumerate(array):
        h = step * max(1.0, abs(x))
        above, below = f(replaced(array, i, x + h)), f(replaced(array, i, x - h))
        gradient[i] = (above - below) / (2 * h)
    return gradient


def relative_error(a, b):
    """Return |a - b| / (|a| + |b|) in Euclidean norms: 0 if equal, 1 if opposite.

    Parameters
    ----------
    a, b : ndarray
        Two gradients.

    Returns
    -------
    float
        The relative error; infinite for unequal shapes.
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
    """Compare every dW and db that `backward` gives with central differences of the cost.

    A difference counts as far as rounding and h^2 terms of the quotient cannot explain it. At
    a kink (ReLU at 0, MAE at equality) no derivative exists, so nothing is compared there.

    Parameters
    ----------
    X : array_like, shape (n_x, m)
        The input; columns are examples.
    Y : array_like, shape (n_y, m)
        The labels.
    parameters : dict
        {"W1", "b1", ..., "WL", "bL"}, in float64: float32 is too coarse for the differences.
    hidden_layer_activation : str or Activation
        The activation function of layers 1 to L - 1.
    output_layer_activation : str or Activation
        The activation function of layer L.
    cost : str or Cost, default "cross_entropy"
        The cost function.
    backward : callable, default L_model_backward
        The backward pass to check.
    tolerance : float, default 1e-7
        The largest relative error that passes.

    Returns
    -------
    GradientCheck
        The errors and the verdict.

    Raises
    ------
    ValueError
        If X, Y and the parameters do not fit each other, or the cost cannot take the output.
    """
    X, Y, parameters = as_matrix("X", X), as_matrix("Y", Y), as_floats(parameters)
    model = hidden_layer_activation, output_layer_activation, cost
    errors, skipped = {}, 0
    for name, P in parameters.items():
        J = partial(around.cost_with, X, Y, parameters, model, name)
        G = partial(around.gradient_with, X, Y, parameters, model, backward, name)
        given, doubts = G(P), around.uncertainty(J, G, P)
        measured = around.nearest(given, numerical_gradient(J, P), doubts)
        errors[f"d{name}"] = relative_error(given, measured)
        skipped += int(np.isinf(doubts).sum())
    return GradientCheck(errors, tolerance, skipped)
