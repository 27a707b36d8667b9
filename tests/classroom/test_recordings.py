"""What is recorded of an explorer for the book; a browser test compares it with what a kernel says."""

import base64
import functools
import gzip
import json
import re
from itertools import accumulate

import pytest
from explorer_cases import build, plain

from dnn_lessons.classroom import explorers
from dnn_lessons.classroom.explorers.earlier_runs import MOST
from dnn_lessons.classroom.explorers.explorer import LEAST_KEPT
from dnn_lessons.classroom.explorers.run import Run
from dnn_lessons.classroom.recordings.compact import LEVELS, compact
from dnn_lessons.classroom.recordings.ghosts import NAME, earlier_lines_in
from dnn_lessons.classroom.recordings.page import page_script, page_style
from dnn_lessons.classroom.recordings.plans import CALLS, PLANS, made
from dnn_lessons.classroom.recordings.record import (
    Frame,
    Plan,
    combinations,
    keep,
    record,
)
from dnn_lessons.classroom.recordings.table import ZERO, Parts, script
from tools.book.pages import EXPLORER
from tools.lessons import NOTEBOOKS, load, text
from tools.minutes import GUIDE

# States that the answers to the questions of the lessons speak of.
ANSWERS = """
taste_explorer(learning_rate=0.005) taste_explorer(learning_rate=0.2) taste_explorer(learning_rate=5.0)
network_explorer(x1=-1.1) network_explorer(outputs=2) network_explorer(width=4)
sigmoid_explorer(z=10.0,dtype='float32') relu_explorer(z=0.0) dead_unit_explorer(b=-1.0) leak_explorer(alpha=1.0)
cross_entropy_explorer(a=0.01) cross_entropy_explorer(a=0.99,y=0.0) squared_error_explorer(a=5.0,cost='mae')
outlier_explorer(at=30.0) backward_explorer(step=1) check_explorer(h=0.001) check_explorer(h=1e-05,fault='1/m__twice')
rate_explorer(learning_rate=0.11) rate_explorer(surface='bowl',learning_rate=0.21)
rate_explorer(surface='your__own',curvature_2=40.0,learning_rate=0.045)
initialisation_explorer(scale=0.14) initialisation_explorer(activation='tanh',scale=0.01)
batch_explorer(batch_size=200,by='step') batch_explorer(shuffle=False,learning_rate=3.0)
training_explorer(output='linear',learning_rate=0.12) training_explorer(output='linear',learning_rate=0.15)
training_explorer(activation='tanh',output='linear',batch_size=500,learning_rate=0.3)
decision_explorer(width=3,seed=4) decision_explorer(width=32,depth=3)
decision_explorer(points='circles',noise=0.1,depth=1,num_epochs=500,width=2)
overfitting(width=4) overfitting(learning_rate=0.01) overfitting(noise=0.6)
regression_explorer(batch_size=64) regression_explorer(output='linear',learning_rate=0.02)
regression_explorer(output='linear',batch_size=64)
""".split()
MARKS = {
    "line": {"kind": "line", "x": [0.123456789, 2.0], "y": [1.0, None]},
    "level": {"kind": "level", "at": 0.123456789, "axis": "y"},
}
PANEL = {
    "x": {"low": 0, "high": 4, "log": False},
    "y": {"low": 1e-3, "high": 10, "log": True},
}


@pytest.fixture(autouse=True)
def no_training(monkeypatch):
    """An explorer that is made here does not wait for its run."""
    monkeypatch.setattr(explorers.Explorer, "patience", 0.0)


@functools.cache
def recorded(name):
    """The explorer with the values that are recorded, and the places that are."""
    explorer = made(name)
    keep(explorer, PLANS[name].kept)
    return explorer, combinations(explorer, PLANS[name].together)


def test_every_explorer_has_a_plan():
    named = {plan.function or name for name, plan in PLANS.items()}
    assert named == {n for n in explorers.__all__ if n.endswith("_explorer")}


