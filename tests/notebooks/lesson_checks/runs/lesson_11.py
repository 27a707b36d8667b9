"""What holds the words of outcome of lesson 11, batches."""

from lesson_checks.runs.common import like_a_mean, rises

RUNS = {
    "So the error $s_B$ falls like": ("11-23a", like_a_mean),
    "four times the examples halve it": ("11-23a", like_a_mean),
    "the smaller the batch the faster the cost falls": (
        "11-35",
        lambda n: all(rises(n[column::7]) for column in (4, 5, 6)),
    ),
    "looks at 32 times as many": (
        "11-35",
        lambda n: n[21] / n[7] == 32 and abs(n[22] / n[8] - 1) < 0.05,
    ),
    "32.5 times too large": ("11-39", lambda n: round(n[0] / n[1], 1) == 32.5),
}

COMPUTED = {}

BY_EQUATION = {}

BY_TEST = {}

NO_CLAIM = {}

REST = 18
