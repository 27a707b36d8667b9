"""The class Explorer alone: moves of the page, errors, and runs that play in an event loop."""

import asyncio
import base64
import gc
import io
import operator
import threading
import time

import pytest
from explorer_cases import move, plain
from PIL import Image

from dnn_lessons.classroom.explorers import Explorer, Run, choice, page
from dnn_lessons.classroom.explorers.explorer import Verdict
from dnn_lessons.classroom.explorers.player import LOCK, PACES, PLAYER


def test_a_move_of_the_page_is_answered_once_it_is_drawn():
    explorer = plain()
    before = explorer.picture
    move(explorer, 7)
    assert (explorer.answered, explorer.words) == (1, "n is 7")
    assert explorer.picture != before
    move(explorer, command="reset")
    assert (explorer.answered, explorer.words) == (2, "n is 3")


def test_a_command_that_does_not_exist_is_an_error_and_no_answer():
    explorer = plain()
    with pytest.raises(ValueError, match="no command go; known: move, reset"):
        move(explorer, command="go")
    assert explorer.answered == 0


def test_an_error_becomes_words_and_the_next_move_recovers():
    explorer = plain(compute=lambda n: 1 / n)
    picture = explorer.picture
    move(explorer, 0)
    assert explorer.failed
    assert "division by zero" in explorer.words
    assert explorer.picture == picture
    assert explorer.answered == 1
    move(explorer, 1)
    assert not explorer.failed
    assert explorer.words == "n is 1.0"


def test_an_error_keeps_its_kind():
    def compute(n):
        raise ValueError("too many")

    assert plain(compute=compute).words == "ValueError: too many"


@pytest.mark.parametrize("command", ["play", "pause", "step"])
def test_a_button_after_an_error_that_is_still_there_leaves_its_words(command):
    explorer = plain(compute=lambda n: 1 / n)
    move(explorer, 0)
    move(explorer, command=command)
    assert explorer.failed
    assert "division by zero" in explorer.words
    assert explorer.answered == 2


