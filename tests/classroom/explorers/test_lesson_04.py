"""The explorer of the leaky ReLU: the leak turns the left side of the curve, on axes that stay."""

import numpy as np

from dnn_lessons.classroom.explorers import leak_explorer
from dnn_lessons.classroom.explorers.picture import Level, Line, Points


def curve(explorer, panel):
    """The points of the line that is the curve, or its slope, and not the tangent."""
    marks = explorer.drawn.panels[panel].marks
    (line,) = (mark for mark in marks if isinstance(mark, Line) and not mark.label)
    return line.x, line.y


def kinks(explorer):
    """How many marks of the jump there are."""
    return sum(isinstance(mark, Points) for mark in explorer.drawn.panels[1].marks)


def test_a_slope_that_grows_is_seen_to_grow():
    explorer = leak_explorer(alpha=0)
    low, high = explorer.drawn.panels[1].y[1:3]
    for alpha in explorer.controls[1].values:
        z, slope = curve(explorer.set(alpha=alpha), 1)
        assert set(slope[z < 0]) == {alpha}
        assert set(slope[z > 0]) == {1}
        assert explorer.drawn.panels[1].y[1:3] == (low, high)
        assert low < alpha < high


def test_the_level_0_is_drawn():
    for panel in leak_explorer().drawn.panels:
        (level,) = (mark for mark in panel.marks if isinstance(mark, Level))
        assert level.at == 0


def test_the_answer_to_move_it():
    explorer = leak_explorer(z=-1, alpha=0)
    before, after = curve(explorer, 0), curve(explorer.set(alpha=1.5), 0)
    right = before[0] >= 0
    assert np.array_equal(before[1][right], after[1][after[0] >= 0])
    assert after[1][0] == -6
    assert kinks(explorer) == kinks(leak_explorer(alpha=0.99)) == 2
    assert kinks(explorer.set(alpha=1)) == 0
    assert explorer.words.endswith("Both sides have the same slope: no kink.")
    assert np.array_equal(*curve(explorer, 0))
