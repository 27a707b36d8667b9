"""What holds the words of outcome of lesson 15, how frameworks get fast."""

RUNS = {
    "118,000 times the multiplications": (
        "15-c6",
        lambda n: round(n[2] / n[1], -3) == n[3] == 118000,
    ),
}

COMPUTED = {}

BY_EQUATION = {}

BY_TEST = {}

NO_CLAIM = {}

REST = 2
