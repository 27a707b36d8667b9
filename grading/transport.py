"""Arguments and answers as JSON, for the way into the sandbox and back. Nothing is unpickled."""

import base64

import numpy as np

from dnn_lessons.classroom.exercises.asking import Answer
from dnn_lessons.classroom.exercises.values import TOO_LARGE, Odd, parts, plain
from dnn_lessons.classroom.exercises.verdict import BROKE, LATE

MOST_BYTES = 1_000_000  # of all arrays in an answer
ARRAYS = (np.ndarray, np.generic)
MOST_TEXT = 1000  # characters
TROUBLES = ("", BROKE, LATE)
TEXTS = ("trouble", "note", "printed", "warned")
MARKS = ("changed", "drew")


def packed(value):
    """Return arguments or an answer as lists, texts and numbers.

    Parameters
    ----------
    value : object
        Arrays, numbers, texts, and lists, tuples and dicts of these.

    Returns
    -------
    list
        The kind, and the content.
    """
    if isinstance(value, list | tuple):
        return [type(value).__name__, list(map(packed, value))]
    if isinstance(value, dict):
        return ["dict", list(map(packed, value.items()))]
    if isinstance(value, ARRAYS):
        return _packed_array(value)
    return ["odd", value.type] if isinstance(value, Odd) else ["plain", value]


def _packed_array(array):
    """Return an array, or a number of NumPy's, by its type, shape and bytes."""
    kind = "array" if isinstance(array, np.ndarray) else "number"
    text = base64.b64encode(array.tobytes()).decode()
    return [kind, array.dtype.str, array.shape, text]


def unpacked(message):
    """Return what was packed.

    Parameters
    ----------
    message : list
        The result of `packed`, after its way through JSON.

    Returns
    -------
    object
        The arguments or the answer.

    Raises
    ------
    ValueError
        If the message is not one of ours.
    """
    try:
        kind, *content = message
        return READERS[kind](*content)
    except (TypeError, ValueError, KeyError, AttributeError, RecursionError) as error:
        raise ValueError(f"not a packed value: {str(message)[:80]}") from error


def _array(dtype, shape, text):
    """Return an array of numbers from its bytes."""
    kind = np.dtype(dtype)
    if kind.kind not in "biufc" or min(shape, default=0) < 0:
        raise ValueError(f"no numbers: {dtype}, {shape}")
    return np.frombuffer(base64.b64decode(text), kind).reshape(shape).copy()


def _plain(value):
    """Return a text, a number or nothing; refuse any other value of JSON."""
    if isinstance(value, list | dict):
        raise ValueError(f"not plain: {value}")
    return value


READERS = {
    "array": _array,
    "number": lambda *content: _array(*content)[()],
    "list": lambda items: [unpacked(each) for each in items],
    "tuple": lambda items: tuple(unpacked(each) for each in items),
    "dict": lambda items: dict(unpacked(each) for each in items),
    "odd": lambda name: Odd(str(name)[:MOST_TEXT]),
    "plain": _plain,
}


def packed_answer(answer):
    """Return an Answer as plain data.

    Parameters
    ----------
    answer : Answer
        What became of one call.

    Returns
    -------
    dict
        Its fields. An array that is too large for any right answer is known by its type alone.
    """
    value = answer.value
    if sum(getattr(part, "nbytes", 0) for part in parts(value)) > MOST_BYTES:
        value = TOO_LARGE
    return answer._asdict() | {"value": packed(value)}


def unpacked_answer(message):
    """Return an Answer, whatever was written in its place.

    Parameters
    ----------
    message : dict
        The result of `packed_answer`, after its way through JSON.

    Returns
    -------
    Answer
        The answer; its texts are cut to some length.

    Raises
    ------
    ValueError
        If the message is not one of ours.
    """
    if not isinstance(message, dict) or message.get("trouble") not in TROUBLES:
        raise ValueError("not an answer")
    kept = {name: str(message.get(name, ""))[:MOST_TEXT] for name in TEXTS}
    kept |= {name: message.get(name) is True for name in MARKS}
    return Answer(plain(unpacked(message.get("value"))), **kept)
