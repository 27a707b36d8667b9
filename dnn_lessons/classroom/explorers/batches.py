"""Lesson 11: how the batch size and shuffling cut a data set, and what they do to gradients, epochs and time."""

import time

import numpy as np

from dnn_lessons.backward import L_model_backward
from dnn_lessons.batching import batch_generator
from dnn_lessons.classroom.explorers.explorer import Explorer, choice, explorer, slider
from dnn_lessons.classroom.figures.live import batch_effects
from dnn_lessons.datasets import two_moons
from dnn_lessons.forward import L_model_forward
from dnn_lessons.network import DeepNeuralNetwork

M, EPOCHS, MODEL = 200, 20, ("tanh", "sigmoid")
SIZES = (1, 2, 4, 8, 16, 32, 50, 64, 100, 200)


def sorted_moons():
    """Two moons, all of label 0 before all of label 1."""
    X, Y = two_moons(M, noise=0.15, rng=0)
    order = np.argsort(Y[0], kind="stable")
    return X[:, order], Y[:, order]


def gradient(X, Y, parameters):
    """Two components of the gradient: those by the weights of the first unit of the output layer."""
    AL, caches = L_model_forward(X, parameters, *MODEL)
    return L_model_backward(AL, Y, caches, *MODEL)["dW2"][0, :2]


def effects(batch_size, shuffle, learning_rate):
    """A run: (batches, their gradients at the start, the full gradient, costs, seconds), 20 epochs."""
    X, Y = sorted_moons()
    network = DeepNeuralNetwork((2, 8, 1), *MODEL, "cross_entropy", rng=0)
    numbers = np.arange(M).reshape(1, M)
    batches = [batch[0] for batch, _ in batch_generator(numbers, numbers, batch_size, shuffle, rng=0)]
    gradients = np.stack([gradient(X[:, batch], Y[:, batch], network.parameters) for batch in batches], axis=1)
    data = batches, gradients, gradient(X, Y, network.parameters), network.costs
    seconds, run = [], network.train_epochs(X, Y, learning_rate, EPOCHS, batch_size, shuffle)

    def now():
        return *data, np.cumsum(seconds)

    yield now
    start = time.perf_counter()
    for _ in run:
        seconds.append(time.perf_counter() - start)
        yield now
        start = time.perf_counter()


def moving_lines(batches, gradients, full, costs, seconds):
    """The lines that a further epoch moves."""
    return {"epochs": (2, np.arange(1, len(costs) + 1), costs), "seconds": (3, seconds, costs)}


def say(batches, gradients, full, costs, seconds):
    """Steps in an epoch, the noise of a batch, the cost so far."""
    noise = np.sqrt(np.mean(np.sum(np.square(gradients - full[:, None]), axis=0)))
    cost = f", cost {costs[-1]:.3g}" if costs else ": untrained. Press Play"
    steps = f"{len(batches)} step{'s' * (len(batches) > 1)}"
    return (f"{steps} in an epoch; a batch's gradient is off by {noise:.2g}; "
            f"epoch {len(costs)} of {EPOCHS}{cost}.")


@explorer
def batch_explorer():
    """Batch size, shuffling and rate on two moons that are sorted by label."""
    controls = [slider("batch_size", "batch size B", SIZES, 8, "{}"),
                choice("shuffle", "shuffle", {"yes": True, "no": False}, True),
                slider("learning_rate", "rate η", np.geomspace(0.01, 3, 76), 0.3)]
    return Explorer("Batches", controls, effects, batch_effects, say, moving_lines,
                    lambda batches, gradients, full, costs, seconds: len(costs) / EPOCHS)
