"""Arguments and answers as plain data: arrays, texts, tuples and dicts, nothing that can run."""

import math
from dataclasses import dataclass
from itertools import islice
from types import GeneratorType

import numpy as np

MOST_ITEMS = 1000  # that are taken from a list, a dict or a generator
MOST_ENTRIES = 1_000_000  # of an array
MOST_WRITTEN = 50  # items of a list or a dict
MOST_SHOWN = 4000  # characters
NUMBERS = (bool, int, float, complex, np.generic, np.ndarray)


@dataclass(frozen=True)
class Odd:
    """What cannot be an answer, known by its type alone.

    Parameters
    ----------
    type : str
        The name of its type.
    """

    type: str


TOO_LARGE = Odd("array, which is far too large")


def is_blank(value):
    """Return whether an answer is the `...` of a stub.

    Parameters
    ----------
    value : numpy.ndarray, str, tuple, dict or Odd
        The answer.

    Returns
    -------
    bool
        True where nothing was attempted.
    """
    return isinstance(value, Odd) and value.type == "ellipsis"


def plain(value):
    """Return an answer as plain data.

    Parameters
    ----------
    value : object
        Whatever a function returned.

    Returns
    -------
    numpy.ndarray, str, tuple, dict or Odd
        A number becomes an array without dimensions; a list and what a generator yields
        become a tuple.
    """
    if isinstance(value, NUMBERS):
        return _numbers(value)
    if isinstance(value, list | tuple | GeneratorType):
        return tuple(plain(each) for each in islice(value, MOST_ITEMS))
    if isinstance(value, dict):
        items = islice(value.items(), MOST_ITEMS)
        return {_exact(str(name)): plain(each) for name, each in items}
    return _other(value)


def _other(value):
    """Return a text as it is; anything else is odd."""
    if isinstance(value, str):
        return _exact(value)
    return value if isinstance(value, Odd) else Odd(type(value).__name__)


def _exact(text):
    """Return a text as one of Python's own; one of a subclass could compare as it likes."""
    return str.__str__(text)


def _numbers(value):
    """Return an array of numbers, and for any other array that it is odd."""
    if getattr(value, "size", 1) > MOST_ENTRIES:  # the copy might not fit into memory
        return TOO_LARGE
    array = np.array(value)
    return array if array.dtype.kind in "biufc" else Odd(f"array of {array.dtype.name}")


def parts(value):
    """Return the values that plain data is made of.

    Parameters
    ----------
    value : object
        Arguments or an answer.

    Returns
    -------
    list
        Arrays, numbers and texts, in order; those of a dict in the order of its keys.
    """
    if isinstance(value, dict):
        value = [value[name] for name in sorted(value)]
    if isinstance(value, list | tuple):
        return [part for each in value for part in parts(each)]
    return [value]


def entries(value):
    """Return the number of single numbers and texts in plain data.

    Parameters
    ----------
    value : object
        Arguments or an answer.

    Returns
    -------
    int
        The number.
    """
    return sum(math.prod(getattr(part, "shape", ())) for part in parts(value))


def is_narrow(case):
    """Return whether some array of a case has 32 bits.

    Parameters
    ----------
    case : tuple
        The arguments.

    Returns
    -------
    bool
        True for a case in single precision.
    """
    return any(getattr(part, "dtype", None) == np.float32 for part in parts(case))


