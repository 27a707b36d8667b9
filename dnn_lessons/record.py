"""Record and replay: a training step is traced once into a list of NumPy calls, and the list is run from then on.

The plain functions know nothing of this. They run on `Traced` arrays, which note each call through NumPy's own
protocols (NEP 13 and NEP 18); the replay repeats those calls in that order, into arrays that exist already, so every
number is the same. One list serves one batch width, because the shapes of the arrays stand in it.
"""

import dis
import inspect
from collections import defaultdict
from functools import cache, partial
from types import CodeType, FunctionType, ModuleType, NoneType

import numpy as np

from dnn_lessons.batching import columns

REDUCTIONS = {np.sum, np.mean, np.max, np.min}
OUT_BY_NAME = {np.maximum, np.minimum, np.clip, *REDUCTIONS}  # a further positional argument is deprecated, or not out
TRACEABLE = {np.dot, np.where, np.clip, *REDUCTIONS}  # and ufuncs
NUMBERS = bool | int | float | str | NoneType | np.generic
IN_PLACE = {np.add, np.subtract, np.multiply, np.maximum}  # fast where they write over an input; np.sign is slower
BUILTINS = {abs, float, int, len, max, min, pow, range, round, sum, tuple, zip}
PIECE = 2**15  # numbers that a cache holds, 0.25 MB of float64: so many parameters are updated at once
KEEPS_STATE = {"STORE_GLOBAL", "DELETE_GLOBAL", "STORE_DEREF", "STORE_ATTR", "IMPORT_NAME"}


class Untraceable(TypeError):
    """The step does what a list of NumPy calls cannot repeat, or might not."""


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
        return np.square(self) if exponent == 2 else np.power(self, exponent)  # as NumPy's own ** does

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
        return self.once((function, *names), lambda: self.call(function, inputs, settings))

    def call(self, function, inputs, settings):
        """Run the call; its result becomes the array that the replay writes to."""
        result = Traced(np.asarray(function(*map(untraced, inputs), **settings)), self)
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
            ended = [x for name, x in used.items() if name in own and last[name] == number]
            over = [x for x in ended if function in IN_PLACE and any(x is each for each in inputs)]
            if id(result) in own:
                homes = [x.value for x in over if layout(x) == layout(result)] or idle[layout(result)]
                result.value = homes.pop() if homes else result.value
            for x in ended:
                if x is result or x.value is not result.value:
                    idle[layout(x)].append(x.value)

    def last_reads(self):
        """{id of a result or an input: the number of the call that reads it last, or else makes it}."""
        makes = {id(result): number for number, (*_, result) in enumerate(self.calls)}
        reads = ((base(x), number) for number, (_, inputs, _, _) in enumerate(self.calls) for x in inputs)
        return makes | {id(x): number for x, number in reads}

    def bound(self):
        """The calls with their arrays bound: functions of no argument."""
        return [run for call in self.calls for run in bind(*call)]


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


def bind(function, inputs, settings, result):
    """The call with its arrays bound: functions of no argument, to be called in turn."""
    inputs, out, before = [untraced(x) for x in inputs], result.value, []
    if function is np.where:  # it cannot write to a given array
        condition, then, otherwise = inputs
        return [partial(np.copyto, out, otherwise),
                partial(np.copyto, out, then, where=condition)]
    if function is np.dot:  # the method asks no operand: the same product, sooner
        function, *inputs = np.asarray(inputs[0]).dot, *inputs[1:]
    if isinstance(function, np.ufunc):
        before, inputs = written_out(operands(inputs), out)
    if function in OUT_BY_NAME:
        return [*before, partial(function, *inputs, out=out, **settings)]
    return [*before, partial(function, *inputs, out, **settings)]


def operands(inputs):
    """The inputs as a ufunc takes them fastest: as arrays, a single number without axes."""
    dtype = np.result_type(*inputs)
    arrays = [x if isinstance(x, np.ndarray) else np.asarray(x, dtype) for x in inputs]
    return [A.reshape(()) if A.size == 1 else A for A in arrays]


