"""One run from data to scores: what the command line and the regression lesson both call."""

import copy
from typing import NamedTuple

import numpy as np

from dnn_lessons.activations import get_activation, identity
from dnn_lessons.costs import check_pair, encloses, get_cost
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
LARGEST_VALUE = (
    1e150  # the square of a larger number, summed over the examples, may overflow
)
LARGEST_FLOAT = float(
    np.finfo(np.float64).max
)  # stands for a cost that only its unit makes infinite


class Settings(NamedTuple):
    """The settings of one run; the defaults are those of the document's command."""

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


CURVE_SETTINGS = Settings()
TABLE_SETTINGS = Settings(output="linear", learning_rate=0.01, num_epochs=100)


class Data(NamedTuple):
    """(X, Y) to train on and (X, Y) held out, in their own units; the names of their rows; the settings that suit."""

    train: tuple
    held_out: tuple
    features: list
    target: str
    settings: Settings = TABLE_SETTINGS


def curve_data(m=500):
    """The document's regression: the attenuated sine at m points, held out halfway between them."""
    X = midpoints(regression_curve(m)[0])
    return Data(regression_curve(m), (X, attenuated_sine(X)), ["x"], "y", CURVE_SETTINGS)


def table_data(table, rng=None):
    """The Data of a Table, a fifth of its examples held out at random."""
    return Data(
        *train_test_split(table.X, table.Y, rng=rng), table.features, table.target
    )


def _settings_with(settings, changes):
    """`settings` with the `changes`; a cost that needs a bounded output gets the sigmoid unless they name another."""
    new = settings._replace(**changes)
    if "output" not in changes and not encloses(
        get_cost(new.loss), get_activation(new.output)
    ):
        return new._replace(output="sigmoid")
    return new


def check_data(data, cost, output):
    """Raise ValueError unless the network can give the labels of `data`, and the cost take both."""
    X, Y = (
        np.concatenate(parts, axis=1)
        for parts in zip(data.train, data.held_out, strict=True)
    )
    _check_magnitudes(np.concatenate([X, Y]), [*data.features, data.target])
    check_pair(cost, output)
    if np.isfinite(cost.bounds).all() and not np.isin(Y, cost.bounds).all():
        raise ValueError(
            f"{cost.name} needs labels 0 and 1, and {data.target!r} holds "
            f"{Y[~np.isin(Y, cost.bounds)][0]:g}; mse or mae suits other numbers"
        )
    if Y.min() < output.bounds[0] or Y.max() > output.bounds[1]:
        raise ValueError(
            f"{data.target!r} runs from {Y.min():g} to {Y.max():g}, and {output.name} gives only numbers "
            f"from {output.bounds[0]:g} to {output.bounds[1]:g}; the output linear has no bounds"
        )


def _check_magnitudes(rows, names):
    """Raise ValueError where a number is too large to be squared: a deviation and an MSE would overflow."""
    for name, largest in zip(names, np.abs(rows).max(axis=1), strict=True):
        if largest > LARGEST_VALUE:
            raise ValueError(
                f"{name!r} holds numbers as large as {largest:g}; choose a unit that keeps them below "
                f"{LARGEST_VALUE:g}"
            )


def target_scaler(Y, output):
    """The Scaler of the labels for a linear output; any other output has to give them in their own units."""
    return (
        Scaler.fit(Y)
        if output.forward is identity
        else Scaler(np.zeros((len(Y), 1)), np.ones((len(Y), 1)))
    )


def _cost_scale(cost, deviation):
    """The cost of residuals `deviation` times as large, as a multiple: s^2 for the MSE, s for the MAE."""
    none, one = np.zeros_like(deviation), np.ones_like(deviation)
    return (
        1.0
        if np.all(deviation == 1)
        else float(cost.forward(deviation, none) / cost.forward(one, none))
    )


