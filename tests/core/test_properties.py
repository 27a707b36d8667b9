"""What holds for every network and all data: Hypothesis looks for a case in which it does not."""

import tempfile

import numpy as np
import pytest
from amounts import amount
from hypothesis import given, settings
from hypothesis import strategies as st
from references import (
    COMBINATIONS,
    arrays,
    frozen,
    parameter_grads,
    random_parameters,
)

from dnn_lessons import (
    ACTIVATIONS,
    COSTS,
    DeepNeuralNetwork,
    L_model_backward,
    L_model_forward,
    batch_generator,
    compute_cost,
    train,
    update_parameters,
)
from dnn_lessons.network import predict

EXAMPLES = settings(max_examples=amount(25, 1000))
CLOSE = {"rtol": 1e-11, "atol": 1e-13}
HOMOGENEOUS = st.sampled_from(["relu", "leaky_relu", "linear"])
POWERS = st.integers(-8, 8).map(lambda k: 2.0**k)  # which round nothing


class Case:
    """A network with biases, data, and its model by names."""

    def __init__(self, dims, m, seed, model):
        rng = np.random.default_rng(seed)
        self.rng, self.model, self.m = rng, model, m
        self.hidden, self.output, self.cost = model
        self.parameters = random_parameters(dims, rng)
        self.X, self.Y = rng.standard_normal((dims[0], m)), rng.random((dims[-1], m))

    def predict(self, X=None, parameters=None):
        X = self.X if X is None else X
        return predict(X, parameters or self.parameters, self.hidden, self.output)

    def cost_and_gradients(self, which=slice(None), parameters=None):
        """J and {"W1": dJ/dW1, ...} on some of the examples."""
        X, Y, parameters = (
            self.X[:, which],
            self.Y[:, which],
            parameters or self.parameters,
        )
        AL, caches = L_model_forward(X, parameters, self.hidden, self.output)
        grads = parameter_grads(L_model_backward(AL, Y, caches, *self.model))
        return compute_cost(AL, Y, self.cost, caches[-1][1], self.output), grads


def within(model):
    """Whether the cost takes every output of the activation."""
    _, output, cost = model
    return cost != "cross_entropy" or output == "sigmoid"


DIMS = st.lists(st.integers(1, 5), min_size=2, max_size=5)
MODELS = st.sampled_from(list(filter(within, COMBINATIONS)))
CASES = st.builds(Case, DIMS, st.integers(1, 12), st.integers(0, 2**32), MODELS)


def close(given, expected):
    """Assert that costs and gradients are equal but for rounding."""
    (J, grads), (J_expected, expected) = given, expected
    np.testing.assert_allclose(J, J_expected, **CLOSE)
    for name, G in expected.items():
        np.testing.assert_allclose(grads[name], G, **CLOSE)


def same_bits(one, other):
    """Whether two dictionaries hold the same numbers, bit by bit."""
    return {name: A.tobytes() for name, A in one.items()} == {
        name: A.tobytes() for name, A in other.items()
    }


# Examples


@pytest.mark.long
@EXAMPLES
@given(CASES)
def test_the_order_of_examples_changes_neither_cost_nor_gradients(case):
    order = case.rng.permutation(case.m)
    close(case.cost_and_gradients(order), case.cost_and_gradients())
    np.testing.assert_allclose(
        case.predict(case.X[:, order]), case.predict()[:, order], **CLOSE
    )


@EXAMPLES
@given(CASES, st.integers(1, 12))
def test_cost_and_gradient_are_the_weighted_means_of_those_of_the_batches(case, size):
    starts = range(0, case.m, size)
    parts = [case.cost_and_gradients(slice(s, s + size)) for s in starts]
    weights = [min(size, case.m - s) / case.m for s in starts]
    J = np.dot(weights, [J for J, _ in parts])
    grads = {
        name: sum(w * part[name] for w, (_, part) in zip(weights, parts, strict=True))
        for name in case.parameters
    }
    close((J, grads), case.cost_and_gradients())


@EXAMPLES
@given(CASES, st.integers(2, 4))
def test_copies_of_all_examples_change_nothing(case, copies):
    repeated = np.tile(np.arange(case.m), copies)
    close(case.cost_and_gradients(repeated), case.cost_and_gradients())


@EXAMPLES
@given(CASES)
def test_an_example_is_predicted_as_it_is_alone(case):
    alone = [case.predict(case.X[:, [i]]) for i in range(case.m)]
    np.testing.assert_allclose(case.predict(), np.hstack(alone), **CLOSE)


