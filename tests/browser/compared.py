"""What a page shows of an explorer, compared with what this process computes for the same line of code."""

import functools
import itertools
import re

import numpy as np
from pages import numbers_of, see

from dnn_lessons.classroom import explorers
from dnn_lessons.classroom.explorers.explorer import Verdict
from dnn_lessons.classroom.explorers.picture import Line, Rects, Words
from dnn_lessons.classroom.figures.looks import slug

ROUNDED = 0.011  # pixels: the page rounds to a hundredth
FARTHEST = 20_000  # pixels
TIMES = re.compile(r"; [\d,]+ epochs per second")


@functools.cache
def rebuilt(code):
    """The explorer that the page's line of code makes."""
    return eval(code, vars(explorers).copy())


def values_of(code):
    """The explorer of a line of code as it starts, and the values that the code gives its controls."""
    function = code.partition("(")[0]
    here = rebuilt(f"{function}()")
    return here, {**here.values, **eval(code, {function: dict})}


def compare(section):
    """Picture, words and line of code belong to the places of the controls, as computed here, without a kernel."""
    shown = see(section)
    assert not shown["failed"], shown["words"]
    here, values = values_of(shown["code"])
    for control in here.controls:
        assert control.values[shown["places"][control.name]] == values[control.name]
    if here.runs:
        compare_run(here, values, shown)
        return
    here = rebuilt(shown["code"])
    assert shown["words"] == here.words
    assert shown["state"] == here.verdict
    compare_picture(shown["panels"], here.drawn, whole=True)


def compare_run(here, values, shown):
    """As many rounds, computed here, lead to the same words and curves; earlier runs are in the page alone."""
    views = {control.name for control in here.controls if control.view}
    run = here.compute(**{name: values[name] for name in values if name not in views})
    count = None if shown["done"] == 1 else round(shown["done"] * run.length)
    for _ in itertools.islice(run.rounds, count):
        pass
    state = run.state()
    said = here.say(state)
    sentence = said.sentence if isinstance(said, Verdict) else said
    assert TIMES.sub("", shown["words"]) == TIMES.sub("", sentence)
    if "seconds" in str(values):  # the run took others in the kernel than here
        return
    drawn = here.draw(state, ghosts={}, **{name: values[name] for name in views})
    compare_picture(shown["panels"], drawn, whole=False)


def compare_picture(panels, drawn, whole):
    """Each mark of a Picture is in the page, at its place; there are no others if it is the whole one."""
    assert len(panels) == len(drawn.panels)
    for panel, expected in zip(panels, drawn.panels, strict=True):
        assert panel["title"] == expected.title
        marks = sorted(expected.marks, key=lambda mark: type(mark).__name__ == "Handle")
        if whole:
            assert panel["x"] == [expected.x.low, expected.x.high, expected.x.log]
            assert panel["y"] == [expected.y.low, expected.y.high, expected.y.log]
            assert [each["kind"] for each in panel["marks"]] == [
                kind_of(each) for each in marks
            ]
        for mark in marks:
            compare_mark(panel, mark)


def kind_of(mark):
    """The name of the kind of a mark in the page."""
    return type(mark).__name__.lower()


def compare_mark(panel, mark):
    """One of the marks in a panel is this one."""
    candidates = [
        each
        for each in panel["marks"]
        if each["kind"] == kind_of(mark) and each["label"] == getattr(mark, "label", "")
    ]
    if isinstance(mark, Line | Rects | Words):
        expected = SHOWN[type(mark)](panel, mark)
        found = [of_page(each, mark) for each in candidates]
        assert any(alike(expected, each) for each in found), (mark, expected, found)
        candidates = [each for each in candidates if each["look"] == slug(mark.look)]
    assert candidates, mark


def of_page(seen, mark):
    """What the page shows of a mark: the numbers of its path, or its text."""
    if isinstance(mark, Words):
        return seen["texts"]
    return numbers_of(seen["paths"][0]["d"])


def alike(one, other):
    """Whether two lists hold the same texts, or the same numbers up to rounding."""
    if len(one) != len(other) or not one or isinstance(one[0], str):
        return one == other
    return np.allclose(one, other, rtol=0, atol=ROUNDED)


def places(panel, name, values):
    """Numbers of an axis in pixels, as picture.js computes them; NaN where the axis does not have them."""
    left, right, top, bottom = panel["box"]
    start, end = (left, right) if name == "x" else (bottom, top)
    low, high, log = panel[name]
    bend = np.log10 if log else np.asarray
    with np.errstate(all="ignore"):
        value = bend(np.asarray(values, dtype=np.float64))
        share = (value - bend(low)) / (bend(high) - bend(low))
    place = np.clip(start + share * (end - start), -FARTHEST, FARTHEST)
    return np.where(np.isfinite(np.asarray(values, dtype=np.float64)), place, np.nan)


def line_path(panel, mark):
    """The numbers of the path of a Line."""
    points = np.stack([places(panel, "x", mark.x), places(panel, "y", mark.y)], axis=-1)
    return points[np.isfinite(points).all(axis=-1)].ravel().tolist()


def rects_path(panel, mark):
    """The numbers of the path of Rects."""
    left, right = places(panel, "x", mark.left), places(panel, "x", mark.right)
    bottom, top = places(panel, "y", mark.bottom), places(panel, "y", mark.top)
    sides = np.broadcast_arrays(*map(np.ravel, (left, top, right, bottom, left)))
    return np.stack(sides, axis=-1).ravel().tolist()


SHOWN = {
    Line: line_path,
    Rects: rects_path,
    Words: lambda panel, mark: mark.text.split("\n"),
}
