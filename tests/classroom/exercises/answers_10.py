"""Right and wrong answers to the exercises of lesson 10, each written differently."""

import copy

import numpy as np

from dnn_lessons import update_parameters
from dnn_lessons.descent import descend, quadratic


def rate_by_sorting(curvatures):
    ordered = sorted(curvatures)
    return 1 / ((ordered[0] + ordered[-1]) / 2)


def rate_by_bisection(curvatures):
    """Halve the interval in which the flattest and the steepest coordinate become equally fast."""
    steep, flat = np.max(curvatures), np.min(curvatures)
    low, high = 1 / steep, 2 / steep + 1 / flat
    for _ in range(200):
        middle = (low + high) / 2
        if abs(1 - middle * flat) > abs(1 - middle * steep) and middle * flat < 1:
            low = middle
        else:
            high = middle
    return low


def update_of_copies(old, grads, learning_rate):
    new = copy.deepcopy(old)
    for name in new:
        new[name] -= learning_rate * grads["d" + name]
    return new


def update_of_a_shallow_copy(old, grads, learning_rate):
    new = dict(old)
    for name in new:
        new[name] -= learning_rate * grads["d" + name]
    return new


def update_of_gradients(old, grads, learning_rate):
    moved = {name[1:]: -learning_rate * dP for name, dP in grads.items()}
    return {name: old.get(name, 0) + step for name, step in moved.items()}


def path_of_differences(curvature, start, learning_rate, beta, steps):
    """The heavy ball: each move is beta times the last one, and a step of gradient descent."""
    path = [start, start]
    for _ in range(steps):
        last = path[-1] - path[-2]
        path.append(path[-1] + beta * last - learning_rate * curvature * path[-1])
    return path[1:]


def path_of_weights(curvature, start, learning_rate, beta, steps):
    """Weigh all derivatives so far anew in each step."""
    path = [float(start)]
    for t in range(steps):
        weights = [beta ** (t - s) for s in range(t + 1)]
        path.append(path[t] - learning_rate * curvature * float(np.dot(weights, path)))
    return tuple(path)


def plain_path(curvature, start, learning_rate, beta, steps):
    parabola = quadratic("parabola", [curvature], [start])
    return list(descend(parabola, [start], learning_rate, steps)[0])


RIGHT = {
    "threshold_and_factor": [(4.0, -0.5), [2 / 0.5, 1 - 3 * 0.5]],
    "best_rate": [rate_by_sorting, lambda c: 2 / np.add(np.min(c), np.max(c))],
    "mended_update": [update_parameters, update_of_copies],
    "momentum_path": [path_of_differences, path_of_weights],
}
WRONG = {
    "threshold_and_factor": [4, (4,), (4, -0.5, 0), {4, -0.5}, np.array([4, -0.5]), None],
    "best_rate": [
        lambda c: 2 * (min(c) + max(c)),
        lambda c: (min(c) + max(c)) / 2,
        lambda c: [2 / (min(c) + max(c))],
        lambda c: 2 / np.sqrt(min(c) * max(c)),
        lambda c: c.sort() or 2 / (c[0] + c[-1]),
    ],
    "mended_update": [
        update_of_a_shallow_copy,
        update_of_gradients,
        lambda *given: list(update_parameters(*given).values()),
        lambda *given: {f"d{k}": v for k, v in update_parameters(*given).items()},
        lambda old, grads, rate: {
            k: P * (1 - rate * grads[f"d{k}"]) for k, P in old.items()
        },
    ],
    "momentum_path": [
        plain_path,
        lambda *given: path_of_differences(*given)[-1],
        lambda *given: np.array(path_of_differences(*given)),
        lambda *given: path_of_differences(*given)[::-1],
        lambda c, start, rate, beta, steps: path_of_differences(c, start, rate, 1, steps),
    ],
}
