"""Every back-propagated gradient against complex steps, or, at kinks too, against fractions.

A complex step i h gives the derivative Im J(p + i h) / h without a difference that could cancel. Errors
are measured by the sum of the absolute terms: each derivative is a sum over all paths through the network
and over all examples, and the sum of the absolute values of these products is what rounding is
proportional to.
"""

import itertools
from fractions import Fraction

import numpy as np
import pytest
from amounts import amount, report
from references import COMBINATIONS, parameter_grads, random_problem

from dnn_lessons import L_model_backward, L_model_forward

NETWORKS = amount(225, 10_000)
EXACT_NETWORKS = amount(100, 2000)
H = 1e-100
TOLERANCE = 1e-12


def sigmoid(Z):
    return np.where(Z.real < 0, np.exp(-abs_(Z)), 1) / (1 + np.exp(-abs_(Z)))


def tanh(Z):
    e = np.exp(-2 * abs_(Z))
    return np.sign(Z.real) * (1 - e) / (1 + e)


def abs_(Z):
    """|Z|, continued to complex numbers on either side of its kink."""
    return np.where(Z.real < 0, -Z, Z)


ANALYTIC = {  # on either side of a kink, from which random_problem stays away
    "sigmoid": sigmoid,
    "tanh": tanh,
    "relu": lambda Z: np.where(Z.real > 0, Z, 0),
    "leaky_relu": lambda Z: np.where(Z.real > 0, Z, 0.01 * Z),
    "linear": lambda Z: Z,
}
LOSSES = {
    "cross_entropy": lambda A, Y: -(Y * np.log(A) + (1 - Y) * np.log(1 - A)),
    "mse": lambda A, Y: (A - Y) ** 2,
    "mae": lambda A, Y: abs_(A - Y),
}


def imaginary_steps(parameters):
    """Copies of the parameters along a first axis, each with one number moved by i h."""
    sizes = [P.size for P in parameters.values()]
    starts = dict(zip(parameters, itertools.accumulate([0, *sizes]), strict=False))
    stacks = {}
    for name, P in parameters.items():
        stack = np.repeat(P[None].astype(complex), sum(sizes), axis=0)
        rows = starts[name] + np.arange(P.size)
        stack.reshape(sum(sizes), -1)[rows, np.arange(P.size)] += 1j * H
        stacks[name] = stack
    return stacks


def complex_step_gradients(problem):
    """{"W1": dJ/dW1, "b1": ...}, from one forward pass of all moved networks."""
    stacks, A = imaginary_steps(problem.parameters), problem.X.astype(complex)
    L = len(stacks) // 2
    for l in range(1, L + 1):
        name = problem.hidden if l < L else problem.output
        A = ANALYTIC[name](stacks[f"W{l}"] @ A + stacks[f"b{l}"])
    losses = LOSSES[problem.cost](A, problem.Y)
    slopes = losses.sum(axis=(1, 2)).imag / H / problem.X.shape[1]
    parts = np.split(
        slopes, np.cumsum([P.size for P in problem.parameters.values()])[:-1]
    )
    named = zip(problem.parameters.items(), parts, strict=True)
    return {name: part.reshape(P.shape) for (name, P), part in named}


def slope_of(function, Z, *arguments):
    """The derivative of an elementwise function, by a complex step of its own."""
    return function(Z + 1j * H, *arguments).imag / H


def absolute_sums(problem):
    """For each parameter the sum of the absolute values of all products that its gradient adds up."""
    X, parameters, L = problem.X, problem.parameters, len(problem.parameters) // 2
    A, Z = [X], [None]
    names = [problem.hidden] * (L - 1) + [problem.output]
    for l, name in enumerate(names, 1):
        Z.append(parameters[f"W{l}"] @ A[-1] + parameters[f"b{l}"])
        A.append(ANALYTIC[name](Z[-1]))
    dA = np.abs(slope_of(LOSSES[problem.cost], A[-1], problem.Y))
    sums = {}
    for l in range(L, 0, -1):
        dZ = dA * np.abs(slope_of(ANALYTIC[names[l - 1]], Z[l])) / X.shape[1]
        sums[f"W{l}"] = dZ @ np.abs(A[l - 1]).T
        sums[f"b{l}"] = dZ.sum(axis=1, keepdims=True)
        dA = np.abs(parameters[f"W{l}"]).T @ dZ * X.shape[1]
    return sums


def ours(problem):
    """The gradients of L_model_backward."""
    X, Y, parameters, *model = problem
    AL, caches = L_model_forward(X, parameters, *model[:2])
    return parameter_grads(L_model_backward(AL, Y, caches, *model))


