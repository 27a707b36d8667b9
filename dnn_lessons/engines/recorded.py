"""The recorded engine: a step is traced once into a list of NumPy calls, and replayed from then on.

The functions of the lessons know nothing of this. The replay repeats their calls, in their
order, into arrays that exist already, so every number is the same. One list serves one batch
width, because the shapes of the arrays stand in it.
"""

from functools import cache

import numpy as np

from dnn_lessons import activations, backward, costs, forward
from dnn_lessons.batching import columns, example_order
from dnn_lessons.engines.merge import merged
from dnn_lessons.engines.replay import Replay
from dnn_lessons.engines.tape import Tape, Traced, UnrecordableError
from dnn_lessons.parameters import update_parameters
from dnn_lessons.training import Job, plain, run_epoch

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
        return RecordedEpochs(job, parameters)
    except UnrecordableError as reason:
        tell_once(f"Training runs its functions one by one, because {reason}.")
        return plain(job, parameters)


def _check_recordable(model, parameters):
    """Raise UnrecordableError unless the model is made of our rows, and its arrays of one dtype."""
    for row in model:
        if not any(row is own for own in OWN_ROWS):
            raise UnrecordableError(f"{row.name!r} is not a function of this package")
    if {P.dtype.name for P in parameters.values()} not in ({"float32"}, {"float64"}):
        raise UnrecordableError("the parameters are not all float64, or all float32")


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


class Epochs:
    """Epochs of a job whose parameters lie in one vector, which each epoch overwrites.

    An engine adds `run`: the numbers of some examples -> their output, after a step for each
    batch of them.

    Parameters
    ----------
    job : Job
        The data and the settings.
    parameters : dict
        The parameters that the training starts from.
    """

    tolerance = 0.0  # how much the first step may differ from the plain one

    def __init__(self, job, parameters):
        _check_recordable(job.model, parameters)
        self.job, (self.theta, self.parameters) = job, one_vector(parameters)
        _, activation, cost = job.model
        self.mean_loss, *_ = cost.from_logits.get(activation.forward, (cost.forward,))
        self.widths = {len(b): b for b in self._batches(np.arange(job.X.shape[1]))}
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            self.prepare()
            for batch in self.widths.values():
                self._check(batch)

    def __call__(self, parameters):
        """Run one epoch from these parameters; return its cost and the new parameters."""
        np.concatenate([parameters[P].ravel() for P in self.parameters], out=self.theta)
        order = np.asarray(example_order(self.job.X.shape[1], *self.job.batching[1:]))
        cost = self._cost(self.run(order), order)
        return cost, {name: self.parameters[name] for name in parameters}

    def _cost(self, output, order):
        """Return the cost of an epoch; NaN where its output is not finite."""
        Y, is_finite = columns(self.job.Y, order), np.isfinite(output).all()
        return float(self.mean_loss(output, Y)) if is_finite else np.nan

    def _batches(self, order):
        """Return the parts of `order` that are one batch each; the last may be shorter."""
        size = self.job.batching[0]
        return [order[start : start + size] for start in range(0, len(order), size)]

    def _check(self, batch):
        """Raise UnrecordableError unless a step gives what the plain one gives; take it back."""
        before, (cost, expected) = self.theta.copy(), self._plain_step(batch)
        results = [self._cost(self.run(batch), batch), *self.parameters.values()]
        pairs = zip(results, [cost, *expected.values()], strict=True)
        if not all(np.allclose(*pair, *[self.tolerance] * 2, True) for pair in pairs):
            raise UnrecordableError("a replay of the step gives other numbers here")
        self.theta[:] = before

    def _plain_step(self, batch):
        """Return the cost of a batch and the parameters after its step, as `plain` gives them."""
        X, Y, *settings, _ = self.job
        X, Y = columns(X, batch), columns(Y, batch)
        return run_epoch(Job(X, Y, *settings, (len(batch), False, None)), self.parameters)


