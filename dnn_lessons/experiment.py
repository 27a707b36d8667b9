"""One run from data to scores, which the command line and lesson 14 share."""

import copy
from functools import cached_property
from itertools import compress
from typing import NamedTuple

import numpy as np

from dnn_lessons._checks import check_pair, encloses
from dnn_lessons.activations import get_activation, identity
from dnn_lessons.costs import get_cost
from dnn_lessons.datasets import (
    Scaler,
    attenuated_sine,
    midpoints,
    regression_curve,
    train_test_split,
)
from dnn_lessons.metrics import BEST_CONSTANT, METRICS
from dnn_lessons.network import DeepNeuralNetwork

SNAPSHOTS = (10, 50, 100, 500, 1000, 2000, 3000)  # the epochs of the result picture
# The squares of larger numbers, added up over the examples, could overflow.
LARGEST_VALUE = 1e150
# Reported in place of a cost that would overflow in the units of the data.
LARGEST_COST = float(np.finfo(np.float64).max)


class Settings(NamedTuple):
    """Hold the settings of one run. The defaults are those of `train.py`.

    Parameters
    ----------
    layers : tuple of int
        Number of units in each hidden layer.
    hidden, output : str
        Activation of the hidden layers and of the output layer, as in ACTIVATIONS.
    loss : str
        Cost, as in COSTS.
    learning_rate : float
        Factor of the gradient in each update.
    num_epochs : int
        How often the training passes through all examples.
    batch_size : int
        Number of examples in each update.
    shuffle : bool
        Whether each epoch draws its batches in a new order.
    seed : int
        Seed of the first parameters and of the order of examples.
    dtype : str
        Type of the parameters, "float32" or "float64".
    engine : str
        How an epoch is run, as in ENGINES: "recorded" gives the numbers of "plain" in less
        time.
    """

    layers: tuple = (20, 20)
    hidden: str = "relu"
    output: str = "sigmoid"
    loss: str = "mse"
    learning_rate: float = 0.1
    num_epochs: int = 3000
    batch_size: int = 8
    shuffle: bool = True
    seed: int = 0
    dtype: str = "float64"
    engine: str = "recorded"


CURVE_SETTINGS = Settings()
TABLE_SETTINGS = Settings(output="linear", learning_rate=0.01, num_epochs=100)


class Data(NamedTuple):
    """Hold examples to train on, examples held out, and the names of their rows.

    Parameters
    ----------
    train, held_out : tuple of ndarray
        X (n_x, m) and Y (n_y, m), in their own units.
    features : list of str
        The names of the rows of X.
    target : str
        The name of Y.
    settings : Settings
        The default settings of a run on these data.
    """

    train: tuple
    held_out: tuple
    features: list
    target: str
    settings: Settings = TABLE_SETTINGS


def curve_data(m=500):
    """Return the Data of the regression test: the attenuated sine at m points.

    Parameters
    ----------
    m : int
        Number of examples to train on. The m - 1 points between them are held out.

    Returns
    -------
    Data
        The examples, in radians, with CURVE_SETTINGS.
    """
    X = midpoints(regression_curve(m)[0])
    return Data(regression_curve(m), (X, attenuated_sine(X)), ["x"], "y", CURVE_SETTINGS)


def table_data(table, rng=None):
    """Return the Data of a Table; a fifth of the examples, drawn at random, is held out.

    Parameters
    ----------
    table : Table
        X (n_x, m) and Y (1, m), with their names.
    rng : None, int or numpy.random.Generator
        Where the random split comes from.

    Returns
    -------
    Data
        The examples, with TABLE_SETTINGS.
    """
    parts = train_test_split(table.X, table.Y, rng=rng)
    return Data(*parts, table.features, table.target)


