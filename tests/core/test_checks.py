"""The checks of what a reader passes: what they accept, and what their errors say."""

import numpy as np
import pytest

from dnn_lessons import Activation, Cost
from dnn_lessons._checks import (
    all_finite,
    as_floats,
    as_matrix,
    check_bounds,
    check_data,
    check_layer_dims,
    check_shape,
    encloses,
    lookup,
    positive_float,
    positive_int,
    same_examples,
)
from dnn_lessons.metrics import accuracy


@pytest.mark.parametrize(
    ("values", "dtype"),
    [
        (np.ones((2, 3), np.float32), np.float32),
        (np.ones((2, 3)), np.float64),
        (np.ones((2, 3), int), np.float64),
        (np.ones((2, 3), bool), np.float64),
        (np.ones((2, 3), np.uint8), np.float64),
        (np.ones((2, 3), np.float16), np.float64),
        ([[1, 2, 3], [4, 5, 6]], np.float64),
    ],
)
def test_numbers_of_every_kind_pass(values, dtype):
    A = as_matrix("X", values)
    assert A.dtype == dtype
    np.testing.assert_array_equal(A, np.array(values, float))


def test_a_float_array_passes_without_a_copy():
    A = np.ones((2, 3))
    assert as_matrix("X", A, 2, 3) is A


MATRIX = [  # values, rows, columns, error, message
    (np.array([["1"]]), None, None, TypeError, "X holds <U1; expected numbers"),
    (
        np.ones((1, 1), complex),
        None,
        None,
        TypeError,
        "X holds complex128; expected numbers",
    ),
    (np.array([[object()]]), None, None, TypeError, "X holds object; expected numbers"),
    (None, None, None, TypeError, "X holds object; expected numbers"),
    (
        np.array([["2020-01-01"]], "M8[D]"),
        None,
        None,
        TypeError,
        "X holds datetime64[D]; expected numbers",
    ),
    (
        5.0,
        None,
        None,
        ValueError,
        "X has shape (); expected (rows, m), columns being examples",
    ),
    (
        [1, 2],
        None,
        None,
        ValueError,
        "X has shape (2,); expected (rows, m), columns being examples; one feature or "
        "output is a row: X.reshape(1, -1)",
    ),
    (
        np.ones((1, 2, 3)),
        None,
        None,
        ValueError,
        "X has shape (1, 2, 3); expected (rows, m), columns being examples",
    ),
    (
        np.ones((0, 3)),
        None,
        None,
        ValueError,
        "X has shape (0, 3); expected at least one row and one example",
    ),
    (
        np.ones((3, 0)),
        3,
        None,
        ValueError,
        "X has shape (3, 0); expected at least one row and one example",
    ),
    (
        np.ones((2, 3)),
        4,
        None,
        ValueError,
        "X has shape (2, 3); expected (4, m), columns being examples",
    ),
    (
        np.ones((6, 3)),
        3,
        None,
        ValueError,
        "X has shape (6, 3); expected (3, m), columns being examples; transpose it: X.T",
    ),
    (
        np.ones((2, 3)),
        None,
        4,
        ValueError,
        "X has shape (2, 3); expected (2, 4), columns being examples",
    ),
    (
        np.ones((2, 3)),
        3,
        2,
        ValueError,
        "expected (3, 2), columns being examples; transpose it: X.T",
    ),
    (
        [[1, np.nan, np.inf]],
        None,
        None,
        ValueError,
        "X holds NaN or infinite values in 2 of 3 places; drop or replace "
        "those examples first",
    ),
    (
        np.array([[-np.inf]], np.float32),
        None,
        None,
        ValueError,
        "X holds NaN or infinite values in 1 of 1 places",
    ),
]


