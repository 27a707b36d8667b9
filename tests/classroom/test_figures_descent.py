"""The pictures of gradient descent show the numbers that they are given."""

import numpy as np

from dnn_lessons.classroom.figures.descent import (
    parabola_steps,
)
from dnn_lessons.descent import descend, quadratic


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
