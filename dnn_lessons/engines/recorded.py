"""The recorded engine: a step is traced once into a list of NumPy calls, which is replayed from then on.

The functions of the lessons know nothing of this. The replay repeats their calls, in their
order, into arrays that exist already, so every number is the same. One list serves one batch
width, because the shapes of the arrays stand in it.
"""

from functools import cache, partial

import numpy as np

from dnn_lessons import activations, costs
from dnn_lessons.backward import L_model_backward
from dnn_lessons.batching import columns, example_order
from dnn_lessons.costs import reads_logits
from dnn_lessons.engines.tape import (
    REDUCTIONS,
    Tape,
    Traced,
    UnrecordableError,
    aligned,
    untraced,
)
from dnn_lessons.forward import L_model_forward
from dnn_lessons.parameters import update_parameters
from dnn_lessons.training import epoch_cost, plain

EXTREMA = {np.maximum, np.minimum}
OUT_BY_NAME = {
    *EXTREMA,
    *REDUCTIONS,
}  # functions whose result array is passed by its name
PIECE = (
    2**15
)  # numbers that a cache holds (0.25 MB of float64): so many are updated at once
OWN_ROWS = (*activations.ROWS, *costs.ROWS)


def recorded(job, parameters):
    """Return the engine that records a step and replays it; `plain`, where that cannot be done.

    Parameters
    ----------
    job : Job
        The data and the settings.
    parameters : dict
        The parameters that the training starts from.

    Returns
    -------
    callable
        parameters -> (cost, parameters). The parameters that it returns are overwritten by
        the next call.
    """
    try:
        _check_own_rows(job.model)
        return RecordedEpochs(job, parameters)
    except UnrecordableError as reason:
        tell_once(f"Training runs its functions one by one, because {reason}.")
        return plain(job, parameters)


def _check_own_rows(model):
    """Raise UnrecordableError unless all three rows of the model are the package's own."""
    for row in model:
        if not any(row is own for own in OWN_ROWS):
            raise UnrecordableError(
                f"{row.name!r} is not a function of this package, and only those are recorded"
            )


@cache
def tell_once(sentence):
    """Log the sentence, the first time that it is told.

    A warning would be too much, since the result is right.

    Parameters
    ----------
    sentence : str
        What is logged.
    """
    import logging  # noqa: PLC0415 - slow to load, and hardly ever needed

    logging.getLogger("dnn_lessons").warning(sentence)


