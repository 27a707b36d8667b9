"""The pictures of gradient descent show the numbers that they are given."""

import numpy as np
import pytest

from dnn_lessons.classroom.figures import png
from dnn_lessons.classroom.figures.descent import (
    Descent,
    descent_animation,
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


def test_the_parabola_carries_every_step():
    surface, theta = quadratic("parabola", [4], [1]), np.linspace(-2, 2, 9)
    path = descend(surface, [-1], 0.1, 5)
    figure = parabola_steps(
        theta, surface.value(theta[None]), {"η = 0.1": (path[0], surface.value(path))}
    )
    np.testing.assert_array_equal(
        xy(figure.axes[0].lines[1]), np.stack([path[0], 2 * path[0] ** 2])
    )


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
