"""Explorers without a kernel: every control moves picture and words; errors are words; newer moves stop older runs."""

import asyncio
import gc
import re
import threading
import time

import numpy as np
import pytest

from dnn_lessons import (
    L_model_backward,
    L_model_forward,
    compute_cost,
    initialize_parameters,
    sigmoid,
    sigmoid_backward,
)
from dnn_lessons.classroom import explorers
from dnn_lessons.classroom.explorers import (
    Explorer,
    activations,
    batches,
    choice,
    descent,
    picture,
    slider,
    training,
)
from dnn_lessons.classroom.explorers import explorer as engine
from dnn_lessons.classroom.explorers.explorer import svg, told
from dnn_lessons.classroom.explorers.picture import path, pen
from dnn_lessons.classroom.figures.style import new_figure
from dnn_lessons.datasets import Scaler, regression_curve, tiny_network, two_moons
from dnn_lessons.descent import SURFACES, descend
from dnn_lessons.network import DeepNeuralNetwork

CALLS = (
    "taste_explorer()", "network_explorer()", "activation_explorer('sigmoid')", "activation_explorer('relu')",
    "leak_explorer()", "activation_explorer('tanh')", "loss_explorer('cross_entropy')", "loss_explorer('mse')",
    "loss_explorer('mae')", "outlier_explorer()", "backward_explorer()", "check_explorer()", "rate_explorer()",
    "initialisation_explorer()", "batch_explorer()", "training_explorer()", "decision_explorer()",
    "regression_explorer()",
)  # fmt: skip
TIMES = re.compile(r"; [\d,]+ epochs per second")
every_explorer = pytest.mark.parametrize("call", CALLS)


def build(code):
    """The explorer that a line of code makes, as a lesson's cell makes it."""
    return eval(code, vars(explorers).copy())


