"""Backpropagation against autograd, central differences, hand results and the documented subgradients."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from references import (
    COMBINATIONS,
    TEXTBOOK,
    arrays,
    autograd_gradients,
    central_differences,
    frozen,
    parameter_grads,
    random_problem,
    relative_difference,
)

from dnn_lessons import (
    ACTIVATIONS,
    COSTS,
    L_model_backward,
    L_model_forward,
    get_cost,
    linear_activation_backward,
    linear_activation_forward,
    linear_backward,
)
from dnn_lessons.datasets import tiny_network

NETWORKS = st.builds(  # dims: n_x, hidden widths of depths 1 to 6, n_y from 1 to 4
    lambda n_x, hidden, n_y: (n_x, *hidden, n_y),
    st.integers(1, 4),
    st.lists(st.integers(1, 5), max_size=5),
    st.integers(1, 4),
)
SHAPES = [(depth, n_y) for depth in range(1, 7) for n_y in range(1, 5)]


def gradients(problem):
    """{"W1": dJ/dW1, "b1": ...} as L_model_backward gives them."""
    AL, caches = L_model_forward(
        problem.X, problem.parameters, problem.hidden, problem.output
    )
    return parameter_grads(
        L_model_backward(
            AL, problem.Y, caches, problem.hidden, problem.output, problem.cost
        )
    )


def J(problem):
    """The cost, by the registered functions."""
    AL, _ = L_model_forward(problem.X, problem.parameters, problem.hidden, problem.output)
    return get_cost(problem.cost).forward(AL, problem.Y)


def numbers(problem):
    """The gradients by central differences of J."""
    return central_differences(
        lambda parameters: J(problem._replace(parameters=parameters)), problem.parameters
    )


def assert_autograd_agrees(problem):
    """Each array to a relative error of 1e-10; one that cancels to nothing, to 1e-14 of the whole gradient."""
    ours, theirs = gradients(problem), autograd_gradients(problem)
    floor = 1e-4 * math.hypot(*(np.linalg.norm(G) for G in theirs.values()))
    for name, expected in theirs.items():
        assert ours[name].shape == expected.shape
        assert np.linalg.norm(ours[name] - expected) <= 1e-10 * max(
            np.linalg.norm(expected), floor
        ), name


@pytest.mark.slow
@pytest.mark.parametrize(("hidden", "output", "cost"), TEXTBOOK)
def test_autograd_agrees_on_random_networks(hidden, output, cost):
    """Document faults C1, C2, C3, C5, C7: any depth, outputs and batch, to 1e-10."""

    @settings(max_examples=15)
    @given(NETWORKS, st.integers(1, 6), st.integers(0, 2**32))
    def check(dims, m, seed):
        assert_autograd_agrees(random_problem(hidden, output, cost, dims, m, seed))

    check()


@pytest.mark.slow
@pytest.mark.parametrize(("hidden", "output", "cost"), COMBINATIONS)
def test_central_differences_agree_on_random_networks(hidden, output, cost):
    """To 1e-7, for everything that the registries hold."""

    @settings(max_examples=4)
    @given(NETWORKS, st.integers(1, 6), st.integers(0, 2**32))
    def check(dims, m, seed):
        problem = random_problem(hidden, output, cost, dims, m, seed)
        assert relative_difference(gradients(problem), numbers(problem)) < 1e-7

    check()


@pytest.mark.long
@pytest.mark.parametrize(("depth", "n_y"), SHAPES)
def test_every_depth_and_number_of_outputs(depth, n_y):
    """Each with a fresh set of names, so that all 24 shapes are met for certain."""
    for hidden, output, cost in TEXTBOOK[(4 * depth + n_y) % 5 :: 5]:
        assert_autograd_agrees(
            random_problem(
                hidden, output, cost, (3, *[4] * (depth - 1), n_y), m=4, seed=depth
            )
        )
    problem = random_problem(
        "tanh", "sigmoid", "cross_entropy", (3, *[4] * (depth - 1), n_y), m=4, seed=depth
    )
    assert relative_difference(gradients(problem), numbers(problem)) < 1e-7


def test_the_tiny_network_gives_the_gradients_worked_out_by_hand():
    X, Y, parameters = tiny_network()
    AL, caches = L_model_forward(X, parameters, "relu", "sigmoid")
    grads = L_model_backward(AL, Y, caches, "relu", "sigmoid")
    p, q = 1 / (1 + math.exp(-2.5)) - 1, 1 / (1 + math.exp(1))  # dZ2 = AL - Y
    expected = {
        "dW2": [[p / 2, 1.5 * q / 2]],
        "db2": [[(p + q) / 2]],
        "dA1": [[2 * p, 2 * q], [-p, -q]],
        "dW1": [[2 * p / 2, 0], [-q * 2 / 2, -q * 3 / 2]],
        "db1": [[2 * p / 2], [-q / 2]],
    }
    assert set(grads) == set(expected)
    for name, value in expected.items():
        np.testing.assert_allclose(grads[name], value, rtol=1e-14, err_msg=name)


def test_linear_backward_by_hand():
    """dA_prev = W^T dZ per example; dW and db carry the one 1/m (document fault C3)."""
    W, A_prev, dZ = (
        np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]),
        np.array([[1.0, -1.0], [2.0, 0.0]]),
        np.ones((3, 2)),
    )
    dA_prev, dW, db = linear_backward(dZ, (A_prev, W, np.zeros((3, 1))))
    np.testing.assert_array_equal(dA_prev, [[9, 9], [12, 12]])
    np.testing.assert_array_equal(dW, [[0, 1]] * 3)
    np.testing.assert_array_equal(db, [[1]] * 3)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_an_activated_layer_backward_is_the_derivative_of_its_forward(activation):
    """With dA given, the layer's J is (1/m) sum(dA * A)."""
    rng = np.random.default_rng(4)
    values = {
        "A": rng.standard_normal((3, 5)),
        "W": rng.standard_normal((2, 3)),
        "b": rng.standard_normal((2, 1)),
    }
    dA = rng.standard_normal((2, 5))
    _, cache = linear_activation_forward(*values.values(), activation)
    dA_prev, dW, db = linear_activation_backward(dA, cache, activation)
    expected = central_differences(
        lambda P: np.sum(dA * linear_activation_forward(*P.values(), activation)[0]) / 5,
        values,
    )
    assert relative_difference({"A": dA_prev / 5, "W": dW, "b": db}, expected) < 1e-7


