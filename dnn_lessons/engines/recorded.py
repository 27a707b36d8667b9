"""Record and replay: a training step is traced once into a list of NumPy calls, and the list is run from then on.

The plain functions know nothing of this. The replay repeats their calls in their order, into arrays that exist
already, so every number is the same. One list serves one batch width, because the shapes of the arrays stand in it.
"""

from functools import cache, partial

import numpy as np

from dnn_lessons.batching import columns
from dnn_lessons.engines.purity import Untraceable, dependence, trusted
from dnn_lessons.engines.tape import REDUCTIONS, Tape, Traced, aligned, untraced

EXTREMA = {np.maximum, np.minimum}
OUT_BY_NAME = {
    *EXTREMA,
    np.clip,
    *REDUCTIONS,
}  # a further positional argument is deprecated, or not out
PIECE = (
    2**15
)  # numbers that a cache holds, 0.25 MB of float64: so many parameters are updated at once


def views(flat, like):
    """{name: the part of the vector `flat` that has the shape of like[name]}, one after the other."""
    ends = np.cumsum([P.size for P in like.values()])
    parts = zip(like.items(), np.split(flat, ends[:-1]), strict=True)
    return {name: part.reshape(P.shape) for (name, P), part in parts}


class RecordedSteps:
    """Steps (batches, parameters) -> (outputs, new parameters), recorded once for each width of a batch, then replayed.

    A batch is the numbers of its examples in `data` (X, Y). `steps` are the plain ones, `gradients(X, Y, parameters)`
    -> (output, grads) and the element-wise `update(parameters, grads)` the halves of one, `functions` those that a
    reader may have passed in. The parameters that they return are their own arrays: the next call overwrites them.
    What cannot be recorded is left to the plain steps.
    """

    def __init__(self, steps, gradients, update, functions, data, parameters):
        self.steps, self.gradients, self.update = steps, gradients, update
        self.functions = tuple(
            function for function in functions if not trusted(function)
        )
        self.data, self.theta = (
            data,
            aligned(np.concatenate([P.ravel() for P in parameters.values()])),
        )
        self.dtheta = aligned(np.zeros_like(self.theta))
        self.parameters, self.grads = (
            views(self.theta, parameters),
            views(self.dtheta, parameters),
        )
        self.read, self.replays, self.refused = None, {}, ""

    def __call__(self, batches, parameters):
        if not self.refused and self.ready(batches, parameters):
            return replayed(batches, self.replays), self.parameters
        result = self.steps(batches, parameters)
        say_once(self.refused)  # only now: a plain step that fails gives its own error
        return result

    def ready(self, batches, parameters):
        """Whether a replay of each width stands ready to go on from these parameters."""
        try:
            self.load(parameters)
            for batch in batches:
                if len(batch) not in self.replays:
                    self.record(batch)
        except Exception as reason:  # whatever it was: the plain step is right, or raises what is truly wrong
            self.replays = {}
            self.refused = f"training runs its functions one by one, which is slower, with the same result: {reason}"
        return not self.refused

    def load(self, parameters):
        """Go on from these parameters; record anew where what a function depends on has changed."""
        read = dependence("a function", self.functions)
        if read != self.read:
            self.read, self.replays = read, {}
        if parameters is not self.parameters:
            if {P.dtype for P in parameters.values()} != {self.theta.dtype}:
                raise Untraceable("the parameters are of several dtypes")
            np.concatenate([P.ravel() for P in parameters.values()], out=self.theta)

    def record(self, batch):
        """Keep the replay of a step of this width, if it gives what the plain step gives, bit by bit."""
        before = self.theta.copy()
        expected, parameters = self.steps([batch], views(before, self.parameters))
        try:
            replays = {len(batch): self.trace(batch)}
            output = replayed([batch], replays)
            if not same(
                [output, *self.parameters.values()], [expected, *parameters.values()]
            ):
                raise Untraceable("replayed, it gives other numbers")
        finally:
            self.theta[:] = before
        self.replays |= replays

    def trace(self, batch):
        """The replay of a step on as many examples: what moves X and Y in and where to, the calls, the output."""
        tape = Tape()
        x, y = (Traced(aligned(columns(A, batch)), tape) for A in self.data)
        output, grads = self.gradients(
            x, y, {name: Traced(P, tape) for name, P in self.parameters.items()}
        )
        for name, grad in self.grads.items():
            move(grads[f"d{name}"], grad)
        new = self.trace_update(tape)
        tape.share(kept=[output.base, *new, *(grads[f"d{name}"] for name in self.grads)])
        X, Y = self.data
        return X.T.take, x.value.T, Y.T.take, y.value.T, bound(tape.calls), output.value

    def trace_update(self, tape):
        """The new values of all parameters, moved as one vector, in pieces that a cache holds."""
        pieces = [
            slice(start, start + PIECE) for start in range(0, self.theta.size, PIECE)
        ]
        thetas, dthetas = (
            [Traced(A[piece], tape) for piece in pieces]
            for A in (self.theta, self.dtheta)
        )
        new = [
            self.update({"theta": P}, {"dtheta": dP})["theta"]
            for P, dP in zip(thetas, dthetas, strict=True)
        ]
        for moved, P in zip(new, thetas, strict=True):
            move(moved, P.value)
        return new


