"""Settings shared by the tests: Hypothesis draws the same examples everywhere, and takes the time it needs."""

import logging

import pytest
from hypothesis import settings

from dnn_lessons.engines.recorded import tell_once

settings.register_profile("lessons", derandomize=True, deadline=None, database=None)
settings.load_profile("lessons")


@pytest.fixture
def log(caplog):
    """The log of the package, where a fallback is told once per reason."""
    tell_once.cache_clear()
    with caplog.at_level(logging.WARNING, "dnn_lessons"):
        yield caplog
