"""The forward pass against plain loops over Python numbers, and against a network worked out by hand."""

import math

import numpy as np
import pytest
from references import TEXTBOOK, arrays, frozen, random_problem, textbook_forward

from dnn_lessons import (
    ACTIVATIONS,
    L_model_forward,
    initialize_parameters,
    linear_activation_forward,
    linear_forward,
)
from dnn_lessons.datasets import tiny_network


def test_linear_forward_is_the_sum_over_units_plus_bias():
    """Z[j, i] = sum_k W[j, k] A[k, i] + b[j], in loops."""
    rng = np.random.default_rng(1)
    A, W, b = (
        rng.standard_normal((3, 5)),
        rng.standard_normal((4, 3)),
        rng.standard_normal((4, 1)),
    )
    Z, cache = linear_forward(A, W, b)
    loops = [
        [math.fsum(W[j, k] * A[k, i] for k in range(3)) + b[j, 0] for i in range(5)]
        for j in range(4)
    ]
    np.testing.assert_allclose(Z, loops, rtol=1e-13)
    assert all(kept is given for kept, given in zip(cache, (A, W, b), strict=True))


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_an_activated_layer_caches_its_two_halves(activation):
    """Document fault M12: the caches hold (A_prev, W, b) and what the activation's backward needs."""
    rng = np.random.default_rng(2)
    A_prev, W, b = (
        rng.standard_normal((3, 5)),
        rng.standard_normal((4, 3)),
        rng.standard_normal((4, 1)),
    )
    A, (linear_cache, activation_cache) = linear_activation_forward(
        A_prev, W, b, activation
    )
    expected, expected_cache = ACTIVATIONS[activation].forward(W @ A_prev + b)
    np.testing.assert_array_equal(A, expected)
    np.testing.assert_array_equal(
        np.array(activation_cache, float), np.array(expected_cache, float)
    )
    assert [each.shape for each in linear_cache] == [(3, 5), (4, 3), (4, 1)]


def test_the_tiny_network_gives_the_numbers_worked_out_by_hand():
    X, _, parameters = tiny_network()
    AL, caches = L_model_forward(X, parameters, "relu", "sigmoid")
    np.testing.assert_array_equal(caches[1][0][0], [[1, 0], [0, 1.5]])
    np.testing.assert_allclose(
        AL, [[1 / (1 + math.exp(-2.5)), 1 / (1 + math.exp(1))]], rtol=1e-15
    )
    assert len(caches) == 2


@pytest.mark.parametrize(("hidden", "output"), sorted({row[:2] for row in TEXTBOOK}))
def test_networks_of_every_pair_agree_with_the_textbook(hidden, output):
    for depth, n_y in ((1, 3), (2, 1), (4, 2), (6, 4)):
        X, _, parameters, *_ = random_problem(
            hidden, output, "mse", (2, *[4] * (depth - 1), n_y), seed=depth
        )
        AL, caches = L_model_forward(X, parameters, hidden, output)
        np.testing.assert_allclose(
            AL, textbook_forward(parameters, X, hidden, output), rtol=1e-11, atol=1e-13
        )
        assert (AL.shape, len(caches)) == ((n_y, X.shape[1]), depth)


def test_only_the_last_layer_has_the_activation_of_the_output():
    parameters = {
        f"{P}{l}": np.full((1, 1), {"W": -1.0, "b": 0.0}[P])
        for l in (1, 2, 3)
        for P in "Wb"
    }
    AL, _ = L_model_forward(np.array([[2.0, -2.0]]), parameters, "relu", "linear")
    np.testing.assert_array_equal(AL, [[0, 0]])  # -2 -> 0 -> 0, and 2 -> 2 -> -2 cut to 0
    AL, _ = L_model_forward(np.array([[2.0, -2.0]]), parameters, "linear", "relu")
    np.testing.assert_array_equal(AL, [[0, 2]])


@pytest.mark.parametrize("output", ACTIVATIONS)
@pytest.mark.parametrize("hidden", ACTIVATIONS)
def test_float32_stays_float32_and_no_argument_changes(hidden, output):
    X, _, parameters, *_ = random_problem(hidden, output, "mse", (3, 4, 4, 2))
    single = frozen({name: P.astype(np.float32) for name, P in parameters.items()})
    AL, caches = L_model_forward(frozen(X.astype(np.float32)), single, hidden, output)
    assert {each.dtype for each in (AL, *arrays(caches))} == {np.dtype(np.float32)}


@pytest.mark.parametrize("x", [np.ones(2), np.ones((3, 2)), np.ones((1, 2, 2))])
def test_inputs_that_are_no_columns_of_the_networks_size_are_refused(x):
    """A 1-D example would be broadcast to as many predictions as a layer has units."""
    with pytest.raises(
        ValueError, match=r"X has shape .*; expected \(2, m\), columns being examples"
    ):
        L_model_forward(x, initialize_parameters((2, 3, 1)), "relu", "sigmoid")


def test_an_unknown_activation_is_refused_by_name():
    """Document fault C18."""
    X, _, parameters = tiny_network()
    with pytest.raises(ValueError, match=r"unknown activation 'swish'; known: .*linear"):
        L_model_forward(X, parameters, "swish", "sigmoid")


def test_a_network_of_six_thousand_units_does_not_overflow():
    """Saturated units of every sign, warnings being errors."""
    X = np.array([[1e4, -1e4, 0]])
    parameters = {
        "W1": np.full((6000, 1), 1e4),
        "b1": np.zeros((6000, 1)),
        "W2": np.ones((1, 6000)),
        "b2": np.zeros((1, 1)),
    }
    AL, _ = L_model_forward(X, parameters, "relu", "sigmoid")
    np.testing.assert_array_equal(AL, [[1, 0.5, 0.5]])