def widened(value):
    """Return copies of arguments, with 64 bits in place of 32.

    Parameters
    ----------
    value : object
        Arguments.

    Returns
    -------
    object
        The same numbers.
    """
    if isinstance(value, dict):
        return {name: widened(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(widened(each) for each in value)
    if isinstance(value, np.ndarray | np.generic):
        return value.astype(float if value.dtype == np.float32 else value.dtype)
    return value


def fingerprint(value):
    """Return what is equal for two pieces of plain data that are equal to the last bit.

    Parameters
    ----------
    value : object
        Arguments or an answer.

    Returns
    -------
    tuple
        The type, and the content.
    """
    if isinstance(value, np.ndarray):
        return value.dtype.str, value.shape, value.tobytes()
    if isinstance(value, dict):
        return dict, *((name, fingerprint(each)) for name, each in value.items())
    if isinstance(value, list | tuple):
        return type(value), *map(fingerprint, value)
    return type(value), repr(value)


def form(value):
    """Describe an answer by its type and shape.

    Parameters
    ----------
    value : numpy.ndarray, str, tuple, dict or Odd
        The answer.

    Returns
    -------
    str
        A few words, with their article.
    """
    if isinstance(value, np.ndarray):
        return _array_form(value)
    if isinstance(value, tuple):
        return f"a tuple or list of {len(value)}"
    if isinstance(value, dict):
        return f"a dict with the keys {sorted(value)}"
    return "a text" if isinstance(value, str) else f"a value of type {value.type}"


def _array_form(array):
    """Describe an array by its shape, and by whether its numbers are complex."""
    number = "complex number" if array.dtype.kind == "c" else "number"
    if not array.shape:
        return f"a {number}"
    return f"an array of {number}s with the shape {array.shape}"


def different_forms(yours, right):
    """Find where two answers differ in type, shape, length or keys.

    Parameters
    ----------
    yours, right : numpy.ndarray, str, tuple, dict or Odd
        Two answers.

    Returns
    -------
    tuple of str
        The forms of the first parts that differ; empty where none does.
    """
    pairs = zip(_forms(yours), _forms(right), strict=False)
    return next((pair for pair in pairs if pair[0] != pair[1]), ())


def _forms(value):
    """Return the form of an answer and of each of its parts."""
    return [form(value), *map(form, parts(value))]


def agrees(yours, right, rtol, atol):
    """Return whether an answer is another one, up to a tolerance.

    Parameters
    ----------
    yours, right : numpy.ndarray, str, tuple, dict or Odd
        Two answers.
    rtol, atol : float
        An entry may differ from the entry r of `right` by `atol + rtol * abs(r)`.

    Returns
    -------
    bool
        True where form, shapes and all entries agree. NaN agrees with NaN.
    """
    if _forms(yours) != _forms(right):
        return False
    pairs = zip(parts(yours), parts(right), strict=True)
    return all(_part_agrees(*pair, rtol, atol) for pair in pairs)


def _part_agrees(a, b, rtol, atol):
    """Return whether two arrays, texts or odd values agree."""
    if isinstance(b, np.ndarray):
        return np.allclose(_decimal(a), _decimal(b), rtol, atol, equal_nan=True)
    if isinstance(b, str):
        return a.strip().lower() == b.strip().lower()
    return a == b


def _decimal(array):
    """Return an array with whole numbers and truth values as numbers of 64 bits."""
    return array.astype(np.result_type(array, float))


def shown(value, digits=5):
    """Write arguments or an answer on one line.

    Parameters
    ----------
    value : object
        What to write.
    digits : int, optional
        The digits after the point.

    Returns
    -------
    str
        The text; of a large array the corners, of anything else that is long the beginning.
    """
    text = _text(value, digits)
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]} ..."


def _text(value, digits):
    """Write arguments or an answer on one line; of many items only the first."""
    if isinstance(value, dict):
        return f"dict{shown(list(value.items()), digits)}"
    if isinstance(value, list | tuple):
        return _items_text(value, digits)
    if isinstance(value, np.ndarray):
        return _array_text(value, digits)
    return value.type if isinstance(value, Odd) else repr(value)


def _items_text(items, digits):
    """Write a list or a tuple on one line."""
    written = [shown(each, digits) for each in items[:MOST_WRITTEN]]
    return f"({', '.join(written + ['...'] * (len(items) > MOST_WRITTEN))})"


def _array_text(array, digits):
    """Write an array on one line."""
    layout = {"precision": digits, "separator": ", ", "threshold": 24, "edgeitems": 2}
    return " ".join(np.array2string(array, **layout).split()).replace("[ ", "[")
