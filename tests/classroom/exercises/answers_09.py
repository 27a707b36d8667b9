"""Right and wrong answers to the exercises of lesson 09, each written differently."""

import numpy as np

from dnn_lessons import L_model_backward, get_activation, linear_backward


def gradients_of_the_module(AL, Y, caches, hidden, output, cost):
    grads = L_model_backward(AL, Y, caches, hidden, output, cost)
    return {name: grads[name] for name in grads if not name.startswith("dA")}


def gradients_by_pairs(AL, Y, caches, hidden, output, cost):
    """Walk over pairs of a layer and the one below, the general way at the output."""
    m, grads = Y.shape[1], {}
    dA = (AL - Y) / (AL * (1 - AL))
    slopes = [hidden] * (len(caches) - 1) + [output]
    for l, (activation, ((A, W, _), Z)) in reversed(
        list(enumerate(zip(slopes, caches, strict=True), 1))
    ):
        dZ = get_activation(activation).backward(dA, Z)
        grads[f"db{l}"] = np.mean(dZ, axis=1, keepdims=True)
        grads[f"dW{l}"] = np.einsum("ji,ki->jk", dZ, A) / m
        dA = W.T @ dZ
    return grads


def one_loop(AL, Y, caches, hidden, output, cost):
    dZ, found = AL - Y, {}
    for l in range(len(caches), 0, -1):
        linear_cache, Z = caches[l - 1]
        dA, found[f"dW{l}"], found[f"db{l}"] = linear_backward(dZ, linear_cache)
        if l > 1:
            dZ = get_activation(hidden).backward(dA, Z)
    return found


def without_the_first_layer(*arguments):
    grads = gradients_of_the_module(*arguments)
    return {name: each for name, each in grads.items() if not name.endswith("1")}


def layer_by_examples(dZ, cache):
    A_below, W, _ = cache
    n, m = dZ.shape
    dW, db = np.zeros(W.shape), np.zeros((n, 1))
    for i in range(m):
        dW += dZ[:, [i]] * A_below[:, i] / m
        db += dZ[:, [i]] / m
    return np.array([[column @ dz for dz in dZ.T] for column in W.T]), dW, db


def faulty_layer(dZ, cache):
    A_below, W, _ = cache
    mean_dZ = dZ / dZ.shape[1]
    return W.T @ dZ, mean_dZ @ A_below.T, mean_dZ.sum(axis=0, keepdims=True)


def layer_in_place(dZ, cache):
    A_below, W, _ = cache
    dA = W.T @ dZ
    dZ /= dZ.shape[1]
    return dA, dZ @ A_below.T, dZ.sum(axis=1, keepdims=True)


def skip_by_cosh(dA, A_prev, W, b):
    dZ = dA / np.cosh(W @ A_prev + b) ** 2
    m = dA.shape[1]
    return W.T @ dZ + dA, dZ @ A_prev.T / m, dZ.sum(axis=1, keepdims=True) / m


def skip_by_examples(dA, A_prev, W, b):
    parts = []
    for da, a in zip(dA.T, A_prev.T, strict=True):
        dz = da * (1 - np.tanh(W @ a + b[:, 0]) ** 2)
        parts.append((da + dz @ W, np.outer(dz, a), dz[:, None]))
    columns, dW, db = zip(*parts, strict=True)
    return np.transpose(columns), np.mean(dW, axis=0), np.mean(db, axis=0)


RIGHT = {
    "slope_by_three_paths": [-10.0, 2 * 4 - 6 + 3 * 2 * (3 - 5)],
    "mended_backward": [gradients_of_the_module, gradients_by_pairs],
    "mended_linear_backward": [linear_backward, layer_by_examples],
    "skip_backward": [skip_by_cosh, skip_by_examples],
}
WRONG = {
    "slope_by_three_paths": [10, 2, "-10", (-10,), None],
    "mended_backward": [
        one_loop,
        without_the_first_layer,
        lambda *given: list(gradients_of_the_module(*given).values()),
        lambda AL, Y, *given: gradients_of_the_module(1 - AL, 1 - Y, *given),
        lambda *given: L_model_backward(*given) | {"dW0": np.zeros(1)},
    ],
    "mended_linear_backward": [
        faulty_layer,
        layer_in_place,
        lambda dZ, cache: linear_backward(dZ, cache)[::-1],
        lambda dZ, cache: linear_backward(dZ, cache, input_gradient=False),
        lambda dZ, cache: linear_backward(-dZ, cache),
    ],
    "skip_backward": [
        lambda dA, A_prev, W, b: linear_backward(dA, (A_prev, W, b)),
        lambda dA, A_prev, W, b: skip_by_cosh(dA, A_prev, W.T, b),
        lambda dA, A_prev, W, b: skip_by_cosh(dA, A_prev, W, 0 * b),
        lambda dA, A_prev, W, b: skip_by_cosh(dA, A_prev, W, b)[:2],
        lambda dA, A_prev, W, b: [
            m * dA.shape[1] for m in skip_by_cosh(dA, A_prev, W, b)
        ],
    ],
}
