"""How the equations of lesson 04, the leaky ReLU, are checked."""

import numpy as np

from dnn_lessons import leaky_relu, leaky_relu_backward
from proofs.check import Check, Named, arrays, given, tied
from proofs.claims.common import KINK, SIDES

EIGHTH = r"\alpha = \frac{1}{8}"
LEAKY = {
    "g": lambda z: leaky_relu(z, 0.125)[0],
    "g'": lambda z: leaky_relu_backward(np.ones_like(z), z, 0.125),
}
SLOPE = {"g'": LEAKY["g'"]}

CLAIMS = {
    "4.1": given(EIGHTH, code=LEAKY, cases=KINK),
    "4.2": (Check(), tied("g'(z)", "z < 0", EIGHTH, code=LEAKY)),
    "4.3": (
        given("4.1", cases=KINK),
        given(EIGHTH, code=LEAKY, cases=SIDES),
    ),
    "4.4": (given("4.1", "h > 0"), tied("g'(-h)", "4.1", "h > 0", EIGHTH, code=SLOPE)),
    "4.5": (
        given("4.1", "h > 0"),
        tied(r"\frac{g'(h) + g'(-h)}{2}", "4.1", "h > 0", EIGHTH, code=SLOPE),
    ),
    "4.6": given("4.1", cases=KINK),
    "4.7": (Check(), tied(r"g(z) - \alpha z", "z > 0", EIGHTH, code=LEAKY)),
    "4.8": (
        Check(cases=KINK),
        given(r"\alpha = 1", cases=KINK),
        tied("g(z)", EIGHTH, code=LEAKY, cases=KINK),
    ),
    "4.9": arrays("leaky_relu"),
    "4.10": (
        given("4.1", "z < 0"),
        tied(r"\prod_{l=1}^{L} g'(z^{[l]})", "4.1", "z < 0", EIGHTH, code=SLOPE),
    ),
}

INLINE = {
    "g(z) = z": given("4.1", r"\alpha = 1", cases=KINK),
    r"\alpha z + (1 - \alpha) z = z": Check(),
    "y = x + 1": Named("the line to be learnt"),
    r"-\alpha (-z) = \alpha z": Check(),
}

NUMBERS = {
    "the leak 0.2 (the DCGAN": "from the paper on the DCGAN",
    "from $-1000$ to 1000": "the exercise chooses them",
    "where $0.05$": r"= 5 \cdot \frac{1}{100}",
    "and $-0.03$": r"= -3 \cdot \frac{1}{100}",
    "moves by 0.1 residuals": r"= 2 \cdot 0.05",
    "move it by 0.1 residuals": r"= 2 \cdot 0.05",
    "sum of squares is 19": r"= \frac{2}{0.1} - 1",
    "Beyond 19": r"= \frac{2}{0.1} - 1",
    "half of it is $-13$": r"= \frac{-26}{2}",
}
