"""The pictures of a fit draw the arrays that they were given, all of them, and name them."""

import numpy as np
import pytest

from dnn_lessons.classroom.figures import fits, png

X = np.array([[3.0, 1.0, 2.0]])
Y = np.array([[30.0, 10.0, 20.0]])


def curves(axes):
    return {line.get_label(): line.get_xydata().tolist() for line in axes.lines}


def test_plot_epoch_starts_at_epoch_one_on_a_logarithmic_scale():
    (axes,) = fits.plot_epoch([4.0, 2.0, 1.0]).axes
    assert axes.lines[0].get_xydata().tolist() == [[1, 4], [2, 2], [3, 1]]
    assert (axes.get_yscale(), axes.get_xlabel()) == ("log", "epoch")


@pytest.mark.long
@pytest.mark.parametrize("costs", [[], [0.5], [1.0, 0.0]])
def test_plot_epoch_takes_any_costs(costs):
    figure = fits.plot_epoch(costs)
    assert png(figure).startswith(b"\x89PNG")
    assert figure.axes[0].get_yscale() == ("log" if costs == [0.5] else "linear")


@pytest.mark.long
def test_what_a_diverging_run_leaves_is_drawn_as_far_as_axes_go():
    huge = [[1.0, 1e200, np.inf]]
    for figure in (
        fits.plot_epoch(huge[0]),
        fits.fit_through_epochs(X, Y, {1: huge}),
        fits.residuals(X, {"r": huge}),
        fits.predicted_against_actual({"training": (Y, huge)}),
        fits.fits(X, Y, {"network": huge}),
    ):
        assert png(figure).startswith(b"\x89PNG")


@pytest.mark.parametrize("epochs", [(1,), (10, 50), (10, 50, 100, 500, 1000, 2000, 3000)])
def test_each_panel_shows_the_prediction_of_the_epoch_in_its_title(epochs):
    figure = fits.fit_through_epochs(
        X, Y, {epoch: Y + epoch for epoch in epochs}, "hours", "price"
    )
    shown = [axes for axes in figure.axes if axes.get_visible()]
    assert [axes.get_title() for axes in shown] == [
        f"after {e:,} epoch{'' if e == 1 else 's'}" for e in epochs
    ]
    for axes, epoch in zip(shown, epochs, strict=True):
        assert curves(axes)["network"] == [
            [1, 10 + epoch],
            [2, 20 + epoch],
            [3, 30 + epoch],
        ]
        assert curves(axes)["data"] == [[3, 30], [1, 10], [2, 20]]
    assert (figure.get_supxlabel(), figure.get_supylabel()) == ("hours", "price")
    assert [text.get_text() for text in figure.legends[0].get_texts()] == [
        "data",
        "network",
    ]


def test_fits_and_residuals_draw_from_left_to_right():
    predictions = {"line": Y + 1, "network": Y - 1}
    for figure in (fits.fits(X, Y, predictions), fits.residuals(X, predictions)):
        drawn = curves(figure.axes[0])
        assert drawn["line"] == [[1, 11], [2, 21], [3, 31]]
        assert drawn["network"] == [[1, 9], [2, 19], [3, 29]]
        lines = [line for line in figure.axes[0].lines if line.get_label() in predictions]
        assert len({line.get_linestyle() for line in lines}) == 2


def test_predicted_against_actual_draws_a_point_for_each_example():
    figure = fits.predicted_against_actual(
        {"training": (Y, Y + 1), "held out": (Y[:, :1], Y[:, :1] - 1)}, "price"
    )
    drawn = curves(figure.axes[0])
    assert drawn["training"] == [[30, 31], [10, 11], [20, 21]]
    assert drawn["held out"] == [[30, 29]]
    assert figure.axes[0].get_xlabel() == "actual price"
    assert len({line.get_marker() for line in figure.axes[0].lines}) == 3


@pytest.mark.long
def test_predicted_against_actual_takes_one_value():
    assert png(
        fits.predicted_against_actual({"training": (Y[:, :1], Y[:, :1])})
    ).startswith(b"\x89PNG")


def test_probabilities_are_counted_by_their_label():
    labels, AL = np.array([[0, 0, 1]]), np.array([[0.02, 0.98, 0.5]])
    figure = fits.probabilities_by_label({"training": (labels, AL)})
    bars = [
        [bar.get_height() for bar in container] for container in figure.axes[0].containers
    ]
    assert [sum(heights) for heights in bars] == [2, 1]
    assert (bars[0][0], bars[0][-1], bars[1][10]) == (1, 1, 1)


def test_scores_through_epochs_names_curves_and_levels():
    figure = fits.scores_through_epochs(
        {"training": [3, 2], "held out": [4, 5]}, {"mean": 6.0, "line": 2.5}
    )
    drawn = curves(figure.axes[0])
    assert drawn["training"] == [[1, 3], [2, 2]]
    assert [y for _, y in drawn["mean"]] == [6, 6]
    assert len({line.get_linestyle() for line in figure.axes[0].lines}) == 4


def test_an_epoch_that_was_kept_is_marked_also_where_no_cost_can_be_drawn():
    costs = {"training": [1e200] * 3, "held out": [1.7e308] * 3}
    assert png(fits.scores_through_epochs(costs, {}, kept=2)).startswith(b"\x89PNG")
