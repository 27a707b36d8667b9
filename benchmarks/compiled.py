"""A network of three layers, written out and compiled by numba; examples are rows, weights (n_prev, n)."""

import numpy as np
from numba import njit


@njit(fastmath=True)
def train(X, Y, batches, W1, b1, W2, b2, W3, b3, scale, kind):
    """One step for each batch of each epoch, the parameters changed in place; returns the cost of each epoch.

    batches: (epochs, steps, batch size); scale: the rate by the batch size. kind: 0 linear output and MSE, 1 sigmoid
    and cross-entropy, 2 sigmoid and MSE.
    """
    costs = np.zeros(batches.shape[0])
    for epoch in range(batches.shape[0]):
        for t in range(batches.shape[1]):
            x, y = X[batches[epoch, t]], Y[batches[epoch, t]]
            A1 = np.maximum(np.dot(x, W1) + b1, 0)
            A2 = np.maximum(np.dot(A1, W2) + b2, 0)
            Z3 = np.dot(A2, W3) + b3
            if kind == 0:
                D3 = Z3 - y
                costs[epoch] += np.sum(D3 * D3)
                D3 *= 2 * scale
            elif kind == 1:
                losses = np.maximum(Z3, 0) - y * Z3 + np.log1p(np.exp(-np.abs(Z3)))
                costs[epoch] += np.sum(losses)
                D3 = scale * (1 / (1 + np.exp(-Z3)) - y)
            else:
                A3 = 1 / (1 + np.exp(-Z3))
                D3 = A3 - y
                costs[epoch] += np.sum(D3 * D3)
                D3 = 2 * scale * D3 * A3 * (1 - A3)
            D2 = np.dot(D3, W3.T) * (A2 > 0)
            D1 = np.dot(D2, W2.T) * (A1 > 0)
            W3 -= np.dot(A2.T, D3)
            b3 -= D3.sum(0)
            W2 -= np.dot(A1.T, D2)
            b2 -= D2.sum(0)
            W1 -= np.dot(x.T, D1)
            b1 -= D1.sum(0)
    return costs / batches[0].size
