"""Merged calls make what the noted ones made, and are fewer."""

import numpy as np
import pytest
from trained_twice import assert_same_bits, both, job, names, recorded_epochs

from dnn_lessons.engines.merge import merged
from dnn_lessons.engines.replay import bind
from dnn_lessons.engines.tape import Tape, Traced, untraced

RNG = np.random.default_rng(0)


def traced(*shapes):
    """Arrays of these shapes on one tape, which an earlier call made."""
    tape = Tape()
    return tape, [Traced(RNG.standard_normal(shape), tape) for shape in shapes]


def replayed(calls):
    for call in calls:
        for run in bind(*call):
            run()


def functions(calls):
    return [call.function for call in calls]


def test_a_call_whose_result_nobody_reads_is_dropped():
    """With it the calls that only its result was made from."""
    tape, (A,) = traced((2, 3))
    np.log(np.exp(A))
    result = np.negative(A).T + 1
    assert functions(merged(tape.calls, [result])) == [np.negative, np.add]


def test_a_wanted_result_is_kept_though_nobody_reads_it():
    tape, (A,) = traced((2, 3))
    output, loss = np.exp(A), np.negative(A)
    calls = merged(tape.calls, [output.T.base, loss])
    assert {*functions(calls)} == {np.exp, np.negative}


def test_calls_of_one_kind_become_one_that_makes_the_same_results():
    """The rows of the arrays stand below each other, in the order of the last call first."""
    tape, arrays = traced((4, 3), (1, 3), (5, 3))
    sums = [(0.5 * A).sum(axis=1, keepdims=True) for A in arrays]
    expected = [each.value.copy() for each in sums]
    calls = merged(tape.calls, sums)
    assert functions(calls) == [np.multiply, np.add.reduce]
    for each in sums:
        each.value[...] = np.nan
    replayed(calls)
    for each, right in zip(sums, expected, strict=True):
        assert each.value.tobytes() == right.tobytes()


def test_a_transpose_follows_the_array_that_is_moved():
    tape, arrays = traced((4, 3), (5, 3))
    doubled = [2.0 * A for A in arrays]
    products = [np.dot(A.T, A) for A in doubled]
    calls = merged(tape.calls, products)
    assert functions(calls) == [np.multiply, np.dot, np.dot]
    for A, product in zip(doubled, products, strict=True):
        assert np.shares_memory(untraced(A.T), A.value)
        product.value[...] = np.nan
    replayed(calls)
    for A, product in zip(doubled, products, strict=True):
        assert np.array_equal(product.value, A.value.T @ A.value)


@pytest.mark.parametrize(
    "noted",
    {
        "widths": lambda A, B, C: [A * 2.0, C * 2.0],
        "numbers": lambda A, B, C: [A * 2.0, B * 3.0],
        "functions": lambda A, B, C: [np.exp(A), np.sin(B)],
        "axes": lambda A, B, C: [A.sum(0, True), B.sum(0, True)],
        "one waits for the other": lambda A, B, C: [np.exp(np.exp(A))],
        "one array twice": lambda A, B, C: [A * B, A * np.exp(B)],
        "transposes": lambda A, B, C: [np.exp(A.T), np.exp(B.T)],
        "products": lambda A, B, C: [np.dot(C, C), np.dot(C, np.exp(C))],
    }.items(),
    ids=lambda item: item[0],
)
def test_calls_that_cannot_be_one_stay(noted):
    _, note = noted
    tape, arrays = traced((3, 4), (3, 4), (3, 3))
    results = note(*arrays)
    expected = [each.value.copy() for each in results]
    before = len(tape.calls)
    calls = merged(tape.calls, results)
    for each in results:
        each.value[...] = np.nan
    replayed(calls)
    assert len(calls) == before
    for each, right in zip(results, expected, strict=True):
        assert np.array_equal(each.value, right)


@pytest.mark.parametrize("layers", [2, 3, 12])
def test_the_sums_of_all_layers_are_one_call(layers):
    """Also from ten layers on, where the names sort in another order."""
    arguments = job((2, *[4] * (layers - 1), 1), hidden="relu")
    for replay in recorded_epochs(arguments).replays.values():
        assert names(replay).count("reduce") == 1
    assert_same_bits(*both(arguments))
