"""Checks at the door: each error names what came, what was expected and how to mend it."""

import math
import operator
import sys

import numpy as np


def as_matrix(name, values, rows=None, columns=None, dtype=None):
    """`values` as a finite array (rows, columns) of floats in `dtype`.

    Without a dtype float32 stays float32, and other numbers become float64.
    """
    if "numpy.ma" in sys.modules and np.ma.is_masked(values):  # which is slow to load
        raise ValueError(
            f"{name} holds masked values; drop or replace those examples first"
        )
    A = np.asarray(values)
    if A.dtype.kind not in "biuf":
        raise TypeError(f"{name} holds {A.dtype}; expected numbers")
    if A.ndim != 2:
        hint = (
            f"; one feature or output is a row: {name}.reshape(1, -1)"
            if A.ndim == 1
            else ""
        )
        raise ValueError(
            f"{name} has shape {A.shape}; expected (rows, m), columns being examples{hint}"
        )
    if A.size == 0:
        raise ValueError(
            f"{name} has shape {A.shape}; expected at least one row and one example"
        )
    check_shape(name, A, (rows or A.shape[0], columns))
    if not np.isfinite(A).all():
        raise ValueError(
            f"{name} holds NaN or infinite values in {np.sum(~np.isfinite(A))} of {A.size} places; "
            "drop or replace those examples first"
        )
    return _convert(name, A, dtype or ("f4" if A.dtype == np.float32 else "f8"))


def _convert(name, A, dtype):
    """The finite array A in `dtype`, itself where it has that already; ValueError where a number is too large."""
    with np.errstate(over="ignore"):
        B = A.astype(dtype, copy=False)
    if not np.isfinite(B).all():
        raise ValueError(
            f"{name} holds numbers too large for {B.dtype} in {np.sum(~np.isfinite(B))} of {A.size} "
            "places; scale the data first, or use float64"
        )
    return B


def as_floats(parameters):
    """The parameters as arrays of floats: whole numbers become float64, float32 and float64 stay as they are."""
    arrays = {name: np.asarray(P) for name, P in parameters.items()}
    return {
        name: P if P.dtype.kind == "f" else P.astype(np.float64)
        for name, P in arrays.items()
    }


def check_shape(name, A, expected):
    """Raise ValueError unless A.shape is `expected`, None being any m; a mere transpose is recognised."""
    if not _shape_matches(A.shape, expected):
        hint = (
            f"; transpose it: {name}.T" if _shape_matches(A.shape[::-1], expected) else ""
        )
        sizes = str(expected).replace("None", "m")
        raise ValueError(
            f"{name} has shape {A.shape}; expected {sizes}, columns being examples{hint}"
        )


def _shape_matches(shape, expected):
    """Whether a shape is the expected one, at whose end None stands for any size."""
    *sizes, last = expected
    return shape == expected or (
        last is None and len(shape) == len(expected) and [*shape[:-1]] == sizes
    )


def positive_int(name, value):
    """`value` as an int of at least 1."""
    try:
        number = operator.index(value)
    except TypeError:
        raise TypeError(
            f"{name} is {value!r}; expected a whole number of at least 1"
        ) from None
    if number < 1:
        raise ValueError(f"{name} is {number}; expected at least 1")
    return number


def positive_float(name, value):
    """`value` as a finite float above 0."""
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    except (TypeError, ValueError):
        raise TypeError(f"{name} is {value!r}; expected a number above 0") from None
    if not (math.isfinite(number) and number > 0):
        raise ValueError(f"{name} is {number}; expected a finite number above 0")
    return number


def lookup(kind, name_or_object, table, cls):
    """The row of `table` called `name_or_object`; a `cls` object is returned as it is."""
    if isinstance(name_or_object, cls):
        return name_or_object
    try:
        return table[name_or_object]
    except (KeyError, TypeError):
        raise ValueError(
            f"unknown {kind} {name_or_object!r}; known: {', '.join(table)}"
        ) from None
