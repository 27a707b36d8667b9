"""How the equations of lesson 13, prediction, are checked."""

from proofs.check import given

CLAIMS = {
    "13.1": given("2.1"),
    "13.2": given("2.1"),
}

LOOSE_NUMBERS = 20  # not yet tied to what the lesson computes
OPEN_FORMULAS = 17  # not yet proven or declared