@pytest.mark.parametrize(
    ("size", "rows", "message"),
    [
        (
            2,
            2,
            "expected (2, m), columns being examples; one example is a column: "
            "X.reshape(-1, 1)",
        ),
        (
            2,
            1,
            "expected (1, m), columns being examples; one feature or output is a row: "
            "X.reshape(1, -1)",
        ),
        (3, 2, "expected (2, m), columns being examples"),
    ],
)
def test_the_advice_for_a_vector_fits_the_rows_that_are_expected(size, rows, message):
    with pytest.raises(ValueError) as caught:
        as_matrix("X", np.ones(size), rows=rows)
    assert str(caught.value) == f"X has shape ({size},); {message}"
    if "reshape" in message:
        mended = eval(message.split(": ")[-1], {"X": np.ones(size)})
        assert as_matrix("X", mended, rows=rows).shape[0] == rows


def test_with_rows_alone_a_matrix_that_no_transpose_mends_is_not_called_one():
    with pytest.raises(ValueError) as caught:
        as_matrix("X", np.ones((6, 4)), rows=3)
    assert (
        str(caught.value) == "X has shape (6, 4); expected (3, m), columns being examples"
    )


@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.dtype("f4"), "f8"])
def test_the_dtype_that_is_asked_for_is_given_and_a_matrix_of_it_passes_without_a_copy(
    dtype,
):
    A = as_matrix("X", [[1, 2.5]], dtype=dtype)
    assert A.dtype == dtype
    assert as_matrix("X", A, dtype=dtype) is A


@pytest.mark.parametrize("value", [3.5e38, -1e300])
def test_a_number_too_large_for_the_dtype_is_refused_without_a_warning(value):
    assert as_matrix("X", [[value, 1.0]])[0, 0] == value
    with pytest.raises(ValueError) as caught:
        as_matrix("X", [[value, 1.0]], dtype=np.float32)
    assert str(caught.value) == (
        "X holds numbers too large for float32 in 1 of 2 places; scale the data first, or "
        "use float64"
    )


def test_masked_values_are_refused_and_an_empty_mask_is_none():
    masked = np.ma.masked_values([[-999.0, 1.0]], -999.0)
    with pytest.raises(
        ValueError, match="X holds masked values; drop or replace those examples first"
    ):
        as_matrix("X", masked)
    assert as_matrix("X", np.ma.array([[2.0, 1.0]])).tolist() == [[2.0, 1.0]]


@pytest.mark.parametrize(("values", "rows", "columns", "error", "message"), MATRIX)
def test_what_is_no_matrix_of_numbers_is_refused(values, rows, columns, error, message):
    with pytest.raises(error) as caught:
        as_matrix("X", values, rows, columns)
    assert message in str(caught.value)


def test_only_a_mere_transpose_is_called_one():
    with pytest.raises(ValueError) as caught:
        check_shape("Y", np.ones((2, 3)), (3, 3))
    assert "transpose" not in str(caught.value)


@pytest.mark.parametrize("value", [1, 8, True, np.int64(8), np.uint8(8), np.array(8)])
def test_whole_numbers_pass(value):
    number = positive_int("n", value)
    assert (number, type(number)) == (int(value), int)


@pytest.mark.parametrize(
    ("value", "error", "message"),
    [
        (0, ValueError, "n is 0; expected at least 1"),
        (-3, ValueError, "n is -3; expected at least 1"),
        (2.0, TypeError, "n is 2.0; expected a whole number of at least 1"),
        (None, TypeError, "n is None; expected"),
        ("8", TypeError, "n is '8'; expected a whole number"),
        ([8], TypeError, "n is [8]; expected a whole number"),
    ],
)
def test_other_counts_are_refused(value, error, message):
    with pytest.raises(error) as caught:
        positive_int("n", value)
    assert message in str(caught.value)


@pytest.mark.parametrize("value", [0.1, 1, 1e-300, np.float32(0.5), np.array(0.5)])
def test_positive_numbers_pass(value):
    number = positive_float("rate", value)
    assert (number, type(number)) == (float(value), float)


