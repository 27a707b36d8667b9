"""A traced array refuses what a list of calls cannot repeat."""

import numpy as np
import pytest

from dnn_lessons.engines.tape import Tape, Traced


@pytest.mark.parametrize(
    "use",
    [
        bool,
        float,
        int,
        len,
        np.array,
        list,
        np.sort,
        np.max,
        np.sum,
        lambda A: A[0],
        lambda A: A**-1,
        lambda A: A**2,
        np.add.reduce,
        lambda A: np.divmod(A, 2),
        lambda A: np.add(A, 1, where=A),
    ],
)
def test_a_traced_array_refuses_what_a_list_of_calls_cannot_repeat(use):
    with pytest.raises(TypeError):  # UnrecordableError is one
        use(Traced(np.ones((2, 3)), Tape()))


def test_the_transpose_of_a_transpose_is_the_array_itself():
    A = Traced(np.ones((2, 3)), Tape())
    assert (A.T.shape, A.T.base, A.T.T) == ((3, 2), A, A)
    assert A.T is A.T


def test_equal_calls_are_noted_once_and_those_that_differ_in_an_input_or_a_setting_are_not():
    tape = Tape()
    A, B = (Traced(np.ones((2, 2)), tape) for _ in range(2))
    assert A + 1 is A + 1
    assert A.sum(axis=0) is A.sum(axis=0)
    calls = [A + 1, A + 1.0, A + np.float32(1), A + np.float64(1), B + 1, A.T + 1]
    calls += [A.sum(axis=axis, keepdims=k) for axis in (0, 1) for k in (False, True)]
    assert len(set(map(id, calls))) == len(calls)
    assert len(tape.calls) == len(calls)
