"""What the explorers of lessons 00, 12, 13 and 14 share: their controls, and a training on the regression."""

import time
from functools import cache, partial
from typing import NamedTuple

import numpy as np

from dnn_lessons._checks import TrainingDiverged
from dnn_lessons.activations import ACTIVATIONS
from dnn_lessons.classroom.explorers.controls import choice, rate_values, slider
from dnn_lessons.classroom.explorers.cost_panel import cost_panel, earlier_lines
from dnn_lessons.classroom.explorers.explorer import Verdict
from dnn_lessons.classroom.explorers.picture import Axis, Line, Panel, Picture, Words
from dnn_lessons.classroom.explorers.run import Run
from dnn_lessons.classroom.explorers.verdicts import (
    Evidence,
    best_constant_cost,
    dead_units,
    training_verdict,
)
from dnn_lessons.costs import compute_cost
from dnn_lessons.datasets import Scaler, regression_curve
from dnn_lessons.descent import COST_LIMIT
from dnn_lessons.network import DeepNeuralNetwork

ENGINE = "recorded"  # an epoch takes a third of the time of the plain loop
RATES = rate_values(0.001, 10)
SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 500)  # of a batch
LENGTHS = (10, 20, 50, 100, 200, 300, 500, 1000, 2000, 3000)  # in epochs
CONSTANT = "best constant"
WIDTHS = (1, 2, 3, 5, 8, 12, 20, 40)
HIDDEN = [name for name in ACTIVATIONS if name != "linear"]


CONTROLS = (  # of a training, each with its usual start
    slider("learning_rate", "rate η", RATES, 0.1),
    slider("num_epochs", "epochs", LENGTHS, 300, "{:,}"),
    slider("batch_size", "batch size B", SIZES, 8, "{}"),
    slider("width", "units each", WIDTHS, 20, "{}"),
    slider("depth", "hidden layers", range(1, 6), 2, "{}"),
    choice("activation", "activation", HIDDEN, "relu"),
    choice("output", "output", ["sigmoid", "linear"], "sigmoid"),
    slider("seed", "seed", range(10), 0, "{}"),
)


def training_controls(**starts):
    """Return the controls of a training.

    Parameters
    ----------
    **starts : object
        Values at which controls start, where that is not the usual one.

    Returns
    -------
    dict
        {name: Control}.
    """
    controls = {control.name: control for control in CONTROLS}
    for name, value in starts.items():
        controls[name] = controls[name].holding(value)._replace(start=value)
    return controls


class Clock:
    """An iterator that measures how long each item of another one takes to come.

    Parameters
    ----------
    items : iterator
        What is iterated over, such as the epochs of a training.

    Attributes
    ----------
    seconds : list of float
        For each item so far, the time spent on it and on all items before it.
    """

    def __init__(self, items):
        self._items = iter(items)
        self.seconds = []

    def __iter__(self):
        return self

    def __next__(self):
        """Return the next item; the time until it is asked for does not count."""
        start = time.perf_counter()
        item = next(self._items)
        before = self.seconds[-1] if self.seconds else 0.0
        self.seconds.append(before + time.perf_counter() - start)
        return item


class Watched:
    """The epochs of a network's training, which end where it diverges.

    A cost of COST_LIMIT is as good as infinite: what follows only overflows.

    Parameters
    ----------
    epochs : iterator
        The epochs, each of which yields its cost.

    Attributes
    ----------
    diverged : int or None
        The epoch in which the training diverged.
    """

    def __init__(self, epochs):
        self._epochs, self.diverged = enumerate(epochs, 1), None

    def __iter__(self):
        return self

    def __next__(self):
        """Return the cost of the next epoch."""
        if self.diverged is not None:
            raise StopIteration
        try:
            epoch, cost = next(self._epochs)
        except TrainingDiverged as error:
            self.diverged = error.epoch
            raise StopIteration from error
        self.diverged = epoch if cost > COST_LIMIT else None
        return cost


def simple_predictors(X, Y):
    """Return the costs of the two simplest predictors of a curve.

    Parameters
    ----------
    X, Y : ndarray, shape (1, m)
        The data.

    Returns
    -------
    dict
        {words: mean squared error} of the best constant and of the best straight line.
    """
    line = np.polyval(np.polyfit(X[0], Y[0], 1), X)
    return {
        CONSTANT: best_constant_cost(Y, "mse"),
        "straight line": compute_cost(line, Y, "mse"),
    }


class TrainingState(NamedTuple):
    """A training on the regression, as it stands.

    Parameters
    ----------
    costs : list of float
        The cost of each epoch so far.
    num_epochs : int
        How many epochs there will be.
    x, y : ndarray, shape (m,)
        The data.
    prediction : ndarray, shape (m,)
        What the network answers at x.
    levels : dict
        {words: the cost of a predictor that is no network}.
    diverged : int or None
        The epoch in which the training diverged.
    verdict : Verdict
        What the run shows so far.
    """

    costs: list
    num_epochs: int
    x: np.ndarray
    y: np.ndarray
    prediction: np.ndarray
    levels: dict
    diverged: int | None
    verdict: Verdict


