"""The exercises of lesson 04: which formula holds for every leak, and derivatives by z and by the leak."""

import numpy as np

from dnn_lessons.classroom.exercises.question import (
    Misunderstanding,
    Question,
    backward_cases,
    complex_step,
)

LESSON = "04_leaky_relu.ipynb"
CASES = "The slope, by cases"
MIXTURE = "What the leak does"
BACKWARD = "The backward pass"
BUG_HUNT = "Bug hunt: the leak that replaces"
AT_KINK = (-1, 0, 1)


def _leaking_cases(rng, leaks=(0.01, 0.2, 2.0)):
    """Return cases of dA, Z and a leak, some of them above 1."""
    far = backward_cases(rng, (-1000, -30, -0.5, 0.5, 30, 1000), scales=())
    pairs = backward_cases(rng, AT_KINK) + far
    return [(*pair, leaks[place // 2 % 3]) for place, pair in enumerate(pairs)]


def _below(Z):
    """Return the power of an ELU where Z is negative, and 1 elsewhere."""
    return np.exp(np.minimum(Z, 0))


def _elu_slope(dA, Z, alpha):
    """Return dZ of an ELU. The left side's slope is found without its formula."""
    left = complex_step(lambda z: alpha * (np.exp(z) - 1))(np.minimum(Z, 0))
    return np.where(Z > 0, dA, dA * left)


def _leak_slope(dA, Z):
    """Return the derivative of the cost by the leak, found without its formula."""
    cost = complex_step(lambda a: np.sum(dA * np.where(Z > 0, Z, a * Z)) / Z.shape[1])
    return cost(0.25)


EXERCISES = [
    Question(
        "for_every_leak",
        "choose",
        truth="c",
        misunderstandings={
            "only leaks up to 1 were tried": Misunderstanding(
                "a",
                "Take the leak 2 and $z = 1$. Which of $2z$ and $z$ is larger?",
                MIXTURE,
            ),
            "only leaks from 1 on were tried": Misunderstanding(
                "b",
                "Take the leak 0.1 and $z = 1$. Which of $0.1z$ and $z$ is smaller?",
                MIXTURE,
            ),
            "the leak stands on the other side": Misunderstanding(
                "d",
                "Put a positive number into it. Does the number pass unchanged?",
                MIXTURE,
            ),
        },
    ),
    Question(
        "elu_backward",
        "write",
        truth=_elu_slope,
        cases=lambda rng: _leaking_cases(rng, leaks=(0.5, 1.0, 2.0)),
        points=2,
        difficulty=2,
        why="One power and two products lose a digit or two.",
        quiet=True,
        misunderstandings={
            "the power overflows where it is not used": Misunderstanding(
                lambda dA, Z, alpha: np.where(Z > 0, dA, dA * alpha * np.exp(Z)),
                "NumPy computes both sides of the choice for every entry, and then chooses. So "
                "the power was computed for large positive $z$ as well.",
                "02_sigmoid.ipynb#How ours computes it",
            ),
            "the value was taken for the slope": Misunderstanding(
                lambda dA, Z, alpha: dA * np.where(Z > 0, 1, alpha * (_below(Z) - 1)),
                "To the left of 0 this multiplies by the value of the ELU. Take the "
                "derivative first: what becomes of the constant?",
                CASES,
            ),
            "the slope of the leaky ReLU was taken": Misunderstanding(
                lambda dA, Z, alpha: dA * np.where(Z > 0, 1, alpha),
                "To the left of 0 the ELU is no straight line. Its slope changes with $z$.",
                CASES,
            ),
            "the derivative was replaced": Misunderstanding(
                lambda dA, Z, alpha: np.where(Z > 0, dA, alpha * _below(Z)),
                "To the left of 0 this is the slope alone. What arrives has to be multiplied "
                "by it.",
                BACKWARD,
            ),
            "the factor alpha is missing": Misunderstanding(
                lambda dA, Z, alpha: dA * _below(Z),
                "The factor $\\alpha$ in front of the power stays when the derivative is taken.",
                CASES,
            ),
            "the slope at the kink is that of the right side": Misunderstanding(
                lambda dA, Z, alpha: dA * np.where(Z >= 0, 1, alpha * _below(Z)),
                "At $z = 0$ the slope from the left was asked for.",
                CASES,
            ),
        },
    ),
    Question(
        "mended_leak_backward",
        "mend",
        truth=lambda dA, Z, alpha: dA * (alpha + (1 - alpha) * np.heaviside(Z, 0)),
        cases=_leaking_cases,
        points=2,
        difficulty=2,
        why="At most two products are rounded.",
        misunderstandings={
            "the leak still replaces": Misunderstanding(
                lambda dA, Z, alpha: np.where(Z > 0, dA, alpha),
                "Where $z$ is negative, all derivatives become the same number.",
                BUG_HUNT,
            ),
            "nothing passes where z is negative": Misunderstanding(
                lambda dA, Z, alpha: np.where(Z > 0, dA, 0),
                "That is the backward pass of the ReLU. A leaky one lets a share through.",
                BACKWARD,
            ),
            "the leak is 0.01, whatever alpha says": Misunderstanding(
                lambda dA, Z, alpha: np.where(Z > 0, dA, 0.01 * dA),
                "For the leak 0.01 this is right. The network may have another.",
                "A leak of your own",
            ),
            "the sign of the derivative decides": Misunderstanding(
                lambda dA, Z, alpha: np.where(dA > 0, dA, alpha * dA),
                "Which slope applies depends on $z$, and not on what arrives.",
                BACKWARD,
            ),
            "the slope at the kink is 1": Misunderstanding(
                lambda dA, Z, alpha: np.where(Z >= 0, dA, alpha * dA),
                "At $z = 0$ the slope from the left is taken, as in the forward pass.",
                CASES,
            ),
        },
    ),
    Question(
        "leak_gradient",
        "write",
        truth=_leak_slope,
        cases=lambda rng: backward_cases(rng, AT_KINK),
        points=3,
        difficulty=3,
        rtol32=1e-4,
        atol32=1e-3,
        why="The terms of the sum have both signs and may cancel.",
        misunderstandings={
            "it was divided by the number of entries": Misunderstanding(
                lambda dA, Z: np.mean(dA * np.minimum(Z, 0)),
                "The loss of one example depends on the leak through all its units, so their "
                "terms are added. The mean is taken over the examples.",
                "03_relu.ipynb#Dying units",
            ),
            "it was divided by the number of rows": Misunderstanding(
                lambda dA, Z: np.sum(dA * np.minimum(Z, 0)) / len(Z),
                "The examples are the columns, and `len` counts the rows, which are the units.",
                "01_forward_pass.ipynb#All examples at once",
            ),
            "the losses were added": Misunderstanding(
                lambda dA, Z: np.sum(dA * np.minimum(Z, 0)),
                "The cost is the mean of the losses of all examples, not their sum.",
                "03_relu.ipynb#Dying units",
            ),
            "positive pre-activations contribute, too": Misunderstanding(
                lambda dA, Z: np.sum(dA * Z) / Z.shape[1],
                "Where $z$ is positive, $g(z)$ does not hold the leak at all.",
                "A flat side that is not quite flat",
            ),
            "it is the derivative by z and not by the leak": Misunderstanding(
                lambda dA, Z: np.sum(dA * (Z <= 0)) / Z.shape[1],
                "In $\\alpha z$ the leak is the variable now, and $z$ is the constant factor.",
                "A flat side that is not quite flat",
            ),
            "each unit has a leak of its own here": Misunderstanding(
                lambda dA, Z: np.mean(dA * np.minimum(Z, 0), axis=1, keepdims=True),
                "All units share one leak. So the terms of the units have to be added.",
                "A flat side that is not quite flat",
            ),
        },
    ),
]
