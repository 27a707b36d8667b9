"""The exercises of lesson 03: kinks, masks, and the bias at which a unit wakes."""

import numpy as np

from dnn_lessons.classroom.exercises.question import (
    EXACT,
    Misunderstanding,
    Question,
    backward_cases,
)

LESSON = "03_relu.ipynb"
KINK = "At the kink"
AGREEMENT = "A slope by agreement"
BACKWARD = "The backward pass"
DYING = "Dying units"
BUG_HUNT = "Bug hunt: the mask that masks nothing"


def _active_cases(rng):
    """Return cases of dA and the activations of a ReLU, about half of them 0."""
    return [(dA, np.maximum(Z, 0)) for dA, Z in backward_cases(rng)]


# The numbers of units, inputs and examples, and how many examples a unit is to answer to.
UNITS = [(1, 1, 2, 1), (1, 2, 3, 2), (2, 1, 4, 4), (3, 2, 5, 2), (4, 3, 7, 5)]


def _unit_cases(rng):
    """Return cases of weights, inputs, and how many examples a unit is to answer to."""
    cases = []
    for n, n_x, m, k in UNITS:
        W, X = rng.normal(size=(n, n_x)).round(1), 3 * rng.normal(size=(n_x, m)).round(1)
        cases += [(W.astype(bits), X.astype(bits), k) for bits in "df"]
    return cases


def _lowest_bias(w, X, k):
    """Return the smallest bias, of those that bring an example to the kink, with k there or above."""
    sums = [sum(map(float.__mul__, w, x)) for x in X.T.tolist()]
    return min(-s for s in sums if sum(other >= s for other in sums) >= k)


def _sums_from_the_top(W, X, k):
    """Return the k-th largest weighted sum of each unit, without its bias."""
    return np.sort(W @ X, axis=1)[:, [-k]]


EXERCISES = [
    Question(
        "central_near_kink",
        "predict",
        truth=sum(np.maximum([0.12, -0.08], 0) * [1, -1]) / (0.12 - -0.08),
        rtol=5e-3,
        why="The number is found by hand; the nearest misunderstanding is far away.",
        misunderstandings={
            "both points were taken to lie on the right side": Misunderstanding(
                1.0,
                "At $z = 0.02$ the slope is 1, but the left point lies beyond the kink.",
                KINK,
            ),
            "the point was taken for the kink": Misunderstanding(
                0.5,
                "One half is the answer at $z = 0$. Here the two points lie at different "
                "distances from the kink.",
                KINK,
            ),
            "the rise was divided by h": Misunderstanding(
                1.2, "From the left point to the right one the way is $2h$.", KINK
            ),
            "the value on the left was taken for 0.08": Misunderstanding(
                0.2,
                "The left point lies at $z = -0.08$. What is the ReLU of a negative number?",
                KINK,
            ),
        },
    ),
    Question(
        "relu6_backward",
        "write",
        # Where Z is nearer to 3 than 0 and 6 are.
        truth=lambda dA, Z: np.where(np.abs(Z - 3) < 3, dA, 0),
        cases=lambda rng: [
            *backward_cases(rng, (0, 3, 6)),
            *backward_cases(rng, (-100, -0.5, 0.5, 1, 5.5, 6.5, 7, 100), scales=()),
        ],
        points=2,
        difficulty=2,
        **EXACT,
        why="Each entry is passed as it is, or is 0.",
        misunderstandings={
            "the upper kink is missing": Misunderstanding(
                lambda dA, Z: dA * (Z > 0),
                "Above 6 the function is constant. What is its slope there?",
                BACKWARD,
            ),
            "the derivative was cut, and not passed or blocked": Misunderstanding(
                lambda dA, Z: np.clip(dA, 0, 6),
                "An open gate passes every derivative, whatever its size and sign. The place "
                "$z$ alone decides whether the gate is open.",
                BACKWARD,
            ),
            "the gates are open at the kinks": Misunderstanding(
                lambda dA, Z: dA * ((Z >= 0) & (Z <= 6)),
                "At $z = 0$ and at $z = 6$ the agreement is to take the slope 0.",
                AGREEMENT,
            ),
            "the arriving derivative was multiplied by the value": Misunderstanding(
                lambda dA, Z: dA * np.clip(Z, 0, 6),
                "The chain rule multiplies by the slope at $z$, not by the activation.",
                BACKWARD,
            ),
            "the slope was returned without the arriving derivative": Misunderstanding(
                lambda dA, Z: ((Z > 0) & (Z < 6)).astype(float),
                "This is the slope. By the chain rule it multiplies what arrives.",
                BACKWARD,
            ),
        },
    ),
    Question(
        "mended_relu_backward",
        "mend",
        truth=lambda dA, A: dA * np.heaviside(A, 0),
        cases=_active_cases,
        points=2,
        difficulty=2,
        **EXACT,
        why="Each entry is passed as it is, or is 0.",
        misunderstandings={
            "everything still passes": Misunderstanding(
                lambda dA, A: dA * (A >= 0),
                "Which numbers can an activation be, and for which of them does your condition "
                "hold?",
                BUG_HUNT,
            ),
            "the sign of the derivative decides": Misunderstanding(
                lambda dA, A: np.maximum(dA, 0),
                "Whether a gate is open depends on the unit, and not on what arrives.",
                BACKWARD,
            ),
            "the arriving derivative was multiplied by the activation": Misunderstanding(
                lambda dA, A: dA * A,
                "The chain rule multiplies by the slope, which is 1 or 0.",
                BACKWARD,
            ),
            "the mask was returned without the arriving derivative": Misunderstanding(
                lambda dA, A: (A > 0).astype(float),
                "The mask is the slope. By the chain rule it multiplies what arrives.",
                BACKWARD,
            ),
        },
    ),
    Question(
        "waking_bias",
        "write",
        truth=lambda W, X, k: np.array([[_lowest_bias(w, X, k)] for w in W.tolist()]),
        cases=_unit_cases,
        points=3,
        difficulty=3,
        rtol32=1e-4,
        atol32=1e-5,
        why="The terms of a weighted sum may cancel, which leaves a rounding error.",
        misunderstandings={
            "the examples were counted from the other end": Misunderstanding(
                lambda W, X, k: -np.sort(W @ X, axis=1)[:, [k - 1]],
                "As the bias grows, the example with the largest weighted sum is the first to "
                "become positive.",
                DYING,
            ),
            "the sign is turned round": Misunderstanding(
                _sums_from_the_top,
                "An example is at the kink where its weighted sum and the bias add up to 0.",
                DYING,
            ),
            "one example is enough here, whatever k says": Misunderstanding(
                lambda W, X, k: -_sums_from_the_top(W, X, 1),
                "Above this bias the unit is no longer dead. But $k$ examples are wanted.",
                DYING,
            ),
            "all examples have to answer here, whatever k says": Misunderstanding(
                lambda W, X, k: -np.min(W @ X, axis=1, keepdims=True),
                "Above this bias every example is positive. Only $k$ are wanted.",
                DYING,
            ),
            "the units were sorted, and not the examples": Misunderstanding(
                lambda W, X, k: -np.sort(W @ X, axis=0)[:, [-k]],
                "Each unit is a row. Look for its $k$ examples within that row.",
                DYING,
            ),
        },
    ),
]
