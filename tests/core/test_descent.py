"""The surfaces of the gradient descent lesson, and the descent on them."""

import numpy as np
import pytest

from dnn_lessons.descent import (
    COST_LIMIT,
    SURFACES,
    descend,
    descend_at_rates,
    grid,
    quadratic,
)
from dnn_lessons.gradient_check import numerical_gradient, relative_error


@pytest.mark.parametrize("surface", SURFACES.values(), ids=SURFACES)
def test_the_gradient_of_a_surface_is_the_derivative_of_its_value(surface):
    for theta in np.random.default_rng(0).uniform(-2, 2, (20, 2)):
        assert (
            relative_error(
                surface.gradient(theta), numerical_gradient(surface.value, theta)
            )
            < 1e-8
        )


@pytest.mark.parametrize("surface", SURFACES.values(), ids=SURFACES)
def test_a_surface_takes_many_points_at_once(surface):
    theta, J = grid(surface, points=7)
    assert (
        theta.shape == (2, 7, 7)
        and J.shape == (7, 7)
        and surface.gradient(theta).shape == theta.shape
    )
    assert J[2, 5] == surface.value(theta[:, 2, 5])
    np.testing.assert_array_equal(
        surface.gradient(theta)[:, 2, 5], surface.gradient(theta[:, 2, 5])
    )
    assert J.min() >= 0


@pytest.mark.parametrize("rate", [0.1, 0.25, 0.49, 0.5, 0.51])
def test_each_step_on_a_quadratic_multiplies_by_one_minus_rate_times_curvature(rate):
    path = descend(quadratic("parabola", [4], [1]), [1.0], rate, 30)
    np.testing.assert_allclose(
        path[0], (1 - rate * 4) ** np.arange(31), rtol=1e-10, atol=1e-300
    )


def test_the_saddle_holds_a_start_on_its_ridge_and_lets_go_of_one_beside_it():
    assert descend(SURFACES["saddle"], (-1.6, 0.0), 0.2, 200)[1, -1] == 0
    for side in (-0.02, 0.02):
        end = descend(SURFACES["saddle"], (-1.6, side), 0.2, 200)[:, -1]
        np.testing.assert_allclose(end, (0, np.sign(side)), atol=1e-12)


@pytest.mark.parametrize("surface", SURFACES.values(), ids=SURFACES)
def test_a_diverging_descent_ends_finite(surface):
    path = descend(surface, surface.start, 50.0, 1000)
    assert (
        path.shape[1] < 1000
        and np.isfinite(path).all()
        and np.isfinite(surface.value(path)).all()
    )
    assert surface.value(path[:, -1]) >= COST_LIMIT > surface.value(path[:, -2])


def test_the_start_stays_and_a_rate_must_be_positive():
    start = np.array([1.0, 1.0])
    assert descend(SURFACES["bowl"], start, 0.5, 0).tolist() == [[1.0], [1.0]]
    descend(SURFACES["bowl"], start, 0.5, 3)
    assert start.tolist() == [1.0, 1.0]
    for rate in (0, -1, np.nan, np.inf):
        with pytest.raises(ValueError, match="learning_rate"):
            descend(SURFACES["bowl"], start, rate, 3)


def test_a_diverging_descent_ends_at_the_first_value_that_is_too_large():
    surface = quadratic("parabola", [1], [1])
    path = descend(surface, [1.0], 3.0, 1000)  # each step doubles theta
    assert surface.value(path[:, -1]) >= COST_LIMIT > surface.value(path[:, -2])


@pytest.mark.parametrize("surface", SURFACES.values(), ids=SURFACES)
def test_descents_side_by_side_are_those_of_each_rate_alone(surface):
    rates = np.array([0.02, 0.2, 3.0])
    paths = descend_at_rates(surface, surface.start, rates, 50)
    assert paths.shape == (2, 51, 3)
    for i, rate in enumerate(rates):
        alone = descend(surface, surface.start, rate, 50)
        np.testing.assert_array_equal(paths[:, : alone.shape[1], i], alone)


@pytest.mark.parametrize("surface", SURFACES.values(), ids=SURFACES)
def test_beside_a_minimum_the_threshold_parts_rates_that_close_in_from_others(surface):
    minimum = np.array([0.0, surface.name == "saddle"])
    for factor, closer in ((0.98, True), (1.02, False)):
        path = descend(surface, minimum + 1e-4, factor * surface.threshold, 60)
        ends = np.abs(path[:, [0, -1]] - minimum[:, None]).max(axis=0)
        assert (ends[1] < ends[0]) == closer


def test_the_curvatures_of_a_surface_are_its_second_derivatives_at_a_minimum():
    for surface in SURFACES.values():
        minimum, h = np.array([0.0, surface.name == "saddle"]), 1e-5
        for j, step in enumerate(h * np.eye(2)):
            ends = [surface.gradient(minimum + sign * step)[j] for sign in (1, -1)]
            assert (ends[0] - ends[1]) / (2 * h) == pytest.approx(surface.curvatures[j])


def test_the_surfaces_have_the_numbers_of_the_lesson():
    rows = {name: (row.start, row.curvatures) for name, row in SURFACES.items()}
    assert rows == {
        "bowl": ((-1.6, 1.2), (1, 1)),
        "ravine": ((-1.8, 0.9), (1, 10)),
        "saddle": ((-1.6, 0.02), (1, 2)),
    }
    assert [row.threshold for row in SURFACES.values()] == [2, 0.2, 1]
    assert COST_LIMIT == 1e12


def test_costs_are_those_of_their_formulas():
    theta = np.array([[3.0, 0.0, 1.0], [2.0, 1.0, 0.0]])
    J = {name: row.value(theta).tolist() for name, row in SURFACES.items()}
    assert J == {
        "bowl": [6.5, 0.5, 0.5],
        "ravine": [24.5, 5.0, 0.5],
        "saddle": [6.75, 0.0, 0.75],
    }


def test_a_grid_spans_the_width_and_the_height_with_its_points():
    (theta_1, theta_2), J = grid(SURFACES["bowl"])
    assert theta_1.shape == theta_2.shape == J.shape == (81, 81)
    assert (theta_1[0, 0], theta_1[0, -1], theta_1[-1, 0]) == (-2, 2, -2)
    assert (theta_2[0, 0], theta_2[0, -1], theta_2[-1, 0]) == (-1.5, -1.5, 1.5)
    (theta_1, theta_2), _ = grid(SURFACES["bowl"], 3.0, 5.0, 3)
    assert theta_1.tolist() == [[-3.0, 0.0, 3.0]] * 3
    assert theta_2.T.tolist() == [[-5.0, 0.0, 5.0]] * 3


def test_a_cost_as_large_as_the_limit_is_the_last():
    surface = quadratic("parabola", [2], [1])
    assert descend(surface, [1e6], 0.1, 5).shape == (1, 1)
    assert descend(surface, [1e6 * (1 - 1e-9)], 0.1, 5).shape == (1, 6)


def test_side_by_side_a_diverging_descent_goes_on_without_a_warning():
    paths = descend_at_rates(SURFACES["saddle"], (2.0, 2.0), np.array([0.1, 50.0]), 60)
    assert np.isfinite(paths[:, :, 0]).all() and not np.isfinite(paths[:, -1, 1]).all()
