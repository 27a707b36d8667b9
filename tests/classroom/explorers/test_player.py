"""How a run is cut into slices: by a clock of the test, which moves with each sleep and each piece of work."""

import asyncio
import contextlib
import gc
from types import SimpleNamespace

import pytest

from dnn_lessons.classroom.explorers import player
from dnn_lessons.classroom.explorers.player import FRAME, PACES, Player, garbage_later

SLICES = 4  # after which each of these runs is stopped


class Watched:
    """An explorer whose slices take so long, and that is done to a share and due at another."""

    def __init__(self, clock, pace, work, done=0.0, due=1.0):
        self.clock, self.work, self.done, self.due = clock, work, done, due
        self.pace, self.playing = list(PACES).index(pace), False
        self.asked = []

    def advance(self, seconds, share):
        self.asked.append((seconds, pytest.approx(share)))
        self.clock.now += self.work
        return self.due


@pytest.fixture
def play(monkeypatch):
    """Play a run; return what its explorer was asked for, and how long the loop slept."""

    def run(*settings, **more):
        clock, slept, playing = SimpleNamespace(now=100.0), [], Player()
        explorer = Watched(clock, *settings, **more)

        async def sleep(seconds):
            slept.append(pytest.approx(seconds))
            clock.now += seconds
            if len(slept) > SLICES:
                playing.stop()

        async def go():
            playing.play(explorer)
            assert (playing.explorer, explorer.playing) == (explorer, True)
            await playing._task

        stands_in = {name: getattr(asyncio, name) for name in ("get_running_loop",)}
        stands_in |= {"sleep": sleep, "current_task": asyncio.current_task}
        monkeypatch.setattr(player, "asyncio", SimpleNamespace(**stands_in))
        time = SimpleNamespace(perf_counter=lambda: clock.now)
        monkeypatch.setattr(player, "time", time)
        asyncio.run(go())
        assert (playing.explorer, explorer.playing) == (None, False)
        return explorer.asked, slept

    return run


@pytest.mark.parametrize(("pace", "seconds"), [("10 s a run", 10), ("2 s a run", 2)])
def test_each_twentieth_of_a_second_brings_its_share_of_the_run(play, pace, seconds):
    asked, slept = play(pace, work=0.01)
    assert asked == [(FRAME, k * 0.05 / seconds) for k in range(1, SLICES + 1)]
    assert slept == [0.08, *[0.04] * SLICES]


def test_a_slice_that_takes_longer_than_a_picture_is_followed_by_a_short_rest(play):
    asked, slept = play("10 s a run", work=0.07)
    times = [0.05, 0.05 + 0.072, 0.05 + 2 * 0.072, 0.05 + 3 * 0.072]
    assert asked == [(FRAME, time / 10) for time in times]
    assert slept == [0.08, *[0.002] * SLICES]


def test_at_once_all_is_due_in_each_slice(play):
    asked, slept = play("at once", work=0.01)
    assert asked == [(FRAME, 1.0)] * SLICES
    assert slept == [0.08, *[0.002] * SLICES]


def test_a_run_goes_on_from_where_it_stands(play):
    asked, _ = play("10 s a run", work=0.01, done=0.5)
    assert asked == [(FRAME, 0.5 + k * 0.005) for k in range(1, SLICES + 1)]


def test_a_run_that_is_slower_than_its_pace_is_not_asked_to_catch_up(play):
    asked, _ = play("10 s a run", work=0.01, due=0.002)
    assert asked == [(FRAME, 0.005), *[(FRAME, 0.007)] * (SLICES - 1)]


def test_a_run_that_is_stopped_while_a_slice_waits_for_its_turn_stays_as_it_is(
    monkeypatch,
):
    """What has the lock before the slice stops the run, as a command of the page does."""
    playing = Player()
    explorer = Watched(SimpleNamespace(now=0.0), "at once", work=0.01)

    @contextlib.contextmanager
    def turn():
        playing.stop()
        yield

    async def go():
        playing.play(explorer)
        await playing._task

    monkeypatch.setattr(player, "LOCK", turn())
    asyncio.run(go())
    assert (explorer.asked, explorer.playing) == ([], False)


def test_another_run_stops_the_one_that_plays_and_nothing_moves_without_a_loop():
    playing = Player()
    first, second = (SimpleNamespace(playing=False) for _ in range(2))
    playing.play(first)
    assert (playing.explorer, first.playing) == (first, True)
    playing.play(second)
    assert (playing.explorer, first.playing, second.playing) == (second, False, True)
    playing.stop()
    playing.stop()
    assert (playing.explorer, second.playing) == (None, False)


def test_garbage_is_collected_again_after_an_error():
    with pytest.raises(ZeroDivisionError), garbage_later():
        assert not gc.isenabled()
        raise ZeroDivisionError
    assert gc.isenabled()
