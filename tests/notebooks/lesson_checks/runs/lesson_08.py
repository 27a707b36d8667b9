"""What holds the words of outcome of lesson 08, the mean absolute error."""

from lesson_checks.runs.common import rises

RUNS = {
    "The median stays at 3": ("08-28", lambda n: n[2] == n[3] == 3),
    "it falls as $c$ grows": (
        "08-24",
        lambda n: all((v < 0) == (s < 0) for v, s in zip(n[1::4], n[3::4], strict=True)),
    ),
    "Once more lie below than above, it rises": (
        "08-24",
        lambda n: all((v > 0) == (s > 0) for v, s in zip(n[1::4], n[3::4], strict=True)),
    ),
    "stays below the label within these steps": (
        "08-34",
        lambda n: rises(n[-3:]) and n[-1] < 1 and n[-1] - n[-2] < n[-2] - n[-3],
    ),
}

COMPUTED = {}

BY_EQUATION = {}

BY_TEST = {}

NO_CLAIM = {}

REST = 32
