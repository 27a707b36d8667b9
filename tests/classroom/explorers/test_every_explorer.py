"""Each explorer: every control moves picture and words, and the line of code rebuilds what is seen."""

import re

import numpy as np
import pytest
from explorer_cases import build, every_explorer, wander

from dnn_lessons.classroom.explorers import page


@pytest.fixture(scope="module")
def made():
    """The explorer of a call, made once and set back where it started."""
    explorers = {}

    def of(call):
        if call not in explorers:
            explorers[call] = build(call)
        return explorers[call].reset()

    return of


@every_explorer
def test_every_control_moves_what_is_shown_to_what_compute_gives(call, made):
    explorer = made(call)
    for control in explorer.controls:
        indices, shown = {0, len(control.values) // 2, len(control.values) - 1}, set()
        for index in indices:
            explorer.set(**{control.name: control.values[index]})
            computed = explorer.compute(**explorer.values)
            expected = computed.state() if explorer.runs else computed
            assert not explorer.failed, explorer.words
            assert explorer.words == explorer.say(expected)
            shown.add((explorer.picture, explorer.words, explorer.code))
        assert len(shown) == len(indices)
        explorer.reset()


@every_explorer
def test_the_line_of_code_rebuilds_it(call, made):
    explorer = made(call)
    assert explorer.code == call
    first = explorer.controls[0]
    last = len(first.values) - 1
    explorer.set(**{first.name: first.values[0 if first.start == last else -1]})
    again = build(explorer.code)
    assert explorer.code != call
    assert "\n" not in explorer.code
    assert (again.values, again.picture, again.words) == (
        explorer.values,
        explorer.picture,
        explorer.words,
    )


@every_explorer
def test_reset_restores_the_picture(call, made):
    explorer = made(call)
    before = explorer.picture, explorer.words, explorer.values
    last = explorer.controls[-1]
    explorer.set(**{last.name: last.values[0 if last.start else -1]}).reset()
    assert (explorer.picture, explorer.words, explorer.values) == before


@every_explorer
def test_controls_have_labels_and_values_that_differ(call, made):
    for control in made(call).controls:
        assert control.label
        assert len(set(control.texts)) == len(control.values) == len(set(control.values))
        places = [control.nearest(value) for value in control.values]
        assert places == list(range(len(control.values)))


@every_explorer
def test_a_page_without_a_kernel_says_what_to_do_in_the_same_words_each_time(
    call, made, monkeypatch
):
    shown = []
    monkeypatch.setattr(page, "display", lambda data, **_: shown.append(data))
    made(call)._ipython_display_()
    made(call)._ipython_display_()
    hint, view, again, _ = shown
    assert hint == again
    assert all("run this cell" in text for text in hint.values())
    assert list(view) == ["application/vnd.jupyter.widget-view+json"], (
        "no text that would say it twice"
    )


@every_explorer
def test_every_note_belongs_to_one_part_of_the_picture(call, made):
    explorer = made(call)
    for _ in wander(explorer, np.random.default_rng(1), 8 if explorer.notes else 0):
        assert explorer.notes
        counts = [explorer.picture.count(f'<g id="{gid}">') for gid in explorer.notes]
        assert counts == [1] * len(explorer.notes)


@every_explorer
def test_the_picture_is_one_svg_in_plain_text_and_only_our_names_are_ids(call, made):
    """A style element, and a name of Matplotlib's own, would hold for all explorers of the page."""
    text = made(call).picture
    assert text.startswith("<svg")
    assert text.count("<svg") == text.count("</svg>") == 1
    assert "<style" not in text
    assert "<text" in text
    assert not re.search(r'<g id="[^"]*_\d+"', text)
    assert not re.search(r"<!--.*\$.*-->", text), "mathematics, which is slow to lay out"
