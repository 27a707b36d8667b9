"""What holds the words of outcome of lesson 13, prediction."""

from itertools import pairwise

from lesson_checks.runs.common import rises

RUNS = {
    "The training cost falls almost everywhere as the layers grow": (
        "13-30",
        lambda n: sum(after < before for before, after in pairwise(n[:8])) >= 6,
    ),
    "lowest at a middle width and rises again": (
        "13-30",
        lambda n: min(n[8:16]) == min(n[10:14]) and rises(n[12:16]),
    ),
    "the held-out cost rose by almost half": (
        "13-30",
        lambda n: 1.4 < n[15] / n[12] < 1.5,
    ),
}

COMPUTED = {}

BY_EQUATION = {}

BY_TEST = {}

NO_CLAIM = {}

REST = 20
