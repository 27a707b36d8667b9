"""The exercises of lesson 12: which cost is reported, shorter gradients, and when to stop."""

from itertools import pairwise

import numpy as np

from dnn_lessons.classroom.exercises.question import Misunderstanding, Question

LESSON = "12_training.ipynb"
REPORTED = "What the cost of an epoch measures"
DIVERGES = "When it diverges"
STOP = "When to stop"


def _gradient_cases(rng):
    """Return cases of gradients and a limit: longer, shorter, just as long, and all zero."""
    return [
        (
            {name: G.astype(bits) for name, G in _gradients(rng, sizes, scale).items()},
            limit,
        )
        for sizes, scale, limit in (
            ((1, 1), 2, 1),
            ((1, 1), 0, 1),
            ((2, 1), 0.2, 5),
            ((2, 3, 1), 3, 2),
            ((3, 2, 4), 30, 0.5),
            ((2, 4, 1), 0.5, 10),
        )
        for bits in "df"
    ]


def _gradients(rng, sizes, scale):
    """Return rounded gradients of a network of these sizes, with dA of its hidden layers."""
    return {
        name: (scale * rng.normal(size=shape)).round(1)
        for name, shape in _shapes(sizes).items()
    }


def _shapes(sizes):
    """Return {name: shape} of the gradients of a network of these sizes."""
    shapes = {f"dA{l}": (n, 2) for l, n in enumerate(sizes[1:-1], 1)}
    for l, (n_prev, n) in enumerate(pairwise(sizes), 1):
        shapes |= {f"dW{l}": (n, n_prev), f"db{l}": (n, 1)}
    return shapes


def _of_parameters(grads):
    """Return the gradients dW and db alone."""
    return {name: G for name, G in grads.items() if not name.startswith("dA")}


def _clipped(grads, limit):
    """Return dW and db, shortened by the length of all their entries in one vector."""
    return _all_clipped(_of_parameters(grads), limit)


def _all_clipped(grads, limit):
    """Return all arrays, shortened by the length of all entries in one vector."""
    length = np.linalg.norm(np.concatenate([G.ravel() for G in grads.values()]))
    return grads if length <= limit else _scaled(grads, limit / length)


def _scaled(grads, factor):
    """Return all gradients times a factor."""
    return {name: factor * G for name, G in grads.items()}


def _squares(grads):
    """Return the sum of the squares of all entries of dW and db."""
    return sum(float(np.vdot(G, G)) for G in _of_parameters(grads).values())


def _entries(grads):
    """Return the number of entries of dW and db."""
    return sum(G.size for G in _of_parameters(grads).values())


def _cost_cases(rng):
    """Return cases of held-out costs and a patience; in some, costs are equal."""
    cases = [(1 + rng.integers(-9, 9, size=m) / 10, p) for m, p in CURVES]
    return [*cases, (np.linspace(1, 0.1, 10), 2), (np.array([0.4, 0.4, 0.4, 0.3]), 2)]


CURVES = ((1, 1), (3, 1), (5, 1), (7, 2), (8, 3), (12, 3), (12, 4), (20, 5), (9, 20))


def _stopped(costs, patience):
    """Return the first epoch whose best epoch so far is long enough ago, and that best one."""
    best = [int(np.argmin(costs[:epoch])) + 1 for epoch in range(1, len(costs) + 1)]
    ago = np.arange(1, len(costs) + 1) - best
    place = np.argmax(ago >= patience) if np.any(ago >= patience) else len(costs) - 1
    return place + 1, best[place]


def _stopped_at_last_fall(costs, patience):
    """Return the answer of one who compares each epoch with the epoch before."""
    best = 1
    for epoch in range(1, len(costs) + 1):
        if epoch > 1 and costs[epoch - 1] < costs[epoch - 2]:
            best = epoch
        if epoch - best >= patience:
            break
    return epoch, best


def _stopped_at_latest(costs, patience):
    """Return the answer of one who takes an equal cost for a new minimum."""
    best = 1
    for epoch, cost in enumerate(costs, 1):
        best = epoch if cost <= costs[best - 1] else best
        if epoch - best >= patience:
            break
    return epoch, best


