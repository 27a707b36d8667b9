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


@pytest.fixture
def offline(browser):
    """A function that opens a file with the network cut off; all that failed in its pages fails the test."""
    faults, contexts = [], []

    def opened(path, width=1440, **settings):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, offline=True, **settings
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(error.stack or str(error)))
        page.on("console", lambda said: said.type == "error" and faults.append(said.text))
        page.on("requestfailed", lambda request: faults.append(request.url))
        page.goto(path.as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not faults
