"""Settings shared by the tests: Hypothesis draws the same examples everywhere, and takes the time it needs."""

import logging

import pytest
from hypothesis import settings

from dnn_lessons.engines.recorded import tell_once

settings.register_profile("lessons", derandomize=True, deadline=None, database=None)
settings.load_profile("lessons")


def pytest_collection_modifyitems(items):
    """Begin with the returned notebooks: no other tests share a set-up as long as theirs."""
    items.sort(key=lambda item: item.get_closest_marker("bwrap") is None)


def pytest_terminal_summary(terminalreporter):
    """Print how many faults were planted in the solutions of exercises."""
    passed = terminalreporter.getreports("passed")
    rows = [row for report in passed for row in getattr(report, "user_properties", ())]
    counts = [count for name, count in rows if name == "faults in solutions"]
    if counts:
        refused, equal = map(sum, zip(*counts, strict=True))
        line = (
            f"exercises: {refused} planted faults refused; {equal} more change no value"
        )
        terminalreporter.write_line(line)


@pytest.fixture
def log(caplog):
    """The log of the package, where a fallback is told once per reason."""
    tell_once.cache_clear()
    with caplog.at_level(logging.WARNING, "dnn_lessons"):
        yield caplog
