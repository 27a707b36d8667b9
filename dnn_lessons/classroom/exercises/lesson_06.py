"""The exercises of lesson 06: from a cost back to a probability, a weighted loss, and 0 log 0."""

import numpy as np

from dnn_lessons.classroom.exercises.question import (
    Misunderstanding,
    Question,
    complex_step,
    number_cases,
)

LESSON = "06_cross_entropy.ipynb"
LOGARITHM = "Why the logarithm"
DERIVATIVE = "Its derivative"
BEHIND_SIGMOID = "Behind a sigmoid, only a - y is left"
BUG_HUNT = "Bug hunt: a perfect prediction costs NaN"
FROM_Z = "From Z, nothing is lost"
COST = "Loss and cost"
WEIGHTS = (3, 0.5, 10)
SHAPES = ((1, 1), (1, 2), (1, 3), (2, 3), (3, 5))
ENDS = np.array([[[1, 0, 0.5, 0.75]], [[1, 0, 1, 0]]])  # predictions and labels


def _labels(rng, array):
    """Return random labels 0 and 1, as many as an array has entries."""
    return rng.integers(0, 2, size=array.shape).astype(array.dtype)


def _predicted_cases(rng):
    """Return cases of predictions and labels, one of them with predictions 0 and 1."""
    drawn = [rng.integers(1, 100, size=shape) / 100 for shape in SHAPES]
    pairs = [*((AL, _labels(rng, AL)) for AL in drawn), ENDS]
    return [tuple(each.astype(bits) for each in pair) for pair in pairs for bits in "df"]


def _certain_cases(rng):
    """Return the cases above, and more with a certain prediction that is wrong."""
    wrong = [([[0, 0.5]], [[1, 1]]), ([[0.5, 1]], [[0, 0]]), ([[0, 1]], [[1, 0]])]
    certain = [tuple(np.array(each, float) for each in pair) for pair in wrong]
    return _predicted_cases(rng) + certain


