"""The exercises of lesson 02: slopes of the sigmoid and of its relatives, with all their digits."""

from decimal import Decimal

import numpy as np

from dnn_lessons.classroom.exercises.question import (
    Misunderstanding,
    Question,
    complex_step,
    number_cases,
)

LESSON = "02_sigmoid.ipynb"
SLOPE = "The slope, by the quotient rule"
SYMMETRY = "Symmetry, and the steepest point"
CODE = "How ours computes it"
BUG_HUNT = "Bug hunt: right on paper"


def _smooth_sigmoid(z):
    """Return the sigmoid by way of the tanh, which takes complex numbers and never overflows."""
    return (1 + np.tanh(z / 2)) / 2


def _printed_sigmoid(z):
    """Return the sigmoid as equation (2.1) prints it."""
    return 1 / (1 + np.exp(-z))


def _exact_pair(Z):
    """Return value and slope of the sigmoid from the 28 digits of Python's decimal."""
    powers = [Decimal(-float(z)).exp() for z in Z.flat]
    pairs = [(1 / (1 + e), e / (1 + e) ** 2) for e in powers]
    return tuple(np.reshape(each, Z.shape).astype(float) for each in np.transpose(pairs))


def _pair(value, slope):
    """Return a wrong answer to `sigmoid_and_slope`, from e = exp(-abs(Z)) and the small sigmoid."""

    def answer(Z):
        e = np.exp(-np.abs(Z))
        small = e / (1 + e)
        return value(Z, small), slope(Z, small)

    return answer


def _pair_that_overflows(Z):
    """Return the right values to `sigmoid_and_slope`, by way of a power that is too large."""
    small = 1 / (1 + np.exp(np.abs(Z)))
    return np.where(Z < 0, small, 1 - small), small * (1 - small)


ALL_DIGITS = {
    "rtol": 1e-12,
    "atol": 0,
    "rtol32": 1e-5,
    "atol32": 2e-38,
    "why": "All digits are wanted, except below the normal numbers of 32 bits.",
    "quiet": True,
}
EXERCISES = [
    Question(
        "slope_at_output",
        "predict",
        truth=complex_step(_smooth_sigmoid)(np.log(9)),  # the sigmoid of log 9 is 0.9
        rtol=5e-3,
        why="The number is found by hand; the nearest misunderstanding is far away.",
        misunderstandings={
            "0.9 was taken for z": Misunderstanding(
                complex_step(_smooth_sigmoid)(0.9),
                "This is about the slope at $z = 0.9$; but 0.9 is the output $a$.",
                SLOPE,
            ),
            "the factor 1 - a is missing": Misunderstanding(
                0.9, "The second form of (2.7) is a product of two factors.", SLOPE
            ),
            "the factor a is missing": Misunderstanding(
                0.1, "The second form of (2.7) is a product of two factors.", SLOPE
            ),
        },
    ),
    Question(
        "swish_slope",
        "write",
        truth=complex_step(lambda Z: Z * _smooth_sigmoid(Z)),
        cases=lambda rng: number_cases(rng, extremes=(-200, -1, 0, 1, 200)),
        points=2,
        difficulty=2,
        why="Entries near 1 and near 0 lose some digits where two terms cancel.",
        misunderstandings={
            "the second term of the product rule is missing": Misunderstanding(
                _smooth_sigmoid,
                "Both factors, $z$ and the sigmoid, change with $z$. Here only $z$ did.",
                SLOPE,
            ),
            "the first term of the product rule is missing": Misunderstanding(
                lambda z: z * _smooth_sigmoid(z) * _smooth_sigmoid(-z),
                "Both factors, $z$ and the sigmoid, change with $z$. Here only the sigmoid did.",
                SLOPE,
            ),
            "the slope of the sigmoid lost its factor z": Misunderstanding(
                lambda z: _smooth_sigmoid(z) * (1 + _smooth_sigmoid(-z)),
                "In the product rule the slope of one factor is multiplied by the other factor.",
                SLOPE,
            ),
            "the slopes of the factors were multiplied": Misunderstanding(
                lambda z: _smooth_sigmoid(z) * _smooth_sigmoid(-z),
                "The slope of a product is not the product of the slopes: that would be 1 "
                "times the slope of the sigmoid.",
                SLOPE,
            ),
        },
    ),
    Question(
        "sigmoid_and_slope",
        "mend",
        truth=_exact_pair,
        cases=lambda rng: number_cases(
            rng, extremes=(-1000, -600, -37, 0, 37, 600, 1000)
        ),
        points=2,
        difficulty=2,
        **ALL_DIGITS,
        misunderstandings={
            "the naive pair is still there": Misunderstanding(
                lambda Z: (
                    _printed_sigmoid(Z),
                    _printed_sigmoid(Z) * (1 - _printed_sigmoid(Z)),
                ),
                "Where the sigmoid is close to 1, its difference from 1 keeps few digits.",
                BUG_HUNT,
            ),
            "a power overflows, even if it is not used": Misunderstanding(
                _pair_that_overflows,
                "For a large number the power of $e$ leaves the range of the computer's numbers. "
                "With the exponent $-|z|$ no power is above 1.",
                CODE,
            ),
            "the value was not turned over where z is positive": Misunderstanding(
                _pair(lambda Z, small: small, lambda Z, small: small * (1 - small)),
                "The small sigmoid belongs to $-|z|$. For a positive $z$, (2.9) leads from "
                "there to the value.",
                SYMMETRY,
            ),
            "the two sides are swapped": Misunderstanding(
                _pair(
                    lambda Z, small: np.where(Z < 0, 1 - small, small),
                    lambda Z, small: small * (1 - small),
                ),
                "Where $z$ is negative, the sigmoid is below one half.",
                SYMMETRY,
            ),
        },
    ),
    Question(
        "softplus",
        "write",
        truth=lambda Z: np.logaddexp(0, Z),
        cases=lambda rng: number_cases(
            rng, extremes=(-1000, -600, -40, 0, 40, 600, 1000)
        ),
        points=3,
        difficulty=3,
        **ALL_DIGITS,
        misunderstandings={
            "the power overflows": Misunderstanding(
                lambda Z: np.log(1 + np.exp(Z)),
                "For a large $z$ the power $e^z$ leaves the range of the computer's numbers.",
                CODE,
            ),
            "only the sign of z in the power was changed": Misunderstanding(
                lambda Z: np.log1p(np.exp(-np.abs(Z))),
                "This power is never above 1; but for a positive $z$ something was taken out "
                "of the logarithm, and has to be added.",
                CODE,
            ),
            "a small power is lost when 1 is added": Misunderstanding(
                lambda Z: np.maximum(Z, 0) + np.log(1 + np.exp(-np.abs(Z))),
                "For a very negative $z$ the sum $1 + e^{-|z|}$ rounds to 1, and its logarithm "
                "to 0. NumPy has a function for the logarithm of $1 + x$ at a small $x$.",
                BUG_HUNT,
            ),
            "the logarithm is missing": Misunderstanding(
                lambda Z: np.maximum(Z, 0),
                "This is what the softplus approaches far from 0. At $z = 0$ it is $\\log 2$.",
                CODE,
            ),
        },
    ),
]
