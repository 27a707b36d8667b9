"""DeepNeuralNetwork: settings and parameters of one network; train, predict, save, load."""

import numpy as np

from dnn_lessons._checks import as_floats, as_matrix, positive_int
from dnn_lessons.activations import ACTIVATIONS, get_activation
from dnn_lessons.costs import check_pair, get_cost
from dnn_lessons.forward import layers, linear_activation_forward
from dnn_lessons.parameters import check_layer_dims, initialize_parameters
from dnn_lessons.training import train_epochs

BLOCK_VALUES = 2**18  # in the widest layer of a block: 2 MB of float64, a core's cache


def predict(X, parameters, hidden_layer_activation, output_layer_activation):
    """AL (n_L, m) for X (n_x, m), in the dtype of the parameters.

    Raises ValueError for another number of rows, NaN, infinite values or overflow.
    """
    model = layers(
        as_floats(parameters), hidden_layer_activation, output_layer_activation
    )
    n_x, dtype = model[0][0].shape[1], model[0][0].dtype
    X = as_matrix("X", X, rows=n_x, dtype=dtype)
    AL = np.empty((model[-1][0].shape[0], X.shape[1]), dtype)
    block = max(1, BLOCK_VALUES // max(n_x, *(W.shape[0] for W, _, _ in model)))
    for start in range(0, X.shape[1], block):
        columns = slice(start, start + block)
        AL[:, columns] = forward_without_caches(X[:, columns], model)
    return AL


def forward_without_caches(A, model):
    """The output of the layers [(W, b, activation)] for A (n_0, m)."""
    for W, b, activation in model:
        A, _ = linear_activation_forward(A, W, b, activation)
    return A


class DeepNeuralNetwork:
    """A network of layer_dims = (n_0, ..., n_L) units.

    It has one activation for hidden layers, one for the output, one cost. `parameters` move
    as it trains; `costs` holds the cost of each epoch so far. `scale` and `rng` are those
    of initialize_parameters; the same rng shuffles, so one seed repeats a whole run, bit
    for bit.
    """

    def __init__(
        self,
        layer_dims,
        hidden_layer_activation="relu",
        output_layer_activation="sigmoid",
        loss_function="cross_entropy",
        *,
        scale=None,
        dtype=np.float64,
        rng=None,
    ):
        self.layer_dims = check_layer_dims(layer_dims)
        self.hidden_layer_activation = get_activation(hidden_layer_activation)
        self.output_layer_activation = get_activation(output_layer_activation)
        self.loss_function = get_cost(loss_function)
        self.rng = np.random.default_rng(rng)
        self.parameters = initialize_parameters(
            self.layer_dims, *self.activations, scale, self.rng, dtype
        )
        self.costs = []

    @property
    def activations(self):
        """(hidden, output) activation."""
        return self.hidden_layer_activation, self.output_layer_activation

    def train_epochs(
        self, X, Y, learning_rate=0.0075, num_epochs=100, batch_size=64, shuffle=True
    ):
        """A generator of epoch costs.

        After each, `parameters` and `costs` are those of that epoch.
        """
        if (
            self.output_layer_activation in ACTIVATIONS.values()
        ):  # others may not know bounds
            check_pair(self.loss_function, self.output_layer_activation)
        run = train_epochs(
            X,
            Y,
            self.parameters,
            *self.activations,
            self.loss_function,
            learning_rate,
            num_epochs,
            batch_size,
            shuffle,
            self.rng,
        )
        return (self._keep(epoch) for epoch in run)

    def _keep(self, epoch):
        self.parameters = epoch.parameters
        self.costs.append(epoch.cost)
        return epoch.cost

    def train(
        self,
        X,
        Y,
        learning_rate=0.0075,
        num_epochs=100,
        batch_size=64,
        shuffle=True,
        epoch_verbose=10,
        print_cost=False,
    ):
        """Train on X (n_x, m), Y (n_y, m) and return the network.

        With `print_cost` the cost is printed every epoch_verbose epochs. A further call
        goes on from where this one ended. Raises ValueError for bad data or settings, and
        TrainingDiverged, with the last finite parameters kept.
        """
        epoch_verbose = positive_int("epoch_verbose", epoch_verbose)
        run = self.train_epochs(X, Y, learning_rate, num_epochs, batch_size, shuffle)
        for number, cost in enumerate(run):
            if print_cost and number % epoch_verbose == 0:
                print(f"Cost of epoch {number + 1}: {cost:.6f}")  # noqa: T201
        return self

    def predict(self, X):
        """AL (n_L, m) for X (n_x, m)."""
        return predict(X, self.parameters, *self.activations)

    def save(self, path):
        """Write settings, parameters and costs to `path` (.npz), whole or not at all.

        Raises ValueError for activations and costs that ACTIVATIONS and COSTS do not hold.
        """
        from dnn_lessons import _model_file  # noqa: PLC0415 - slow to load, and seldom needed

        settings = {name: getattr(self, name) for name in _model_file.TABLES}
        costs = np.array(self.costs, np.float64)
        _model_file.write(path, settings, {**as_floats(self.parameters), "costs": costs})

    @classmethod
    def load(cls, path, rng=None):
        """The network that `save` wrote; ValueError for any other file.

        `rng` shuffles further training.
        """
        from dnn_lessons import _model_file  # noqa: PLC0415

        settings, layer_dims, parameters, costs = _model_file.read(path)
        network = cls(layer_dims, **settings, dtype=parameters["W1"].dtype)
        network.parameters, network.costs = parameters, costs
        network.rng = np.random.default_rng(rng)
        return network
