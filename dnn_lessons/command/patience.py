"""Settings by a table's size, and a training that stops where it no longer helps."""

import math

import numpy as np

from dnn_lessons.command.judgement import LOSSES, network_losses, sampling_error
from dnn_lessons.datasets import train_test_split
from dnn_lessons.experiment import LARGEST_COST

PATIENCE = 20  # epochs without a better cost, for a table
UPDATES, MOST_EPOCHS = 20_000, 500
MOST_BATCH = 256
LAYERS = {1000: (20, 20), 100: (10,), 0: (5,)}  # {the fewest examples: hidden layers}
FEWEST = 5  # examples of which a fifth is set aside
# Sampling errors by which a network has to be better than the constant on those set aside, and
# on all: chosen on 80 tables such that few useful networks are lost, and few harmful ones kept.
ASIDE, ALL = 1.25, 2
CLEAR = 0.9  # a share of the constant's cost that is never won by chance
LONG = 33_000  # steps from which on compiling pays, the compiler's time included
RATE, RATE_OF_WIDTH = 0.03, 0.3  # the largest rate, and the largest rate times n_x


def settings_for(settings, n_x, m):
    """Return settings with layers, rate, epochs and batches that suit a table's size.

    Small tables get small networks, wide ones small steps, long ones large batches. They
    were chosen on a sample of tables.

    Parameters
    ----------
    settings : Settings
        The settings of any table.
    n_x, m : int
        The numbers of features, and of examples to train on.

    Returns
    -------
    Settings
        The settings for this one.
    """
    batch_size = min(max(8, m // 200), MOST_BATCH)
    epochs = UPDATES // math.ceil(m / batch_size)
    return settings._replace(
        layers=next(layers for least, layers in LAYERS.items() if m >= least),
        learning_rate=min(RATE, float(f"{RATE_OF_WIDTH / n_x:.1g}")),
        num_epochs=min(max(epochs, 10), MOST_EPOCHS),
        batch_size=batch_size,
    )


def with_fast_engine(settings, m):
    """Return settings that compile a long training, where there is a C compiler.

    Parameters
    ----------
    settings : Settings
        All settings of the run.
    m : int
        The number of examples to train on.

    Returns
    -------
    Settings
        The same, or with the compiled engine.
    """
    from dnn_lessons import _compiler  # noqa: PLC0415 - slow to load

    steps = settings.num_epochs * math.ceil(m / settings.batch_size)
    if steps < LONG or _compiler.find() is None:
        return settings
    return settings._replace(engine="compiled")


def set_aside(data, seed):
    """Return the Data with a fifth of its training part set aside, and that fifth.

    Parameters
    ----------
    data : Data
        The examples.
    seed : int
        Where the random choice comes from.

    Returns
    -------
    data : Data
        Fewer examples to train on.
    validation : tuple of ndarray or None
        X (n_x, m) and Y (1, m), to find the best epoch by; None for too few examples.
    """
    if data.train[1].size < FEWEST:
        return data, None
    train, validation = train_test_split(*data.train, rng=seed + 1)
    return data._replace(train=train), validation


class Watch:
    """Watch the cost on examples that are not trained on; keep the best parameters.

    Parameters
    ----------
    experiment : Experiment
        The run.
    validation : tuple of ndarray, optional
        X and Y to find the best epoch by; None keeps the last epoch.
    patience : int
        How many epochs without a lower cost end the training.

    Attributes
    ----------
    set_aside : int
        The number of the validation examples.
    best_epoch : int or None
        The epoch with the lowest cost on the validation examples; 0 is the constant.
    """

    def __init__(self, experiment, validation=None, patience=PATIENCE):
        self.experiment, self.validation = experiment, validation
        self.patience, self.best_epoch, self.set_aside = patience, None, 0
        if validation is not None:
            self.set_aside = validation[1].size
            self.best_epoch, self._best = 0, _constant(experiment)
            self._lowest = self._cost(self._constant_for(validation[1]), validation[1])

    def goes_on(self):
        """Note the costs after an epoch; return whether the training is worth going on.

        Returns
        -------
        bool
            False once `patience` epochs have brought no lower cost.
        """
        epoch = len(self.experiment.costs)
        X, Y = self.experiment.data.held_out
        cost = self._cost(self.experiment.predict(X), Y)
        # In this order, NaN becomes the largest cost as well.
        self.experiment.held_out_costs.append(min(LARGEST_COST, cost))
        return self.validation is None or self._note(epoch) < self.patience

    def _note(self, epoch):
        """Note the parameters after an epoch if they are the best; return how old the best are."""
        X, Y = self.validation
        cost = self._cost(self.experiment.predict(X), Y)
        if cost < self._lowest:
            self._lowest, self.best_epoch = cost, epoch
            self._best = self.experiment.network.parameters
        return epoch - self.best_epoch

    @np.errstate(over="ignore", invalid="ignore")
    def _cost(self, AL, Y):
        """Return the cost of predictions for the labels Y."""
        return self.experiment.network.loss_function.forward(AL, Y)

    def keep_best(self):
        """Give the network the parameters of the best epoch, or those of the constant.

        The constant stays unless the network is better by more than ASIDE sampling errors on the
        examples set aside and by more than ALL on all of them, or leaves less than a tenth of its cost
        on those set aside, which no few examples do by chance.
        """
        if self.validation is None or not self.experiment.costs:
            return
        self.experiment.go_back(self.best_epoch, self._best)
        if self.best_epoch and not self._is_clearly_better():
            self.best_epoch = 0
            self.experiment.go_back(0, _constant(self.experiment))

    @np.errstate(over="ignore", invalid="ignore")
    def _is_clearly_better(self):
        """Return whether the network beats the constant by more than chance may do."""
        constant, network = self._losses(*self.validation)
        gain = constant - network
        gain_in_training = np.subtract(*self._losses(*self.experiment.data.train))
        all_gains = np.append(gain, gain_in_training)
        is_sure = _exceeds(gain, ASIDE) and _exceeds(all_gains, ALL)
        return is_sure or gain.mean() > CLEAR * constant.mean()

    def _losses(self, X, Y):
        """Return the losses (m,) of the constant and of the network for some examples."""
        loss = LOSSES[self.experiment.settings.loss]
        return loss(self._constant_for(Y), Y), network_losses(self.experiment, X, Y)

    def _constant_for(self, Y):
        """Return the best constant of the training labels, in the shape of Y."""
        return np.full(Y.shape, self.experiment.best_constant)


def _exceeds(gain, errors):
    """Return whether the mean of gains is above so many of its sampling errors."""
    return gain.mean() > errors * sampling_error(gain)


def _constant(experiment):
    """Return parameters with which the network gives the best constant for any input."""
    parameters = experiment.network.parameters
    W, b = (f"{name}{len(parameters) // 2}" for name in "Wb")
    zeros = {name: np.zeros_like(parameters[name]) for name in (W, b)}
    zeros[b] += _before_activation(experiment, experiment.best_constant)
    return {**parameters, **zeros}


def _before_activation(experiment, c):
    """Return the z of the output layer that gives the number c in the units of the data."""
    if experiment.settings.output == "sigmoid":
        c = np.clip(c, 1e-6, 1 - 1e-6)
        return np.log(c / (1 - c))
    return experiment.scalers[1].transform(c)