def _settings_with(settings, changes):
    """Return the settings with the changes, and with an output that suits the cost.

    Where `changes` name no output and the cost needs a bounded one, it is the sigmoid.
    """
    new = settings._replace(**changes)
    suits = encloses(get_cost(new.loss), get_activation(new.output))
    return new if suits or "output" in changes else new._replace(output="sigmoid")


def _check_data(data, settings):
    """Raise ValueError unless a network with these settings can learn the data."""
    rows = np.hstack([np.vstack(part) for part in (data.train, data.held_out)])
    for name, row in zip([*data.features, data.target], rows, strict=True):
        _check_magnitude(name, row)
    _check_target(data.target, rows[-1], settings)


def _check_magnitude(name, row):
    """Raise ValueError if a number is so large that squares of such numbers overflow."""
    largest = np.abs(row).max()
    if largest > LARGEST_VALUE:
        raise ValueError(
            f"{name!r} holds numbers as large as {largest:g}; choose a unit that keeps "
            f"them below {LARGEST_VALUE:g}"
        )


def _check_target(name, Y, settings):
    """Raise ValueError unless cost and output suit each other, and the labels suit both."""
    cost, output = get_cost(settings.loss), get_activation(settings.output)
    check_pair(cost, output)
    _check_labels(name, Y, cost)
    _check_range(name, Y, output)


def _check_labels(name, Y, cost):
    """Raise ValueError if a cost for two classes is to learn other labels than 0 and 1."""
    others = Y[~np.isin(Y, cost.bounds)]
    if np.isfinite(cost.bounds).all() and others.size:
        raise ValueError(
            f"{cost.name} needs labels 0 and 1, and {name!r} holds {others[0]:g}; "
            "mse or mae suits other numbers"
        )


def _check_range(name, Y, output):
    """Raise ValueError if a label lies outside the bounds of the output activation."""
    low, high = output.bounds
    if Y.min() < low or Y.max() > high:
        raise ValueError(
            f"{name!r} runs from {Y.min():g} to {Y.max():g}, and {output.name} gives only "
            f"numbers from {low:g} to {high:g}; the output linear has no bounds"
        )


def _fit_scalers(X, Y, output):
    """Return the Scaler of the inputs and that of the labels.

    The weights of an input that is constant in training learn nothing. So it is divided by
    infinity, and the network gets 0, whatever its value is later. Labels are scaled for a
    linear output only; any other output has bounds, which are in the units of the labels.
    """
    unscaled = Scaler(np.zeros((len(Y), 1)), np.ones((len(Y), 1)))
    is_linear = get_activation(output).forward is identity
    y_scaler = Scaler.fit(Y) if is_linear else unscaled
    return Scaler.fit(X, constant=np.inf), y_scaler


def _cost_factor(cost, y_scaler):
    """Return the cost of residuals s, divided by the cost of residuals 1.

    The labels are divided by their standard deviation s, so a cost in their own units is
    larger by this factor: s^2 for the MSE, s for the MAE.
    """
    s = y_scaler.standard_deviation
    if np.all(s == 1):
        return 1.0
    zero, one = np.zeros_like(s), np.ones_like(s)
    return float(cost.forward(s, zero) / cost.forward(one, zero))


def fold_input_scaling(parameters, scaler):
    """Return the parameters of the same function of inputs that are not scaled.

    First layer: W (x - mean) / s + b = (W / s) x + b - (W / s) mean.

    Parameters
    ----------
    parameters : dict of str to ndarray
        W1, b1, ..., WL, bL of a network that takes scaled inputs.
    scaler : Scaler
        The mean and the standard deviation s of each input, (n_x, 1).

    Returns
    -------
    dict of str to ndarray
        The parameters with another W1 and b1.

    Notes
    -----
    Equation (14.3), for each unit of the first layer.
    """
    W = parameters["W1"] / scaler.standard_deviation.T
    return {**parameters, "W1": W, "b1": parameters["b1"] - np.dot(W, scaler.mean)}


