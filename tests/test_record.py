"""A recorded step is held against the plain one, bit by bit; what cannot be recorded must fall back to it."""

import logging
import math
from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.random import rand

from dnn_lessons import (
    ACTIVATIONS,
    COSTS,
    Activation,
    Cost,
    activations,
    initialize_parameters,
    mse,
    mse_backward,
    sigmoid,
    tanh,
    train,
    train_epochs,
)
from dnn_lessons import record as record_module
from dnn_lessons import training as training_module
from dnn_lessons.record import Tape, Traced, Untraceable, dependence, say_once

BOUNDED = [name for name, row in ACTIVATIONS.items() if row.bounds[0] >= 0 and row.bounds[1] <= 1]


def job(dims=(2, 5, 4, 1), m=23, hidden="relu", output="linear", cost="mse", dtype=np.float64, seed=0):
    """Data, parameters and the rest of train's arguments for a small network."""
    rng = np.random.default_rng(seed)
    X, Y = rng.standard_normal((dims[0], m)), rng.random((dims[-1], m))
    return X, Y, initialize_parameters(dims, "relu", "linear", rng=rng, dtype=dtype), hidden, output, cost


def both(arguments, **how):
    """(parameters, costs) of the recorded and of the plain training, from the same start."""
    how = {"learning_rate": 0.05, "num_epochs": 4, "batch_size": 5, "rng": 1, **how}
    return [train(*arguments, **how, record=record) for record in (True, False)]


def assert_same_bits(recorded, plain):
    for name, P in plain[0].items():
        assert (recorded[0][name].dtype, recorded[0][name].tobytes()) == (P.dtype, P.tobytes()), name
    assert recorded[1] == plain[1]


@pytest.fixture
def log(caplog):
    """The log of the package, where a fallback is told once per reason."""
    say_once.cache_clear()
    with caplog.at_level(logging.WARNING, "dnn_lessons"):
        yield caplog


@settings(deadline=None, max_examples=60)
@given(
    dims=st.lists(st.integers(1, 9), min_size=2, max_size=5),
    m=st.integers(1, 40),
    batch_size=st.integers(1, 45),
    hidden=st.sampled_from(sorted(ACTIVATIONS)),
    pair=st.sampled_from([(o, c) for c in COSTS for o in (BOUNDED if c == "cross_entropy" else ACTIVATIONS)]),
    dtype=st.sampled_from([np.float32, np.float64]),
    shuffle=st.booleans(),
    seed=st.integers(0, 99),
)
def test_recorded_training_gives_the_plain_parameters_and_costs_bit_by_bit(
    dims, m, batch_size, hidden, pair, dtype, shuffle, seed
):
    say_once.cache_clear()
    arguments = job(dims, m, hidden, *pair, dtype, seed)
    assert_same_bits(*both(arguments, batch_size=batch_size, shuffle=shuffle, learning_rate=0.003))
    assert say_once.cache_info().currsize == 0, "it fell back, so nothing was compared"


@pytest.mark.parametrize("hidden", ACTIVATIONS)
@pytest.mark.parametrize("cost", COSTS)
def test_every_registered_function_is_recorded(hidden, cost, log):
    """None of ours falls back: reads the registries, so a sixth activation is held to it too."""
    both(job(hidden=hidden, output="sigmoid", cost=cost))
    assert not log.records


def test_a_step_that_the_replay_gets_wrong_is_noticed_and_left_to_the_plain_one(monkeypatch, log):
    """Fault planted: the last call of the list is lost."""
    bound = Tape.bound
    monkeypatch.setattr(Tape, "bound", lambda tape: bound(tape)[:-1])
    assert_same_bits(*both(job()))
    assert "other numbers" in log.text


def test_a_call_made_twice_is_recorded_once():
    """The product W A_prev of the output layer: once forward, once for the epoch's cost."""
    X, Y, parameters, *_ = job()
    steps = recorded_steps((X, Y), parameters, "relu", "sigmoid", "cross_entropy")
    steps([np.arange(5)], parameters)
    assert calls_of(steps).count("dot") == 3 + 3 * 2 + 2


def test_a_small_sum_writes_b_out_first(monkeypatch):
    """Both calls take less time than a sum that repeats b, where a cache holds them. With one output, b is a number."""
    X, Y, parameters, *names = job()
    for piece, copies in (record_module.PIECE, 2), (1, 0):
        monkeypatch.setattr(record_module, "PIECE", piece)
        steps = recorded_steps((X, Y), parameters, *names)
        steps([np.arange(5)], parameters)
        assert calls_of(steps).count("copyto") == copies


