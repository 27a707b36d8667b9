"""A random network with real arrays, whose derivatives are measured without a backward pass."""

from functools import cached_property

import numpy as np

from dnn_lessons import ACTIVATIONS, COSTS, compute_cost, initialize_parameters
from dnn_lessons.forward import linear_forward
from proofs.parser import FormulaError

STEP = 1e-6
# The loss of each example, summed over the outputs: written apart from dnn_lessons, which is
# measured with it.
LOSSES = {
    "cross_entropy": lambda A, Y: -(Y * np.log(A) + (1 - Y) * np.log(1 - A)).sum(axis=0),
    "mse": lambda A, Y: ((A - Y) ** 2).sum(axis=0),
    "mae": lambda A, Y: np.abs(A - Y).sum(axis=0),
}
GRADIENTS = {"dW": "W", "db": "b", "dZ": "Z", "dA": "A"}


class RandomNetwork:
    """A network with random weights, inputs and labels, and one activation in every layer.

    Parameters
    ----------
    sizes : sequence of int
        The units of each layer, from the inputs n_0 on.
    m : int
        The number of examples.
    activation : str, optional
        The name of the activation.
    cost : str, optional
        The name of the cost.
    seed : int, optional
        Where the random numbers start.
    """

    def __init__(self, sizes, m, activation="tanh", cost="mse", seed=0):
        self.n, self.m, self.L, self.cost = list(sizes), m, len(sizes) - 1, cost
        self.activation = ACTIVATIONS[activation]
        rng = np.random.default_rng(seed)
        self.parameters = initialize_parameters(sizes, activation, activation, rng=rng)
        self.arrays = self._arrays(rng)

    def _arrays(self, rng):
        """Return {name: {layer: array}}; inputs, labels and predictions have no layer."""
        X, Y = self._data(rng)
        layered = self._forward(X)
        others = {"X": X, "x": X, "Y": Y, "y": Y, "a": layered["A"][self.L]}
        return layered | {name: {None: array} for name, array in others.items()}

    def _data(self, rng):
        """Return random inputs and labels, examples in columns."""
        X = rng.normal(size=(self.n[0], self.m))
        return X, rng.uniform(0.1, 0.9, (self.n[-1], self.m))

    def _weights(self, name):
        """Return {layer: array} of the weights W or the biases b."""
        return {l: self.parameters[f"{name}{l}"] for l in range(1, self.L + 1)}

    def _forward(self, X):
        """Return {name: {layer: array}} of W, b, the pre-activations Z and the activations A."""
        W, b = map(self._weights, "Wb")
        Z, A = {}, {0: X}
        for l in W:
            Z[l], _ = linear_forward(A[l - 1], W[l], b[l])
            A[l] = self.activation.forward(Z[l])[0]
        return dict(W=W, b=b, Z=Z, A=A)

    @property
    def AL(self):
        """The predictions, of shape (n_y, m)."""
        return self.arrays["a"][None]

    @property
    def Y(self):
        """The labels, of shape (n_y, m)."""
        return self.arrays["y"][None]

    @cached_property
    def functions(self):
        """{name: function} of the activation, its derivative by differences, and the loss."""
        g = {"g": self._activate, "g'": self._activation_slope}
        if self.activation.name == "sigmoid":
            g |= {name.replace("g", "sigma"): function for name, function in g.items()}
        return {**g, "ell": self.loss}

    def _activate(self, Z):
        """Return the activation of a number, or of an array of any shape."""
        return self.activation.forward(np.atleast_2d(Z))[0].reshape(np.shape(Z))

    def _activation_slope(self, Z):
        """Return the derivative of the activation, by central differences."""
        return (self._activate(Z + STEP) - self._activate(Z - STEP)) / (2 * STEP)

    @property
    def is_smooth(self):
        """Whether no Z is near a kink, and no prediction near its label."""
        nearest = min(np.abs(Z).min() for Z in self.arrays["Z"].values())
        return min(nearest, np.abs(self.AL - self.Y).min()) > 1e-3

    def losses(self, name, layer, array):
        """Return the losses of a network in which one array is another.

        Parameters
        ----------
        name : {"W", "b", "Z", "A"}
            Which array.
        layer : int
            Its layer.
        array : ndarray
            What stands in its place.

        Returns
        -------
        ndarray of shape (m,)
            The loss of each example.
        """
        A = array if name == "A" else self.arrays["A"][layer - 1]
        for l in range(layer + (name == "A"), self.L + 1):
            changed = {name: array} if l == layer else {}
            A = self.activation.forward(self._linear(l, A, **changed))[0]
        return LOSSES[self.cost](A, self.Y)

    def _linear(self, l, A, W=None, b=None, Z=None):
        """Return Z of a layer, from its arrays or from those that are passed."""
        if Z is not None:
            return Z
        W = self.arrays["W"][l] if W is None else W
        return W @ A + (self.arrays["b"][l] if b is None else b)

    def loss(self, a, y):
        """Return the loss of one example.

        Parameters
        ----------
        a, y : array of n_y numbers, or number
            Its prediction and its label.

        Returns
        -------
        float
            The loss.
        """
        a, y = np.reshape(a, (-1, 1)), np.reshape(y, (-1, 1))
        return float(LOSSES[self.cost](a, y)[0])

    @cached_property
    def measured(self):
        """{(name, layer): derivative}: of the cost by W and b, of each loss by Z and A."""
        places = [(name, layer) for name in "WbZA" for layer in self.arrays[name]]
        return {place: self._differences(*place) for place in places}

    def _differences(self, name, layer):
        """Return the central differences by each entry of an array."""
        Q = self.arrays[name][layer]
        if name in "ZA":
            return np.array([self._central(name, layer, move) for move in _rows(Q)])
        means = [self._central(name, layer, move).mean() for move in _entries(Q)]
        return np.reshape(means, Q.shape)

    def _central(self, name, layer, move):
        """Return the central differences of the losses where an array is moved."""
        Q = self.arrays[name][layer]
        ahead, back = (self.losses(name, layer, Q + each) for each in (move, -move))
        return (ahead - back) / (2 * STEP)

    def derivative(self, top, base, layer, example, subs):
        """Return a measured derivative.

        Parameters
        ----------
        top : {"J", "ell"}
            What is differentiated: the cost, or the loss of the only example.
        base : str
            The letter or word of the symbol by which it is differentiated.
        layer, example : int or None
            Its layer and example.
        subs : tuple of int
            Its indices.

        Returns
        -------
        ndarray or float
            The derivative, in the shape of the symbol.

        Raises
        ------
        FormulaError
            Where it is not measured.
        """
        single = top == "ell" and self.m == 1
        if (base, layer) not in self.measured or not (top == "J" or single):
            raise FormulaError(f"no derivative of {top} by {base} is measured here")
        found = self.measured[base, layer]
        return _pick(found / self.m if base in "ZA" else found, example, subs)

    def value(self, base, layer, example, subs):
        """Return what a symbol stands for.

        Parameters
        ----------
        base : str
            The letter or word of the symbol.
        layer, example : int or None
            Its layer and example.
        subs : tuple of int
            Its indices.

        Returns
        -------
        ndarray or float
            An array, a column of it, an entry, or a size.

        Raises
        ------
        FormulaError
            Where the network has no such thing.
        """
        sizes = {"m": self.m, "L": self.L, "n_x": self.n[0], "n_y": self.n[-1]}
        if base in sizes:
            return float(sizes[base])
        if base == "n" and subs:
            return float(self.n[subs[0]])
        return _pick(self._array(base, layer), example, subs)

    def _array(self, base, layer):
        """Return the whole array of a symbol."""
        gradient = GRADIENTS.get(base), layer
        if gradient in self.measured:
            return self.measured[gradient]
        if layer not in self.arrays.get(base, {}):
            raise FormulaError(f"{base} of layer {layer} has no array here")
        return self.arrays[base][layer]

    def code_cost(self):
        """Return the cost that dnn_lessons computes for the predictions.

        Returns
        -------
        float
            The cost J.
        """
        return float(compute_cost(self.AL, self.Y, COSTS[self.cost]))


