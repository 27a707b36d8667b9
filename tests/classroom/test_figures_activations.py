"""The pictures of the activations show the numbers that they were given."""

import io

import numpy as np
import pytest
from PIL import Image

from dnn_lessons import ACTIVATIONS
from dnn_lessons.classroom.figures import png
from dnn_lessons.classroom.figures.activations import (
    activation_and_slope,
    arrows,
    chords,
    compare_curves,
    histograms,
)
from dnn_lessons.classroom.figures.looks import PAPER
from dnn_lessons.classroom.figures.parts import with_gap

Z = np.linspace(-4, 4, 81)


def picture(name, **marks):
    row = ACTIVATIONS[name]
    A, cache = row.forward(Z)
    return activation_and_slope(
        Z, A, row.backward(np.ones_like(Z), cache), "g(z)", **marks
    )


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_curve_and_slope_are_those_of_the_activation(name):
    for axis, values in zip(picture(name).axes, curves(name), strict=True):
        np.testing.assert_array_equal(axis.lines[0].get_ydata(), values)


def curves(name):
    A, cache = ACTIVATIONS[name].forward(Z)
    return A, ACTIVATIONS[name].backward(np.ones_like(Z), cache)


def test_saturated_regions_are_shaded_within_the_picture_and_named():
    for axis in picture("sigmoid", saturated=[(-np.inf, -3), (3, np.inf)]).axes:
        assert [
            (patch.get_x(), patch.get_x() + patch.get_width()) for patch in axis.patches
        ] == [(-4, -3), (3, 4)]
        assert [text.get_text() for text in axis.texts] == ["saturated"] * 2


def test_a_jump_is_not_drawn_as_a_line():
    _, slope = picture("relu", kink=0.0).axes
    z, values = slope.lines[0].get_data()
    at = np.flatnonzero(np.isnan(values))
    assert (
        len(at) == 1
        and z[at - 1] == 0 < z[at + 1]
        and values[at - 1] == 0
        and values[at + 1] == 1
    )
    np.testing.assert_array_equal(np.delete(values, at), curves("relu")[1])
    assert with_gap(Z, Z, None) == (Z, Z)


def test_dots_at_the_kink_tell_the_value_taken_from_the_other_limit():
    _, slope = picture("leaky_relu", kink=0.0).axes
    dots = {
        line.get_label(): (line.get_ydata()[0], line.get_markerfacecolor())
        for line in slope.lines[1:]
    }
    assert dots["value taken at the kink"][0] == 0.01
    assert dots["limit from the right"] == (1, PAPER)


def test_a_panel_holds_its_own_curves_only():
    left, right = compare_curves(Z, {"parts": {"one": Z}, "sum": {"both": 2 * Z}}).axes
    np.testing.assert_array_equal(left.lines[0].get_ydata(), Z)
    np.testing.assert_array_equal(right.lines[0].get_ydata(), 2 * Z)
    assert (len(left.lines), len(right.lines)) == (1, 1)


def test_a_label_keeps_its_line_in_all_panels_and_no_two_lines_are_alike():
    figure = compare_curves(
        Z, {"value": {"one": Z, "two": 2 * Z}, "slope": {"one": Z, "two": Z[:40]}}
    )
    looks = [
        [(line.get_linestyle(), line.get_color()) for line in axis.lines]
        for axis in figure.axes
    ]
    assert looks[0] == looks[1]
    assert len({style for style, _ in looks[0]}) == 2


def test_curves_that_jump_have_a_gap_at_the_kink():
    axis = compare_curves(Z, {"slope": {"relu": curves("relu")[1]}}, kink=0.0).axes[0]
    z, values = axis.lines[0].get_data()
    assert (
        np.all(np.diff(values[z <= 0]) == 0)
        and np.all(np.diff(values[z > 0]) == 0)
        and np.isnan(values).sum() == 1
    )


def test_chords_carry_the_slope_of_their_ends():
    axis = chords(
        Z, np.maximum(Z, 0), "g(z)", left=((-1, 0), (0, 0)), central=((-1, 0), (1, 1))
    ).axes[0]
    assert [line.get_label() for line in axis.lines] == [
        "g(z)",
        "left: slope 0",
        "central: slope 0.5",
    ]


def test_a_level_is_marked_at_its_height():
    axis = compare_curves(Z, {"value": {"curve": Z}}, level=0.5).axes[0]
    assert list(axis.lines[-1].get_ydata()) == [0.5, 0.5]


@pytest.mark.parametrize("scale", ["linear", "log"])
def test_the_scale_of_curves_is_the_one_asked_for(scale):
    panels = {"value": {"one": Z**2 + 1}, "slope": {"two": Z**2 + 2}}
    axes = compare_curves(Z, panels, scale=scale).axes
    assert [axis.get_yscale() for axis in axes] == [scale, scale]


def test_arrows_end_where_they_should_and_stay_within_the_panel():
    ends = {"wanted": (0.5, -0.5), "step": (0.6, 0.4)}
    axis = arrows(ends, "x", "y").axes[0]
    arrows_drawn = [text.xy for text in axis.texts if hasattr(text, "xy")]
    names = {
        text.get_text().strip(): text.get_position()
        for text in axis.texts
        if text.get_text()
    }
    assert arrows_drawn == list(ends.values())
    assert names == ends
    assert axis.get_xlim()[1] > 0.6
    assert axis.get_ylim() == pytest.approx((-0.72, 0.72))


def test_spread_shows_all_numbers_and_their_mean():
    axis = histograms({"numbers": np.array([[0.0, 0.5], [0.5, 1.0]])}, -1, 1).axes[0]
    assert sum(bar.get_height() for bar in axis.patches) == 4
    assert axis.lines[0].get_xdata()[0] == 0.5


@pytest.mark.long
def test_picture_is_small_and_wide_enough_to_project():
    data = png(picture("leaky_relu", kink=0.0, saturated=[(-4, 0)]))
    assert len(data) < 60_000
    assert Image.open(io.BytesIO(data)).width >= 1280
