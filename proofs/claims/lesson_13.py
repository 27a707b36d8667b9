"""How the equations of lesson 13, prediction, are checked."""

from proofs.check import Check, Named, given

CLAIMS = {
    "13.1": given("2.1"),
    "13.2": given("2.1"),
}

INLINE = {
    "e^{z/2} e^{-z} = e^{-z/2}": Check(),
    "1 - p < 9p": Named("when the expected price is lower"),
}

LOOSE_NUMBERS = 20  # not yet tied to what the lesson computes
