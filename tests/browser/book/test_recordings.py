"""Recorded explorers say in a page what a kernel says: the words, the numbers of the picture and the line of code.

A few places of each explorer are compared; with RECORDINGS=all in the environment, all of them.
"""

import json
import os
import random

import numpy as np
import pytest

from dnn_lessons.classroom import explorers
from dnn_lessons.classroom.explorers.explorer import Explorer
from dnn_lessons.classroom.recordings.compact import compact
from dnn_lessons.classroom.recordings.ghosts import LOOKS
from dnn_lessons.classroom.recordings.plans import PLANS, made
from dnn_lessons.classroom.recordings.record import combinations, keep

ALL = os.environ.get("RECORDINGS") == "all"
PLACES, RUNS = 12, 2  # that are compared, of an explorer without and with runs
BROKEN = 500  # milliseconds: a move that takes longer is not an answer
FOREVER = float("inf")
PAGE = """<!DOCTYPE html><meta charset="utf-8"><link rel="stylesheet" href="{static}/explorers.css">
<script src="{static}/explorers.js"></script><style>.dnn-recorded {{ min-height: 300px }}</style>"""
PLACE = '<div class="dnn-recorded" data-explorer="{}" data-tables="{}/tables"></div>'
CLEARED = """place.querySelector('[data-command="clear"]').click();"""  # of earlier runs
# Moves the controls, lets a run go on step by step to its end, and returns what the page had at each step.
MOVED = """(place, indices) => {
  const inputs = [...place.querySelectorAll('.dnn-inputs [data-name]')];
  inputs.forEach((input, i) => { input.value = indices[i]; });
  inputs.at(-1).dispatchEvent(new Event('input'));
  CLEARED
  const { model } = place;
  const seen = () => Object.fromEntries(
    ['picture', 'words', 'verdict', 'done', 'failed', 'code', 'indices'].map((name) => [name, model.get(name)]));
  const step = place.querySelector('[data-command="step"]');
  const frames = [seen()];
  while (step && !model.get('failed') && model.get('done') < 1) {
    step.click();
    frames.push(seen());
  }
  return frames;
}""".replace("CLEARED", CLEARED)
# Moves the controls, lets a run go on to its end, and returns what the page has then.
ENDED = f"""(place, indices) => {{
  ({MOVED.replace(CLEARED, "")})(place, indices);
  return {{ picture: place.model.get('picture'), kept: place.model.get('kept') }};
}}"""
WATCH = """place => {
  window.taken = [];
  let pressed = null;
  place.addEventListener('keydown', (event) => { pressed = event.timeStamp; }, true);
  new MutationObserver(() => {
    if (pressed !== null) window.taken.push(performance.now() - pressed);
    pressed = null;
  }).observe(place.querySelector('.dnn-picture'), { childList: true, subtree: true });
}"""
TABLE = {}
pytestmark = pytest.mark.xdist_group("recordings")  # one worker, which fills the table
every_explorer = pytest.mark.parametrize("name", PLANS)


@pytest.fixture
def place(book, offline, tmp_path):
    """A function that opens a page with one recorded explorer."""

    def shown(name):
        static = (book / "_static").as_uri()
        path = tmp_path / "page.html"
        html = PAGE.format(static=static) + PLACE.format(name, static)
        path.write_text(html, encoding="utf-8")
        found = offline(path, 1000).locator(".dnn-recorded")
        found.locator("figure.dnn-panel > svg[data-box]").first.wait_for()
        return found

    return shown


def recorded_places(name):
    """The explorer with the values that it keeps, and its recorded places."""
    explorer = made(name)
    keep(explorer, PLANS[name].kept)
    return explorer, combinations(explorer, PLANS[name].together)


def sample(explorer, places):
    """Where the lesson has it, and some of the other places, the same in each run of the tests."""
    count = len(places) if ALL else RUNS if explorer.runs else PLACES
    return [tuple(explorer.indices), *random.Random(1).sample(places, count)]


def plain(picture):
    """A picture as it is after it was sent, its numbers as compact as those of a recording."""
    panels = [
        {**panel, "marks": [compact(mark, panel) for mark in panel["marks"]]}
        for panel in picture["panels"]
    ]
    return json.loads(json.dumps({**picture, "panels": panels}))


def compare(frame, fresh):
    """What a page has at one step is what an explorer of a kernel has."""
    assert not frame["failed"]
    assert (frame["words"], frame["verdict"]) == (fresh.words, fresh.verdict)
    assert frame["picture"] == plain(fresh.picture)
    assert frame["done"] == pytest.approx(fresh.done)


@every_explorer
def test_what_is_recorded_is_what_a_kernel_says(place, name, monkeypatch):
    monkeypatch.setattr(Explorer, "patience", FOREVER)
    explorer, places = recorded_places(name)
    shown, compared = place(name), sample(explorer, places)
    for indices in compared:
        frames = shown.evaluate(MOVED, list(indices))
        fresh = eval(frames[-1]["code"], vars(explorers).copy())
        assert frames[-1]["indices"] == list(indices)
        assert fresh.code == frames[-1]["code"]
        compare(frames[-1], fresh)
        if len(frames) > 3:
            fresh.step()
            fresh.advance(FOREVER, frames[2]["done"])
            compare(frames[2], fresh)
    print(f"{name}: {len(set(compared))} of {len(places)} places are equal")  # noqa: T201


@every_explorer
def test_the_page_shows_the_words_and_the_controls_of_a_place(place, name):
    explorer, places = recorded_places(name)
    shown = place(name)
    words = shown.evaluate(MOVED, list(places[-1]))[-1]["words"]
    shown.locator(".dnn-words").get_by_text(words, exact=True).wait_for()
    for control, index in zip(explorer.controls, places[-1], strict=True):
        assert shown.locator(f"[data-name='{control.name}']").input_value() == str(index)