def fold_output_scaling(parameters, scaler):
    """Return the parameters of the same function with outputs in the units of the labels.

    Last layer, which is linear: s (W a + b) + mean = (s W) a + (s b + mean).

    Parameters
    ----------
    parameters : dict of str to ndarray
        W1, b1, ..., WL, bL of a network that was trained on scaled labels.
    scaler : Scaler
        The mean and the standard deviation s of each label, (n_y, 1).

    Returns
    -------
    dict of str to ndarray
        The parameters with another WL and bL.
    """
    W, b = (f"{name}{len(parameters) // 2}" for name in "Wb")
    scaled = {
        W: scaler.standard_deviation * parameters[W],
        b: scaler.inverse_transform(parameters[b]),
    }
    return {**parameters, **scaled}


class Score(NamedTuple):
    """Hold one metric of one predictor, on both parts of the data.

    Parameters
    ----------
    predictor : str
        "network", or "constant" with the number that it predicts for every example.
    metric : str
        The name of the metric, as in METRICS.
    train, held_out : float
        The metric on the examples of the training and on those held out.
    """

    predictor: str
    metric: str
    train: float
    held_out: float


class Experiment:
    """Train a network on scaled data; report in the units of the data.

    Parameters
    ----------
    data : Data
        What to train on, what to test on, and the default settings.
    **changes
        Settings that replace those of the data.

    Attributes
    ----------
    settings : Settings
        The settings of this run.
    network : DeepNeuralNetwork
        The network that is trained. It takes scaled inputs and gives scaled outputs.
    scalers : tuple of Scaler
        The scaler of the inputs and that of the labels, fitted to the training part.
    held_out_costs : list of float
        The cost of the examples held out after each epoch, where the caller notes it.

    Raises
    ------
    ValueError
        If the settings and the data do not go together.
    """

    def __init__(self, data, **changes):
        self.data, self.settings = data, _settings_with(data.settings, changes)
        _check_data(data, self.settings)
        self.scalers = _fit_scalers(*data.train, self.settings.output)
        self.network = _new_network(data, self.settings)
        self._costs, self._snapshots, self._predictions = [], {}, {}
        self.held_out_costs, self._kept = [], None

    @cached_property
    def _cost_factor(self):
        """The cost in the units of the data, divided by that of the scaled labels."""
        return _cost_factor(self.network.loss_function, self.scalers[1])

    def epochs(self):
        """Return a generator that trains one epoch at each step and gives its cost.

        Data and settings are checked at once, before the first epoch.

        Returns
        -------
        generator of float
            The cost of each epoch, in the units of the data.

        Raises
        ------
        ValueError
            If the learning rate, the batch size or the number of epochs is not above 0.
        TrainingDiverged
            By the generator, when the cost or a parameter is no longer finite.
        """
        X, Y = map(Scaler.transform, self.scalers, self.data.train)
        s = self.settings
        run = self.network.train_epochs(
            X, Y, s.learning_rate, s.num_epochs, s.batch_size, s.shuffle, s.engine
        )
        return (self._keep(cost) for cost in run)

    def _keep(self, cost):
        """Return the cost in the units of the data, and keep now and then a snapshot."""
        if len(self.costs) in SNAPSHOTS:
            self._snapshots[len(self.costs)] = self.network.parameters
        return self.costs[-1]

    @property
    def costs(self):
        """The cost of each epoch so far, in the units of the data."""
        new = self.network.costs[len(self._costs) :]
        self._costs += [min(self._cost_factor * cost, LARGEST_COST) for cost in new]
        return self._costs

    @property
    def constant_features(self):
        """The names of the features that have one value only in the training part.

        The network cannot learn anything from them.
        """
        is_constant = np.isinf(self.scalers[0].standard_deviation[:, 0])
        return list(compress(self.data.features, is_constant))

    @property
    def snapshots(self):
        """The parameters, for scaled data, after some epochs: {epoch: parameters}.

        The epochs are those of SNAPSHOTS that are over, and the last one. Before the first
        epoch it is {0: the initial parameters}.
        """
        last = len(self.costs) if self._kept is None else self._kept
        earlier = {k: P for k, P in self._snapshots.items() if k < last}
        return {**earlier, last: self.network.parameters}

    def go_back(self, epoch, parameters):
        """Give the network the parameters of an earlier epoch, which are then the last.

        Parameters
        ----------
        epoch : int
            The number of the epoch.
        parameters : dict of str to ndarray
            The parameters after it.
        """
        self._kept, self.network.parameters = epoch, parameters

    def network_in_data_units(self, epoch=None):
        """Return a network that takes inputs and gives outputs in the units of the data.

        Parameters
        ----------
        epoch : int, optional
            One of the epochs in `snapshots`; the last one by default.

        Returns
        -------
        DeepNeuralNetwork
            A copy of the network, in float64, with the scaling inside its parameters.
        """
        snapshots = self.snapshots
        parameters = snapshots[max(snapshots) if epoch is None else epoch]
        doubles = {name: P.astype(np.float64) for name, P in parameters.items()}
        x_scaler, y_scaler = self.scalers
        network = copy.copy(self.network)
        network.parameters = fold_output_scaling(
            fold_input_scaling(doubles, x_scaler), y_scaler
        )
        network.costs = self.costs[:epoch]
        return network

    @np.errstate(over="ignore", invalid="ignore")
    def predict(self, X, epoch=None):
        """Return the predictions (n_y, m) for X (n_x, m), both in the units of the data.

        Parameters
        ----------
        X : ndarray of shape (n_x, m)
            Inputs.
        epoch : int, optional
            One of the epochs in `snapshots`; the last one by default.

        Returns
        -------
        ndarray of shape (n_y, m)
            What the network predicts.
        """
        network = self.network_in_data_units(epoch)
        state = b"".join(map(bytes, network.parameters.values()))
        known, predictions = self._predictions.get(id(X), (None, None))
        if known != state:
            predictions = network.predict(X)
            self._keep_predictions(X, state, predictions)
        return predictions.copy()

    def _keep_predictions(self, X, state, predictions):
        """Keep the latest predictions for a part of the data, and the state they come from."""
        if any(X is part for part, _ in (self.data.train, self.data.held_out)):
            self._predictions[id(X)] = state, predictions

    @property
    def best_constant(self):
        """The number that, predicted for every example, has the lowest cost on the training labels."""
        best = BEST_CONSTANT.get(self.settings.loss, np.mean)
        return float(best(self.data.train[1]))

    def scores(self):
        """Return the scores of the network and of the best constant, metric by metric.

        The constant is the one with the lowest cost on the training labels. A network that
        does not beat it has learnt nothing.

        Returns
        -------
        list of Score
            For each metric of the cost, the network's score and then the constant's.
        """
        loss = self.settings.loss
        metrics = METRICS.get(loss, {loss: self.network.loss_function.forward})
        return [
            Score(predictor, name, *self._measure(metric, predict))
            for name, metric in metrics.items()
            for predictor, predict in self._predictors().items()
        ]

    def _predictors(self):
        """Return {name: function of X} for the network and for the best constant."""
        c = self.best_constant
        return {
            "network": self.predict,
            f"constant {c:.4g}": lambda X: np.full((1, X.shape[1]), c),
        }

    def _measure(self, metric, predict):
        """Return the metric of the predictions for the training and the held-out part."""
        parts = self.data.train, self.data.held_out
        with np.errstate(over="ignore", invalid="ignore"):
            return [float(metric(predict(X), Y)) for X, Y in parts]


def _new_network(data, settings):
    """Return an untrained network for data and settings."""
    X, Y = data.train
    return DeepNeuralNetwork(
        (len(X), *settings.layers, len(Y)),
        settings.hidden,
        settings.output,
        settings.loss,
        dtype=settings.dtype,
        rng=settings.seed,
    )
