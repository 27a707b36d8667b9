"""A random network with real arrays, and its derivatives measured by differences, without any backward pass."""

from functools import cached_property

import numpy as np

from dnn_lessons import ACTIVATIONS, COSTS, compute_cost, initialize_parameters
from dnn_lessons.forward import linear_forward
from proofs.parser import Refused

STEP = 1e-6
LOSSES = {  # per example, summed over the outputs: the measuring stick, written apart from dnn_lessons
    "cross_entropy": lambda A, Y: -(Y * np.log(A) + (1 - Y) * np.log(1 - A)).sum(axis=0),
    "mse": lambda A, Y: ((A - Y) ** 2).sum(axis=0),
    "mae": lambda A, Y: np.abs(A - Y).sum(axis=0),
}
GRADIENTS = {"dW": "W", "db": "b", "dZ": "Z", "dA": "A"}


class Network:
    """Layers of the sizes n, m examples, one activation in every layer; `value` finds the array behind a symbol."""

    def __init__(self, sizes, m, activation="tanh", cost="mse", seed=0, output=None):
        rng = np.random.default_rng(seed)
        self.n, self.m, self.L, self.cost = list(sizes), m, len(sizes) - 1, cost
        self.activations = [ACTIVATIONS[activation]] * (self.L - 1) + [
            ACTIVATIONS[output or activation]
        ]
        self.parameters = initialize_parameters(sizes, activation, activation, rng=rng)
        X = rng.normal(size=(sizes[0], m))
        self.arrays = {
            "A": {0: X},
            "Z": {},
            "W": {},
            "b": {},
            "X": {None: X},
            "x": {None: X},
        }
        for l in range(1, self.L + 1):
            self.forward_layer(l)
        self.arrays["Y"] = {None: rng.uniform(0.1, 0.9, (sizes[-1], m))}
        g = self.activations[0].forward
        self.functions = {
            "g": lambda Z: g(np.atleast_2d(Z))[0].reshape(np.shape(Z)),
            "ell": self.loss,
        }
        self.functions["g'"] = lambda Z: (
            (self.functions["g"](Z + STEP) - self.functions["g"](Z - STEP)) / (2 * STEP)
        )
        named = {"sigmoid": "sigma"}.get(activation)
        self.functions |= (
            {named: self.functions["g"], f"{named}'": self.functions["g'"]}
            if named
            else {}
        )

    def forward_layer(self, l):
        W, b = self.parameters[f"W{l}"], self.parameters[f"b{l}"]
        Z, _ = linear_forward(self.arrays["A"][l - 1], W, b)
        for name, array in (
            ("W", W),
            ("b", b),
            ("Z", Z),
            ("A", self.activations[l - 1].forward(Z)[0]),
        ):
            self.arrays[name][l] = array

    @property
    def safe(self):
        """True where no activation is near a kink, and no prediction near its label."""
        near = min(np.abs(Z).min() for Z in self.arrays["Z"].values())
        return (
            near > 1e-3
            and np.abs(self.arrays["A"][self.L] - self.arrays["Y"][None]).min() > 1e-3
        )

    def losses(self, name, layer, array):
        """The m losses if one array were another."""
        A = array if name == "A" else self.arrays["A"][layer - 1]
        for l in range(layer + (name == "A"), self.L + 1):
            here = {
                key: array if (key, layer) == (name, l) else self.arrays[key][l]
                for key in ("W", "b")
            }
            Z = array if (name, layer) == ("Z", l) else here["W"] @ A + here["b"]
            A = self.activations[l - 1].forward(Z)[0]
        return LOSSES[self.cost](A, self.arrays["Y"][None])

    def loss(self, a, y):
        """The loss of one example, from its column."""
        return float(LOSSES[self.cost](np.reshape(a, (-1, 1)), np.reshape(y, (-1, 1)))[0])

    @cached_property
    def measured(self):
        """{(name, layer): central differences}: of the cost for W and b, of each example's loss for Z and A."""
        return {
            (name, l): self.of_cost(name, l) if name in "Wb" else self.of_losses(name, l)
            for name in "WbZA"
            for l in range(name != "A", self.L + 1)
        }

    def of_cost(self, name, layer):
        P, found = self.arrays[name][layer], np.empty(self.arrays[name][layer].shape)
        for index in np.ndindex(P.shape):
            shift = np.zeros(P.shape)
            shift[index] = STEP
            found[index] = self.central(name, layer, shift).mean()
        return found

    def of_losses(self, name, layer):
        Q = self.arrays[name][layer]
        rows = [
            self.central(name, layer, STEP * np.eye(len(Q))[:, [row]] * np.ones(Q.shape))
            for row in range(len(Q))
        ]
        return np.array(rows)

    def central(self, name, layer, shift):
        Q = self.arrays[name][layer]
        return (
            self.losses(name, layer, Q + shift) - self.losses(name, layer, Q - shift)
        ) / (2 * STEP)

    def derivative(self, top, base, layer, example, subs):
        """The measured derivative of the cost J, or of the loss of the one example."""
        if (
            (base, layer) not in self.measured
            or (top == "ell" and self.m > 1)
            or top not in {"J", "ell"}
        ):
            raise Refused(f"no derivative of {top} by {base} is measured here")
        found = self.measured[base, layer]
        return pick(found / self.m if base in "ZA" else found, example, subs)

    def value(self, base, layer, example, subs):
        """The array, column or entry behind a symbol."""
        sizes = {"m": self.m, "L": self.L, "n_x": self.n[0], "n_y": self.n[-1]}
        if base in sizes:
            return float(sizes[base])
        if base == "n" and subs:
            return float(self.n[subs[0]])
        return pick(self.array(base, layer), example, subs)

    def array(self, base, layer):
        if base in GRADIENTS and (GRADIENTS[base], layer) in self.measured:
            return self.measured[GRADIENTS[base], layer]
        if base in {"a", "y"} and layer is None:
            return self.arrays["A"][self.L] if base == "a" else self.arrays["Y"][None]
        if layer not in self.arrays.get(base, {}):
            raise Refused(f"{base} of layer {layer} has no array here")
        return self.arrays[base][layer]

    def code_cost(self):
        """The cost that dnn_lessons computes for the predictions."""
        return float(
            compute_cost(
                self.arrays["A"][self.L], self.arrays["Y"][None], COSTS[self.cost]
            )
        )


def pick(array, example, subs):
    """X, its column (i), its entry j of the one column, X_j^{(i)}, or X_{jk}."""
    inside = all(1 <= sub <= size for sub, size in zip(subs, array.shape, strict=False))
    if not inside or (example is not None and not 1 <= example <= array.shape[1]):
        raise Refused("an index leaves its array")
    if example is not None:
        array = array[:, [example - 1]]
    if len(subs) == 2 and example is None:
        return float(array[subs[0] - 1, subs[1] - 1])
    if len(subs) == 1 and array.shape[1] == 1:
        return float(array[subs[0] - 1, 0])
    if subs:
        raise Refused("the indices do not fit the array")
    return float(array[0, 0]) if array.shape == (1, 1) and example is not None else array
