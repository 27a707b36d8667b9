"""How the equations of lesson 06, cross-entropy, are checked."""

from dnn_lessons import cross_entropy, cross_entropy_backward
from dnn_lessons.costs import sigmoid_cross_entropy
from proofs.check import Check, Named, arrays, given
from proofs.claims.common import KINK, MEAN_OF_LOSSES, OPEN, of_one_output

SIGMOID_LOSS = ("6.4", r"a = \sigma(z)", "2.1")


def _loss_of_z(z, y):
    """Return the loss of one example from its pre-activation."""
    return of_one_output(sigmoid_cross_entropy)(z, y)


CLAIMS = {
    "6.1": MEAN_OF_LOSSES,
    "6.2": Check(cases=("y = 1", "y = 0")),
    "6.3": Check(),
    "6.4": given(OPEN, "0 < y < 1", code={"ell": of_one_output(cross_entropy)}),
    "6.5": arrays(
        "sigmoid", "cross_entropy", code={"J": lambda network: network.code_cost()}
    ),
    "6.6": given(OPEN),
    "6.7": given(OPEN),
    "6.8": given("6.4", OPEN),
    "6.9": (
        given("6.4", OPEN),
        given(OPEN, "0 < y < 1", code={"dell/da": of_one_output(cross_entropy_backward)}),
    ),
    "6.10": given(r"a = \sigma(z)", "2.1"),
    "6.11": given(*SIGMOID_LOSS),
    "6.12": given(*SIGMOID_LOSS),
    "6.13": arrays("sigmoid", "cross_entropy"),
    "6.14": given("2.1"),
    "6.15": given("2.1"),
    "6.16": given("2.1"),
    "6.17": given(*SIGMOID_LOSS),
    "6.18": Check(cases=KINK),
    "6.19": (
        given(*SIGMOID_LOSS, cases=KINK),
        Check(code={"ell": _loss_of_z}),
    ),
}

INLINE = {
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
