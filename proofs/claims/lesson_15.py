"""How the equations of lesson 15, how frameworks get fast, are checked."""

from dnn_lessons import relu, relu_backward
from proofs.check import Check
from proofs.claims.common import KINK, slope

CLAIMS = {
    "15.1": Check(),
    "15.2": Check(code={"g'": slope(relu_backward, relu)}, cases=KINK),
}

LOOSE_NUMBERS = 21  # not yet tied to what the lesson computes
OPEN_FORMULAS = 20  # not yet proven or declared
