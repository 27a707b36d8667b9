"""The explorer of the squared error, and the absolute error beside it."""

import numpy as np
import pytest

from dnn_lessons.classroom.explorers import squared_error_explorer
from dnn_lessons.classroom.explorers.picture import Line, Points


def tangents(explorer):
    """The labels of the tangents that are drawn."""
    marks = explorer.drawn.panels[0].marks
    return [mark.label for mark in marks if getattr(mark, "look", "") == "backward"]


def test_the_losses_of_the_explorer_and_their_slopes():
    state = squared_error_explorer(a=3, y=1).state
    np.testing.assert_allclose(state.losses, (state.grid - 1) ** 2)
    np.testing.assert_allclose(state.slopes, 2 * (state.grid - 1))
    assert tuple(state.at) == (3, 4, 4)


@pytest.mark.parametrize("y", [1, 1.95, 2.0178])
def test_the_jump_of_the_absolute_error_is_drawn_as_a_jump(y):
    _, slopes = squared_error_explorer(cost="mae", y=y).drawn.panels
    (line,) = (mark for mark in slopes.marks if isinstance(mark, Line))
    drawn = np.isfinite(line.y)
    assert np.array_equal(line.y[drawn], np.sign(line.x[drawn] - y))
    assert set(line.y[drawn]) == {-1, 1}
    joined = drawn[:-1] & drawn[1:]
    assert not np.diff(line.y)[joined].any()
    points = [mark for mark in slopes.marks if isinstance(mark, Points)]
    assert [(*mark.x, *mark.y) for mark in points] == [(y, y, -1, 1), (y, 0)]


def test_at_the_kink_there_is_no_tangent_and_the_words_say_why():
    explorer = squared_error_explorer(cost="mae", a=1, y=1)
    assert not tangents(explorer)
    assert explorer.words == (
        "a = 1, y = 1: mae loss 0. Here the loss has a kink and no derivative; "
        "the code takes 0."
    )
    assert tangents(explorer.set(a=1.05)) == ["tangent, slope 1"]


def test_the_answer_to_move_it():
    explorer = squared_error_explorer(y=1)
    found = {
        (cost, a): explorer.set(cost=cost, a=a).state.at[1:]
        for cost in ("mse", "mae")
        for a in (2, 3, 5)
    }
    assert [found["mse", a][0] for a in (2, 3, 5)] == [1, 4, 16]
    assert [found["mse", a][1] for a in (2, 3, 5)] == [2, 4, 8]
    assert [found["mae", a] for a in (2, 3, 5)] == [(1, 1), (2, 1), (4, 1)]