def recorded_steps(data, parameters, hidden, output, cost):
    model = ACTIVATIONS[hidden], ACTIVATIONS[output], COSTS[cost]
    return training_module.choose_steps(tuple(map(np.asfortranarray, data)), parameters, model, 0.1, record=True)


def calls_of(steps):
    """The names of the NumPy functions in the one list of `steps`."""
    (replay,) = steps.replays.values()
    (calls,) = (each for each in replay if isinstance(each, list))
    return [call.func.__name__ for call in calls]


def test_many_parameters_are_updated_in_pieces(monkeypatch, log):
    monkeypatch.setattr(record_module, "PIECE", 7)
    assert_same_bits(*both(job()))
    assert not log.records


def test_the_pieces_of_an_update_take_turns_with_one_array(monkeypatch):
    """The result of a call that nothing reads any more lends its memory to a later result."""
    monkeypatch.setattr(record_module, "PIECE", 8)
    X, Y, _, *names = job()
    parameters = initialize_parameters((2, 6, 1), rng=0)
    homes, bound = [], Tape.bound
    monkeypatch.setattr(Tape, "bound", lambda tape: homes.extend(tape.calls) or bound(tape))
    train(X, Y, parameters, *names, num_epochs=1, batch_size=23)
    scaled = [result.value for function, _, _, result in homes if result.shape == (8,) and function is np.multiply]
    assert len(scaled) == 3
    assert all(array is scaled[0] for array in scaled)


def test_one_list_serves_one_batch_width():
    X, Y, parameters, *_ = job()
    steps = recorded_steps((X, Y), parameters, "relu", "linear", "mse")
    steps([np.arange(width) for width in (5, 3, 5, 3, 1)], parameters)
    assert sorted(steps.replays) == [1, 3, 5]


def test_arrays_of_the_reader_stay_as_they_are():
    X, Y, parameters, *names = job()
    before = [A.copy() for A in (X, Y, *parameters.values())]
    epochs = list(train_epochs(X, Y, parameters, *names, batch_size=5, num_epochs=3, rng=0))
    after = [A.copy() for A in epochs[0].parameters.values()]
    assert all(np.array_equal(a, b) for a, b in zip(before, (X, Y, *parameters.values()), strict=True))
    assert not any(np.shares_memory(P, Q) for P in epochs[0].parameters.values() for Q in epochs[1].parameters.values())
    list(train_epochs(X, Y, epochs[0].parameters, *names, batch_size=5, num_epochs=3, rng=0))
    assert all(np.array_equal(a, b) for a, b in zip(after, epochs[0].parameters.values(), strict=True))


def test_an_interrupted_epoch_leaves_the_parameters_of_the_one_before(monkeypatch):
    """The interruption comes with the third of the second epoch's five steps, after two trials and five steps."""
    bound, steps_before = Tape.bound, iter(range(99))

    def interrupt():
        if next(steps_before) == 2 + 5 + 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(Tape, "bound", lambda tape: [*bound(tape), interrupt])
    X, Y, parameters, *names = job(m=23)
    run = train_epochs(X, Y, parameters, *names, batch_size=5, num_epochs=3, rng=0)
    first = next(run)
    before = {name: P.copy() for name, P in first.parameters.items()}
    with pytest.raises(KeyboardInterrupt):
        next(run)
    assert next(steps_before) == 2 + 5 + 3
    assert all(np.array_equal(before[name], P) for name, P in first.parameters.items())


def test_divergence_stops_a_recorded_training_too():
    X, Y, parameters, *names = job()
    for record in (True, False):
        with pytest.raises(training_module.TrainingDiverged) as caught:
            list(train_epochs(X, Y, parameters, *names, learning_rate=1e9, num_epochs=50, record=record))
        assert all(np.isfinite(P).all() for P in caught.value.parameters.values())


# Own activations. Each pair is pure or not; those that are not must never be frozen.


def swish(Z):
    p = 1 / (1 + np.exp(-Z))
    return Z * p, (Z, p)


def swish_backward(dA, activation_cache):
    Z, p = activation_cache
    return dA * (p + Z * p * (1 - p))


def softmax(Z):
    e = np.exp(Z - np.max(Z, axis=0, keepdims=True))
    A = e / np.sum(e, axis=0, keepdims=True)
    return A, A


def softmax_backward(dA, A):
    return A * (dA - np.sum(dA * A, axis=0, keepdims=True))


def gelu(Z):
    t = np.tanh(math.sqrt(2 / math.pi) * (Z + 0.044715 * Z**3))
    return 0.5 * Z * (1 + t), (Z, t)


def gelu_backward(dA, activation_cache):
    Z, t = activation_cache
    inner = math.sqrt(2 / math.pi) * (1 + 3 * 0.044715 * Z**2)
    return dA * (0.5 * (1 + t) + 0.5 * Z * (1 - t**2) * inner)


