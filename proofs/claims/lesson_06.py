"""How the equations of lesson 06, cross-entropy, are checked."""

import numpy as np

from dnn_lessons import cross_entropy, cross_entropy_backward, sigmoid
from dnn_lessons.costs import sigmoid_cross_entropy
from proofs.check import Check, Named, arrays, given, tied
from proofs.claims.common import KINK, MEAN_OF_LOSSES, OPEN, of_one_output, output

SIGMOID_LOSS = ("6.4", r"a = \sigma(z)", "2.1")


def _loss_of_z(z, y):
    """Return the loss of one example from its pre-activation."""
    return of_one_output(sigmoid_cross_entropy)(z, y)


def _constant_cost(p, Y):
    """Return the cost of one probability for all examples."""
    return cross_entropy(np.full_like(Y, p), Y)


RIGHT_OR_NOT = "y = 1", "y = 0"
LOSS, SLOPE = {"ell": of_one_output(cross_entropy)}, of_one_output(cross_entropy_backward)

CLAIMS = {
    "6.1": MEAN_OF_LOSSES,
    "6.2": (
        Check(cases=RIGHT_OR_NOT),
        tied(r"e^{-\ell(p, y)}", code=LOSS, cases=RIGHT_OR_NOT),
    ),
    "6.3": (Check(), tied("J", "0 < y < 1", code={"J": _constant_cost})),
    "6.4": given(OPEN, "0 < y < 1", code=LOSS),
    "6.5": arrays(
        "sigmoid", "cross_entropy", code={"J": lambda network: network.code_cost()}
    ),
    "6.6": (given(OPEN), tied("N", OPEN, code={"N": lambda a: -SLOPE(a, 1)})),
    "6.7": (given(OPEN), tied("N", OPEN, code={"N": lambda a: -SLOPE(a, 0)})),
    "6.8": given("6.4", OPEN),
    "6.9": (
        given("6.4", OPEN),
        given(OPEN, "0 < y < 1", code={"dell/da": SLOPE}),
    ),
    "6.10": given(r"a = \sigma(z)", "2.1"),
    "6.11": given(*SIGMOID_LOSS),
    "6.12": given(*SIGMOID_LOSS),
    "6.13": arrays("sigmoid", "cross_entropy"),
    "6.14": (given("2.1"), tied("1 - N", "2.1", code={"N": output(sigmoid)})),
    "6.15": (given("2.1"), tied(r"\ell(z, 1)", "2.1", code={"ell": _loss_of_z})),
    "6.16": (given("2.1"), tied(r"\ell(z, 0)", "2.1", code={"ell": _loss_of_z})),
    "6.17": given(*SIGMOID_LOSS),
    "6.18": (
        Check(cases=KINK),
        tied(r"\ell(z, 1)", code={"ell": _loss_of_z}, cases=KINK),
    ),
    "6.19": (
        given(*SIGMOID_LOSS, cases=KINK),
        Check(code={"ell": _loss_of_z}),
    ),
}

INLINE = {
    "a = y": Named("where the loss is smallest"),
    "a^{(i)} = p": Named("the same prediction for all examples"),
    r"\log p^y = y \log p": Check(),
    r"a = \sigma(z)": Named("one prediction behind a sigmoid"),
    r"e^{-z} \le 2^{-53}": Named("when 1 absorbs the power"),
    r"\log 0 = -\infty": Named("the convention of NumPy"),
    "1 - y = 0": given("y = 1"),
    r"0 \log 0 = 0": Named("the convention of the lesson"),
    r"\sigma(z) = \frac{1}{1 + e^{-z}}": given("2.1"),
    r"z + \max(-z, 0) = \max(z, 0)": Check(cases=KINK),
}

NUMBERS = {
    "0.9, 0.99 and 0.999": "the exercise chooses them",
    "0.1054": r"= -\log(0.9)",
    "0.0101": r"= -\log(0.99)",
    "0.0010": r"= -\log(0.999)",
    r"$-9 \cdot 10^{-5}$": r"= -2 \frac{e^{20}}{(1 + e^{10})^3}",
}
