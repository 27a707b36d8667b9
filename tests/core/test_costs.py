"""Costs: their values against loops and mpmath, their derivatives, their bounds, their registry."""

import math

import mpmath
import numpy as np
import pytest
from references import TEXTBOOK_LOSSES, central_differences, frozen, ulp_points, ulps

from dnn_lessons import (
    COSTS,
    Cost,
    compute_cost,
    cross_entropy,
    cross_entropy_backward,
    get_cost,
    mae,
    mae_backward,
    mse,
    mse_backward,
    sigmoid,
)
from dnn_lessons.costs import sigmoid_cross_entropy
from dnn_lessons.metrics import accuracy, rmse

FUSED_FORWARD, FUSED_BACKWARD = COSTS["cross_entropy"].from_logits[sigmoid]
DTYPES = [np.float32, np.float64]
LABELS = [0.0, 1.0, 0.25, 0.3]


def predictions(n_y=2, m=6, seed=0):
    """AL and Y inside (0, 1), at least 0.05 apart."""
    rng = np.random.default_rng(seed)
    AL = rng.uniform(0.1, 0.9, (n_y, m))
    return AL, np.where(AL < 0.5, AL + 0.05, AL - 0.05) * rng.choice([1, 0.5], (n_y, m))


@pytest.mark.parametrize("m", [1, 8, 64])
@pytest.mark.parametrize("name", TEXTBOOK_LOSSES)
def test_a_cost_is_the_mean_over_examples_of_the_sum_over_outputs(name, m):
    """Document faults C3 and M15: one 1/m, and none over the outputs."""
    AL, Y = predictions(3, m)
    losses = [
        float(TEXTBOOK_LOSSES[name](a, y))
        for a, y in zip(AL.ravel(), Y.ravel(), strict=True)
    ]
    assert compute_cost(AL, Y, name) == pytest.approx(math.fsum(losses) / m, rel=1e-13)
    assert COSTS[name].forward(AL, Y) == compute_cost(AL, Y, name)


@pytest.mark.parametrize("name", COSTS)
def test_every_registered_backward_is_m_times_the_derivative_of_its_forward(name):
    """Document fault C3: per example, so that the 1/m of linear_backward is the only one. Reads the registry."""
    row = COSTS[name]
    AL, Y = predictions()
    expected = central_differences(lambda P: row.forward(P["AL"], Y), {"AL": AL})["AL"]
    np.testing.assert_allclose(row.backward(AL, Y), AL.shape[1] * expected, rtol=1e-8)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", COSTS)
def test_every_registered_pair_keeps_shape_dtype_and_arguments(name, dtype):
    AL, Y = (frozen(each.astype(dtype)) for each in predictions())
    dAL = COSTS[name].backward(AL, Y)
    assert (dAL.shape, dAL.dtype) == (AL.shape, dtype)
    assert np.ndim(COSTS[name].forward(AL, Y)) == 0
    assert compute_cost(AL, Y, name) >= 0


@pytest.mark.long
@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("y", LABELS)
def test_cross_entropy_from_z_is_within_4_ulp_up_to_1e4(y, dtype):
    """Document fault C4. J = y log(1 + exp(-z)) + (1 - y) log(1 + exp(z)), one example at a time."""
    Z, Y = ulp_points(dtype), np.full((1, 1), y, dtype)
    computed = np.array([FUSED_FORWARD(z.reshape(1, 1), Y) for z in Z]).astype(dtype)
    with mpmath.workdps(60):
        y = mpmath.mpf(Y.item())
        exact = [
            y * mpmath.log1p(mpmath.exp(-z)) + (1 - y) * mpmath.log1p(mpmath.exp(z))
            for z in (mpmath.mpf(float(z)) for z in Z)
        ]
    assert ulps(computed, exact).max() <= 4


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("y", LABELS)
def test_the_fused_gradient_is_within_4_ulp_of_its_operands_up_to_1e4(y, dtype):
    """Document fault C5. A difference of rounded numbers can be no sharper: dZ is AL - Y within 4 units in the last
    place of max(AL, Y), and for Y = 0 within 4 of dZ itself.
    """
    Z, Y = ulp_points(dtype), dtype(y)
    AL, _ = sigmoid(Z)
    with mpmath.workdps(60):
        exact = [
            1 / (1 + mpmath.exp(-mpmath.mpf(float(z)))) - mpmath.mpf(float(Y)) for z in Z
        ]
    computed = FUSED_BACKWARD(AL, Y)
    assert computed.dtype == dtype
    assert ulps(computed, exact, scale=np.maximum(AL, Y)).max() <= 4


def test_the_fused_cost_is_the_mean_over_examples_too():
    rng = np.random.default_rng(3)
    Z, Y = rng.standard_normal((3, 7)), rng.uniform(0, 1, (3, 7))
    assert FUSED_FORWARD(Z, Y) == pytest.approx(
        cross_entropy(1 / (1 + np.exp(-Z)), Y), rel=1e-13
    )
    np.testing.assert_allclose(
        FUSED_BACKWARD(sigmoid(Z)[0], Y) / 7,
        central_differences(lambda P: FUSED_FORWARD(P["Z"], Y), {"Z": Z})["Z"],
        rtol=1e-8,
    )


