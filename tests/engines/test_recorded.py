"""The recorded engine trains to the numbers of the plain one, bit by bit."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from trained_twice import assert_same_bits, both, job, names, recorded_epochs, written

from dnn_lessons import (
    ACTIVATIONS,
    COSTS,
    TrainingDiverged,
    train_epochs,
)
from dnn_lessons.engines import recorded as module
from dnn_lessons.engines.recorded import RecordedEpochs, tell_once
from dnn_lessons.training import ENGINES, plain

BOUNDED = [
    name for name, row in ACTIVATIONS.items() if row.bounds[0] >= 0 and row.bounds[1] <= 1
]
PAIRS = [
    (o, c) for c in COSTS for o in (BOUNDED if c == "cross_entropy" else ACTIVATIONS)
]


def epochs(arguments, engine="recorded", num_epochs=3):
    return train_epochs(*arguments, 0.05, num_epochs, batch_size=5, rng=0, engine=engine)


def copies(parameters):
    return {name: P.copy() for name, P in parameters.items()}


def assert_equal(parameters, others):
    assert_same_bits((parameters, []), (others, []))


# The same bits


@pytest.mark.long
@settings(deadline=None, max_examples=60)
@given(
    dims=st.lists(st.integers(1, 9), min_size=2, max_size=5),
    m=st.integers(1, 40),
    batch_size=st.integers(1, 45),
    hidden=st.sampled_from(sorted(ACTIVATIONS)),
    pair=st.sampled_from(PAIRS),
    dtype=st.sampled_from([np.float32, np.float64]),
    shuffle=st.booleans(),
    seed=st.integers(0, 99),
)
def test_recorded_training_gives_the_plain_parameters_and_costs_bit_by_bit(
    dims, m, batch_size, hidden, pair, dtype, shuffle, seed
):
    tell_once.cache_clear()
    arguments = job(dims, m, hidden, *pair, dtype, seed)
    assert_same_bits(
        *both(arguments, batch_size=batch_size, shuffle=shuffle, learning_rate=0.003)
    )
    assert tell_once.cache_info().currsize == 0, "it fell back, so nothing was compared"


@pytest.mark.long
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("hidden", ACTIVATIONS)
def test_every_registered_combination_is_recorded_to_the_same_bits(
    hidden, pair, dtype, log
):
    """None of ours falls back. It reads the registries, so a sixth activation is tested too.

    The rows of 33 numbers are summed in another way than those of the last batch, which has 7.
    """
    arguments = job((2, 5, 4, 3), 40, hidden, *pair, dtype)
    assert_same_bits(*both(arguments, batch_size=33, learning_rate=0.003))
    assert not log.records


@pytest.mark.parametrize("batch_size", [1, 2, 7, 8, 9, 16, 127, 128, 129, 300])
def test_every_width_of_a_batch_gives_the_same_bits(batch_size, log):
    """NumPy adds up rows in another way from 8 and from 129 numbers on."""
    assert_same_bits(*both(job(m=300), batch_size=batch_size))
    assert not log.records


@pytest.mark.parametrize("dims", [(1, 1), (1, 1, 1), (3, 200, 200, 2)])
def test_single_units_and_arrays_beyond_the_cache_give_the_same_bits(dims, log):
    """Single numbers lose their axes, and large arrays are not written out."""
    arguments = job(dims, 400, output="sigmoid", cost="cross_entropy")
    assert_same_bits(*both(arguments, batch_size=190, num_epochs=2))
    assert not log.records


def test_trainings_at_once_do_not_disturb_each_other():
    """Three generators take turns; two of them train on the same arrays."""
    arguments = [job(), job(), job(hidden="tanh", seed=1)]
    runs = [epochs(each) for each in arguments]
    turns = list(zip(*runs, strict=True))
    for number, each in enumerate(arguments):
        for turn, expected in zip(turns, epochs(each, "plain"), strict=True):
            assert turn[number].cost == expected.cost
            assert_equal(turn[number].parameters, expected.parameters)


# What is recorded


def test_a_step_that_the_replay_gets_wrong_is_noticed_and_left_to_the_plain_one(
    monkeypatch, log
):
    """Fault planted: the last call of the list is lost."""
    monkeypatch.setattr(module, "merged", lambda calls, wanted: calls[:-1])
    assert_same_bits(*both(job()))
    (record,) = log.records
    assert (
        "one by one, because a replay of the step gives other numbers" in record.message
    )


def test_a_call_made_twice_is_recorded_once():
    """The backward pass of a sigmoid computes exp(-|Z|) again."""
    run = recorded_epochs(job(hidden="sigmoid"))
    assert names(run.replays[5]).count("absolute") == 2
    assert names(run.replays[5]).count("dot") == 3 + 2 + 3


def test_one_list_serves_one_batch_width():
    run = recorded_epochs(job(m=23), batch_size=5)
    assert sorted(run.replays) == [3, 5]
    run.run(np.arange(23))
    assert sorted(run.replays) == [3, 5]


def test_results_have_arrays_of_their_own():
    """So that each call finds its operands, and a bar of lesson 15 is an array."""
    run = recorded_epochs(job(dims=(2, 6, 6, 1), hidden="tanh"), batch_size=23)
    outs = [written(call) for call in run.replays[23].calls]
    places = [out.__array_interface__["data"][0] for out in outs]
    assert len(set(places)) == len(places)


# Parameters in and out


def test_recording_leaves_the_parameters_as_they_were():
    """Its trial steps are taken back."""
    arguments = job()
    assert_equal(recorded_epochs(arguments).parameters, arguments[2])


def test_arrays_of_the_reader_stay_as_they_are():
    X, Y, parameters, *model = job()
    before = [A.copy() for A in (X, Y, *parameters.values())]
    first, second, _ = epochs((X, Y, parameters, *model))
    after = copies(first.parameters)
    assert all(
        np.array_equal(a, b)
        for a, b in zip(before, (X, Y, *parameters.values()), strict=True)
    )
    assert not any(
        np.shares_memory(P, Q)
        for P in first.parameters.values()
        for Q in second.parameters.values()
    )
    list(epochs((X, Y, first.parameters, *model)))
    assert_equal(first.parameters, after)


def test_parameters_that_are_passed_in_again_and_changed_between_epochs_are_read_anew():
    """An engine is a function of the parameters, not of what it returned before."""
    run = recorded_epochs(job())
    _, parameters = run(recorded_epochs(job()).parameters)
    parameters["W1"][...] = 0.5  # in place, in the arrays that the engine returned
    passed = copies(parameters)
    changed = {name: 2 * P for name, P in passed.items()}
    for start in (parameters, changed):
        expected = copies(start)
        run.job.batching[2].bit_generator.state = np.random.PCG64(4).state
        cost, new = plain(run.job, None)(expected)
        run.job.batching[2].bit_generator.state = np.random.PCG64(4).state
        replayed = run(start)
        assert_same_bits((replayed[1], [replayed[0]]), (new, [cost]))


def test_an_interrupted_epoch_leaves_the_parameters_of_the_one_before(monkeypatch):
    """In the third of the second epoch's five steps, after two trials and five steps.

    Training goes on from those parameters as if nothing had happened.
    """
    steps_before, interrupted_at = iter(range(99)), 2 + 5 + 2
    trace = RecordedEpochs.trace

    def interrupt():
        if next(steps_before) == interrupted_at:
            raise KeyboardInterrupt

    def traced(self, batch):
        replay = trace(self, batch)
        replay.calls.append(interrupt)
        return replay

    monkeypatch.setattr(RecordedEpochs, "trace", traced)
    X, Y, parameters, *model = job(m=23)
    run = epochs((X, Y, parameters, *model))
    first = next(run)
    before = copies(first.parameters)
    with pytest.raises(KeyboardInterrupt):
        next(run)
    assert next(steps_before) == interrupted_at + 1
    assert_equal(first.parameters, before)
    again = [epochs((X, Y, before, *model), engine) for engine in ("recorded", "plain")]
    for recorded, expected in zip(*again, strict=True):
        assert recorded.cost == expected.cost
        assert_equal(recorded.parameters, expected.parameters)


@pytest.mark.parametrize("engine", sorted(ENGINES))
def test_divergence_stops_a_training_by_any_engine(engine):
    with pytest.raises(TrainingDiverged) as caught:
        list(train_epochs(*job(), 1e9, num_epochs=50, engine=engine))
    assert all(np.isfinite(P).all() for P in caught.value.parameters.values())


def test_parameters_of_two_dtypes_train_plainly(log):
    X, Y, parameters, *model = job(dtype=np.float32)
    mixed = {**parameters, "b1": parameters["b1"].astype(np.float64)}
    assert_same_bits(*both((X, Y, mixed, *model)))
    (record,) = log.records
    assert "the parameters are not all float64, or all float32" in record.message
