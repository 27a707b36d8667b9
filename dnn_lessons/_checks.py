"""Checks of what a reader passes: an error says what came, what was expected, what to do."""

import math
import operator
import sys
from collections.abc import Mapping
from functools import wraps

import numpy as np

PARAMETERS = '{"W1", "b1", ..., "WL", "bL"}'  # as messages show them


def as_matrix(name, values, rows=None, columns=None, dtype=None):
    """Return `values` as an array (rows, columns) of finite floats.

    Parameters
    ----------
    name : str
        What an error message calls the values, such as "X".
    values : array_like
        The numbers to check.
    rows : int, optional
        The expected number of rows; without it, any.
    columns : int, optional
        The expected number of columns, which are examples; without it, any.
    dtype : dtype, optional
        The type to convert to. Without it float32 stays float32, and any other type of
        number becomes float64.

    Returns
    -------
    ndarray of shape (rows, columns)
        The values; the same array if nothing had to be converted.

    Raises
    ------
    TypeError
        If the values are not real numbers.
    ValueError
        If they have another shape, are masked, NaN or infinite, or do not fit the dtype.
    """
    _check_not_masked(name, values)
    A = np.asarray(values)
    _check_real_numbers(name, A)
    _check_two_axes(name, A, rows)
    _check_not_empty(name, A)
    check_shape(name, A, (rows or A.shape[0], columns))
    _check_finite(name, A)
    return _convert(name, A, dtype or _float_type(A))


def _check_not_masked(name, values):
    """Raise ValueError if values are masked, since NumPy would drop their mask."""
    # An array can only be masked if numpy.ma is loaded, and loading it would take long.
    if "numpy.ma" in sys.modules and np.ma.is_masked(values):
        raise ValueError(
            f"{name} holds masked values; drop or replace those examples first"
        )


def _check_real_numbers(name, A):
    """Raise TypeError unless A holds booleans, whole numbers or floats."""
    if A.dtype.kind not in "biuf":
        raise TypeError(f"{name} holds {A.dtype}; expected numbers")


def _check_two_axes(name, A, rows):
    """Raise ValueError unless A has rows and columns; say how to mend a vector."""
    if A.ndim != 2:
        raise ValueError(
            f"{name} has shape {A.shape}; expected ({rows or 'rows'}, m), columns being "
            f"examples{_vector_hint(name, A, rows)}"
        )


def _vector_hint(name, A, rows):
    """Return how a vector becomes a matrix of so many rows; nothing where it cannot."""
    if A.ndim == 1 and rows in (None, 1):
        return f"; one feature or output is a row: {name}.reshape(1, -1)"
    if A.shape == (rows,):
        return f"; one example is a column: {name}.reshape(-1, 1)"
    return ""


def _check_not_empty(name, A):
    """Raise ValueError if A has no row or no column."""
    if A.size == 0:
        raise ValueError(
            f"{name} has shape {A.shape}; expected at least one row and one example"
        )


def _check_finite(name, A):
    """Raise ValueError if an entry of A is NaN or infinite."""
    finite = np.isfinite(A)
    if not finite.all():
        raise ValueError(
            f"{name} holds NaN or infinite values in {np.sum(~finite)} of {A.size} places; "
            "drop or replace those examples first"
        )


def _float_type(A):
    """Return the type of float in which a computation with A is done."""
    return np.float32 if A.dtype == np.float32 else np.float64


def _convert(name, A, dtype):
    """Return the finite array A in the dtype; raise ValueError if a number overflows."""
    if A.dtype == dtype:
        return A
    with np.errstate(over="ignore"):
        converted = A.astype(dtype)
    if not np.isfinite(converted).all():
        raise ValueError(f"{name} {_too_large(converted)}")
    return converted


def _too_large(converted):
    """Return what is wrong with numbers that overflowed, and what to do."""
    count = f"{np.sum(np.isinf(converted))} of {converted.size} places"
    what = f"holds numbers too large for {converted.dtype} in {count}"
    return f"{what}; scale the data first, or use float64"


def as_floats(parameters):
    """Return the parameters as arrays of floats, once they are those of one network.

    Whole numbers become float64; float32 and float64 stay as they are.

    Parameters
    ----------
    parameters : dict of str to array_like
        W1, b1, ..., WL, bL.

    Returns
    -------
    dict of str to ndarray
        The same names, with arrays of floats.

    Raises
    ------
    TypeError
        If this is no dictionary, or holds something else than real numbers.
    ValueError
        If names or shapes do not fit each other, or a number is NaN or infinite.
    """
    _check_names(parameters)
    arrays = {name: _as_parameter(name, P) for name, P in parameters.items()}
    _check_layers(arrays)
    return arrays