@EXAMPLES
@given(CASES, st.integers(1, 15), st.booleans())
def test_batches_hold_every_example_once_with_its_labels(case, size, shuffle):
    batches = list(batch_generator(case.X, case.Y, size, shuffle, case.rng))
    assert [b.shape[1] for b, _ in batches[:-1]] == [size] * (len(batches) - 1)
    data = np.vstack([case.X, case.Y])
    seen = np.vstack([np.hstack(side) for side in zip(*batches, strict=True)])
    assert sorted(map(tuple, seen.T)) == sorted(map(tuple, data.T))


# Units


@EXAMPLES
@given(CASES)
def test_hidden_units_may_change_places(case):
    order = case.rng.permutation(len(case.parameters["b1"]))
    moved = {**case.parameters}
    if "W2" not in moved:  # one layer: its units are the outputs
        return
    moved |= {name: moved[name][order] for name in ("W1", "b1")}
    moved["W2"] = moved["W2"][:, order]
    J, grads = case.cost_and_gradients(parameters=moved)
    J_before, before = case.cost_and_gradients()
    before |= {name: before[name][order] for name in ("W1", "b1")}
    before["W2"] = before["W2"][:, order]
    close((J, grads), (J_before, before))


@EXAMPLES
@given(CASES, HOMOGENEOUS, POWERS)
def test_a_factor_may_move_from_one_layer_to_the_next(case, hidden, factor):
    """relu(c z) = c relu(z) for c > 0, and so for the leaky one and the identity; bit by bit."""
    case.hidden, moved = hidden, {**case.parameters}
    if "W2" not in moved:
        return
    moved |= {name: factor * moved[name] for name in ("W1", "b1")}
    moved["W2"] = moved["W2"] / factor
    np.testing.assert_array_equal(case.predict(parameters=moved), case.predict())


@EXAMPLES
@given(CASES, POWERS)
def test_inputs_in_another_unit_need_only_other_weights(case, factor):
    """And the gradient by these weights is in the inverse of that unit; bit by bit."""
    scaled = {**case.parameters, "W1": case.parameters["W1"] / factor}
    J, grads = case.cost_and_gradients()
    case.X = factor * case.X
    J_scaled, grads_scaled = case.cost_and_gradients(parameters=scaled)
    assert J_scaled == J
    assert same_bits(grads_scaled, {**grads, "W1": factor * grads["W1"]})


@EXAMPLES
@given(CASES, POWERS)
def test_an_input_that_is_always_0_gives_its_weights_no_gradient(case, factor):
    case.X[0] = 0
    _, grads = case.cost_and_gradients()
    assert not grads["W1"][:, 0].any()
    other = {**case.parameters, "W1": case.parameters["W1"].copy()}
    other["W1"][:, 0] *= factor
    np.testing.assert_array_equal(case.predict(parameters=other), case.predict())


@EXAMPLES
@given(CASES)
def test_the_cost_is_the_sum_of_the_costs_of_the_outputs(case):
    AL, caches = L_model_forward(case.X, case.parameters, case.hidden, case.output)
    Z, names = caches[-1][1], (case.cost, case.output)
    rows = [slice(k, k + 1) for k in range(len(AL))]
    parts = [compute_cost(AL[k], case.Y[k], names[0], Z[k], names[1]) for k in rows]
    whole = compute_cost(AL, case.Y, names[0], Z, names[1])
    np.testing.assert_allclose(sum(parts), whole, **CLOSE)


# Costs


@EXAMPLES
@given(CASES, POWERS)
def test_squared_errors_scale_by_the_square_and_absolute_errors_by_the_factor(
    case, factor
):
    AL = case.rng.standard_normal(case.Y.shape)
    for name, power in (("mse", 2), ("mae", 1)):
        J, slope = COSTS[name].forward(AL, case.Y), COSTS[name].backward(AL, case.Y)
        AL_scaled, Y_scaled = factor * AL, factor * case.Y
        assert COSTS[name].forward(AL_scaled, Y_scaled) == factor**power * J
        expected = factor ** (power - 1) * slope
        np.testing.assert_array_equal(COSTS[name].backward(AL_scaled, Y_scaled), expected)


@EXAMPLES
@given(CASES)
def test_no_cost_is_negative_and_labels_cost_least(case):
    AL = case.rng.random(case.Y.shape)
    for cost in COSTS:
        least = compute_cost(case.Y, case.Y, cost)
        assert compute_cost(AL, case.Y, cost) >= least >= 0


@EXAMPLES
@given(CASES)
def test_exchanging_the_classes_changes_no_cross_entropy(case):
    AL = case.rng.integers(1, 2**20, case.Y.shape) / 2**20  # 1 - AL is not rounded
    J, exchanged = compute_cost(AL, case.Y), compute_cost(1 - AL, 1 - case.Y)
    np.testing.assert_allclose(exchanged, J, **CLOSE)


