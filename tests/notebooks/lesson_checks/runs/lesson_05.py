"""What holds the words of outcome of lesson 05, tanh."""

RUNS = {
    "four times that of the sigmoid": ("05-13", lambda n: max(n[4:]) == 4 * 0.25),
    "roughly half of the mean": ("05-40", lambda n: n[2] == 0.5),
}

COMPUTED = {}

BY_EQUATION = {}

BY_TEST = {}

NO_CLAIM = {}

REST = 12
