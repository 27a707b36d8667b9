"""The pictures of gradient descent show the numbers that they are given."""

import numpy as np
import pytest

from dnn_lessons.classroom.figures import png
from dnn_lessons.classroom.figures.descent import (
    Descent,
    descent_animation,
    descent_paths,
    initialisation_spread,
    parabola_steps,
)
from dnn_lessons.descent import SURFACES, descend, grid, quadratic


def descent(name, *rates, steps=20):
    surface = SURFACES[name]
    paths = {
        f"η = {rate}": descend(surface, surface.start, rate, steps) for rate in rates
    }
    costs = {label: surface.value(path) for label, path in paths.items()}
    return Descent(
        name,
        *grid(surface, points=21),
        {label: (paths[label], costs[label]) for label in paths},
    )


def xy(line):
    return np.stack(line.get_data())


def test_each_surface_has_its_paths_above_its_costs():
    figure = descent_paths([descent(name, 0.02, 0.18) for name in SURFACES])
    assert [axes.get_title() for axes in figure.axes] == [*SURFACES, "", "", ""]
    path, costs = descent("ravine", 0.02, 0.18).paths["η = 0.18"]
    np.testing.assert_array_equal(xy(figure.axes[1].lines[1]), path)
    np.testing.assert_array_equal(figure.axes[4].lines[1].get_ydata(), costs)
    assert [text.get_text() for text in figure.axes[-1].get_legend().texts] == [
        "η = 0.02",
        "η = 0.18",
    ]


def test_paths_differ_in_style_and_marker_too():
    lines = descent_paths([descent("bowl", 0.02, 0.18, 0.21)]).axes[0].lines
    assert (
        len({line.get_linestyle() for line in lines})
        == len({line.get_marker() for line in lines})
        == 3
    )


def test_a_path_is_drawn_up_to_its_first_point_outside():
    drawn = xy(descent_paths([descent("ravine", 0.21, steps=60)]).axes[0].lines[0])
    assert abs(drawn[1, -1]) > 1.5
    assert (np.abs(drawn[1, :-1]) <= 1.5).all()


def test_the_parabola_carries_every_step():
    surface, theta = quadratic("parabola", [4], [1]), np.linspace(-2, 2, 9)
    path = descend(surface, [-1], 0.1, 5)
    figure = parabola_steps(
        theta, surface.value(theta[None]), {"η = 0.1": (path[0], surface.value(path))}
    )
    np.testing.assert_array_equal(
        xy(figure.axes[0].lines[1]), np.stack([path[0], 2 * path[0] ** 2])
    )


def test_the_spread_is_the_root_mean_square():
    line = (
        initialisation_spread({"a": [np.full((3, 2), -2.0), np.array([[3.0, 4.0]])]})
        .axes[0]
        .lines[0]
    )
    np.testing.assert_allclose(xy(line), [[1, 2], [2, np.sqrt(12.5)]])


@pytest.mark.parametrize(("steps", "frames"), [(10, 11), (100, 40), (0, 1)])
def test_the_animation_goes_from_start_to_end(steps, frames):
    figures = descent_animation(descent("saddle", 0.1, steps=steps))
    assert len(figures) == frames
    titles = [figure.axes[0].get_title() for figure in figures]
    assert (titles[0], titles[-1], len(set(titles))) == (
        "step 0",
        f"step {steps}",
        frames,
    )


def test_a_frame_renders():
    assert png(descent_animation(descent("saddle", 0.1, steps=3))[2]).startswith(
        b"\x89PNG"
    )