# Activations


@EXAMPLES
@given(st.lists(st.floats(-1e300, 1e300), min_size=2, max_size=20))
def test_activations_keep_the_order_of_their_arguments_and_their_bounds(values):
    """Up to 2 ulp, by which NumPy's exp may err; slopes are not negative."""
    Z = np.sort(values).reshape(1, -1)
    for row in ACTIVATIONS.values():
        A, cache = row.forward(Z)
        assert (np.diff(A) >= -2 * np.spacing(np.abs(A[:, 1:]))).all()
        assert (row.backward(np.ones_like(Z), cache) >= 0).all()
        assert row.bounds[0] <= A.min() and A.max() <= row.bounds[1]


@EXAMPLES
@given(st.lists(st.floats(-1e300, 1e300), min_size=1, max_size=20))
def test_sigmoid_and_tanh_have_their_symmetries(values):
    Z = np.array([values])
    for name, reflected in (("sigmoid", lambda A: 1 - A), ("tanh", lambda A: -A)):
        forward, backward = ACTIVATIONS[name].forward, ACTIVATIONS[name].backward
        np.testing.assert_allclose(
            forward(-Z)[0], reflected(forward(Z)[0]), rtol=0, atol=4e-16
        )
        ones = np.ones_like(Z)
        np.testing.assert_array_equal(backward(ones, -Z), backward(ones, Z))


@EXAMPLES
@given(CASES, POWERS)
def test_backward_is_linear_in_the_gradient_that_comes_in(case, factor):
    Z, dA, more = case.rng.standard_normal((3, *case.Y.shape))
    for row in ACTIVATIONS.values():
        one, other = row.backward(dA, Z), row.backward(more, Z)
        np.testing.assert_array_equal(row.backward(factor * dA, Z), factor * one)
        np.testing.assert_allclose(row.backward(dA + more, Z), one + other, **CLOSE)


# Training


@EXAMPLES
@given(CASES)
def test_one_epoch_of_one_batch_is_one_step(case):
    """Bit by bit; a batch size above m is m."""
    X, Y = np.asfortranarray(case.X), np.asfortranarray(case.Y)
    case.X, case.Y = X, Y
    _, grads = case.cost_and_gradients()
    named = {f"d{name}": G for name, G in grads.items()}
    expected = update_parameters(case.parameters, named, 0.1)
    for size in (case.m, case.m + 1, 64):
        options = {"learning_rate": 0.1, "num_epochs": 1, "batch_size": size}
        got, _ = train(X, Y, case.parameters, *case.model, **options, shuffle=False)
        assert same_bits(got, expected)


@EXAMPLES
@given(CASES, st.integers(1, 3), st.integers(1, 3), st.integers(1, 12))
def test_epochs_may_be_trained_in_two_calls(case, first, then, size):
    def network():
        dims = len(case.X), 3, len(case.Y)
        return DeepNeuralNetwork(dims, *case.model, rng=1)

    one, other = network(), network()
    one.train(case.X, case.Y, 0.01, first + then, size)
    other.train(case.X, case.Y, 0.01, first, size).train(case.X, case.Y, 0.01, then, size)
    assert one.costs == other.costs
    assert same_bits(one.parameters, other.parameters)


@EXAMPLES
@given(CASES)
def test_predicting_twice_gives_the_same_bits_and_changes_no_argument(case):
    X, parameters = frozen(case.X), frozen(case.parameters)
    before = [A.tobytes() for A in (X, *arrays(parameters))]
    one, other = case.predict(X, parameters), case.predict(X, parameters)
    assert one.tobytes() == other.tobytes()
    assert not np.shares_memory(one, X)
    assert [A.tobytes() for A in (X, *arrays(parameters))] == before


@EXAMPLES
@given(CASES)
def test_a_step_along_no_gradient_leaves_the_parameters(case):
    zeros = {f"d{name}": 0 * P for name, P in case.parameters.items()}
    assert same_bits(update_parameters(case.parameters, zeros, 0.1), case.parameters)


@EXAMPLES
@given(CASES, st.sampled_from([np.float32, np.float64]))
def test_a_saved_network_predicts_the_same_bits(case, dtype):
    dims = len(case.X), 3, len(case.Y)
    network = DeepNeuralNetwork(dims, *case.model, dtype=dtype, rng=1)
    before = network.predict(case.X)
    with tempfile.TemporaryDirectory() as folder:
        network.save(f"{folder}/network.npz")
        loaded = DeepNeuralNetwork.load(f"{folder}/network.npz")
    assert loaded.predict(case.X).tobytes() == before.tobytes()
