"""gradient_check passes what is right and refuses each planted fault, the document's among them."""

import numpy as np
import pytest
from references import COMBINATIONS, autograd_gradients, frozen, random_problem

from dnn_lessons import (
    COSTS,
    Activation,
    Cost,
    L_model_backward,
    L_model_forward,
    gradient_check,
    leaky_relu,
    relu,
    sigmoid,
    sigmoid_backward,
    tanh,
)
from dnn_lessons.datasets import tiny_network
from dnn_lessons.gradient_check import GradientCheck, numerical_gradient, relative_error


@pytest.mark.parametrize(("hidden", "output", "cost"), COMBINATIONS)
def test_the_right_backward_passes(hidden, output, cost):
    check = gradient_check(
        *frozen(random_problem(hidden, output, cost, (2, 3, 2), seed=1))
    )
    assert check.passed, str(check)
    assert list(check.errors) == ["dW1", "db1", "dW2", "db2"]


def test_its_numbers_are_those_of_autograd():
    problem = random_problem("tanh", "linear", "mse", (2, 3, 2))
    P = problem.parameters["W1"]

    def J(W1):
        AL, _ = L_model_forward(
            problem.X, {**problem.parameters, "W1": W1}, "tanh", "linear"
        )
        return COSTS["mse"].forward(AL, problem.Y)

    np.testing.assert_allclose(
        numerical_gradient(J, frozen(P)), autograd_gradients(problem)["W1"], rtol=1e-7
    )


def leaky_backward_that_overwrites(dA, Z):
    """C1: alpha instead of alpha * dA."""
    return np.where(Z > 0, dA, 0.01)


def sigmoid_backward_of_the_wrong_variable(dA, Z):
    """The slope taken at A in place of Z."""
    A, _ = sigmoid(Z)
    return sigmoid_backward(dA, A)


FAULTY_ACTIVATIONS = {
    "C1: leaky ReLU overwrites": (leaky_relu, leaky_backward_that_overwrites),
    "relu without its slope": (relu, lambda dA, Z: dA),
    "relu the wrong way round": (relu, lambda dA, Z: dA * (Z <= 0)),
    "tanh slope 1 - A": (tanh, lambda dA, Z: dA * (1 - np.tanh(Z))),
    "tanh slope 1 + A^2": (tanh, lambda dA, Z: dA * (1 + np.tanh(Z) ** 2)),
    "sigmoid slope of A": (sigmoid, sigmoid_backward_of_the_wrong_variable),
}


@pytest.mark.parametrize("fault", FAULTY_ACTIVATIONS)
def test_a_faulty_activation_is_refused_in_every_place(fault):
    row = Activation(fault, *FAULTY_ACTIVATIONS[fault])
    for hidden, output in ((row, "linear"), ("tanh", row)):
        problem = random_problem(hidden, output, "mse", (2, 4, 2), m=8)
        assert not gradient_check(*problem).passed


FAULTY_COSTS = {
    "C3: 1/m in dAL too, mse": ("mse", lambda AL, Y: 2 * (AL - Y) / AL.shape[1]),
    "C3: 1/m in dAL too, mae": ("mae", lambda AL, Y: np.sign(AL - Y) / AL.shape[1]),
    "M1: the sum over i stays": (
        "mse",
        lambda AL, Y: np.full(AL.shape, 2 * np.sum(AL - Y)),
    ),
    "mse without its 2": ("mse", lambda AL, Y: AL - Y),
    "mse of the other sign": ("mse", lambda AL, Y: 2 * (Y - AL)),
    "mean over outputs too": ("mse", lambda AL, Y: 2 * (AL - Y) / AL.shape[0]),
    "cross-entropy with one half": ("cross_entropy", lambda AL, Y: -Y / AL),
    "cross-entropy, labels swapped": (
        "cross_entropy",
        lambda AL, Y: (1 - Y) / (1 - AL) + Y / AL,
    ),
}


@pytest.mark.parametrize("fault", FAULTY_COSTS)
def test_a_faulty_cost_is_refused(fault):
    """As an object of its own, so that no fused pair stands in for it."""
    name, backward = FAULTY_COSTS[fault]
    cost = Cost(fault, COSTS[name].forward, backward, COSTS[name].bounds)
    assert not gradient_check(*random_problem("tanh", "sigmoid", cost, (2, 3, 2))).passed


def one_cost_for_all(AL, Y, caches, hidden, output, cost):
    """C2: the gradient of the cross-entropy whatever the cost is."""
    return L_model_backward(AL, Y, caches, hidden, output, "cross_entropy")


def changed(change):
    """A backward whose right gradients are then changed in place by `change`."""

    def backward(AL, *rest):
        grads = L_model_backward(AL, *rest)
        change(grads, AL.shape[1])
        return grads

    return backward


def summed(grads, m):
    """The 1/m dropped in every layer."""
    grads.update({name: G * m for name, G in grads.items()})


