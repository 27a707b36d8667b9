"""What holds the words of outcome of lesson 06, cross-entropy."""

RUNS = {}

COMPUTED = {}

BY_EQUATION = {}

BY_TEST = {}

NO_CLAIM = {}

REST = 17
