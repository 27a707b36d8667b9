"""The forward pass: one layer, one activated layer, L layers. Columns are examples."""

import numpy as np

from dnn_lessons._checks import check_shape
from dnn_lessons.activations import get_activation


def linear_forward(A, W, b):
    """Z = W A + b, of shape (n, m), from A (n_prev, m), W (n, n_prev), b (n, 1).

    Cache: (A, W, b).
    """
    Z = np.dot(W, A) + b
    return Z, (A, W, b)


def linear_activation_forward(A_prev, W, b, activation):
    """A = g(W A_prev + b). Cache: (linear_cache, activation_cache)."""
    Z, linear_cache = linear_forward(A_prev, W, b)
    A, activation_cache = get_activation(activation).forward(Z)
    return A, (linear_cache, activation_cache)


def layers(parameters, hidden_layer_activation, output_layer_activation):
    """[(W, b, activation)] of layers 1 to L; only layer L has the output's activation."""
    L = len(parameters) // 2
    activations = [hidden_layer_activation] * (L - 1) + [output_layer_activation]
    numbered = enumerate(activations, 1)
    return [(parameters[f"W{l}"], parameters[f"b{l}"], g) for l, g in numbered]


def L_model_forward(X, parameters, hidden_layer_activation, output_layer_activation):
    """AL (n_L, m) of the network for X (n_x, m), and the cache of each layer.

    caches[l - 1] is layer l's. Raises ValueError for an X that does not fit.
    """
    check_shape("X", X, (parameters["W1"].shape[1], None))
    A, caches = X, []
    model = layers(parameters, hidden_layer_activation, output_layer_activation)
    for W, b, activation in model:
        A, cache = linear_activation_forward(A, W, b, activation)
        caches.append(cache)
    return A, caches
