"""How the equations of lesson 15, how frameworks get fast, are checked."""

import numpy as np

from dnn_lessons import (
    L_model_backward,
    L_model_forward,
    initialize_parameters,
    relu,
    relu_backward,
)
from proofs.check import Check, arrays, tied
from proofs.claims.common import DEPTHS, KINK, WIDTHS, layer_sizes, size, slope


def _layers_of_the_exercise(scope, layer, example, subs):
    """Return the number of units of a layer of the network 2-3-4-1."""
    return scope.world.number((2, 3, 4, 1)[subs[0]])


class _Counting(np.ndarray):
    """An array that counts the multiplications of its matrix products."""

    count = 0
    __array_priority__ = 1.0  # a product with another array is one of these as well

    def __array_function__(self, function, types, arguments, named):
        if function is np.dot:
            left, right = arguments
            _Counting.count += left.size * right.shape[1]
        return super().__array_function__(function, types, arguments, named)


def _multiplications(scope, layer, example, subs):
    """Return how many numbers one forward and one backward pass multiply in matrix products."""
    _Counting.count = 0
    _pass_through(WIDTHS[: size(scope, "L") + 1], size(scope, "m"))
    return scope.world.number(_Counting.count)


def _pass_through(widths, m):
    """Compute the gradient of a network for m examples."""
    X, Y = (np.ones((n, m)).view(_Counting) for n in (widths[0], widths[-1]))
    pair, parameters = ("tanh", "linear"), initialize_parameters(widths, rng=0)
    AL, caches = L_model_forward(X, parameters, *pair)
    L_model_backward(AL, Y, caches, *pair, "mse")


COUNTED = {"n": layer_sizes, "N": _multiplications}

CLAIMS = {
    "15.1": (
        Check(),
        tied("N", sizes={"m": (1, 4), "L": DEPTHS}, families=COUNTED, module=True),
    ),
    "15.2": Check(code={"g'": slope(relu_backward, relu)}, cases=KINK),
}

TWO_LAYERS = (((3, 4, 2), 5),)  # layers and examples
INLINE = {
    "Z^{[1]} = W^{[1]} X + b^{[1]}": arrays(shapes=TWO_LAYERS),
    r"A^{[1]} = \max(0, Z^{[1]})": arrays("relu", shapes=TWO_LAYERS),
    "Z^{[2]} = W^{[2]} A^{[1]} + b^{[2]}": arrays(shapes=TWO_LAYERS),
    r"A^{[2]} = \sigma(Z^{[2]})": arrays("sigmoid", shapes=TWO_LAYERS),
    "dZ^{[2]} = A^{[2]} - Y": arrays("sigmoid", "cross_entropy", shapes=TWO_LAYERS),
    r"dA^{[1]} = (W^{[2]})^\top dZ^{[2]}": arrays(shapes=TWO_LAYERS),
    r"dZ^{[1]} = dA^{[1]} \odot g'(Z^{[1]})": arrays("relu", shapes=TWO_LAYERS),
    "m n_1 n_0 = 60": Check(sizes={"m": (10,)}, families={"n": _layers_of_the_exercise}),
}

NUMBERS = {
    "call #14": "= 14",
    "call #18, the question": "= 18",
    "Call #18 stands": "= 18",
    "about 4, 12 or 40": "the choices of a question",
    "network 2-3-4-1": "the exercise chooses it",
}
