"""What the explorers of lessons 00, 12, 13 and 14 share: their controls, a clock, and a training on the regression."""

import time
from typing import NamedTuple

import numpy as np

from dnn_lessons._checks import TrainingDiverged
from dnn_lessons.activations import ACTIVATIONS
from dnn_lessons.classroom.explorers.controls import choice, rate_values, slider
from dnn_lessons.classroom.explorers.cost_panel import cost_panel
from dnn_lessons.classroom.explorers.explorer import Run
from dnn_lessons.classroom.explorers.picture import Axis, Line, Panel, Picture
from dnn_lessons.costs import compute_cost
from dnn_lessons.datasets import Scaler, regression_curve
from dnn_lessons.descent import COST_LIMIT
from dnn_lessons.network import DeepNeuralNetwork

ENGINE = "recorded"  # an epoch takes a third of the time of the plain loop
RATES = rate_values(0.001, 10)
SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 500)  # of a batch
LENGTHS = (10, 20, 50, 100, 200, 300, 500, 1000, 2000, 3000)  # in epochs
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

    @property
    def speed(self):
        """Items per second so far; 0 before the first."""
        return len(self.seconds) / self.seconds[-1] if self.seconds else 0.0


def curve_network(
    learning_rate,
    num_epochs,
    batch_size=8,
    activation="relu",
    output="sigmoid",
    width=20,
    depth=2,
):
    """Return a network for the regression, and the training that is due.

    Parameters
    ----------
    learning_rate : float
        The rate of the training.
    num_epochs, batch_size : int
        Its length, and the examples in a batch.
    activation, output : str
        The activations of the hidden layers and of the output.
    width, depth : int
        The units of each hidden layer, and the number of hidden layers.

    Returns
    -------
    inputs : ndarray, shape (1, m)
        The standardized inputs.
    network : DeepNeuralNetwork
        The network, untrained.
    epochs : iterator
        Each item is an epoch of training.
    """
    X, Y = regression_curve()
    inputs = Scaler.fit(X).transform(X)
    layer_dims = (1, *[width] * depth, 1)
    network = DeepNeuralNetwork(layer_dims, activation, output, "mse", rng=0)
    settings = learning_rate, num_epochs, batch_size
    epochs = network.train_epochs(inputs, Y, *settings, engine=ENGINE)
    return inputs, network, epochs


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
    """

    costs: list
    num_epochs: int
    x: np.ndarray
    y: np.ndarray
    prediction: np.ndarray
    levels: dict
    diverged: int | None


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


def baselines(X, Y):
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
    constant = np.full_like(Y, Y.mean())
    return {
        "best constant": compute_cost(constant, Y, "mse"),
        "straight line": compute_cost(line, Y, "mse"),
    }


def train(num_epochs, **settings):
    """Return the Run of a training on the regression.

    Parameters
    ----------
    num_epochs : int
        The number of its rounds.
    **settings : object
        Further arguments of curve_network.

    Returns
    -------
    Run
        Its states are TrainingStates.
    """
    X, Y = regression_curve()
    inputs, network, epochs = curve_network(num_epochs=num_epochs, **settings)
    watched, levels = Watched(epochs), baselines(X, Y)

    def state():
        costs, prediction = list(network.costs), network.predict(inputs)[0]
        ends = levels, watched.diverged
        return TrainingState(costs, num_epochs, X[0], Y[0], prediction, *ends)

    return Run(watched, state, num_epochs)


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
    earlier = {label: run.costs for label, run in ghosts.items()}
    curves, ends = {"training": state.costs}, (state.levels, log, state.diverged)
    costs = cost_panel(curves, state.num_epochs, earlier, *ends)
    return Picture([costs, fit_panel(state, ghosts)])


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
    marks = [
        Line(state.x, state.y, "data", "data", width=6, faint=True),
        *(
            Line(run.x, run.prediction, f"compared {i}", width=1.6, faint=True)
            for i, run in enumerate(ghosts.values())
        ),
        Line(state.x, state.prediction, "model", "network", width=2.8),
    ]
    low, high = state.y.min() - 0.2, state.y.max() + 0.3
    x = Axis("x", state.x[0], state.x[-1])
    return Panel("what the network answers", x, Axis("y", low, high), marks)


def say(state):
    """Return in words how far the training has come.

    Parameters
    ----------
    state : TrainingState
        What is shown.

    Returns
    -------
    str
        One line.
    """
    epoch = epoch_text(len(state.costs), state.num_epochs)
    return f"{epoch}: cost {state.costs[-1]:.3g}." if state.costs else epoch


def epoch_text(epoch, num_epochs):
    """Return the number of the epoch in words, and before the first one what to do.

    Parameters
    ----------
    epoch, num_epochs : int
        The epochs that are done, and all of them.

    Returns
    -------
    str
        The beginning of a sentence, or a whole one.
    """
    text = f"Epoch {epoch:,} of {num_epochs:,}"
    return text if epoch else f"{text}: untrained. Press Play."
