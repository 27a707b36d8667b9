"""Build the book in a folder from the lessons as they were executed."""

import shutil
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from dnn_lessons.classroom.recordings.page import page_script, page_style
from tools import npm
from tools.book.mathjax import MATHJAX, write_mathjax
from tools.book.pages import write_pages
from tools.book.tables import write_tables
from tools.lessons import NOTEBOOKS

HERE = Path(__file__).parent
OPTIONS = "-q -W --keep-going -j 2 -b html".split()  # a warning is an error
# Files of Sphinx and of its theme that are no pages.
NO_PAGES = shutil.ignore_patterns(".doctrees", "*webpack-macros.html")


def build(folder, slides=False):
    """Build the book.

    Parameters
    ----------
    folder : Path
        Where it is written; a book that was there before is deleted.
    slides : bool, optional
        Whether each lesson links to its slides, which will stand in the folder `slides`.

    Yields
    ------
    str
        What was done, a line at a time.

    Raises
    ------
    SystemExit
        For a folder that holds something else, and without Sphinx or MathJax.
    """
    _require_sphinx()
    npm.require(MATHJAX)
    clear(folder, "objects.inv", "book")
    _build_pages(folder, slides)
    _copy_sources(folder / "_sources")
    _write_static(folder / "_static")
    yield from _record(folder / "_static" / "tables")
    yield f"{folder / 'index.html'}: {_size(folder)}"


def _require_sphinx():
    """Say what to do where Sphinx is missing."""
    if not find_spec("sphinx"):
        command = "uv run --group book python -m tools.book FOLDER"
        raise SystemExit(f"the book needs Sphinx: {command}")


def clear(folder, mark, what):
    """Delete a folder that is empty, or that was written by an earlier call.

    Parameters
    ----------
    folder : Path
        The folder, whether or not it exists.
    mark : str
        The name of a file by which what was written is known.
    what : str
        What was written, for the message.

    Raises
    ------
    SystemExit
        Where the folder holds something else.
    """
    if folder.exists():
        if any(folder.iterdir()) and not (folder / mark).exists():
            raise SystemExit(f"{folder} holds something that is no {what}")
        shutil.rmtree(folder)


def _build_pages(folder, slides):
    """Make the pages."""
    with tempfile.TemporaryDirectory() as work:
        pages, made = Path(work, "pages"), Path(work, "made")
        write_pages(pages)
        _run_sphinx("-c", HERE, "-D", f"decks={int(slides)}", pages, made)
        shutil.copytree(made, folder, ignore=NO_PAGES)
        shutil.copytree(pages / "_static", folder / "_static", dirs_exist_ok=True)


def _copy_sources(folder):
    """Put the lessons as they are where pages offer their sources."""
    for lesson in NOTEBOOKS:
        shutil.copy(lesson, folder)


def _run_sphinx(*places):
    """Let Sphinx make the pages."""
    subprocess.run([sys.executable, "-m", "sphinx", *OPTIONS, *places], check=True)


def _write_static(folder):
    """Write MathJax, the explorers' script and the style sheets."""
    write_mathjax(folder / "mathjax")
    shutil.copy(HERE / "book.css", folder)
    (folder / "explorers.js").write_text(page_script(), encoding="utf-8")
    (folder / "explorers.css").write_text(page_style(), encoding="utf-8")


def _record(folder):
    """Write the tables of the explorers; yield what is done, and the size of each."""
    yield "The pages are made. Recording the explorers takes longer."
    for name, size in write_tables(folder):
        yield f"{size / 1e3:8.0f} kB {name}"


def _size(folder):
    """Return the size of all files of a folder in words."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return f"{len(sizes)} files, {sum(sizes) / 1e6:.1f} MB"
