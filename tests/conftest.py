"""Settings shared by the tests: Hypothesis draws the same examples everywhere, and takes the time it needs."""

from hypothesis import settings

settings.register_profile("lessons", derandomize=True, deadline=None, database=None)
settings.load_profile("lessons")
