"""Each explorer: every control moves picture and words, and the line of code rebuilds what is seen."""

import json

import numpy as np
import pytest
from explorer_cases import build, every_explorer, wander

from dnn_lessons.classroom import explorers
from dnn_lessons.classroom.explorers import page
from dnn_lessons.classroom.explorers.picture import Handle, Map


@pytest.fixture(scope="module")
def made():
    """The explorer of a call, made once and set back where it started."""
    explorers = {}

    def of(call):
        if call not in explorers:
            explorers[call] = build(call)
            explorers[call].patience = 0.3  # seconds of a run, which may be long
        return explorers[call].reset()

    return of


def ends(control):
    """The first, the middle and the last value of a control."""
    values = control.values
    return list(dict.fromkeys([values[0], values[len(values) // 2], values[-1]]))


@pytest.mark.long
@every_explorer
def test_every_control_changes_what_is_shown(call, made):
    explorer = made(call)
    for control in explorer.controls:
        shown = set()
        for value in ends(control):
            explorer.set(**{control.name: value})
            assert not explorer.failed, explorer.words
            assert explorer.words
            assert explorer.values[control.name] == value
            shown.add((json.dumps(explorer.picture), explorer.code))
        assert len(shown) == len(ends(control))
        explorer.reset()


@every_explorer
def test_every_picture_can_be_sent_and_its_axes_have_ends(call, made):
    explorer = made(call)
    for _ in wander(explorer, np.random.default_rng(1), 4):
        assert not explorer.failed, explorer.words
        json.dumps(explorer.picture, allow_nan=False)
        for panel in explorer.drawn.panels:
            for axis in (panel.x, panel.y):
                assert np.isfinite([axis.low, axis.high]).all()
                assert axis.low < axis.high
                assert axis.low > 0 or not axis.log


@pytest.mark.long
@every_explorer
def test_every_map_and_handle_lies_in_its_panel(call, made):
    explorer = made(call)
    for _ in wander(explorer, np.random.default_rng(2), 4):
        for panel in explorer.drawn.panels:
            for mark in panel.marks:
                if isinstance(mark, Handle):
                    assert panel.x.low <= mark.x <= panel.x.high
                    assert panel.y.low <= mark.y <= panel.y.high
                    assert set(mark.names) <= {"", *explorer.values}
                if isinstance(mark, Map):
                    assert np.ndim(mark.values) == 2


@pytest.mark.long
@every_explorer
def test_the_line_of_code_rebuilds_it(call, made):
    explorer = made(call)
    assert explorer.code == call
    first = explorer.controls[0]
    explorer.set(**{first.name: next(v for v in ends(first) if v != first.start)})
    again = build(explorer.code)
    assert explorer.code != call
    assert "\n" not in explorer.code
    assert again.values == explorer.values
    if not explorer.runs:  # another run has earlier ones beside it
        assert again.picture == explorer.picture
        assert again.words == explorer.words


@every_explorer
def test_reset_restores_the_picture(call, made):
    explorer = made(call).finish()
    before = explorer.picture, explorer.words, explorer.values
    last = explorer.controls[-1]
    explorer.set(**{last.name: next(v for v in ends(last) if v != last.start)})
    explorer.reset().finish()
    assert (explorer.picture, explorer.words, explorer.values) == before


@every_explorer
def test_reset_leads_to_the_values_that_the_lesson_gave(call, made):
    explorer = made(call)
    last = explorer.controls[-1]
    value = next(v for v in ends(last) if v != explorer.values[last.name])
    function = getattr(explorers, explorer.function)
    other = function(**{last.name: value})
    other.set(**{last.name: last.start})
    assert other.reset().values[last.name] == value


@every_explorer
def test_controls_have_labels_and_hold_what_they_show(call, made):
    for control in made(call).controls:
        texts = [control.text(value) for value in control.values]
        assert control.label
        assert len(set(texts)) == len(control.values) == len(set(control.values))
        if control.kind == "slider":
            shown = [float(text.replace("−", "-").replace(",", "")) for text in texts]
            assert shown == list(control.values)
            assert sorted(control.values) == list(control.values)


@pytest.mark.long
@every_explorer
def test_a_page_without_a_kernel_shows_the_picture_and_says_what_to_do(
    call, made, monkeypatch
):
    shown = []
    monkeypatch.setattr(
        page, "display", lambda data, **more: shown.append((data, more.get("metadata")))
    )
    explorer = made(call)
    explorer._ipython_display_()
    (image, told), (hint, _), (view, _) = shown
    assert set(image) == {"image/png", "text/plain"}
    assert told["image/png"]["alt"] == image["text/plain"]
    assert explorer.words in image["text/plain"]
    assert all("Run this cell" in text for text in hint.values())
    assert list(view) == ["application/vnd.jupyter.widget-view+json"]


@every_explorer
def test_every_note_belongs_to_a_part_of_the_picture(call, made):
    explorer = made(call)
    for _ in wander(explorer, np.random.default_rng(1), 4):
        parts = {
            getattr(mark, "part", "")
            for panel in explorer.drawn.panels
            for mark in panel.marks
        }
        assert set(explorer.drawn.notes) == parts - {""}
