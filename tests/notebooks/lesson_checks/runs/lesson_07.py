"""What holds the words of outcome of lesson 07, the mean squared error."""

from lesson_checks.runs.common import rises

RUNS = {
    "of a batch of 16 was 16 times too small": (
        "07-25",
        lambda n: n[::4] == n[3::4] and rises(n[::4]),
    ),
}

COMPUTED = {}

BY_EQUATION = {}

BY_TEST = {}

NO_CLAIM = {}

REST = 26
