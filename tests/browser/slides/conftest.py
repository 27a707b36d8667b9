"""The decks, built once, or those in the folder that SLIDES names in the environment."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def decks(tmp_path_factory, chromium):
    """The folder of the decks. Their recordings come from the book that BOOK names, where it is there."""
    build = pytest.importorskip(
        "tools.slides.build", reason="it needs uv run --group book"
    )
    folder = Path(
        os.environ.get("SLIDES") or tmp_path_factory.mktemp("slides") / "slides"
    )
    book = os.environ.get("BOOK")
    if not folder.exists():
        for line in build.build(folder, Path(book) if book else None):
            print(line)  # noqa: T201
    return folder.resolve()
