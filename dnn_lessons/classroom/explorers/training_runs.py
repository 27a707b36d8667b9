"""What the explorers of lessons 00, 12, 13 and 14 share: their controls, a clock, and a training on the regression."""

import time
from typing import NamedTuple

import numpy as np

from dnn_lessons.activations import ACTIVATIONS
from dnn_lessons.classroom.explorers.controls import choice, slider
from dnn_lessons.classroom.explorers.explorer import Run
from dnn_lessons.classroom.figures.training_runs import cost_and_fit, thinned
from dnn_lessons.datasets import Scaler, regression_curve
from dnn_lessons.network import DeepNeuralNetwork

ENGINE = "recorded"  # an epoch takes a third of the time of the plain loop
RATES = np.geomspace(0.001, 10, 161)
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
        start = controls[name].nearest(value)
        controls[name] = controls[name]._replace(start=start)
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
    speed : float
        Epochs per second so far.
    """

    costs: list
    num_epochs: int
    x: np.ndarray
    y: np.ndarray
    prediction: np.ndarray
    speed: float


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
    clock = Clock(epochs)

    def state():
        prediction = network.predict(inputs)[0]
        costs = list(network.costs)
        return TrainingState(costs, num_epochs, X[0], Y[0], prediction, clock.speed)

    return Run(clock, state)


def draw(state):
    """Return the cost of the epochs so far, and the fit beside it.

    Parameters
    ----------
    state : TrainingState
        What is drawn.

    Returns
    -------
    matplotlib.figure.Figure
        The picture.
    """
    return cost_and_fit(state.costs, state.num_epochs, state.x, state.y, state.prediction)


def moving_lines(state):
    """Return the points of the two lines that a further epoch moves.

    Parameters
    ----------
    state : TrainingState
        What is shown.

    Returns
    -------
    dict
        {gid: (x, y)}.
    """
    return {"costs": thinned(state.costs), "fit": (state.x, state.prediction)}


def progress(state):
    """Return the share of the epochs that are done.

    Parameters
    ----------
    state : TrainingState
        What is shown.

    Returns
    -------
    float
        From 0 to 1.
    """
    return len(state.costs) / state.num_epochs


def say(state):
    """Return in words how far the training has come, and how fast it is.

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
    if not state.costs:
        return epoch
    return f"{epoch}: cost {state.costs[-1]:.3g}; {state.speed:,.0f} epochs per second."


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