def leaky(Z, alpha=0.2):
    return np.where(Z > 0, Z, alpha * Z), Z


def leaky_backward(dA, Z, alpha=0.2):
    return dA * np.where(Z > 0, 1.0, alpha)


def clipped(Z):
    return np.clip(Z, -1.0, 1.0), Z


def clipped_backward(dA, Z):
    return dA * (np.abs(Z) < 1)


def with_package(Z):
    return activations.sigmoid(Z)[0] + tanh(Z)[0], Z


def with_package_backward(dA, Z):
    p = sigmoid(Z)[0]
    return dA * p * (1 - p) + activations.tanh_backward(dA, Z)


def leaky_with(alpha):
    return lambda Z: leaky(Z, alpha), lambda dA, Z: leaky_backward(dA, Z, alpha)


PURE = {
    "swish": (swish, swish_backward),
    "softmax": (softmax, softmax_backward),
    "gelu": (gelu, gelu_backward),
    "clipped": (clipped, clipped_backward),
    "with_package": (with_package, with_package_backward),
    "leaky": (leaky, leaky_backward),
    "partial": (partial(leaky, alpha=0.3), partial(leaky_backward, alpha=0.3)),
    "closure": leaky_with(0.4),
    "number_first": (lambda Z: (np.dot(0.5, Z), None), lambda dA, _: np.dot(0.5, dA)),
}


@pytest.mark.parametrize("name", PURE)
def test_an_own_pure_activation_is_recorded(name, log):
    assert_same_bits(*both(job(hidden=Activation(name, *PURE[name]))))
    assert not log.records


def eating(AL, Y):
    Y -= AL
    return -2 * Y


def test_a_cost_that_changes_its_labels_in_place_sees_them_once(log):
    """What the attempt to record does must not reach the arrays of the plain step."""
    assert_same_bits(*both(job(cost=Cost("eating", mse, eating))))
    assert log.records


def test_the_fused_functions_of_an_own_cost_are_looked_at_too(log):
    def fused(AL, Y):
        return (AL - Y) * STATE["alpha"]

    own = Cost("own", mse, mse_backward, fused={sigmoid: (mse, fused)})
    assert_same_bits(*both(job(output="sigmoid", cost=own)))
    assert "STATE" in log.text


def test_cross_entropy_of_an_own_output_is_recorded(log):
    own = Activation("softmax", softmax, softmax_backward)
    assert_same_bits(*both(job(dims=(2, 5, 3), output=own, cost="cross_entropy")))
    assert not log.records


STATE = {"calls": 0, "rng": None, "alpha": 0.1}
COUNT = 0
SHIFT = np.ones((1, 1))


def branching(Z):
    return (np.maximum(Z, 0), Z) if Z.sum() > 0 else (0.1 * Z, Z)


def comparing(Z):
    return (Z, Z) if np.max(Z) > 1 else (0.5 * Z, Z)


def counting(Z):
    global COUNT  # noqa: PLW0603
    COUNT += 1
    return Z * (1 + 0.1 * (COUNT % 3)), Z


def dropping(Z):
    keep = STATE["rng"].random(Z.shape) < 0.5
    return Z * keep, Z


def reading(Z):
    return np.maximum(Z, STATE["alpha"] * Z), Z


def shifted(Z):
    SHIFT[0, 0] += 0  # a global array may change in place
    return Z + SHIFT, Z


def shifted_by_array(Z):
    return Z + SHIFT, Z


def drawn_by_name(Z):
    return Z * rand(), Z  # noqa: NPY002


def drawing(Z):
    return Z + np.random.default_rng(0).standard_normal(Z.shape), Z


def measuring(Z):
    return Z * float(np.mean(Z)), Z


def typed(Z):
    return (Z, Z) if isinstance(Z, np.ndarray) else (2 * Z, Z)


def caught(Z):
    try:
        return Z * float(np.mean(Z)), Z
    except TypeError:
        return Z, Z


def masked(Z):
    A = np.array(Z)
    A[A < 0] = 0
    return A, Z


def importing(Z):
    import random  # noqa: PLC0415

    return Z * random.Random(1).random(), Z


def in_place(Z):
    Z *= 0.5
    return Z, Z


def listed(Z, seen=[]):  # noqa: B006
    seen.append(1)
    return Z * (len(seen) % 2), Z


def keyword_listed(Z, *, seen=[]):  # noqa: B006
    return Z * (len(seen) + 1), Z


def sorted_rows(Z):
    return np.sort(Z, axis=0), Z


def step_function(Z):
    return np.piecewise(Z, [Z > 0], [1.0, -1.0]), Z


def rooted(Z):
    return np.abs(Z) ** 0.5, Z


