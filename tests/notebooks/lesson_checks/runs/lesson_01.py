"""What holds the words of outcome of lesson 01, the forward pass."""

RUNS = {}

COMPUTED = {}

BY_EQUATION = {}

BY_TEST = {}

NO_CLAIM = {}

REST = 4
