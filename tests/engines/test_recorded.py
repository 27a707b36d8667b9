"""A recorded step is held against the plain one, bit by bit."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from trained_twice import assert_same_bits, both, job

from dnn_lessons import (
    ACTIVATIONS,
    COSTS,
    Activation,
    initialize_parameters,
    train,
    train_epochs,
)
from dnn_lessons import training as training_module
from dnn_lessons.engines import recorded as record_module
from dnn_lessons.engines.recorded import bound, say_once
from dnn_lessons.engines.tape import Tape, Traced

BOUNDED = [
    name for name, row in ACTIVATIONS.items() if row.bounds[0] >= 0 and row.bounds[1] <= 1
]


@settings(deadline=None, max_examples=60)
@given(
    dims=st.lists(st.integers(1, 9), min_size=2, max_size=5),
    m=st.integers(1, 40),
    batch_size=st.integers(1, 45),
    hidden=st.sampled_from(sorted(ACTIVATIONS)),
    pair=st.sampled_from(
        [
            (o, c)
            for c in COSTS
            for o in (BOUNDED if c == "cross_entropy" else ACTIVATIONS)
        ]
    ),
    dtype=st.sampled_from([np.float32, np.float64]),
    shuffle=st.booleans(),
    seed=st.integers(0, 99),
)
def test_recorded_training_gives_the_plain_parameters_and_costs_bit_by_bit(
    dims, m, batch_size, hidden, pair, dtype, shuffle, seed
):
    say_once.cache_clear()
    arguments = job(dims, m, hidden, *pair, dtype, seed)
    assert_same_bits(
        *both(arguments, batch_size=batch_size, shuffle=shuffle, learning_rate=0.003)
    )
    assert say_once.cache_info().currsize == 0, "it fell back, so nothing was compared"


def test_a_plain_step_that_fails_gives_its_own_error_and_no_word_of_an_equal_result(log):
    without_cache = Activation(
        "without_cache", lambda Z: np.maximum(Z, 0), lambda dA, cache: dA
    )
    with pytest.raises(ValueError, match="unpack"):
        both(job(hidden=without_cache))
    assert not log.records


@pytest.mark.parametrize("hidden", ACTIVATIONS)
@pytest.mark.parametrize("cost", COSTS)
def test_every_registered_function_is_recorded(hidden, cost, log):
    """None of ours falls back: reads the registries, so a sixth activation is held to it too."""
    both(job(hidden=hidden, output="sigmoid", cost=cost))
    assert not log.records


def test_a_step_that_the_replay_gets_wrong_is_noticed_and_left_to_the_plain_one(
    monkeypatch, log
):
    """Fault planted: the last call of the list is lost."""
    monkeypatch.setattr(record_module, "bound", lambda calls: bound(calls)[:-1])
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
        assert calls_of(steps).count("__setitem__") == copies


SPECIAL = np.array([-np.inf, -1.5, -0.0, 0.0, 5e-324, 2.5, np.inf, np.nan])
CHOICES = {
    "maximum": lambda Z: np.maximum(Z, 0.0),
    "minimum": lambda Z: np.minimum(0.0, Z),
    "all shapes agree": lambda Z: np.where(Z > 0, Z, -Z),
    "a number is chosen": lambda Z: np.where(Z > 0, 1.0, Z),
    "a row is chosen": lambda Z: np.where(Z > 0, np.max(Z, axis=0, keepdims=True), Z),
    "a column decides": lambda Z: np.where(np.max(Z, axis=1, keepdims=True) > 1, Z, 0.0),
    "numbers decide": lambda Z: np.where(Z, -Z, Z),
}


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("shape", [(1, 8), (3, 5), (7, 33)])
@pytest.mark.parametrize("function", CHOICES)
def test_a_replayed_choice_is_the_plain_one_in_every_bit(
    function, shape, dtype, monkeypatch
):
    """Whichever call writes it: with constants in full and without, for -0.0, infinities and NaN too."""
    data = [np.resize(np.roll(SPECIAL, k), shape).astype(dtype) for k in range(3)]
    for piece in (record_module.PIECE, 1):
        monkeypatch.setattr(record_module, "PIECE", piece)
        tape = Tape()
        Z = Traced(data[0].copy(), tape)
        result, calls = CHOICES[function](Z), bound(tape.calls)
        for each in data:
            Z.value[...] = each
            for call in calls:
                call()
            assert record_module.same([result.value], [CHOICES[function](each)])


def test_a_small_extremum_takes_its_constant_in_full(monkeypatch):
    """NumPy compares two arrays of one shape sooner than an array and a number."""
    for piece, shape in (record_module.PIECE, (3, 5)), (14, ()):
        monkeypatch.setattr(record_module, "PIECE", piece)
        tape = Tape()
        np.maximum(Traced(np.ones((3, 5)), tape), 0.0)
        (call,) = bound(tape.calls)
        assert call.args[1].shape == shape


@pytest.mark.parametrize(
    ("then", "names"), [(1.0, ["copyto", "copyto"]), (None, ["copyto", "putmask"])]
)
def test_a_choice_among_arrays_of_one_shape_is_written_by_the_faster_call(then, names):
    tape = Tape()
    Z = Traced(np.ones((3, 5)), tape)
    np.where(Z > 0, Z if then is None else then, -Z)
    assert [call.func.__name__ for call in bound(tape.calls)][-2:] == names


def recorded_steps(data, parameters, hidden, output, cost):
    model = ACTIVATIONS[hidden], ACTIVATIONS[output], COSTS[cost]
    return training_module.choose_steps(
        tuple(map(np.asfortranarray, data)), parameters, model, 0.1, record=True
    )


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
    homes = []
    monkeypatch.setattr(
        record_module, "bound", lambda calls: homes.extend(calls) or bound(calls)
    )
    train(X, Y, parameters, *names, num_epochs=1, batch_size=23)
    scaled = [
        result.value
        for function, _, _, result in homes
        if result.shape == (8,) and function is np.multiply
    ]
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
    epochs = list(
        train_epochs(X, Y, parameters, *names, batch_size=5, num_epochs=3, rng=0)
    )
    after = [A.copy() for A in epochs[0].parameters.values()]
    assert all(
        np.array_equal(a, b)
        for a, b in zip(before, (X, Y, *parameters.values()), strict=True)
    )
    assert not any(
        np.shares_memory(P, Q)
        for P in epochs[0].parameters.values()
        for Q in epochs[1].parameters.values()
    )
    list(
        train_epochs(
            X, Y, epochs[0].parameters, *names, batch_size=5, num_epochs=3, rng=0
        )
    )
    assert all(
        np.array_equal(a, b)
        for a, b in zip(after, epochs[0].parameters.values(), strict=True)
    )


def test_an_interrupted_epoch_leaves_the_parameters_of_the_one_before(monkeypatch):
    """The interruption comes with the third of the second epoch's five steps, after two trials and five steps."""
    steps_before = iter(range(99))

    def interrupt():
        if next(steps_before) == 2 + 5 + 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(record_module, "bound", lambda calls: [*bound(calls), interrupt])
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
            list(
                train_epochs(
                    X,
                    Y,
                    parameters,
                    *names,
                    learning_rate=1e9,
                    num_epochs=50,
                    engine=engine,
                )
            )
        assert all(np.isfinite(P).all() for P in caught.value.parameters.values())


def test_parameters_of_two_dtypes_train_plainly(log):
    X, Y, parameters, *names = job(dtype=np.float32)
    mixed = {**parameters, "b1": parameters["b1"].astype(np.float64)}
    assert_same_bits(*both((X, Y, mixed, *names)))
    assert log.records


def test_an_error_of_the_step_is_the_error_of_the_reader():
    def broken(Z):
        return Z.no_such_attribute, Z

    with pytest.raises(AttributeError, match="no_such_attribute"):
        train(*job(hidden=Activation("broken", broken, lambda dA, Z: dA)))


def test_an_epoch_costs_the_same_in_blocks(monkeypatch):
    """The cost is summed over blocks of batches; one block or many, to rounding."""
    costs = []
    for block in (1, 3, 1000):
        monkeypatch.setattr(training_module, "STORED_BATCHES", block)
        costs.append(train(*job(m=50), batch_size=4, num_epochs=3, rng=0)[1])
    np.testing.assert_allclose(costs[1:], [costs[0]] * 2, rtol=1e-14)
