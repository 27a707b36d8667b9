"""Training: forward, backward, update for each batch; an epoch is a pass over the data."""

from functools import partial
from typing import NamedTuple

import numpy as np

from dnn_lessons.activations import get_activation
from dnn_lessons.backward import L_model_backward
from dnn_lessons.batching import batch_generator
from dnn_lessons.costs import check_bounds, get_cost
from dnn_lessons.forward import L_model_forward, linear_forward
from dnn_lessons.parameters import update_parameters
from dnn_lessons.record import RecordedStep
from dnn_lessons.validation import as_matrix, positive_float, positive_int

STORED_BATCHES = 64  # the cost is computed for so many at once: memory does not grow with m


class Epoch(NamedTuple):
    """What one pass over the data leaves: its cost and the parameters.

    The cost is the mean loss of the examples, each before its batch's step.
    """

    cost: float
    parameters: dict


class TrainingDiverged(ArithmeticError):
    """The cost or a parameter became infinite or NaN.

    `parameters` are those of the last finite epoch; `finite`: whether the new ones were.
    """

    def __init__(self, epoch, cost, learning_rate, parameters, finite):
        super().__init__(epoch, cost, learning_rate, parameters, finite)
        self.epoch, self.cost, self.parameters = epoch, cost, parameters

    def __str__(self):
        epoch, cost, learning_rate, _, finite = self.args
        also = "" if finite else " and a parameter infinite or NaN"
        return (f"training diverged in epoch {epoch}: the cost became {cost:g}{also}. The "
                "parameters from before that epoch are kept. Try a learning rate below "
                f"{learning_rate:g}")


def train_epochs(X, Y, parameters, hidden_layer_activation, output_layer_activation,
                 cost="cross_entropy", learning_rate=0.0075, num_epochs=100, batch_size=64,
                 shuffle=True, rng=None, record=True):
    """A generator of num_epochs Epochs.

    X (n_x, m) and Y (n_y, m) take the dtype of the parameters. With `record` the step is
    recorded and replayed, to the same numbers in less time.
    Raises ValueError for bad data or settings at the call, TrainingDiverged while it runs.
    """
    L, dtype = len(parameters) // 2, parameters["W1"].dtype
    X = as_matrix("X", X, rows=parameters["W1"].shape[1], dtype=dtype)
    n_y = parameters[f"W{L}"].shape[0]
    Y = as_matrix("Y", Y, rows=n_y, columns=X.shape[1], dtype=dtype)
    check_bounds("Y", Y, get_cost(cost))
    positive_int("batch_size", batch_size)
    hidden, output = map(get_activation, (hidden_layer_activation, output_layer_activation))
    model = hidden, output, get_cost(cost)
    rate, rng = positive_float("learning_rate", learning_rate), np.random.default_rng(rng)
    num_epochs = positive_int("num_epochs", num_epochs)
    data = np.asfortranarray(X), np.asfortranarray(Y)
    parameters = {name: np.ascontiguousarray(P) for name, P in parameters.items()}
    batching = batch_size, shuffle, rng
    return epochs(data, parameters, model, rate, num_epochs, batching, record)


def epochs(data, parameters, model, learning_rate, num_epochs, batching, record):
    """Run one epoch after the other as long as all numbers stay finite."""
    step = choose_step(parameters, model, learning_rate, record)
    for number in range(1, num_epochs + 1):
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            batches = batch_generator(*data, *batching)
            cost, new = run_epoch(batches, parameters, model, step)
        finite = all(np.isfinite(P).all() for P in new.values())
        if not (finite and np.isfinite(cost)):
            raise TrainingDiverged(number, cost, learning_rate, parameters, finite)
        parameters = {name: P.copy() for name, P in new.items()}
        yield Epoch(cost, parameters)


def run_epoch(batches, parameters, model, step):
    """The mean cost over all examples, and the parameters after a step for each batch."""
    total, m, stored = 0.0, 0, []
    for X, Y in batches:
        if len(stored) == STORED_BATCHES:
            total, stored = total + summed_cost(stored, model), []
        output, parameters = step(X, Y, parameters)
        stored.append((output, Y))
        m += X.shape[1]
    return (total + summed_cost(stored, model)) / m, parameters


def summed_cost(stored, model):
    """The loss of the examples of [(output, Y)], summed."""
    output, Y = (np.concatenate(parts, axis=1) for parts in zip(*stored, strict=True))
    return epoch_cost(output, Y, model) * Y.shape[1]


def choose_step(parameters, model, learning_rate, record):
    """training_step for this model and rate.

    Recorded, it runs the same NumPy calls without the Python between them.
    """
    step = partial(training_step, model=model, learning_rate=learning_rate)
    if not record:
        return step
    halves = (partial(gradients, model=model),
              partial(update_parameters, learning_rate=learning_rate))
    return RecordedStep(step, *halves, functions(*model), parameters)


def functions(hidden, output, cost):
    """Those functions of a model that a step calls."""
    fused = cost.fused.get(output.forward, ())
    return (hidden.forward, hidden.backward, output.forward, output.backward, cost.backward,
            *fused)


def training_step(X, Y, parameters, model, learning_rate):
    """Forward, backward, update: the output that the cost is made from; new parameters."""
    output, grads = gradients(X, Y, parameters, model)
    return output, update_parameters(parameters, grads, learning_rate)


def gradients(X, Y, parameters, model):
    """Forward and backward: the output that the cost is made from; {"dW1", "db1", ...}."""
    hidden, output, cost = model
    AL, caches = L_model_forward(X, parameters, hidden, output)
    grads = L_model_backward(AL, Y, caches, hidden, output, cost)
    if output.forward in cost.fused:
        AL, _ = linear_forward(*caches[-1][0])
    return AL, grads


def epoch_cost(output, Y, model):
    """J of one epoch: from Z where the cost is exact from Z, else from AL."""
    _, activation, cost = model
    if activation.forward in cost.fused:
        forward, _ = cost.fused[activation.forward]
        return float(forward(output, Y))
    check_bounds("the network's output AL", output, cost)
    return float(cost.forward(output, Y))


def train(X, Y, parameters, hidden_layer_activation, output_layer_activation,
          cost="cross_entropy", **settings):
    """The parameters after training and the epochs' costs; settings as in train_epochs."""
    model = hidden_layer_activation, output_layer_activation, cost
    run = list(train_epochs(X, Y, parameters, *model, **settings))
    return run[-1].parameters, [epoch.cost for epoch in run]
