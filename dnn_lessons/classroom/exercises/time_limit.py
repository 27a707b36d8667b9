"""Run a function for so long and no longer, in the thread of a kernel."""

import ctypes
import signal
import threading
from contextlib import contextmanager

AGAIN = 0.001  # seconds until a function that catches the error is interrupted again
MOST_TIMES = 500  # that a thread is interrupted; then nobody waits for its answer


class OutOfTimeError(BaseException):
    """Raised inside a function whose time is over. `except Exception` does not catch it."""


def run_in_time(function, seconds, otherwise):
    """Call a function that handles `OutOfTimeError` itself.

    Parameters
    ----------
    function : function
        Takes no arguments. Within it, `interruptible` calls what may take too long.
    seconds : float
        The time that it has.
    otherwise : object
        What is returned where the function cannot be stopped.

    Returns
    -------
    object
        What the function returned.
    """
    main = threading.current_thread() is threading.main_thread()
    if main and hasattr(signal, "setitimer"):
        with _alarm(seconds):
            return function()
    return _in_thread(function, seconds, otherwise)


def interruptible(function, *arguments):
    """Call a function; the alarm is raised in here and nowhere else.

    Parameters
    ----------
    function : function
        What may take too long.
    *arguments : object
        What it is called with.

    Returns
    -------
    object
        What it returned.
    """
    return function(*arguments)


@contextmanager
def _alarm(seconds):
    """Raise `OutOfTimeError` in the running function after some seconds, and again until it ends."""
    before = signal.signal(signal.SIGALRM, _interrupt)
    signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _interrupt(number, frame):
    """Raise `OutOfTimeError`, if the alarm found the program inside `interruptible`."""
    while frame:
        if frame.f_code is interruptible.__code__:
            raise OutOfTimeError
        frame = frame.f_back


def _in_thread(function, seconds, otherwise):
    """Call a function in a thread of its own, where there are no alarms, as on Windows."""
    returned = []
    thread = threading.Thread(target=lambda: returned.append(function()), daemon=True)
    thread.start()
    thread.join(seconds)
    for _ in range(MOST_TIMES):
        if thread.is_alive():
            _raise_in(thread)
            thread.join(AGAIN)
    return returned[0] if returned else otherwise


def _raise_in(thread):
    """Raise `OutOfTimeError` in a thread at its next line."""
    error = ctypes.py_object(OutOfTimeError)
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident), error)
