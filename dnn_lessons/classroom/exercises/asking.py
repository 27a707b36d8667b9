"""Run a reader's function on some cases. Nothing in here knows what is right."""

import copy
import io
import random
import sysconfig
import traceback
import warnings
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
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

MOST_PRINTED = 200  # characters kept of what is printed, and of an error's message
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
    call = partial(_called, function, case)
    with _watched() as notes:
        answer = run_in_time(call, seconds, Answer(trouble=LATE))
    return answer._replace(**notes)


def _called(function, case):
    """Call the function; return an Answer, also where it takes too long."""
    try:
        return interruptible(_attempt, function, case)
    except OutOfTimeError:
        return Answer(trouble=LATE)


def _attempt(function, case):
    """Return an Answer with what the function returns, or its error. All code of the reader's runs in here."""
    given = copy.deepcopy(case)
    try:
        value = plain(function(*given) if callable(function) else function)
        return Answer(value, changed=fingerprint(given) != fingerprint(case))
    except (OutOfTimeError, KeyboardInterrupt):
        raise
    except BaseException as error:
        return Answer(trouble=BROKE, note=_where(error))


@contextmanager
def _watched():
    """Yield a dict that is filled with what was printed, what NumPy warned of, what was drawn."""
    notes, printed = {}, _Printed()
    with chdir("."), _same_random_numbers(notes), _gathered(printed) as warned:
        yield notes
    notes["printed"] = printed.text
    notes["warned"] = next(filter(None, map(_words, warned)), "")


class _Printed(io.TextIOBase):
    """A place to print to, which keeps the beginning, and which the reader's function cannot close."""

    text = ""

    def write(self, text):
        """Keep the text, if it is not too long, and say that all of it was written."""
        self.text += text[: MOST_PRINTED - len(self.text)]
        return len(text)

    def close(self):
        """Stay open."""


def _words(warning):
    """Return what NumPy warned of, empty for a warning of another kind."""
    numeric = issubclass(warning.category, RuntimeWarning)
    return str(warning.message)[:MOST_PRINTED] if numeric else ""


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
    ours, python = np.random.get_state(legacy=False), random.getstate()  # noqa: NPY002
    before = fingerprint((ours, python))
    yield
    now = np.random.get_state(legacy=False), random.getstate()  # noqa: NPY002
    notes["drew"] = fingerprint(now) != before
    np.random.set_state(ours)  # noqa: NPY002  the reader's function may use it
    random.setstate(python)


def _where(error):
    """Return the last line of the reader's that an error passed through, and the error."""
    passed = traceback.extract_tb(error.__traceback__)
    lines = [
        each.line for each in passed if not each.filename.startswith(NOT_THE_READERS)
    ]
    message = traceback.format_exception_only(error)[-1].strip()
    return "\n".join([*[line for line in lines if line][-1:], message[:MOST_PRINTED]])
