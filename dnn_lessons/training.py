"""Training (lesson 12): forward, backward, update for each batch; epoch after epoch."""

from collections.abc import Callable
from functools import partial
from math import isfinite
from typing import NamedTuple

import numpy as np

from dnn_lessons import _checks as check
from dnn_lessons._checks import TrainingDiverged
from dnn_lessons.activations import get_activation
from dnn_lessons.backward import L_model_backward
from dnn_lessons.batching import batch_generator
from dnn_lessons.costs import compute_cost, get_cost, reads_logits
from dnn_lessons.forward import L_model_forward
from dnn_lessons.parameters import update_parameters


class Epoch(NamedTuple):
    """What one pass over the data leaves.

    Parameters
    ----------
    cost : float
        The mean loss of the examples, each predicted before the step of its own batch.
    parameters : dict
        The parameters after the last step.
    """

    cost: float
    parameters: dict


class Job(NamedTuple):
    """The data and the settings of a training, checked.

    Parameters
    ----------
    X, Y : ndarray, shapes (n_x, m) and (n_y, m)
        Inputs and labels, in the dtype of the parameters.
    model : tuple
        The Activation of the hidden layers, that of the output, and the Cost.
    learning_rate : float
        The length of a step.
    batching : tuple
        (batch_size, shuffle, rng), as batch_generator takes them.
    """

    X: np.ndarray
    Y: np.ndarray
    model: tuple
    learning_rate: float
    batching: tuple


def run_epoch(job, parameters):
    """Return the cost of one epoch, and the parameters after one step for each batch.

    Parameters
    ----------
    job : Job
        The data and the settings.
    parameters : dict
        The parameters before the epoch, which stay as they are.

    Returns
    -------
    cost : float
        The mean loss of the examples, each predicted before the step of its own batch.
    parameters : dict
        The parameters after the last step.
    """
    hidden, output, cost = job.model
    outputs = []
    for X_batch, Y_batch in batch_generator(job.X, job.Y, *job.batching):
        AL, caches = L_model_forward(X_batch, parameters, hidden, output)
        grads = L_model_backward(AL, Y_batch, caches, hidden, output, cost)
        parameters = update_parameters(parameters, grads, job.learning_rate)
        outputs.append((AL, Y_batch, caches[-1][1]))
    return epoch_cost(*zip(*outputs, strict=True), job.model), parameters


def epoch_cost(AL, Y, Z, model):
    """Return the cost of all examples of an epoch; NaN where the output is not finite.

    Parameters
    ----------
    AL, Y, Z : sequence of ndarray
        Of each batch: the predictions, the labels, the activation cache of the output layer,
        which is Z for an activation that the cost computes from.
    model : tuple
        The Activation of the hidden layers, that of the output, and the Cost.

    Returns
    -------
    float
        The mean loss of the examples.
    """
    _, output, cost = model
    AL, Y = np.concatenate(AL, axis=1), np.concatenate(Y, axis=1)
    Z = np.concatenate(Z, axis=1) if reads_logits(cost, output) else None
    if not np.isfinite(AL if Z is None else Z).all():
        return np.nan
    return float(compute_cost(AL, Y, cost, Z, output))


def plain(job, parameters):
    """Return the engine that runs the functions of the lessons as they stand.

    Parameters
    ----------
    job : Job
        The data and the settings.
    parameters : dict
        The parameters that the training starts from.

    Returns
    -------
    callable
        parameters -> (cost, parameters): run_epoch for this job.
    """
    return partial(run_epoch, job)


