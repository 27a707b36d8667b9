"""The lines of a network's weights: one for each weight, with its sign and its size."""

import numpy as np
import pytest

from dnn_lessons.classroom.explorers.network_view import (
    LEGEND,
    LOOKS,
    STEPS,
    WIDEST,
    largest_weight,
    legend_lines,
    weight_lines,
)
from dnn_lessons.classroom.figures.looks import look_of

STARTS, ENDS = [(0, 2), (0, 1), (0, 0)], [(1, 1.5), (1, 0.5)]
W = np.array([[2.0, -1.0, 0.0], [-0.01, 4.0, -4.0]])


def drawn(lines):
    """{(start, end): (look, width)} of all lines."""
    found = {}
    for line in lines:
        points = np.stack([line.x, line.y], axis=1).reshape(-1, 3, 2)
        assert np.isnan(points[:, 2]).all()
        for start, end, _ in points:
            found[tuple(start), tuple(end)] = line.look, line.width
    return found


def test_each_weight_that_is_not_0_has_a_line_between_its_units_with_its_sign():
    found = drawn(weight_lines(W, STARTS, ENDS, 4.0, "weights1"))
    expected = {
        (STARTS[j], ENDS[i]): LOOKS[int(np.sign(w))]
        for (i, j), w in np.ndenumerate(W)
        if w
    }
    assert {ends: look for ends, (look, _) in found.items()} == expected


def test_a_larger_weight_has_a_wider_line_and_the_largest_the_widest():
    found = drawn(weight_lines(W, STARTS, ENDS, 4.0))
    widths = [
        found[STARTS[j], ENDS[i]][1] for i, j in ((1, 0), (0, 1), (0, 0), (1, 1), (1, 2))
    ]
    assert widths == sorted(widths)
    assert widths[:4] == sorted(set(widths[:4]))
    assert widths[3] == widths[4] == WIDEST


def test_many_weights_are_few_marks_of_the_part_that_is_asked_for():
    many = np.random.default_rng(0).standard_normal((8, 8))
    places = [(0, i) for i in range(8)]
    lines = weight_lines(many, places, places, np.abs(many).max(), "weights2")
    assert len(lines) <= 2 * STEPS
    assert {line.part for line in lines} == {"weights2"}


def test_the_scale_is_the_largest_weight_and_never_0():
    assert largest_weight({"W1": W, "b1": np.array([[-9.0], [0]])}) == 4
    assert largest_weight({"W1": 0 * W}) == 1


def test_the_legend_names_both_signs_without_a_point():
    lines = legend_lines()
    assert [line.label for line in lines] == list(LEGEND.values())
    assert [line.look for line in lines] == list(LOOKS.values())
    assert not any(len(line.x) for line in lines)


@pytest.mark.parametrize("sign", LOOKS)
def test_a_sign_is_told_from_the_other_by_more_than_its_colour(sign):
    assert look_of(LOOKS[sign]).dashes != look_of(LOOKS[-sign]).dashes