class RecordedEpochs(Epochs):
    """Epochs by replay: a step is recorded for each width of a batch, then replayed.

    Parameters
    ----------
    job : Job
        The data and the settings.
    parameters : dict
        The parameters that the training starts from.
    """

    def prepare(self):
        """Record a step for each width of a batch."""
        self.dtheta, self.grads = one_vector(self.parameters)
        self.replays = {width: self.trace(batch) for width, batch in self.widths.items()}

    def run(self, order):
        """Replay a step for each batch, and return the outputs side by side.

        Parameters
        ----------
        order : ndarray
            The numbers of the examples, batch after batch.

        Returns
        -------
        ndarray, shape (n_L, m)
            What the cost is computed from: Z of layer L where the cost reads it, else AL.
        """
        outputs = [self.replays[len(batch)](batch) for batch in self._batches(order)]
        examples = np.frombuffer(b"".join(outputs), self.theta.dtype)
        return np.array(examples.reshape(-1, len(self.job.Y)).T, order="C")

    def trace(self, batch):
        """Return the replay of a step, traced on this batch.

        Parameters
        ----------
        batch : ndarray
            Numbers of examples.

        Returns
        -------
        Replay
            For batches of this width.
        """
        tape, data = Tape(), (self.job.X, self.job.Y)
        x_and_y = [Traced(columns(A, batch), tape) for A in data]
        parameters = {name: Traced(P, tape) for name, P in self.parameters.items()}
        output, *_, grads = passes(*x_and_y, parameters, self.job.model)
        for name, array in self.grads.items():  # which the gradients are written to
            grads[f"d{name}"].value = array
        wanted = [output.base, *(grads[f"d{name}"] for name in parameters)]
        calls = merged(tape.calls, wanted) + self._update()
        return Replay(calls, data, x_and_y, output)

    def _update(self):
        """Return the calls that write all new parameters, in one vector, over the old ones."""
        tape = Tape()
        P, dP = ({"P": Traced(self.theta, tape)}, {"dP": Traced(self.dtheta, tape)})
        update_parameters(P, dP, self.job.learning_rate)["P"].value = self.theta
        return tape.calls


def passes(X, Y, parameters, model):
    """Run forward and backward; return what the cost reads, AL, the caches, the gradients.

    Parameters
    ----------
    X, Y : ndarray or Traced, shapes (n_x, m) and (n_y, m)
        A batch.
    parameters : dict
        {"W1", "b1", ..., "WL", "bL"}.
    model : tuple
        The Activation of the hidden layers, that of the output, and the Cost.

    Returns
    -------
    output : ndarray or Traced, shape (n_y, m)
        Z of layer L where the cost is computed from it, else AL.
    AL, caches, grads
        As L_model_forward and L_model_backward return them.
    """
    hidden, output, cost = model
    AL, caches = forward.L_model_forward(X, parameters, hidden, output)
    grads = backward.L_model_backward(AL, Y, caches, hidden, output, cost)
    return (caches[-1][1] if costs.reads_logits(cost, output) else AL), AL, caches, grads


def one_vector(arrays):
    """Return a vector of all numbers of the arrays, W of all layers first, and its parts.

    Parameters
    ----------
    arrays : dict of ndarray
        Arrays of one dtype.

    Returns
    -------
    vector : ndarray
        A copy of their numbers, one array after the other.
    parts : dict of ndarray
        Views of the vector in the shapes of the arrays, in the order of the vector.
    """
    arrays = dict(sorted(arrays.items(), key=lambda pair: pair[0][0]))
    vector = np.concatenate([A.ravel() for A in arrays.values()])
    ends = np.cumsum([A.size for A in arrays.values()])
    parts = zip(arrays.items(), np.split(vector, ends[:-1]), strict=True)
    return vector, {name: part.reshape(A.shape) for (name, A), part in parts}
