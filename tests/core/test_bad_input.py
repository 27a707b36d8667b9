"""Bad input to every public function: an error of ours that names the argument, and nothing is changed."""

import copy
from pathlib import Path

import numpy as np
import pytest
from references import arrays

import dnn_lessons
from dnn_lessons import (
    DeepNeuralNetwork,
    batch_generator,
    compute_cost,
    get_activation,
    get_cost,
    gradient_check,
    initialize_parameters,
    train,
    train_epochs,
)
from dnn_lessons.datasets import tiny_network
from dnn_lessons.network import predict

HERE = Path(dnn_lessons.__file__).parent
X, Y, PARAMETERS = tiny_network()


def with_one(value, A):
    """The array with one entry replaced, in whatever type holds the value."""
    changed = A.astype(np.result_type(A, np.min_scalar_type(value)))
    changed[0, 0] = value
    return changed


def bad_matrices(A):
    """Arrays and other things in place of a matrix (n, m) of floats."""
    return {
        "none": None,
        "text": "data",
        "a number": 1.0,
        "0-d": np.array(1.0),
        "a row of numbers": A[0],
        "three axes": A[None],
        "no examples": A[:, :0],
        "no rows": A[:0],
        "NaN": with_one(np.nan, A),
        "infinity": with_one(np.inf, A),
        "minus infinity": with_one(-np.inf, A),
        "complex": A + 1j,
        "objects": A.astype(object),
        "texts": A.astype(str),
        "dates": np.zeros(A.shape, "datetime64[s]"),
        "masked": np.ma.masked_equal(A, A[0, 0]),
        "a dictionary": {"A": A},
    }


def unfit_matrices(A):
    """And matrices that do not fit a network or other data."""
    n, m = A.shape
    return bad_matrices(A) | {
        "a row too many": np.ones((n + 1, m)),
        "a column": np.ones((m + 3, 1)) if n == 1 else np.ones((n + m + 3, 1)),
        "transposed": np.ones((m + 3, n)),
    }


def of_another_m(A):
    return {"another m": np.ones((len(A), A.shape[1] + 1)), **unfit_matrices(A)}


def outside(A):
    return {"below 0": with_one(-1.0, A), "above 1": with_one(2.0, A)}


def labels(A):
    return of_another_m(A) | outside(A)


COUNTS = {
    "0": 0,
    "negative": -1,
    "a half": 1.5,
    "a float": 2.0,
    "NaN": np.nan,
    "text": "2",
    "none": None,
    "complex": 1j,
    "a list": [2],
    "two numbers": np.array([1, 2]),
    "an object": object(),
}
RATES = {
    "0": 0,
    "negative": -0.1,
    "NaN": np.nan,
    "infinity": np.inf,
    "a huge whole number": 10**400,
    "text": "fast",
    "none": None,
    "complex": 1j,
    "a list": [0.1],
    "two numbers": np.array([0.1, 0.2]),
    "an object": object(),
}
NAMES = {
    "unknown": "swish",
    "none": None,
    "a number": 3,
    "bytes": b"relu",
    "a list": ["relu"],
    "another case": "ReLU",
    "empty": "",
    "a type": float,
    "truth": True,
}
DIMS = {
    "none at all": (),
    "one": (3,),
    "a number": 3,
    "none": None,
    "0 units": (2, 0, 1),
    "negative": (2, -1),
    "a half": (2, 1.5),
    "text": "23",
    "texts": ("2", "1"),
    "NaN": (2, np.nan),
    "a matrix": [[2, 1], [1, 1]],
    "none among them": (2, None, 1),
}
DTYPES = {
    "whole": int,
    "half": np.float16,
    "complex": complex,
    "object": object,
    "text": "no type",
    "a number": 3,
    "long": "longdouble",
}


def bad_parameters():
    """Dictionaries that are no W1, b1, ..., WL, bL of one network."""
    W1, b1 = PARAMETERS["W1"], PARAMETERS["b1"]
    return {
        "none": None,
        "a list": list(PARAMETERS.values()),
        "empty": {},
        "no W1": {k: P for k, P in PARAMETERS.items() if k != "W1"},
        "no b2": {k: P for k, P in PARAMETERS.items() if k != "b2"},
        "an extra pair": PARAMETERS | {"W4": W1, "b4": b1},
        "other names": {k.lower(): P for k, P in PARAMETERS.items()},
        "a flat bias": PARAMETERS | {"b1": b1[:, 0]},
        "a bias in a row": PARAMETERS | {"b1": np.ones((1, 2))},
        "a bias too short": PARAMETERS | {"b1": b1[:1]},
        "a bias for each example": PARAMETERS | {"b1": np.ones((2, 2))},
        "a flat weight": PARAMETERS | {"W1": W1[0]},
        "weights that do not fit": PARAMETERS | {"W2": np.ones((1, 3))},
        "NaN": PARAMETERS | {"W1": with_one(np.nan, W1)},
        "infinity": PARAMETERS | {"b1": with_one(np.inf, b1)},
        "complex": PARAMETERS | {"W1": W1 + 1j},
        "objects": PARAMETERS | {"W1": W1.astype(object)},
        "texts": PARAMETERS | {"W1": W1.astype(str)},
        "masked": PARAMETERS | {"W1": np.ma.masked_equal(W1, W1[0, 0])},
        "nothing": PARAMETERS | {"W1": None},
    }