def parameters_in_data_units(parameters, x_scaler, y_scaler):
    """The parameters, in float64, of the same function of data that are not scaled.

    First layer: W (x - mean) / s + b = (W / s) x + b - (W / s) mean.
    Last layer: s (W a + b) + mean.
    """
    own = {name: P.astype(np.float64) for name, P in parameters.items()}
    L = len(own) // 2
    own["W1"] = own["W1"] / x_scaler.standard_deviation.T
    own["b1"] = own["b1"] - np.dot(own["W1"], x_scaler.mean)
    own[f"W{L}"] = y_scaler.standard_deviation * own[f"W{L}"]
    own[f"b{L}"] = y_scaler.inverse_transform(own[f"b{L}"])
    return own


class Score(NamedTuple):
    """One predictor by one metric: on the examples that it was trained on, and on those held out."""

    predictor: str
    metric: str
    train: float
    held_out: float


class Experiment:
    """A network for `data`, trained on standardised inputs; whatever it reports is in the units of the data.

    `changes` replace data.settings. `costs` holds the cost of each epoch so far, `snapshots` the parameters after the
    epochs of SNAPSHOTS and after the last. Raises ValueError where settings and data do not go together.
    """

    def __init__(self, data, **changes):
        self.data, self.settings = data, _settings_with(data.settings, changes)
        s = self.settings
        cost, output = get_cost(s.loss), get_activation(s.output)
        check_data(data, cost, output)
        X, Y = data.train
        self.scalers = (
            Scaler.fit(X, constant=np.inf),
            target_scaler(Y, output),
        )  # a constant input is silent for ever
        self.network = DeepNeuralNetwork(
            (len(X), *s.layers, len(Y)), s.hidden, output, cost, dtype=s.dtype, rng=s.seed
        )
        self.costs, self._cost_scale, self._snapshots = (
            [],
            _cost_scale(cost, self.scalers[1].standard_deviation),
            {},
        )

    def epochs(self):
        """A generator of epoch costs: checks now, trains an epoch at each pull."""
        X, Y = map(Scaler.transform, self.scalers, self.data.train)
        s = self.settings
        run = self.network.train_epochs(
            X, Y, s.learning_rate, s.num_epochs, s.batch_size, s.shuffle
        )
        return (self._keep(cost) for cost in run)

    def _keep(self, cost):
        self.costs.append(min(self._cost_scale * cost, LARGEST_FLOAT))
        if len(self.costs) in SNAPSHOTS:
            self._snapshots[len(self.costs)] = self.network.parameters
        return self.costs[-1]

    @property
    def constant_features(self):
        """The names of the features that are constant in the training part."""
        silent = np.isinf(self.scalers[0].standard_deviation[:, 0])
        return [
            name
            for name, is_silent in zip(self.data.features, silent, strict=True)
            if is_silent
        ]

    @property
    def snapshots(self):
        """{epoch: parameters}, the last epoch included; {0: the initial ones} before any."""
        return {**self._snapshots, len(self.costs): self.network.parameters}

    def network_in_data_units(self, epoch=None):
        """The network after that epoch of `snapshots`, or the last, taking and giving the units of the data."""
        network = copy.copy(self.network)
        network.parameters = parameters_in_data_units(
            self.snapshots[len(self.costs) if epoch is None else epoch], *self.scalers
        )
        network.costs = self.costs[:epoch]
        return network

    def predict(self, X, epoch=None):
        """The prediction for X after that epoch, or the last; both in the units of the data."""
        with np.errstate(over="ignore", invalid="ignore"):
            return self.network_in_data_units(epoch).predict(X)

    def scores(self):
        """The Scores of the network and of the constant that suits the training labels best, metric by metric."""
        metrics = METRICS.get(
            self.settings.loss, {self.settings.loss: self.network.loss_function.forward}
        )
        c = float(BEST_CONSTANT.get(self.settings.loss, np.mean)(self.data.train[1]))
        predictors = {
            "network": self.predict,
            f"constant {c:.4g}": lambda X: np.full((1, X.shape[1]), c),
        }
        with np.errstate(over="ignore", invalid="ignore"):
            return [
                Score(
                    who,
                    name,
                    *(
                        float(metric(predict(X), Y))
                        for X, Y in (self.data.train, self.data.held_out)
                    ),
                )
                for name, metric in metrics.items()
                for who, predict in predictors.items()
            ]