@pytest.mark.parametrize("m", [1, 8, 64])
def test_copies_of_the_examples_leave_the_gradient_as_it_is(m):
    """Document fault C3: the mean over examples does not know how many there are."""
    for cost in COSTS:
        problem = random_problem("tanh", "sigmoid", cost, (2, 3, 2), m=1)
        many = problem._replace(X=np.tile(problem.X, m), Y=np.tile(problem.Y, m))
        assert relative_difference(gradients(many), gradients(problem)) < 1e-14


def test_one_small_step_lowers_the_cost_whatever_the_cost_is():
    """Document fault C2: with mse its cross-entropy gradient raised the cost in 87 of 200 random problems."""
    for seed in range(200):
        problem = random_problem("tanh", "linear", "mse", (2, 3, 1), m=4, seed=seed)
        G, P = gradients(problem), problem.parameters
        step = problem._replace(parameters={name: P[name] - 1e-6 * G[name] for name in P})
        assert J(step) < J(problem)


KINKS = {"relu": 0.0, "leaky_relu": 0.01}


@pytest.mark.parametrize(("hidden", "slope"), KINKS.items())
def test_a_network_at_its_kink_has_the_documented_subgradient(hidden, slope):
    """Z1 is exactly 0, on the way from J = (2 A1 - 1)^2: dA1 = 2 * 2 * (0 - 1) = -4."""
    parameters = {
        "W1": np.zeros((1, 1)),
        "b1": np.zeros((1, 1)),
        "W2": np.array([[2.0]]),
        "b2": np.zeros((1, 1)),
    }
    AL, caches = L_model_forward(np.array([[3.0]]), parameters, hidden, "linear")
    grads = L_model_backward(AL, np.array([[1.0]]), caches, hidden, "linear", "mse")
    assert (grads["db1"].item(), grads["dW1"].item()) == (-4 * slope, -12 * slope)


@pytest.mark.parametrize(("output", "slope"), KINKS.items())
def test_an_output_at_its_kink_has_the_documented_subgradient(output, slope):
    parameters = {"W1": np.zeros((1, 1)), "b1": np.zeros((1, 1))}
    AL, caches = L_model_forward(np.array([[3.0]]), parameters, "relu", output)
    assert (
        L_model_backward(AL, np.array([[1.0]]), caches, "relu", output, "mse")[
            "db1"
        ].item()
        == -2 * slope
    )


