"""How the equations of lesson 00 are checked."""

from proofs.check import arrays
from proofs.claims.common import MEAN_OF_LOSSES, UPDATE

CLAIMS = {
    "0.1": arrays(),
    "0.2": MEAN_OF_LOSSES,
    "0.3": UPDATE,
}

NUMBERS = {
    "repeated 18,900 times": r"= 63 \cdot 300",
    "63 batches": r"= \lceil \frac{500}{8} \rceil",
    "1920 pixels": "a usual width",
    "to 150 %": "a zoom of the browser",
    "has 4": r"= 2 \cdot 2",
    "it is $(1, 5)$": "one output, five hidden units",
    "9 parameters": "= 4 + 2 + 2 + 1",
    "about 0.023": "the code beside it asserts it, and a test runs that",
    "reaches 1.62": r"= 2 \cdot 0.81",
}