class Remembering:
    """An object whose answer depends on how often it was asked."""

    def __init__(self):
        self.calls = 0

    def __call__(self, Z):
        self.calls += 1
        return Z / self.calls, Z


def pass_on(dA, Z):
    return dA


def dropping_with(seed):
    """A dropout in a closure: the generator is its state."""
    rng = np.random.default_rng(seed)
    return lambda Z: (Z * (rng.random(Z.shape) < 0.5), Z)


def reset():
    """The state of the impure functions as at the start."""
    global COUNT  # noqa: PLW0603
    COUNT = 0
    np.random.seed(0)  # noqa: NPY002 - the reader's own way of drawing
    STATE.update(calls=0, rng=np.random.default_rng(3))
    listed.__defaults__[0].clear()


IMPURE = [branching, comparing, counting, dropping, reading, shifted,
          shifted_by_array, drawing, drawn_by_name, measuring, typed, caught, masked, importing,
          in_place, listed, keyword_listed, sorted_rows, step_function, rooted]  # fmt: skip
MADE = [Remembering, partial(dropping_with, 5)]  # each training gets one of its own


@pytest.mark.parametrize("make", [*MADE, *[lambda f=f: f for f in IMPURE]],
                         ids=["Remembering", "dropping_with", *[f.__name__ for f in IMPURE]])
def test_what_cannot_be_recorded_runs_plainly_says_so_once_and_gives_the_same_numbers(make, log):
    results = []
    for record in (True, False):
        reset()
        arguments = job(hidden=Activation("own", make(), pass_on))
        results.append(train(*arguments, num_epochs=3, batch_size=5, learning_rate=0.01, rng=1, record=record))
    assert_same_bits(*results)
    assert len(log.records) == 1
    assert "one by one" in log.text


def test_a_number_that_changes_between_epochs_is_read_anew():
    """A slider may move `alpha` while a generator of epochs waits."""
    results = []
    for record in (True, False):
        alpha = 0.1

        def forward(Z):
            return leaky(Z, alpha)  # noqa: B023

        def backward(dA, Z):
            return leaky_backward(dA, Z, alpha)  # noqa: B023

        run = train_epochs(*job(hidden=Activation("own", forward, backward)), batch_size=5, rng=0, record=record)
        next(run)
        alpha = 0.9
        results.append(next(run).parameters)
    assert_same_bits(*[(parameters, []) for parameters in results])


def half(Z):
    return 0.5 * Z


def test_a_helper_that_is_redefined_between_epochs_is_recorded_anew(monkeypatch):
    """As a reader may do in a notebook, between two pulls of the generator."""
    results = []
    for record in (True, False):
        own = Activation("own", calls_a_helper, pass_on)
        run = train_epochs(*job(hidden=own), batch_size=5, rng=0, record=record)
        next(run)
        with monkeypatch.context() as patch:
            patch.setitem(globals(), "half", lambda Z: 0.25 * Z)
            results.append(next(run).parameters)
    assert_same_bits(*[(parameters, []) for parameters in results])


def calls_a_helper(Z):
    return half(Z), Z


def test_parameters_of_two_dtypes_train_plainly(log):
    X, Y, parameters, *names = job(dtype=np.float32)
    mixed = {**parameters, "b1": parameters["b1"].astype(np.float64)}
    assert_same_bits(*both((X, Y, mixed, *names)))
    assert log.records


def test_an_error_of_the_step_is_the_error_of_the_reader():
    def broken(Z):
        return Z.no_such_attribute, Z

    with pytest.raises(AttributeError, match="no_such_attribute"):
        train(*job(hidden=Activation("broken", broken, pass_on)))


@pytest.mark.parametrize("use", [bool, float, int, len, np.array, list, np.sort, lambda A: A[0], lambda A: A**-1,
                                 np.add.reduce, lambda A: np.divmod(A, 2), lambda A: np.add(A, 1, where=A)])
def test_a_traced_array_refuses_what_a_list_of_calls_cannot_repeat(use):
    with pytest.raises((Untraceable, TypeError)):
        use(Traced(np.ones((2, 3)), Tape()))


def test_the_state_that_is_refused_is_named():
    with pytest.raises(Untraceable, match="STATE"):
        dependence("forward", reading)


def test_an_epoch_costs_the_same_in_blocks(monkeypatch):
    """The cost is summed over blocks of batches; one block or many, to rounding."""
    costs = []
    for block in (1, 3, 1000):
        monkeypatch.setattr(training_module, "STORED_BATCHES", block)
        costs.append(train(*job(m=50), batch_size=4, num_epochs=3, rng=0)[1])
    np.testing.assert_allclose(costs[1:], [costs[0]] * 2, rtol=1e-14)
