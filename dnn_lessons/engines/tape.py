"""The tape: NumPy calls of a function, written down while it runs on `Traced` arrays.

NumPy asks its operands before it computes (NEP 13 for ufuncs, NEP 18 for other functions);
that is where the calls are noted.
"""

from collections import defaultdict
from typing import NamedTuple

import numpy as np

TRACEABLE = {np.dot, np.where}  # besides ufuncs and sums over an axis
CACHE_LINE = 64  # bytes that a processor's cache reads and writes at once
OVERWRITING = {  # ufuncs that are fast where the result overwrites an input
    np.add,
    np.subtract,
    np.multiply,
    np.maximum,
}


class UnrecordableError(TypeError):
    """A step does something that a list of NumPy calls cannot repeat."""


class Traced(np.lib.mixins.NDArrayOperatorsMixin):
    """An array of a step while it is traced: its value, and the tape that notes what is done with it.

    Whatever is not defined here, such as a branch on the values, is refused.

    Parameters
    ----------
    value : ndarray
        The array.
    tape : Tape
        Where the calls are noted.
    """

    def __init__(self, value, tape):
        self.value, self.tape, self.base = value, tape, self

    shape = property(lambda self: self.value.shape)
    ndim = property(lambda self: self.value.ndim)
    size = property(lambda self: self.value.size)
    dtype = property(lambda self: self.value.dtype)
    T = property(lambda self: self.tape.once(("T", id(self)), lambda: Transposed(self)))

    def __array_ufunc__(self, ufunc, method, *inputs, **settings):
        if method != "__call__" or settings or ufunc.nout != 1:
            raise UnrecordableError(f"it calls np.{ufunc.__name__} with settings")
        return self.tape.note(ufunc, inputs)

    def __array_function__(self, function, types, inputs, settings):
        if function not in TRACEABLE:
            raise UnrecordableError(f"it calls np.{function.__name__}")
        return self.tape.note(function, inputs, **settings)

    def __pow__(self, exponent):
        raise UnrecordableError("it takes a power, which NumPy computes in several ways")

    def __bool__(self):
        raise UnrecordableError("it branches on values of an array")

    def __array__(self, *_, **__):
        raise UnrecordableError("it makes an array of an array")

    def sum(self, axis=None, keepdims=False):
        """Note the sum over an axis, as ndarray.sum computes it.

        Parameters
        ----------
        axis : int, optional
            The axis that is summed over.
        keepdims : bool, default False
            Whether that axis stays, with the length 1.

        Returns
        -------
        Traced
            The sums.
        """
        return self.tape.note(np.add.reduce, (self,), axis=axis, keepdims=keepdims)


class Transposed(Traced):
    """The view A.T of a traced array A, its source; it follows A where the value of A is moved.

    Parameters
    ----------
    source : Traced
        A.
    """

    def __init__(self, source):
        self.source, self.base, self.tape = source, source.base, source.tape

    value = property(lambda self: self.source.value.T)


class Call(NamedTuple):
    """One call of a step.

    Parameters
    ----------
    function : callable
        A ufunc, or another function of NumPy.
    inputs : tuple
        Traced arrays, arrays and numbers.
    settings : dict
        Keyword arguments, such as axis.
    result : Traced
        Whose array the replay writes to.
    """

    function: object
    inputs: tuple
    settings: dict
    result: Traced


