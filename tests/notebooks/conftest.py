"""What a test of the lessons is run with: each lesson, or each but the page where they start."""

import pytest

from tools.lessons import NOTEBOOKS


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def lesson(request):
    """Each notebook."""
    return request.param


@pytest.fixture(params=NOTEBOOKS[1:], ids=lambda path: path.stem)
def full_lesson(request):
    """Each notebook but 00_start_here, which teaches nothing yet."""
    return request.param
