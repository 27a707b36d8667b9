"""How far a run has come, and which earlier runs stay."""

import itertools
import math

import numpy as np
import pytest

from dnn_lessons.classroom.explorers import Run, choice, slider
from dnn_lessons.classroom.explorers.earlier_runs import MOST, EarlierRuns
from dnn_lessons.classroom.explorers.run import Progress


def progress(rounds, length, kept=True):
    return Progress(Run(iter(range(rounds)), lambda: "state", length, kept))


def test_a_run_counts_its_rounds_and_says_whether_one_was_new():
    run = progress(10, 8)
    assert (run.runs, run.kept, run.state()) == (True, True, "state")
    assert (run.count, run.share, run.next_share) == (0, 0, 1 / 8)
    assert run.work(math.inf, 0) is False
    assert run.work(math.inf, 2) is True
    assert (run.count, run.share, run.next_share) == (2, 2 / 8, 3 / 8)
    assert run.work(math.inf, 2.5) is False
    assert run.work(math.inf, 3) is True
    assert (run.count, run.share, run.next_share) == (3, 3 / 8, 4 / 8)
    assert run.work(math.inf, math.inf) is True
    assert (run.count, run.length, run.share) == (8, 8, 1)
    assert run.work(math.inf, math.inf) is False


@pytest.mark.parametrize(("due", "count"), [(3 - 1e-10, 3), (3 - 1e-8, 2), (3.9, 3)])
def test_a_share_that_is_a_whole_number_up_to_rounding_is_done(due, count):
    run = progress(10, 8)
    run.work(math.inf, due)
    assert run.count == count


def test_a_run_that_ends_early_is_as_long_as_it_was():
    run = progress(3, 8)
    assert run.work(math.inf, math.inf) is True
    assert (run.count, run.length, run.share) == (3, 3, 1)
    run = progress(3, 8)
    run.work(math.inf, 3)
    assert run.work(math.inf, 4) is True, "its length is news"
    assert (run.count, run.length, run.share) == (3, 3, 1)


def test_a_round_may_give_anything():
    run = Progress(Run(iter([np.zeros(2)] * 3), lambda: "state", 3))
    assert run.work(math.inf, math.inf) is True
    assert run.count == 3


def test_no_round_begins_once_the_time_is_over():
    run = progress(10, 8)
    assert run.work(0, math.inf) is False
    assert run.work(-1, math.inf) is False
    assert run.count == 0


def test_a_state_alone_is_a_run_without_rounds():
    still = Progress("state")
    assert (still.runs, still.state(), still.count, still.length) == (
        False,
        "state",
        0,
        0,
    )
    assert (still.share, still.next_share, still.kept) == (0, 1, True)
    assert still.work(math.inf, math.inf) is False


def test_a_run_without_rounds_is_done():
    run = progress(0, 0)
    assert (run.share, run.next_share) == (1, 1)
    assert progress(1, 1, kept=False).kept is False


CONTROLS = [slider("n", "number", range(-9, 10), 0), choice("a", "kind", ["x", "y"], "x")]


def test_earlier_runs_are_named_by_what_differs():
    earlier = EarlierRuns()
    now = {"n": 1, "a": "x"}
    for n, a in itertools.product((1, -2), "xy"):
        earlier.keep({"n": n, "a": a}, (n, a))
    assert earlier.named(now, CONTROLS) == {
        "kind y": (1, "y"),
        "number −2": (-2, "x"),
        "number −2, kind y": (-2, "y"),
    }


def test_a_run_that_is_repeated_counts_once_and_as_the_newest():
    earlier = EarlierRuns()
    for n in (1, 2, 3, 4, 5, 1, 6):
        earlier.keep({"n": n}, n)
    named = earlier.named({"n": 0}, CONTROLS[:1])
    assert list(named.values()) == [3, 4, 5, 1, 6]
    assert len(earlier) == MOST == 5