@pytest.mark.parametrize(
    ("al", "y", "cost"),
    [
        (0.0, 0.0, 0.0),
        (1.0, 1.0, 0.0),
        (0.0, 1.0, np.inf),
        (1.0, 0.0, np.inf),
        (1.0, 0.5, np.inf),
        (0.0, 0.5, np.inf),
        (5e-324, 1.0, 744.4400719213812),
        (1e-20, 0.0, 1e-20),
    ],
)
def test_cross_entropy_at_the_ends_of_its_domain(al, y, cost):
    """Document fault C4: 0 log 0 is 0, a perfect prediction costs nothing, a certain and wrong one without bound."""
    assert cross_entropy(np.array([[al]]), np.array([[y]])) == pytest.approx(
        cost, rel=1e-15, abs=0
    )


@pytest.mark.parametrize("dtype", DTYPES)
def test_cross_entropy_backward_is_finite_at_the_ends_and_zero_at_equality(dtype):
    """Document fault C5: it divided by AL and by 1 - AL."""
    AL, Y = np.array([[0, 1, 0, 1, 0.5]], dtype), np.array([[0, 1, 1, 0, 0.5]], dtype)
    dAL = cross_entropy_backward(AL, Y)
    assert np.isfinite(dAL).all()
    np.testing.assert_array_equal(np.sign(dAL), [[0, 0, -1, 1, 0]])


@pytest.mark.parametrize(
    ("al", "y", "dAL"),
    [
        (1e-12, 0.0, 1 + 1e-12),
        (1e-12, 1.0, -1e12),
        (1 - 2**-40, 1.0, -1 - 2**-40),
        (1 - 2**-40, 0.0, 2.0**40),
    ],
)
def test_cross_entropy_backward_is_exact_up_to_the_ends(al, y, dAL):
    """No floor under AL (1 - AL) that would flatten it: -1 / AL for Y = 1, 1 / (1 - AL) for Y = 0."""
    assert cross_entropy_backward(
        np.array([[al]]), np.array([[y]])
    ).item() == pytest.approx(dAL, rel=1e-15, abs=0)


def test_mae_backward_is_zero_at_equality():
    """Document fault C10: it pushed a perfect prediction away with -1/m."""
    np.testing.assert_array_equal(
        mae_backward(np.array([[1.0, 2.0, 3.0]]), np.array([[2.0, 2.0, 2.0]])),
        [[-1, 0, 1]],
    )


@pytest.mark.parametrize("name", COSTS)
def test_a_perfect_prediction_costs_nothing_and_is_not_moved(name):
    Y = np.array([[0.0, 1.0, 0.0]])
    assert compute_cost(Y, Y, name) == 0
    np.testing.assert_array_equal(COSTS[name].backward(Y, Y), np.zeros((1, 3)))


def test_the_numbers_of_a_small_example_by_hand():
    AL, Y = np.array([[1.0, 2.0], [3.0, 5.0]]), np.array([[0.0, 2.0], [5.0, 4.0]])
    assert (mse(AL, Y), mae(AL, Y)) == ((1 + 0 + 4 + 1) / 2, (1 + 0 + 2 + 1) / 2)
    np.testing.assert_array_equal(mse_backward(AL, Y), [[2, 0], [-4, 2]])
    half = np.array([[0.5, 0.5]])
    assert cross_entropy(half, np.array([[0.0, 1.0]])) == pytest.approx(
        math.log(2), rel=1e-15
    )


def test_the_documents_names_form_the_registry():
    assert list(COSTS) == ["cross_entropy", "mse", "mae"]
    for name, forward, backward in (
        ("cross_entropy", cross_entropy, cross_entropy_backward),
        ("mse", mse, mse_backward),
        ("mae", mae, mae_backward),
    ):
        assert COSTS[name][:3] == (name, forward, backward)


def test_get_cost_takes_a_name_or_an_object():
    mine = Cost(
        "fourth power",
        lambda AL, Y: np.sum((AL - Y) ** 4) / AL.shape[1],
        lambda AL, Y: 4 * (AL - Y) ** 3,
    )
    assert get_cost("mae") is COSTS["mae"]
    assert get_cost(mine) is mine
    assert compute_cost(np.array([[3.0]]), np.array([[1.0]]), mine) == 16


@pytest.mark.parametrize("unknown", ["MSE", "crossentropy", None, 0, mse])
def test_an_unknown_cost_is_refused_with_all_known_names(unknown):
    """Document fault C18."""
    with pytest.raises(ValueError, match="unknown cost") as error:
        compute_cost(np.ones((1, 1)), np.ones((1, 1)), unknown)
    assert "known: cross_entropy, mse, mae" in str(error.value)


