"""Data for the lessons and for the reader's own: a curve, labelled points, a tiny network."""

from typing import NamedTuple

import numpy as np


def attenuated_sine(x):
    """y = (0.25 sin x + 0.25) exp(-0.1 x), element-wise: the document's regression."""
    return (0.25 * np.sin(x) + 0.25) * np.exp(-0.1 * x)


def regression_curve(m=500):
    """X and Y, both (1, m): the attenuated sine at m evenly spaced points.

    They run from -2 pi to 2 pi, in real units.
    """
    X = np.linspace(-2 * np.pi, 2 * np.pi, m).reshape(1, m)
    return X, attenuated_sine(X)


def midpoints(X):
    """The points (1, m - 1) halfway between neighbours of X (1, m), as held-out data."""
    return (X[:, 1:] + X[:, :-1]) / 2


class Scaler(NamedTuple):
    """Mean and standard deviation of each row, (n, 1), as `Scaler.fit` measures them."""

    mean: np.ndarray
    standard_deviation: np.ndarray

    @classmethod
    def fit(cls, X, constant=1.0):
        """The Scaler of X (n, m); a constant row gets the deviation `constant`."""
        varies = (
            np.ptp(X, axis=1, keepdims=True) > 0
        )  # a constant's deviation may be rounding
        deviation = np.where(varies, X.std(axis=1, keepdims=True), constant)
        # and a tiny one may be rounded to 0
        return cls(X.mean(axis=1, keepdims=True), np.where(deviation > 0, deviation, 1.0))

    def transform(self, X):
        """X with mean 0 and standard deviation 1 in each row."""
        return (X - self.mean) / self.standard_deviation

    def inverse_transform(self, X):
        """X in the units that `transform` took it from."""
        return X * self.standard_deviation + self.mean


def train_test_split(X, Y, test_size=0.2, rng=None):
    """(X_train, Y_train), (X_test, Y_test): a random `test_size` is the test.

    It holds one example at least.
    """
    m = X.shape[1]
    test = max(1, round(test_size * m))
    if not 0 < test_size < 1 or test >= m:
        raise ValueError(
            f"cannot hold out {test_size:g} of {m} examples; "
            "expected a share in (0, 1) of two or more"
        )
    order = np.random.default_rng(rng).permutation(m)
    return tuple((X[:, part], Y[:, part]) for part in (order[test:], order[:test]))


def tiny_network():
    """X (2, 2), Y (1, 2) and the parameters of the 2-2-1 network (ReLU, sigmoid).

    The lessons follow it by hand.
    """
    parameters = {
        "W1": np.array([[1.0, -1.0], [0.5, 0.5]]),
        "b1": np.array([[0.0], [-1.0]]),
        "W2": np.array([[2.0, -1.0]]),
        "b2": np.array([[0.5]]),
    }
    return np.array([[1.0, 2.0], [0.0, 3.0]]), np.array([[1.0, 0.0]]), parameters


def two_moons(m=200, noise=0.1, rng=None):
    """X (2, m) and labels Y (1, m) in {0, 1}: two interleaved half circles, with noise."""
    rng = np.random.default_rng(rng)
    Y = np.arange(m) % 2
    angle = rng.uniform(0, np.pi, m)
    sign = 1 - 2 * Y
    X = np.stack([sign * np.cos(angle) + Y - 0.5, sign * np.sin(angle) + 0.5 * Y - 0.25])
    return X + noise * rng.standard_normal((2, m)), Y.reshape(1, m).astype(np.float64)


class Table(NamedTuple):
    """X (n_x, m) and Y (1, m) of a table of numbers, with the names of its columns."""

    X: np.ndarray
    Y: np.ndarray
    features: list
    target: str