def halved_twice(grads, m):
    """C3 in every layer: once more 1/m."""
    grads.update({name: G / m for name, G in grads.items()})


FAULTY_BACKWARDS = {
    "C2: one cost for all": one_cost_for_all,
    "1/m dropped": changed(summed),
    "C3: 1/m twice": changed(halved_twice),
    "one layer's sign": changed(lambda grads, m: grads.update(dW1=-grads["dW1"])),
    "one bias forgotten": changed(
        lambda grads, m: grads.update(db2=np.zeros_like(grads["db2"]))
    ),
    "one entry off by 1e-5": changed(
        lambda grads, m: grads.update(dW2=grads["dW2"] * np.array([[1 + 1e-5, 1, 1]]))
    ),
    "bias gradient not summed": changed(
        lambda grads, m: grads.update(db1=np.tile(grads["db1"], m))
    ),
    "bias gradient flat": changed(
        lambda grads, m: grads.update(db1=grads["db1"].ravel())
    ),
    "weights transposed": changed(lambda grads, m: grads.update(dW1=grads["dW1"].T)),
    "NaN": changed(lambda grads, m: grads.update(dW1=grads["dW1"] * np.nan)),
    "an output bias of one unit, flat": changed(
        lambda grads, m: grads.update(db2=grads["db2"].ravel())
    ),
}


@pytest.mark.parametrize("fault", FAULTY_BACKWARDS)
def test_a_faulty_backward_is_refused(fault):
    problem = random_problem("tanh", "linear", "mse", (3, 3, 1), m=5)
    assert not gradient_check(*problem, backward=FAULTY_BACKWARDS[fault]).passed


def test_an_update_in_place_between_forward_and_backward_is_refused():
    """C12: the caches hold the parameters, so changing them in place changes the next backward pass."""
    problem = random_problem("tanh", "linear", "mse", (2, 3, 1), m=5)

    def backward(AL, Y, caches, *names):
        for name, G in L_model_backward(AL, Y, caches, *names).items():
            if name in ("dW2", "db2"):
                caches[1][0][1 if name == "dW2" else 2][...] -= 0.1 * G
        return L_model_backward(AL, Y, caches, *names)

    check = gradient_check(
        *problem._replace(parameters={**problem.parameters}), backward=backward
    )
    assert not check.passed


@pytest.mark.parametrize(
    ("a", "b", "error"),
    [
        ([[1.0]], [[1.0]], 0),
        ([[1.0]], [[-1.0]], 1),
        ([[0.0]], [[0.0]], 0),
        ([[3.0, 4.0]], [[0.0, 0.0]], 1),
        ([[3.0]], [[1.0]], 0.5),
        ([1.0], [[1.0]], np.inf),
        ([[1.0, 1.0]], [[1.0]], np.inf),
    ],
)
def test_the_relative_error_runs_from_0_to_1_and_knows_shapes(a, b, error):
    assert relative_error(np.array(a), np.array(b)) == error


def test_the_report_names_the_worst_gradient():
    check = GradientCheck({"dW1": 3e-9, "db1": 0.4}, 1e-7)
    assert (check.passed, check.worst) == (False, "db1")
    assert str(check).splitlines() == [
        "  dW1  relative error 3e-09",
        "  db1  relative error 4e-01",
        "WRONG, worst in db1 (tolerance 1e-07)",
    ]
    assert str(GradientCheck({"dW1": 3e-9}, 1e-7)).endswith("all right (tolerance 1e-07)")


def test_an_error_that_is_nan_fails():
    assert not GradientCheck({"dW1": np.nan, "db1": 0.0}, 1e-7).passed


def test_lists_will_do_and_what_does_not_fit_is_refused():
    X, Y, parameters = tiny_network()
    assert gradient_check(X.tolist(), Y.tolist(), parameters, "relu", "sigmoid").passed
    with pytest.raises(ValueError, match="X has shape"):
        gradient_check(X[:1], Y, parameters, "relu", "sigmoid")


def test_at_a_kink_the_central_difference_is_another_number():
    """Document fault M5: between the slopes 0 and 1 of ReLU it gives 0.5, which is no fault of the backward."""
    slope = numerical_gradient(lambda Z: np.sum(relu(Z)[0]), np.zeros((1, 1)))
    assert slope.item() == pytest.approx(0.5)


def test_the_tolerance_is_strict_and_an_error_as_large_passes():
    assert (
        gradient_check(*random_problem("tanh", "linear", "mse", (2, 3, 1))).tolerance
        == 1e-7
    )
    assert GradientCheck({"dW1": 0.0}, 0.0).passed


def test_the_step_grows_with_the_number_and_whole_numbers_will_do():
    slope = numerical_gradient(lambda x: np.sum(np.log(x)), np.array([[3e7]])).item()
    assert slope == pytest.approx(1 / 3e7, rel=1e-4)
    assert numerical_gradient(
        lambda x: np.sum(x**2), np.array([[3]])
    ).item() == pytest.approx(6)
