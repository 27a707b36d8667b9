"""How the equations of lesson 01, the forward pass, are checked."""

import numpy as np

from dnn_lessons import relu
from dnn_lessons.forward import linear_forward
from proofs.check import Check, arrays, one_example
from proofs.claims.common import KINK, indexed, layer_sizes


def _unit(scope, layer, example, subs):
    """Return z of one unit with n_0 = 3 inputs, from linear_forward."""
    b = np.array([[float(indexed(scope, "b"))]])
    Z, _ = linear_forward(_row(scope, "x").T, _row(scope, "w"), b)
    return scope.world.number(float(Z[0, 0]))


def _row(scope, base):
    """Return the three entries of x or w, as an array of shape (1, 3)."""
    return np.array([[float(indexed(scope, base, subs=(k,))) for k in (1, 2, 3)]])


CLAIMS = {
    "1.1": Check(families={"z": _unit, "n": layer_sizes}, module=True),
    "1.2": Check(code={"g": lambda z: relu(z)[0]}, cases=KINK),
    "1.3": one_example(ranges={"j": "n_1"}),
    "1.4": one_example(),
    "1.5": arrays(),
    "1.6": arrays(),
    "1.7": arrays(),
    "1.8": Check(),
    "1.9": arrays(),
    "1.10": arrays(),
}

LOOSE_NUMBERS = 32  # not yet tied to what the lesson computes
OPEN_FORMULAS = 19  # not yet proven or declared
