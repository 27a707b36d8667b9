"""Figures as SVG text, and lines as paths of it."""

import re

import numpy as np
import pytest
from explorer_cases import plain, points_of

from dnn_lessons.classroom.explorers.svg import LivePicture
from dnn_lessons.classroom.figures import new_figure


@pytest.fixture
def live():
    """A picture whose axes go from 0 to 1 and hold the line "line"; it and its figure."""
    figure, axes = new_figure()
    axes.plot([0, 1], [0, 1], gid="line")
    axes.set(xlim=(0, 1), ylim=(0, 1))
    picture = LivePicture()
    picture.svg(figure)
    return picture, figure


@pytest.mark.filterwarnings("error")
def test_the_picture_is_one_svg_whose_words_are_text():
    text = LivePicture().svg(plain().draw(3))
    assert text.startswith("<svg")
    assert "<style" not in text, "it would hold for the whole page"
    assert text.count("<svg") == text.count("</svg>") == 1
    assert "<text" in text


def test_the_axes_stand_where_they_stood_in_the_first_picture():
    picture = LivePicture()
    places = []
    for label in ("y", "a label\nof\nthree lines"):
        figure, axes = new_figure()
        axes.set_ylabel(label)
        picture.svg(figure)
        places.append(axes.get_position().bounds)
    assert places[0] == places[1]


@pytest.mark.parametrize("far", [1e9, -1e200, 1e307])
def test_a_line_that_leaves_the_picture_is_cut_off_where_it_leaves_it(far, live):
    picture, figure = live
    near, cut = points_of(picture.path("line", [0.2, 0.5], [0.5, far]))
    assert np.allclose(near, points_of(picture.path("line", [0.2], [0.5])).mean(axis=0))
    assert abs(cut[0] - near[0]) < 0.05, "so steep that it leaves where it began"
    assert cut[1] in (-1, figure.bbox.height + 1)
    assert picture.path("line", [0.2, 0.5], [far, far]) == ""


def test_a_line_leaves_out_what_is_not_finite(live):
    picture, _ = live
    assert points_of(picture.path("line", [0, 0.5, 1], [0, np.nan, 1])).shape == (2, 2)
    assert picture.path("line", [0.0], [np.inf]) == picture.path("line", [], []) == ""


@pytest.mark.parametrize("points", [0, 1, 2])
def test_a_named_line_has_one_path_however_few_its_points(points):
    figure, axes = new_figure()
    axes.plot(range(points), range(points), gid="line")
    text = LivePicture().svg(figure)
    assert len(re.findall(r'<g id="line">\s*<path', text)) == 1