def worst_share(given, expected, sums):
    """The largest error, as a share of the sum of absolute terms; 0 / 0 counts as 0."""
    shares = [
        np.abs(given[name] - G) / np.where(sums[name] > 0, sums[name], 1)
        for name, G in expected.items()
    ]
    return max(share.max() for share in shares)


def networks(number):
    """Random networks: all activations, outputs and costs in turn, 1 to 5 layers, 1 to 8 examples."""
    rng = np.random.default_rng(27)
    for seed, model in zip(range(number), itertools.cycle(COMBINATIONS)):
        dims = rng.integers(1, 6, rng.integers(2, 7))
        yield random_problem(*model, dims.tolist(), int(rng.integers(1, 9)), seed)


@pytest.mark.long
def test_every_gradient_agrees_with_complex_steps():
    worst = 0
    for problem in networks(NETWORKS):
        expected, sums = complex_step_gradients(problem), absolute_sums(problem)
        worst = max(worst, worst_share(ours(problem), expected, sums))
    report(f"{NETWORKS} networks: at most {worst:.1e} of the absolute terms")
    assert worst <= TOLERANCE


def test_a_gradient_that_is_off_in_one_place_is_seen():
    problem = random_problem("tanh", "sigmoid", "mse", [2, 3, 1])
    expected, sums = complex_step_gradients(problem), absolute_sums(problem)
    given = ours(problem)
    given["W1"][1, 0] += 1e-11 * sums["W1"][1, 0]
    assert worst_share(given, expected, sums) > TOLERANCE


# Piecewise linear networks of whole numbers: Z and AL - Y are often 0, where the slope is the documented one.

LEAK = {"relu": Fraction(0), "leaky_relu": Fraction(0.01), "linear": Fraction(1)}
PIECEWISE = list(itertools.product(LEAK, LEAK, ("mse", "mae")))


def whole_problem(rng, dims, m):
    """X, Y and parameters of small whole numbers."""
    X, Y = rng.integers(-2, 3, (dims[0], m)), rng.integers(-2, 3, (dims[-1], m))
    parameters = {}
    for l, (n_prev, n) in enumerate(itertools.pairwise(dims), 1):
        parameters[f"W{l}"] = rng.integers(-2, 3, (n, n_prev))
        parameters[f"b{l}"] = rng.integers(-2, 3, (n, 1))
    return X, Y, parameters


def fractions(A):
    """The same numbers as fractions."""
    return np.vectorize(Fraction, otypes=[object])(A)


def tangent(X, Y, parameters, direction, model):
    """The derivative of the cost along one parameter, forward from layer to layer, as a fraction."""
    hidden, output, cost = model
    L, A, dA = len(parameters) // 2, X, X * 0
    for l in range(1, L + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        dZ = W @ dA + direction(f"W{l}") @ A + direction(f"b{l}")
        Z, leak = W @ A + b, LEAK[hidden if l < L else output]
        slope = np.where(Z > 0, Fraction(1), leak)
        A, dA = slope * Z, slope * dZ
    D = A - Y
    losses = 2 * D * dA if cost == "mse" else (1 * (D > 0) - 1 * (D < 0)) * dA
    return losses.sum() / X.shape[1]


def exact_gradients(X, Y, parameters, model):
    """Each derivative as a float, rounded once."""
    X, Y = fractions(X), fractions(Y)
    P = {name: fractions(A) for name, A in parameters.items()}
    zeros = {name: A * 0 for name, A in P.items()}
    gradients = {}
    for name, A in P.items():
        gradients[name] = np.empty(A.shape)
        for i in np.ndindex(A.shape):
            unit = zeros[name].copy()
            unit[i] = Fraction(1)
            moved = {**zeros, name: unit}
            gradients[name][i] = tangent(X, Y, P, moved.__getitem__, model)
    return gradients


@pytest.mark.long
def test_piecewise_linear_networks_agree_with_fractions_at_their_kinks_too():
    """Bit by bit where 0.01 is not among the numbers: m is a power of two, so nothing is rounded."""
    rng, kinks = np.random.default_rng(27), 0
    for _, model in zip(range(EXACT_NETWORKS), itertools.cycle(PIECEWISE)):
        dims = rng.integers(1, 4, rng.integers(2, 5)).tolist()
        X, Y, parameters = whole_problem(rng, dims, int(rng.choice([1, 2, 4])))
        AL, caches = L_model_forward(X.astype(float), parameters, *model[:2])
        given = parameter_grads(L_model_backward(AL, Y, caches, *model))
        kinks += (AL == Y).sum() + sum((Z == 0).sum() for _, Z in caches)
        for name, expected in exact_gradients(X, Y, parameters, model).items():
            if "leaky_relu" in model:
                np.testing.assert_allclose(given[name], expected, rtol=1e-12, atol=1e-12)
            else:
                np.testing.assert_array_equal(given[name], expected)
    assert kinks > EXACT_NETWORKS