@pytest.mark.parametrize(
    ("value", "error", "message"),
    [
        (0, ValueError, "rate is 0.0; expected a finite number above 0"),
        (-0.1, ValueError, "rate is -0.1; expected"),
        (np.inf, ValueError, "rate is inf; expected"),
        (np.nan, ValueError, "rate is nan; expected"),
        (None, TypeError, "rate is None; expected a number above 0"),
        ("fast", TypeError, "rate is 'fast'; expected"),
        (10**400, ValueError, "rate is inf; expected a finite number"),
        ([0.1], TypeError, "rate is [0.1]; expected a number"),
        (0.1j, TypeError, "rate is 0.1j; expected a number"),
    ],
)
def test_other_rates_are_refused(value, error, message):
    with pytest.raises(error) as caught:
        positive_float("rate", value)
    assert message in str(caught.value)


def test_a_name_is_looked_up_and_an_object_passes():
    table = {"one": 1, "two": 2}
    assert lookup("number", "two", table, int) == 2
    assert lookup("number", 7, table, int) == 7


@pytest.mark.parametrize("unknown", ["three", None, ["one"], {}])
def test_an_unknown_name_is_refused_with_the_known_ones(unknown):
    with pytest.raises(ValueError) as caught:
        lookup("number", unknown, {"one": 1, "two": 2}, int)
    assert str(caught.value) == f"unknown number {unknown!r}; known: one, two"


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_numbers_whose_squares_overflow_are_finite_and_inf_and_nan_are_not(dtype):
    large, usual = np.full((3, 4), -np.finfo(dtype).max, dtype), np.ones((2, 1), dtype)
    assert all_finite([large, usual, large])
    for spoiled in (np.inf, -np.inf, np.nan):
        assert not all_finite([usual, large, np.array([[1.0, spoiled]], dtype)])


@pytest.mark.parametrize(
    ("bounds", "good", "bad"),
    [
        ((-np.inf, 0.0), [-5.0, 0.0], [[0.1, -5.0], [1.0, 1.0]]),
        ((0.0, np.inf), [0.0, 5.0], [[-0.1, 5.0], [-1.0, -1.0]]),
        ((0.0, 1.0), [0.0, 1.0], [[-0.1, 0.5], [0.5, 1.1]]),
        ((-np.inf, np.inf), [-1e300, 1e300], []),
    ],
)
def test_labels_at_the_bounds_of_a_cost_pass_and_those_beyond_are_refused(
    bounds, good, bad
):
    cost = Cost("own", None, None, bounds)
    check_bounds("Y", np.array([good]), cost)
    for labels in bad:
        with pytest.raises(ValueError) as caught:
            check_bounds("Y", np.array([labels]), cost)
        low, high = bounds
        assert str(caught.value) == (
            f"Y runs from {min(labels):g} to {max(labels):g}; own needs numbers from "
            f"{low:g} to {high:g}"
        )


def test_data_come_back_in_the_order_that_keeps_an_example_together():
    parameters = {"W1": np.ones((1, 2)), "b1": np.ones((1, 1))}
    cost = Cost("own", None, None, (-np.inf, np.inf))
    X, Y = check_data([[1, 2, 3], [4, 5, 6]], [[1, 2, 3]], parameters, cost)
    assert X.flags.f_contiguous and Y.flags.f_contiguous
    assert (X.tolist(), Y.tolist()) == ([[1, 2, 3], [4, 5, 6]], [[1, 2, 3]])


@pytest.mark.parametrize("layer_dims", [(), (3,), 3, np.array([3])])
def test_a_network_has_two_layer_sizes_at_least(layer_dims):
    with pytest.raises(ValueError) as caught:
        check_layer_dims(layer_dims)
    assert str(caught.value) == (
        f"layer_dims is {layer_dims}; expected the sizes of input and output at least, "
        "such as (1, 20, 1)"
    )
    assert check_layer_dims(np.array([3, 1])) == (3, 1)


