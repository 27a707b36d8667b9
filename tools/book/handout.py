"""Print lessons of the book: `uv run --no-dev python -m tools.book.handout BOOK FOLDER [LESSON ...]`.

BOOK is the folder of a book, and LESSON the name or the number of a lesson, such as 10; without it, all are printed.
What is folded in the book, such as answers, is left out.
"""

import argparse
import shutil
import subprocess
from pathlib import Path

from tools.lessons import NOTEBOOKS

BROWSERS = "chromium", "chromium-browser", "google-chrome", "chrome", "msedge"
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-pdf-header-footer",
    "--virtual-time-budget=30000",  # milliseconds for the formulas; most of them are not waited for
)
MISSING = f"no browser prints the lessons: none of {', '.join(BROWSERS)} is found"


def print_lesson(page, target, browser=None):
    """Print a page of the book.

    Parameters
    ----------
    page : Path
        The page.
    target : Path
        The PDF file that is written.
    browser : str, optional
        The path of Chromium, or of a browser that is made from it.

    Raises
    ------
    FileNotFoundError
        Where the page or the browser is missing.
    """
    if not page.exists():
        raise FileNotFoundError(f"there is no {page}: make the book first")
    command = [browser or _browser(), *FLAGS, f"--print-to-pdf={target.resolve()}"]
    address = page.resolve().as_uri()
    subprocess.run([*command, address], check=True, timeout=300, capture_output=True)


def _browser():
    """Return the path of a browser."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not found:
        raise FileNotFoundError(MISSING)
    return found


def chosen(names):
    """Return the lessons that names or numbers begin.

    Parameters
    ----------
    names : list of str
        Such as "10" or "10_gradient_descent"; an empty list chooses all.

    Returns
    -------
    list of str
        The names of the lessons.

    Raises
    ------
    ValueError
        For a name that no lesson has.
    """
    lessons = [path.stem for path in NOTEBOOKS]
    for name in names:
        if not any(lesson.startswith(name) for lesson in lessons):
            raise ValueError(f"no lesson is called {name}")
    return [each for each in lessons if not names or any(map(each.startswith, names))]


def main(arguments=None):
    """Read the command line, and print the lessons.

    Parameters
    ----------
    arguments : list of str, optional
        Those of the command line without it.
    """
    asked = _parser().parse_args(arguments)
    asked.folder.mkdir(parents=True, exist_ok=True)
    for name in chosen(asked.lessons):
        target = asked.folder / f"{name}.pdf"
        print_lesson(asked.book / f"{name}.html", target)
        print(f"{target}: {target.stat().st_size / 1e3:.0f} kB")  # noqa: T201


def _parser():
    """Return the reader of the command line."""
    parser = argparse.ArgumentParser(prog="tools.book.handout", description=__doc__)
    parser.add_argument("book", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("lessons", nargs="*")
    return parser


if __name__ == "__main__":
    main()
