"""The algorithm of the source document in our own words, its faults that stop it from training mended: the slow start.

What makes it slow is kept on purpose: functions chosen by chains of strings, slopes from Z (a second exponential), the
1/m in three places, a gradient for the input, the cost of every batch, a list with a copy of every batch.
"""

import numpy as np


def activate(Z, kind):
    if kind == "sigmoid":
        A = 1 / (1 + np.exp(-Z))
    elif kind == "relu":
        A = np.maximum(0, Z)
    elif kind == "linear":
        A = Z
    else:
        raise ValueError(f"unknown activation {kind}")
    return A, Z


def deactivate(dA, Z, kind):
    if kind == "sigmoid":
        s = 1 / (1 + np.exp(-Z))
        return dA * s * (1 - s)
    if kind == "relu":
        dZ = np.array(dA, copy=True)
        dZ[Z <= 0] = 0
        return dZ
    if kind == "linear":
        return dA
    raise ValueError(f"unknown activation {kind}")


def layer_forward(A_prev, W, b, kind):
    Z = np.dot(W, A_prev) + b
    A, activation_cache = activate(Z, kind)
    return A, ((A_prev, W, b), activation_cache)


def model_forward(X, parameters, hidden, output):
    A, caches, L = X, [], len(parameters) // 2
    for l in range(1, L):
        A, cache = layer_forward(
            A, parameters["W" + str(l)], parameters["b" + str(l)], hidden
        )
        caches.append(cache)
    A, cache = layer_forward(
        A, parameters["W" + str(L)], parameters["b" + str(L)], output
    )
    return A, [*caches, cache]


def layer_backward(dA, cache, kind):
    (A_prev, W, _), Z = cache
    dZ, m = deactivate(dA, Z, kind), A_prev.shape[1]
    dW = (1 / m) * np.dot(dZ, A_prev.T)
    db = (1 / m) * np.sum(dZ, axis=1, keepdims=True)
    return np.dot(W.T, dZ), dW, db


def model_backward(AL, Y, caches, hidden, output, cost):
    grads, L = {}, len(caches)
    dA = (
        -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))
        if cost == "cross_entropy"
        else 2 * (AL - Y)
    )
    for l in range(L, 0, -1):
        dA, dW, db = layer_backward(dA, caches[l - 1], output if l == L else hidden)
        grads["dA" + str(l - 1)], grads["dW" + str(l)], grads["db" + str(l)] = dA, dW, db
    return grads


def batch_cost(AL, Y, cost):
    m = Y.shape[1]
    if cost == "cross_entropy":
        return -(1 / m) * np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))
    return (1 / m) * np.sum((AL - Y) ** 2)


def update(parameters, grads, rate):
    for l in range(1, len(parameters) // 2 + 1):
        parameters["W" + str(l)] -= rate * grads["dW" + str(l)]
        parameters["b" + str(l)] -= rate * grads["db" + str(l)]
    return parameters


def batches(X, Y, size, order):
    m, order = X.shape[1], list(order)
    X, Y = X[:, order], Y[:, order].reshape((Y.shape[0], m))
    return [
        (X[:, start : start + size], Y[:, start : start + size])
        for start in range(0, m, size)
    ]


def train(X, Y, parameters, hidden, output, cost, rate, size, orders):
    """The parameters after an epoch for each of the orders, and the mean cost of each."""
    parameters, costs = {name: P.copy() for name, P in parameters.items()}, []
    for order in orders:
        total, cut = 0, batches(X, Y, size, order)
        for X_batch, Y_batch in cut:
            AL, caches = model_forward(X_batch, parameters, hidden, output)
            total += batch_cost(AL, Y_batch, cost)
            grads = model_backward(AL, Y_batch, caches, hidden, output, cost)
            parameters = update(parameters, grads, rate)
        costs.append(total / len(cut))
    return parameters, costs