@pytest.mark.parametrize(
    ("W2", "b2", "message"),
    [
        ((1, 3), (1, 1), "shapes (1, 3) and (1, 1); expected (n_2, 2) and (n_2, 1)"),
        ((1, 2), (1, 2), "shapes (1, 2) and (1, 2); expected (n_2, 2) and (n_2, 1)"),
        ((1, 2), (2, 1), "shapes (1, 2) and (2, 1); expected (n_2, 2) and (n_2, 1)"),
        ((2,), (1, 1), "shapes (2,) and (1, 1); expected (n_2, 2) and (n_2, 1)"),
        (
            (1, 2, 3),
            (1, 1),
            "shapes (1, 2, 3) and (1, 1); expected (n_2, 2) and (n_2, 1)",
        ),
    ],
)
def test_layers_that_do_not_fit_are_named_with_their_shapes(W2, b2, message):
    shapes = {"W1": (2, 1), "b1": (2, 1), "W2": W2, "b2": b2}
    with pytest.raises(ValueError) as caught:
        as_floats({name: np.ones(shape) for name, shape in shapes.items()})
    assert str(caught.value) == f"parameters W2 and b2 have {message}"
    with pytest.raises(ValueError, match=r"expected \(n_1, n_0\) and \(n_1, 1\)"):
        as_floats({"W1": np.ones((2, 1)), "b1": np.ones(2)})


@pytest.mark.parametrize(
    ("bounds", "outputs", "fits"),
    [
        ((0.0, 1.0), (0.0, 1.0), True),
        ((0.0, 1.0), (-1.0, 1.0), False),
        ((0.0, 1.0), (0.0, np.inf), False),
        ((0.5, 1.0), (0.0, 1.0), False),
        ((-np.inf, np.inf), (0.0, 1.0), True),
        ((-1.0, 2.0), (0.0, 1.0), True),
    ],
)
def test_a_cost_takes_an_output_whose_bounds_it_encloses(bounds, outputs, fits):
    cost = Cost("own", None, None, bounds)
    assert encloses(cost, Activation("own", None, None, bounds=outputs)) is fits


def test_a_plain_number_counts_as_one_row_of_one_example():
    assert accuracy(0.5, np.array([[1.0]])) == accuracy(np.array([[0.5]]), 1.0) == 1
    with pytest.raises(ValueError, match="Y has shape"):
        accuracy(0.5, np.ones((1, 2)))
    assert accuracy.__name__ == "accuracy"


def test_floats_keep_their_type_and_whole_numbers_and_booleans_become_doubles():
    for dtype, expected in zip(
        (np.float32, float, int, bool), (np.float32, float, float, float), strict=True
    ):
        ones = {"W1": np.ones((1, 1), dtype), "b1": np.ones((1, 1), dtype)}
        assert {P.dtype for P in as_floats(ones).values()} == {np.dtype(expected)}


@pytest.mark.parametrize(
    ("X", "Y"),
    [
        ((2, 3), (1, 4)),
        ((2, 4), (1, 3)),
        ((3,), (1, 3)),
        ((2, 3), (3,)),
        ((2, 3), (1, 3, 1)),
        ((2, 3, 1), (1, 3)),
    ],
)
def test_inputs_and_labels_have_equally_many_examples(X, Y):
    with pytest.raises(ValueError) as caught:
        same_examples(np.ones(X), np.ones(Y))
    told = f"X has shape {X} and Y {Y}; expected (n_x, m) and (n_y, m), same m"
    assert str(caught.value) == told
    assert same_examples([[1, 2]], [[3, 4]])[1].tolist() == [[3, 4]]
    assert same_examples(np.ones((2, 300)), np.ones((1, 300)))[0].shape == (2, 300)


@pytest.mark.parametrize("shape", [(1, 2, 3), ()])
def test_what_is_no_vector_gets_no_advice_for_one(shape):
    with pytest.raises(ValueError) as caught:
        as_matrix("X", np.ones(shape))
    expected = "expected (rows, m), columns being examples"
    assert str(caught.value) == f"X has shape {shape}; {expected}"
