"""The pictures of training hold the numbers that they were given, and tell nothing by colour alone."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from dnn_lessons.classroom.figures import LOOKS, png
from dnn_lessons.classroom.figures.training import (
    beyond_data,
    cost_curves,
    held_out_curves,
)

COSTS = {"slow": [4.0, 3.0, 2.5], "fast": [4.0, 1.0, 0.25], "wild": [4.0, 8.0, 0.5]}


def lines(figure):
    """{label: line} of the first panel."""
    return {line.get_label(): line for line in figure.axes[0].lines}


def legend(figure):
    """The words of every legend, in order."""
    legends = [
        *figure.legends,
        *(axis.get_legend() for axis in figure.axes if axis.get_legend()),
    ]
    return [text.get_text() for each in legends for text in each.get_texts()]


def test_cost_curves_start_at_epoch_one_and_hold_every_cost():
    drawn = lines(cost_curves(COSTS))
    assert list(drawn) == list(COSTS)
    for label, costs in COSTS.items():
        assert drawn[label].get_xdata().tolist() == [1, 2, 3]
        assert drawn[label].get_ydata().tolist() == costs


def test_curves_differ_in_line_style_and_marker_too():
    drawn = lines(cost_curves(COSTS)).values()
    assert (
        len({line.get_marker() for line in drawn})
        == len({line.get_linestyle() for line in drawn})
        == 3
    )


def test_each_curve_has_the_look_that_is_named_for_it():
    drawn = lines(cost_curves(COSTS, looks=["too large", "good", "too small"])).values()
    named = [LOOKS[name].colour for name in ("too large", "good", "too small")]
    assert [line.get_color() for line in drawn] == named


@pytest.mark.parametrize("log, scale", [(True, "log"), (False, "linear")])
def test_the_cost_axis_is_logarithmic_on_request(log, scale):
    figure = cost_curves(COSTS, ylabel="MSE", log=log)
    assert figure.axes[0].get_yscale() == scale
    assert figure.axes[0].get_ylabel() == "MSE"
    assert figure.axes[0].get_xlabel() == "epoch"


@pytest.mark.long
def test_a_logarithmic_axis_has_plain_numbers():
    figure = cost_curves(COSTS)
    png(figure)
    words = [text.get_text() for text in figure.axes[0].get_yticklabels()]
    assert {"0.5", "1", "2"} <= set(words)


@pytest.mark.parametrize("m", [1, 7, 8, 400])
def test_a_curve_carries_few_markers_whatever_its_length(m):
    (line,) = lines(cost_curves({"run": np.ones(m)})).values()
    assert 1 <= len(range(0, m, line.get_markevery())) <= 16


def test_held_out_curves_mark_the_place_to_stop():
    figure = held_out_curves([10, 20, 30], [3.0, 2.0, 1.0], [3.5, 2.5, 2.75], stop=20)
    drawn = lines(figure)
    assert [*drawn["training"].get_ydata()] == [3.0, 2.0, 1.0]
    assert [*drawn["held out"].get_ydata()] == [3.5, 2.5, 2.75]
    (star,) = [line for line in figure.axes[0].lines if line.get_marker() == "*"]
    assert [*star.get_xdata(), *star.get_ydata()] == [20, 2.5]
    assert [text.get_text() for text in figure.axes[0].texts] == [
        "lowest held-out cost: epoch 20"
    ]
    assert legend(figure) == ["training", "held out"]


def test_held_out_curves_without_a_mark():
    figure = held_out_curves([1, 2], [2.0, 1.0], [2.0, 1.5])
    assert not figure.axes[0].texts
    assert len(figure.axes[0].lines) == 2


def test_widths_stand_under_a_logarithmic_axis():
    figure = held_out_curves(
        [1, 8, 64], [3.0, 2.0, 1.0], [3.0, 2.0, 2.5], stop=8, xlabel="width", log_x=True
    )
    png(figure)
    assert [text.get_text() for text in figure.axes[0].get_xticklabels()] == [
        "1",
        "8",
        "64",
    ]


def test_beyond_data_shades_where_the_data_lie():
    x = np.linspace(-4, 4, 9).reshape(1, -1)
    figure = beyond_data(x, np.sin(x), x, -2, 2)
    (shade,) = figure.axes[0].patches
    assert np.allclose(
        shade.get_extents().transformed(figure.axes[0].transData.inverted()).intervalx,
        [-2, 2],
    )
    assert np.array_equal(lines(figure)["truth"].get_ydata(), np.sin(x[0]))
    assert np.array_equal(lines(figure)["prediction"].get_ydata(), x[0])
    assert legend(figure) == ["where the training data lie", "truth", "prediction"]


@pytest.mark.long
def test_no_picture_touches_pyplot():
    before = plt.get_fignums()
    png(cost_curves(COSTS))
    png(held_out_curves([1, 2], [2.0, 1.0], [2.0, 1.5], stop=2))
    assert plt.get_fignums() == before
