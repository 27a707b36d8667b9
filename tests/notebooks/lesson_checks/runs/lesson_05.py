"""What holds the words of outcome of lesson 05, tanh."""

from functools import cache

import numpy as np

from dnn_lessons import DeepNeuralNetwork, L_model_forward
from dnn_lessons.backward import linear_backward
from dnn_lessons.datasets import Scaler, regression_curve
from lesson_checks.runs.common import near, slope, value

RUNS = {
    "So the largest slope is 1, four times that of the sigmoid": (
        "05-13",
        lambda n: max(n[4:]) == 4 * 0.25,
    ),
    "roughly half of the mean": ("05-40", lambda n: n[2] == 0.5),
    "should let gradients pass better than a quarter does": (
        "05-21",
        lambda n: n[1] > 1e6 * n[0],
    ),
}


def bell_is_half_as_wide():
    """Of the tanh's slope at z, and the sigmoid's at 2 z, as shares of their largest."""
    z = np.linspace(0, 3, 31)
    shares = slope("tanh", z) / slope("tanh", 0), slope("sigmoid", 2 * z) / 0.25
    return slope("tanh", 0) == 4 * slope("sigmoid", 0) and near(*shares)


def softsign_saturates_slowly():
    """Ten times as far from 0: its slope a hundredth, that of the tanh divided by e^(2 * 90)."""
    softsign = (1 + 1e4) ** -2 / (1 + 1e3) ** -2
    power = slope("tanh", 100) / slope("tanh", 10)
    return near(softsign, 10**-2, 0.01) and near(power, np.exp(-2 * 90), 1e-6)


def weights_behind_a_sigmoid_move_together():
    """One example with positive activations: the rows of the gradient, positive or negative."""
    A_prev, dZ = np.array([[0.6], [0.4], [0.9]]), np.array([[0.3], [-0.2]])
    _, dW, _ = linear_backward(dZ, (A_prev, np.ones((2, 3)), None))
    return np.all(dW[0] > 0) and np.all(dW[1] < 0)


def difference_from_z_is_a_cube():
    """Of z = 0.1 and 0.01."""
    far, near_by = 0.1 - np.tanh(0.1), 0.01 - np.tanh(0.01)
    return near(0.1 / 0.01, 10) and near(far / near_by, 1000, 0.01)


def predictions_with_sigmoids():
    """A network with tanh, and the one with sigmoids in its place, on random numbers."""
    rng = np.random.default_rng(0)
    names, shapes = ("W1", "b1", "W2", "b2"), ((4, 3), (4, 1), (2, 4), (2, 1))
    old = {
        name: rng.standard_normal(size) for name, size in zip(names, shapes, strict=True)
    }
    W1, b1, W2, b2 = old.values()
    bias = b2 - W2.sum(axis=1, keepdims=True)
    new = dict(zip(names, (2 * W1, 2 * b1, 2 * W2, bias), strict=True))
    X = rng.standard_normal((3, 10))
    AL, again = (
        L_model_forward(X, P, name, "linear")[0]
        for P, name in ((old, "tanh"), (new, "sigmoid"))
    )
    return near(AL, again)


@cache
def cost_of_30_epochs(name):
    """Of the lesson's last run, as a share of the best constant's."""
    x, Y = regression_curve(500)
    network = DeepNeuralNetwork((1, 20, 20, 1), name, "linear", "mse", rng=0)
    network.train(Scaler.fit(x).transform(x), Y, 0.1, num_epochs=30, batch_size=8)
    return network.costs[-1] / Y.var()


COMPUTED = {
    "At 0 the slope of the tanh is four times as high, and its bell is half as wide": (
        bell_is_half_as_wide
    ),
    "The slope falls with the square of $|z|$, and that of the tanh with a power of $e$": (
        softsign_saturates_slowly
    ),
    "the cost has fallen to less than a tenth of what a constant achieves": (
        lambda: (
            cost_of_30_epochs("tanh") < 1 / 10 < 1 / 3 < cost_of_30_epochs("sigmoid") < 1
        )
    ),
    "All weights into unit $j$ rise together or fall together": (
        weights_behind_a_sigmoid_move_together
    ),
    "ten times smaller $z$, a thousand times smaller difference": (
        difference_from_z_is_a_cube
    ),
    "Double $W^{[1]}$ and $b^{[1]}$": predictions_with_sigmoids,
    "Double $W^{[2]}$, and subtract from each": predictions_with_sigmoids,
    "The curve looks like a sigmoid, steeper and moved down": lambda: (
        slope("tanh", 0) > slope("sigmoid", 0) and value("tanh", 0) < value("sigmoid", 0)
    ),
    "So the code takes no larger $|z|$": lambda: (
        slope("tanh", 350) > slope("tanh", 400) == slope("tanh", 1e308) == 0
    ),
    "the softsign saturates far more slowly": softsign_saturates_slowly,
    "No single step can raise one and lower another": weights_behind_a_sigmoid_move_together,
    "or, with the opposite sign, into the lower left one": weights_behind_a_sigmoid_move_together,
    "The steeper slope may have a share in that": bell_is_half_as_wide,
}

BY_EQUATION = {
    "the denominator stays and the numerator changes its sign": "(5.2)",
    "The mixed term holds $e^{z} e^{-z} = 1$, twice": "(5.6)",
    "A square is never negative, so the second form is at most 1": "(5.11)",
    "By (5.14) the tanh of $z$ is twice the sigmoid of $2 z$, minus 1": "(5.14)",
}

BY_TEST = {}

NO_CLAIM = {
    "At which $z$ has the slope fallen below a tenth": "question",
    "Start from twice the sigmoid of $2 z$": "instruction",
    "Take a unit with two inputs whose first weight should rise, and whose second weight "
    "should fall": "instruction",
    "to the lower right": "other sense",
}

REST = 0