class RecordedEpochs:
    """Epochs by replay: a step is recorded for each width of a batch, then replayed.

    Parameters
    ----------
    job : Job
        The data and the settings.
    parameters : dict
        The parameters that the training starts from.
    """

    def __init__(self, job, parameters):
        if len({P.dtype for P in parameters.values()}) > 1:
            raise UnrecordableError("the parameters are of several dtypes")
        self.job = job
        self.theta = aligned(np.concatenate([P.ravel() for P in parameters.values()]))
        self.dtheta = aligned(np.zeros_like(self.theta))
        self.parameters = views(self.theta, parameters)
        self.grads = views(self.dtheta, parameters)
        first_batches = {len(batch): batch for batch in self.batches(shuffle=False)}
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            self.replays = {width: self.record(b) for width, b in first_batches.items()}

    def batches(self, shuffle, rng=None):
        """Return the numbers of the examples of each batch of an epoch.

        Parameters
        ----------
        shuffle : bool
            Whether the order is random.
        rng : numpy.random.Generator, optional
            What draws the order.

        Returns
        -------
        list of ndarray
            One array for each batch; the last may be shorter.
        """
        size, m = self.job.batching[0], self.job.X.shape[1]
        order = np.asarray(example_order(m, shuffle, rng))
        return [order[start : start + size] for start in range(0, m, size)]

    def __call__(self, parameters):
        """Run one epoch from these parameters; return its cost and the new parameters."""
        np.concatenate([P.ravel() for P in parameters.values()], out=self.theta)
        batches = self.batches(*self.job.batching[1:])
        output = replayed(batches, self.replays)
        Y = columns(self.job.Y, np.concatenate(batches))
        AL = self.prediction(output)
        return epoch_cost([AL], [Y], [output], self.job.model), self.parameters

    def prediction(self, output):
        """Return the predictions AL where the replay gives what the cost is computed from.

        Parameters
        ----------
        output : ndarray, shape (n_L, m)
            Z where the cost is computed from it, else AL.

        Returns
        -------
        ndarray, shape (n_L, m)
            AL, for the check of its bounds.
        """
        _, activation, cost = self.job.model
        return activation.forward(output)[0] if reads_logits(cost, activation) else output

    def record(self, batch):
        """Return the replay of a step on so many examples, once it gives what the plain step gives.

        Parameters
        ----------
        batch : ndarray
            Numbers of examples to record the step with.

        Returns
        -------
        tuple
            As `trace` returns it.

        Raises
        ------
        UnrecordableError
            If the step cannot be traced, or the replay differs in a bit.
        """
        before = self.theta.copy()
        expected = self.plain_step(batch)
        replay = self.trace(batch)
        output = replayed([batch], {len(batch): replay})
        same = _same_bits([output, *self.parameters.values()], expected)
        self.theta[:] = before
        if not same:
            raise UnrecordableError("a replay of the step gives other numbers here")
        return replay

    def plain_step(self, batch):
        """Return what the cost is computed from, and the new parameters, by the plain functions.

        Parameters
        ----------
        batch : ndarray
            Numbers of examples.

        Returns
        -------
        list of ndarray
            The output, and the parameters in their order.
        """
        x, y = columns(self.job.X, batch), columns(self.job.Y, batch)
        output, grads = _gradients(x, y, self.parameters, self.job.model)
        new = update_parameters(self.parameters, grads, self.job.learning_rate)
        return [output, *new.values()]

    def trace(self, batch):
        """Return the replay of a step: what moves X and Y in and where to, the calls, the output.

        Parameters
        ----------
        batch : ndarray
            Numbers of examples to trace the step with.

        Returns
        -------
        tuple
            (take X, its array, take Y, its array, calls, the output's array).
        """
        tape, X, Y = Tape(), self.job.X, self.job.Y
        x, y = (Traced(aligned(columns(A, batch)), tape) for A in (X, Y))
        traced = {name: Traced(P, tape) for name, P in self.parameters.items()}
        output, grads = _gradients(x, y, traced, self.job.model)
        grads = [grads[f"d{name}"] for name in self.grads]
        for grad, array in zip(grads, self.grads.values(), strict=True):
            _write_into(grad, array)
        wanted = [output.base, *grads, *self.trace_update(tape)]
        tape.keep(wanted)
        tape.share(wanted)
        calls = [run for call in tape.calls for run in bind(*call)]
        return X.T.take, x.value.T, Y.T.take, y.value.T, calls, output.value

    def trace_update(self, tape):
        """Return the new values of all parameters, moved as one vector in pieces that a cache holds.

        Parameters
        ----------
        tape : Tape
            Where the calls are noted.

        Returns
        -------
        list of Traced
            The pieces, each of which is written over the old one.
        """
        starts, new = range(0, self.theta.size, PIECE), []
        for piece in (slice(start, start + PIECE) for start in starts):
            P, dP = Traced(self.theta[piece], tape), Traced(self.dtheta[piece], tape)
            moved = update_parameters({"P": P}, {"dP": dP}, self.job.learning_rate)["P"]
            _write_into(moved, P.value)
            new.append(moved)
        return new


def _gradients(X, Y, parameters, model):
    """Return what the cost is computed from, and the gradients: forward and backward of a step."""
    hidden, output, cost = model
    AL, caches = L_model_forward(X, parameters, hidden, output)
    grads = L_model_backward(AL, Y, caches, hidden, output, cost)
    return (caches[-1][1] if reads_logits(cost, output) else AL), grads


def views(flat, like):
    """Return {name: the part of the vector `flat` that has the shape of like[name]}.

    Parameters
    ----------
    flat : ndarray, shape (total size,)
        All numbers, one array after the other.
    like : dict of ndarray
        The names and the shapes.

    Returns
    -------
    dict of ndarray
        Views of `flat`.
    """
    ends = np.cumsum([P.size for P in like.values()])
    parts = zip(like.items(), np.split(flat, ends[:-1]), strict=True)
    return {name: part.reshape(P.shape) for (name, P), part in parts}


