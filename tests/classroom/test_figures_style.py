"""The one look of all pictures: the same for every reader, and kept through the few colours of a small PNG."""

import io

import matplotlib as mpl
import numpy as np
import pytest
from PIL import Image

from dnn_lessons.classroom.figures.style import COLOURS, blank, new_figure, png, styled


@styled
def lines():
    """A thick line of each colour, and a text that is made after the axes are."""
    figure, axes = new_figure(width=4.0, height=3.0)
    for height, colour in enumerate(COLOURS.values()):
        axes.axhline(height, color=colour, linewidth=8)
    axes.set_title("late")
    return figure


@pytest.fixture(scope="module")
def shown():
    return png(lines())


def test_a_reader_with_another_style_sees_the_same_picture(shown):
    with mpl.rc_context({"font.size": 20, "axes.grid": False, "figure.facecolor": "black", "axes.facecolor": "red"}):
        assert lines().axes[0].title.get_fontsize() == 12
    assert png(lines()) == shown


@pytest.mark.parametrize("name", COLOURS)
def test_a_small_picture_keeps_each_colour(shown, name):
    frequent = [colour for count, colour in Image.open(io.BytesIO(shown)).convert("RGB").getcolors() if count > 500]
    colour = np.array([int(COLOURS[name][at : at + 2], 16) for at in (1, 3, 5)])
    assert np.abs(np.array(frequent) - colour).max(axis=1).min() <= 4


def test_a_small_picture_has_few_colours(shown):
    assert len(Image.open(io.BytesIO(shown)).convert("RGB").getcolors()) <= 48


def test_a_figure_that_was_loaded_follows_its_resolution():
    """Tick labels stand 7 points off the axis; a transform that missed the change of dpi keeps its old distance."""
    (kept, _), _ = blank(1, 1, 8.0, 3.6)
    figure, axes = new_figure()
    figure.draw_without_rendering()
    figure.dpi = 72
    label = axes.xaxis.get_major_ticks()[0].label1.get_transform()
    assert round(axes.transAxes.transform((0, 0))[1] - label.transform((0, 0))[1], 6) == 7
    assert blank(1, 1, 8.0, 3.6)[0][0] is kept is not figure
