"""How the equations of lesson 03, the ReLU, are checked."""

from dnn_lessons import relu, relu_backward
from proofs.check import Check, Named, arrays, given, tied
from proofs.claims.common import KINK, SIDES, output, slope

SLOPE = {"g'": slope(relu_backward, relu)}

CLAIMS = {
    "3.1": Check(code={"g": output(relu)}, cases=KINK),
    "3.2": given("3.1", cases=SIDES),
    "3.3": given("3.1", cases=SIDES),
    "3.4": (Check(), tied("g'(z)", "z > 0", code=SLOPE)),
    "3.5": (given("3.1", "h > 0"), tied("g'(h)", "3.1", "h > 0", code=SLOPE)),
    "3.6": (given("3.1", "h > 0"), tied("g'(-h)", "3.1", "h > 0", code=SLOPE)),
    "3.7": (
        given("3.1", cases=KINK),
        Check(code=SLOPE, cases=SIDES),
    ),
    "3.8": (
        given("3.1", "h > 0"),
        tied(r"\frac{g'(h) + g'(-h)}{2}", "3.1", "h > 0", code=SLOPE),
    ),
    "3.9": arrays("relu"),
    "3.10": (
        given("3.1", "z > 0"),
        tied(r"\prod_{l=1}^{L} g'(z^{[l]})", "3.1", "z > 0", code=SLOPE),
    ),
    "3.11": arrays("relu", ranges={"j": "n_1", "k": "n_0"}),
}

INLINE = {
    "z + h = 0.12": given("z = 0.02", "h = 0.1"),
    "z - h = -0.08": given("z = 0.02", "h = 0.1"),
    "y = x + 1": Named("the line to be learnt"),
    "z = g(z) - g(-z)": given("3.1", cases=KINK),
    "|z| = g(z) + g(-z)": given("3.1", cases=KINK),
}

NUMBERS = {
    "$z = 0.02$, and the step $h = 0.1$": "the exercise chooses them",
    "its value is 0 below 0, $z$ from 0 to 6, and 6 above 6": "defines the ReLU6",
}