GOOD = np.array([[0.2, 0.7, 0.4]])
BAD_COSTS = {
    "column labels, which would broadcast to (m, m)": (
        GOOD,
        GOOD.T,
        "mse",
        "Y has shape (3, 1); expected (1, 3), columns being examples; transpose it: Y.T",
    ),
    "1-D labels": (GOOD, GOOD[0], "mse", "Y has shape (3,); expected (1, m)"),
    "too few labels": (GOOD, GOOD[:, :2], "mae", "Y has shape (1, 2); expected (1, 3)"),
    "1-D predictions": (GOOD[0], GOOD, "mse", "AL.reshape(1, -1)"),
    "empty": (
        np.ones((1, 0)),
        np.ones((1, 0)),
        "mse",
        "AL has shape (1, 0); expected at least one row",
    ),
    "NaN": (
        GOOD,
        np.array([[0.1, np.nan, 0.2]]),
        "mse",
        "Y holds NaN or infinite values in 1 of 3 places",
    ),
    "infinite": (
        np.array([[0.1, np.inf, -np.inf]]),
        GOOD,
        "mse",
        "AL holds NaN or infinite values in 2 of 3 places",
    ),
    "labels -1 and 1": (
        GOOD,
        np.array([[-1.0, 1.0, 1.0]]),
        "cross_entropy",
        "Y runs from -1 to 1; cross_entropy",
    ),
    "percent": (
        GOOD,
        100 * GOOD,
        "cross_entropy",
        "Y runs from 20 to 70; cross_entropy needs numbers from 0 to 1",
    ),
    "linear output": (
        GOOD + 1,
        GOOD,
        "cross_entropy",
        "AL runs from 1.2 to 1.7; cross_entropy needs numbers from 0",
    ),
}


@pytest.mark.parametrize("case", BAD_COSTS)
def test_compute_cost_names_what_is_wrong(case):
    """Document faults C8 and C9; the arguments are frozen, so they cannot change."""
    AL, Y, cost, message = BAD_COSTS[case]
    with pytest.raises(ValueError) as error:
        compute_cost(frozen(AL), frozen(Y), cost)
    assert message in str(error.value)


def test_compute_cost_refuses_words():
    with pytest.raises(TypeError, match="Y holds <U3; expected numbers"):
        compute_cost(GOOD, np.array([["yes", "no", "yes"]]), "mse")


def test_compute_cost_takes_lists_whole_numbers_and_truth_values():
    assert compute_cost([[0.5, 1.0]], [[0, 1]], "mse") == 0.125
    assert compute_cost(np.array([[0.5, 1.0]]), np.array([[False, True]]), "mae") == 0.25


def test_labels_are_rounded_as_the_predictions_are():
    """0.1 in float64 is no miss of a float32 prediction 0.1."""
    assert compute_cost(np.array([[0.1]], np.float32), np.array([[0.1]]), "mae") == 0


def test_without_a_name_the_cost_is_the_cross_entropy():
    assert compute_cost([[0.5, 0.5]], [[0, 1]]) == pytest.approx(np.log(2))


def test_a_cost_with_one_bound_has_it_checked():
    poisson = Cost(
        "poisson",
        lambda AL, Y: np.sum(AL - Y * np.log(AL)) / AL.shape[1],
        lambda AL, Y: 1 - Y / AL,
        bounds=(0.0, np.inf),
    )
    with pytest.raises(
        ValueError, match="AL runs from -1 to 2; poisson needs numbers from 0 to inf"
    ):
        compute_cost([[-1.0, 2.0]], [[1.0, 1.0]], poisson)


TWO_ARRAYS = (
    mse,
    mse_backward,
    mae,
    mae_backward,
    cross_entropy,
    cross_entropy_backward,
    sigmoid_cross_entropy,
    accuracy,
    rmse,
)


@pytest.mark.parametrize("function", TWO_ARRAYS, ids=lambda f: f.__name__)
def test_a_row_against_a_column_is_refused(function):
    row = np.array([[0.2, 0.7, 0.9]])
    with pytest.raises(
        ValueError, match=r"Y has shape \(3, 1\); expected \(1, 3\).*Y\.T"
    ):
        function(row, row.T)
    with pytest.raises(ValueError, match=r"Y has shape \(3,\); expected \(1, 3\)"):
        function(row, Y=row[0])
    assert np.isfinite(function(row, row)).all()


def test_weighted_sums_of_another_shape_are_refused():
    AL, Y = np.array([[0.2, 0.7]]), np.array([[0.0, 1.0]])
    with pytest.raises(ValueError, match="expected"):
        compute_cost(AL, Y, "cross_entropy", np.zeros((2, 1)), "sigmoid")


@pytest.mark.parametrize("name", ["mse", "mae"])
def test_a_prediction_and_a_label_may_be_plain_numbers(name):
    slope = get_cost(name).backward
    expected = slope(np.array([[0.5]]), np.array([[1.0]]))
    assert slope(0.5, 1.0) == slope(np.float64(0.5), 1.0) == expected
    with pytest.raises(ValueError, match="Y has shape"):
        slope(0.5, np.ones((1, 2)))


def test_a_cost_without_bounds_takes_every_finite_number():
    """A mutant lived that took 0 for its lower bound."""
    row = Cost("one's own", COSTS["mse"].forward, COSTS["mse"].backward)
    assert row.bounds == (-np.inf, np.inf)
    assert compute_cost([[-1e9, 3.0]], [[-1e9, 1.0]], row) == 2
