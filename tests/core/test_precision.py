"""Activations and slopes of numbers of every size, from the smallest subnormal to 1e300, against mpmath."""

import mpmath
import numpy as np
import pytest
from amounts import amount, report
from references import ulps

from dnn_lessons import ACTIVATIONS, DeepNeuralNetwork, compute_cost
from dnn_lessons.datasets import tiny_network

DTYPES = [np.float32, np.float64]
POINTS = amount(300, 20_000)
LIMIT = {np.float32: 1e38, np.float64: 1e300}


def alpha(dtype):
    """The leak 0.01, rounded to the type."""
    return mpmath.mpf(float(dtype(0.01)))


EXACT = {  # name: the function of z and the dtype, and its slope
    "sigmoid": (
        lambda z, _: 1 / (1 + mpmath.exp(-z)),
        lambda z, _: mpmath.exp(-abs(z)) / (1 + mpmath.exp(-abs(z))) ** 2,
    ),
    "tanh": (lambda z, _: mpmath.tanh(z), lambda z, _: mpmath.sech(z) ** 2),
    "relu": (lambda z, _: max(z, 0), lambda z, _: mpmath.mpf(z > 0)),
    "leaky_relu": (
        lambda z, dtype: z if z > 0 else z * alpha(dtype),
        lambda z, dtype: mpmath.mpf(1) if z > 0 else alpha(dtype),
    ),
    "linear": (lambda z, _: z, lambda z, _: mpmath.mpf(1)),
}


def numbers_of_every_size(dtype):
    """Random numbers of either sign whose logarithms are even: a third of them between 1e-3 and 1e3."""
    rng, info = np.random.default_rng(27), np.finfo(dtype)
    low, high = np.log10(float(info.smallest_subnormal)) + 0.5, np.log10(LIMIT[dtype])
    third = POINTS // 3
    logs = rng.uniform(low, high, POINTS - third), rng.uniform(-3, 3, third)
    edges = [0, info.smallest_subnormal, info.tiny, info.max / 2, LIMIT[dtype]]
    sizes = np.concatenate([10 ** np.concatenate(logs), edges])
    return (sizes * rng.choice([-1, 1], sizes.size)).astype(dtype)


def exact(function, Z, dtype):
    """The function of each number, with 60 digits."""
    with mpmath.workdps(60):
        return [function(mpmath.mpf(float(z)), dtype) for z in Z]


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", EXACT)
def test_values_and_slopes_are_within_4_ulp_for_numbers_of_every_size(name, dtype):
    """Warnings are errors, so none is given."""
    Z = numbers_of_every_size(dtype)
    A, cache = ACTIVATIONS[name].forward(Z)
    slope = ACTIVATIONS[name].backward(np.ones_like(Z), cache)
    assert A.dtype == slope.dtype == dtype
    worst = [
        ulps(given, exact(f, Z, dtype)).max()
        for f, given in zip(EXACT[name], (A, slope), strict=True)
    ]
    report(f"{name}, {dtype.__name__}: values {worst[0]:.2f}, slopes {worst[1]:.2f} ulp")
    assert max(worst) <= 4


@pytest.mark.parametrize("value", [np.inf, -np.inf, np.nan])
@pytest.mark.parametrize("name", ACTIVATIONS)
@pytest.mark.parametrize("dtype", DTYPES)
def test_infinite_numbers_are_refused_where_a_network_takes_its_input(name, value, dtype):
    X, Y, _ = tiny_network()
    X = np.array([[1, value], [2, 3]], dtype)
    network = DeepNeuralNetwork((2, 2, 1), name, loss_function="mse", dtype=dtype, rng=0)
    for call in (network.predict, lambda X: network.train(X, Y)):
        with pytest.raises(ValueError, match="X holds NaN or infinite values in 1 of 4"):
            call(X)
    with pytest.raises(ValueError, match="AL holds NaN or infinite values in 1 of 2"):
        compute_cost(X[:1], X[1:], "mse")