def _check_names(parameters):
    """Raise an error unless the parameters are a dictionary of W1, b1, ..., WL, bL."""
    if not isinstance(parameters, Mapping):
        raise TypeError(
            f"parameters is {parameters!r}; expected a dictionary {PARAMETERS}"
        )
    layers = range(1, len(parameters) // 2 + 1)
    if not layers or set(parameters) != {f"{P}{l}" for P in "Wb" for l in layers}:
        raise ValueError(f"parameters holds {list(parameters)}; expected {PARAMETERS}")


def _as_parameter(name, values):
    """Return one array of the parameters as floats, checked but for its shape."""
    name = f"parameters[{name!r}]"
    _check_not_masked(name, values)
    P = np.ascontiguousarray(values)
    _check_real_numbers(name, P)
    P = P if P.dtype.kind == "f" else P.astype(np.float64)
    if not np.isfinite(P).all():
        raise ValueError(f"{name} holds NaN or infinite values; expected finite numbers")
    return P


def _check_layers(parameters):
    """Raise ValueError unless W[l] is (n_l, n_{l-1}) and b[l] is (n_l, 1) in each layer."""
    n_prev = None
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        _check_layer(l, W, b, n_prev)
        n_prev = len(W)


def _check_layer(l, W, b, n_prev):
    """Raise ValueError unless W is (n_l, n_prev), with any n_prev for None, and b is (n_l, 1)."""
    if W.ndim != 2 or n_prev not in (None, W.shape[1]) or b.shape != (len(W), 1):
        found = f"parameters W{l} and b{l} have shapes {W.shape} and {b.shape}"
        raise ValueError(f"{found}; expected (n_{l}, {n_prev or 'n_0'}) and (n_{l}, 1)")


def check_shape(name, A, expected):
    """Raise ValueError unless A has the expected shape.

    Parameters
    ----------
    name : str
        What the error message calls A.
    A : ndarray
        The array to check.
    expected : tuple of int
        The shape; None in the last place stands for any number of examples.

    Raises
    ------
    ValueError
        If the shape is another one. If the transpose of A would fit, the message says so.
    """
    if A.shape != expected and not _shape_matches(A.shape, expected):
        transposed = _shape_matches(A.shape[::-1], expected)
        hint = f"; transpose it: {name}.T" if transposed else ""
        sizes = str(expected).replace("None", "m")
        raise ValueError(
            f"{name} has shape {A.shape}; expected {sizes}, columns being examples{hint}"
        )


ONE = (1, 1)  # the shape of a plain number among predictions and labels


def of_one_shape(function):
    """Return a function of predictions and labels that first checks their shapes.

    Parameters
    ----------
    function : callable
        (AL, Y) -> a cost, derivatives or a metric.

    Returns
    -------
    callable
        The same function, but it raises ValueError where Y has another shape than AL.
    """

    @wraps(function)
    def checked(AL, Y):
        expected, given = (getattr(each, "shape", ()) or ONE for each in (AL, Y))
        if expected != given:
            check_shape("Y", np.reshape(Y, given), expected)
        return function(AL, Y)

    return checked


def _shape_matches(shape, expected):
    """Return whether the shape is the expected one; a last None stands for any size."""
    if expected[-1] is None and len(shape) == len(expected):
        return shape[:-1] == expected[:-1]
    return shape == expected


def positive_int(name, value):
    """Return the value as an int of at least 1.

    Parameters
    ----------
    name : str
        What an error message calls the value.
    value : int
        A whole number of any type, such as one of NumPy's.

    Returns
    -------
    int
        The value.

    Raises
    ------
    TypeError
        If the value is not a whole number.
    ValueError
        If it is below 1.
    """
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
    """Return the value as a finite float above 0.

    Parameters
    ----------
    name : str
        What an error message calls the value.
    value : float
        A number, or whatever float() accepts.

    Returns
    -------
    float
        The value.

    Raises
    ------
    TypeError
        If the value is not a number.
    ValueError
        If it is 0 or below, infinite or NaN.
    """
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
    """Return the row of a table that has this name.

    Parameters
    ----------
    kind : str
        What an error message calls a row of the table, such as "activation".
    name_or_object : str or cls
        The name of a row. An object of the class `cls` is returned as it is, so that a
        reader can pass one that is not in the table.
    table : dict of str to cls
        The rows by name.
    cls : type
        The class of the rows.

    Returns
    -------
    cls
        The row.

    Raises
    ------
    ValueError
        If no row has this name. The message lists the names of all rows.
    """
    if isinstance(name_or_object, cls):
        return name_or_object
    try:
        return table[name_or_object]
    except (KeyError, TypeError):
        raise ValueError(
            f"unknown {kind} {name_or_object!r}; known: {', '.join(table)}"
        ) from None


def encloses(cost, activation):
    """Return whether the cost can take every output of the activation.

    Parameters
    ----------
    cost : Cost
        The cost function.
    activation : Activation
        The activation function of the output layer.

    Returns
    -------
    bool
        True where the bounds of the cost enclose those of the activation.
    """
    (low, high), (lowest, highest) = cost.bounds, activation.bounds
    return low <= lowest and highest <= high


def check_pair(cost, activation):
    """Raise an error where the cost cannot take every output of the activation.

    Parameters
    ----------
    cost : Cost
        The cost function.
    activation : Activation
        The activation function of the output layer.

    Raises
    ------
    ValueError
        If the activation gives numbers outside the bounds of the cost.
    """
    if not encloses(cost, activation):
        (low, high), (lowest, highest) = cost.bounds, activation.bounds
        raise ValueError(
            f"{cost.name} needs outputs from {low:g} to {high:g}, and {activation.name} "
            f"gives them from {lowest:g} to {highest:g}; the sigmoid suits it, or another "
            "cost, such as mse"
        )


def check_bounds(name, values, cost):
    """Raise an error where `values` leave the bounds of the cost.

    Parameters
    ----------
    name : str
        What the message calls the values.
    values : ndarray
        Predictions or labels.
    cost : Cost
        The cost function.

    Raises
    ------
    ValueError
        If a value lies outside.
    """
    low, high = cost.bounds
    if high == np.inf == -low:
        return
    if values.min() < low or values.max() > high:
        raise ValueError(
            f"{name} runs from {values.min():g} to {values.max():g}; "
            f"{cost.name} needs numbers from {low:g} to {high:g}"
        )


def check_layer_dims(layer_dims):
    """Return `layer_dims` as a tuple of at least two positive ints.

    Parameters
    ----------
    layer_dims : sequence of int
        The numbers of units.

    Returns
    -------
    tuple of int
        The same numbers.

    Raises
    ------
    ValueError
        If there are fewer than two, or one is below 1.
    """
    if np.size(layer_dims) < 2:
        raise ValueError(
            f"layer_dims is {layer_dims}; expected the sizes of input and output at least, "
            "such as (1, 20, 1)"
        )
    return tuple(positive_int("each of layer_dims", n) for n in layer_dims)


def check_data(X, Y, parameters, cost):
    """Return X and Y, checked, in the dtype of the parameters.

    They are in Fortran order, in which the numbers of an example lie side by side.

    Parameters
    ----------
    X, Y : array_like, shapes (n_x, m) and (n_y, m)
        Inputs and labels.
    parameters : dict
        What the data have to fit.
    cost : Cost
        What the labels have to fit.

    Returns
    -------
    tuple of ndarray
        X and Y.

    Raises
    ------
    ValueError
        If they do not fit.
    """
    first, last = parameters["W1"], parameters[f"W{len(parameters) // 2}"]
    X = as_matrix("X", X, first.shape[1], dtype=first.dtype)
    Y = as_matrix("Y", Y, len(last), X.shape[1], X.dtype)
    check_bounds("Y", Y, cost)
    return np.asfortranarray(X), np.asfortranarray(Y)


class TrainingDiverged(ArithmeticError):  # noqa: N818 - the name that lessons catch
    """The cost or a parameter became infinite or NaN.

    Parameters
    ----------
    epoch : int
        The number of the epoch, from 1.
    cost : float
        Its cost.
    learning_rate : float
        The learning rate of the run.
    parameters : dict
        The parameters before that epoch, all finite.
    finite : bool
        Whether the parameters after that epoch are finite, so that only the cost is not.
    """

    def __init__(self, epoch, cost, learning_rate, parameters, finite):
        super().__init__(epoch, cost, learning_rate, parameters, finite)
        self.epoch, self.cost, self.parameters = epoch, cost, parameters

    def __str__(self):
        """Return what diverged, what is kept and what to try."""
        epoch, cost, learning_rate, _, finite = self.args
        also = "" if finite else " and a parameter infinite or NaN"
        return (
            f"training diverged in epoch {epoch}: the cost became {cost:g}{also}. The "
            "parameters from before that epoch are kept. Try a learning rate below "
            f"{learning_rate:g}"
        )


def same_examples(X, Y):
    """Return X and Y as arrays of as many examples.

    Parameters
    ----------
    X, Y : array_like, shapes (n_x, m) and (n_y, m)
        Inputs and labels.

    Returns
    -------
    tuple of ndarray
        X and Y.

    Raises
    ------
    ValueError
        If one is no matrix, or they have unequal m.
    """
    X, Y = np.asarray(X), np.asarray(Y)
    if X.ndim != 2 or Y.ndim != 2 or X.shape[1] != Y.shape[1]:
        raise ValueError(
            f"X has shape {X.shape} and Y {Y.shape}; expected (n_x, m) and (n_y, m), same m"
        )
    return X, Y


def check_float_type(dtype):
    """Return the dtype, which has to be float32 or float64.

    Parameters
    ----------
    dtype : dtype or str
        What the reader chose.

    Returns
    -------
    numpy.dtype
        The same.

    Raises
    ------
    ValueError
        If it is another one.
    """
    try:
        given = np.dtype(dtype)
    except TypeError:
        given = repr(dtype)
    if given not in (np.float32, np.float64):
        raise ValueError(f"dtype is {given}; expected float32 or float64")
    return given


def all_finite(arrays):
    """Return whether no entry of the arrays is infinite or NaN.

    Parameters
    ----------
    arrays : iterable of ndarray
        The arrays.

    Returns
    -------
    bool
        True where all are finite.
    """
    # The sum of squares comes first, as it takes less time. It may overflow for finite numbers.
    return all(math.isfinite(np.vdot(A, A)) or np.isfinite(A).all() for A in arrays)
