"""A function's NumPy calls, written down while it runs on `Traced` arrays.

NumPy asks its operands before it computes (NEP 13 and NEP 18): that is where the calls are noted.
"""

from collections import defaultdict

import numpy as np

from dnn_lessons.engines.purity import Untraceable

REDUCTIONS = {np.sum, np.mean, np.max, np.min}
TRACEABLE = {np.dot, np.where, np.clip, *REDUCTIONS}  # and ufuncs
LINE = 64  # bytes that a cache reads and writes at once
IN_PLACE = {
    np.add,
    np.subtract,
    np.multiply,
    np.maximum,
}  # fast where they write over an input; np.sign is slower


class Traced(np.lib.mixins.NDArrayOperatorsMixin):
    """An array of the step while it is traced: its value, and the tape that notes what is done with it.

    What is not defined here, such as a branch on its values, is refused.
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
            raise Untraceable(f"it calls np.{ufunc.__name__} with settings")
        return self.tape.note(ufunc, inputs)

    def __array_function__(self, function, types, inputs, settings):
        if function not in TRACEABLE:
            raise Untraceable(f"it calls np.{function.__name__}")
        return self.tape.note(function, inputs, **settings)

    def __pow__(self, exponent):
        if exponent < 2:
            raise Untraceable(f"it takes the power {exponent}")
        return (
            np.square(self) if exponent == 2 else np.power(self, exponent)
        )  # as NumPy's own ** does

    def __bool__(self):
        raise Untraceable("it branches on values of an array")

    def __array__(self, *_, **__):
        raise Untraceable("it makes an array of an array")


class Transposed(Traced):
    """The view A.T of a traced A, its source; it follows A where the value of A is moved."""

    def __init__(self, source):
        self.source, self.base, self.tape = source, source.base, source.tape

    value = property(lambda self: self.source.value.T)


class Tape:
    """The calls, each (function, inputs, settings, result), in their order; one that is made twice is noted once."""

    def __init__(self):
        self.calls, self.known = [], {}

    def once(self, key, make):
        """make(), or what it gave for this key before."""
        if key not in self.known:
            self.known[key] = make()
        return self.known[key]

    def note(self, function, inputs, **settings):
        """The traced result of function(*inputs, **settings)."""
        names = [identity(x) for x in (*inputs, *settings, *settings.values())]
        return self.once(
            (function, *names), lambda: self.call(function, inputs, settings)
        )

    def call(self, function, inputs, settings):
        """Run the call; its result becomes the array that the replay writes to."""
        value = np.asarray(function(*map(untraced, inputs), **settings))
        result = Traced(aligned(value), self)
        self.calls.append((function, inputs, settings, result))
        return result

    def share(self, kept):
        """Let results that are never needed at one time share an array: less for the cache to hold.

        A call writes to the array of a result that nothing reads from then on. The results `kept` stay as they are.
        """
        last, idle = self.last_reads(), defaultdict(list)
        own = {id(result) for *_, result in self.calls}.difference(map(id, kept))
        for number, (function, inputs, _, result) in enumerate(self.calls):
            used = {id(x): x for x in (*map(base, inputs), result)}
            ended = [
                x for name, x in used.items() if name in own and last[name] == number
            ]
            over = [
                x
                for x in ended
                if function in IN_PLACE and any(x is each for each in inputs)
            ]
            if id(result) in own:
                homes = [x.value for x in over if layout(x) == layout(result)] or idle[
                    layout(result)
                ]
                result.value = homes.pop() if homes else result.value
            for x in ended:
                if x is result or x.value is not result.value:
                    idle[layout(x)].append(x.value)

    def last_reads(self):
        """{id of a result or an input: the number of the call that reads it last, or else makes it}."""
        makes = {id(result): number for number, (*_, result) in enumerate(self.calls)}
        reads = (
            (base(x), number)
            for number, (_, inputs, _, _) in enumerate(self.calls)
            for x in inputs
        )
        return makes | {id(x): number for x, number in reads}


def aligned(A):
    """A copy of A that begins where a line of the cache does: each vector of it then lies in one line."""
    room = np.empty(A.nbytes + LINE, np.uint8)
    start = -room.__array_interface__["data"][0] % LINE
    copy = (
        room[start : start + A.nbytes]
        .view(A.dtype)
        .reshape(A.shape, order="F" if A.flags.fnc else "C")
    )
    copy[...] = A
    return copy


def identity(x):
    """What tells x from other arguments: which array it is, or which number."""
    return id(x) if isinstance(x, Traced | np.ndarray) else (type(x), repr(x))


def untraced(x):
    """The array of a Traced; anything else as it is."""
    return x.value if isinstance(x, Traced) else x


def base(x):
    """The Traced whose array x, a Traced or a view of one, reads; anything else as it is."""
    return x.base if isinstance(x, Traced) else x


def layout(traced):
    """How a traced array lies in memory."""
    return traced.dtype, traced.shape, traced.value.strides
