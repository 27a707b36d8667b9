"""Odd but valid data train, in every engine, to the numbers of plain float64 copies of them."""

import numpy as np
import pytest

from dnn_lessons import DeepNeuralNetwork, compute_cost, gradient_check
from dnn_lessons.engines import ENGINES

RNG = np.random.default_rng(27)
X, Y = RNG.integers(-3, 4, (3, 10)), RNG.integers(0, 2, (1, 10))  # exact in every type
X_ROUNDED = RNG.normal(size=X.shape).astype(np.float32)


def read_only(A):
    A = np.array(A, float)
    A.setflags(write=False)
    return A


def every_second(A):
    """The same numbers, of which every second one in memory is another's."""
    wide = np.full((2 * A.shape[0], 2 * A.shape[1]), np.nan)
    wide[::2, ::2] = A
    return wide[::2, ::2]


def backwards(A):
    return np.array(A, float)[::-1, ::-1].copy()[::-1, ::-1]


FORMS = {  # of the same whole numbers
    "int64": np.int64,
    "int8": np.int8,
    "uint8": lambda A: np.abs(A).astype(np.uint8),
    "booleans": lambda A: A > 0,
    "float16": np.float16,
    "longdouble": np.longdouble,
    "the other byte order": lambda A: A.astype(">f8"),
    "lists": lambda A: A.tolist(),
    "lists of floats": lambda A: A.astype(float).tolist(),
    "tuples": lambda A: tuple(map(tuple, A.tolist())),
    "read-only": read_only,
    "every second": every_second,
    "in Fortran order": lambda A: np.asfortranarray(A, float),
    "backwards": backwards,
    "a transposed table": lambda A: np.array(A.T, float, order="C").T,
    "an empty mask": lambda A: np.ma.array(A, float),
    "a matrix of NumPy": lambda A: np.array(A, float).view(Subclass),
    "one example": lambda A: A[:, :1],
    "one example, a list": lambda A: A[:, :1].tolist(),
    "two examples": lambda A: A[:, :2],
    "repeated in memory": lambda A: np.broadcast_to(np.array(A, float)[:, :1], A.shape),
}


class Subclass(np.ndarray):
    """An array of a reader's own class."""


def trained(X, Y, engine, dtype=np.float64, batch_size=4):
    """(costs, parameters) as bytes, after three epochs."""
    dims = len(X), 4, len(Y)
    network = DeepNeuralNetwork(dims, "tanh", "sigmoid", dtype=dtype, rng=1)
    network.train(X, Y, 0.1, 3, batch_size, engine=engine)
    parameters = network.parameters
    return network.costs, {name: P.tobytes() for name, P in parameters.items()}, network


@pytest.mark.long
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("form", FORMS)
def test_any_form_of_the_data_trains_as_float64_copies_do(form, engine):
    X_odd, Y_odd = FORMS[form](X), FORMS[form](Y)
    copies = np.array(X_odd, np.float64), np.array(Y_odd, np.float64)
    *given, network = trained(X_odd, Y_odd, engine)
    *expected, other = trained(*copies, engine)
    assert given == expected
    AL = network.predict(X_odd)
    assert AL.tobytes() == other.predict(copies[0]).tobytes()
    assert compute_cost(AL, Y_odd) == compute_cost(AL, copies[1])
    assert isinstance(AL, np.ndarray) and type(AL) is np.ndarray


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_float32_data_train_as_their_float64_copies_do(dtype, engine):
    copies = X_ROUNDED.astype(np.float64), Y.astype(np.float64)
    *given, _ = trained(X_ROUNDED, Y.astype(np.float32), engine, dtype)
    *expected, _ = trained(*copies, engine, dtype)
    assert given == expected


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("m", [1, 2, 10])
def test_a_batch_size_above_m_is_m(m, engine):
    data = X[:, :m], Y[:, :m]
    *expected, _ = trained(*data, engine, batch_size=m)
    for size in (m + 1, 64, 10**12, np.int16(300)):
        *given, _ = trained(*data, engine, batch_size=size)
        assert given == expected


@pytest.mark.parametrize("engine", ENGINES)
def test_one_feature_and_one_example_train(engine):
    *given, network = trained([[2]], [[1]], engine)
    *expected, _ = trained(np.array([[2.0]]), np.array([[1.0]]), engine)
    assert given == expected
    assert network.costs[-1] < network.costs[0]


@pytest.mark.parametrize("form", FORMS)
def test_any_form_of_the_parameters_predicts_and_trains_as_float64_copies_do(form):
    if "example" in form or "repeated" in form:
        return
    parameters = {"W1": X[:, :3], "b1": X[:, 3:4], "W2": Y[:, :3], "b2": Y[:, 3:4]}
    results = []
    for convert in (FORMS[form], lambda A: np.array(FORMS[form](A), np.float64)):
        network = DeepNeuralNetwork((3, 3, 1), "tanh", rng=1)
        network.parameters = {name: convert(P) for name, P in parameters.items()}
        first = network.predict(X)
        network.train(X, Y, 0.1, 2, 4)
        results.append((first.astype(float), network.predict(X).astype(float)))
    for given, expected in zip(*results, strict=True):
        tolerance = 1e-2 if form == "float16" else 1e-13
        np.testing.assert_allclose(given, expected, rtol=tolerance, atol=tolerance)


def test_the_gradient_check_takes_lists():
    parameters = {"W1": [[1, -1, 2]], "b1": [[1]]}
    arrays = {name: np.array(P, float) for name, P in parameters.items()}
    model = "relu", "sigmoid"
    given = gradient_check(X.tolist(), Y.tolist(), parameters, *model)
    assert given == gradient_check(X.astype(float), Y.astype(float), arrays, *model)
    assert given.passed
