"""Data of the lessons: the curve, scaling, splitting, the tiny network, two moons."""

import math

import numpy as np
import pytest
from references import frozen

from dnn_lessons.datasets import (
    Scaler,
    attenuated_sine,
    midpoints,
    regression_curve,
    tiny_network,
    train_test_split,
    two_moons,
)


def test_the_curve_is_the_documents():
    """500 points, y = (0.25 sin x + 0.25) exp(-0.1 x), in real units (document fault M17)."""
    X, Y = regression_curve()
    assert X.shape == Y.shape == (1, 500)
    np.testing.assert_allclose(
        X[0], [-2 * math.pi + 4 * math.pi * i / 499 for i in range(500)], atol=1e-14
    )
    expected = [0.25 * (math.sin(x) + 1) * math.exp(-0.1 * x) for x in X[0]]
    np.testing.assert_allclose(Y[0], expected, rtol=1e-13, atol=1e-16)
    assert attenuated_sine(0) == 0.25
    assert np.mean((Y - Y.mean()) ** 2) == pytest.approx(
        0.0649, abs=5e-5
    )  # the constant predictor
    assert Y.min() >= 0 and Y.max() < 1


def test_midpoints_lie_between_the_points():
    X, _ = regression_curve(5)
    np.testing.assert_allclose(
        midpoints(X), [[-1.5 * math.pi, -0.5 * math.pi, 0.5 * math.pi, 1.5 * math.pi]]
    )


def test_a_scaler_gives_mean_0_and_deviation_1_and_takes_it_back():
    X = frozen(np.random.default_rng(0).normal([[5], [-300]], [[2], [0.01]], (2, 50)))
    scaler = Scaler.fit(X)
    scaled = scaler.transform(X)
    np.testing.assert_allclose(scaled.mean(axis=1), 0, atol=1e-9)
    np.testing.assert_allclose(scaled.std(axis=1), 1, rtol=1e-12)
    np.testing.assert_allclose(scaler.inverse_transform(scaled), X, rtol=1e-13)
    np.testing.assert_allclose(
        scaler.transform(np.array([[7.0], [-300.01]])),
        (np.array([[7.0], [-300.01]]) - scaler.mean) / scaler.standard_deviation,
    )


@pytest.mark.parametrize("value", [0.0, 3.0, 0.1, 1e9 + 0.1])
@pytest.mark.parametrize("m", [1, 7, 10])
def test_a_constant_row_is_moved_to_0_and_not_blown_up(value, m):
    """The rounding of its mean is no deviation."""
    X = np.full((1, m), value)
    scaler = Scaler.fit(X)
    assert scaler.standard_deviation.item() == 1
    np.testing.assert_allclose(scaler.transform(X), 0, atol=1e-6)


SHARES = [(10, 0.2, 2), (5, 0.2, 1), (2, 0.2, 1), (10, 0.5, 5), (442, 0.2, 88)]


@pytest.mark.parametrize(("m", "test_size", "test"), SHARES)
def test_held_out_examples_are_taken_from_the_others_with_their_labels(
    m, test_size, test
):
    X, Y = frozen((np.arange(2.0 * m).reshape(2, m), -np.arange(float(m)).reshape(1, m)))
    (X_train, Y_train), (X_test, Y_test) = train_test_split(X, Y, test_size, rng=0)
    assert (X_train.shape, X_test.shape) == ((2, m - test), (2, test))
    assert sorted([*X_train[0], *X_test[0]]) == list(range(m))
    for part, labels in ((X_train, Y_train), (X_test, Y_test)):
        np.testing.assert_array_equal(part[1], part[0] + m)
        np.testing.assert_array_equal(labels, -part[:1])


def test_held_out_examples_are_random_and_follow_the_seed():
    X = np.arange(40.0).reshape(1, 40)
    first, again, other = (train_test_split(X, X, rng=rng)[1][0] for rng in (0, 0, 1))
    assert np.array_equal(first, again) and not np.array_equal(first, other)
    assert not np.array_equal(np.sort(first), X[:, :8])