EXERCISES = [
    Question(
        "cost_at_the_end",
        "choose",
        truth="d",
        misunderstandings={
            "the untrained network was chosen": Misunderstanding(
                "a",
                "The first epoch is counted before any step. Whose parameters are these?",
                REPORTED,
            ),
            "the last entry was taken for the end": Misunderstanding(
                "b",
                "After the last cost was counted, one more thing happened in that epoch.",
                REPORTED,
            ),
            "the smallest entry was taken for the end": Misunderstanding(
                "c",
                "Nothing makes the last parameters the best ones: a cost can rise.",
                REPORTED,
            ),
        },
    ),
    Question(
        "clipped_gradients",
        "write",
        truth=_clipped,
        cases=_gradient_cases,
        points=2,
        difficulty=2,
        rtol32=1e-5,
        why="Squares are added in another order, which leaves a rounding error.",
        misunderstandings={
            "dA was clipped as well": Misunderstanding(
                _all_clipped,
                "No parameter moves by `dA1`: it holds a slope for each example, so a larger "
                "batch would make the length larger. Which keys belong to parameters?",
                DIVERGES,
            ),
            "dA was counted in the length": Misunderstanding(
                lambda grads, limit: _of_parameters(_all_clipped(grads, limit)),
                "The length is that of the step, and no parameter moves by `dA1`.",
                DIVERGES,
            ),
            "each entry was cut by itself": Misunderstanding(
                lambda grads, limit: {
                    name: np.clip(G, -limit, limit)
                    for name, G in _of_parameters(grads).items()
                },
                "That changes the direction of the step, since the large entries are cut and "
                "the small ones are not. One factor for all is wanted.",
                DIVERGES,
            ),
            "each array was shortened by itself": Misunderstanding(
                lambda grads, limit: {
                    name: _clipped({name: G}, limit)[name]
                    for name, G in _of_parameters(grads).items()
                },
                "The length is that of one vector, which holds the entries of all arrays.",
                DIVERGES,
            ),
            "short gradients were stretched": Misunderstanding(
                lambda grads, limit: _scaled(
                    _of_parameters(grads), np.divide(limit, np.sqrt(_squares(grads)))
                ),
                "Gradients that are not longer than the limit stay as they are. What happens "
                "to those whose entries are all 0?",
                DIVERGES,
            ),
            "the root is missing": Misunderstanding(
                lambda grads, limit: _scaled(
                    _of_parameters(grads), limit / max(_squares(grads), limit)
                ),
                "The sum of the squares is the square of the length.",
                DIVERGES,
            ),
            "the mean of the squares was taken": Misunderstanding(
                lambda grads, limit: _scaled(
                    _of_parameters(grads),
                    limit / max(np.sqrt(_squares(grads) / _entries(grads)), limit),
                ),
                "A length is the root of the sum of the squares, and not of their mean.",
                DIVERGES,
            ),
        },
    ),
    Question(
        "stopping_epoch",
        "write",
        truth=_stopped,
        cases=_cost_cases,
        points=3,
        difficulty=3,
        rtol=0,
        atol=0,
        why="Epochs are whole numbers.",
        misunderstandings={
            "each epoch was compared with the one before": Misunderstanding(
                _stopped_at_last_fall,
                "A cost that falls from one epoch to the next need not be a new minimum. "
                "Compare it with the lowest so far.",
                STOP,
            ),
            "the last parameters were kept": Misunderstanding(
                lambda costs, patience: (_stopped(costs, patience)[0],) * 2,
                "When the training ends, it has gone on beyond its best epoch.",
                STOP,
            ),
            "it looked ahead": Misunderstanding(
                lambda costs, patience: (
                    _stopped(costs, patience)[0],
                    np.argmin(costs) + 1,
                ),
                "A minimum after the end of the training is never seen.",
                STOP,
            ),
            "it stopped one epoch late": Misunderstanding(
                lambda costs, patience: _stopped(costs, patience + 1),
                "It ends with the epoch in which the best one is `patience` epochs ago, and "
                "not with the next.",
                STOP,
            ),
            "an equal cost was taken for a new minimum": Misunderstanding(
                _stopped_at_latest,
                "Of equal costs the earliest is the best one, so the waiting goes on.",
                STOP,
            ),
            "epochs were counted from 0": Misunderstanding(
                lambda costs, patience: tuple(
                    each - 1 for each in _stopped(costs, patience)
                ),
                "Python counts from 0. The first epoch is number 1.",
                STOP,
            ),
        },
    ),
]