@every_explorer
def test_every_control_moves_what_is_shown_to_what_compute_gives(call):
    explorer = build(call)
    for control in explorer._table:
        shown = set()
        for index in {0, len(control.values) // 2, len(control.values) - 1}:
            explorer.set(**{control.name: control.values[index]})
            data = explorer._compute(**explorer.values)
            expected = next(data)() if explorer.runs else data
            assert not explorer.failed, explorer.words
            assert explorer.words == explorer._say(*expected)
            assert explorer.alt == f"{explorer.title}. {explorer.words}"
            shown.add((explorer.picture, explorer.words, explorer.state))
        assert len(shown) == len({0, len(control.values) // 2, len(control.values) - 1})
        explorer.reset()


@every_explorer
def test_the_state_is_a_line_of_code_that_rebuilds_it(call):
    explorer = build(call)
    assert explorer.state == call
    first = explorer._table[0]
    explorer.set(**{first.name: first.values[-1 if first.start != len(first.values) - 1 else 0]})
    again = build(explorer.state)
    assert explorer.state != call
    assert "\n" not in explorer.state
    assert (again.values, again.picture, again.words) == (explorer.values, explorer.picture, explorer.words)


@every_explorer
def test_reset_restores_the_picture(call):
    explorer = build(call)
    before = explorer.picture, explorer.words, explorer.values
    last = explorer._table[-1]
    explorer.set(**{last.name: last.values[0 if last.start else -1]}).reset()
    assert (explorer.picture, explorer.words, explorer.values) == before


@every_explorer
def test_controls_have_labels_and_values_that_differ(call):
    for control in build(call)._table:
        assert control.label
        assert len(set(control.texts)) == len(control.values) == len(set(control.values))
        assert [control.nearest(value) for value in control.values] == list(range(len(control.values)))


@every_explorer
def test_a_page_without_a_kernel_says_what_to_do_in_the_same_words_each_time(call, monkeypatch):
    shown = []
    monkeypatch.setattr(engine, "display", lambda data, **_: shown.append(data))
    build(call)._ipython_display_()
    build(call)._ipython_display_()
    hint, view, again, _ = shown
    assert hint == again
    assert all("run this cell" in text for text in hint.values())
    assert list(view) == ["application/vnd.jupyter.widget-view+json"], "no text that would say it twice"


def wander(explorer, rng, moves=8):
    """Set all controls at random, and stop at each whole picture."""
    for _ in range(moves):
        explorer.set(**{control.name: control.values[rng.integers(len(control.values))] for control in explorer._table})
        yield
        if explorer.runs:
            explorer.step()
            yield
        explorer.refresh()
        yield


@every_explorer
def test_what_is_remembered_is_what_would_be_drawn(call, monkeypatch):
    explorer = build(call)
    for _ in wander(explorer, np.random.default_rng(0)):
        remembered = explorer.picture
        with monkeypatch.context() as without:
            without.setattr(picture, "FURNITURE", picture.Memory())
            explorer._show(explorer._shown)
        assert explorer.picture == remembered


def test_no_more_than_the_newest_axes_are_remembered(monkeypatch):
    monkeypatch.setattr(picture, "MOST", 2)
    picture.FURNITURE.clear()
    explorer = plain()
    first = list(picture.FURNITURE)
    explorer.set(n=8)
    assert len(first) == len(picture.FURNITURE) == 2
    assert set(first) != set(picture.FURNITURE)


def test_an_axis_that_cannot_be_written_down_is_drawn_each_time():
    def drawn(unit):
        figure, axes = new_figure()
        axes.xaxis.set_major_formatter(lambda x, position: f"{x:.1f} {unit}")
        return svg(figure)

    assert "0.2 km" in drawn("km")
    assert "0.2 kg" in drawn("kg")


def test_what_the_sigmoid_explorer_shows_is_the_sigmoid():
    explorer = build("activation_explorer('sigmoid')").set(z=-2.3)
    A, cache = sigmoid(np.array([-2.3]))
    value, slope = re.search(r"sigmoid = (\S+), slope = (\S+?)\. ", explorer.words).groups()
    assert float(value) == pytest.approx(A[0], rel=1e-8)
    assert float(slope) == pytest.approx(sigmoid_backward(1.0, cache)[0], rel=5e-3)


@pytest.mark.parametrize(("dtype", "one", "overflow"), [("float64", 36.75, 709.78), ("float32", 17, 88.72)])
def test_where_a_number_format_ends_is_told(dtype, one, overflow):
    words = build("activation_explorer('sigmoid')").set(dtype=dtype).words
    ends = [float(z) for z in re.findall(r"from z = ([\d.]+\d)", words)]
    assert ends[0] == pytest.approx(one, abs=0.8)
    assert ends[2] == pytest.approx(overflow, abs=0.1)


@pytest.mark.parametrize(("rate", "verb"), [(0.05, "falls"), (0.25, "diverged")])
def test_the_rate_explorer_says_how_the_descent_ended(rate, verb):
    explorer = build("rate_explorer()").set(learning_rate=rate)
    value = explorer.values["learning_rate"]
    surface = SURFACES["ravine"]
    path = descend(surface, (-1.8, 0.9), value, 40)
    assert verb == "diverged" or f"to {surface.value(path)[-1]:.3g}." in explorer.words
    assert (verb in explorer.words) or surface.value(path)[-1] > surface.value(path)[0]


@pytest.mark.parametrize(("fault", "cost", "activation"), [
    ("cross-entropy for every cost", "mse", "relu"), ("1/m twice", "mae", "tanh"),
    ("leaky_relu: leak without dA", "mse", "leaky_relu")])
def test_the_gradient_check_finds_each_fault_and_clears_the_right_code(fault, cost, activation):
    explorer = build("check_explorer()").set(cost=cost, activation=activation)
    assert "within the tolerance" in explorer.words
    assert "WRONG" in explorer.set(fault=fault).words


def test_the_outlier_moves_the_mean_and_not_the_median():
    words = build("outlier_explorer()").set(at=30).words
    assert "mean (MSE) 8" in words
    assert "median (MAE) 3" in words


def test_the_stepper_ends_with_every_gradient():
    explorer = build("backward_explorer()")
    _, gradients, newest = explorer._compute(19)
    assert set(gradients) >= {"dW1", "db1", "dW2", "db2"}
    assert newest[0] == "db1"
    assert np.allclose(gradients["dW2"], [[-0.0379, 0.2017]], atol=5e-5)
    assert "dW1" not in explorer._compute(11)[1]


def numbers(line):
    """(name, shape, array) of a line of a note."""
    name, shape, values = re.fullmatch(r"(\w+)(?:, shape (\(.*?\)))? = (.*)", line).groups()
    return name, eval(shape or "()"), np.array(eval(values))


def noted(text):
    """{name: array} of a note, whose shapes are those it tells."""
    lines = {name: (shape, array) for name, shape, array in map(numbers, text.split("\n"))}
    assert all(array.shape == shape for shape, array in lines.values())
    return {name: array for name, (_, array) in lines.items()}


@pytest.mark.parametrize("settings", [
    {}, {"hidden_layers": 0, "outputs": 3}, {"hidden_layers": 5, "width": 4, "x1": 2}])
def test_the_notes_of_the_network_are_the_arrays_of_the_forward_pass(settings):
    explorer = build("network_explorer()").set(activation="tanh", **settings)
    X, L = np.array([[explorer.values["x1"]], [explorer.values["x2"]]]), explorer.values["hidden_layers"] + 1
    dims = (2, *[explorer.values["width"]] * (L - 1), explorer.values["outputs"])
    parameters, A = initialize_parameters(dims, "tanh", "linear", rng=0), X
    expected = {"layer0": {"X": X}}
    for l in range(1, L + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        Z = W @ A + b
        A = Z if l == L else np.tanh(Z)
        expected |= {f"weights{l}": {f"W{l}": W, f"b{l}": b}, f"layer{l}": {f"Z{l}": Z, f"A{l}": A}}
    assert list(explorer.notes) == list(expected)
    for gid, arrays in expected.items():
        found = noted(explorer.notes[gid])
        assert list(found) == list(arrays)
        assert all(np.allclose(found[name], arrays[name], atol=5.1e-4) for name in arrays)
    assert f"A{L} = {(A.round(3) + 0.0).tolist()}." in explorer.words


def test_the_notes_of_the_graph_are_the_values_and_the_gradients_that_are_known():
    X, Y, parameters = tiny_network()
    AL, caches = L_model_forward(X, parameters, "relu", "sigmoid")
    grads = L_model_backward(AL, Y, caches, "relu", "sigmoid", "cross_entropy")
    explorer = build("backward_explorer()")
    for name, value in {"X": X, "A2": AL, **parameters}.items():
        found = noted(explorer.notes[name])
        assert np.allclose(found[name], value, atol=5.1e-5)
        assert set(found) == ({name} if name == "X" else {name, f"d{name}"})
        assert name in ("X", "A2") or np.allclose(found[f"d{name}"], grads[f"d{name}"], atol=5.1e-5)
    assert set(explorer.set(step=2).notes) == {"X", "W1"}


@pytest.mark.parametrize("call", ["network_explorer()", "backward_explorer()"])
def test_every_note_belongs_to_one_part_of_the_picture(call):
    explorer = build(call)
    for _ in wander(explorer, np.random.default_rng(1)):
        assert explorer.notes
        assert [explorer.picture.count(f'<g id="{gid}">') for gid in explorer.notes] == [1] * len(explorer.notes)


def test_a_note_on_many_numbers_keeps_the_first_whole_ones():
    line = told("W", np.arange(1000.0).reshape(20, 50))
    assert line.startswith("W, shape (20, 50) = [[0.0, 1.0, 2.0, ")
    assert re.search(r" \d+\.0, …$", line)
    assert len(line) < 300
    assert told("J", 0.5) == "J = 0.5"


def trained(epochs, **settings):
    X, Y = regression_curve()
    network = DeepNeuralNetwork((1, 20, 20, 1), "relu", "sigmoid", "mse", rng=0)
    return network.train(Scaler.fit(X).transform(X), Y, num_epochs=epochs, **settings).costs[-1]


def test_a_run_ends_where_training_ends():
    explorer = build("training_explorer()").set(num_epochs=10).finish()
    assert f"cost {trained(10, learning_rate=0.1, batch_size=8):.3g}" in explorer.words
    assert explorer.done == 1


def test_the_picture_as_a_figure_stands_where_the_explorer_stands():
    explorer = build("training_explorer()").set(num_epochs=10)
    before = explorer.figure()
    after = explorer.finish().figure()
    assert [len(figure.axes[0].lines[0].get_xdata()) for figure in (before, after)] == [0, 10]


def test_two_runs_are_trained_side_by_side():
    explorer = build("regression_explorer()").set(num_epochs=10).finish()
    for label, rate in (("run 1", 0.1), ("run 2", 0.01)):
        assert f"{label} cost {trained(10, learning_rate=rate, batch_size=8):.3g}" in explorer.words


def test_a_step_is_one_epoch():
    explorer = build("training_explorer()")
    explorer.step()
    explorer.step()
    assert explorer.words.startswith("Epoch 2 of 300")
    assert explorer.done == pytest.approx(2 / 300)


def test_a_training_that_diverges_says_why_and_the_next_move_recovers():
    explorer = build("training_explorer()").set(output="linear", learning_rate=10).finish()
    assert explorer.failed
    assert "diverged in epoch" in explorer.words
    assert "Try a learning rate below 10" in explorer.words
    explorer.set(learning_rate=0.1)
    assert not explorer.failed


def points_of(path):
    """The points of the text of an SVG path."""
    return np.array(re.findall(r"-?[\d.]+", path), float).reshape(-1, 2)


@pytest.mark.parametrize("call", ["training_explorer()", "regression_explorer()", "batch_explorer()"])
def test_the_lines_that_a_run_sends_lie_where_matplotlib_draws_them(call):
    explorer = build(call)
    explorer.step()
    explorer.step()
    explorer._advance(explorer._shown)
    assert explorer.lines
    for gid, sent in explorer.lines.items():
        drawn = re.search(rf'<g id="{gid}">\s*<path d="([^"]*)"', explorer.picture).group(1)
        ends = [0, -1]  # between them Matplotlib may leave out points that lie on the line
        assert np.allclose(points_of(sent)[ends], points_of(drawn)[ends], atol=0.02), gid


@every_explorer
def test_every_line_that_a_run_moves_has_a_path_in_each_whole_picture(call):
    explorer = build(call)
    for _ in range(2 if explorer._trace else 0):
        for gid in explorer._trace(*explorer._shown):
            assert len(re.findall(rf'<g id="{gid}">\s*<path', explorer.picture)) == 1
        explorer.step()


def test_a_whole_picture_takes_back_the_lines_that_were_sent_before():
    explorer = build("training_explorer()")
    explorer.step()
    explorer._advance(explorer._shown)
    explorer.step()
    assert explorer.lines == {}


def test_a_line_of_one_point_is_a_dash_around_it_in_both_ways_of_drawing():
    explorer = build("training_explorer()")
    explorer.step()
    explorer._advance(explorer._shown)
    drawn = re.search(r'<g id="costs">\s*<path d="([^"]*)"', explorer.picture).group(1)
    for ends in (points_of(explorer.lines["costs"]), points_of(drawn)):
        assert np.allclose(ends[1] - ends[0], [3, 0])
    assert np.allclose(points_of(drawn), points_of(explorer.lines["costs"]), atol=0.01)


@pytest.mark.parametrize("far", [1e9, -1e200, 1e307])
def test_a_line_that_leaves_the_picture_is_cut_off_where_it_leaves_it(far):
    figure, axes = new_figure()
    axes.set(xlim=(0, 1), ylim=(0, 1))
    near, cut = points_of(path(pen(axes), [0.2, 0.5], [0.5, far]))
    assert np.allclose(near, points_of(path(pen(axes), [0.2], [0.5])).mean(axis=0))
    assert abs(cut[0] - near[0]) < 0.05, "so steep that it leaves where it began"
    assert cut[1] in (-1, figure.bbox.height + 1)
    assert path(pen(axes), [0.2, 0.5], [far, far]) == ""


@pytest.mark.filterwarnings("ignore:overflow encountered in exp")
@pytest.mark.parametrize("rate", [0.3, 10])
def test_a_diverging_run_sends_numbers_that_a_browser_can_draw(rate):
    explorer = build("training_explorer()").set(output="linear", activation="tanh", batch_size=500, learning_rate=rate)
    explorer.finish()
    assert explorer.failed
    explorer._advance(explorer._shown)
    paths = [*explorer.lines.values(), *re.findall(r' d="([^"]*)"', explorer.picture)]
    assert max(abs(points_of(line)).max(initial=0) for line in paths if set(line) <= set("ML -.0123456789\n")) < 1000
    assert not any(re.search("e[+]|nan|inf", line) for line in paths)


def test_a_line_leaves_out_what_is_not_finite():
    axes = new_figure()[1]
    assert points_of(path(pen(axes), [0, 0.5, 1], [0, np.nan, 1])).shape == (2, 2)
    assert path(pen(axes), [0.0], [np.inf]) == path(pen(axes), [], []) == ""


# ------------------------------------------------------------------------------------------------- the engine alone


def plain(values=range(10), start=3, compute=lambda n: (n,), **more):
    """An explorer of one number."""
    def draw(n):
        figure, axes = new_figure()
        axes.plot([0, n], gid="line")
        return figure
    return Explorer("plain", [slider("n", "n", values, start)], compute, draw, lambda n: f"n is {n}", **more)


def move(explorer, *indices, command=""):
    """What the page does."""
    moved = {"indices": list(indices)} if indices else {}
    explorer.set_state({**moved, "command": command, "move": explorer.move + 1})


def test_a_move_of_the_page_is_answered_once_it_is_drawn():
    explorer = plain()
    before = explorer.picture
    move(explorer, 7)
    assert (explorer.answered, explorer.words) == (1, "n is 7")
    assert explorer.picture != before
    move(explorer, command="reset")
    assert (explorer.answered, explorer.words) == (2, "n is 3")


def test_an_error_becomes_words_and_the_next_move_recovers():
    def compute(n):
        return (1 / n,)

    explorer = plain(compute=compute)
    picture = explorer.picture
    move(explorer, 0)
    assert explorer.failed
    assert "division by zero" in explorer.words
    assert explorer.picture == picture
    assert explorer.answered == 1
    move(explorer, 1)
    assert not explorer.failed
    assert explorer.words == "n is 1.0"


def test_garbage_waits_for_the_answer_and_no_longer():
    seen = []
    explorer = plain(compute=lambda n: (seen.append(gc.isenabled()), (1 // n,))[1])
    move(explorer, 4)
    move(explorer, 0)
    assert seen[1:] == [False, False]
    assert explorer.failed
    assert gc.isenabled()


def test_unknown_controls_are_refused_with_the_known_ones():
    with pytest.raises(ValueError, match="no control m; known: n"):
        plain().set(m=3)


def test_a_slider_takes_the_nearest_value_and_a_choice_only_its_own():
    assert plain().set(n=6.4).values == {"n": 6}
    explorer = Explorer("choice", [choice("c", "c", {"one": 1, "two": 2}, 2)], lambda c: (c,), plain()._draw, str)
    assert explorer.values == {"c": 2}


@pytest.mark.filterwarnings("error")
def test_the_picture_is_one_svg_whose_words_are_text():
    text = svg(plain()._draw(3))
    assert text.startswith("<svg")
    assert "<style" not in text  # it would hold for the whole page, and be weighed anew for all of it at each move
    assert text.count("<svg") == text.count("</svg>") == 1
    assert "<text" in text


def counting(log, length=10**9):
    """A compute whose run writes down which of its runs was pulled."""
    def compute(n):
        yield lambda: (n,)
        for i in range(length):
            log.append(n)
            yield lambda i=i: (n + i,)
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
    in_a_loop(note, lambda: move(explorer, command="play"), note, lambda: move(explorer, command="pause"), note, note)
    assert counts[0] == 0 < counts[1] < counts[2] == counts[3]
    assert not explorer.playing


def test_a_pause_that_comes_as_the_run_ends_does_not_play_it_anew():
    log = []
    explorer = player(log, length=3)
    in_a_loop(lambda: move(explorer, command="play"), lambda: move(explorer, command="pause"))
    assert (explorer.playing, len(log), explorer.words) == (False, 3, "n is 5")


def test_a_button_pressed_while_a_move_waits_acts_on_what_was_moved():
    log = []
    explorer = player(log)
    move(explorer, 7, command="step")
    assert (log, explorer.words) == ([7], "n is 7")


def test_a_newer_move_stops_the_older_run():
    log, marks = [], []
    explorer = player(log)
    in_a_loop(lambda: move(explorer, 4), lambda: (move(explorer, 5), marks.append(len(log))))
    assert explorer.playing
    assert {4} == set(log[: marks[0]])
    assert {5} == set(log[marks[0]:])
    explorer.pause()


def test_a_move_that_another_thread_answers_stops_the_older_run():
    log, marks = [], []
    explorer = player(log)
    note = lambda: marks.append(len(log))  # noqa: E731
    other = threading.Thread(target=in_a_loop, args=(lambda: explorer.set_state({"indices": [5], "move": 2}), note))
    in_a_loop(lambda: move(explorer, 4), other.start, note)
    other.join()
    explorer.pause()
    assert {5} == set(log[min(marks):])


def test_moves_in_two_threads_are_answered_one_after_the_other():
    events = []

    def compute(n):
        events.append(n)
        time.sleep(0.05)
        events.append(n)
        return (n,)

    explorer = plain(compute=compute)
    threads = [threading.Thread(target=explorer.set_state, args=({"indices": [n], "move": n},)) for n in (5, 6)]
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
    assert (explorer.playing, len(log)) == (False, 3)
    explorer.done = 1.0
    in_a_loop(explorer.play)
    assert len(log) == 6


def test_an_error_in_the_middle_of_a_run_is_told():
    def compute(n):
        yield lambda: (n,)
        yield lambda: (n + 1,)
        raise ArithmeticError("it burst")

    explorer = plain(compute=compute, progress=lambda n: 0.5)
    in_a_loop(explorer.play)
    assert explorer.failed
    assert explorer.words == "it burst"
    assert not explorer.playing
    move(explorer, 2)
    assert not explorer.failed


# What an explorer computes, against a number found in another way


def test_an_error_keeps_its_kind():
    def compute(n):
        raise ValueError("too many")

    assert plain(compute=compute).words == "ValueError: too many"


def test_a_pause_is_drawn():
    explorer = player([])
    before = explorer.drawn
    move(explorer, command="pause")
    assert explorer.drawn == before + 1


def test_no_zero_is_told_with_a_minus():
    assert told("A", np.array([[-0.0, -1e-9]])) == "A, shape (1, 2) = [[0.0, 0.0]]"


def test_a_collector_that_was_off_stays_off():
    gc.disable()
    try:
        plain().set(n=4)
        assert not gc.isenabled()
    finally:
        gc.enable()


@pytest.mark.parametrize(("z", "width"), [(1, 8), (-8, 8), (9.0, 40), (-100, 120), (800, 800)])
def test_the_window_of_an_activation_is_the_narrowest_that_holds_z(z, width):
    explorer = build("activation_explorer('sigmoid')").set(z=z)
    assert (explorer._shown[0][0], explorer._shown[0][-1]) == (-width, width)


@pytest.mark.parametrize(("name", "kink"), [("relu", 0.0), ("leaky_relu", 0.0), ("sigmoid", None)])
def test_a_kink_is_drawn_where_there_is_one(name, kink, monkeypatch):
    seen, draw = [], activations.activation_and_slope
    monkeypatch.setattr(activations, "activation_and_slope",
                        lambda *given, kink, **more: seen.append(kink) or draw(*given, kink=kink, **more))
    build(f"activation_explorer('{name}')")
    assert set(seen) == {kink}


def test_the_losses_of_the_explorer_and_their_slopes():
    grid, losses, slopes, mark, _ = build("loss_explorer('mse')").set(a=3, y=1)._shown
    ((label, values),) = losses.items()
    np.testing.assert_allclose(values, (grid - 1) ** 2)
    np.testing.assert_allclose(slopes[label], 2 * (grid - 1))
    assert tuple(mark) == (3, 4, 4)


def test_the_batches_are_drawn_from_sorted_moons_and_their_noise_is_a_length():
    Y = batches.sorted_moons()[1][0]
    assert (np.diff(Y) >= 0).all()
    assert Y.mean() == 0.5
    assert "is off by 5;" in batches.say([0, 1], np.array([[3.0, -3.0], [4.0, -4.0]]), np.zeros(2), [], [])


def test_the_spread_is_that_of_the_layers_without_the_input():
    (layers,) = descent.spread("relu", 0.1)
    assert [len(values) for values in layers.values()] == [descent.DEPTH] * 2


def test_biases_are_parameters_too():
    assert build("network_explorer()").words.endswith("Parameters in all: 25.")


def test_the_stepper_says_which_way_it_goes():
    explorer = build("backward_explorer()")
    assert explorer.words.startswith("Step 19 of 19, backwards: db1")
    assert explorer.set(step=2).words.startswith("Step 2 of 19, forwards: W1")


def test_each_entry_of_a_gradient_has_an_error_of_its_own():
    explorer = build("check_explorer()").set(fault="cross-entropy for every cost", activation="tanh", name="W3")
    errors = explorer._shown[0]
    assert errors.shape == (2, 3)
    assert len(np.unique(errors)) == 6


def test_the_decision_explorer_trains_on_one_half_and_is_judged_on_the_other():
    explorer = build("decision_explorer()")
    for _ in range(3):
        explorer.step()
    X, Y = two_moons(200, noise=0.2, rng=0)
    network = DeepNeuralNetwork((2, 8, 8, 1), rng=0)
    network.train(X[:, :100], Y[:, :100], explorer.values["learning_rate"], 3, 10)
    costs = explorer._shown[0]
    assert costs["training"] == network.costs
    assert costs["held out"][-1] == compute_cost(network.predict(X[:, 100:]), Y[:, 100:])


def test_the_clock_counts_the_work_and_not_the_waiting(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(training.time, "perf_counter", lambda: now[0])

    def rounds():
        for _ in range(3):
            now[0] += 0.5  # the work
            yield

    clock = training.Clock(rounds())
    for _ in clock:
        now[0] += 100  # the waiting
    assert (clock.count, clock.seconds, clock.speed) == (3, 1.5, 2)
