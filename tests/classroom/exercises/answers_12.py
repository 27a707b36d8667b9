"""Right and wrong answers to the exercises of lesson 12, each written differently."""

import math

import numpy as np


def clipped_in_steps(grads, limit):
    total = 0.0
    grads = {name: G for name, G in grads.items() if name[1] in "Wb"}
    for G in grads.values():
        total += float((G * G).sum())
    if math.sqrt(total) <= limit:
        return {name: G.copy() for name, G in grads.items()}
    return {name: G * limit / math.sqrt(total) for name, G in grads.items()}


def clipped_by_vector(grads, limit):
    grads = {name: grads[name] for name in grads if name[:2] != "dA"}
    vector = np.hstack([G.ravel() for G in grads.values()])
    factor = min(1, limit / max(np.linalg.norm(vector), 1e-300))
    return dict(zip(grads, (factor * G for G in grads.values()), strict=True))


def clipped_in_place(grads, limit):
    for name, G in clipped_by_vector(grads, limit).items():
        grads[name] *= 0
        grads[name] += G
    return {name: G for name, G in grads.items() if name[:2] != "dA"}


def clipped_and_the_rest(grads, limit):
    return {**grads, **clipped_by_vector(grads, limit)}


def stopped_by_counting(costs, patience):
    lowest, best, waited, epoch = np.inf, 0, 0, 0
    while epoch < len(costs) and waited < patience:
        epoch += 1
        waited += 1
        if costs[epoch - 1] < lowest:
            lowest, best, waited = costs[epoch - 1], epoch, 0
    return [epoch, best]


def stopped_by_records(costs, patience):
    """Each record is a new minimum; the first wait that is long enough ends the training."""
    lows = np.minimum.accumulate(costs)
    records = [1, *(np.flatnonzero(np.diff(lows) < 0) + 2)]
    for best, following in zip(records, [*records[1:], np.inf], strict=True):
        if following > best + patience:
            return min(best + patience, len(costs)), best
    raise AssertionError("the last record has no follower")


RIGHT = {
    "cost_at_the_end": ["d", "D"],
    "clipped_gradients": [clipped_in_steps, clipped_by_vector],
    "stopping_epoch": [stopped_by_counting, stopped_by_records],
}
WRONG = {
    "cost_at_the_end": [-1, "none"],
    "clipped_gradients": [
        lambda grads, limit: grads,
        lambda grads, limit: list(clipped_by_vector(grads, limit).values()),
        lambda grads, limit: clipped_by_vector(grads, 1),
        lambda grads, limit: clipped_by_vector(grads, 2 * limit),
        clipped_in_place,
        clipped_and_the_rest,
    ],
    "stopping_epoch": [
        lambda costs, patience: stopped_by_counting(costs, patience)[::-1],
        lambda costs, patience: stopped_by_counting(costs, patience)[0],
        lambda costs, patience: (len(costs), np.argmin(costs) + 1),
        lambda costs, patience: stopped_by_counting(costs, 1),
    ],
}
