"""The explorer of the ReLU: its kink is a jump of the slope, and the tangent turns there at once."""

import numpy as np

from dnn_lessons.classroom.explorers import relu_explorer
from dnn_lessons.classroom.explorers.picture import Line, Points


def test_the_slope_jumps_and_no_line_joins_its_sides():
    _, slopes = relu_explorer().drawn.panels
    (line,) = (mark for mark in slopes.marks if isinstance(mark, Line))
    drawn = np.isfinite(line.y)
    assert set(line.y[drawn]) == {0, 1}
    joined = drawn[:-1] & drawn[1:]
    assert not np.diff(line.y)[joined].any()


def test_the_kink_has_the_value_taken_and_the_other_limit():
    _, slopes = relu_explorer().drawn.panels
    points = [mark for mark in slopes.marks if isinstance(mark, Points)]
    assert [(*mark.x, *mark.y, mark.look) for mark in points] == [
        (0, 0, "backward"),
        (0, 1, "paper"),
    ]


def test_the_answer_to_move_it():
    explorer = relu_explorer()
    slopes = {z: explorer.set(z=z).state.at[2] for z in explorer.controls[0].values}
    assert {slope for z, slope in slopes.items() if z <= 0} == {0}
    assert {slope for z, slope in slopes.items() if z > 0} == {1}
    assert explorer.set(z=0.05).words == "z = 0.05: relu = 0.05, slope = 1."
    assert explorer.set(z=0).words == (
        "z = 0: relu = 0, slope = 0. This is the kink: left of it the slope is 0, "
        "right of it 1, and the code takes 0."
    )
