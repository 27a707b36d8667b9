"""What holds the words of outcome of lesson 12, training."""

from lesson_checks.runs.common import falls, rises

RUNS = {
    "And will the cost rise or fall?": ("12-08", lambda n: n[-1] < 0.1961),
    "What becomes of a run whose cost rises without end?": (
        "12-35",
        lambda n: rises(n[-4:]),
    ),
    "The training cost goes on falling": ("12-37", lambda n: falls(n[1::3])),
    "almost twice as many answers are wrong": (
        "12-40",
        lambda n: 1.8 < n[5] / n[0] < 2 and n[7] == 15,
    ),
}

COMPUTED = {}

BY_EQUATION = {}

BY_TEST = {}

NO_CLAIM = {}

REST = 28
