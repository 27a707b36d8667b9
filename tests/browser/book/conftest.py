"""The book, built once, or the one in the folder that BOOK names in the environment."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def book(tmp_path_factory, chromium):
    """The folder of the book."""
    build = pytest.importorskip("tools.book.build")
    pytest.importorskip("sphinx", reason="the book needs Sphinx: uv run --group book")
    folder = Path(os.environ.get("BOOK") or tmp_path_factory.mktemp("book") / "book")
    if not folder.exists():
        for line in build.build(folder):
            print(line)  # noqa: T201
    return folder.resolve()
