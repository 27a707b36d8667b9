"""Sets of points: what is drawn follows its noise and its seed, and each set is the task that it is meant to be."""

import numpy as np
import pytest

from dnn_lessons.classroom.explorers.point_sets import (
    CENTRES,
    INNER,
    OUTER,
    POINT_SETS,
    circles,
    quadrants,
    scattered,
    spiral,
    two_blobs,
)
from dnn_lessons.datasets import Scaler, train_test_split, two_moons

every_set = pytest.mark.parametrize("name", POINT_SETS)


@every_set
def test_a_set_follows_its_seed_and_its_noise(name):
    draw = POINT_SETS[name]
    X, Y = draw(400, noise=0.1, rng=3)
    again, other = draw(400, noise=0.1, rng=3)[0], draw(400, noise=0.1, rng=4)[0]
    assert (X.shape, Y.shape, Y.dtype) == ((2, 400), (1, 400), np.float64)
    assert set(Y[0]) == {0, 1}
    assert abs(Y.mean() - 0.5) < 0.08
    np.testing.assert_array_equal(X, again)
    assert not np.array_equal(X, other)
    quiet = draw(4000, noise=0, rng=0)[0]
    noise = draw(4000, noise=0.2, rng=0)[0] - quiet
    np.testing.assert_allclose(noise.std(axis=1), 0.2, rtol=0.05)
    np.testing.assert_allclose(noise.mean(axis=1), 0, atol=0.02)


def test_circles_lie_inside_each_other():
    X, Y = circles(200, 0, 0)
    np.testing.assert_allclose(np.hypot(*X), np.where(Y[0], OUTER, INNER))


def test_quadrants_have_the_label_of_the_sign_of_the_product():
    X, Y = quadrants(200, 0, 0)
    np.testing.assert_array_equal(Y[0], np.sign(X[0]) == np.sign(X[1]))


def test_blobs_lie_opposite_each_other():
    X, Y = two_blobs(200, 0, 0)
    np.testing.assert_array_equal(X, np.where(Y, CENTRES, -CENTRES))


def test_the_arms_of_the_spiral_lie_opposite_each_other_and_one_apart():
    X, Y = spiral(2000, 0, 0)
    radius, angle = np.hypot(*X), np.arctan2(X[1], X[0])
    turned = (np.pi * radius + np.pi * Y[0] - angle) / (2 * np.pi)
    np.testing.assert_allclose(turned, np.round(turned), atol=1e-9)
    assert radius.min() >= 0.5
    assert radius.max() <= 3


def test_the_first_draw_is_that_of_the_lesson():
    X, Y = two_moons(500, noise=0.35, rng=0)
    (X, Y), (X_held, Y_held) = train_test_split(X, Y, test_size=0.8, rng=0)
    scaler = Scaler.fit(X)
    data = scattered("two moons", 0.35, 0)
    expected = scaler.transform(X), Y, scaler.transform(X_held), Y_held
    for got, wanted in zip(data, expected, strict=True):
        np.testing.assert_array_equal(got, wanted)


@every_set
def test_the_plane_holds_all_points(name):
    data = scattered(name, 0.6, 1)
    low, high = data.ends
    for X in (data.X, data.X_held):
        assert low < X.min()
        assert X.max() < high
