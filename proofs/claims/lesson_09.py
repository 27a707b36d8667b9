"""How the equations of lesson 09, backpropagation, are checked."""

from proofs.check import Check, Named, arrays, given, one_example
from proofs.claims.common import OPEN, code_gradients


def _code_weights(scope, layer, example, subs):
    """Return the entry dW_{jk} of L_model_backward."""
    j, k = subs
    return float(code_gradients(scope.world.network)[f"dW{layer}"][j - 1, k - 1])


def _example_loss(scope, layer, example, subs):
    """Return the loss of one example."""
    network = scope.world.network
    return network.loss(network.AL[:, example - 1], network.Y[:, example - 1])


CLAIMS = {
    "9.1": tuple(
        arrays(*pair, families={"dW": _code_weights})
        for pair in (("sigmoid", "cross_entropy"), ("tanh", "mse"), ("leaky_relu", "mae"))
    ),
    "9.2": given("a = g(z)", r"\ell = \ell(a)"),
    "9.3": given("z = w x + b", r"\ell = \ell(z)"),
    "9.4": given("z = w x + b", r"\ell = \ell(z)"),
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
    "9.18": given(OPEN),
    "9.19": arrays("sigmoid", "cross_entropy"),
    "9.20": given(r"J = J(\theta)"),
    "9.21": Check(),
    "9.22": Check(),
    "9.23": given("h > 0"),
}

INLINE = {
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
