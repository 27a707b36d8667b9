"""How the equations of lesson 01, the forward pass, are checked."""

import numpy as np

from dnn_lessons import L_model_forward, initialize_parameters, relu, sigmoid
from dnn_lessons.forward import linear_forward
from proofs.check import Check, Named, arrays, one_example, tied
from proofs.claims.common import DEPTHS, KINK, WIDTHS, indexed, layer_sizes, output, size


def _unit(scope, layer, example, subs):
    """Return z of one unit with n_0 = 3 inputs, from linear_forward."""
    b = np.array([[float(indexed(scope, "b"))]])
    Z, _ = linear_forward(_row(scope, "x").T, _row(scope, "w"), b)
    return scope.world.number(float(Z[0, 0]))


def _row(scope, base):
    """Return the three entries of x or w, as an array of shape (1, 3)."""
    return np.array([[float(indexed(scope, base, subs=(k,))) for k in (1, 2, 3)]])


def _parameters(scope, layer, example, subs):
    """Return how many numbers initialize_parameters draws for L layers."""
    widths = WIDTHS[: size(scope, "L") + 1]
    drawn = initialize_parameters(widths, rng=0).values()
    return scope.world.number(sum(each.size for each in drawn))


def _two_layers_without_activation(scope, layer, example, subs):
    """Return the output of the first two layers of a network with the identity in both."""
    network = scope.world.network
    both = {f"{name}{l}": network.arrays[name][l] for l in (1, 2) for name in "Wb"}
    return L_model_forward(network.arrays["X"][None], both, "linear", "linear")[0]


COUNTED = {"n": layer_sizes, "N": _parameters}
LINEAR = arrays(tied="N", families={"N": _two_layers_without_activation})

CLAIMS = {
    "1.1": Check(families={"z": _unit, "n": layer_sizes}, module=True),
    "1.2": Check(code={"g": output(relu)}, cases=KINK),
    "1.3": one_example(ranges={"j": "n_1"}),
    "1.4": one_example(),
    "1.5": arrays(),
    "1.6": arrays(),
    "1.7": arrays(),
    "1.8": (Check(), tied("N", sizes={"L": DEPTHS}, families=COUNTED, module=True)),
    "1.9": LINEAR,
    "1.10": LINEAR,
}

INLINE = {
    "m = n_1 = 2": Named("the sizes of the example"),
    "m = n_0 = 2": Named("the sizes of the example"),
    "A^{[0]} = X": arrays(),
    r"l = 1, 2, \dots, L": Named("the layers"),
    r"\sigma(z) = 1 / (1 + e^{-z})": Check(code={"sigma": output(sigmoid)}),
    "g(z) = z": Named("the identity in place of an activation"),
    "Z^{[1]} = W^{[1]} X + b^{[1]}": arrays(),
    r"W \cdot 0 + 0 = 0": Check(),
    r"\max(0, x) - \max(0, -x) + 1 = x + 1": Check(cases=("x > 0", "x = 0", "x < 0")),
}

NUMBERS = {
    "is about 0.082": "= e^{-2.5}",
    "about 2.718": "= e^{1}",
    "multiplies the number 3": "an example",
    "1,217": "the van's network, by the paper at the end",
    "29 units": "the van's network, by the paper at the end",
    "46 outputs": "the van's network, by the paper at the end",
    "28 by 28": r"= \sqrt{784}",
    "layers 1217, 29 and 46": "the van's network, by the paper at the end",
    "100 examples": "the exercise chooses it",
    "200 examples": "the exercise chooses it",
    "(29, 100)": "units of the layer, examples",
    "(46, 100)": "outputs, examples",
}
