"""What holds the words of outcome of lesson 00, start here."""

RUNS = {}

COMPUTED = {}

BY_EQUATION = {}

BY_TEST = {}

NO_CLAIM = {}

REST = 6
