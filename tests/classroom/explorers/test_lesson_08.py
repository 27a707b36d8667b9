"""The explorer of an outlier."""

import numpy as np

from dnn_lessons.classroom.explorers import outlier_explorer
from dnn_lessons.classroom.explorers.picture import Line


def constants(explorer):
    """Where the lines of mean and median stand among the labels."""
    marks = explorer.drawn.panels[0].marks
    return [mark.x[0] for mark in marks if isinstance(mark, Line)]


def test_the_lines_are_the_mean_and_the_median_on_an_axis_that_stays():
    explorer = outlier_explorer()
    axes = {panel.x for panel in explorer.drawn.panels}
    for at in explorer.controls[0].values:
        labels = [1, 2, 3, 4, at]
        assert constants(explorer.set(at=at)) == [np.mean(labels), np.median(labels)]
        assert {panel.x for panel in explorer.drawn.panels} == axes


def test_the_answer_to_move_it():
    explorer = outlier_explorer(at=3)
    assert constants(explorer) == [2.6, 3]
    assert constants(explorer.set(at=30)) == [8, 3]
    assert explorer.words == (
        "Labels 1, 2, 3, 4 and 30. Best constants: mean (MSE) 8, median (MAE) 3."
    )
    assert constants(explorer.set(at=5)) == [3, 3]
