"""What the explorers of curves have in common: axes that stay, and marks that do not leave their panels."""

import re
from functools import cache
from itertools import product

import pytest
from explorer_cases import build

from dnn_lessons.classroom.explorers.picture import Handle, Points

NAMES = "sigmoid relu dead_unit leak tanh cross_entropy squared_error outlier".split()
every_curve = pytest.mark.parametrize("name", NAMES)
NEGATIVE_ZERO = re.compile(r"[-−]0(?![.\d])")


def settings(controls):
    """Each value of each control by itself, and all controls at their ends."""
    for control in controls:
        yield from ({control.name: value} for value in control.values)
    for ends in product(
        *({control.values[0], control.values[-1]} for control in controls)
    ):
        yield {control.name: end for control, end in zip(controls, ends, strict=True)}


@cache
def shown(name):
    """The picture, the words and the values of an explorer in many settings."""
    explorer = build(f"{name}_explorer()")
    start = explorer.values
    seen = []
    for setting in settings(explorer.controls):
        explorer.set(**{**start, **setting})
        seen.append((explorer.drawn, explorer.words, explorer.values))
    return seen


def points_of(panel):
    """The marks of a panel that are points."""
    return [mark for mark in panel.marks if isinstance(mark, (Points, Handle))]


def is_inside(panel, mark):
    """Whether a mark that is a point lies within the axes of its panel."""
    pairs = (panel.x, mark.x), (panel.y, mark.y)
    return all(
        axis.low <= value <= axis.high
        for axis, values in pairs
        for value in (values if isinstance(mark, Points) else [values])
    )


@pytest.mark.long
@every_curve
def test_no_point_leaves_its_panel(name):
    for picture, _, _ in shown(name):
        for panel in picture.panels:
            assert all(is_inside(panel, mark) for mark in points_of(panel))
    assert all(points_of(panel) for panel in picture.panels)


@every_curve
def test_vertical_axes_stay(name):
    axes = {tuple(panel.y for panel in picture.panels) for picture, _, _ in shown(name)}
    assert len(axes) == 1


@every_curve
def test_what_is_dragged_stands_where_its_control_stands(name):
    for picture, _, values in shown(name):
        handles = [
            mark
            for panel in picture.panels
            for mark in points_of(panel)
            if isinstance(mark, Handle)
        ]
        assert handles
        assert all(values[handle.names[0]] == handle.x for handle in handles)


@every_curve
def test_no_negative_zero_is_shown(name):
    for picture, words, _ in shown(name):
        marks = [mark for panel in picture.panels for mark in panel.marks]
        texts = [words, *(getattr(mark, "label", "") for mark in marks)]
        assert not any(map(NEGATIVE_ZERO.search, texts))
