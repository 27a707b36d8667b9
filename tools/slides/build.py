"""Build the decks of all lessons in a folder."""

import shutil
from pathlib import Path

from pygments.formatters import HtmlFormatter

from dnn_lessons.classroom.recordings.page import page_script, page_style
from tools import npm
from tools.book.build import clear
from tools.book.mathjax import MATHJAX, write_mathjax
from tools.book.tables import write_tables
from tools.lessons import NOTEBOOKS, ROOT, load
from tools.slides.deck import deck, slides
from tools.slides.notes import notes

HERE = Path(__file__).parent
REVEAL = npm.Package(
    "reveal.js@5.2.1",
    ROOT / ".reveal",
    (
        "dist/reveal.js",
        "dist/reveal.css",
        "dist/theme/fonts/source-sans-pro/",
        "plugin/notes/notes.js",
        "LICENSE",
    ),
    "there would be no slides",
)
FONTS = shutil.ignore_patterns("*.eot", "*.ttf", "*.map")  # of old browsers
FILMS = shutil.ignore_patterns("*.gif")
ENDING = ".slides.html"


def build(folder, book=None):
    """Build all decks.

    Parameters
    ----------
    folder : Path
        Where they are written; decks that were there before are deleted.
    book : Path, optional
        A book, whose recordings of explorers are copied. They are made anew without it.

    Yields
    ------
    str
        What was done, a line at a time.

    Raises
    ------
    SystemExit
        For a folder that holds something else, and without reveal.js or MathJax.
    """
    npm.require(REVEAL)
    npm.require(MATHJAX)
    clear(folder, "slides.css", "slides")
    _write_beside(folder)
    _write_recordings(folder / "tables", book)
    for lesson in NOTEBOOKS:
        yield _write_deck(lesson, folder / f"{lesson.stem}{ENDING}")


def _write_beside(folder):
    """Write what all decks load."""
    shutil.copytree(REVEAL.kept, folder / "reveal", ignore=FONTS)
    write_mathjax(folder / "mathjax")
    shutil.copytree(ROOT / "images", folder / "images", ignore=FILMS)
    for name, text in _written().items():
        (folder / name).write_text(text, encoding="utf-8")


def _written():
    """Return {name: text} of the scripts and the style sheets."""
    own = {name: (HERE / name).read_text("utf-8") for name in ("slides.css", "slides.js")}
    code = HtmlFormatter().get_style_defs(".highlight")
    explorers = {"explorers.js": page_script(), "explorers.css": page_style()}
    return own | explorers | {"code.css": code}


def _write_recordings(folder, book):
    """Copy the recordings of a book, or make them."""
    if book:
        shutil.copytree(book / "_static" / "tables", folder)
    else:
        list(write_tables(folder))


def _write_deck(path, target):
    """Write one deck; return its size in words."""
    lesson = load(path)
    target.write_text(deck(lesson, notes(path)), encoding="utf-8")
    return f"{target.stat().st_size / 1e3:8.0f} kB {target.name}: {len(slides(lesson))} slides"
