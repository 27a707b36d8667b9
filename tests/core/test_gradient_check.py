"""gradient_check passes what is right and refuses each planted fault, the document's among them."""

import numpy as np
import pytest
from references import COMBINATIONS, autograd_gradients, frozen, random_problem

from dnn_lessons import (
    ACTIVATIONS,
    COSTS,
    Activation,
    Cost,
    L_model_backward,
    L_model_forward,
    gradient_check,
    initialize_parameters,
    leaky_relu,
    relu,
    sigmoid,
    sigmoid_backward,
    tanh,
)
from dnn_lessons._checks import encloses
from dnn_lessons._differences import doubt, nearest, replaced, uncertainty
from dnn_lessons.datasets import tiny_network, two_moons
from dnn_lessons.gradient_check import GradientCheck, numerical_gradient, relative_error


@pytest.mark.long
@pytest.mark.parametrize(("hidden", "output", "cost"), COMBINATIONS)
def test_the_right_backward_passes(hidden, output, cost):
    check = gradient_check(
        *frozen(random_problem(hidden, output, cost, (2, 3, 2), seed=1))
    )
    assert check.passed, str(check)
    assert list(check.errors) == ["dW1", "db1", "dW2", "db2"]


SCALES = (None, 0.0, 1e-4, 1e-2, 1.0, 10.0)  # of weights; None for the usual ones
TRAINABLE = [
    (hidden, output, cost)
    for hidden, output, cost in COMBINATIONS
    if encloses(COSTS[cost], ACTIVATIONS[output])
]


def random_network(number):
    """Up to four layers, also of zeros, on data that also hold zeros, also at a minimum."""
    rng = np.random.default_rng(number)
    hidden, output, cost = TRAINABLE[number % len(TRAINABLE)]
    dims, m = rng.integers(1, 5, rng.integers(2, 5)), rng.integers(1, 9)
    X, Y = rng.standard_normal((dims[0], m)), 1.0 * rng.integers(0, 2, (dims[-1], m))
    if rng.random() < 0.3:
        X = np.round(np.abs(X))
    scale = SCALES[rng.integers(len(SCALES))]
    parameters = initialize_parameters(dims, hidden, output, scale, rng)
    if rng.random() < 0.2 and cost != "cross_entropy":
        Y = L_model_forward(X, parameters, hidden, output)[0]
    return X, Y, parameters, hidden, output, cost


@pytest.mark.long
def test_right_code_passes_with_small_large_and_zero_weights():
    checks = {number: gradient_check(*random_network(number)) for number in range(200)}
    assert not [number for number, check in checks.items() if not check.passed]


@pytest.mark.parametrize("hidden", ACTIVATIONS)
def test_right_code_passes_on_xor_with_small_weights(hidden):
    X, Y = np.array([[0.0, 0, 1, 1], [0, 1, 0, 1]]), np.array([[0.0, 1, 1, 0]])
    small = initialize_parameters((2, 4, 1), hidden, "sigmoid", scale=0.01, rng=1)
    assert gradient_check(X, Y, small, hidden, "sigmoid").passed


def test_right_code_passes_where_a_gradient_is_zero():
    zero = {"W1": np.zeros((1, 2)), "b1": np.zeros((1, 1))}
    assert gradient_check(*two_moons(200, rng=0), zero, "relu", "sigmoid").passed


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


SEEN_WITH_SMALL_WEIGHTS = {  # {size of the weights: faults too small to be seen there}
    1e-2: set(),
    1e-3: set(),
    1e-4: {"one entry off by 1e-5"},
}


@pytest.mark.parametrize("scale", SEEN_WITH_SMALL_WEIGHTS)
@pytest.mark.parametrize("fault", FAULTY_BACKWARDS)
def test_a_faulty_backward_is_refused_with_small_weights_too(fault, scale):
    parameters = initialize_parameters((2, 3, 1), "tanh", "linear", scale=scale, rng=1)
    problem = *two_moons(12, rng=0), parameters, "tanh", "linear", "mse"
    check = gradient_check(*problem, backward=FAULTY_BACKWARDS[fault])
    assert check.passed == (fault in SEEN_WITH_SMALL_WEIGHTS[scale])


@pytest.mark.parametrize("fault", FAULTY_ACTIVATIONS)
def test_a_faulty_hidden_activation_is_refused_with_small_weights_too(fault):
    row = Activation(fault, *FAULTY_ACTIVATIONS[fault])
    parameters = initialize_parameters((2, 3, 1), row, "linear", scale=0.01, rng=1)
    data = two_moons(12, rng=0)
    assert not gradient_check(*data, parameters, row, "linear", "mse").passed


def test_the_uncertainty_bounds_the_error_and_a_kink_near_by_makes_it_infinite():
    def f(x):
        return np.sum(np.exp(5 * x))

    def slope(x):
        return 5 * np.exp(5 * x)

    x = np.linspace(0.3, 1, 10)[None]
    errors = np.abs(numerical_gradient(f, x) - slope(x))
    assert (errors < uncertainty(f, slope, x)).all()
    assert (uncertainty(f, slope, x) < 1e-6 * slope(x)).all()
    near = np.array([[-3e-5, -1e-5, -5e-6, 0, 5e-6, 1e-5, 3e-5]])
    found = np.isinf(uncertainty(lambda x: np.sum(np.abs(x)), np.sign, near))
    assert found.tolist() == [[False, True, True, True, True, True, False]]