HIDDEN = {"hidden_layer_activation": NAMES}
OUTPUT = {"output_layer_activation": NAMES}
MODEL = {"hidden_layer_activation": "relu", "output_layer_activation": "sigmoid"}
DATA = {"X": X, "Y": Y, "parameters": PARAMETERS}
AL = np.array([[0.25, 0.5]])


def network(**settings):
    return DeepNeuralNetwork(**{"layer_dims": (2, 2, 1), "rng": 0} | settings)


def trained(network, **settings):
    return network.train(**settings)


def epochs_of(network, **settings):
    return network.train_epochs(**settings)


def predicted(network, X):
    return network.predict(X)


RUN = {"learning_rate": RATES, "num_epochs": COUNTS, "batch_size": COUNTS}
RUN |= {"engine": {k: v for k, v in NAMES.items() if k != "a type"}}
# function: good arguments, and for each argument the bad ones
DOORS = {
    "predict": (predict, {"X": X, "parameters": PARAMETERS, **MODEL}),
    "train_epochs": (train_epochs, DATA | MODEL),
    "train": (train, DATA | MODEL),
    "gradient_check": (gradient_check, DATA | MODEL),
    "compute_cost": (compute_cost, {"AL": AL, "Y": Y}),
    "batch_generator": (batch_generator, {"X": X, "Y": Y, "batch_size": 1}),
    "initialize_parameters": (initialize_parameters, {"layer_dims": (2, 2, 1)}),
    "get_activation": (get_activation, {"activation": "relu"}),
    "get_cost": (get_cost, {"cost": "mse"}),
    "DeepNeuralNetwork": (network, {}),
    "DeepNeuralNetwork.train": (trained, {"network": network(), "X": X, "Y": Y}),
    "DeepNeuralNetwork.train_epochs": (
        epochs_of,
        {"network": network(), "X": X, "Y": Y},
    ),
    "DeepNeuralNetwork.predict": (predicted, {"network": network(), "X": X}),
}
FIT = {"X": unfit_matrices(X), "Y": labels(Y)}
ROWS = {"cost": NAMES, **HIDDEN, **OUTPUT, "parameters": bad_parameters()}
BAD = {
    "predict": {"X": FIT["X"], "parameters": bad_parameters(), **HIDDEN, **OUTPUT},
    "train_epochs": FIT | ROWS | RUN,
    "train": FIT | ROWS | RUN,
    "gradient_check": FIT | ROWS,
    "compute_cost": {
        "AL": bad_matrices(AL) | outside(AL),
        "Y": labels(Y),
        "cost": NAMES,
    },
    "batch_generator": {
        "X": {
            name: value
            for name, value in bad_matrices(X).items()
            if name in {"none", "text", "a number", "0-d", "a row of numbers"}
        },
        "batch_size": COUNTS,
    },
    "initialize_parameters": {"layer_dims": DIMS, "dtype": DTYPES, **HIDDEN, **OUTPUT},
    "get_activation": {"activation": NAMES},
    "get_cost": {"cost": NAMES},
    "DeepNeuralNetwork": {
        "layer_dims": DIMS,
        "dtype": DTYPES,
        "loss_function": NAMES,
        **HIDDEN,
        **OUTPUT,
    },
    "DeepNeuralNetwork.train": FIT | RUN | {"epoch_verbose": COUNTS},
    "DeepNeuralNetwork.train_epochs": FIT | RUN,
    "DeepNeuralNetwork.predict": {"X": FIT["X"]},
}
CASES = [
    (door, argument, kind)
    for door, arguments in BAD.items()
    for argument, kinds in arguments.items()
    for kind in kinds
]
SAID = {  # what a message calls an argument, if not by its name
    "hidden_layer_activation": "activation",
    "output_layer_activation": "activation",
    "loss_function": "cost",
}


def raised_by_us(error):
    """Whether the statement that raised an error is one of the package."""
    trace = error.__traceback__
    while trace.tb_next:
        trace = trace.tb_next
    return HERE in Path(trace.tb_frame.f_code.co_filename).parents


def contents(value):
    """All that a call could change in its arguments, and NumPy's global generator."""
    if isinstance(value, DeepNeuralNetwork):
        state = value.rng.bit_generator.state
        return contents([value.parameters, value.costs]), str(state)
    numpys = np.random.get_state()  # noqa: NPY002 - to see that nobody uses it
    return [A.tobytes() for A in arrays(value)], repr(value), str(numpys)


@pytest.mark.long
@pytest.mark.parametrize("case", CASES, ids=" - ".join)
def test_bad_input_is_refused_by_name_and_nothing_is_changed(case):
    door, argument, kind = case
    function, good = DOORS[door]
    arguments = copy.deepcopy(good) | {argument: BAD[door][argument][kind]}
    before = contents(list(arguments.values()))
    with pytest.raises((ValueError, TypeError)) as caught:
        function(**arguments)
    assert raised_by_us(caught.value)
    assert SAID.get(argument, argument) in str(caught.value)
    assert contents(list(arguments.values())) == before


def test_there_are_more_than_500_cases():
    assert len(CASES) >= 500
    assert set(DOORS) == set(BAD)
    for function, good in DOORS.values():
        function(**copy.deepcopy(good))