def _rows(Q):
    """Return a step for each row: all examples are moved at once, as each has its own loss."""
    return STEP * np.eye(len(Q))[:, :, None]


def _entries(Q):
    """Return a step for each entry."""
    return STEP * np.eye(Q.size).reshape(-1, *Q.shape)


def _pick(array, example, subs):
    """Return X, its column (i), its entry j of the one column, X_j^{(i)}, or X_{jk}."""
    if example is not None:
        return _of_column(array[:, [_position(example, array.shape[1])]], subs)
    if len(subs) == 1 and array.shape[1] == 1:
        return _entry(array, (*subs, 1))
    return _entry(array, subs) if subs else array


def _of_column(column, subs):
    """Return a column, or its entry; a column of one entry is a number."""
    if subs:
        return _entry(column, (*subs, 1))
    return float(column[0, 0]) if column.size == 1 else column


def _entry(array, subs):
    """Return an entry by its row and column."""
    if len(subs) != 2:
        raise FormulaError("the indices do not fit the array")
    j, k = (_position(sub, size) for sub, size in zip(subs, array.shape, strict=True))
    return float(array[j, k])


def _position(index, size):
    """Return an index counted from 1 as Python counts it."""
    if not 1 <= index <= size:
        raise FormulaError("an index leaves its array")
    return index - 1
