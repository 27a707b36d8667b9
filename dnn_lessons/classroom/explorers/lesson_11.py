"""Lesson 11, batching: what the batch size and shuffling do to gradients, epochs and time."""

from functools import cache, partial
from typing import NamedTuple

import numpy as np

from dnn_lessons.backward import L_model_backward
from dnn_lessons.batching import batch_generator
from dnn_lessons.classroom.explorers.batch_panels import (
    TITLES,
    costs_panel,
    gradients_panel,
    order_panel,
)
from dnn_lessons.classroom.explorers.controls import choice, rate_values, slider
from dnn_lessons.classroom.explorers.cost_panel import COST_AXIS
from dnn_lessons.classroom.explorers.explorer import Explorer, Verdict
from dnn_lessons.classroom.explorers.picture import Picture
from dnn_lessons.classroom.explorers.run import Run
from dnn_lessons.classroom.explorers.text import counted
from dnn_lessons.classroom.explorers.training_runs import (
    CONSTANT,
    ENGINE,
    Clock,
    Watched,
    epoch_text,
)
from dnn_lessons.classroom.explorers.verdicts import (
    Evidence,
    best_constant_cost,
    training_verdict,
)
from dnn_lessons.costs import compute_cost
from dnn_lessons.datasets import two_moons
from dnn_lessons.forward import L_model_forward
from dnn_lessons.network import DeepNeuralNetwork

M, EPOCHS = 200, 20
LAYER_DIMS, MODEL = (2, 8, 1), ("tanh", "sigmoid")
SIZES = (1, 2, 4, 8, 16, 32, 50, 64, 100, 200)
CONTROLS = [
    slider("batch_size", "batch size B", SIZES, 8, "{}"),
    choice("shuffle", "shuffle", {"yes": True, "no": False}, True),
    slider("learning_rate", "rate η", rate_values(0.01, 3), 0.3),
    choice("by", "cost by", list(TITLES), "epoch", view=True),
    COST_AXIS,
]
ONE_SIDED = "the last steps served one label, at the expense of the other"
ONE_BATCH = "the gradient of the one batch is exactly that of all examples"
FLATTERS = 0.5  # a reported cost below this share of the true one is worth a word


class BatchState(NamedTuple):
    """A training on two moons that are sorted by label, as it stands.

    Parameters
    ----------
    batches : list of ndarray
        The numbers of each batch's examples in the first epoch.
    gradients : ndarray, shape (2, number of batches)
        Two components of each batch's gradient before training.
    costs : list of float
        After each epoch so far, the cost of all examples.
    reported : list of float
        The cost that each epoch reported: of each batch, before the step that it led to.
    seconds : list of float
        The time until the end of each epoch, measured. No words are made of it.
    diverged : int or None
        The epoch in which the training diverged.
    """

    batches: list
    gradients: np.ndarray
    costs: list
    reported: list
    seconds: list
    diverged: int | None

    @property
    def num_epochs(self):
        """How many epochs there will be."""
        return EPOCHS

    @property
    def levels(self):
        """The cost of the best constant by its words."""
        return _levels()

    def places(self, by):
        """Return where the epochs 0, 1, 2, ... end.

        Parameters
        ----------
        by : {"step", "seconds of work"}
            What is counted.

        Returns
        -------
        ndarray, shape (num_epochs + 1,)
            Steps, or seconds; seconds to come are as many as there were on average.
        """
        epochs = np.arange(EPOCHS + 1)
        if by == "step":
            return epochs * len(self.batches)
        mean = self.seconds[-1] / len(self.seconds) if self.seconds else 1e-3
        return np.concatenate([[0], self.seconds, mean * epochs[len(self.seconds) + 1 :]])


def batch_explorer(**values):
    """Return the explorer of the batch size.

    Parameters
    ----------
    **values : object
        Values of controls by name, where they do not stand at their start.

    Returns
    -------
    Explorer
        Its controls are the batch size, whether the examples are shuffled, the learning rate, and
        the axes of the cost.
    """
    functions = _train, _draw, say
    return Explorer(batch_explorer, "Batches", CONTROLS, *functions, values)


@cache
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


@cache
def _levels():
    """Return the cost of the best constant by its words."""
    return {CONSTANT: best_constant_cost(sorted_moons()[1], "cross_entropy")}


def _train(batch_size, shuffle, learning_rate):
    """Return the Run of a training."""
    network, cut = _network(), _cut(batch_size, shuffle)
    settings = learning_rate, EPOCHS, batch_size, shuffle, ENGINE
    clock = Clock(network.train_epochs(*sorted_moons(), *settings))
    epochs, costs = Watched(clock), []
    now = partial(_state, cut, costs, network, clock, epochs)
    return Run(_costs_after(epochs, network, costs), now, EPOCHS)


