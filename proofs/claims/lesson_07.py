"""How the equations of lesson 07, the mean squared error, are checked."""

import numpy as np

from dnn_lessons import mse, mse_backward
from dnn_lessons.activations import identity_backward
from proofs.check import Check, Named, arrays, given, tied
from proofs.claims.common import of_one_output
from proofs.meaning import NOTHING, evaluate, plain
from proofs.tree import named


def _best_constant(scope, layer, example, subs):
    """Return c where the slope of J by c, a straight line, is zero."""
    alone = scope._replace(families=NOTHING)
    J = lambda c: evaluate(named("J"), alone.bind({plain("c"): c}))  # noqa: E731
    at_0, at_1 = (scope.world.slope(J, scope.world.number(c)) for c in (0, 1))
    return -at_0 / (at_1 - at_0)


def _slope_of_one_loss(A, Y, q, i):
    """Return the derivative of the loss of example q by the prediction for example i."""
    return mse_backward(A, Y)[0, int(i) - 1] * (q == i)


def _dZ_behind_the_identity(a, y):
    """Return the derivative by z of the loss of one linear output, which is z itself."""
    return identity_backward(LOSS["dell/da"](a, y), np.reshape(a, (1, 1)))


LOSS = {"ell": of_one_output(mse), "dell/da": of_one_output(mse_backward)}

CLAIMS = {
    "7.1": given("r = a - y", code=LOSS),
    "7.2": Check(code={"J": mse}),
    "7.3": (
        Check(),
        tied(r"\frac{\ell(a, y)}{2 s^2} + \log(s \sqrt{2 \pi})", code=LOSS),
    ),
    "7.4": (Check(), tied(r"\frac{\partial \ell}{\partial a}", "r = a - y", code=LOSS)),
    "7.5": (
        Check(),
        tied(r"\frac{1}{2 (a - y)} \frac{\partial \ell}{\partial a}", code=LOSS),
    ),
    "7.6": (given("7.1"), Check(code=LOSS)),
    "7.7": arrays("tanh", "mse"),
    "7.8": Check(code={"J": mse}),
    "7.9": (
        Check(sizes={"m": (2, 3)}),
        tied("N", sizes={"m": (2, 3)}, code={"N": _slope_of_one_loss}),
    ),
    "7.10": given("7.8"),
    "7.11": arrays("tanh", "mse"),
    "7.12": arrays("tanh", "mse", code={"J": lambda network: network.code_cost()}),
    "7.13": Check(code={"J": lambda c, Y: mse(np.full_like(Y, c), Y)}),
    "7.14": given("7.13"),
    "7.15": given("7.13", families={"c": _best_constant}),
}

INLINE = {
    "y = a": Named("where the density is highest"),
    "q = i": Named("the example that is differentiated by"),
    "dZ = dA": Check(code={"dZ": _dZ_behind_the_identity, "dA": LOSS["dell/da"]}),
    "r = a - y": Named("the residual"),
    "a = w x + b": Named("a unit without an activation"),
    "y = 2x + 1": Named("the line to be learnt"),
}

NUMBERS = {
    "becomes 100 times": "centimetres in a metre",
    "the factor 10,000": "= 100^{2}",
    "$2r$ by 100": "= 100",
}
