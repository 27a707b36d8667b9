"""DeepNeuralNetwork (lessons 12 and 13): settings and parameters of one network; train, predict, save, load."""

import numpy as np

from dnn_lessons import _checks as check
from dnn_lessons._resuming import keep_each
from dnn_lessons.activations import ACTIVATIONS, get_activation
from dnn_lessons.costs import get_cost
from dnn_lessons.forward import layers, linear_activation_forward
from dnn_lessons.parameters import initialize_parameters
from dnn_lessons.training import train_epochs

BLOCK_VALUES = 2**18  # in the widest layer of a block: 2 MB of float64, a core's cache


def predict(X, parameters, hidden_layer_activation, output_layer_activation):
    """Return the prediction AL (n_L, m) for X (n_x, m), block by block of examples.

    Parameters
    ----------
    X : array_like, shape (n_x, m)
        The input; columns are examples.
    parameters : dict
        {"W1", "b1", ..., "WL", "bL"}.
    hidden_layer_activation : str or Activation
        The activation function of layers 1 to L - 1.
    output_layer_activation : str or Activation
        The activation function of layer L.

    Returns
    -------
    ndarray, shape (n_L, m)
        The prediction, in the dtype of the parameters.

    Raises
    ------
    ValueError
        If X has another number of rows than W1 has columns, or holds NaN or infinite numbers.
    """
    parameters = check.as_floats(parameters)
    model = layers(parameters, hidden_layer_activation, output_layer_activation)
    W1, _, _ = model[0]
    X = check.as_matrix("X", X, rows=W1.shape[1], dtype=W1.dtype)
    size = max(1, BLOCK_VALUES // max(max(W.shape) for W, _, _ in model))
    blocks = (X[:, start : start + size] for start in range(0, X.shape[1], size))
    return np.concatenate([forward_without_caches(A, model) for A in blocks], axis=1)


def forward_without_caches(A, model):
    """Return the output of the layers [(W, b, activation)] for A (n_0, m).

    Parameters
    ----------
    A : ndarray, shape (n_0, m)
        The input.
    model : list of tuple
        The layers, as `layers` returns them.

    Returns
    -------
    ndarray, shape (n_L, m)
        The activations of the last layer.
    """
    for W, b, activation in model:
        A, _ = linear_activation_forward(A, W, b, activation)
    return A


class DeepNeuralNetwork:
    """A network of layer_dims = (n_0, ..., n_L) units, with its parameters and costs.

    Parameters
    ----------
    layer_dims : sequence of int
        The numbers of units: n_0 inputs, the layers in order, n_L outputs.
    hidden_layer_activation : str or Activation, default "relu"
        The activation function of layers 1 to L - 1.
    output_layer_activation : str or Activation, default "sigmoid"
        The activation function of layer L.
    loss_function : str or Cost, default "cross_entropy"
        The cost function.
    scale : float, optional
        As in initialize_parameters.
    dtype : float64 or float32, default float64
        The numbers to compute with.
    rng : numpy.random.Generator or int, optional
        What draws the parameters and then the order of the examples, or a seed for it: one
        seed repeats a whole run, bit for bit.

    Attributes
    ----------
    parameters : dict
        {"W1", "b1", ..., "WL", "bL"}, new arrays after each epoch.
    costs : list of float
        The cost of each epoch so far.
    table : dict or None
        Where `train.py` saved the network: the names of its inputs, table["features"], and
        of its output, table["target"], and how the columns of a table become the inputs.
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
        self.layer_dims = check.check_layer_dims(layer_dims)
        self.hidden_layer_activation = get_activation(hidden_layer_activation)
        self.output_layer_activation = get_activation(output_layer_activation)
        self.loss_function = get_cost(loss_function)
        self.rng = np.random.default_rng(rng)
        settings = *self.activations, scale, self.rng, dtype
        self.parameters = initialize_parameters(self.layer_dims, *settings)
        self.costs, self.table = [], None

    @property
    def activations(self):
        """The activation functions of the hidden layers and of the output."""
        return self.hidden_layer_activation, self.output_layer_activation

    def train_epochs(
        self,
        X,
        Y,
        learning_rate=0.0075,
        num_epochs=100,
        batch_size=64,
        shuffle=True,
        engine="plain",
    ):
        """Return a generator that trains one epoch at each pull, and yields its cost.

        Parameters
        ----------
        X, Y : array_like, shapes (n_x, m) and (n_y, m)
            Inputs and labels.
        learning_rate, num_epochs, batch_size, shuffle, engine : float, int, int, bool, str
            As the function train_epochs takes them.

        Returns
        -------
        generator of float
            After each cost, `parameters`, `costs` and the state of `rng` are those of that
            epoch. Ctrl-C within an epoch leaves those of the epoch before: a further call
            goes on as if nothing had happened.

        Raises
        ------
        ValueError
            If data or settings will not do; at the call, before the first epoch.
        """
        if self.output_layer_activation in ACTIVATIONS.values():  # others may lack bounds
            check.check_pair(self.loss_function, self.output_layer_activation)
        settings = learning_rate, num_epochs, batch_size, shuffle, self.rng, engine
        model = *self.activations, self.loss_function
        run = train_epochs(X, Y, self.parameters, *model, *settings)
        return keep_each(run, self)

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
        engine="plain",
    ):
        """Train on X (n_x, m) and Y (n_y, m), and return the network.

        A further call goes on from where this one ended.

        Parameters
        ----------
        X, Y : array_like, shapes (n_x, m) and (n_y, m)
            Inputs and labels.
        learning_rate, num_epochs, batch_size, shuffle : float, int, int, bool
            As the function train_epochs takes them.
        epoch_verbose : int, default 10
            The number of epochs from one printed cost to the next.
        print_cost : bool, default False
            Whether the cost is printed.
        engine : str or callable, default "plain"
            As the function train_epochs takes it.

        Returns
        -------
        DeepNeuralNetwork
            This network.

        Raises
        ------
        ValueError
            If data or settings will not do.
        TrainingDiverged
            If the cost or a parameter becomes infinite or NaN; the last finite parameters
            are kept.
        """
        epoch_verbose = check.positive_int("epoch_verbose", epoch_verbose)
        settings = learning_rate, num_epochs, batch_size, shuffle, engine
        for number, cost in enumerate(self.train_epochs(X, Y, *settings)):
            if print_cost and number % epoch_verbose == 0:
                print(f"Cost of epoch {number + 1}: {cost:.6f}")  # noqa: T201
        return self

    def predict(self, X):
        """Return the prediction AL (n_L, m) for X (n_x, m).

        Parameters
        ----------
        X : array_like, shape (n_x, m)
            The input; columns are examples.

        Returns
        -------
        ndarray, shape (n_L, m)
            The prediction.
        """
        return predict(X, self.parameters, *self.activations)

    def save(self, path):
        """Write settings, parameters and costs to a file (.npz), whole or not at all.

        Parameters
        ----------
        path : str or Path
            The file.

        Raises
        ------
        ValueError
            If ACTIVATIONS or COSTS do not hold an activation or the cost of this network.
        """
        from dnn_lessons import _model_file  # noqa: PLC0415 - slow to load, and seldom needed

        settings = {name: getattr(self, name) for name in _model_file.TABLES}
        costs = np.array(self.costs, np.float64)
        arrays = {**check.as_floats(self.parameters), "costs": costs}
        _model_file.write(path, settings, arrays, self.table)

    @classmethod
    def load(cls, path, rng=None):
        """Return the network that `save` wrote.

        Parameters
        ----------
        path : str or Path
            The file.
        rng : numpy.random.Generator or int, optional
            What draws the order of the examples in further training.

        Returns
        -------
        DeepNeuralNetwork
            The network.

        Raises
        ------
        ValueError
            If the file is not a saved network.
        """
        from dnn_lessons import _model_file  # noqa: PLC0415

        settings, layer_dims, parameters, costs, table = _model_file.read(path)
        network = cls(layer_dims, **settings, dtype=parameters["W1"].dtype)
        network.parameters, network.costs, network.table = parameters, costs, table
        network.rng = np.random.default_rng(rng)
        return network
