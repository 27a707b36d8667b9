"""How the equations of lesson 05, tanh, are checked."""

from dnn_lessons import tanh, tanh_backward
from proofs.check import Check, Named, arrays, given, tied
from proofs.claims.common import KINK, output, slope

TANH = {"T": output(tanh), "S": slope(tanh_backward, tanh)}  # and its slope
ENDS = "z = 0", "z = 40", "z = -40"  # where the slope is largest, and nearly 0

CLAIMS = {
    "5.1": (Check(), Check(code={"tanh": output(tanh)})),
    "5.2": (Check(), tied("-T", code=TANH)),
    "5.3": (Check(), tied(r"\frac{e^{z} - e^{-z}}{T}", code=TANH)),
    "5.4": (Check(), tied("T (e^{z} + e^{-z})", code=TANH)),
    "5.5": (Check(), tied("S", code=TANH)),
    "5.6": (Check(), tied(r"(\frac{e^{z} - e^{-z}}{T})^2", code=TANH)),
    "5.7": (Check(), tied("T^2 (e^{z} + e^{-z})^2", code=TANH)),
    "5.8": (Check(), tied("S", code=TANH)),
    "5.9": (Check(), tied("S", code=TANH)),
    "5.10": (Check(), tied("S", code=TANH)),
    "5.11": (Check(tight=ENDS), tied("S", code=TANH, side=1, tight=ENDS)),
    "5.12": (given("2.1"), tied("T", "2.1", code=TANH)),
    "5.13": (Check(), tied("T", code=TANH)),
    "5.14": given("2.1"),
    "5.15": (given("2.1"), tied("S", "2.1", code=TANH)),
    "5.16": (Check(cases=KINK), tied("S", code=TANH, cases=KINK)),
    "5.17": arrays("tanh"),
    "5.18": arrays("tanh", ranges={"j": "n_2", "k": "n_1"}),
}

INLINE = {
    r"z = \log 2": Named("the chosen number"),
    "e^{z} = 2": given(r"z = \log 2"),
    "e^{-z} = 0.5": given(r"z = \log 2"),
    "u(z) = e^{z} - e^{-z}": Named("the numerator"),
    "v(z) = e^{z} + e^{-z}": Named("the denominator"),
    "e^{z} e^{-z} = 1": Check(),
    "e^{z} = e^{-z}": given("z = 0"),
    "e^{z} e^{-2 z} = e^{-z}": Check(),
    r"\sigma(2 z) = \frac{1}{2} (1 + \tanh(z))": given("2.1"),
    "(1 + z) - z = 1": Check(),
    "(1 - z) + z = 1": Check(),
    "a = 2 s - 1": given(r"a = \tanh(z)", r"s = \sigma(2 z)", "2.1"),
    "a^2 = 0.81": given("a = 0.9"),
    r"a = 2 \sigma(2 z) - 1": given(r"a = \tanh(z)", "2.1"),
}

NUMBERS = {
    "crosses 0.5": r"= \frac{1}{1 + e^{0}}",
    "needs $z = 37$ and $z = 17$": "lesson 02 says so, and its explorer's test",
    "behind 16 layers": "= 15 + 1",
    "outputs $a = -0.8$": "the exercise chooses it",
    "a slope of 0.19": "= 1 - 0.81",
    "For 0.19": "= 1 - 0.81",
    "$a = 0.9$": r"= \sqrt{0.81}",
    "$a = -0.9$": r"= -\sqrt{0.81}",
    "by trying 0.1 and 0.01": "the question chooses them",
    "at $z = 0.01$": "the question chooses it",
    "is 0.000332": r"= 0.1 - \tanh(0.1)",
    "is 0.000000333": r"= 0.01 - \tanh(0.01)",
}
