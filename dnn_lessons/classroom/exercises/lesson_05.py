"""The exercises of lesson 05: the tanh as a stretched sigmoid, and slopes with all their digits."""

from decimal import Decimal

import numpy as np

from dnn_lessons import sigmoid_backward
from dnn_lessons.classroom.exercises.question import (
    Misunderstanding,
    Question,
    backward_cases,
    complex_step,
)

LESSON = "05_tanh.ipynb"
SLOPE = "The slope, by the quotient rule"
STRETCHED = "A stretched sigmoid"
BUG_HUNT = "Bug hunt: a right form, wrong digits"
BACKWARD = "The backward pass"
EXTREMES = (-1000, -300, -40, -19, -8, 0, 8, 19, 40, 300, 1000)


def _exact_backward(dA, Z):
    """Return dZ of a tanh, with the slope from the 28 digits of Python's decimal."""
    powers = [Decimal(-2 * abs(float(z))).exp() for z in Z.flat]
    slopes = [float(4 * e / (1 + e) ** 2) for e in powers]
    return dA * np.reshape(slopes, Z.shape)


def _softsign_backward(dA, Z):
    """Return dZ of a softsign. Its slope is found without its formula."""
    return dA * complex_step(lambda z: z / (1 + np.sign(Z) * z))(Z)


# Units of the input, the hidden layer and the output.
LAYERS = [(1, 1, 1), (1, 2, 1), (2, 1, 3), (3, 4, 2), (2, 5, 3)]


def _network_cases(rng):
    """Return cases of the four parameters of a network with one hidden layer."""
    cases = []
    for n0, n1, n2 in LAYERS:
        shapes = (n1, n0), (n1, 1), (n2, n1), (n2, 1)
        parameters = [rng.normal(size=shape).round(1) for shape in shapes]
        cases += [tuple(P.astype(bits) for P in parameters) for bits in "df"]
    return cases


def _by_saturation(W1, b1, W2, b2):
    """Return the new parameters, the last two from outputs where all units are saturated."""
    lowest = W2 @ np.full_like(b1, -1) + b2  # each tanh is -1, and each sigmoid 0
    raised = np.hstack([W2 @ (2 * one[:, None] - 1) + b2 for one in np.eye(len(b1))])
    return W1 + W1, b1 + b1, raised - lowest, lowest


def _with_output(output):
    """Return a wrong answer to `with_sigmoids`: doubled hidden parameters, and this output."""
    return lambda W1, b1, W2, b2: (2 * W1, 2 * b1, *output(W2, b2))