def test_mae_at_equality_moves_nothing():
    """Document fault C10."""
    X, _, parameters = tiny_network()
    AL, caches = L_model_forward(X, parameters, "relu", "linear")
    grads = L_model_backward(AL, AL.copy(), caches, "relu", "linear", "mae")
    assert not any(np.any(G) for G in grads.values())


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("z", [40.0, 800.0, 1e4])
def test_a_saturated_output_keeps_its_gradient(z, dtype):
    """Document fault C5: where sigmoid rounds to 0 or 1, dZ is still AL - Y, and no warning is raised."""
    X, parameters = (
        np.array([[1, 1, -1, -1]], dtype),
        {"W1": np.full((1, 1), z, dtype), "b1": np.zeros((1, 1), dtype)},
    )
    AL, caches = L_model_forward(X, parameters, "relu", "sigmoid")
    for y, dZ in ((1, [0, 0, -1, -1]), (0, [1, 1, 0, 0])):
        grads = L_model_backward(
            AL, np.full((1, 4), y, dtype), caches, "relu", "sigmoid", "cross_entropy"
        )
        assert grads["db1"].item() == pytest.approx(sum(dZ) / 4, abs=1e-16)


def test_the_gradient_by_the_input_is_not_computed():
    """Document fault C23."""
    X, Y, parameters = tiny_network()
    AL, caches = L_model_forward(X, parameters, "relu", "sigmoid")
    assert "dA0" not in L_model_backward(AL, Y, caches, "relu", "sigmoid")


@pytest.mark.parametrize("layers", [1, 2, 3])
def test_no_product_is_spent_on_the_gradient_by_the_input(layers, monkeypatch):
    """A mutant lived that computed it, and threw it away."""
    results = []

    def noted(*arguments):
        results.append(linear_backward(*arguments))
        return results[-1]

    monkeypatch.setattr("dnn_lessons.backward.linear_backward", noted)
    gradients(random_problem("tanh", "linear", "mse", [2] * (layers + 1)))
    assert [dA is None for dA, *_ in results] == [False] * (layers - 1) + [True]


@pytest.mark.parametrize(("hidden", "output", "cost"), COMBINATIONS)
def test_float32_stays_float32_and_no_argument_changes(hidden, output, cost):
    """Document fault C12: AL, Y and the caches are frozen."""
    X, Y, parameters, *_ = random_problem(hidden, output, cost, (3, 4, 4, 2))
    single = {name: P.astype(np.float32) for name, P in parameters.items()}
    AL, caches = L_model_forward(X.astype(np.float32), single, hidden, output)
    grads = L_model_backward(
        *frozen((AL, Y.astype(np.float32), caches)), hidden, output, cost
    )
    assert {each.dtype for each in arrays(grads)} == {np.dtype(np.float32)}


def test_backward_twice_from_one_cache_gives_the_same_bits():
    X, Y, parameters = tiny_network()
    AL, caches = L_model_forward(X, parameters, "relu", "sigmoid")
    first, second = (L_model_backward(AL, Y, caches, "relu", "sigmoid") for _ in range(2))
    assert all(np.array_equal(first[name], second[name]) for name in first)


@pytest.mark.parametrize(
    ("Y", "message"),
    [
        (
            np.array([[1.0], [0.0]]),
            r"Y has shape \(2, 1\); expected \(1, 2\), columns being examples; transpose it: Y.T",
        ),
        (np.array([1.0, 0.0]), r"Y has shape \(2,\); expected \(1, 2\)"),
        (np.array([[1.0, 0.0, 1.0]]), r"Y has shape \(1, 3\); expected \(1, 2\)"),
    ],
)
def test_labels_of_another_shape_are_refused(Y, message):
    """Document faults C8 and C9: reshaping or broadcasting them would train on scrambled labels."""
    X, _, parameters = tiny_network()
    AL, caches = L_model_forward(X, parameters, "relu", "sigmoid")
    with pytest.raises(ValueError, match=message):
        L_model_backward(AL, frozen(Y), caches, "relu", "sigmoid")


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (("swish", "sigmoid", "mse"), "unknown activation 'swish'"),
        (
            ("relu", "softmax", "mse"),
            "unknown activation 'softmax'; known: sigmoid, relu, leaky_relu, tanh, linear",
        ),
        (
            ("relu", "sigmoid", "hinge"),
            "unknown cost 'hinge'; known: cross_entropy, mse, mae",
        ),
    ],
)
def test_unknown_names_are_refused(names, message):
    """Document fault C18."""
    X, Y, parameters = tiny_network()
    AL, caches = L_model_forward(X, parameters, "relu", "sigmoid")
    with pytest.raises(ValueError, match=message):
        L_model_backward(AL, Y, caches, *names)
