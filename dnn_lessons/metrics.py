"""Metrics: how good a prediction is, and which constant is the best without any network."""

import numpy as np

from dnn_lessons.costs import cross_entropy, mae, mse


def accuracy(AL, Y):
    """The share of examples whose label 0 or 1 is the more probable one."""
    return np.mean((AL >= 0.5) == (Y == 1))


def root_mse(AL, Y):
    """The square root of the MSE: a typical error, in the units of the target."""
    return np.sqrt(mse(AL, Y))


METRICS = {
    "mse": {"MSE": mse, "root of MSE": root_mse},
    "mae": {"MAE": mae, "MSE": mse},
    "cross_entropy": {"cross-entropy": cross_entropy, "accuracy": accuracy},
}
BEST_CONSTANT = {
    "mse": np.mean,
    "mae": np.median,
    "cross_entropy": np.mean,
}  # of the training labels
