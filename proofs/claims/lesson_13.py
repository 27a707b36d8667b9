"""How the equations of lesson 13, prediction, are checked."""

from dnn_lessons import sigmoid
from proofs.check import Check, Named, given, tied
from proofs.claims.common import output

LESS_HALF = (
    given("2.1"),
    tied(r"N - \frac{1}{2}", "2.1", code={"N": output(sigmoid)}),
)

CLAIMS = {
    "13.1": LESS_HALF,
    "13.2": LESS_HALF,
}

INLINE = {
    "e^{z/2} e^{-z} = e^{-z/2}": Check(),
    "1 - p < 9p": Named("when the expected price is lower"),
}

NUMBERS = {
    "Try 0.2": "the question chooses it",
    "At 0.2": "the question chooses it",
    "since 0.2 is not above 0.2": "the question chooses it",
    "48.5 %": r"= \frac{194}{400}",
    "probability 0.9": "an example",
    "90 % sure": "an example",
    "at 0.88": r"= \frac{1}{4} e^{\frac{4 \pi}{10}}",
    "52 MB": r"= \frac{130 \cdot 50000 \cdot 8}{10^{6}}",
    "about 76": r"= \frac{84 \cdot 90.5}{100}",
    "1,000 examples 990": "the exercise chooses them",
    "right 99 %": r"= \frac{990}{1000}",
}
