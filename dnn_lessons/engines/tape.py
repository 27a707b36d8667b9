"""The tape: NumPy calls of a function, written down while it runs on `Traced` arrays.

NumPy asks its operands before it computes (NEP 13 for ufuncs, NEP 18 for other functions);
that is where the calls are noted.
"""

from collections import namedtuple

import numpy as np

TRACEABLE = {np.dot, np.where}  # besides ufuncs and sums over an axis


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
    base : Traced, optional
        The traced array that this one is the transpose of.
    """

    def __init__(self, value, tape, base=None):
        self.value, self.tape = value, tape
        self.base = self if base is None else base

    shape = property(lambda self: self.value.shape)
    dtype = property(lambda self: self.value.dtype)
    T = property(lambda self: self.tape.once(("T", id(self)), lambda: _transposed(self)))

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


# One call of a step: the function, its inputs (traced arrays, arrays and numbers), its keyword
# arguments, and the traced array whose value the replay writes to.
Call = namedtuple("Call", "function inputs settings result")


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
        key = function, *map(_identity, (*inputs, *settings, *settings.values()))
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
        result = Traced(value, self)
        self.calls.append(Call(function, inputs, settings, result))
        return result


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
    A = x.base.value if isinstance(x, Traced) else x
    return A.T if isinstance(x, Traced) and x is not x.base else A


def _identity(x):
    """Return what tells x from other arguments: which array it is, or which number."""
    return id(x) if isinstance(x, Traced | np.ndarray) else (type(x), repr(x))


def _transposed(A):
    """Return the view A.T of a traced array; where A is such a view itself, its base."""
    return A.base if A.base is not A else Traced(A.value.T, A.tape, A)
