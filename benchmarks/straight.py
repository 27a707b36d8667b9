"""NumPy's floor: a step's indispensable calls in a straight line, into arrays that exist; and the products alone.

The biases are the last column of each weight matrix, and a row of ones stands below each activation: then neither the
sum with b nor db is a call of its own. Nobody would teach or keep such code: it is the yardstick.
"""

from functools import partial

import numpy as np

from dnn_lessons.costs import sigmoid_cross_entropy


def train(job, drawn):
    """The parameters after the batches of the orders `drawn`, and the cost of each order."""
    theta, W = joined(job)
    outputs, costs = [], []
    calls, batch, gather = straight_step(job, theta, W, outputs.append)
    for order in drawn:
        for start in range(0, len(order) - job.batch_size + 1, job.batch_size):
            gather(order[start : start + job.batch_size], 0, batch, "clip")
            for call in calls:
                call()
        costs.append(epoch_cost(job, b"".join(outputs), order))
        outputs.clear()
    return {
        name: P.copy()
        for l, V in enumerate(W, 1)
        for name, P in ((f"W{l}", V[:, :-1]), (f"b{l}", V[:, -1:]))
    }, costs


def epoch_cost(job, outputs, order):
    """The mean loss of an epoch, from the bytes of its outputs, example by example."""
    Y = job.Y.T[order]
    A = np.frombuffer(outputs, job.dtype).reshape(Y.shape)
    if job.cost == "cross_entropy":
        return float(sigmoid_cross_entropy(A.T, Y.T))
    error = (A - Y).ravel()
    return float(error.dot(error)) / len(order)


def joined(job):
    """One vector of all parameters, and its parts [W b] as matrices."""
    P, L = job.parameters, len(job.dims) - 1
    parts = [np.hstack([P[f"W{l}"], P[f"b{l}"]]) for l in range(1, L + 1)]
    theta = np.concatenate([part.ravel() for part in parts])
    return theta, cut(theta, parts)


def cut(vector, like):
    """The vector as consecutive matrices shaped like those of `like`."""
    ends = np.cumsum([part.size for part in like])[:-1]
    return [
        piece.reshape(part.shape)
        for piece, part in zip(np.split(vector, ends), like, strict=True)
    ]


def straight_step(job, theta, W, keep):
    """The calls of one step, the array that takes its batch (X, ones and Y of each example), and what gathers one.

    A step calls keep(bytes of what the cost is computed from, example by example).
    """
    n, B, dtype = job.dims, job.batch_size, job.dtype
    table = np.ascontiguousarray(
        np.hstack([job.X.T, np.ones((job.X.shape[1], 1), dtype), job.Y.T])
    )
    batch, dtheta, scratch = (
        np.empty((B, table.shape[1]), dtype),
        np.empty_like(theta),
        np.empty_like(theta),
    )
    x, y = batch[:, : n[0] + 1].T, batch[:, n[0] + 1 :].T
    A = [x, *(np.ones((width + 1, B), dtype) for width in n[1:-1])]
    Z = [*(a[:-1] for a in A[1:]), np.empty((n[-1], B), dtype)]
    calls = forward_calls(W, A, Z) + backward_calls(
        output_calls(job, Z[-1], y, keep), W, A, Z, cut(dtheta, W)
    )
    calls.append(partial(np.multiply, dtheta, np.asarray(job.rate, dtype), scratch))
    return [*calls, partial(np.subtract, theta, scratch, theta)], batch, table.take


def forward_calls(W, A, Z):
    """Z = W A, and ReLU in place in all layers but the last."""
    calls = []
    for l, V in enumerate(W):
        calls += [
            partial(V.dot, A[l], Z[l]),
            partial(np.maximum, Z[l], np.zeros_like(Z[l]), out=Z[l]),
        ]
    return calls[:-1]


def backward_calls(output, W, A, Z, dW):
    """dZ of the output by the calls `output`, then dW and the dZ of the layer before, layer by layer."""
    calls, dZ = output
    D, S = [*map(np.empty_like, Z[:-1]), dZ], [np.empty_like(z) for z in Z]
    for l in range(len(W) - 1, 0, -1):
        calls += [
            partial(D[l].dot, A[l].T, dW[l]),
            partial(W[l][:, :-1].T.dot, D[l], D[l - 1]),
            partial(np.sign, Z[l - 1], S[l - 1]),
            partial(np.multiply, D[l - 1], S[l - 1], D[l - 1]),
        ]
    return [*calls, partial(D[0].dot, A[0].T, dW[0])]


def output_calls(job, z, y, keep):
    """The calls that keep the output and make the dZ of the output layer, divided by the number of examples; and dZ."""
    one, d = np.ones((), job.dtype), np.empty_like(z)
    kept = [lambda: keep(z.tobytes("F"))]
    scale = np.asarray((2 if job.cost == "mse" else 1) / job.batch_size, job.dtype)
    error = [partial(np.subtract, z, y, d), partial(np.multiply, d, scale, d)]
    if job.output == "linear":
        return kept + error, d
    sigmoid = [
        partial(np.negative, z, z),
        partial(np.exp, z, z),
        partial(np.add, z, one, z),
    ]
    sigmoid.append(partial(np.divide, one, z, z))
    if job.cost == "cross_entropy":
        return kept + sigmoid + error, d
    rest = np.empty_like(z)  # 1 - A
    slope = [
        partial(np.subtract, one, z, rest),
        partial(np.multiply, d, z, d),
        partial(np.multiply, d, rest, d),
    ]
    return sigmoid + kept + error + slope, d


def products(job, epochs):
    """The matrix products of all steps, on arrays of the right shapes and layouts, into arrays that exist already."""
    B, P = job.batch_size, [job.parameters[f"W{l}"] for l in range(1, len(job.dims))]
    A = [
        np.asfortranarray(job.X[:, :B]),
        *(np.ones((n, B), job.dtype) for n in job.dims[1:]),
    ]
    D, dW = [a.copy() for a in A], [W.copy() for W in P]
    calls = [partial(W.dot, A[l], D[l + 1]) for l, W in enumerate(P)]
    calls += [partial(A[l + 1].dot, A[l].T, dW[l]) for l in range(len(P))]
    calls += [partial(W.T.dot, A[l + 1], D[l]) for l, W in enumerate(P) if l > 0]
    for _ in range(epochs * job.steps):
        for call in calls:
            call()
