"""How the equations of lesson 13, prediction, are checked."""

from proofs.check import given

CLAIMS = {
    "13.1": given("2.1"),
    "13.2": given("2.1"),
}
