"""Metrics: how good a prediction is, and which constant is the best without a network."""

import numpy as np

from dnn_lessons._checks import of_one_shape
from dnn_lessons.costs import cross_entropy, mae, mse


@of_one_shape
def accuracy(AL, Y):
    """Return the share of examples that are given the right label, 0 or 1.

    The predicted label is 1 if the network's probability of 1 is at least 0.5.

    Parameters
    ----------
    AL : ndarray of shape (1, m)
        Predicted probabilities of label 1.
    Y : ndarray of shape (1, m)
        Labels, 0 or 1.

    Returns
    -------
    float
        A number from 0 to 1.
    """
    return np.mean((AL >= 0.5) == (Y == 1))


def rmse(AL, Y):
    """Return the root of the mean squared error: a typical error, in the unit of Y.

    Parameters
    ----------
    AL : ndarray of shape (n_y, m)
        Predictions.
    Y : ndarray of shape (n_y, m)
        Labels.

    Returns
    -------
    float
        The root of the MSE, at least 0.
    """
    return np.sqrt(mse(AL, Y))


# For each cost: the metrics that a report of a run shows.
METRICS = {
    "mse": {"MSE": mse, "root of MSE": rmse},
    "mae": {"MAE": mae, "MSE": mse},
    "cross_entropy": {"cross-entropy": cross_entropy, "accuracy": accuracy},
}
# For each cost: the function of the training labels whose value, predicted for every
# example, gives the lowest cost (lessons 06 to 08).
BEST_CONSTANT = {"mse": np.mean, "mae": np.median, "cross_entropy": np.mean}
