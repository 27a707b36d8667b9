"""What holds the words of outcome of lesson 14, regression."""

RUNS = {
    "The line nearly halves the cost": ("14-08", lambda n: 0.5 < n[1] / n[0] < 0.56),
    "will the cost fall smoothly from epoch to epoch?": (
        "14-20",
        lambda n: n[-1] > 25,
    ),
    "The training curve falls far below both levels": (
        "14-43",
        lambda n: n[-2] < 2840 / 4,
    ),
}

COMPUTED = {}

BY_EQUATION = {}

BY_TEST = {}

NO_CLAIM = {}

REST = 26