def _write_into(traced, array):
    """Let the replay write the result `traced` into `array`."""
    if (traced.dtype, traced.shape) != (array.dtype, array.shape):
        raise UnrecordableError(
            f"a parameter of {array.dtype} would become one of {traced.dtype}"
        )
    traced.value = array


def replayed(batches, replays):
    """Return the outputs of steps on these batches, side by side.

    A batch moves in, then the calls for its width run.

    Parameters
    ----------
    batches : list of ndarray
        The numbers of the examples of each batch.
    replays : dict
        The replay of a step for each width of a batch, as RecordedEpochs.trace returns it.

    Returns
    -------
    ndarray, shape (n_L, m)
        What the cost is computed from, example by example.
    """
    outputs = []
    for batch in batches:
        take_x, x, take_y, y, calls, output = replays[len(batch)]
        take_x(batch, 0, x, "clip")  # "clip" saves a copy, and no number is outside
        take_y(batch, 0, y, "clip")
        for call in calls:
            call()
        outputs.append(output.tobytes("F"))  # joining bytes is faster than joining arrays
    examples = np.frombuffer(b"".join(outputs), output.dtype).reshape(-1, len(output))
    return np.array(examples.T, order="C")


def bind(function, inputs, settings, result):
    """Return the call, or the few calls, with their arrays bound: functions of no argument.

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
    if function is np.where:
        return _bind_where(*inputs, out)
    if function is np.dot:  # the method asks no operand: the same product in less time
        return [partial(np.asarray(inputs[0]).dot, *inputs[1:], out)]
    before = []
    if isinstance(function, np.ufunc):
        before, inputs = written_out(operands(function, inputs, out), out)
    if function in OUT_BY_NAME:
        return [*before, partial(function, *inputs, out=out, **settings)]
    return [*before, partial(function, *inputs, out, **settings)]


def _bind_where(condition, then, otherwise, out):
    """Return two calls for np.where, which cannot write to a given array."""
    fill = partial(np.copyto, out, otherwise)
    if out.shape == np.shape(condition) == np.shape(then):
        return [fill, partial(np.putmask, out, condition, then)]  # faster than copyto
    return [fill, partial(np.copyto, out, then, where=condition)]


def operands(function, inputs, out):
    """Return the inputs in the form that a ufunc takes fastest.

    A number becomes an array without axes; for maximum and minimum an array of the full shape,
    where a cache holds it.

    Parameters
    ----------
    function : numpy.ufunc
        The ufunc.
    inputs : list
        Arrays and numbers.
    out : ndarray
        The array of the result.

    Returns
    -------
    list of ndarray
        The inputs.
    """
    dtype, full = np.result_type(*inputs), function in EXTREMA and out.size <= PIECE
    shape = out.shape if full else ()
    arrays = [
        x if isinstance(x, np.ndarray) else aligned(np.full(shape, x, dtype))
        for x in inputs
    ]
    return [A.reshape(()) if A.size == 1 else A for A in arrays]


def written_out(inputs, out):
    """Return calls that write out what a ufunc would repeat, such as b, and inputs of one shape.

    Where a cache holds them, adding arrays of one shape is faster, the copy included.

    Parameters
    ----------
    inputs : list of ndarray
        The inputs of the ufunc.
    out : ndarray
        The array of the result.

    Returns
    -------
    calls : list of callable
        To be called before the ufunc.
    inputs : list of ndarray
        What the ufunc then reads.
    """
    calls, full = [], list(inputs)
    for i, x in enumerate(inputs):
        if x.size > 1 and x.shape != out.shape and out.size <= PIECE:
            full[i] = aligned(np.empty_like(out, x.dtype))
            calls.append(partial(full[i].__setitem__, (), x))  # faster than np.copyto
    return calls, full


def _same_bits(arrays, others):
    """Return whether the arrays are equal in every bit."""
    pairs = zip(arrays, others, strict=True)
    return all(
        (p.dtype, p.shape, p.tobytes()) == (q.dtype, q.shape, q.tobytes())
        for p, q in pairs
    )
