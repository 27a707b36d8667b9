"""The exercises of lesson 11: counting steps, full batches, the cost of an epoch, and a batch size."""

from fractions import Fraction

import numpy as np

from dnn_lessons.batching import batch_generator
from dnn_lessons.classroom.exercises.question import Misunderstanding, Question
from dnn_lessons.costs import compute_cost

LESSON = "11_batching.ipynb"
WORDS = "Batch, step, epoch"
TOGETHER = "Shuffled, but together"
NOISE = "How wrong is the gradient of a batch?"
TWICE = "Without drawing twice"
BUG_HUNT = "Bug hunt: the cost of an epoch"


def _split(X, Y, B):
    """Return the full batches from NumPy's own cutting, of the columns that fill them."""
    count = X.shape[1] // B
    if not count:
        return []
    halves = (np.split(A[:, : count * B], count, axis=1) for A in (X, Y))
    return list(zip(*halves, strict=True))


def _slices(starts):
    """Return a wrong answer to `full_batches`, from the rule for the places where batches start."""
    return lambda X, Y, B: [
        (X[:, start : start + B], Y[:, start : start + B])
        for start in starts(X.shape[1], B)
    ]


def _data_cases(rng):
    """Return cases of X, Y and B: batches that fit, that leave a rest, and one that is too large."""
    sizes = [(1, 1, 1), (2, 1, 2), (3, 1, 2), (7, 2, 3), (6, 3, 3), (10, 1, 4), (5, 2, 8)]
    cases = []
    for m, rows, B in sizes:
        for bits in "df":
            X = np.round(9 * rng.normal(size=(rows + 1, m)), 1).astype(bits)
            cases.append((X, rng.integers(0, 10, (rows, m)).astype(bits), B))
    return cases


def _every_loss(AL, Y, B):
    """Return the mean absolute error from single losses, example by example."""
    pairs = zip(AL.T, Y.T, strict=True)
    losses = [sum(abs(a - y) for a, y in zip(*pair, strict=True)) for pair in pairs]
    return float(sum(losses) / len(losses))


def _cost_cases(rng):
    """Return cases of AL, Y and B, most of them with a short last batch."""
    sizes = [
        (1, 3, 2),
        (2, 3, 2),
        (1, 2, 5),
        (1, 5, 4),
        (2, 7, 3),
        (3, 10, 4),
        (1, 65, 64),
    ]
    cases = []
    for rows, m, B in sizes:
        for bits in "df":
            shape = (rows, m)
            drawn = [(3 * rng.normal(size=shape)).round(1).astype(bits) for _ in "AY"]
            cases.append((*drawn, B))
    return cases


def _of_batches(cost):
    """Return a wrong answer to `mended_epoch_cost`, from batch costs, widths, m and B."""

    def answer(AL, Y, B):
        pairs = list(batch_generator(AL, Y, B, shuffle=False))
        costs = np.array([compute_cost(*pair, "mae") for pair in pairs])
        widths = np.array([A_batch.shape[1] for A_batch, _ in pairs])
        return float(cost(costs, widths, AL.shape[1], B))

    return answer


def _first_quiet(m, k):
    """Return the first batch size, counted up, whose noise is low enough; with exact fractions."""
    sizes = range(1, m + 1)
    return next(B for B in sizes if Fraction(m - B, B * (m - 1)) <= Fraction(1, k * k))


def _is_tie(m, k):
    """Return whether some batch size meets the limit exactly, where decimals may miss it."""
    return m * k * k % (m - 1 + k * k) == 0


def _noise_cases(rng):
    """Return cases of m and k; exact limits only where decimals meet them too."""
    chosen = [(9, 2), (3, 2), (15, 4), (2, 1), (2, 3), (100, 10), (50, 1), (1000, 2)]
    pairs = zip(rng.integers(2, 400, 30), rng.integers(2, 12, 30), strict=True)
    drawn = [(int(m), int(k)) for m, k in pairs]
    return chosen + [each for each in drawn if not _is_tie(*each)]


def _bound(m, k):
    """Return what the batch size has to reach, as an exact fraction."""
    return Fraction(m * k * k, m - 1 + k * k)


