"""How the equations of lesson 09, backpropagation, are checked."""

import numpy as np

from dnn_lessons import (
    mse_backward,
    relu,
    sigmoid,
    sigmoid_backward,
)
from dnn_lessons.backward import linear_backward
from dnn_lessons.costs import sigmoid_cross_entropy_backward
from proofs.check import Check, Named, arrays, given, one_example, tied
from proofs.claims.common import (
    OPEN,
    code_gradients,
    of_a_sigmoid,
    of_one_output,
    output,
    slope,
)


def _code_weights(scope, layer, example, subs):
    """Return the entry dW_{jk} of L_model_backward."""
    j, k = subs
    return float(code_gradients(scope.world.network)[f"dW{layer}"][j - 1, k - 1])


def _example_loss(scope, layer, example, subs):
    """Return the loss of one example."""
    network = scope.world.network
    return network.loss(network.AL[:, example - 1], network.Y[:, example - 1])


def _through_a_unit(gradient):
    """Return a gradient of linear_backward in one unit whose loss is half the square of z."""

    def of(w, x, b):
        w, x, b = (np.reshape(each, (1, 1)) for each in (w, x, b))
        return linear_backward(w * x + b, (x, w, b))[gradient]

    return of


SHORTCUT = of_one_output(sigmoid_cross_entropy_backward)
RELU = {"g": output(relu)}
SQUARED = {  # the loss (a - y)^2 behind a sigmoid
    "dell/dz": of_a_sigmoid(mse_backward),
    "dell/da": lambda z, y: of_one_output(mse_backward)(sigmoid(z)[0], y),
    "g'": slope(sigmoid_backward, sigmoid),
}
HALF_SQUARE = {
    "dell/dz": lambda w, x, b: w * x + b,
    "dell/dw": _through_a_unit(1),
    "dell/db": _through_a_unit(2),
}

CLAIMS = {
    "9.1": tuple(
        arrays(*pair, families={"dW": _code_weights})
        for pair in (("sigmoid", "cross_entropy"), ("tanh", "mse"), ("leaky_relu", "mae"))
    ),
    "9.2": (given("a = g(z)", r"\ell = \ell(a)"), Check(code=SQUARED)),
    "9.3": (given("z = w x + b", r"\ell = \ell(z)"), Check(code=HALF_SQUARE)),
    "9.4": (given("z = w x + b", r"\ell = \ell(z)"), Check(code=HALF_SQUARE)),
    "9.5": one_example(),
    "9.6": one_example(),
    "9.7": one_example(),
    "9.8": one_example(),
    "9.9": one_example(),
    "9.10": one_example(),
    "9.11": one_example(),
    "9.12": arrays(
        code={"J": lambda network: network.code_cost()}, families={"ell": _example_loss}
    ),
    "9.13": arrays(),
    "9.14": arrays(),
    "9.15": arrays(),
    "9.16": arrays(),
    "9.17": arrays(),
    "9.18": (given(OPEN), tied("N", OPEN, "0 < y < 1", code={"N": SHORTCUT})),
    "9.19": arrays("sigmoid", "cross_entropy"),
    "9.20": (given(r"J = J(\theta)"), tied(r"3 \theta^2", r"J(\theta) = \theta^3")),
    "9.21": (Check(), tied(r"\frac{d}{d\theta} \theta^3 + h^2")),
    "9.22": (Check(), tied("0", "h = 2^{-18}"), tied("2 - 2^{-53}", "h = 1")),
    "9.23": (given("h > 0"), tied(r"\frac{g(h) - g(-h)}{2 h}", "h > 0", code=RELU)),
}

INLINE = {
    "z = a = 3": Named("the numbers of the exercise"),
    "n_l = n_{l-1}": Named("two layers of one width"),
    "z = w x + b": Named("one unit"),
    "a = g(z)": Named("one unit"),
    "h^3 = 2^{-54}": given("h = 2^{-18}"),
    r"dW = A^{[l-1]} (dZ)^\top": Named("a wrong formula, whose shape is asked for"),
    r"dW^{[L]} = \frac{1}{m} dZ (A^{[L-1]})^\top = 0": Named("(9.14) where all A are 0"),
}

NUMBERS = {
    "take 109,386": r"= 784 \cdot 128 + 128 + 128 \cdot 64 + 64 + 64 \cdot 10 + 10",
    "$10^{-8}$ to about $10^{-3}$": "the explorer's test brackets them",
    "layer 3 is exact": "the output layer of 2-4-4-1",
    "At $l = 3$": "the output layer of 2-4-4-1",
    "network 1-20-20-1": "an example",
    "the rows $(-0.076": r"= \frac{-0.1517}{2}",
    "and $(-0.269": r"= \frac{-0.2689 \cdot 2}{2}",
    ", -0.403)$": r"= \frac{-0.2689 \cdot 3}{2}",
}
