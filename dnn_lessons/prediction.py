"""Prediction: the forward pass without caches, so that memory does not grow with depth."""

import numpy as np

from dnn_lessons.forward import layers, linear_activation_forward
from dnn_lessons.validation import as_floats, as_matrix

BLOCK_VALUES = 2**18  # in the widest layer of a block: 2 MB of float64, a core's cache


def predict(X, parameters, hidden_layer_activation, output_layer_activation):
    """AL (n_L, m) for X (n_x, m), in the dtype of the parameters.

    Raises ValueError for another number of rows, NaN, infinite values or overflow.
    """
    model = layers(as_floats(parameters), hidden_layer_activation, output_layer_activation)
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
