"""Book and slides without npm: one sentence that says what to do, and no traceback."""

import sys

import pytest

from tools import npm
from tools.book import __main__ as book
from tools.slides import __main__ as slides


@pytest.fixture
def nothing_fetched(monkeypatch, tmp_path):
    """No npm on the path, and no package that an earlier build has fetched."""
    monkeypatch.setenv("PATH", str(tmp_path))
    missing = npm.Package(
        "mathjax@3", tmp_path / "kept", ("a.js",), "formulas would be LaTeX"
    )
    for place in "tools.book.build.MATHJAX", "tools.slides.build.REVEAL":
        monkeypatch.setattr(place, missing)
    monkeypatch.setattr("tools.book.build.find_spec", lambda name: name)


@pytest.mark.parametrize("command", [book, slides], ids=["book", "slides"])
@pytest.mark.usefixtures("nothing_fetched")
def test_without_npm_one_sentence_says_what_to_do(command, monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "argv", ["command", str(tmp_path / "new")])
    with pytest.raises(SystemExit) as stopped:
        command.main()
    words = stopped.value.code
    assert words.startswith("mathjax@3 cannot be fetched, so formulas would be LaTeX: ")
    assert words.count(". ") == words.count("\n") == 0
    assert stopped.value.__suppress_context__
    assert not (tmp_path / "new").exists()
