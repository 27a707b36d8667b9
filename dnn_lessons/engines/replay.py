"""The replay: the calls of a tape bound to their arrays, as functions without arguments.

How a call is bound changes its time and no bit of its result.
"""

from functools import partial

import numpy as np

from dnn_lessons.engines.tape import untraced

EXTREMA = {np.maximum, np.minimum}  # they take the array of their result by its name
SMALL = 2**15  # numbers that a cache holds (0.25 MB of float64)


class Replay:
    """A step of one batch width: called with the numbers of the examples, it runs.

    Parameters
    ----------
    calls : list of Call
        The calls, in their order.
    data : tuple of ndarray
        The data sets that a batch is taken from; columns are examples.
    batch : list of Traced
        What the calls read a batch from, one for each data set.
    output : Traced, shape (n_L, m)
        The output of the step.
    """

    def __init__(self, calls, data, batch, output):
        self.inputs = [(A.T.take, a.value.T) for A, a in zip(data, batch, strict=True)]
        self.calls = [run for call in calls for run in bind(*call)]
        self.output = output.value

    def __call__(self, batch):
        """Run the step on a batch; return the bytes of its output, example by example."""
        for take, array in self.inputs:
            take(batch, 0, array, "clip")  # "clip" saves a copy; no number is outside
        for call in self.calls:
            call()
        return self.output.tobytes("F")  # joining bytes is faster than joining arrays


def bind(function, inputs, settings, result):
    """Return a call, or a few, with the arrays bound: functions of no argument.

    Parameters
    ----------
    function : callable
        A ufunc, or another function of NumPy.
    inputs : tuple
        Traced arrays, arrays and numbers.
    settings : dict
        Keyword arguments.
    result : Traced
        Whose array is written to.

    Returns
    -------
    list of callable
        To be called in turn.
    """
    inputs, out = [untraced(x) for x in inputs], result.value
    if isinstance(function, np.ufunc):
        return _bind_ufunc(function, inputs, out)
    return BINDERS[function](*inputs, out, **settings)


def _bind_ufunc(function, inputs, out):
    """Return the call of a ufunc, after calls that write out its operands where that pays."""
    before, inputs = operands(inputs, out)
    if function in EXTREMA:
        return [*before, partial(function, *inputs, out=out)]
    return [*before, partial(function, *inputs, out)]


def _bind_dot(A, B, out):
    """Return the method `dot` of A: it computes at once, where np.dot asks its operands first."""
    return [partial(np.asarray(A).dot, B, out)]


def _bind_sum(A, out, axis, keepdims):
    """Return the sum over an axis, its settings by place, which takes less time than by name."""
    return [partial(np.add.reduce, A, axis, None, out, keepdims)]


def _bind_where(condition, then, otherwise, out):
    """Return two calls for np.where, which cannot write to a given array."""
    fill = partial(np.copyto, out, otherwise)
    if out.shape == np.shape(condition) == np.shape(then):
        return [fill, partial(np.putmask, out, condition, then)]  # faster than copyto
    return [fill, partial(np.copyto, out, then, where=condition)]


BINDERS = {np.dot: _bind_dot, np.add.reduce: _bind_sum, np.where: _bind_where}


def operands(inputs, out):
    """Return calls that write out what a ufunc would repeat or convert, and its operands.

    It would repeat b for each example, and convert the truth values of Z > 0 to numbers. Small
    arrays take less time written out, although there is one call more. A single number becomes
    an array without axes.

    Parameters
    ----------
    inputs : list
        Arrays and numbers.
    out : ndarray
        The array of the result.

    Returns
    -------
    calls : list of callable
        To be called before the ufunc.
    operands : list of ndarray
        What the ufunc then reads.
    """
    calls, dtype = [], np.result_type(*inputs)
    arrays = [x if isinstance(x, np.ndarray) else np.array(x, dtype) for x in inputs]
    for i, A in enumerate(arrays):
        if A.size == 1:
            arrays[i] = A.reshape(())
        elif out.size <= SMALL and (A.shape, A.dtype) != (out.shape, dtype):
            arrays[i] = np.empty_like(out, dtype)
            calls.append(partial(arrays[i].__setitem__, (), A))  # faster than np.copyto
    return calls, arrays
