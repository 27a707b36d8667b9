"""What holds the words of outcome of lesson 10, gradient descent."""

RUNS = {
    "Ten times as many steps": (
        "10-20",
        lambda n: round(n[7] / n[4]) == round(n[10] / n[7]) == 10,
    ),
    r"the cost even stays at $\log 2$": ("10-34", lambda n: n[2] == 0.69),
    "take equal steps, and stay equal": ("10-34", lambda n: n[1] == n[4] == 1),
    "The size neither grows nor fades from layer to layer": (
        "10-38",
        lambda n: abs(n[-1] / n[-3] - 1) < 0.1,
    ),
}

COMPUTED = {}

BY_EQUATION = {}

BY_TEST = {}

NO_CLAIM = {}

REST = 36
