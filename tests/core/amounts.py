"""How many cases a seeded test tries: a sample in every run, the full number with FULL=1."""

import os

FULL = os.environ.get("FULL") == "1"


def amount(sample, full):
    """The sample; with FULL=1 the full number, which RELIABILITY.md reports."""
    return full if FULL else sample


def report(number):
    """Print a number of RELIABILITY.md, which `pytest -rP` shows."""
    print(number)  # noqa: T201
