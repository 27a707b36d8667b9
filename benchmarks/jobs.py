"""The training jobs: what is learnt, by which network, in which batches. Every batch is full: no peer drops one."""

from typing import NamedTuple

import numpy as np

from dnn_lessons import initialize_parameters
from dnn_lessons.datasets import Scaler, regression_curve


class Job(NamedTuple):
    """Data, network, rate and batches of one training; hidden layers are ReLU."""

    name: str
    what: str
    X: np.ndarray
    Y: np.ndarray
    dims: tuple
    output: str
    cost: str
    rate: float
    batch_size: int

    @property
    def steps(self):
        """Steps of one epoch."""
        return self.X.shape[1] // self.batch_size

    @property
    def dtype(self):
        """The dtype of data and parameters."""
        return self.X.dtype

    @property
    def parameters(self):
        """The parameters that every contender starts from."""
        return initialize_parameters(
            self.dims, "relu", self.output, rng=0, dtype=self.dtype
        )


def orders(job, epochs, shuffle):
    """The order of the examples in each epoch, as batch_generator draws it from seed 0."""
    rng, m = np.random.default_rng(0), job.X.shape[1]
    return [rng.permutation(m) if shuffle else np.arange(m) for _ in range(epochs)]


def small_regression():
    """J1: a small regression of the document's kind."""
    X, Y = regression_curve(200)
    return Job(
        "J1",
        "1-16-16-1, 200 points, batches of 8",
        Scaler.fit(X).transform(X),
        Y,
        (1, 16, 16, 1),
        "linear",
        "mse",
        0.05,
        8,
    )


def document_command():
    """The document's own command, with its last, short batch left to the tests."""
    X, Y = regression_curve(504)
    return Job(
        "document",
        "1-20-20-1, 504 points, batches of 8, sigmoid output",
        Scaler.fit(X).transform(X),
        Y,
        (1, 20, 20, 1),
        "sigmoid",
        "mse",
        0.1,
        8,
    )


def digits():
    """J2: is a written digit above four?"""
    from sklearn.datasets import load_digits  # noqa: PLC0415 - a cold start of J1 should not pay for it

    X, digit = load_digits(return_X_y=True)
    X, Y = X[:1792].T / 16, (digit[:1792] > 4).astype(np.float64).reshape(1, -1)
    return Job(
        "J2",
        "digits, 64-64-32-1, batches of 64",
        X,
        Y,
        (64, 64, 32, 1),
        "sigmoid",
        "cross_entropy",
        0.1,
        64,
    )


def wide(dtype):
    """J3: ten labels from 784 numbers through two layers of 1024."""
    rng, name = np.random.default_rng(0), f"J3 {np.dtype(dtype)}"
    X, Y = (
        rng.random((784, 2048)).astype(dtype),
        (rng.random((10, 2048)) < 0.1).astype(dtype),
    )
    return Job(
        name,
        "784-1024-1024-10, batches of 256",
        X,
        Y,
        (784, 1024, 1024, 10),
        "sigmoid",
        "cross_entropy",
        0.02,
        256,
    )


JOBS = {
    "J1": small_regression,
    "document": document_command,
    "J2": digits,
    "J3-64": lambda: wide(np.float64),
    "J3-32": lambda: wide(np.float32),
}