ENGINES = {"plain": plain}  # dnn_lessons.engines adds its own


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
    engine="plain",
):
    """Return a generator that trains one epoch at each pull, and yields an Epoch.

    Parameters
    ----------
    X : array_like, shape (n_x, m)
        Inputs; columns are examples. They take the dtype of the parameters.
    Y : array_like, shape (n_y, m)
        Labels.
    parameters : dict
        The parameters to start from, which stay as they are.
    hidden_layer_activation : str or Activation
        The activation function of layers 1 to L - 1.
    output_layer_activation : str or Activation
        The activation function of layer L.
    cost : str or Cost, default "cross_entropy"
        The cost function.
    learning_rate : float, default 0.0075
        The length of a step, above 0.
    num_epochs : int, default 100
        The number of passes over the data.
    batch_size : int, default 64
        The number of examples in a batch; the last batch may be shorter.
    shuffle : bool, default True
        Whether each epoch takes the examples in a random order of its own.
    rng : numpy.random.Generator or int, optional
        What draws that order, or a seed for it.
    engine : str or callable, default "plain"
        How an epoch is run: "plain" calls the functions of the lessons; "recorded" repeats
        their NumPy calls from a list, to the same numbers in less time; "compiled" translates
        the list to C, and gives the same numbers up to rounding (lesson 15). An engine of the
        reader's own takes and returns what `plain` does.

    Returns
    -------
    generator of Epoch
        It raises TrainingDiverged when the cost or a parameter becomes infinite or NaN.

    Raises
    ------
    ValueError
        If data or settings will not do; at the call, before the first epoch.
    """
    parameters, cost = check.as_floats(parameters), get_cost(cost)
    hidden = get_activation(hidden_layer_activation)
    output = get_activation(output_layer_activation)
    X, Y = check.check_data(X, Y, parameters, cost)
    rate = check.positive_float("learning_rate", learning_rate)
    batch_size = check.positive_int("batch_size", batch_size)
    num_epochs = check.positive_int("num_epochs", num_epochs)
    batching = batch_size, shuffle, np.random.default_rng(rng)
    job = Job(X, Y, (hidden, output, cost), rate, batching)
    run = check.lookup("engine", engine, ENGINES, Callable)(job, parameters)
    return epochs(run, parameters, rate, num_epochs)


def epochs(run_epoch, parameters, learning_rate, num_epochs):
    """Yield one Epoch after the other, as long as all numbers stay finite.

    Parameters
    ----------
    run_epoch : callable
        parameters -> (cost, parameters), as an engine returns it.
    parameters : dict
        The parameters to start from.
    learning_rate : float
        For the message of TrainingDiverged.
    num_epochs : int
        The number of epochs.

    Yields
    ------
    Epoch
        Its parameters are arrays of its own.

    Raises
    ------
    TrainingDiverged
        If the cost or a parameter became infinite or NaN.
    """
    kept = parameters
    for number in range(1, num_epochs + 1):
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            cost, parameters = run_epoch(parameters)
        finite = check.all_finite(parameters.values())
        if not (finite and isfinite(cost)):
            raise TrainingDiverged(number, cost, learning_rate, kept, finite)
        kept = {name: P.copy() for name, P in parameters.items()}
        yield Epoch(cost, kept)


def train(
    X,
    Y,
    parameters,
    hidden_layer_activation,
    output_layer_activation,
    cost="cross_entropy",
    **settings,
):
    """Return the parameters after training, and the costs of the epochs.

    Parameters
    ----------
    X, Y : array_like, shapes (n_x, m) and (n_y, m)
        Inputs and labels.
    parameters : dict
        The parameters to start from, which stay as they are.
    hidden_layer_activation, output_layer_activation : str or Activation
        The activation functions of layers 1 to L - 1, and of layer L.
    cost : str or Cost, default "cross_entropy"
        The cost function.
    **settings
        The other settings of train_epochs.

    Returns
    -------
    parameters : dict
        The parameters after the last epoch.
    costs : list of float
        The cost of each epoch.
    """
    model = hidden_layer_activation, output_layer_activation, cost
    costs = []
    for epoch in train_epochs(X, Y, parameters, *model, **settings):
        costs.append(epoch.cost)
    return epoch.parameters, costs
