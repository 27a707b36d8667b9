"""Lesson 11, batching: what the batch size and shuffling do to gradients, epochs and time."""

from typing import NamedTuple

import numpy as np

from dnn_lessons.backward import L_model_backward
from dnn_lessons.batching import batch_generator
from dnn_lessons.classroom.explorers.controls import choice, slider
from dnn_lessons.classroom.explorers.explorer import Explorer
from dnn_lessons.classroom.explorers.run import Run
from dnn_lessons.classroom.explorers.training_runs import ENGINE, Clock
from dnn_lessons.classroom.figures.batch_effects import batch_effects
from dnn_lessons.datasets import two_moons
from dnn_lessons.forward import L_model_forward
from dnn_lessons.network import DeepNeuralNetwork

M, EPOCHS = 200, 20
LAYER_DIMS, MODEL = (2, 8, 1), ("tanh", "sigmoid")
SIZES = (1, 2, 4, 8, 16, 32, 50, 64, 100, 200)
RATES = np.geomspace(0.01, 3, 76)


class BatchState(NamedTuple):
    """A training on two moons that are sorted by label, as it stands.

    Parameters
    ----------
    batches : list of ndarray
        The numbers of each batch's examples in the first epoch.
    gradients : ndarray, shape (2, number of batches)
        Two components of each batch's gradient before training.
    full : ndarray, shape (2,)
        The same of the gradient of all examples.
    costs, seconds : list of float
        The cost of each epoch so far, and the time until its end.
    """

    batches: list
    gradients: np.ndarray
    full: np.ndarray
    costs: list
    seconds: list


@explorer
def batch_explorer():
    """Return the explorer of the batch size.

    Returns
    -------
    Explorer
        Its controls are the batch size, whether the examples are shuffled, and the learning rate.
    """
    controls = [
        slider("batch_size", "batch size B", SIZES, 8, "{}"),
        choice("shuffle", "shuffle", {"yes": True, "no": False}, True),
        slider("learning_rate", "rate η", RATES, 0.3),
    ]
    return Explorer("Batches", controls, _train, _draw, say, _moving_lines, _progress)


def sorted_moons():
    """Return two moons, all examples of label 0 before all of label 1.

    Returns
    -------
    X, Y : ndarray, shapes (2, 200) and (1, 200)
        The examples and their labels.
    """
    X, Y = two_moons(M, noise=0.15, rng=0)
    order = np.argsort(Y[0], kind="stable")
    return X[:, order], Y[:, order]


def _train(batch_size, shuffle, learning_rate):
    """Return the Run of a training."""
    X, Y = sorted_moons()
    network = DeepNeuralNetwork(LAYER_DIMS, *MODEL, "cross_entropy", rng=0)
    start = _gradients(X, Y, network.parameters, batch_size, shuffle)
    settings = learning_rate, EPOCHS, batch_size, shuffle, ENGINE
    clock = Clock(network.train_epochs(X, Y, *settings))

    def state():
        return BatchState(*start, list(network.costs), list(clock.seconds))

    return Run(clock, state)


def _gradients(X, Y, parameters, batch_size, shuffle):
    """Return the batches of an epoch, the gradient of each, and that of all examples."""
    numbers = np.arange(M).reshape(1, M)
    pairs = batch_generator(numbers, numbers, batch_size, shuffle, rng=0)
    batches = [batch[0] for batch, _ in pairs]
    gradients = [_gradient(X[:, batch], Y[:, batch], parameters) for batch in batches]
    return batches, np.stack(gradients, axis=1), _gradient(X, Y, parameters)


def _gradient(X, Y, parameters):
    """Return two components of a gradient: those by the first two weights of the output layer."""
    AL, caches = L_model_forward(X, parameters, *MODEL)
    return L_model_backward(AL, Y, caches, *MODEL)["dW2"][0, :2]


def _draw(state):
    """Return the batches, their gradients, and the cost by epochs and seconds."""
    return batch_effects(*state)


def _moving_lines(state):
    """Return the points of the two lines that a further epoch moves."""
    epochs = np.arange(1, len(state.costs) + 1)
    return {"epochs": (epochs, state.costs), "seconds": (state.seconds, state.costs)}


def _progress(state):
    """Return the share of the epochs that are done."""
    return len(state.costs) / EPOCHS


def say(state):
    """Return the steps of an epoch, the noise of a batch's gradient and the cost so far in words.

    Parameters
    ----------
    state : BatchState
        What is shown.

    Returns
    -------
    str
        One line.
    """
    count, epoch = len(state.batches), len(state.costs)
    steps = f"{count} step{'s' * (count > 1)} in an epoch"
    noise = f"a batch's gradient is off by {_noise(state):.2g}"
    return f"{steps}; {noise}; epoch {epoch} of {EPOCHS}{_cost_text(state)}."


def _cost_text(state):
    """Return the cost so far, or what to do."""
    return f", cost {state.costs[-1]:.3g}" if state.costs else ": untrained. Press Play"


def _noise(state):
    """Return the root mean square of the distances between the gradients and that of all examples."""
    distances = state.gradients - state.full[:, None]
    return np.sqrt(np.mean(np.sum(np.square(distances), axis=0)))