class Tape:
    """The calls of a step in their order; equal calls are noted once."""

    def __init__(self):
        self.calls, self.known = [], {}

    def once(self, key, make):
        """Return make(), or what it returned for this key before.

        Parameters
        ----------
        key : hashable
            What the result depends on.
        make : callable
            Makes the result.

        Returns
        -------
        object
            The result.
        """
        if key not in self.known:
            self.known[key] = make()
        return self.known[key]

    def note(self, function, inputs, **settings):
        """Run function(*inputs, **settings), unless it was run before, and return its result.

        Parameters
        ----------
        function : callable
            A ufunc, or another function of NumPy.
        inputs : tuple
            Traced arrays, arrays and numbers.
        **settings
            Keyword arguments, such as axis.

        Returns
        -------
        Traced
            The result.
        """
        names = [_identity(x) for x in (*inputs, *settings, *settings.values())]
        key = function, *names
        return self.once(key, lambda: self.call(function, inputs, settings))

    def call(self, function, inputs, settings):
        """Run the call; its result becomes the array that the replay writes to.

        Parameters
        ----------
        function : callable
            A ufunc, or another function of NumPy.
        inputs : tuple
            Traced arrays, arrays and numbers.
        settings : dict
            Keyword arguments.

        Returns
        -------
        Traced
            The result.
        """
        value = np.asarray(function(*map(untraced, inputs), **settings))
        result = Traced(aligned(value), self)
        self.calls.append(Call(function, inputs, settings, result))
        return result

    def keep(self, wanted):
        """Drop every call whose result neither a later call reads nor `wanted` holds.

        Parameters
        ----------
        wanted : list of Traced
            The results of the step.
        """
        read, kept = set(map(id, wanted)), []
        for call in reversed(self.calls):
            if id(call.result) in read:
                kept.append(call)
                read |= {id(_base(x)) for x in call.inputs}
        self.calls = kept[::-1]

    def share(self, wanted):
        """Let results that are never needed at one time share an array, so that the cache holds more.

        Parameters
        ----------
        wanted : list of Traced
            The results of the step, which keep arrays of their own.
        """
        own = {id(call.result) for call in self.calls} - set(map(id, wanted))
        idle = defaultdict(list)
        for call, ended in self._endings(own):
            if id(call.result) in own:
                call.result.value = _home(call, ended, idle[_layout(call.result)])
            for x in ended:
                idle[_layout(x)].append(x.value)

    def _endings(self, own):
        """Yield each call, and those of the results `own` that nothing needs after it."""
        numbered = list(enumerate(self.calls))
        last = {id(x): number for number, call in numbered for x in _arrays(call)}
        for number, call in numbered:
            arrays = [x for x in _arrays(call) if id(x) in own]
            yield call, [x for x in arrays if last[id(x)] == number]


def aligned(A):
    """Return a copy of A that begins where a line of the cache does, in the same memory order.

    Parameters
    ----------
    A : ndarray
        Any array in C or Fortran order.

    Returns
    -------
    ndarray
        The copy; a vector register then never reads from two lines.
    """
    room = np.empty(A.nbytes + CACHE_LINE, np.uint8)
    start = -room.__array_interface__["data"][0] % CACHE_LINE
    part = room[start : start + A.nbytes].view(A.dtype)
    copy = part.reshape(A.shape, order="F" if A.flags.fnc else "C")
    copy[...] = A
    return copy


def untraced(x):
    """Return the array of a Traced, and anything else as it is.

    Parameters
    ----------
    x : object
        An input of a call.

    Returns
    -------
    object
        An array, or x.
    """
    return x.value if isinstance(x, Traced) else x


def _identity(x):
    """Return what tells x from other arguments: which array it is, or which number."""
    return id(x) if isinstance(x, Traced | np.ndarray) else (type(x), repr(x))


def _base(x):
    """Return the Traced that x is a view of; anything but a Traced as it is."""
    return x.base if isinstance(x, Traced) else x


def _layout(traced):
    """Return how a traced array lies in memory: equal layouts can share an array."""
    return traced.dtype, traced.shape, traced.value.strides


def _arrays(call):
    """Return what a call reads and makes, each once."""
    return list({id(x): x for x in (*map(_base, call.inputs), call.result)}.values())


def _home(call, ended, idle):
    """Return the array for the result: that of an ended input, an idle one, or its own."""
    for x in ended:
        if _may_overwrite(call, x):
            ended.remove(x)
            return x.value
    return idle.pop() if idle else call.result.value


def _may_overwrite(call, x):
    """Return whether the call may write its result over its input x."""
    is_input = any(x is each for each in call.inputs)
    alike = _layout(x) == _layout(call.result)
    return call.function in OVERWRITING and is_input and alike
