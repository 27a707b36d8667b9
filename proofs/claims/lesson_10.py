"""How the equations of lesson 10, gradient descent, are checked."""

from functools import cache

import numpy as np
import sympy

from dnn_lessons.descent import quadratic, saddle_gradient
from proofs.check import Check, Named, given, tied
from proofs.claims.common import (
    STEPS,
    TINY,
    UPDATE,
    WIDTHS,
    indexed,
    layer_sizes,
    mean,
    moved,
    root,
    size,
    updated,
)
from proofs.parser import FormulaError
from proofs.worlds import MP


def _parabola_gradient(scope, t, theta):
    """Return the derivative of the parabola, by (10.5)."""
    return indexed(scope, "lambda") * theta


def _after_a_step(scope, layer, example, subs):
    """Return what a step of update_parameters leaves of the distance 1 to the minimum."""
    return updated(scope, scope.world.number(1), indexed(scope, "lambda", subs=subs))


def _bowl(scope, layer, example, subs):
    """Return J of dnn_lessons.descent for two curvatures."""
    theta, curvatures = (
        [float(indexed(scope, base, subs=(j,))) for j in (1, 2)]
        for base in ("theta", "lambda")
    )
    J = quadratic("bowl", curvatures, theta).value(np.array(theta))
    return scope.world.number(float(J))


def _saddle(scope, layer, example, subs):
    """Return an entry of the gradient that dnn_lessons.descent has for the saddle."""
    theta = np.array([float(indexed(scope, "theta", subs=(j,))) for j in (1, 2)])
    return scope.world.number(float(saddle_gradient(theta)[subs[0] - 1]))


def _activation_size(scope, layer, example, subs):
    """Return s_{l-1}, the root mean square of activations, or s_l, that of the ReLU behind them.

    The second is an integral over normal weights of the standard deviation s.
    """
    if not subs:
        return indexed(scope, "s")
    behind = subs[0] - size(scope, "l") + 1
    if behind not in {0, 1}:
        raise FormulaError(f"nothing is known of layer {subs[0]}")
    squares = _squares(scope)
    variance = indexed(scope, "s") ** 2 * sum(squares)
    return root(scope, _half_normal(variance) if behind else mean(squares))


def _squares(scope):
    """Return the squares of the activations of layer l - 1."""
    units = range(1, WIDTHS[size(scope, "l") - 1] + 1)
    return [indexed(scope, "a", subs=(k,)) ** 2 for k in units]


def _half_normal(variance):
    """Return the mean of max(0, z)^2 for normal z of a variance, a symbol or a number."""
    if isinstance(variance, sympy.Basic):
        return _half_normal_of_symbol().subs(sympy.Symbol("v", positive=True), variance)
    return variance * _standard_half_normal()


@cache
def _half_normal_of_symbol():
    """Return the same mean for the variance v, by SymPy."""
    x, v = sympy.symbols("x v", positive=True)
    density = sympy.exp(-(x**2) / (2 * v)) / sympy.sqrt(2 * sympy.pi * v)
    return sympy.integrate(x**2 * density, (x, 0, sympy.oo))


@cache
def _standard_half_normal():
    """Return the same mean for the variance 1, to more than fifty digits."""
    with MP.workdps(60):
        return MP.quad(lambda x: x**2 * MP.npdf(x), [0, 2, 5, 10, 20, 40])


LAYER = {"s": _activation_size, "n": layer_sizes}

CLAIMS = {
    "10.1": given(r"J = J(\theta)", f"h = {TINY}", small="h", order=2),
    "10.2": given(r"J = J(\theta)", rf"\eta = {TINY}", small=r"\eta \, d\theta", order=2),
    "10.3": UPDATE,
    "10.4": given(
        r"\lambda = 3",
        code={"J": lambda theta: quadratic("", [3.0], [0.0]).value(theta.reshape(1))},
    ),
    "10.5": given("10.4"),
    "10.6": Check(
        families={"theta": moved(_parabola_gradient)},
        sizes={"t": STEPS},
        module=True,
    ),
    "10.7": Check(
        families={"theta": moved(_parabola_gradient, start=0)},
        sizes={"t": (0, 1, 2, 3, 7)},
        module=True,
    ),
    "10.8": (
        Check(
            cases=(
                *(r"\eta > 0", r"\eta < 0", r"\eta = 0", r"\eta = \frac{2}{\lambda}"),
                *(
                    rf"\eta = \frac{{{share}}}{{1000 \lambda}}"
                    for share in (1, 999, 1001, 1999, 2001, 2999, 4001)
                ),
            ),
        ),
        tied(r"\vert N \vert", side=0, families={"N": _after_a_step}, module=True),
    ),
    "10.9": (Check(), tied("N", families={"N": _after_a_step}, module=True)),
    "10.10": Check(families={"J": _bowl}, module=True),
    "10.11": (
        given(r"\eta = \frac{1}{\lambda_2}"),
        tied(
            "N_1",
            r"\eta = \frac{1}{\lambda_2}",
            families={"N": _after_a_step},
            module=True,
        ),
    ),
    "10.12": (
        given(r"J = \frac{1}{2} \theta_1^2 + \frac{1}{4} (\theta_2^2 - 1)^2"),
        Check(families={"dtheta": _saddle}, module=True),
    ),
    "10.13": Check(families=LAYER, sizes={"l": (2, 3)}),
    "10.14": (
        given("n > 0", solve="s", sizes={"l": (2, 3)}),
        tied(r"\frac{s_l^2}{s_{l-1}^2}", side=0, families=LAYER, sizes={"l": (2, 3)}),
    ),
}

INLINE = {
    r"h = -\eta \, d\theta": Named("the step that is chosen"),
    r"-1 < 1 - \eta \lambda < 1": Named("the condition that is solved for (10.8)"),
    r"\eta = \frac{1}{\lambda_2}": Named("the rate that is chosen"),
    r"J = \frac{1}{2} \theta_1^2 + \frac{1}{4} (\theta_2^2 - 1)^2": Named("the saddle"),
    "x = -b_j / w_j": Named("where the pre-activation is 0"),
    r"1 - \eta = 9 \eta - 1": given(r"\eta = \frac{1}{5}"),
    r"(1 - \eta \lambda)^2 J = J - 2 \eta \lambda J + \eta^2 \lambda^2 J": Check(),
    r"\eta \lambda^2 \theta^2 = 2 \eta \lambda J": given("10.4"),
    r"\eta^2 \lambda^2 < 2 \eta \lambda": Named("when the cost falls"),
    r"\eta < \frac{2}{\lambda}": Named("the threshold (10.8)"),
}

NUMBERS = {
    "(-0.0379": "= 2.0379 - 2",
    r"\; 0.2017)$, and": "= 1.2017 - 1",
    "(10.11) is 0.99": r"= 1 - \frac{1}{100}",
    "the rates 0.18 and 0.21 stop": "rates of the explorer",
    "to $10^{-10}$ at 0.01": "the explorer's test has 9.7e-11",
    "is 0.89. In": r"= 1 - \frac{1}{9}",
    "of curvature 1 and 9": "the exercise chooses them",
    "is 0.2: both": r"= \frac{2}{1 + 9}",
    "have the size 0.8": r"= 1 - 0.2",
    "sizes are 0.8": r"= 1 - 0.2",
    "For curvatures 1 and 9": "the exercise chooses them",
}