@pytest.mark.parametrize("lesson", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_explorer_of_a_lesson_is_recorded_as_the_lesson_makes_it(lesson):
    cells = [cell for cell in load(lesson)["cells"] if cell["cell_type"] == "code"]
    calls = [call for cell in cells for call in EXPLORER.findall(text(cell))]
    assert set(calls) <= set(CALLS)
    assert calls or lesson.stem[:2] == "15"


@pytest.mark.parametrize("call", [call.replace("__", " ") for call in ANSWERS])
def test_what_an_answer_speaks_of_is_recorded(call):
    name, values = call.partition("(")[0], eval("dict(" + call.partition("(")[2])
    explorer, places = recorded(name)
    explorer.indices = explorer.starts()
    explorer.place(PLANS[name].values | values)
    assert tuple(explorer.indices) in places


SHOWN = re.compile(r"^- `(\w+_explorer)\((.*?)\)`:", re.MULTILINE)


@pytest.mark.parametrize("lesson", NOTEBOOKS, ids=lambda path: path.stem)
def test_what_the_guide_shows_is_recorded(lesson):
    """An instructor shows it on a slide, where no kernel answers."""
    page = (GUIDE / f"{lesson.stem}.md").read_text(encoding="utf-8")
    for name, given in SHOWN.findall(page):
        tables = [each for each in PLANS if (PLANS[each].function or each) == name]
        values = eval(f"dict({given})")
        assert any(is_recorded(table, values) for table in tables), (name, given)


def is_recorded(name, values):
    """Whether a table has an explorer at some values, its other controls at their starts."""
    explorer, places = recorded(name)
    wanted = {control.name: control.start for control in explorer.controls} | values
    held = [wanted[control.name] in control.values for control in explorer.controls]
    if not all(held):
        return False
    return tuple(c.values.index(wanted[c.name]) for c in explorer.controls) in places


def test_controls_alone_and_together_are_recorded_once_each():
    explorer = plain(range(4), 1, controls=[explorers.slider("k", "k", range(3), 0)])
    alone = combinations(explorer, ())
    assert sorted(alone) == [(0, 0), (1, 0), (1, 1), (1, 2), (2, 0), (3, 0)]
    both = combinations(explorer, ({"n": [0], "k": None},))
    assert set(both) - set(alone) == {(0, 1), (0, 2)}
    assert len(set(both)) == len(both)


def test_an_explorer_with_values_is_recorded_around_them_and_at_its_start():
    explorer, places = recorded("overfitting")
    explorer.place({"noise": 0.3, "width": 32, "learning_rate": 0.1, "num_epochs": 300})
    home = tuple(explorer.indices)
    explorer.place({"noise": 0.6})
    assert {home, tuple(explorer.indices), tuple(explorer.starts())} <= set(places)


@pytest.mark.long
def test_lines_of_earlier_runs_are_found_in_the_picture():
    explorer = explorers.taste_explorer()
    first, last = explorer.state, explorer.finish().state
    draw = functools.partial(explorer.draw, log=True)
    cost, fit = earlier_lines_in(draw, first, last)
    assert (cost["of"], cost["grows"], cost["line"]["label"]) == ("training", True, "?")
    assert (fit["of"], fit["grows"], fit["line"]["label"]) == ("model", False, "")


def test_views_are_recorded_in_every_state():
    places = recorded("taste_explorer")[1]
    assert {place[:-1] for place in places if place[-1] == 0} == {
        place[:-1] for place in places if place[-1] == 1
    }


def test_a_control_keeps_its_start_its_texts_and_some_values():
    explorer = build("check_explorer()")
    keep(explorer, {"h": (1e-3, 1e-2)})
    control = explorer.controls[3]
    assert control.values == (1e-5, 1e-3, 1e-2)
    assert control.for_page()["texts"] == ["1e−05", "1e−03", "1e−02"]


@pytest.mark.parametrize("plan", [Plan({"n": (77,)}), Plan(together=({"m": None},))])
def test_a_plan_for_what_is_not_there_is_refused(plan):
    with pytest.raises(ValueError, match=r"n has not all of|no control m"):
        record(plain(), plan)


def test_a_number_far_outside_is_drawn_a_thousand_axes_away():
    line = {**MARKS["line"], "x": [-1e53, 2.0, 1e53]}
    assert compact(line, PANEL)["x"] == [-4000.0, 2.0, 4004.0]


@pytest.mark.parametrize(
    ("mark", "field", "expected"),
    [
        ("line", "x", [0.1235, 2.0]),
        ("line", "y", [1.0, None]),
        ("level", "at", 0.1235),
    ],
)
def test_numbers_have_as_many_digits_as_are_seen(mark, field, expected):
    assert compact(MARKS[mark], PANEL)[field] == expected


def test_a_long_line_is_thinned_and_keeps_its_ends():
    x = [n / 250 for n in range(1000)]
    thin = compact({"kind": "line", "x": x, "y": [1.0] * 1000}, PANEL)
    assert len(thin["x"]) == len(thin["y"]) <= 301
    assert (thin["x"][0], thin["x"][-1]) == (x[0], x[-1])


def test_a_map_keeps_its_ends_and_has_fewer_colours():
    values = base64.b64encode(bytes(range(256))).decode()
    fewer = compact({"kind": "map", "values": values}, PANEL)["values"]
    colours = base64.b64decode(fewer)
    assert (colours[0], colours[-1], len(set(colours))) == (0, 255, 16)
    assert max(abs(a - b) for a, b in zip(colours, range(256), strict=True)) <= 9


def test_what_comes_again_is_stored_once():
    parts = Parts()
    frame = Frame(build("relu_explorer()").picture, "words", "", 1.0)
    first = parts.stored(frame)
    size = len(parts.as_json())
    assert parts.stored(frame) == first
    assert len(parts.as_json()) == size


def opened(value, parts):
    """A value of a table with its parts in their places, as recorded.js opens it."""
    if isinstance(value, list):
        return [opened(each, parts) for each in value]
    if not isinstance(value, dict):
        return value
    if "#" in value:
        return opened(parts[value["of"]][value["#"]], parts)
    if "~" in value:
        decimals, *steps = value["~"]
        return [number / 10**decimals for number in accumulate(steps)]
    fields = {name: opened(each, parts) for name, each in value.items()}
    return painted(fields) if fields.get("kind") == "map" else fields


def painted(mark):
    """A map whose letters, each a step from the level above, have become colours."""
    columns, levels = mark["size"][0], []
    for place, letter in enumerate(mark["values"]):
        above = levels[place - columns] if place >= columns else 0
        levels.append(above + ord(letter) - ZERO)
    colours = bytes(round(level * 255 / LEVELS) for level in levels)
    return {**mark, "values": base64.b64encode(colours).decode()}


def compacted(picture):
    """A picture with numbers as compact as those of a recording."""
    panels = [
        {**panel, "marks": [compact(mark, panel) for mark in panel["marks"]]}
        for panel in picture["panels"]
    ]
    return json.loads(json.dumps({**picture, "panels": panels}))


@pytest.mark.parametrize("name", ["backward_explorer", "rate_explorer"])
def test_a_table_holds_what_an_explorer_sends_in_each_of_its_states(name):
    explorer, fresh = made(name), made(name)
    few = {each.name: each.values[:1] for each in explorer.controls if not each.view}
    table = json.loads(record(explorer, Plan(few, frames=3)))
    assert len(table["answers"]) > 1
    for places, frames in table["answers"].items():
        indices = map(int, places.split(","))
        pairs = zip(explorer.controls, indices, strict=True)
        fresh.set(**{each.name: each.values[place] for each, place in pairs})
        fresh.finish().clear()
        picture, *said = frames[-1]
        assert opened(picture, table["parts"]) == compacted(fresh.picture)
        assert said == [fresh.words, fresh.verdict, fresh.done]


def test_the_frames_of_a_run_lie_nearer_to_each_other_at_first():
    explorer = plain(compute=lambda n: Run(iter(range(100)), lambda: n, 100))
    table = json.loads(record(explorer, Plan({"n": ()}, frames=5)))
    [frames] = table["answers"].values()
    assert [frame[-1] for frame in frames] == [0.0, 0.12, 0.35, 0.64, 1.0]


def test_a_run_that_ends_early_has_no_frame_after_its_end():
    explorer = plain(compute=lambda n: Run(iter(range(20)), lambda: n, 100))
    [frames] = json.loads(record(explorer, Plan({"n": ()}, frames=5)))["answers"].values()
    assert [frame[-1] for frame in frames] == [0.0, 0.12, 1.0]


def test_a_table_becomes_a_script_with_the_same_bytes_each_time():
    table = '{"words": "a − b, é"}'
    packed = re.fullmatch(r'dnnRecorded\("relu", "(.*)"\);\n', script("relu", table))[1]
    assert gzip.decompress(base64.b64decode(packed)).decode("utf-8") == table
    assert base64.b64decode(packed)[4:8] == bytes(4)  # when it was packed


def test_the_script_of_a_page_takes_no_modules_and_knows_what_the_tables_mean():
    text = page_script()
    assert not re.search(r"^\s*(export|import)\b", text, re.MULTILINE)
    [constants] = re.findall(r"const LOOKS = (.*), LEAST_KEPT = (.*), NAME = (.*);", text)
    looks, least, name = map(json.loads, constants)
    assert [look["colour"] for look in looks] == [f"compared-{i}" for i in range(MOST)]
    assert (least, name) == (LEAST_KEPT, NAME)


def test_the_style_of_a_page_is_that_of_a_lesson():
    assert page_style() == build("relu_explorer()")._css
