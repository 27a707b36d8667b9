"""The pictures of mini-batches show the batches and the numbers that they are given."""

import numpy as np
import pytest
from matplotlib.colors import to_rgba

from dnn_lessons.batching import batch_generator
from dnn_lessons.classroom.figures import png
from dnn_lessons.classroom.figures.batches import (
    batches_picture,
    epochs_and_steps,
    gradient_noise,
)


def numbers(m, B, rng=0):
    X = np.arange(1, m + 1).reshape(1, m)
    return [batch[0] for batch, _ in batch_generator(X, X, B, rng=rng)]


@pytest.mark.parametrize(("n_x", "n_y"), [(2, 1), (3, 2)])
def test_every_example_is_drawn_once_above_and_once_below_in_the_order_of_its_batch(
    n_x, n_y
):
    batches = numbers(10, 4)
    axes = batches_picture(batches, n_x, n_y).axes[0]
    assert len(axes.patches) == 2 * 10 * (n_x + n_y)
    assert sum(patch.get_hatch() is not None for patch in axes.patches) == 2 * 10 * n_y
    shown = [text for text in axes.texts if text.get_text().isdigit()]
    below = sorted(shown[10:], key=lambda text: text.get_position())
    assert [int(text.get_text()) for text in shown[:10]] == list(range(1, 11))
    assert [int(text.get_text()) for text in below] == np.concatenate(batches).tolist()
    assert [text.get_text() for text in axes.texts if "batch" in text.get_text()][
        -1
    ] == "batch 3: 2 of 10"


def test_an_example_keeps_its_colour_and_batches_stand_apart():
    batches = numbers(6, 3)
    patches = batches_picture(batches, 1, 1).axes[0].patches
    above, below = patches[:12], patches[12:]
    colours = {i: above[2 * (i - 1)].get_facecolor() for i in range(1, 7)}
    assert [patch.get_facecolor() for patch in below[::2]] == [
        colours[i] for i in np.concatenate(batches)
    ]
    assert colours[batches[0][0]] != colours[batches[1][0]] != to_rgba("white")
    left = np.diff([patch.get_x() for patch in below[::2]])
    assert (left > 1).tolist() == [False, False, True, False, False]


@pytest.mark.long
def test_the_noise_is_measured_around_the_full_gradient():
    full = np.array([1.0, -1.0])
    samples = {
        1: full[:, None] + np.array([[3.0, -3.0], [4.0, -4.0]]),
        4: full[:, None] + np.ones((2, 5)),
    }
    figure = gradient_noise(full, samples, (np.array([1, 4]), np.array([5, 1.5])))
    np.testing.assert_array_equal(figure.axes[0].lines[0].get_ydata(), samples[1][1])
    np.testing.assert_allclose(figure.axes[-1].lines[1].get_ydata(), [5, np.sqrt(2)])
    assert png(figure).startswith(b"\x89PNG")


def test_the_same_costs_stand_over_epochs_and_over_steps():
    left, right = epochs_and_steps({8: (3, [4.0, 2.0]), 24: (1, [4.0, 3.0])}).axes
    assert [line.get_xdata().tolist() for line in left.lines] == [[1, 2], [1, 2]]
    assert [line.get_xdata().tolist() for line in right.lines] == [[3, 6], [1, 2]]
    for axes in (left, right):
        assert [list(line.get_ydata()) for line in axes.lines] == [[4, 2], [4, 3]]
