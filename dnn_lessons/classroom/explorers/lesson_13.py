"""Lesson 13, prediction: the border of a decision, and the cost on held-out points, as the network grows."""

from typing import NamedTuple

import numpy as np

from dnn_lessons.classroom.explorers.explorer import Explorer, Run, explorer
from dnn_lessons.classroom.explorers.training_runs import (
    ENGINE,
    epoch_text,
    training_controls,
)
from dnn_lessons.classroom.figures.training_runs import cost_and_regions
from dnn_lessons.costs import compute_cost
from dnn_lessons.datasets import two_moons
from dnn_lessons.network import DeepNeuralNetwork

BATCH_SIZE = 10
POINTS = 200  # of the data, half of them held out
GRID = np.stack(np.meshgrid(np.linspace(-2.4, 2.4, 41), np.linspace(-1.8, 1.8, 41)))


class DecisionState(NamedTuple):
    """A training on two moons, as it stands.

    Parameters
    ----------
    costs : dict
        The cost after each epoch so far on the "training" points and on the "held out" ones.
    num_epochs : int
        How many epochs there will be.
    probability : ndarray, shape (41, 41)
        What the network answers on GRID.
    X, Y : ndarray, shapes (2, m) and (1, m)
        The training points.
    """

    costs: dict
    num_epochs: int
    probability: np.ndarray
    X: np.ndarray
    Y: np.ndarray


@explorer
def decision_explorer():
    """Return the explorer of a decision.

    Returns
    -------
    Explorer
        Its controls are the width, the depth, the number of epochs and the learning rate.
    """
    controls = training_controls(num_epochs=200, width=8)
    names = "width", "depth", "num_epochs", "learning_rate"
    chosen = [controls[name] for name in names]
    title = "Where a network answers 1"
    return Explorer(title, chosen, _train, _draw, _say, progress=_progress)


def _train(width, depth, num_epochs, learning_rate):
    """Return the Run of a training on half of the points."""
    examples, held_out = _halves()
    network = _network(width, depth)
    settings = learning_rate, num_epochs, BATCH_SIZE, True, ENGINE
    epochs, scores = network.train_epochs(*examples, *settings), []

    def state():
        costs = _costs(network.costs, scores)
        return DecisionState(costs, num_epochs, _answers(network), *examples)

    return Run(_scored(epochs, network, held_out, scores), state)


def _network(width, depth):
    """Return a network for two features and one label."""
    layer_dims = (2, *[width] * depth, 1)
    return DeepNeuralNetwork(layer_dims, "relu", "sigmoid", "cross_entropy", rng=0)


def _costs(training, held_out):
    """Return the costs by their names, as they are now."""
    return {"training": list(training), "held out": list(held_out)}


def _halves():
    """Return the (X, Y) that is trained on, and the (X, Y) that is held out."""
    X, Y = two_moons(POINTS, noise=0.2, rng=0)
    half = POINTS // 2
    return (X[:, :half], Y[:, :half]), (X[:, half:], Y[:, half:])


def _answers(network):
    """Return what a network answers on GRID."""
    return network.predict(GRID.reshape(2, -1)).reshape(GRID[0].shape)


def _scored(epochs, network, held_out, costs):
    """Yield each epoch, after its cost on the held-out points was added to the costs."""
    X, Y = held_out
    for epoch in epochs:
        costs.append(compute_cost(network.predict(X), Y))
        yield epoch


def _draw(state):
    """Return the costs so far, and where the network answers 1."""
    return cost_and_regions(
        state.costs, state.num_epochs, GRID, state.probability, state.X, state.Y
    )


def _progress(state):
    """Return the share of the epochs that are done."""
    return len(state.costs["training"]) / state.num_epochs


def _say(state):
    """Return in words how far the training has come, on both halves of the points."""
    epoch = epoch_text(len(state.costs["training"]), state.num_epochs)
    scores = [
        f"cost {name} {costs[-1]:.3g}" for name, costs in state.costs.items() if costs
    ]
    return f"{epoch}: {', '.join(scores)}." if scores else epoch
