"""How the equations of lesson 08, the mean absolute error, are checked."""

import numpy as np

from dnn_lessons import mae, mae_backward, mse_backward
from proofs.check import Check, Named, arrays, given, tied
from proofs.claims.common import STEPS, indexed, of_one_output, size, steps, updated
from proofs.situations import GAP

RESIDUAL = ("a > y", "a = y", "a < y")


def _residual(gradient):
    """Return the family of r_t = a - y, while a follows the derivative of its loss."""

    def step(scope, t, r):
        y = indexed(scope, "y")
        slope = gradient(np.array(float(r + y)), np.array(float(y)))[0, 0]
        return updated(scope, r + y, slope) - y

    return steps("r", step)


def _label(scope, layer, example, subs):
    """Return a label above 1 for each third example, else below 0; c lies between."""
    gap = scope.world.symbol((GAP, None, example, ()))
    return gap + 1 if example % 3 == 0 else -gap


def _above(scope, *_):
    """Return how many labels are above c."""
    return scope.world.number(size(scope, "m") // 3)


def _below(scope, *_):
    """Return how many labels are below c."""
    return scope.world.number(size(scope, "m") - size(scope, "m") // 3)


LABELS = {"y": _label, "m_+": _above, "m_-": _below}


CLAIMS = {
    "8.1": Check(code={"ell": of_one_output(mae)}, cases=RESIDUAL),
    "8.2": arrays("tanh", "mae", code={"J": lambda network: network.code_cost()}),
    "8.3": given("8.1", cases=RESIDUAL),
    "8.4": Check(code={"da": of_one_output(mae_backward)}, cases=RESIDUAL),
    "8.5": Check(code={"J": lambda c, Y: mae(np.full_like(Y, c), Y)}),
    "8.6": given("8.5", "0 < c < 1", families=LABELS, sizes={"m": (1, 2, 3, 4, 5)}),
    "8.7": (
        Check(),
        tied(
            r"\frac{\sqrt{2} \ell(a, y)}{s} + \log(s \sqrt{2})",
            code={"ell": of_one_output(mae)},
        ),
    ),
    "8.8": Check(
        families={"r": _residual(of_one_output(mse_backward))},
        sizes={"t": STEPS},
        module=True,
    ),
    "8.9": Check(
        families={"r": _residual(of_one_output(mae_backward))},
        module=True,
        cases=("r_t > 0", "r_t = 0", "r_t < 0"),
        sizes={"t": STEPS},
    ),
}

INLINE = {
    "a = y": Named("the kink"),
    "r = a - y": Named("the residual"),
    "y = 2x + 1": Named("the line to be learnt"),
    r"t = 0, 1, 2, \dots": Named("the steps"),
}

NUMBERS = {
    "with the leak 0.2": "the leak that the exercise chooses",
    "rises with the slope 0.2": "the leak that the exercise chooses",
    "**a:** 0.2 alone": "the leak that the exercise chooses",
    "**b:** 0.2 and 1": "the leak that the exercise chooses",
    "numbers from 0.2 to 1": "the leak that the exercise chooses",
    "slope is at least 0.2": "the leak that the exercise chooses",
    "The number 0.2 that lesson 04": "the leak that the exercise chooses",
    "instead of 10": "the last of the labels above",
    "That is 5.4": "= 8 - 2.6",
    "of the 27": "= 30 - 3",
    "cost 200,000": "the exercise chooses it",
    "costs 5,000,000": "the exercise chooses it",
    "/ 11, about": "= 10 + 1",
    "7,000,000": r"= 10 \cdot 200000 + 5000000",
    "about 636,000": r"= \frac{7000000}{11}",
    "the median, 200,000": "what ten of the eleven cost",
    "which is what ten of eleven": "the houses of the question",
    "the labels 1, 2, 8, 9": "the exercise chooses them",
    "the sizes are 1, 0, 6, 7": "each label's distance from 2",
    "mean is 3.5": r"= \frac{1 + 0 + 6 + 7}{4}",
}