def _state(cut, costs, network, clock, epochs):
    """Return the current BatchState."""
    measured = list(costs), list(network.costs), list(clock.seconds)
    return BatchState(*cut, *measured, epochs.diverged)


def _cut(batch_size, shuffle):
    """Return the batches of the first epoch, and the gradient of each."""
    batches = _batches(batch_size, shuffle)
    gradients = [_gradient(*map(int, batch)) for batch in batches]
    return batches, np.stack(gradients, axis=1)


def _network():
    """Return the network, untrained."""
    return DeepNeuralNetwork(LAYER_DIMS, *MODEL, "cross_entropy", rng=0)


def _costs_after(epochs, network, costs):
    """Yield after each epoch, and append the cost of all examples."""
    X, Y = sorted_moons()
    for cost in epochs:
        costs.append(compute_cost(network.predict(X), Y))
        yield cost


def _batches(batch_size, shuffle):
    """Return the numbers of the examples of each batch of the first epoch."""
    numbers = np.arange(M).reshape(1, M)
    pairs = batch_generator(numbers, numbers, batch_size, shuffle, rng=0)
    return [batch[0] for batch, _ in pairs]


@cache
def _start():
    """Return the parameters before training."""
    return _network().parameters


def _gradient(*examples):
    """Return two components of the gradient of some examples: by the first two weights of the output layer."""
    X, Y = (A[:, examples] for A in sorted_moons())
    AL, caches = L_model_forward(X, _start(), *MODEL)
    return L_model_backward(AL, Y, caches, *MODEL)["dW2"][0, :2]


@cache
def _full():
    """Return the gradient of all examples, and how far that of a single one is from it at most."""
    full = _gradient(*range(M))
    single = np.stack([_gradient(i) for i in range(M)])
    return full, 1.08 * np.abs(single - full).max()


def _draw(state, ghosts, by, log):
    """Return the order of the examples, the gradients of the batches, and the costs."""
    _, Y = sorted_moons()
    return Picture(
        [
            order_panel(state.batches, Y[0]),
            gradients_panel(state.gradients, *_full()),
            costs_panel(state, ghosts, log, by),
        ]
    )


def say(state):
    """Return the steps of an epoch, the noise of a batch's gradient, and what the curve shows in words.

    Parameters
    ----------
    state : BatchState
        What is shown.

    Returns
    -------
    Verdict
        One line.
    """
    verdict = _verdict(state)
    parts = _cut_text(state), epoch_text(state.costs, EPOCHS), verdict.sentence
    return verdict._replace(sentence=" ".join(parts))


def _verdict(state):
    """Return what the curve shows; where an epoch flatters itself, this is said too."""
    verdict, flattered = training_verdict(_evidence(state)), _flattered_text(state)
    if flattered and _is_sorted(state):
        return Verdict("one-sided", f"One-sided: {ONE_SIDED}. {flattered}")
    return verdict._replace(sentence=f"{verdict.sentence} {flattered}".strip())


def _evidence(state):
    """Return what a verdict on the training is given by."""
    sizes, constant = (len(state.batches[0]), M), state.levels[CONSTANT]
    return Evidence(state.costs, EPOCHS, *sizes, constant, (), state.diverged)


def _cut_text(state):
    """Return how many steps an epoch has, and how far the gradient of a batch is from that of all examples."""
    steps = f"{counted(len(state.batches), 'step', 'steps')} in an epoch"
    return f"{steps}: {ONE_BATCH if len(state.batches) == 1 else _noise_text(state)}."


def _noise_text(state):
    """Return how far the gradient of a batch is from that of all examples."""
    noise = f"off by {noise_of(state.gradients):.2g} (root mean square)"
    return f"the gradient of a batch is {noise}{_pure_text(state)}"


def _pure_text(state):
    """Return how many batches hold one label only, if a batch has more than one example."""
    if len(state.batches[0]) == 1:
        return ""
    labels = sorted_moons()[1][0]
    pure = sum(np.ptp(labels[batch]) == 0 for batch in state.batches)
    return f", and in {pure} of {len(state.batches)} batches all labels are the same"


def noise_of(gradients):
    """Return how far the gradients of batches are from that of all examples.

    Parameters
    ----------
    gradients : ndarray, shape (2, number of batches)
        Two components of each.

    Returns
    -------
    float
        The root mean square of the distances.
    """
    distances = gradients - _full()[0][:, None]
    return np.sqrt(np.mean(np.sum(np.square(distances), axis=0)))


def _is_sorted(state):
    """Return whether the examples were used in the order in which they stand."""
    return (np.diff(np.concatenate(state.batches)) > 0).all()


def _flattered_text(state):
    """Return what the last epoch reported, if that is far below the cost of all examples after it."""
    if not state.costs or state.reported[-1] > FLATTERS * state.costs[-1]:
        return ""
    reported = f"The epoch itself reported {state.reported[-1]:.3g}"
    return f"{reported}, since it judged each batch before the steps that followed."