def _with_weights(pairs):
    """Return cases with a weight at the end of each."""
    return [(*pair, WEIGHTS[place // 2 % 3]) for place, pair in enumerate(pairs)]


def _slope_by_z(AL, Y, weight):
    """Return the slope of the weighted loss, found without its formula from the z behind AL."""
    Z = np.clip(np.log(AL) - np.log1p(-AL), -700, 700)

    def loss_by_z(z):
        rest = np.log1p(np.exp(-z))
        return weight * Y * rest + (1 - Y) * (z + rest)

    return complex_step(loss_by_z)(Z) + 0  # + 0 turns -0 into 0


def _label_seen(AL, Y):
    """Return the cost from the probability that was given to the label that was seen."""
    return np.mean(-np.log(np.where(Y == 1, AL, 1 - AL)).sum(axis=0))


def _literal_cost(AL, Y):
    """Return the cost as (6.4) and (6.1) print it."""
    return -np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / AL.shape[1]


def _rest(Z):
    """Return the logarithm in (6.19)."""
    return np.log1p(np.exp(-np.abs(Z)))


def _from_rest(rest):
    """Return an answer to `weighted_losses` that has this in place of the logarithm of (6.19)."""
    return lambda Z, Y, weight: (
        weight * Y * (np.maximum(-Z, 0) + rest(Z))
        + (1 - Y) * (np.maximum(Z, 0) + rest(Z))
    )


def _from_rounded(Z, Y, weight):
    """Return the weighted losses from the rounded predictions."""
    A = 1 / (1 + np.exp(-Z))
    return -np.where(Y == 1, weight * np.log(A), np.log(1 - A))


EXERCISES = [
    Question(
        "row_probability",
        "predict",
        truth=float(np.prod(4 * [1 / 3])),
        rtol=5e-3,
        why="The number is found by hand; the nearest misunderstanding is far away.",
        misunderstandings={
            "that is the mean factor of one label": Misunderstanding(
                1 / 3,
                "In (6.3) the sum over the labels was divided by $m$. Undo that first.",
                LOGARITHM,
            ),
            "the minus was lost": Misunderstanding(
                81,
                "A probability is at most 1. Look at the minus in (6.3).",
                LOGARITHM,
            ),
            "that is still the logarithm": Misunderstanding(
                4 * np.log(3),
                "This is the sum of the negative logarithms. The probability is what "
                "the logarithm was taken of.",
                LOGARITHM,
            ),
            "the probabilities were added": Misunderstanding(
                4 / 3,
                "If throws do not influence each other, their probabilities are multiplied.",
                "Ask a coin",
            ),
            "the product was divided by the number of labels": Misunderstanding(
                1 / 12,
                "The mean is one of logarithms. Undo it before you leave the logarithm.",
                LOGARITHM,
            ),
        },
    ),
    Question(
        "weighted_slope_by_z",
        "write",
        truth=_slope_by_z,
        cases=lambda rng: _with_weights(_predicted_cases(rng)),
        points=2,
        difficulty=2,
        why="The truth goes through z, a difference of two logarithms.",
        misunderstandings={
            "the label was multiplied by the weight": Misunderstanding(
                lambda AL, Y, weight: AL - weight * Y,
                "For a yes this is $a - w$, which is not 0 for a prediction of 1. The weight "
                "multiplies a whole term of the loss.",
                DERIVATIVE,
            ),
            "each no counts w times as well": Misunderstanding(
                lambda AL, Y, weight: weight * (AL - Y),
                "Look at the loss of a label 0. Does it hold the weight?",
                BEHIND_SIGMOID,
            ),
            "the code divides before it cancels": Misunderstanding(
                lambda AL, Y, weight: (
                    (-weight * Y / AL + (1 - Y) / (1 - AL)) * AL * (1 - AL)
                ),
                "Between 0 and 1 this is right. At the ends 0 meets an infinite number, and "
                "the product is NaN.",
                BUG_HUNT,
            ),
            "it is the slope by a, not by z": Misunderstanding(
                lambda AL, Y, weight: -weight * Y / AL + (1 - Y) / (1 - AL),
                "The chain rule multiplies by one more slope, that of the sigmoid (6.10).",
                BEHIND_SIGMOID,
            ),
            "it was divided by the number of examples": Misunderstanding(
                lambda AL, Y, weight: (
                    ((1 - Y) * AL - weight * Y * (1 - AL)) / AL.shape[1]
                ),
                "That is the slope of the cost. The slope of the loss is asked for, per "
                "example.",
                COST,
            ),
        },
    ),
    Question(
        "mended_cost",
        "mend",
        truth=_label_seen,
        cases=_certain_cases,
        points=2,
        difficulty=2,
        why="A mean of logarithms, each rounded once.",
        misunderstandings={
            "a factor 0 still meets a logarithm of 0": Misunderstanding(
                _literal_cost,
                "Both terms are still computed for every label, also the one whose factor is 0.",
                BUG_HUNT,
            ),
            "the predictions were clipped": Misunderstanding(
                lambda AL, Y: _literal_cost(np.clip(AL, 1e-15, 1 - 1e-15), Y),
                "This avoids NaN. But a yes that was given the probability 0 now has a finite "
                "cost, which depends on the number that you clipped with.",
                BUG_HUNT,
            ),
            "a small number was added in the logarithm": Misunderstanding(
                lambda AL, Y: (
                    -np.sum(Y * np.log(AL + 1e-8) + (1 - Y) * np.log(1 - AL + 1e-8))
                    / AL.shape[1]
                ),
                "This avoids NaN. But it changes the cost of every prediction a little, and "
                "that of a wrong certain one from infinity to a finite number.",
                BUG_HUNT,
            ),
            "NaN was replaced at the end": Misunderstanding(
                lambda AL, Y: np.nan_to_num(_literal_cost(AL, Y)),
                "One NaN in the sum takes all other examples with it. They keep their losses "
                "only if each term is mended before the sum.",
                BUG_HUNT,
            ),
            "the mean was taken over the outputs as well": Misunderstanding(
                lambda AL, Y: _label_seen(AL, Y) / AL.shape[0],
                "The cost is a mean over the examples. The outputs of one example are added.",
                "Several outputs are several questions",
            ),
        },
    ),
    Question(
        "weighted_losses",
        "write",
        truth=lambda Z, Y, weight: np.where(
            Y == 1, weight * np.logaddexp(0, -Z), np.logaddexp(0, Z)
        ),
        cases=lambda rng: _with_weights(
            [
                (Z, labels)
                for (Z,) in [
                    *number_cases(rng, (-40, 40)),
                    *number_cases(rng, (-800, -40, -1, 0, 1, 40, 800), scales=()),
                ]
                for labels in (_labels(rng, Z), 1 - (Z > 0).astype(Z.dtype))
            ]
        ),
        points=3,
        difficulty=3,
        rtol=1e-9,
        atol=0,
        rtol32=1e-4,
        atol32=1e-36,
        why="All digits are wanted, except below the normal numbers of 32 bits.",
        quiet=True,
        misunderstandings={
            "the losses come from a rounded prediction": Misunderstanding(
                _from_rounded,
                "At $z = 40$ the prediction has been rounded to 1. Its distance from 1 is lost "
                "before the logarithm is taken.",
                FROM_Z,
            ),
            "the power overflows": Misunderstanding(
                lambda Z, Y, weight: np.where(
                    Y == 1,
                    weight * np.log1p(np.exp(-Z)),
                    Z + np.log1p(np.exp(-Z)),
                ),
                "In (6.15) and (6.16) the exponent grows as $z$ falls. In (6.16) digits are lost "
                "first, and at $z = -800$ the power overflows.",
                FROM_Z,
            ),
            "the 1 absorbs the power": Misunderstanding(
                _from_rest(lambda Z: np.log(1 + np.exp(-np.abs(Z)))),
                "For $z = 40$ the sum of 1 and the power is rounded to 1. A function of this "
                "lesson takes the logarithm without that sum.",
                "From the coin to the network",
            ),
            "z cancels most of the digits": Misunderstanding(
                lambda Z, Y, weight: (
                    (1 - Y) * Z + (weight * Y + 1 - Y) * (np.maximum(-Z, 0) + _rest(Z))
                ),
                "With a label 0 and a negative $z$, a number of the size of $z$ is added and "
                "subtracted again. What is tiny beside it is lost.",
                FROM_Z,
            ),
            "the label was multiplied by the weight": Misunderstanding(
                lambda Z, Y, weight: np.maximum(Z, 0) - weight * Y * Z + _rest(Z),
                "In (6.19) the factors $y$ and $1 - y$ have been added up to 1. With a weight "
                "they do not add up to 1, so begin before that step.",
                FROM_Z,
            ),
            "each no counts w times as well": Misunderstanding(
                lambda Z, Y, weight: weight * (np.maximum(Z, 0) - Y * Z + _rest(Z)),
                "Look at the loss of a label 0. Does it hold the weight?",
                FROM_Z,
            ),
        },
    ),
]
