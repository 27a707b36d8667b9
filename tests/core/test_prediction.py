"""Prediction: the forward pass without caches, in blocks."""

import math

import numpy as np
import pytest
from references import TEXTBOOK, frozen, random_problem, textbook_forward

from benchmarks.measure import peak_memory
from dnn_lessons import ACTIVATIONS, initialize_parameters
from dnn_lessons import network as prediction
from dnn_lessons.datasets import tiny_network
from dnn_lessons.network import predict


@pytest.mark.parametrize(("hidden", "output"), sorted({row[:2] for row in TEXTBOOK}))
def test_predictions_are_those_of_the_textbook_and_arguments_stay(hidden, output):
    X, _, parameters, *_ = frozen(random_problem(hidden, output, "mse", (3, 4, 4, 2)))
    np.testing.assert_allclose(
        predict(X, parameters, hidden, output),
        textbook_forward(parameters, X, hidden, output),
        rtol=1e-12,
        atol=1e-14,
    )


def test_the_tiny_network_by_hand():
    X, _, parameters = tiny_network()
    AL = predict(X, parameters, "relu", "sigmoid")
    np.testing.assert_allclose(
        AL, [[1 / (1 + math.exp(-2.5)), 1 / (1 + math.exp(1))]], rtol=1e-15
    )


@pytest.mark.parametrize("values", [1, 12, 16, 20, 84, 88, 2**18])
def test_blocks_of_any_size_give_the_unblocked_prediction(values, monkeypatch):
    """Blocks of 1, 3, 4, 5 and 21 examples (dividing m = 21 or not), of 22 and of all."""
    X, _, parameters, *_ = random_problem("tanh", "linear", "mse", (2, 4, 3), m=21)
    monkeypatch.setattr(prediction, "BLOCK_VALUES", values)
    np.testing.assert_allclose(
        predict(X, parameters, "tanh", "linear"),
        textbook_forward(parameters, X, "tanh", "linear"),
        rtol=1e-12,
    )


@pytest.mark.parametrize(
    ("values", "sizes"), [(2**18, [256, 256, 88]), (1, [1] * 600), (None, [256, 256, 88])]
)
def test_a_block_has_as_many_examples_as_its_widest_layer_takes(
    values, sizes, monkeypatch
):
    """By default 2 MB: 256 examples times 1,024 units times 8 bytes."""
    blocks, forward = [], prediction.forward_without_caches
    if values:
        monkeypatch.setattr(prediction, "BLOCK_VALUES", values)
    monkeypatch.setattr(
        prediction,
        "forward_without_caches",
        lambda A, model: (blocks.append(A.shape[1]), forward(A, model))[1],
    )
    parameters = initialize_parameters((1, 1024, 1), rng=0)
    predict(np.zeros((1, 600)), parameters, "relu", "linear")
    assert blocks == sizes


@pytest.mark.long
def test_memory_does_not_grow_with_depth():
    """Document fault C19: the caches of 40 layers of 100 units would take 320 MB here."""
    X = np.zeros((1, 10_000))
    parameters = initialize_parameters((1, *[100] * 40, 1), rng=0)
    peak, _ = peak_memory(lambda: predict(X, parameters, "relu", "linear"))
    assert peak < 16e6


@pytest.mark.parametrize("output", ACTIVATIONS)
@pytest.mark.parametrize("hidden", ACTIVATIONS)
def test_the_prediction_has_the_dtype_of_the_parameters(hidden, output):
    for dtype in (np.float32, np.float64):
        parameters = initialize_parameters((2, 3, 1), hidden, output, rng=0, dtype=dtype)
        for X in (
            np.ones((2, 4), np.float32),
            np.ones((2, 4)),
            np.ones((2, 4), int),
            [[1, 2], [3, 4]],
        ):
            assert predict(X, parameters, hidden, output).dtype == dtype


BAD = {
    "1-D": (
        np.ones(2),
        ValueError,
        "X has shape (2,); expected (2, m), columns being examples; one example is a column",
    ),
    "transposed": (
        np.ones((5, 2)),
        ValueError,
        "X has shape (5, 2); expected (2, m), columns being examples; transpose it: X.T",
    ),
    "rows": (
        np.ones((3, 5)),
        ValueError,
        "X has shape (3, 5); expected (2, m), columns being examples",
    ),
    "empty": (
        np.ones((2, 0)),
        ValueError,
        "X has shape (2, 0); expected at least one row and one example",
    ),
    "NaN": (
        np.array([[1, np.nan], [np.inf, 1]]),
        ValueError,
        "X holds NaN or infinite values in 2 of 4 places; drop",
    ),
    "text": (np.array([["a"], ["b"]]), TypeError, "X holds <U1; expected numbers"),
    "objects": (np.array([[None], [1]]), TypeError, "X holds object; expected numbers"),
    "3-D": (
        np.ones((1, 2, 3)),
        ValueError,
        "X has shape (1, 2, 3); expected (2, m), columns being examples",
    ),
}


def test_numbers_beyond_float32_are_refused_where_the_parameters_are_float32():
    """Warnings are errors: the cast raises none. Down to 0 it may round."""
    X, _, parameters = tiny_network()
    single = {name: P.astype(np.float32) for name, P in parameters.items()}
    with pytest.raises(
        ValueError,
        match="X holds numbers too large for float32 in 1 of 4 places; scale the data",
    ):
        predict(np.array([[1, 1e39], [1, 1e38]]), single, "relu", "sigmoid")
    assert np.isfinite(predict(X * 1e-300, single, "relu", "sigmoid")).all()
    assert np.isfinite(predict(X * 1e39, parameters, "relu", "sigmoid")).all()


@pytest.mark.parametrize("case", BAD)
def test_bad_data_are_refused(case):
    X, error, message = BAD[case]
    _, _, parameters = tiny_network()
    with pytest.raises(error) as caught:
        predict(frozen(X), frozen(parameters), "relu", "sigmoid")
    assert message in str(caught.value)


def test_unknown_activations_are_refused():
    X, _, parameters = tiny_network()
    with pytest.raises(ValueError, match="unknown activation 'softmax'"):
        predict(X, parameters, "relu", "softmax")
