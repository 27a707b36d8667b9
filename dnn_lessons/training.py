"""Training: forward, backward, update for each batch; an epoch is a pass over the data."""

from functools import partial
from math import isfinite
from typing import NamedTuple

import numpy as np

from dnn_lessons._checks import as_floats, as_matrix, positive_float, positive_int
from dnn_lessons.activations import get_activation
from dnn_lessons.backward import L_model_backward
from dnn_lessons.batching import columns, cut, example_order
from dnn_lessons.costs import check_bounds, get_cost
from dnn_lessons.engines.recorded import RecordedSteps
from dnn_lessons.forward import L_model_forward, linear_forward
from dnn_lessons.parameters import update_parameters

STORED_BATCHES = (
    64  # the cost is computed for so many at once: memory does not grow with m
)


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
        return (
            f"training diverged in epoch {epoch}: the cost became {cost:g}{also}. The "
            "parameters from before that epoch are kept. Try a learning rate below "
            f"{learning_rate:g}"
        )


def train_epochs(
    X,
    Y,
    parameters,
    hidden_layer_activation,
    output_layer_activation,
    cost="cross_entropy",
    learning_rate=0.0075,
    num_epochs=100,
    batch_size=64,
    shuffle=True,
    rng=None,
    record=True,
):
    """A generator of num_epochs Epochs.

    X (n_x, m) and Y (n_y, m) take the dtype of the parameters. With `record` the step is
    recorded and replayed, to the same numbers in less time.
    Raises ValueError for bad data or settings at the call, TrainingDiverged while it runs.
    """
    parameters = as_floats(parameters)
    L, dtype = len(parameters) // 2, parameters["W1"].dtype
    X = as_matrix("X", X, rows=parameters["W1"].shape[1], dtype=dtype)
    n_y = parameters[f"W{L}"].shape[0]
    Y = as_matrix("Y", Y, rows=n_y, columns=X.shape[1], dtype=dtype)
    check_bounds("Y", Y, get_cost(cost))
    batch_size = positive_int("batch_size", batch_size)
    hidden, output = map(
        get_activation, (hidden_layer_activation, output_layer_activation)
    )
    model = hidden, output, get_cost(cost)
    rate, rng = positive_float("learning_rate", learning_rate), np.random.default_rng(rng)
    num_epochs = positive_int("num_epochs", num_epochs)
    data = np.asfortranarray(X), np.asfortranarray(Y)
    parameters = {name: np.ascontiguousarray(P) for name, P in parameters.items()}
    batching = batch_size, shuffle, rng
    return epochs(data, parameters, model, rate, num_epochs, batching, record)


def epochs(data, parameters, model, learning_rate, num_epochs, batching, record):
    """Run one epoch after the other as long as all numbers stay finite."""
    (X, Y), (batch_size, *shuffling), kept = data, batching, parameters
    steps = choose_steps(data, parameters, model, learning_rate, record)
    for number in range(1, num_epochs + 1):
        order = np.asarray(example_order(X.shape[1], *shuffling))
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            cost, parameters = run_epoch(order, batch_size, Y, parameters, model, steps)
            finite = all_finite(parameters.values())
        if not (finite and isfinite(cost)):
            raise TrainingDiverged(number, cost, learning_rate, kept, finite)
        kept = {name: P.copy() for name, P in parameters.items()}
        yield Epoch(cost, kept)


def run_epoch(order, batch_size, Y, parameters, model, steps):
    """The mean cost over all examples, and the parameters after a step for each batch."""
    total = 0.0
    for examples in cut(order, STORED_BATCHES * batch_size):
        outputs, parameters = steps(list(cut(examples, batch_size)), parameters)
        total += epoch_cost(outputs, columns(Y, examples), model) * len(examples)
    return total / len(order), parameters


def all_finite(arrays):
    """Whether no entry is infinite or NaN; either would spoil the squares, the quick look."""
    return isfinite(sum(map(np.vdot, arrays, arrays))) or all(
        np.isfinite(A).all() for A in arrays
    )


def choose_steps(data, parameters, model, learning_rate, record):
    """Steps for batches of the data, in turn: (batches, parameters) -> (outputs, new parameters).

    Recorded, they run the same NumPy calls without the Python between them.
    """
    update = partial(update_parameters, learning_rate=learning_rate)

    def steps(batches, parameters):
        outputs = []
        for batch in batches:
            X, Y = (columns(A, batch) for A in data)
            output, parameters = training_step(X, Y, parameters, model, learning_rate)
            outputs.append(output)
        return np.concatenate(outputs, axis=1), parameters

    if not record:
        return steps
    return RecordedSteps(
        steps,
        partial(gradients, model=model),
        update,
        functions(*model),
        data,
        parameters,
    )


def functions(hidden, output, cost):
    """Those functions of a model that a step calls."""
    fused = cost.fused.get(output.forward, ())
    return (
        hidden.forward,
        hidden.backward,
        output.forward,
        output.backward,
        cost.backward,
        *fused,
    )


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


def train(
    X,
    Y,
    parameters,
    hidden_layer_activation,
    output_layer_activation,
    cost="cross_entropy",
    **settings,
):
    """The parameters after training and the epochs' costs; settings as in train_epochs."""
    model = hidden_layer_activation, output_layer_activation, cost
    costs = []
    for epoch in train_epochs(X, Y, parameters, *model, **settings):
        costs.append(epoch.cost)
    return epoch.parameters, costs
