"""Right and wrong answers to the exercises of lesson 11, each written differently."""

import numpy as np

from dnn_lessons import batch_generator, compute_cost


def batches_by_slices(X, Y, B):
    starts = range(0, X.shape[1] - B + 1, B)
    return [(X[:, i : i + B], Y[:, i : i + B]) for i in starts]


def batches_in_a_loop(X, Y, B):
    while X.shape[1] >= B:
        yield X[:, :B], Y[:, :B]
        X, Y = X[:, B:], Y[:, B:]


def cost_by_sums(AL, Y, B):
    total = 0
    for A_batch, Y_batch in batch_generator(AL, Y, B, shuffle=False):
        total += np.abs(A_batch - Y_batch).sum()
    return total / AL.shape[1]


def batch_by_counting(m, k):
    B = 1
    while (m - B) / (B * (m - 1)) > 1 / k**2:
        B += 1
    return B


def batch_by_roots(m, k):
    sizes = np.arange(1, m + 1)
    noise = np.sqrt((m - sizes) / (m - 1) / sizes)
    return sizes[noise <= 1 / k][0]


RIGHT = {
    "steps_and_last": [(20 * 16, 1000 - 15 * 64), [320.0, 40.0]],
    "full_batches": [batches_by_slices, batches_in_a_loop],
    "mended_epoch_cost": [lambda AL, Y, B: compute_cost(AL, Y, "mae"), cost_by_sums],
    "smallest_batch": [
        batch_by_counting,
        batch_by_roots,
        lambda m, k: -(-m * k * k // (m - 1 + k * k)),
    ],
}
WRONG = {
    "steps_and_last": [(40, 320), 320, (312.5, 40), "320, 40", None],
    "full_batches": [
        batch_generator,
        lambda X, Y, B: [X_batch for X_batch, _ in batches_by_slices(X, Y, B)],
        lambda X, Y, B: batches_by_slices(X, Y, B)[::-1],
        lambda X, Y, B: [
            (Y_batch, X_batch) for X_batch, Y_batch in batches_by_slices(X, Y, B)
        ],
        lambda X, Y, B: np.split(X, X.shape[1] // B, axis=1),
    ],
    "mended_epoch_cost": [
        lambda AL, Y, B: np.mean(np.abs(AL - Y)),
        lambda AL, Y, B: np.mean(np.sum(AL - Y, axis=0)),
        lambda AL, Y, B: compute_cost(AL, Y, "mse"),
        lambda AL, Y, B: [cost_by_sums(AL, Y, B)],
        lambda AL, Y, B: cost_by_sums(AL, Y, B) / B,
    ],
    "smallest_batch": [
        lambda m, k: batch_by_counting(m, k) - 1,
        lambda m, k: batch_by_counting(m, k * k),
        lambda m, k: str(batch_by_counting(m, k)),
        lambda m, k: m,
        lambda m, k: -(-m * k * k // (m + k * k)),
    ],
}
