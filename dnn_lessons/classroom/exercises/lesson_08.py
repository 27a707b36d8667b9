"""The exercises of lesson 08: subgradients, slopes in three cases, and a weighted median."""

import numpy as np

from dnn_lessons.classroom.exercises.question import (
    EXACT,
    STEP,
    Misunderstanding,
    Question,
)

LESSON = "08_mean_absolute_error.ipynb"
SLOPE = "The slope, case by case"
BUG_HUNT = "Bug hunt: a perfect prediction is pushed away"
MEDIAN = "The best constant is the median"
STEPS = "Steps that do not shrink"
SHAPES = ((1, 1), (1, 2), (1, 4), (2, 3), (3, 5))
SIZES = (0.5, 1, 2)
AT_KINKS = np.array([[[1, 1, 1, 1, 1, 1, 1, 1]], [[-1, 0, 0.5, 1, 1.5, 2, 3, 9]]])
FEW_AT_KINKS = np.array([[[1, 1, 1]], [[0.5, 1, 1.5]]])


def _predicted_cases(rng, sizes=SIZES):
    """Return cases of predictions, labels and a size, in halves, which have no rounding."""
    drawn = [rng.integers(-9, 9, size=(2, *shape)) / 2 for shape in SHAPES]
    pairs = [FEW_AT_KINKS, *drawn, AT_KINKS]
    return [
        (*pair.astype(bits), size) for pair in pairs for size in sizes for bits in "df"
    ]


def _touching_slopes(AL, Y, tolerance):
    """Return the slope between two points that lie closer together than any two kinks do."""
    loss = lambda r: np.maximum(np.abs(r) - tolerance, 0)  # noqa: E731
    left, right = (loss(AL - Y + step) for step in (-0.125, 0.125))
    return np.trunc((right - left) / 0.25) + 0  # + 0 turns -0 into 0


def _huber_slope(AL, Y, delta):
    """Return the slope of the Huber loss by an imaginary step on the piece that holds r."""
    r = AL - Y
    moved = r + 1j * STEP
    straight = 2 * delta * np.sign(r) * moved - delta**2
    loss = np.where(np.abs(r) > delta, straight, moved * moved)
    return np.imag(loss) / STEP


def _demand_cases(rng):
    """Return cases of demands, with repetitions, and of a weight."""
    sizes = (1, 2, 3, 4, 5, 8, 12)
    return [
        (rng.integers(0, 20, size=m).astype(bits), w)
        for m in sizes
        for w in (1, 2, 3, 9)
        for bits in "df"
    ]


def _costs(demands, w):
    """Return the sum of the losses of each demand, taken as the stock."""
    short = demands - demands[:, None]
    return np.where(short > 0, w * short, -short).sum(axis=1)


def _cheapest(demands, w):
    """Return the smallest of the demands with the smallest cost, by trying all of them."""
    tried = _costs(demands, w)
    return demands[tried == tried.min()].min()


def _by_share(share):
    """Return a wrong answer to `best_stock`: the demand at another share of the sorted ones."""

    def answer(demands, w):
        place = int(np.ceil(share(w) * len(demands)))
        return np.sort(demands)[min(place, len(demands)) - 1]

    return answer


