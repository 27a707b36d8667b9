"""Backpropagation (lesson 09): the forward pass read from right to left.

dQ is the derivative of the cost by Q, and has the shape of Q. The dZ and dA are those of
each example's loss; the one factor 1/m of every gradient stands in linear_backward, where
the examples are added.
"""

import numpy as np

from dnn_lessons._checks import check_shape
from dnn_lessons.activations import get_activation
from dnn_lessons.costs import get_cost


def linear_backward(dZ, cache, input_gradient=True):
    """Return dA_prev (n_prev, m), dW (n, n_prev), db (n, 1) of a layer, from dZ (n, m).

    Parameters
    ----------
    dZ : ndarray, shape (n, m)
        Derivatives of the losses by Z, one column for each example.
    cache : tuple
        (A_prev, W, b), as linear_forward kept it.
    input_gradient : bool, default True
        Whether dA_prev is wanted. Nothing needs the gradient by the input X, so the first
        layer saves that product.

    Returns
    -------
    dA_prev : ndarray, shape (n_prev, m), or None
        W^T dZ, the derivatives of the losses by A_prev; None where they are not wanted.
    dW : ndarray, shape (n, n_prev)
        (1/m) dZ A_prev^T, the derivative of the cost.
    db : ndarray, shape (n, 1)
        (1/m) times the sum of dZ over the examples, the derivative of the cost.
    """
    A_prev, W, _ = cache
    mean_dZ = 1 / dZ.shape[1] * dZ
    dW = np.dot(mean_dZ, A_prev.T)
    db = mean_dZ.sum(axis=1, keepdims=True)
    dA_prev = np.dot(W.T, dZ) if input_gradient else None
    return dA_prev, dW, db


def linear_activation_backward(dA, cache, activation, input_gradient=True):
    """Return dA_prev (n_prev, m), dW (n, n_prev), db (n, 1) of a layer, from dA (n, m).

    Parameters
    ----------
    dA : ndarray, shape (n, m)
        Derivatives of the losses by A.
    cache : tuple
        (linear_cache, activation_cache), as linear_activation_forward kept it.
    activation : str or Activation
        The activation function of the layer.
    input_gradient : bool, default True
        Whether dA_prev is wanted; as in linear_backward.

    Returns
    -------
    dA_prev, dW, db
        As linear_backward returns them.
    """
    linear_cache, activation_cache = cache
    dZ = get_activation(activation).backward(dA, activation_cache)
    return linear_backward(dZ, linear_cache, input_gradient)


def output_backward(AL, Y, Z, activation, cost):
    """Return dZ (n_L, m) of the output layer, in one step where the cost knows how.

    Parameters
    ----------
    AL : ndarray, shape (n_L, m)
        The prediction.
    Y : ndarray, shape (n_L, m)
        The labels.
    Z : ndarray, shape (n_L, m)
        The activation cache of the output layer.
    activation : str or Activation
        The activation function of the output layer.
    cost : str or Cost
        The cost function.

    Returns
    -------
    ndarray, shape (n_L, m)
        Derivatives of the losses by Z.
    """
    activation, cost = get_activation(activation), get_cost(cost)
    if activation.forward in cost.from_logits:
        _, backward = cost.from_logits[activation.forward]
        return backward(AL, Y)
    return activation.backward(cost.backward(AL, Y), Z)


def L_model_backward(
    AL, Y, caches, hidden_layer_activation, output_layer_activation, cost="cross_entropy"
):
    """Return the gradients {"dW1", "db1", ..., "dWL", "dbL"}, and dA of hidden layers.

    Parameters
    ----------
    AL : ndarray, shape (n_L, m)
        The prediction of L_model_forward.
    Y : ndarray, shape (n_L, m)
        The labels.
    caches : list of tuple
        The caches of L_model_forward.
    hidden_layer_activation : str or Activation
        The activation function of layers 1 to L - 1.
    output_layer_activation : str or Activation
        The activation function of layer L.
    cost : str or Cost, default "cross_entropy"
        The cost function.

    Returns
    -------
    dict
        "dW1" to "dWL" and "db1" to "dbL", shaped like the parameters: derivatives of the
        cost. "dA1" to "dA(L-1)", of shape (n_l, m): derivatives of the losses.

    Raises
    ------
    ValueError
        If Y has another shape than AL.
    """
    check_shape("Y", Y, AL.shape)
    hidden, grads, L = get_activation(hidden_layer_activation), {}, len(caches)
    linear_cache, Z = caches[-1]
    dZ = output_backward(AL, Y, Z, output_layer_activation, cost)
    dA, grads[f"dW{L}"], grads[f"db{L}"] = linear_backward(dZ, linear_cache, L > 1)
    for l in range(L - 1, 0, -1):
        grads[f"dA{l}"] = dA
        layer = linear_activation_backward(dA, caches[l - 1], hidden, l > 1)
        dA, grads[f"dW{l}"], grads[f"db{l}"] = layer
    return grads