def test_garbage_waits_for_the_answer_and_no_longer():
    seen = []
    explorer = plain(compute=lambda n: (seen.append(gc.isenabled()), 1 // n)[1])
    move(explorer, 4)
    move(explorer, 0)
    assert seen[1:] == [False, False]
    assert explorer.failed
    assert gc.isenabled()


def test_a_collector_that_was_off_stays_off():
    gc.disable()
    try:
        plain().set(n=4)
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_unknown_controls_are_refused_with_the_known_ones():
    with pytest.raises(ValueError, match="no control m; known: n"):
        plain().set(m=3)


def test_a_value_between_the_ends_is_held_exactly_and_others_are_refused():
    explorer = plain([0.5, 1.0, 2.0], 1.0)
    assert explorer.set(n=1.23).values == {"n": 1.23}
    assert explorer.code == "plain(n=1.23)"
    assert explorer.set(n=1.1).code == "plain(n=1.1)"
    with pytest.raises(ValueError, match=r"n is 3; expected a number from 0\.5 to 2"):
        explorer.set(n=3)
    assert explorer.values == {"n": 1.1}
    assert explorer.reset().values == {"n": 1.0}


def test_a_view_is_drawn_anew_and_not_computed_anew():
    computed = []
    view = choice("log", "axis", {"yes": True, "no": False}, True, view=True)
    explorer = plain(compute=lambda n: computed.append(n) or n, controls=[view])
    assert explorer.drawn_with == {"log": True}
    move(explorer, 3, 1)
    assert (explorer.drawn_with, computed) == ({"log": False}, [3])
    assert explorer.code == "plain(log=False)"


def test_a_verdict_is_sent_with_its_name():
    explorer = plain()
    explorer.say = lambda n: Verdict("good", f"n is {n}")
    move(explorer, 4)
    assert (explorer.verdict, explorer.words) == ("good", "n is 4")


def test_the_page_is_told_of_the_controls():
    explorer = plain([0, 0.5], 0)
    (sent,) = explorer.get_state("controls")["controls"]
    assert sent == {
        "name": "n",
        "label": "n",
        "texts": ["0", "0.5"],
        "numbers": [0, 0.5],
        "start": 0,
        "kind": "slider",
        "needs": (),
        "held": False,
    }


# ------------------------------------------------------------------------------------------------- runs that play


def counting(log, length):
    """A compute whose run writes down which of its runs was pulled."""

    def compute(n):
        now = [n]

        def rounds():
            for i in range(length):
                log.append(n)
                now[0] = n + i
                yield

        return Run(rounds(), lambda: now[0], length)

    return compute


def player(log, length=2000, pace="10 s a run"):
    """An explorer with a run, before its first round."""
    explorer = plain(compute=counting(log, length))
    explorer.pace = list(PACES).index(pace)
    begun(explorer, log)
    return explorer


def begun(explorer, log):
    """Set a run back to its beginning: outside of a loop, nothing moves by itself."""
    explorer.play()
    explorer.pause()
    log.clear()


def in_a_loop(*acts, pause=0.15):
    """Do one after the other in a running loop, as a kernel does, with time between for runs."""

    async def go():
        for act in acts:
            act()
            await asyncio.sleep(pause)

    asyncio.run(go())


@pytest.mark.long
def test_a_run_waits_for_play_and_stands_still_in_a_pause():
    log, counts = [], []
    explorer = player(log)
    note = lambda: counts.append(len(log))  # noqa: E731
    play, pause = (
        (lambda: move(explorer, command="play")),
        (lambda: move(explorer, command="pause")),
    )
    in_a_loop(note, play, note, pause, note, note)
    assert counts[0] == 0 < counts[1] < counts[2] == counts[3]
    assert not explorer.playing


@pytest.mark.long
def test_a_pause_that_comes_as_the_run_ends_does_not_play_it_anew():
    log = []
    explorer = player(log, 3, "at once")
    in_a_loop(
        lambda: move(explorer, command="play"), lambda: move(explorer, command="pause")
    )
    assert (explorer.playing, len(log), explorer.words) == (False, 3, "n is 5")


def test_a_button_pressed_while_a_move_waits_acts_on_what_was_moved():
    log = []
    explorer = player(log)
    move(explorer, 7, command="step")
    assert (log, explorer.words) == ([7], "n is 7")


@pytest.mark.long
def test_a_newer_move_stops_the_older_run():
    log, marks = [], []
    explorer = player(log)
    in_a_loop(
        lambda: move(explorer, 4), lambda: (move(explorer, 5), marks.append(len(log)))
    )
    assert explorer.playing
    assert {4} == set(log[: marks[0]])
    assert {5} == set(log[marks[0] :])
    explorer.pause()


@pytest.mark.long
def test_a_move_that_another_thread_answers_stops_the_older_run():
    log, marks = [], []
    explorer = player(log)
    note = lambda: marks.append(len(log))  # noqa: E731
    other = threading.Thread(target=in_a_loop, args=(lambda: move(explorer, 5), note))
    in_a_loop(lambda: move(explorer, 4), other.start, note)
    other.join()
    explorer.pause()
    assert {5} == set(log[min(marks) :])


def test_moves_in_two_threads_are_answered_one_after_the_other():
    events = []

    def compute(n):
        events.append(n)
        time.sleep(0.05)
        events.append(n)
        return n

    explorer = plain(compute=compute)
    threads = [threading.Thread(target=move, args=(explorer, n)) for n in (5, 6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert events[::2] == events[1::2]


@pytest.mark.long
def test_only_one_explorer_plays_in_a_kernel():
    log, other = [], []
    first, second = player(log), player(other)
    in_a_loop(first.play, second.play)
    assert not first.playing
    assert second.playing
    assert other
    second.pause()


@pytest.mark.long
def test_a_run_that_ends_pauses_and_play_begins_anew():
    log = []
    explorer = player(log, 3, "at once")
    in_a_loop(explorer.play)
    assert (explorer.playing, PLAYER.explorer, len(log)) == (False, None, 3)
    assert explorer.done == 1
    in_a_loop(explorer.play)
    assert len(log) == 6


def test_a_run_is_at_its_end_before_a_reader_plays_it():
    log = []
    explorer = plain(compute=counting(log, 7))
    assert (len(log), explorer.done, explorer.words) == (7, 1, "n is 9")


def test_a_step_is_one_round():
    log = []
    explorer = player(log)
    explorer.step()
    explorer.step()
    assert (len(log), explorer.done) == (2, 2 / 2000)


@pytest.mark.long
@pytest.mark.parametrize(("pace", "share"), [("10 s a run", 0.03), ("2 s a run", 0.15)])
def test_a_run_takes_the_time_of_its_pace(pace, share):
    log, seen = [], []
    explorer = player(log, pace=pace)
    in_a_loop(explorer.play, lambda: seen.append(explorer.done), pause=0.4)
    explorer.pause()
    assert share / 2 < seen[0] < 1.6 * share


@pytest.mark.long
def test_a_pace_of_more_frames_than_rounds_waits_for_each_round():
    log = []
    explorer = player(log, 20)
    in_a_loop(explorer.play, pause=0.8)
    explorer.pause()
    assert len(log) in (1, 2)


def test_a_run_that_ends_early_is_done():
    def compute(n):
        return Run(iter(range(4)), lambda: n, 100)

    assert plain(compute=compute).done == 1


def test_earlier_runs_stay_until_they_are_cleared_and_say_what_was_different():
    explorer = plain(compute=counting([], 5))
    move(explorer, 7)
    explorer.finish()
    assert explorer.drawn_with == {"ghosts": {"n 3": 7}}
    move(explorer, 3)
    assert explorer.drawn_with == {"ghosts": {"n 7": 11}}
    assert explorer.kept == 1
    move(explorer, command="clear")
    assert (explorer.drawn_with, explorer.kept) == ({"ghosts": {}}, 0)


def test_a_run_that_a_slider_passed_by_leaves_nothing():
    explorer = player([])
    explorer.step()
    move(explorer, 7)
    explorer.pause()
    assert list(explorer.drawn_with["ghosts"]) == ["n 3"], "the one that ended"
    move(explorer, 8)
    assert list(explorer.drawn_with["ghosts"]) == ["n 3"]
    explorer.pause()


def test_of_many_earlier_runs_the_last_five_stay():
    explorer = plain(compute=counting([], 5))
    for n in range(9):
        explorer.set(n=n)
    assert list(explorer.drawn_with["ghosts"]) == [f"n {n}" for n in range(3, 8)]


def test_an_error_in_the_middle_of_a_run_is_told():
    def compute(n):
        def rounds():
            yield
            if n == 3:
                raise ArithmeticError("it burst")

        return Run(rounds(), lambda: n, 2)

    explorer = plain(compute=compute)
    assert explorer.failed
    assert explorer.words == "it burst"
    assert not explorer.playing
    move(explorer, 2)
    assert not explorer.failed
    explorer.pause()


def test_a_run_that_failed_is_due_at_its_end_only():
    explorer = plain(compute=lambda n: Run((1 // n for _ in "ab"), lambda: n, 2))
    move(explorer, 0)
    assert not explorer.failed
    assert explorer.advance(1.0, 0.5) == 1.0
    assert explorer.failed


def test_a_slice_says_when_the_next_round_is_due():
    explorer = player([], 8)
    assert explorer.advance(1.0, 0.25) == 3 / 8
    assert explorer.done == 2 / 8


def test_a_cell_waits_for_a_run_for_ten_seconds():
    assert Explorer.patience == 10
    explorer = plain(compute=counting([], 5))
    explorer.patience = 0
    explorer.set(n=4)
    assert (explorer.done, explorer.words) == (0, "n is 4")


def test_what_a_reader_may_call_has_its_help():
    methods = ("set", "reset", "play", "pause", "step", "finish", "clear")
    assert [getattr(Explorer, name).__name__ for name in methods] == [*methods]
    assert all(getattr(Explorer, name).__doc__ for name in methods)


def test_a_step_after_the_end_is_the_first_round_of_a_new_run():
    explorer = plain(compute=counting([], 4))
    assert explorer.done == 1
    explorer.step()
    assert explorer.done == 1 / 4
    explorer.step()
    assert explorer.done == 2 / 4


def test_places_of_more_controls_than_there_are_are_an_error():
    with pytest.raises(ValueError, match="longer"):
        move(plain(), 3, 4)


def test_play_goes_on_where_a_pause_left_the_run():
    explorer = player([])
    explorer.step()
    explorer.step()
    explorer.play()
    explorer.pause()
    assert explorer.done == 2 / 2000


def test_an_explorer_without_a_run_never_plays():
    explorer = plain()
    move(explorer, 7)
    assert (explorer.playing, explorer.runs, explorer.done) == (False, False, 0)
    assert explorer.finish() is explorer


@pytest.mark.parametrize("act", ["set", "finish", "reset"])
def test_a_run_that_cannot_begin_leaves_its_words(act):
    """It had begun for the value before."""
    explorer = plain(compute=lambda n: Run(iter(range(4 // n)), lambda: n, 4))
    move(explorer, 0)
    more = {"n": 0} if act == "set" else {}
    explorer._home = explorer.indices
    assert getattr(explorer, act)(**more) is explorer
    assert explorer.failed
    assert "division" in explorer.words


@pytest.mark.parametrize(("length", "kept"), [(10, 1), (11, 0)])
def test_a_tenth_of_a_run_is_enough_to_stay(length, kept):
    explorer = player([], length)
    explorer.clear()
    explorer.step()
    move(explorer, 7)
    explorer.pause()
    assert len(explorer.drawn_with["ghosts"]) == kept == explorer.kept


def test_a_page_without_a_kernel_shows_a_picture_of_120_dots_per_inch_and_words(
    monkeypatch,
):
    shown, explorer = [], plain()
    monkeypatch.setattr(page, "display", lambda data, **how: shown.append((data, how)))
    explorer._ipython_display_()
    (still, how), (hint, hint_how), (view, view_how) = shown
    width, height = explorer.figure().get_size_inches() * 120
    with Image.open(io.BytesIO(base64.b64decode(still["image/png"]))) as image:
        assert image.size == (int(width), int(height))
    assert still["text/plain"] == "plain. n is 3"
    assert (
        hint["text/plain"] == "plain. n is 3 Run this cell, and the picture can be moved."
    )
    assert hint["text/html"].endswith(f'<p class="dnn-hint">{hint["text/plain"]}</p>')
    assert list(view) == ["application/vnd.jupyter.widget-view+json"]
    assert all(each["raw"] for each in (how, hint_how, view_how))


def test_values_that_are_equal_to_the_start_are_no_part_of_the_code():
    explorer = plain([1000, 2000.5], 1000)
    assert explorer.set(n=2000.5).code == "plain(n=2000.5)"
    assert explorer.set(n=float("1000")).code == "plain()"


def test_a_page_starts_with_nothing_to_show_and_nothing_that_plays():
    made = page.Page()
    assert (made.title, made.controls, made.indices, made.picture) == ("", (), [], {})
    assert (made.words, made.verdict, made.code) == ("", "", "")
    assert (made.request, made.answered) == (["", 0], 0)
    assert (made.runs, made.failed, made.playing) == (False, False, False)
    assert (made.pace, made.done, made.kept) == (0, 0, 0)
    shared = {name for name in made.keys if not name.startswith("_")}
    assert {"title", "controls", "runs", "paces", "pace", "indices"} <= shared
    assert {"request", "answered", "picture", "words", "verdict", "failed"} <= shared
    assert {"code", "playing", "done", "kept"} <= shared


ACTS = {
    "set": lambda explorer: explorer.set(n=4),
    "set_state": lambda explorer: explorer.set_state({}),
    "advance": lambda explorer: explorer.advance(1.0, 1.0),
}
ACTS |= {
    name: operator.methodcaller(name)
    for name in ("reset", "clear", "play", "pause", "step", "finish")
}


@pytest.mark.long
@pytest.mark.parametrize("act", ACTS)
def test_what_a_reader_or_a_page_asks_for_waits_until_another_explorer_has_answered(act):
    explorer, held, events = plain(), threading.Event(), []

    def other():
        with LOCK:
            held.set()
            time.sleep(0.1)
            events.append("answered")

    thread = threading.Thread(target=other)
    thread.start()
    held.wait()
    ACTS[act](explorer)
    events.append("asked")
    thread.join()
    explorer.pause()
    assert events == ["answered", "asked"]