def written_out(inputs, out):
    """(Calls that write out what a ufunc would repeat, such as b; inputs of one shape.)

    Where a cache holds them, NumPy adds them sooner, the time for the copy included.
    """
    calls, full = [], list(inputs)
    for i, x in enumerate(inputs):
        if x.size > 1 and x.shape != out.shape and out.size <= PIECE:
            full[i] = np.empty_like(out, x.dtype)
            calls.append(partial(np.copyto, full[i], x))
    return calls, full


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
        self.functions = tuple(function for function in functions if not trusted(function))
        self.data, self.theta = data, np.concatenate([P.ravel() for P in parameters.values()])
        self.dtheta = np.zeros_like(self.theta)
        self.parameters, self.grads = views(self.theta, parameters), views(self.dtheta, parameters)
        self.read, self.replays, self.refused = None, {}, False

    def __call__(self, batches, parameters):
        if self.refused or not self.ready(batches, parameters):
            return self.steps(batches, parameters)
        return replayed(batches, self.replays), self.parameters

    def ready(self, batches, parameters):
        """Whether a replay of each width stands ready to go on from these parameters."""
        try:
            self.load(parameters)
            for batch in batches:
                if len(batch) not in self.replays:
                    self.record(batch)
        except Exception as reason:  # whatever it was: the plain step is right, or raises what is truly wrong
            self.refused, self.replays = True, {}
            say_once(f"training runs its functions one by one, which is slower, with the same result: {reason}")
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
            if not same([output, *self.parameters.values()], [expected, *parameters.values()]):
                raise Untraceable("replayed, it gives other numbers")
        finally:
            self.theta[:] = before
        self.replays |= replays

    def trace(self, batch):
        """The replay of a step on as many examples: what moves X and Y in and where to, the calls, the output."""
        tape = Tape()
        x, y = (Traced(columns(A, batch), tape) for A in self.data)
        output, grads = self.gradients(x, y, {name: Traced(P, tape) for name, P in self.parameters.items()})
        for name, grad in self.grads.items():
            move(grads[f"d{name}"], grad)
        new = self.trace_update(tape)
        tape.share(kept=[output.base, *new, *(grads[f"d{name}"] for name in self.grads)])
        X, Y = self.data
        return X.T.take, x.value.T, Y.T.take, y.value.T, tape.bound(), output.value

    def trace_update(self, tape):
        """The new values of all parameters, moved as one vector, in pieces that a cache holds."""
        pieces = [slice(start, start + PIECE) for start in range(0, self.theta.size, PIECE)]
        thetas, dthetas = ([Traced(A[piece], tape) for piece in pieces] for A in (self.theta, self.dtheta))
        new = [self.update({"theta": P}, {"dtheta": dP})["theta"] for P, dP in zip(thetas, dthetas, strict=True)]
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


def same(arrays, others):
    """Whether the arrays are equal in every bit."""
    pairs = zip(arrays, others, strict=True)
    return all((p.dtype, p.shape, p.tobytes()) == (q.dtype, q.shape, q.tobytes()) for p, q in pairs)


def dependence(name, thing):
    """What `thing` depends on beside its arguments, to be compared before each epoch.

    Raises Untraceable where that might change within one: a list, an object, a state of its own, random numbers.
    """
    if isinstance(thing, NUMBERS) or trusted(thing):
        return thing
    if isinstance(thing, tuple):
        return [dependence(name, each) for each in thing]
    if isinstance(thing, FunctionType | partial):
        return [thing, *(dependence(*item) for item in outside(thing).items())]
    raise Untraceable(f"it reads {name}, which may change while it trains")


def trusted(thing):
    """Whether it is NumPy or math, a function of theirs, or of this package: they keep no state."""
    module = thing.__name__ if isinstance(thing, ModuleType) else callable(thing) and thing.__module__
    return isinstance(thing, np.ufunc) or module in ("numpy", "math") or f"{module}.".startswith(f"{__package__}.")


def outside(function):
    """{name: thing} of what a function reads beside its arguments, and of its defaults."""
    if isinstance(function, partial):
        return {"a function": function.func, "an argument": function.args, **function.keywords}
    check_code(function.__code__)
    names = inspect.getclosurevars(function)
    if not BUILTINS.issuperset(names.builtins.values()):
        raise Untraceable(f"it calls {', '.join(names.builtins)}")
    defaults = {"a default": function.__defaults__, **(function.__kwdefaults__ or {})}
    return {**names.nonlocals, **names.globals, **defaults}


def check_code(code):
    """Raise Untraceable where code writes to a variable outside, holds code of its own, or draws at random."""
    writes = KEEPS_STATE.intersection(line.opname for line in dis.get_instructions(code))
    nested = any(isinstance(constant, CodeType) for constant in code.co_consts)
    if writes or nested or code.co_exceptiontable or "random" in code.co_names:
        raise Untraceable(f"{code.co_name} may keep a state, draw at random or catch errors")


@cache
def say_once(message):
    """Log it; a warning, which some turn into an error, would be too much where the result is right."""
    import logging  # noqa: PLC0415 - slow to import, and hardly ever needed

    logging.getLogger(__package__).warning(message)