COMBINED = [name for name in PLANS if len(made(name).controls) > 2]


@pytest.mark.parametrize("name", COMBINED)
def test_a_place_that_is_not_recorded_says_so_and_reset_leads_back(place, name):
    explorer, places = recorded_places(name)
    ends = tuple(len(control.values) - 1 for control in explorer.controls)
    shown = place(name)
    (frame,) = shown.evaluate(MOVED, list(ends)) if ends not in places else (None,)
    if frame is None:
        pytest.skip("its last values are recorded together")
    values = {control.name: control.values[-1] for control in explorer.controls}
    function = explorer.function
    assert frame["failed"]
    assert "no recording" in frame["words"]
    assert frame["code"] == explorer_code(function, values)
    shown.locator("[data-command='reset']").click()
    shown.locator(".dnn-code code").get_by_text(made(name).code, exact=True).wait_for()
    assert not shown.locator(".dnn-failed").count()


def explorer_code(name, values):
    """The line of code of an explorer whose controls stand at some values."""
    explorer = getattr(explorers, name)()
    explorer.place(values)
    explorer.write_code()
    return explorer.code


TRAINING = [name for name in PLANS if made(name).runs]
COMPARED = [
    name for name in TRAINING if name != "rate_explorer"
]  # it compares its runs itself


@pytest.mark.parametrize("name", COMPARED)
def test_earlier_runs_stay_as_they_do_in_a_lesson(place, name):
    """Both runs are at their ends. An axis that holds both may have a little more or less room around them."""
    explorer, places = recorded_places(name)
    home = tuple(explorer.indices)
    other = next(each for each in places if key(explorer, each) != key(explorer, home))
    shown, live = place(name), made(name).finish()
    for indices in (other, home):
        seen = shown.evaluate(ENDED, list(indices))
        live.set(
            **dict(zip(live.values, values(explorer, indices), strict=True))
        ).finish()
        assert seen["kept"] == live.kept == 1
        for recorded, panel in zip(
            seen["picture"]["panels"], live.picture["panels"], strict=True
        ):
            same_marks(recorded, panel)


def values(explorer, indices):
    """The values of the controls at some places."""
    return [c.values[i] for c, i in zip(explorer.controls, indices, strict=True)]


def key(explorer, indices):
    """The values of those controls that are no views."""
    pairs = zip(explorer.controls, values(explorer, indices), strict=True)
    return [value for control, value in pairs if not control.view]


def same_marks(recorded, panel):
    """Hold a recorded panel against one of a kernel."""
    assert sorted(map(named, recorded["marks"])) == sorted(map(named, panel["marks"]))
    ours = {named(mark): mark for mark in recorded["marks"]}
    for axis in "xy":
        (low, high), (least, most) = ends(recorded[axis]), ends(panel[axis])
        spare = 0.15 * (most - least)
        assert (low, high) == pytest.approx((least, most), abs=spare)
        for mark in panel["marks"]:
            if mark.get("look") in LOOKS:
                drawn = compact(mark, panel)[axis]
                assert_near(ours[named(mark)][axis], drawn, panel[axis])


def ends(axis):
    """The ends of an axis as it is drawn."""
    shown = np.array([axis["low"], axis["high"]])
    return np.log10(shown) if axis["log"] else shown


def assert_near(recorded, drawn, axis):
    """Hold numbers against each other that a screen cannot tell apart."""
    near = {"rel": 2e-3} if axis["log"] else {"abs": 1e-3 * (axis["high"] - axis["low"])}
    assert recorded == pytest.approx(drawn, nan_ok=True, **near)


def named(mark):
    """What a mark is, and of what."""
    return tuple(str(mark.get(name)) for name in ("kind", "look", "label", "text"))


@pytest.mark.parametrize("name", TRAINING)
def test_a_run_plays_to_its_end_and_can_be_paused(place, name):
    shown = place(name)
    toggle, done = shown.locator("[data-command='toggle']"), shown.locator("progress")
    toggle.click()
    toggle.filter(has_text="Pause").wait_for()
    shown.page.wait_for_function("each => each.value > 0", arg=done.element_handle())
    toggle.click()
    toggle.filter(has_text="Play").wait_for()
    assert 0 < done.evaluate("each => each.value") < 1
    shown.locator("[data-name='pace']").select_option(label="at once")
    toggle.click()
    shown.page.wait_for_function("each => each.value === 1", arg=done.element_handle())
    toggle.filter(has_text="Play").wait_for()


@every_explorer
def test_keys_are_answered_at_once(place, name):
    shown = place(name)
    shown.evaluate(WATCH)
    control = shown.locator(".dnn-inputs :is(input, select):visible").first
    control.focus()
    for key in ["ArrowLeft", "ArrowUp", "ArrowRight", "ArrowDown"] * 5:
        shown.page.keyboard.press(key)
        shown.page.evaluate("() => new Promise(requestAnimationFrame)")
        shown.page.wait_for_timeout(20)
    TABLE[name] = shown.evaluate("() => window.taken")
    assert np.median(TABLE[name]) < BROKEN


def test_the_latencies_as_a_table():
    """Not a test of speed: what was measured is printed for the reader of the log."""
    every = {"all": [each for taken in TABLE.values() for each in taken]}
    print(f"{'ms from key to picture':28} {'median':>6} {'most':>6}")  # noqa: T201
    for name, taken in (TABLE | every).items():
        print(f"{name:28} {np.median(taken):6.1f} {max(taken):6.1f}")  # noqa: T201
