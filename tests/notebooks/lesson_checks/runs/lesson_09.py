"""What holds the words of outcome of lesson 09, backpropagation."""

RUNS = {
    "cost at most twice those of the forward pass": ("09-26", lambda n: n[0] <= 2),
    "nearly half would be for": (
        "09-26",
        lambda n: 0.4 < (n[0] - n[1]) / n[0] < 0.5,
    ),
}

COMPUTED = {}

BY_EQUATION = {}

BY_TEST = {}

NO_CLAIM = {}

REST = 10