@pytest.mark.parametrize(
    ("m", "test_size"),
    [
        (10, 0),
        (10, 1),
        (10, -0.1),
        (10, 1.5),
        (1, 0.5),
        (10, 0.99),
        (300, 0.999),
        (0, 0.5),
    ],
)
def test_an_impossible_share_is_refused(m, test_size):
    with pytest.raises(
        ValueError, match=f"cannot hold out {test_size:g} of {m} examples"
    ):
        train_test_split(np.ones((1, m)), np.ones((1, m)), test_size)


def test_the_tiny_network_has_numbers_that_can_be_followed_by_hand():
    X, Y, parameters = tiny_network()
    Z1 = parameters["W1"] @ X + parameters["b1"]
    A1 = np.where(Z1 > 0, Z1, 0)
    np.testing.assert_array_equal(Z1, [[1, -1], [-0.5, 1.5]])
    np.testing.assert_array_equal(parameters["W2"] @ A1 + parameters["b2"], [[2.5, -1]])
    np.testing.assert_array_equal(Y, [[1, 0]])


def test_two_moons_without_noise_are_two_half_circles():
    X, Y = two_moons(200, noise=0, rng=0)
    assert (X.shape, Y.shape) == ((2, 200), (1, 200))
    for label, centre, side in ((0, (-0.5, -0.25), 1), (1, (0.5, 0.25), -1)):
        dx, dy = X[:, Y[0] == label] - np.array(centre).reshape(2, 1)
        np.testing.assert_allclose(dx**2 + dy**2, 1)
        assert (side * dy >= 0).all() and dx.min() < -0.9 and dx.max() > 0.9


def test_two_moons_follow_their_seed_and_noise():
    (X, Y), (X_again, _), (X_other, _) = (two_moons(64, 0.1, rng) for rng in (0, 0, 1))
    assert Y.mean() == 0.5 and Y.dtype == np.float64
    assert np.array_equal(X, X_again) and not np.array_equal(X, X_other)
    quiet, noisy = two_moons(5000, 0, rng=0)[0], two_moons(5000, 0.1, rng=0)[0]
    assert (noisy - quiet).std() == pytest.approx(0.1, rel=0.03)
    rng = np.random.default_rng(0)
    rng.uniform(size=5000)  # the angles are drawn first
    normal = rng.standard_normal((2, 5000))
    np.testing.assert_allclose(noisy - quiet, 0.1 * normal, atol=1e-14)


def test_a_deviation_that_rounds_to_0_counts_as_none():
    assert Scaler.fit(np.array([[0.0, 5e-324]])).standard_deviation.item() == 1


def test_a_constant_row_gets_the_deviation_that_is_asked_for_and_no_other_does():
    X = np.array([[0.1, 0.1, 0.1], [1.0, 2.0, 3.0], [0.0, 0.0, 5e-324]])
    assert Scaler.fit(X, constant=np.inf).standard_deviation[:, 0].tolist() == [
        np.inf,
        X[1].std(),
        1,
    ]


def test_the_moons_have_a_noise_of_a_tenth():
    np.testing.assert_array_equal(two_moons(20, rng=0)[0], two_moons(20, 0.1, rng=0)[0])


def test_a_fifth_is_held_out_and_there_are_200_moons_unless_asked_otherwise():
    X, Y = two_moons(rng=0)
    assert (X.shape, Y.shape) == ((2, 200), (1, 200))
    train, test = train_test_split(X[:, :10], Y[:, :10], rng=0)
    asked, _ = train_test_split(X[:, :10], Y[:, :10], 0.2, 0)
    assert (train[0].shape, test[0].shape) == ((2, 8), (2, 2))
    np.testing.assert_array_equal(train[0], asked[0])
