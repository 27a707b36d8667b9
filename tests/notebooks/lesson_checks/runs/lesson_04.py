"""What holds the words of outcome of lesson 04, the leaky ReLU."""

RUNS = {
    "although the cost goes on falling": ("04-39a", lambda n: n[5] < n[1]),
    "In the long run it grows, as the output bias does": (
        "04-39a",
        lambda n: n[6] > n[2] and n[7] > n[3],
    ),
}

COMPUTED = {}

BY_EQUATION = {}

BY_TEST = {}

NO_CLAIM = {}

REST = 12
