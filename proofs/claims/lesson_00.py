"""How the equations of lesson 00 are checked."""

from proofs.check import arrays
from proofs.claims.common import MEAN_OF_LOSSES, UPDATE

CLAIMS = {
    "0.1": arrays(),
    "0.2": MEAN_OF_LOSSES,
    "0.3": UPDATE,
}


LOOSE_NUMBERS = 39  # not yet tied to what the lesson computes
