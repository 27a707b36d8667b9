"""The class Explorer alone: moves of the page, errors, and runs that play in an event loop."""

import asyncio
import gc
import re
import threading
import time

import numpy as np
import pytest
from explorer_cases import build, move, path_in, plain, points_of, show_lines

from dnn_lessons.classroom.explorers import Explorer, Run, choice
from dnn_lessons.classroom.explorers.player import PLAYER

LINES = ["training_explorer()", "regression_explorer()", "batch_explorer()"]
lines_that_move = pytest.mark.parametrize("call", LINES)


@lines_that_move
def test_the_lines_that_a_run_sends_lie_where_matplotlib_draws_them(call):
    explorer = build(call)
    explorer.step()
    show_lines(explorer)
    sent = explorer.lines
    explorer.pause()
    assert sent
    for gid, line in sent.items():
        ends = [
            0,
            -1,
        ]  # between them Matplotlib may leave out points that lie on the line
        drawn = points_of(path_in(explorer, gid))
        assert np.allclose(points_of(line)[ends], drawn[ends], atol=0.02), gid


@lines_that_move
def test_every_line_that_a_run_moves_has_a_path_in_each_whole_picture(call):
    explorer = build(call)
    show_lines(explorer)
    names = list(explorer.lines)
    explorer.reset()
    for _ in range(2):
        for gid in names:
            assert len(re.findall(rf'<g id="{gid}">\s*<path', explorer.picture)) == 1
        explorer.step()


def test_a_whole_picture_takes_back_the_lines_that_were_sent_before():
    explorer = build("training_explorer()")
    show_lines(explorer)
    assert explorer.lines
    explorer.step()
    assert explorer.lines == {}


def test_a_line_of_one_point_is_a_dash_around_it_in_both_ways_of_drawing():
    explorer = build("training_explorer()")
    show_lines(explorer)
    sent = points_of(explorer.lines["costs"])
    explorer.pause()
    drawn = points_of(path_in(explorer, "costs"))
    for ends in (sent, drawn):
        assert np.allclose(ends[1] - ends[0], [3, 0], atol=1e-4)
    assert np.allclose(drawn, sent, atol=0.01)


@pytest.mark.filterwarnings("ignore:overflow encountered in exp")
@pytest.mark.parametrize("rate", [0.3, 10])
def test_a_diverging_run_sends_numbers_that_a_browser_can_draw(rate):
    settings = {"output": "linear", "activation": "tanh", "batch_size": 500}
    explorer = build("training_explorer()").set(learning_rate=rate, **settings)
    explorer.playing = True
    while not explorer.failed:
        explorer.advance(0)
    paths = [*explorer.lines.values(), *re.findall(r' d="([^"]*)"', explorer.picture)]
    straight = [line for line in paths if set(line) <= set("ML -.0123456789\n")]
    assert max(abs(points_of(line)).max(initial=0) for line in straight) < 1000
    assert not any(re.search("e[+]|nan|inf", line) for line in paths)


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


def test_a_slider_takes_the_nearest_value_and_a_choice_only_its_own():
    assert plain().set(n=6.4).values == {"n": 6}
    controls = [choice("c", "c", {"one": 1, "two": 2}, 2)]
    explorer = Explorer("choice", controls, lambda c: c, plain().draw, str)
    assert explorer.values == {"c": 2}


def test_the_page_is_told_of_the_controls_without_their_values():
    explorer = plain(range(2), 0)
    (sent,) = explorer.get_state("controls")["controls"]
    assert sent == {
        "name": "n",
        "label": "n",
        "texts": ("0", "1"),
        "start": 0,
        "kind": "slider",
    }


def test_the_picture_as_a_figure_stands_where_the_explorer_stands():
    explorer = build("training_explorer()").set(num_epochs=10)
    before = explorer.figure()
    after = explorer.finish().figure()
    lengths = [len(each.axes[0].lines[0].get_xdata()) for each in (before, after)]
    assert lengths == [0, 10]


# ------------------------------------------------------------------------------------------------- runs that play


def counting(log, length=10**9):
    """A compute whose run writes down which of its runs was pulled."""

    def compute(n):
        now = [n]

        def rounds():
            for i in range(length):
                log.append(n)
                now[0] = n + i
                yield

        return Run(rounds(), lambda: now[0])

    return compute


def player(log, **more):
    return plain(compute=counting(log, **more), progress=lambda n: 0.5)


def in_a_loop(*acts, pause=0.15):
    """Do one after the other in a running loop, as a kernel does, with time between for runs."""

    async def go():
        for act in acts:
            act()
            await asyncio.sleep(pause)

    asyncio.run(go())


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


def test_a_pause_is_drawn():
    explorer = player([])
    before = explorer.drawn
    move(explorer, command="pause")
    assert explorer.drawn == before + 1


def test_a_pause_that_comes_as_the_run_ends_does_not_play_it_anew():
    log = []
    explorer = player(log, length=3)
    in_a_loop(
        lambda: move(explorer, command="play"), lambda: move(explorer, command="pause")
    )
    assert (explorer.playing, len(log), explorer.words) == (False, 3, "n is 5")


def test_a_button_pressed_while_a_move_waits_acts_on_what_was_moved():
    log = []
    explorer = player(log)
    move(explorer, 7, command="step")
    assert (log, explorer.words) == ([7], "n is 7")


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


def test_only_one_explorer_plays_in_a_kernel():
    log, other = [], []
    first, second = player(log), player(other)
    in_a_loop(first.play, second.play)
    assert not first.playing
    assert second.playing
    assert other
    second.pause()


def test_a_run_that_ends_pauses_and_play_begins_anew():
    log = []
    explorer = player(log, length=3)
    in_a_loop(explorer.play)
    assert (explorer.playing, PLAYER.explorer, len(log)) == (False, None, 3)
    explorer.done = 1.0
    in_a_loop(explorer.play)
    assert len(log) == 6


def test_an_error_in_the_middle_of_a_run_is_told():
    def compute(n):
        def rounds():
            yield
            raise ArithmeticError("it burst")

        return Run(rounds(), lambda: n)

    explorer = plain(compute=compute, progress=lambda n: 0.5)
    in_a_loop(explorer.play)
    assert explorer.failed
    assert explorer.words == "it burst"
    assert not explorer.playing
    move(explorer, 2)
    assert not explorer.failed
    explorer.pause()
