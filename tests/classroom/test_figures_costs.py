"""The pictures of the costs draw the arrays that they are given, and tell nothing by colour alone."""

import subprocess
import sys

import numpy as np
import pytest

from dnn_lessons.classroom.figures import costs, png

A = np.linspace(-1, 3, 41)
TWO = {"first": np.square(A), "second": np.abs(A)}
PICTURES = {
    "loss_and_gradient": lambda: costs.loss_and_gradient(
        A, TWO, TWO, mark=(1.0, 1.0, 2.0)
    ),
    "cost_of_constant": lambda: costs.cost_of_constant(
        A, TWO, {"first": (0, 0), "second": (0, 0)}, [0.0, 1.0]
    ),
    "likelihood": lambda: costs.likelihood(A, TWO, {"first": (0, 0), "second": (3, 3)}),
    "densities": lambda: costs.densities(A, TWO, 1.0),
    "subgradients": lambda: costs.subgradients(
        A, np.abs(A), {"slope 0": 0 * A, "slope 0.5": 0.5 * A}, 0.0
    ),
    "step_paths": lambda: costs.step_paths(TWO, 1.0),
}
every_picture = pytest.mark.parametrize("make", PICTURES.values(), ids=PICTURES)


def curves(axis):
    """The lines of the axis that have as many points as the arrays."""
    return [line for line in axis.lines if len(line.get_xdata()) == A.size]


def written(axis):
    return [text.get_text() for text in axis.texts]


@every_picture
def test_every_curve_differs_by_more_than_colour(make):
    for axis in make().axes:
        styles = [
            (str(line.get_linestyle()), str(line._unscaled_dash_pattern))
            for line in curves(axis)
        ]
        assert len(set(styles)) == len(styles)


@pytest.mark.long
@every_picture
def test_every_picture_names_its_axes_and_becomes_a_small_png(make):
    figure = make()
    assert all(axis.get_xlabel() for axis in figure.axes)
    assert png(figure).startswith(b"\x89PNG")
    assert len(png(figure)) < 60_000


def test_a_marked_prediction_has_its_tangent_and_its_numbers():
    left, right = PICTURES["loss_and_gradient"]().axes
    (tangent,) = [
        line
        for line in left.lines
        if len(line.get_xdata()) == 2 and len(set(line.get_ydata())) == 2
    ]
    (x0, x1), (y0, y1) = tangent.get_data()
    assert (y1 - y0) / (x1 - x0) == pytest.approx(2)
    assert (y0 + y1) / 2 == pytest.approx(1)
    assert written(left) == ["loss 1.00"]
    assert written(right) == ["slope 2.00"]


def test_losses_and_derivatives_keep_their_panels():
    left, right = costs.loss_and_gradient(A, {"loss": np.square(A)}, {"loss": 2 * A}).axes
    assert np.array_equal(curves(left)[0].get_ydata(), np.square(A))
    assert np.array_equal(curves(right)[0].get_ydata(), 2 * A)


def test_the_best_constant_is_marked_where_it_was_said_to_be():
    figure = costs.cost_of_constant(
        A, TWO, {"first": (0.5, 0.25), "second": (0, 0)}, labels=[0.0, 1.0]
    )
    stars = [
        line for axis in figure.axes for line in axis.lines if line.get_marker() == "*"
    ]
    assert [(*line.get_xdata(), *line.get_ydata()) for line in stars] == [
        (0.5, 0.25),
        (0, 0),
    ]
    assert [written(axis) for axis in figure.axes] == [["best at 0.5"], ["best at 0"]]


def test_a_density_is_read_off_over_the_label():
    (axis,) = costs.densities(A, TWO, 2.0).axes
    assert written(axis) == ["4.00", "2.00"]


@pytest.mark.long
def test_the_pictures_need_no_global_state():
    script = "import sys, dnn_lessons.classroom.figures.costs; sys.exit('matplotlib.pyplot' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