def train(
    num_epochs,
    learning_rate,
    batch_size=8,
    activation="relu",
    output="sigmoid",
    width=20,
    depth=2,
    seed=0,
):
    """Return the Run of a training on the regression.

    Parameters
    ----------
    num_epochs : int
        The number of its rounds.
    learning_rate : float
        The rate of the training.
    batch_size : int
        The examples in a batch.
    activation, output : str
        The activations of the hidden layers and of the output.
    width, depth : int
        The units of each hidden layer, and the number of hidden layers.
    seed : int
        What the first weights and the order of the examples are drawn from.

    Returns
    -------
    Run
        Its states are TrainingStates.
    """
    layer_dims = (1, *[width] * depth, 1)
    network = DeepNeuralNetwork(layer_dims, activation, output, "mse", rng=seed)
    _, Y, inputs, _ = _regression()
    settings = learning_rate, num_epochs, batch_size, True, ENGINE
    epochs = Watched(network.train_epochs(inputs, Y, *settings))
    return Run(epochs, partial(_state, network, epochs, settings), num_epochs)


@cache
def _regression():
    """Return X, Y, the inputs as the network is given them, and the costs of the simplest predictors."""
    X, Y = regression_curve()
    return X, Y, Scaler.fit(X).transform(X), simple_predictors(X, Y)


@np.errstate(over="ignore", invalid="ignore")  # shortly before a divergence
def _state(network, epochs, settings):
    """Return the current TrainingState."""
    X, Y, inputs, levels = _regression()
    facts = list(network.costs), *settings[1:3], X.size, levels[CONSTANT]
    evidence = Evidence(*facts, dead_units(network, inputs), epochs.diverged)
    data = *facts[:2], X[0], Y[0], *network.predict(inputs), levels
    return TrainingState(*data, epochs.diverged, training_verdict(evidence))


def draw(state, ghosts, log):
    """Return the cost of the epochs so far, and the fit beside it.

    Parameters
    ----------
    state : TrainingState
        What is drawn.
    ghosts : dict
        {what was different: TrainingState} of earlier runs.
    log : bool
        Whether the axis of the cost is logarithmic.

    Returns
    -------
    Picture
        Two panels.
    """
    return Picture([costs_of(state, ghosts, log), fit_panel(state, ghosts)])


def costs_of(state, ghosts, log):
    """Return the panel of the costs.

    Parameters
    ----------
    state : TrainingState
        What is drawn.
    ghosts : dict
        {what was different: TrainingState} of earlier runs.
    log : bool
        Whether the axis of the cost is logarithmic.

    Returns
    -------
    Panel
        The panel.
    """
    earlier = {label: run.costs for label, run in ghosts.items()}
    ends = state.levels, log, state.diverged
    return cost_panel({"training": state.costs}, state.num_epochs, earlier, *ends)


def fit_panel(state, ghosts):
    """Return the panel of the data and the network's answers.

    Parameters
    ----------
    state : TrainingState
        What is drawn.
    ghosts : dict
        {what was different: TrainingState} of earlier runs.

    Returns
    -------
    Panel
        The panel; its axes stay while the network learns.
    """
    earlier = {label: (run.x, run.prediction) for label, run in ghosts.items()}
    y = Axis("y", state.y.min() - 0.2, state.y.max() + 0.3)
    marks = [*_fit(state, y), *earlier_lines(earlier)]
    return Panel("what the network answers", x_axis(state), y, marks)


def x_axis(state):
    """Return the axis of the inputs.

    Parameters
    ----------
    state : TrainingState
        What is drawn.

    Returns
    -------
    Axis
        The axis.
    """
    return Axis("x", state.x[0], state.x[-1])


def _fit(state, y):
    """Return the lines of the data and of the network's answers."""
    return [
        Line(state.x, state.y, "data", "data", width=5),
        Line(state.x, state.prediction, "model", "network", width=2.8),
        *_warning(state.prediction, y),
    ]


def _warning(prediction, y):
    """Return the words that stand where no part of the network's line is seen."""
    seen = (y.low <= prediction) & (prediction <= y.high)
    text = "the network's answers lie outside this panel"
    return [] if seen.any() else [Words(0, y.high - 0.05, text, look="wrong")]


def say(state):
    """Return in words how far the training has come, and what its curve shows.

    Parameters
    ----------
    state : TrainingState
        What is shown.

    Returns
    -------
    Verdict
        One line.
    """
    epoch = epoch_text(state.costs, state.num_epochs)
    return state.verdict._replace(sentence=f"{epoch} {state.verdict.sentence}")


def epoch_text(costs, num_epochs):
    """Return the number of the epoch and its cost in words.

    Parameters
    ----------
    costs : list of float
        The cost of each epoch so far.
    num_epochs : int
        How many epochs there will be.

    Returns
    -------
    str
        A sentence.
    """
    text = f"Epoch {len(costs):,} of {num_epochs:,}"
    return f"{text}, cost {costs[-1]:.3g}." if costs else f"{text}."