EXERCISES = [
    Question(
        "steps_and_last",
        "predict",
        truth=(320, 40),
        rtol=1e-6,
        why="Both are whole numbers.",
        misunderstandings={
            "one epoch was counted": Misunderstanding(
                (16, 40), "These are the steps of a single epoch.", WORDS
            ),
            "the short batch was not counted": Misunderstanding(
                (300, 40), "The short batch makes a step too, in each epoch.", WORDS
            ),
            "all epochs were cut as one": Misunderstanding(
                (313, 40),
                "Here 20000 examples were cut in one go. But each epoch ends with a batch of "
                "its own.",
                WORDS,
            ),
            "the last batch was taken to be full": Misunderstanding(
                (320, 64), "Does 64 divide 1000?", WORDS
            ),
            "what is missing in the last batch was counted": Misunderstanding(
                (320, 24), "So many examples are missing in the last batch.", WORDS
            ),
        },
    ),
    Question(
        "full_batches",
        "write",
        truth=_split,
        cases=_data_cases,
        points=2,
        difficulty=2,
        why="The columns are copied, and not computed.",
        misunderstandings={
            "the short batch is still there": Misunderstanding(
                _slices(lambda m, B: range(0, m, B)),
                "The last batch may have fewer than $B$ columns. Look at the width of each.",
                WORDS,
            ),
            "the last batch is always dropped": Misunderstanding(
                _slices(lambda m, B: range(0, m, B)[:-1]),
                "Where $B$ divides $m$, the last batch is as long as the others.",
                WORDS,
            ),
            "the first columns were dropped": Misunderstanding(
                _slices(lambda m, B: range(m % B, m, B)),
                "The data are taken from the first column on. What is left over stands at the "
                "end.",
                WORDS,
            ),
            "windows overlap": Misunderstanding(
                _slices(lambda m, B: range(m - B + 1)),
                "Each example may come once in an epoch. The next batch begins where the last "
                "one ended.",
                WORDS,
            ),
            "only the inputs were cut": Misunderstanding(
                lambda X, Y, B: [(X_batch, Y) for X_batch, _ in _split(X, Y, B)],
                "Each batch needs the labels of its own examples.",
                TOGETHER,
            ),
        },
    ),
    Question(
        "mended_epoch_cost",
        "mend",
        truth=_every_loss,
        cases=_cost_cases,
        points=2,
        difficulty=2,
        why="A sum of positive numbers loses few digits.",
        misunderstandings={
            "the batch costs were averaged": Misunderstanding(
                _of_batches(lambda costs, widths, m, B: costs.mean()),
                "An example of the short batch still counts more than one of the others.",
                BUG_HUNT,
            ),
            "every batch was taken to be full": Misunderstanding(
                _of_batches(lambda costs, widths, m, B: costs.sum() * B / m),
                "The costs were weighted with $B$. The last batch may have fewer examples.",
                BUG_HUNT,
            ),
            "a sum was returned": Misunderstanding(
                _of_batches(lambda costs, widths, m, B: costs @ widths),
                "These are the losses of all examples, added up. A mean was asked for.",
                BUG_HUNT,
            ),
            "the sum was divided by the number of batches": Misunderstanding(
                _of_batches(lambda costs, widths, m, B: costs @ widths / len(costs)),
                "How many losses were added up? Divide by their number.",
                BUG_HUNT,
            ),
            "the short batch was left out": Misunderstanding(
                _of_batches(
                    lambda costs, widths, m, B: (
                        costs[widths == B].mean() if (widths == B).any() else 0
                    )
                ),
                "All examples belong to the mean, those of the short batch as well.",
                BUG_HUNT,
            ),
        },
    ),
    Question(
        "smallest_batch",
        "write",
        truth=_first_quiet,
        cases=_noise_cases,
        points=3,
        difficulty=3,
        why="The answer is a whole number.",
        misunderstandings={
            "an example may come twice": Misunderstanding(
                lambda m, k: k * k,
                "This follows from (11.7), for examples drawn independently. Without drawing "
                "twice the noise is lower, and a batch never has more than $m$ examples.",
                TWICE,
            ),
            "drawn twice, but at most the whole data": Misunderstanding(
                lambda m, k: min(k * k, m),
                "This follows from (11.7), for examples drawn independently. Without drawing "
                "twice the noise is lower.",
                TWICE,
            ),
            "the square was forgotten": Misunderstanding(
                lambda m, k: -(-m * k // (m - 1 + k)),
                "The formula (11.9) is about $s_B^2$, and the limit is one for $s_B$.",
                NOISE,
            ),
            "it was rounded down": Misunderstanding(
                lambda m, k: int(_bound(m, k)),
                "With this batch the noise is still a little too high where the bound is no "
                "whole number.",
                TWICE,
            ),
            "it was rounded to the nearest": Misunderstanding(
                lambda m, k: round(_bound(m, k)),
                "A bound of 50.25 asks for 51 examples: with 50 the noise is still too high.",
                TWICE,
            ),
            "it was not rounded": Misunderstanding(
                lambda m, k: float(_bound(m, k)),
                "A batch has a whole number of examples.",
                WORDS,
            ),
            "one more than is needed": Misunderstanding(
                lambda m, k: int(_bound(m, k)) + 1,
                "Where the bound is a whole number, that number is large enough: the noise may "
                "be equal to the limit.",
                TWICE,
            ),
        },
    ),
]