def move(traced, array):
    """Let the replay write the result `traced` into `array`."""
    if (traced.dtype, traced.shape) != (array.dtype, array.shape):
        raise Untraceable(f"a {array.dtype} parameter would become {traced.dtype}")
    traced.value = array


def replayed(batches, replays):
    """The outputs of steps on these batches, side by side.

    A batch moves in, then the calls for its width run.
    """
    outputs = []
    for batch in batches:
        take_x, x, take_y, y, calls, output = replays[len(batch)]
        take_x(batch, 0, x, "clip")  # "clip" saves a copy, and no number is outside
        take_y(batch, 0, y, "clip")
        for call in calls:
            call()
        outputs.append(output.tobytes("F"))  # bytes are joined sooner than arrays
    examples = np.frombuffer(b"".join(outputs), output.dtype).reshape(-1, len(output))
    return np.array(examples.T, order="C")


def bound(calls):
    """The calls with their arrays bound: functions of no argument, to be called in turn."""
    return [run for call in calls for run in bind(*call)]


def bind(function, inputs, settings, result):
    """The call, or two, with arrays bound."""
    inputs, out, before = [untraced(x) for x in inputs], result.value, []
    if function is np.where:  # it cannot write to a given array
        condition, then, otherwise = inputs
        return [partial(np.copyto, out, otherwise), choice(out, condition, then)]
    if function is np.dot:  # the method asks no operand: the same product, sooner
        function, *inputs = np.asarray(inputs[0]).dot, *inputs[1:]
    if isinstance(function, np.ufunc):
        before, inputs = written_out(operands(function, inputs, out), out)
    if function in OUT_BY_NAME:
        return [*before, partial(function, *inputs, out=out, **settings)]
    return [*before, partial(function, *inputs, out, **settings)]


def choice(out, condition, then):
    """The call that writes `then` into `out` where the condition holds."""
    if out.shape == np.shape(condition) == np.shape(then):
        return partial(
            np.putmask, out, condition, then
        )  # which repeats nothing, and is faster
    return partial(np.copyto, out, then, where=condition)


def operands(function, inputs, out):
    """The inputs as a ufunc takes them fastest: as arrays, a single number without axes.

    An extremum takes a constant sooner in full, where a cache holds it.
    """
    dtype, full = np.result_type(*inputs), function in EXTREMA and out.size <= PIECE
    shape = out.shape if full else ()
    arrays = [
        x if isinstance(x, np.ndarray) else aligned(np.full(shape, x, dtype))
        for x in inputs
    ]
    return [A.reshape(()) if A.size == 1 else A for A in arrays]


def written_out(inputs, out):
    """(Calls that write out what a ufunc would repeat, such as b; inputs of one shape.)

    Where a cache holds them, NumPy adds them sooner, the time for the copy included.
    """
    calls, full = [], list(inputs)
    for i, x in enumerate(inputs):
        if x.size > 1 and x.shape != out.shape and out.size <= PIECE:
            full[i] = aligned(np.empty_like(out, x.dtype))
            calls.append(partial(full[i].__setitem__, (), x))  # sooner than np.copyto
    return calls, full


def same(arrays, others):
    """Whether the arrays are equal in every bit."""
    pairs = zip(arrays, others, strict=True)
    return all(
        (p.dtype, p.shape, p.tobytes()) == (q.dtype, q.shape, q.tobytes())
        for p, q in pairs
    )


@cache
def say_once(message):
    """Log it; a warning, which some turn into an error, would be too much where the result is right."""
    import logging  # noqa: PLC0415 - slow to import, and hardly ever needed

    logging.getLogger("dnn_lessons").warning(message)
