"""How the equations of lesson 14, the regression test, are checked."""

import numpy as np

from dnn_lessons import mse, mse_backward
from dnn_lessons.datasets import attenuated_sine
from dnn_lessons.forward import linear_forward
from proofs.check import Check, Named, given, tied
from proofs.claims.common import (
    indexed,
    of_a_sigmoid,
    of_one_output,
    size,
    standard_deviation,
)


def _labels(scope):
    """Return y^{(i)} of all examples."""
    return [indexed(scope, "y", example=i) for i in range(1, size(scope, "m") + 1)]


def _unit(scope, layer, example, subs):
    """Return what linear_forward makes of a standardized input."""
    w, b = indexed(scope, "w"), indexed(scope, "b")
    arrays = (np.array([[float(each)]]) for each in (_standardized(scope), w, b))
    return scope.world.number(float(linear_forward(*arrays)[0][0, 0]))


def _standardized(scope):
    """Return an input less the mean, in units of the standard deviation."""
    x, mean, s_x = (indexed(scope, base) for base in ("x", r"\bar x", "s_x"))
    return (x - mean) / s_x


CLAIMS = {
    "14.1": Check(code={"y": attenuated_sine}),
    "14.2": given("7.15", families={"s": standard_deviation(_labels)}),
    "14.3": (Check(), tied("N", families={"N": _unit}, module=True)),
    "14.4": (given("2.1"), tied("N", "2.1", code={"N": of_a_sigmoid(mse_backward)})),
    "14.5": (given("2.1"), tied(r"\ell(1, y)", "2.1", code={"ell": of_one_output(mse)})),
}

INLINE = {
    r"y = \frac{1}{4}": given("x = 0", "14.1"),
    r"y = \frac{1}{2} e^{-\pi/20}": given(r"x = \frac{\pi}{2}", "14.1"),
    "r = a - y": Named("the residual"),
}

NUMBERS = {
    "multiplies all labels by 100": "the question chooses it",
    "linear output is 100 times": "= 100",
    "degree 10 and 480": "the question chooses them",
    "Degree 10 stays near 1e-5": "asserted in tests/notebooks/test_answers.py",
    "Degree 480 turns": "the question chooses it",
    "cost of 0.001: is": "a question's example",
    "in place of 63": r"= \lceil \frac{500}{8} \rceil",
    "to 0.81, so": "= 0.81",
    "bars among 30": "= 20 + 10",
    "442 people": "= 354 + 88",
    "661 parameters": r"= 10 \cdot 20 + 20 + 20 \cdot 20 + 20 + 20 + 1",
    "10,000 times": "= 100^{2}",
    "reach 81": r"= 100 \cdot 0.81",
}