def test_numbers_at_a_kink_are_left_out_and_counted():
    X, Y, parameters = tiny_network()
    moved = {**parameters, "b1": np.array([[-1.0], [-1.0]])}
    check = gradient_check(X, Y, moved, "relu", "sigmoid")
    assert (check.passed, check.skipped) == (True, 2)
    assert "all right (tolerance 1e-07); 2 left out at a kink" in str(check)


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


def cube(x):
    """The sum of the cubes, whose central difference is 3 x^2 + h^2."""
    return np.sum(x**3)


def test_the_step_is_the_one_that_is_asked_for_times_the_size_of_the_number():
    slopes = numerical_gradient(cube, np.array([[3.0, -0.5]]), step=0.25)
    assert slopes.tolist() == [[27 + 0.75**2, 0.75 + 0.25**2]]
    default = numerical_gradient(cube, np.array([[0.0]])).item()
    assert default == pytest.approx(1e-10, rel=1e-9)


def test_the_uncertainty_is_asked_at_five_points_a_step_apart_and_slopes_at_three():
    points, places = [], []

    def f(A):
        points.append(A.copy())
        return 0.0

    def slope(A):
        places.append(A.copy())
        return np.zeros(A.shape)

    uncertainty(f, slope, np.array([[3.0, -0.5]]), 0.25)
    assert (len(points), len(places)) == (10, 7)
    first, second = np.array(points[:5]), np.array(points[5:])
    assert first[:, 0].tolist() == [[x, -0.5] for x in (1.5, 2.25, 3, 3.75, 4.5)]
    assert second[:, 0].tolist() == [[3.0, x] for x in (-1.0, -0.75, -0.5, -0.25, 0.0)]
    assert np.array(places[1:4])[:, 0, 0].tolist() == [2.25, 3, 3.75]


EPS = np.finfo(float).eps
AT_THE_LIMIT = [  # f at five points, in units of 1/32 of what rounding explains
    (32, 0, 0, 0, 0),
    (0, 8, 0, 0, 0),
    (0, 0, 16 / 3 - 1e-9, 0, 0),
    (0, 0, 0, 8, 0),
    (0, 0, 0, 0, 32),
    (100, 0, 0, 0, -100),
    (0, 20, 0, -20, 0),
    (100, 25, 0, 0, 0),
    (0, 30, 20, 0, 0),
    (0, 0, 20, 0, -120),
]


@pytest.mark.parametrize("h", [0.25, 0.5, 2.0**-10])
@pytest.mark.parametrize("values", AT_THE_LIMIT)
@pytest.mark.parametrize("sign", [1, -1])
def test_five_values_that_a_cubic_explains_up_to_rounding_are_no_kink(values, h, sign):
    values = [sign * EPS * value for value in values]
    assert doubt(values, [0.0, 0.0, 0.0], h) == 16 * EPS / h
    for i in range(5):
        beyond = [*values]
        beyond[i] += 65 * EPS
        assert doubt(beyond, [0.0, 0.0, 0.0], h) == np.inf


def test_the_rounding_grows_with_the_value_and_shrinks_with_the_step():
    slopes = [1.0, 2.0, 3.0]
    for value, size in ((0.001, 1), (1000.0, 1000), (-1000.0, 1000)):
        for h in (0.25, 2.0**-10):
            assert doubt([value] * 5, slopes, h) == 16 * EPS * size / h


@pytest.mark.parametrize(
    ("slopes", "bend"), [((1, 2, 4), 1), ((5, 1, 2), 5), ((1, 5, 2), 7), ((3, 3, 3), 0)]
)
def test_what_the_slopes_bend_is_doubted_too(slopes, bend):
    assert doubt([0.0] * 5, slopes, 0.25) == 64 * EPS + bend


def test_the_nearest_number_within_the_doubt_is_taken():
    given, measured = np.array([[0.0, 5.0, 1.2]]), np.ones((1, 3))
    found = nearest(given, measured, np.full((1, 3), 0.5))
    assert found.tolist() == [[0.5, 1.5, 1.2]]
    assert nearest(given.T, measured, np.full((1, 3), 0.5)) is measured


def test_a_gradient_of_another_shape_is_doubted_nowhere():
    doubts = uncertainty(lambda x: np.sum(np.abs(x)), lambda x: x[0], np.zeros((1, 2)))
    assert doubts.tolist() == [[0.0, 0.0]]


def test_one_entry_is_replaced_in_a_copy_of_floats():
    whole = np.array([[1, 2]])
    changed = replaced(whole, (0, 1), 0.5)
    assert (changed.tolist(), whole.tolist()) == ([[1.0, 0.5]], [[1, 2]])
