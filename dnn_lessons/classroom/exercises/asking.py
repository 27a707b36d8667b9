"""Run a reader's function on some cases. Nothing in here knows what is right."""

import copy
import io
import random
import sysconfig
import traceback
import warnings
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from functools import partial
from pathlib import Path
from time import monotonic
from typing import NamedTuple

import numpy as np

from dnn_lessons.classroom.exercises.time_limit import (
    OutOfTimeError,
    interruptible,
    run_in_time,
)
from dnn_lessons.classroom.exercises.values import fingerprint, is_blank, plain
from dnn_lessons.classroom.exercises.verdict import BROKE, LATE

MOST_PRINTED = (
    200  # characters that are kept of what is printed, and of an error's message
)
PACKAGE = str(Path(__file__).resolve().parents[2])
LIBRARIES = tuple(
    sysconfig.get_paths()[name] for name in ("stdlib", "purelib", "platlib")
)
NOT_THE_READERS = (PACKAGE, *LIBRARIES, "<__array_function__", "<frozen")


class Answer(NamedTuple):
    """What became of one call of the reader's function.

    Parameters
    ----------
    value : numpy.ndarray, str, tuple, dict or Odd
        What it returned, as plain data.
    trouble : {"", "broke", "no answer in time"}
        Whether it raised an error, or was stopped.
    note : str
        The reader's line that raised an error, and the error.
    printed : str
        The beginning of what it printed.
    warned : str
        What NumPy warned of.
    changed : bool
        Whether its arguments are different now.
    drew : bool
        Whether it used the random numbers that the whole program shares.
    """

    value: object = None
    trouble: str = ""
    note: str = ""
    printed: str = ""
    warned: str = ""
    changed: bool = False
    drew: bool = False


def ask(function, cases, seconds=2.0):
    """Call a reader's function on each case, whatever it does.

    Parameters
    ----------
    function : function or object
        The reader's function. What is not a function answers itself, and has one case: ().
    cases : list of tuple
        The arguments of each call. The function gets copies.
    seconds : float, optional
        The time for all calls together.

    Returns
    -------
    list of Answer
        One for each case, up to the first that brings trouble or a stub's `...`.
    """
    answers, end = [], monotonic() + seconds
    for case in cases:
        answers.append(_answer(function, case, max(end - monotonic(), 0.01)))
        if answers[-1].trouble or is_blank(answers[-1].value):
            break
    return answers


def _answer(function, case, seconds):
    """Call the function once; return the Answer."""
    given = copy.deepcopy(case)
    call = partial(_called, function, given)
    with _watched() as notes:
        answer = run_in_time(call, seconds, Answer(trouble=LATE))
    changed = fingerprint(given) != fingerprint(case)
    return answer._replace(changed=changed, **notes)


def _called(function, arguments):
    """Call the function; return an Answer with its value or its error."""
    try:
        return Answer(interruptible(_plain_value, function, arguments))
    except OutOfTimeError:
        return Answer(trouble=LATE)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        return Answer(trouble=BROKE, note=_where(error))


def _plain_value(function, arguments):
    """Return what the function returns as plain data; what a generator yields, too."""
    return plain(function(*arguments) if callable(function) else function)


@contextmanager
def _watched():
    """Yield a dict that is filled with what was printed, what NumPy warned of, what was drawn."""
    notes, printed = {}, io.StringIO()
    with _same_random_numbers(notes), _gathered(printed) as warned:
        yield notes
    notes["printed"] = printed.getvalue()[:MOST_PRINTED]
    notes["warned"] = str(warned[0].message) if warned else ""


@contextmanager
def _gathered(printed):
    """Gather what is printed; yield the list of warnings."""
    with (
        redirect_stdout(printed),
        redirect_stderr(printed),
        warnings.catch_warnings(record=True) as warned,
        np.errstate(all="warn", under="ignore"),
    ):
        warnings.simplefilter("always")
        yield warned


@contextmanager
def _same_random_numbers(notes):
    """Restore the state of the shared random numbers, and note whether they were used."""
    ours, python = np.random.get_state(), random.getstate()  # noqa: NPY002
    yield
    notes["drew"] = python != random.getstate() or _drawn(ours)
    np.random.set_state(ours)  # noqa: NPY002  the reader's function may use it
    random.setstate(python)


def _drawn(before):
    """Tell whether NumPy's shared random numbers went on from a state."""
    now = np.random.get_state()  # noqa: NPY002
    return before[2:] != now[2:] or not np.array_equal(before[1], now[1])


def _where(error):
    """Return the last line of the reader's that an error passed through, and the error."""
    passed = traceback.extract_tb(error.__traceback__)
    lines = [
        each.line for each in passed if not each.filename.startswith(NOT_THE_READERS)
    ]
    message = traceback.format_exception_only(error)[-1].strip()
    return "\n".join([*[line for line in lines if line][-1:], message[:MOST_PRINTED]])
