"""The forward pass (lesson 01): one layer, one activated layer, L layers.

Columns are examples: X is (n_x, m), W[l] is (n_l, n_{l-1}), b[l] is (n_l, 1).
"""

import numpy as np

from dnn_lessons._checks import check_shape
from dnn_lessons.activations import get_activation


def linear_forward(A, W, b):
    """Return Z = W A + b of one layer, and its cache (A, W, b).

    Parameters
    ----------
    A : ndarray, shape (n_prev, m)
        What the layer before gives, or the input X.
    W : ndarray, shape (n, n_prev)
        Weights: row j belongs to unit j.
    b : ndarray, shape (n, 1)
        Biases, one for each unit; broadcasting adds them to every column.

    Returns
    -------
    Z : ndarray, shape (n, m)
        The weighted sums.
    cache : tuple
        (A, W, b), which the backward pass needs.
    """
    Z = np.dot(W, A) + b
    return Z, (A, W, b)


def linear_activation_forward(A_prev, W, b, activation):
    """Return A = g(W A_prev + b) of one layer, and its cache (linear_cache, Z).

    Parameters
    ----------
    A_prev : ndarray, shape (n_prev, m)
        What the layer before gives, or the input X.
    W : ndarray, shape (n, n_prev)
        Weights.
    b : ndarray, shape (n, 1)
        Biases.
    activation : str or Activation
        The activation function g.

    Returns
    -------
    A : ndarray, shape (n, m)
        The activations.
    cache : tuple
        (linear_cache, activation_cache): (A_prev, W, b), and Z of shape (n, m).
    """
    Z, linear_cache = linear_forward(A_prev, W, b)
    A, activation_cache = get_activation(activation).forward(Z)
    return A, (linear_cache, activation_cache)


def layers(parameters, hidden_layer_activation, output_layer_activation):
    """Return [(W, b, activation)] of layers 1 to L; layer L has the output's activation.

    Parameters
    ----------
    parameters : dict
        {"W1": (n_1, n_x), "b1": (n_1, 1), ..., "WL", "bL"}.
    hidden_layer_activation : str or Activation
        The activation function of layers 1 to L - 1.
    output_layer_activation : str or Activation
        The activation function of layer L.

    Returns
    -------
    list of tuple
        One (W, b, activation) for each layer.
    """
    L = len(parameters) // 2
    activations = [hidden_layer_activation] * (L - 1) + [output_layer_activation]
    numbered = enumerate(activations, 1)
    return [(parameters[f"W{l}"], parameters[f"b{l}"], g) for l, g in numbered]


def L_model_forward(X, parameters, hidden_layer_activation, output_layer_activation):
    """Return the prediction AL (n_L, m) for X (n_x, m), and the cache of each layer.

    Parameters
    ----------
    X : ndarray, shape (n_x, m)
        The input; columns are examples.
    parameters : dict
        {"W1": (n_1, n_x), "b1": (n_1, 1), ..., "WL", "bL"}.
    hidden_layer_activation : str or Activation
        The activation function of layers 1 to L - 1.
    output_layer_activation : str or Activation
        The activation function of layer L.

    Returns
    -------
    AL : ndarray, shape (n_L, m)
        The activations of the output layer.
    caches : list of tuple
        caches[l - 1] is what linear_activation_forward keeps of layer l.

    Raises
    ------
    ValueError
        If X has another number of rows than W1 has columns.
    """
    check_shape("X", X, (parameters["W1"].shape[1], None))
    model = layers(parameters, hidden_layer_activation, output_layer_activation)
    A, caches = X, []
    for W, b, activation in model:
        A, cache = linear_activation_forward(A, W, b, activation)
        caches.append(cache)
    return A, caches