EXERCISES = [
    Question(
        "leaky_subgradients",
        "choose",
        truth="c",
        misunderstandings={
            "an agreement was taken for all there is": Misunderstanding(
                "a",
                "The 0.2 is the number that the code takes. The question is which slopes would "
                "be allowed.",
                SLOPE,
            ),
            "only the slopes of the two sides were taken": Misunderstanding(
                "b",
                "Try a line with the slope one half. Does it lie above the leaky ReLU "
                "anywhere?",
                SLOPE,
            ),
            "the ReLU was taken for the leaky ReLU": Misunderstanding(
                "d",
                "These are the subgradients of the ReLU. To the left of its kink the leaky ReLU "
                "lies below 0, and a level line lies above it.",
                SLOPE,
            ),
        },
    ),
    Question(
        "mended_tolerant_backward",
        "mend",
        truth=_touching_slopes,
        cases=lambda rng: _predicted_cases(rng, sizes=(0, 0.5, 1)),
        points=2,
        difficulty=2,
        **EXACT,
        why="Each slope is -1, 0 or 1, and numbers in halves are compared without rounding.",
        misunderstandings={
            "there are still two cases only": Misunderstanding(
                lambda AL, Y, tolerance: 2.0 * (np.subtract(AL, Y) > tolerance) - 1,
                "A prediction within the tolerance is still pushed away.",
                BUG_HUNT,
            ),
            "the tolerance plays no part": Misunderstanding(
                lambda AL, Y, tolerance: np.sign(AL - Y),
                "This is the backward of the absolute loss. Within the tolerance the loss is "
                "flat.",
                SLOPE,
            ),
            "the tolerance was used on one side": Misunderstanding(
                lambda AL, Y, tolerance: np.sign(AL - Y - tolerance),
                "This moves the label up by the tolerance. But a prediction may lie below its "
                "label, too.",
                BUG_HUNT,
            ),
            "the slope at the edges of the tolerance is that beyond": Misunderstanding(
                lambda AL, Y, tolerance: np.where(
                    np.abs(AL - Y) >= tolerance, np.sign(AL - Y), 0
                ),
                "Where the residual is exactly as large as the tolerance, 0 was asked for.",
                SLOPE,
            ),
            "the slope grows with the distance": Misunderstanding(
                lambda AL, Y, tolerance: (
                    np.sign(AL - Y) * np.maximum(np.abs(AL - Y) - tolerance, 0)
                ),
                "This is the loss with a sign. Beyond the tolerance the loss is a straight "
                "line, and its slope does not depend on the distance.",
                SLOPE,
            ),
            "it was divided by the number of examples": Misunderstanding(
                lambda AL, Y, tolerance: _touching_slopes(AL, Y, tolerance) / AL.shape[1],
                "The slope is that of one loss. The mean is taken in `linear_backward`.",
                "07_mean_squared_error.ipynb#One mean, one 1/m",
            ),
        },
    ),
    Question(
        "huber_backward",
        "write",
        truth=_huber_slope,
        cases=_predicted_cases,
        points=2,
        difficulty=2,
        why="Numbers in halves are subtracted and doubled without rounding.",
        misunderstandings={
            "the slope beyond is that of the absolute loss": Misunderstanding(
                lambda AL, Y, delta: np.where(
                    np.abs(AL - Y) <= delta, 2 * (AL - Y), np.sign(AL - Y)
                ),
                "The straight piece is `2 * delta * abs(r) - delta**2`. What multiplies `abs(r)` in it?",
                SLOPE,
            ),
            "a factor 2 is missing beyond": Misunderstanding(
                lambda AL, Y, delta: np.where(
                    np.abs(AL - Y) <= delta, 2 * (AL - Y), delta * np.sign(AL - Y)
                ),
                "The slope jumps where the pieces meet. What multiplies `abs(r)` in the straight "
                "one?",
                STEPS,
            ),
            "a factor 2 is missing everywhere": Misunderstanding(
                lambda AL, Y, delta: np.clip(AL - Y, -delta, delta),
                "This belongs to half the square. Here the loss is the whole square.",
                "07_mean_squared_error.ipynb#The derivative of one loss",
            ),
            "the sign was lost beyond": Misunderstanding(
                lambda AL, Y, delta: np.where(
                    np.abs(AL - Y) <= delta, 2 * (AL - Y), 2 * delta
                ),
                "To the right this is right. Far below the label the loss falls as $a$ grows.",
                SLOPE,
            ),
            "the square was used everywhere": Misunderstanding(
                lambda AL, Y, delta: 2 * (AL - Y),
                "Beyond `delta` the loss goes straight on, and its slope does not grow.",
                STEPS,
            ),
            "the slope was cut off and not the residual": Misunderstanding(
                lambda AL, Y, delta: np.clip(2 * (AL - Y), -delta, delta),
                "Where the residual is `delta`, the slope of the square is twice that. Yours stops at half "
                "of it.",
                STEPS,
            ),
        },
    ),
    Question(
        "best_stock",
        "write",
        truth=_cheapest,
        cases=_demand_cases,
        points=3,
        difficulty=3,
        **EXACT,
        why="The answer is one of the demands.",
        misunderstandings={
            "the weight plays no part": Misunderstanding(
                _by_share(lambda w: 1 / 2),
                "This is a median, the answer where both kinds of items cost the same.",
                MEDIAN,
            ),
            "the weight stands on the other side": Misunderstanding(
                _by_share(lambda w: 1 / (w + 1)),
                "A missing item costs more. Should the stock then be large or small?",
                MEDIAN,
            ),
            "the share was taken to be 1 minus one over w": Misunderstanding(
                _by_share(lambda w: max(w - 1, 0.01) / w),
                "With $w = 1$ the median has to come out. Set the slope to 0 again.",
                MEDIAN,
            ),
            "it is a weighted mean": Misunderstanding(
                lambda demands, w: np.mean(demands) * w,
                "How far away a demand is plays no part for this loss. Count the demands.",
                MEDIAN,
            ),
            "the largest demand was taken": Misunderstanding(
                lambda demands, w: demands.max(),
                "Then nothing is missing, but what is left over costs something as well.",
                MEDIAN,
            ),
            "the quantile lies between two demands": Misunderstanding(
                lambda demands, w: np.quantile(demands, w / (w + 1)),
                "The slope changes its sign at one of the demands. Where all numbers between "
                "two of them are equally good, the smallest was asked for.",
                MEDIAN,
            ),
        },
    ),
]
