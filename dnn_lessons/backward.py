"""Backpropagation: the forward pass read from right to left.

dQ is the derivative of the cost by Q, shaped like Q.
"""

import numpy as np

from dnn_lessons._checks import check_shape
from dnn_lessons.activations import get_activation
from dnn_lessons.costs import get_cost


def parameter_gradients(dZ, A_prev):
    """dW = (1/m) dZ A_prev^T (n, n_prev) and db = (1/m) row sums of dZ (n, 1).

    The only 1/m of a gradient stands here.
    """
    m = dZ.shape[1]
    dZ = 1 / m * dZ
    return np.dot(dZ, A_prev.T), np.dot(dZ, np.ones((m, 1), dZ.dtype))


def linear_backward(dZ, cache):
    """dA_prev = W^T dZ (n_prev, m), per example; dW and db, averaged over m examples."""
    A_prev, W, _ = cache
    return np.dot(W.T, dZ), *parameter_gradients(dZ, A_prev)


def linear_activation_backward(dA, cache, activation):
    """dA_prev, dW and db of one activated layer from its dA (n, m)."""
    linear_cache, activation_cache = cache
    dZ = get_activation(activation).backward(dA, activation_cache)
    return linear_backward(dZ, linear_cache)


def output_backward(AL, Y, activation_cache, activation, cost):
    """dZ of the output layer, in one step where the cost knows its activation."""
    activation, cost = get_activation(activation), get_cost(cost)
    if activation.forward in cost.fused:
        _, backward = cost.fused[activation.forward]
        return backward(AL, Y)
    return activation.backward(cost.backward(AL, Y), activation_cache)


def L_model_backward(
    AL, Y, caches, hidden_layer_activation, output_layer_activation, cost="cross_entropy"
):
    """{"dW1", "db1", ..., "dWL", "dbL"} and the dA of the hidden layers.

    Any cost and output activation will do. The gradient by the input X, which nothing
    needs, is not computed.
    """
    check_shape("Y", Y, AL.shape)
    hidden, grads = get_activation(hidden_layer_activation), {}
    dZ = output_backward(AL, Y, caches[-1][1], output_layer_activation, cost)
    for l in range(len(caches), 1, -1):
        dA, grads[f"dW{l}"], grads[f"db{l}"] = linear_backward(dZ, caches[l - 1][0])
        grads[f"dA{l - 1}"] = dA
        dZ = hidden.backward(dA, caches[l - 2][1])
    grads["dW1"], grads["db1"] = parameter_gradients(dZ, caches[0][0][0])
    return grads
