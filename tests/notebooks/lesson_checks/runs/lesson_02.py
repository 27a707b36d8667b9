"""What holds the words of outcome of lesson 02, the sigmoid."""

import numpy as np

RUNS = {
    "a little less than half of the bound": (
        "02-22",
        lambda n: 0.4 < n[1] / n[2] < 0.5,
    ),
}

COMPUTED = {
    "A square is never negative": lambda: np.min(np.linspace(-3, 3, 601) ** 2) >= 0,
}

BY_EQUATION = {}

BY_TEST = {}

NO_CLAIM = {}

REST = 17
