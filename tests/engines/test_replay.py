"""Each call of a replay gives the bits of the call that was noted, in the way that takes the least time."""

import numpy as np
import pytest
from trained_twice import job, names, recorded_epochs

from dnn_lessons.engines import replay as replay_module
from dnn_lessons.engines.replay import BINDERS, bind
from dnn_lessons.engines.tape import TRACEABLE, Tape, Traced

SPECIAL = np.array([-np.inf, -1.5, -0.0, 0.0, 5e-324, 2.5, np.inf, np.nan])
CHOICES = {
    "maximum": lambda Z: np.maximum(Z, 0.0),
    "minimum": lambda Z: np.minimum(0.0, Z),
    "all shapes agree": lambda Z: np.where(Z > 0, Z, -Z),
    "a number is chosen": lambda Z: np.where(Z > 0, 1.0, Z),
    "a row is chosen": lambda Z: np.where(Z > 0, Z.sum(axis=0, keepdims=True), Z),
    "a column decides": lambda Z: np.where(Z.sum(axis=1, keepdims=True) > 1, Z, 0.0),
    "numbers decide": lambda Z: np.where(Z, -Z, Z),
    "truth is a factor": lambda Z: Z * (Z > 0),
    "truth is a summand": lambda Z: (Z > 0) - Z,
    "truths are compared": lambda Z: np.equal(Z > 0, Z < 2),
    "a column is added": lambda Z: Z + Z.sum(axis=1, keepdims=True),
}


def calls(tape):
    return [run for call in tape.calls for run in bind(*call)]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("shape", [(1, 8), (3, 5), (7, 33)])
@pytest.mark.parametrize("function", CHOICES)
@pytest.mark.filterwarnings("ignore:invalid value:RuntimeWarning")
def test_a_replayed_choice_is_the_plain_one_in_every_bit(
    function, shape, dtype, monkeypatch
):
    """Written out and not, for -0.0, infinities and NaN too."""
    data = [np.resize(np.roll(SPECIAL, k), shape).astype(dtype) for k in range(3)]
    for piece in (replay_module.SMALL, 1):
        monkeypatch.setattr(replay_module, "SMALL", piece)
        tape = Tape()
        Z = Traced(data[0].copy(), tape)
        result, replay = CHOICES[function](Z), calls(tape)
        for each in data:
            Z.value[...] = each
            for call in replay:
                call()
            expected = CHOICES[function](each)
            assert (result.dtype, result.shape) == (expected.dtype, expected.shape)
            assert result.value.tobytes() == expected.tobytes()


def test_whatever_the_tape_notes_can_be_bound():
    assert set(BINDERS) == {*TRACEABLE, np.add.reduce}


@pytest.mark.parametrize(("hidden", "copies"), [("tanh", 2), ("relu", 4)])
def test_a_small_array_is_written_out_where_a_ufunc_would_repeat_or_convert_it(
    hidden, copies, monkeypatch
):
    """b of the hidden layers, and Z > 0 of ReLU. With one output, its b is a number."""
    for piece, expected in (replay_module.SMALL, copies), (1, 0):
        monkeypatch.setattr(replay_module, "SMALL", piece)
        replay = recorded_epochs(job(hidden=hidden)).replays[5]
        assert names(replay).count("__setitem__") == expected


@pytest.mark.parametrize(
    ("then", "expected"), [(1.0, ["copyto", "copyto"]), (None, ["copyto", "putmask"])]
)
def test_a_choice_among_arrays_of_one_shape_is_written_by_the_faster_call(then, expected):
    tape = Tape()
    Z = Traced(np.ones((3, 5)), tape)
    np.where(Z > 0, Z if then is None else then, -Z)
    assert [call.func.__name__ for call in calls(tape)][-2:] == expected


def test_a_number_can_be_multiplied_by_dot():
    tape = Tape()
    np.dot(0.5, Traced(np.ones((3, 5)), tape))
    (call,) = calls(tape)
    assert np.array_equal(call(), np.full((3, 5), 0.5))
