"""The exercises of lesson 07: a sum that goes, a factor that belongs once, and a weighted mean."""

import numpy as np

from dnn_lessons.classroom.exercises.question import STEP, Misunderstanding, Question

LESSON = "07_mean_squared_error.ipynb"
BELL = "Why the square"
DERIVATIVE = "The derivative of one loss"
SUM = "Bug hunt: the sum that should have vanished"
ONE_MEAN = "One mean, one 1/m"
TWICE = "Bug hunt: 1/m applied twice"
OUTPUTS = "Several outputs"
CONSTANT = "The best constant is the mean"
# Measurements, and their deviations.
ONE_INEXACT = np.array([[[1, 2, 3, 4, 10]], [[1, 1, 1, 1, 4]]])


def _drawn(rng, shapes):
    """Return pairs of predictions and labels, of 64 and of 32 bits, and one pair with a residual 0."""
    drawn = [np.round(5 * rng.normal(size=(2, *shape)), 1) for shape in shapes]
    drawn.append(np.round(drawn[-1]))
    drawn[-1][1, 0] = drawn[-1][0, 0]
    return [tuple(pair.astype(bits)) for pair in drawn for bits in "df"]


def _slopes(cost, AL, Y):
    """Return the derivative of a cost by each prediction, moved one at a time."""
    slopes = np.empty(AL.shape)
    for place in np.ndindex(AL.shape):
        moved = AL.astype(complex)
        moved[place] += 1j * STEP
        slopes[place] = np.imag(cost(moved - Y)) / STEP
    return slopes


def _mean_of_sums(residuals):
    """Return (7.12) from the residuals, which may be complex."""
    return np.mean(np.sum(residuals**2, axis=0))


def _mean_slopes(AL, Y):
    """Return the slopes per example of the mean over all entries, by moving each prediction."""
    return AL.shape[1] * _slopes(lambda residuals: np.mean(residuals**2), AL, Y)


def _measured_cases(rng):
    """Return cases of measurements and of their standard deviations."""
    drawn = [rng.uniform(0.5, 4, size=(2, 1, m)) for m in (1, 2, 3, 5, 8)]
    pairs = [(4 * first, second) for first, second in drawn]
    pairs.append(ONE_INEXACT)
    return [tuple(np.round(pair, 1).astype(bits)) for pair in pairs for bits in "df"]


def _by_least_squares(Y, s):
    """Return c of the least squares problem whose rows are c / s = Y / s."""
    return np.linalg.lstsq((1 / s).T, (Y / s)[0], rcond=None)[0][0]