EXERCISES = [
    Question(
        "sigmoid_from_tanh",
        "predict",
        truth=float(1 / (1 + np.exp(-2 * np.log(3)))),
        rtol=5e-3,
        why="The number is found by hand; the nearest misunderstanding is far away.",
        misunderstandings={
            "the 1 changed its sign": Misunderstanding(
                0.1,
                "The number $2 \\log 3$ is positive, so its sigmoid is above one half. Look at "
                "the sign of the 1 when you solve for the sigmoid.",
                STRETCHED,
            ),
            "the 1 was lost": Misunderstanding(
                0.4,
                "Before you divide by 2, the 1 has to go to the other side.",
                STRETCHED,
            ),
            "it is the sigmoid of log 3": Misunderstanding(
                0.75,
                "That is $\\sigma(z)$. In (5.14) the sigmoid stands at $2 z$.",
                STRETCHED,
            ),
            "the tanh was put in place of the sigmoid": Misunderstanding(
                0.6,
                "Equation (5.14) leads from the sigmoid to the tanh. Here the tanh is known.",
                STRETCHED,
            ),
        },
    ),
    Question(
        "mended_tanh_backward",
        "mend",
        truth=_exact_backward,
        cases=lambda rng: backward_cases(rng, EXTREMES, scales=(1, 5, 10)),
        points=2,
        difficulty=2,
        rtol=1e-12,
        atol=0,
        rtol32=1e-5,
        atol32=1e-36,
        why="All digits are wanted, except below the normal numbers of 32 bits.",
        quiet=True,
        misunderstandings={
            "the difference from 1 still loses its digits": Misunderstanding(
                lambda dA, Z: dA * (1 - np.tanh(Z) ** 2),
                "Near 1 the square of the tanh has been rounded, and its difference from 1 "
                "keeps few digits.",
                BUG_HUNT,
            ),
            "the difference was only split into two factors": Misunderstanding(
                lambda dA, Z: dA * (1 - np.tanh(Z)) * (1 + np.tanh(Z)),
                "One of the factors is still the difference of two numbers that are close to "
                "each other, and the tanh in it has been rounded.",
                BUG_HUNT,
            ),
            "the powers overflow": Misunderstanding(
                lambda dA, Z: dA / np.cosh(Z) ** 2,
                "The digits are right where the powers are within the range of the computer's "
                "numbers. For a large $|z|$ one of them is not.",
                "02_sigmoid.ipynb#How ours computes it",
            ),
            "the argument was not doubled": Misunderstanding(
                lambda dA, Z: 4 * sigmoid_backward(dA, Z),
                "In (5.15) the slope of the sigmoid is taken at $2 z$.",
                STRETCHED,
            ),
            "a factor 2 is missing": Misunderstanding(
                lambda dA, Z: 2 * sigmoid_backward(dA, 2 * Z),
                "One factor 2 stands in front in (5.14). The chain rule brings another.",
                STRETCHED,
            ),
        },
    ),
    Question(
        "softsign_backward",
        "write",
        truth=_softsign_backward,
        cases=lambda rng: backward_cases(rng, (-1000, -3, -1, -0.5, 0, 0.5, 1, 3, 1000)),
        points=2,
        difficulty=2,
        why="Nothing is subtracted, so only single roundings remain.",
        misunderstandings={
            "the minus of the quotient rule became a plus": Misunderstanding(
                lambda dA, Z: dA * (1 + 2 * np.abs(Z)) / (1 + np.abs(Z)) ** 2,
                "In the numerator of the quotient rule (2.2) the second product is subtracted. "
                "One minus the square of the value gives the same numbers as your answer, and "
                "is the slope of the tanh alone.",
                SLOPE,
            ),
            "the slope of |z| was taken for 1 on both sides": Misunderstanding(
                lambda dA, Z: dA * (1 + np.abs(Z) - Z) / (1 + np.abs(Z)) ** 2,
                "To the right of 0 this is right. To the left $|z|$ is $-z$, which falls as "
                "$z$ grows.",
                SLOPE,
            ),
            "the absolute value was left out": Misunderstanding(
                lambda dA, Z: dA / (1 + Z) ** 2,
                "To the left of 0 the denominator is $1 - z$, and never below 1.",
                SLOPE,
            ),
            "the denominator was not squared": Misunderstanding(
                lambda dA, Z: dA / (1 + np.abs(Z)),
                "The quotient rule (2.2) divides by the square of the denominator.",
                SLOPE,
            ),
            "the value was taken for the slope": Misunderstanding(
                lambda dA, Z: dA * Z / (1 + np.abs(Z)),
                "The chain rule multiplies what arrives by the slope, not by the value.",
                BACKWARD,
            ),
        },
    ),
    Question(
        "with_sigmoids",
        "write",
        truth=_by_saturation,
        cases=_network_cases,
        points=3,
        difficulty=3,
        rtol32=1e-4,
        atol32=1e-5,
        why="A bias minus a sum of weights may be small, which leaves a rounding error.",
        misunderstandings={
            "the output bias is still the old one": Misunderstanding(
                _with_output(lambda W2, b2: (2 * W2, b2)),
                "In (5.14) something is subtracted. The output layer receives it, multiplied "
                "by its weights.",
                STRETCHED,
            ),
            "the weights of the output layer are still the old ones": Misunderstanding(
                _with_output(lambda W2, b2: (W2, b2 - W2.sum(axis=1, keepdims=True))),
                "There are two factors 2 in (5.14). One of them stands in front of the sigmoid.",
                STRETCHED,
            ),
            "the new weights were subtracted": Misunderstanding(
                _with_output(
                    lambda W2, b2: (2 * W2, b2 - 2 * W2.sum(axis=1, keepdims=True))
                ),
                "In (5.14) the 1 stands outside the product with 2. So it meets the old weights.",
                STRETCHED,
            ),
            "one sum serves all outputs": Misunderstanding(
                _with_output(lambda W2, b2: (2 * W2, b2 - W2.sum())),
                "Each output has its own row of weights, and only that row belongs to its bias.",
                STRETCHED,
            ),
            "the hidden biases were not doubled": Misunderstanding(
                lambda W1, b1, W2, b2: (
                    2 * W1,
                    b1,
                    2 * W2,
                    b2 - W2.sum(axis=1, keepdims=True),
                ),
                "In (5.14) the whole pre-activation is doubled, and the bias is a part of it.",
                STRETCHED,
            ),
        },
    ),
]
