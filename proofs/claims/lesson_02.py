"""How the equations of lesson 02, the sigmoid, are checked."""

from dnn_lessons import sigmoid, sigmoid_backward
from proofs.check import Check, Named, arrays, given, tied
from proofs.claims.common import KINK, TINY, output, slope

SIGMOID = {
    "sigma": output(sigmoid),
    "sigma'": slope(sigmoid_backward, sigmoid),
}
MODULE = {"N": SIGMOID["sigma"], "S": SIGMOID["sigma'"]}  # besides those of (2.1)
ENDS = "z = 0", "z = 80", "z = -80"  # where the slope is largest, and nearly 0
SLOPES = r"\prod_{l=1}^{L} \sigma(z^{[l]}) \sigma(-z^{[l]})"

CLAIMS = {
    "2.1": Check(code={"sigma": output(sigmoid)}),
    "2.2": (Check(), tied(r"\sigma'(z)", "u(z) = 1", "v(z) = 1 + e^{-z}", code=SIGMOID)),
    "2.3": (Check(), tied(r"-\frac{\sigma'(z)}{\sigma(z)^2}", code=SIGMOID)),
    "2.4": given("2.1"),
    "2.5": (given("2.1"), tied("1 - N", "2.1", code=MODULE)),
    "2.6": (given("2.1"), tied("S", "2.1", code=MODULE)),
    "2.7": given("2.1"),
    "2.8": given("2.1", f"h = {TINY}", small="h", order=2),
    "2.9": given("2.1"),
    "2.10": given("2.1"),
    "2.11": (given("2.1"), tied(r"\sigma'(z)", "2.1")),
    "2.12": (
        given("2.1", tight=ENDS),
        tied(r"\sigma(z) \sigma(-z)", "2.1", side=1, tight=ENDS),
    ),
    "2.13": arrays("sigmoid"),
    "2.14": (
        given("2.1", tight=("z^{[l]} = 0",)),
        tied(SLOPES, "2.1", side=0, tight=("z^{[l]} = 0",)),
    ),
    "2.15": given("2.1", cases=KINK),
    "2.16": (
        given("2.1", cases=KINK),
        given("2.1", code={"sigma": output(sigmoid)}, cases=KINK),
    ),
    "2.17": (
        given("2.1", cases=KINK),
        given("2.1", code={"sigma'": slope(sigmoid_backward, sigmoid)}, cases=KINK),
    ),
}

INLINE = {
    "u(z) = 1": Named("the numerator"),
    "v(z) = 1 + e^{-z}": Named("the denominator"),
    r"a (1 - a) = 0.9 \times 0.1 = 0.09": given("a = 0.9"),
    r"a = \sigma(z)": Named("the equation to be solved"),
    "u(z) = z": Named("the first factor"),
    r"v(z) = \sigma(z)": Named("the second factor"),
    "1 + e^{z} = e^{z} (1 + e^{-z})": Check(),
    r"\frac{1}{a} = 1 + e^{-z}": given(r"a = \sigma(z)", "2.1"),
    r"e^{-z} = \frac{1 - a}{a}": given(r"a = \sigma(z)", "2.1"),
    r"z = \log \frac{a}{1 - a}": given(r"a = \sigma(z)", "2.1"),
}

NUMBERS = {
    "with 32 (float32)": "the bits of float32",
    "and 10: the weight": r"= \frac{40}{4}",
    "from $-1000$ to 1000": "the exercise chooses them",
    "probability 0.97": "an example",
    "is about 0.135": "= e^{-2}",
    "about 7.39": "= e^{2}",
    "20 earlier": "= 37 - 17",
    r"$1.8 \times 10^{308}$": "the largest of float64; rounded, it overflows",
    r"$3.4 \times 10^{38}$": "= (2 - 2^{-23}) 2^{127}",
    r"$2.2 \times 10^{-16}$": "= 2^{-52}",
    "$w = 4$ and $w = 40$": "the exercise chooses them",
    "about 0.07": r"= 4 \frac{e^{-4}}{(1 + e^{-4})^2}",
    r"about $1.7 \times 10^{-16}$": r"= 40 \frac{e^{-40}}{(1 + e^{-40})^2}",
    "from about $z = 37$": r"= 53 \log 2",
    "which is 0.0067": "= e^{-5}",
}
