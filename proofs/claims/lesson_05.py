"""How the equations of lesson 05, tanh, are checked."""

from dnn_lessons import tanh
from proofs.check import Check, arrays, given
from proofs.claims.common import KINK

CLAIMS = {
    "5.1": (Check(), Check(code={"tanh": lambda z: tanh(z)[0]})),
    "5.2": Check(),
    "5.3": Check(),
    "5.4": Check(),
    "5.5": Check(),
    "5.6": Check(),
    "5.7": Check(),
    "5.8": Check(),
    "5.9": Check(),
    "5.10": Check(),
    "5.11": Check(tight=("z = 0", "z = 40", "z = -40")),
    "5.12": given("2.1"),
    "5.13": Check(),
    "5.14": given("2.1"),
    "5.15": given("2.1"),
    "5.16": Check(cases=KINK),
    "5.17": arrays("tanh"),
    "5.18": arrays("tanh", ranges={"j": "n_2", "k": "n_1"}),
}
