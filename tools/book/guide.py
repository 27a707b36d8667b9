"""Write the pages for instructors into the book."""

import os
import re

from tools.lessons import NOTEBOOKS, PAGES, ROOT

DOCS = ROOT / "docs"
BESIDE = "grading", "exercises", "hubs", "accessibility"
FOR_INSTRUCTORS = [
    *sorted((DOCS / "teaching").glob("*.md")),
    *(DOCS / f"{name}.md" for name in BESIDE),
]
LINK = re.compile(r"\[([^]]*)\]\((?!https:|#)([^)#]*)(#?[^)]*)\)")


def guide_pages():
    """Return where the pages for instructors stand in the book, and what they hold.

    Returns
    -------
    dict of str to str
        The text of each page by its path in the book.
    """
    return {place(path): _within(path) for path in FOR_INSTRUCTORS}


def place(path):
    """Return where a file stands in the book: what is beside the lessons or in docs/ comes to its top.

    Parameters
    ----------
    path : Path
        A lesson, a page beside the lessons or a page of docs/.

    Returns
    -------
    str
        Its path in the book.
    """
    room = DOCS if path.is_relative_to(DOCS) else ROOT / "notebooks"
    return path.relative_to(room).as_posix()


def _within(path):
    """Return a page whose links to pages of the book lead there; of others the words are left."""

    def linked(match):
        words, target, anchor = match.groups()
        found = _target(path, target)
        return f"[{words}]({found}{anchor})" if found else words

    return LINK.sub(linked, path.read_text(encoding="utf-8"))


def _target(path, target):
    """Return what a page of the book calls the target of its link; nothing where the book has no such page."""
    file = (path.parent / target).resolve()
    if file not in {*NOTEBOOKS, *PAGES, *FOR_INSTRUCTORS}:
        return ""
    return os.path.relpath(place(file), os.path.dirname(place(path)) or ".")
