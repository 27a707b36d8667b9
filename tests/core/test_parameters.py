"""Parameters: how they are drawn, and the step of gradient descent."""

import numpy as np
import pytest
from references import arrays, frozen

from dnn_lessons import ACTIVATIONS, Activation, initialize_parameters, update_parameters

GAINS = {
    "sigmoid": 1,
    "relu": 2,
    "leaky_relu": 2,
    "tanh": 1,
    "linear": 1,
}  # LeCun 1998, He 2015


def test_shapes_names_and_dtype():
    for dtype in (np.float32, np.float64):
        parameters = initialize_parameters((3, 5, 4, 2), rng=0, dtype=dtype)
        assert {name: P.shape for name, P in parameters.items()} == {
            "W1": (5, 3),
            "b1": (5, 1),
            "W2": (4, 5),
            "b2": (4, 1),
            "W3": (2, 4),
            "b3": (2, 1),
        }
        assert {P.dtype for P in parameters.values()} == {np.dtype(dtype)}


@pytest.mark.parametrize("output", ACTIVATIONS)
@pytest.mark.parametrize("hidden", ACTIVATIONS)
def test_weights_are_normal_with_the_gain_of_their_activation_over_fan_in_and_biases_as_wide(
    hidden, output
):
    """Document fault C22: a fixed scale ignores fan-in. 200,000 draws know their deviation to 0.2 %."""
    parameters = initialize_parameters((400, 500, 400), hidden, output, rng=1)
    for l, activation, n_prev in ((1, hidden, 400), (2, output, 500)):
        W, deviation = parameters[f"W{l}"], np.sqrt(GAINS[activation] / n_prev)
        assert W.std() == pytest.approx(deviation, rel=0.01)
        assert abs(W.mean()) < 0.01 * deviation
        assert parameters[f"b{l}"].std() == pytest.approx(deviation, rel=0.1)
        assert np.mean(np.abs(W) < deviation) == pytest.approx(
            0.6827, abs=0.005
        )  # normal, not uniform


def test_biases_are_uniform_with_the_deviation_of_the_weights():
    b = initialize_parameters((12, 100_000, 1), "tanh", rng=2)["b1"]
    assert 0.499 < b.max() <= 0.5 and -0.5 <= b.min() < -0.499
    assert b.std() == pytest.approx(1 / np.sqrt(12), rel=0.01)
    assert abs(b.mean()) < 0.003


@pytest.mark.parametrize("scale", [0.1, 1e-3, 0])
def test_a_scale_is_the_one_deviation_and_biases_are_0(scale):
    """The document's fixed scale, on request."""
    parameters = initialize_parameters((300, 400, 300), "relu", scale=scale, rng=3)
    for l in (1, 2):
        assert parameters[f"W{l}"].std() == pytest.approx(scale, rel=0.01)
        assert parameters[f"b{l}"].shape == (len(parameters[f"W{l}"]), 1)
        assert not np.any(parameters[f"b{l}"])


def test_a_gain_of_ones_own_is_used():
    mine = Activation("mine", np.sin, np.cos, variance_scale=9.0)
    assert initialize_parameters((900, 900), "relu", mine, rng=0)[
        "W1"
    ].std() == pytest.approx(0.1, rel=0.01)


def test_one_seed_one_draw_and_numpys_global_state_is_left_alone():
    """Document fault C21."""
    before = np.random.get_state()[1].copy()  # noqa: NPY002
    first, again, generator, other = (
        initialize_parameters((3, 5, 2), rng=rng)
        for rng in (7, 7, np.random.default_rng(7), 8)
    )
    np.testing.assert_array_equal(np.random.get_state()[1], before)  # noqa: NPY002
    for name in first:
        np.testing.assert_array_equal(first[name], again[name])
        np.testing.assert_array_equal(first[name], generator[name])
        assert not np.array_equal(first[name], other[name])


def test_float32_is_the_same_draw_rounded():
    single, double = (
        initialize_parameters((3, 5, 2), rng=7, dtype=dtype)
        for dtype in (np.float32, np.float64)
    )
    assert all(
        np.array_equal(single[name], double[name].astype(np.float32)) for name in double
    )


def test_units_of_a_layer_start_different():
    W = initialize_parameters((1, 50, 1), rng=0)["W1"]
    assert len(np.unique(W)) == 50


@pytest.mark.parametrize(
    ("layer_dims", "error", "message"),
    [
        ((), ValueError, r"layer_dims is \(\); expected the sizes of input and output"),
        (
            (3,),
            ValueError,
            r"layer_dims is \(3,\); expected the sizes of input and output",
        ),
        ((3, 0, 1), ValueError, "each of layer_dims is 0; expected at least 1"),
        ((3, -2), ValueError, "each of layer_dims is -2; expected at least 1"),
        ((3, 2.0), TypeError, "each of layer_dims is 2.0; expected a whole number"),
        ((3, "2"), TypeError, "each of layer_dims is '2'; expected a whole number"),
    ],
)
def test_impossible_layers_are_refused(layer_dims, error, message):
    with pytest.raises(error, match=message):
        initialize_parameters(layer_dims)


@pytest.mark.parametrize("dtype", [np.float16, np.int64, complex])
def test_only_two_dtypes_are_taken(dtype):
    with pytest.raises(
        ValueError, match=rf"dtype is {np.dtype(dtype)}; expected float32 or float64"
    ):
        initialize_parameters((2, 1), dtype=dtype)


@pytest.mark.parametrize("names", [("swish", "linear"), ("relu", "softmax")])
def test_unknown_activations_are_refused(names):
    with pytest.raises(ValueError, match="unknown activation"):
        initialize_parameters((2, 2, 1), *names)


def test_the_step_is_theta_minus_rate_times_gradient():
    parameters = {"W1": np.array([[1.0, 2.0]]), "b1": np.array([[3.0]])}
    grads = {
        "dW1": np.array([[10.0, -10.0]]),
        "db1": np.array([[0.0]]),
        "dA1": np.array([[99.0]]),
    }
    new = update_parameters(parameters, grads, 0.1)
    assert list(new) == ["W1", "b1"]
    np.testing.assert_array_equal(new["W1"], [[0.0, 3.0]])
    np.testing.assert_array_equal(new["b1"], [[3.0]])


def test_the_old_parameters_stay_as_they_are():
    """Document fault C12: it changed the arrays that the caches hold."""
    parameters, grads = frozen(({"W1": np.ones((1, 2))}, {"dW1": np.ones((1, 2))}))
    new = update_parameters(parameters, grads, 0.5)
    assert not np.shares_memory(new["W1"], parameters["W1"])
    np.testing.assert_array_equal(parameters["W1"], [[1, 1]])


@pytest.mark.parametrize(
    "rate", [0.1, 1, np.float32(0.1), np.float64(0.1), np.array(0.1)]
)
def test_a_step_keeps_float32(rate):
    parameters, grads = (
        {"W1": np.ones((1, 2), np.float32)},
        {"dW1": np.ones((1, 2), np.float32)},
    )
    assert {P.dtype for P in arrays(update_parameters(parameters, grads, rate))} == {
        np.dtype(np.float32)
    }


def test_without_a_name_the_output_is_linear():
    assert initialize_parameters((400, 400), rng=0)["W1"].std() == pytest.approx(
        1 / 20, rel=0.01
    )