EXERCISES = [
    Question(
        "mended_slope_of_cost",
        "mend",
        truth=lambda AL, Y: _slopes(_mean_of_sums, AL, Y),
        cases=lambda rng: _drawn(rng, [(1, 1), (1, 2), (1, 3), (1, 7)]),
        points=2,
        difficulty=2,
        rtol32=1e-4,
        atol32=1e-5,
        why="A difference of two numbers of 32 bits is rounded.",
        misunderstandings={
            "the sum is still kept": Misunderstanding(
                lambda AL, Y: np.full(AL.shape, 2 / AL.shape[1] * np.sum(AL - Y)),
                "All predictions still get the same number. Which residuals matter to one of "
                "them?",
                SUM,
            ),
            "it is the slope of the loss": Misunderstanding(
                lambda AL, Y: 2 * (AL - Y),
                "This is (7.7). The cost is a mean, so one loss moves it by less.",
                DERIVATIVE,
            ),
            "the residual was not doubled": Misunderstanding(
                lambda AL, Y: (AL - Y) / AL.shape[1],
                "The derivative of a square by what is squared has a factor, see (7.4).",
                DERIVATIVE,
            ),
            "the residual has the wrong sign": Misunderstanding(
                lambda AL, Y: 2 / AL.shape[1] * (Y - AL),
                "If a prediction is too high, the cost grows when it is raised.",
                DERIVATIVE,
            ),
            "the terms of the cost were returned": Misunderstanding(
                lambda AL, Y: np.square(AL - Y) / AL.shape[1],
                "These are the parts of the cost. Their derivatives are asked for.",
                DERIVATIVE,
            ),
        },
    ),
    Question(
        "rate_after_mending",
        "predict",
        truth=16 * (0.8 / 16**2),
        rtol=5e-3,
        why="The number is found by hand; the nearest misunderstanding is far away.",
        misunderstandings={
            "the rate was multiplied": Misunderstanding(
                12.8,
                "The mended gradient is larger than the faulty one. So the same step needs a "
                "smaller rate.",
                TWICE,
            ),
            "the number of all examples was taken": Misunderstanding(
                0.0125,
                "The faulty factor divides by the number of columns that one call sees. That is "
                "the batch.",
                TWICE,
            ),
            "the rate was left as it is": Misunderstanding(
                0.8,
                "The direction of the gradient was right, but not its size. The step is the "
                "rate times the gradient.",
                TWICE,
            ),
            "the number of batches was taken": Misunderstanding(
                0.2,
                "There are four batches, but the factor is about the examples in one of them.",
                TWICE,
            ),
        },
    ),
    Question(
        "mended_mean_backward",
        "mend",
        truth=_mean_slopes,
        cases=lambda rng: _drawn(rng, [(1, 2), (2, 1), (2, 3), (3, 2), (4, 5)]),
        points=2,
        difficulty=2,
        rtol32=1e-4,
        atol32=1e-5,
        why="A difference of two numbers of 32 bits is rounded.",
        misunderstandings={
            "the factor of the examples is applied twice": Misunderstanding(
                lambda AL, Y: 2 / AL.size * (AL - Y),
                "This divides by the number of examples, and `linear_backward` does so again.",
                TWICE,
            ),
            "no factor is left": Misunderstanding(
                lambda AL, Y: 2 * (AL - Y),
                "This belongs to the cost (7.12), which adds the outputs. Here their mean is "
                "taken.",
                OUTPUTS,
            ),
            "the wrong one of the two numbers divides": Misunderstanding(
                lambda AL, Y: 2 / AL.shape[1] * (AL - Y),
                "This divides by the number of columns. Do those stand for the examples or for "
                "the outputs?",
                ONE_MEAN,
            ),
            "the residual was not doubled": Misunderstanding(
                lambda AL, Y: (AL - Y) / AL.shape[0],
                "The derivative of a square by what is squared has a factor, see (7.4).",
                DERIVATIVE,
            ),
            "the outputs were added": Misunderstanding(
                lambda AL, Y: np.tile(2 * np.mean(AL - Y, axis=0), (AL.shape[0], 1)),
                "One prediction stands in one term of the mean. So only its own residual is "
                "left in the derivative.",
                SUM,
            ),
        },
    ),
    Question(
        "best_weighted_constant",
        "write",
        truth=_by_least_squares,
        cases=_measured_cases,
        points=3,
        difficulty=3,
        rtol32=1e-4,
        why="Two sums of positive numbers, and a quotient.",
        misunderstandings={
            "all measurements count alike": Misunderstanding(
                lambda Y, s: np.mean(Y),
                "This is (7.15), the answer where all standard deviations are equal.",
                CONSTANT,
            ),
            "the standard deviation was not squared": Misunderstanding(
                lambda Y, s: np.average(Y, weights=1 / s),
                "Look at (7.3) again: by what is the square of the residual divided?",
                BELL,
            ),
            "the less exact count more": Misunderstanding(
                lambda Y, s: np.average(Y, weights=s**2),
                "With a wide bell the density changes little from place to place. Such a "
                "measurement says less about $c$, and should count less.",
                BELL,
            ),
            "it was divided by the number of measurements": Misunderstanding(
                lambda Y, s: np.mean(Y / s**2),
                "If all measurements are the same number, so is the best constant. Yours is "
                "not. What multiplies $c$ when the derivative is set to 0?",
                CONSTANT,
            ),
            "the measurements themselves were divided": Misunderstanding(
                lambda Y, s: np.sum(Y / s) / np.sum(1 / s**2),
                "In (7.3) the whole residual $a - y$ is squared and divided. So $y$ and $a$ "
                "get the same factor.",
                BELL,
            ),
        },
    ),
]
