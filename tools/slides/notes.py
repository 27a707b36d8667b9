"""Read what a speaker says from the instructor's guide."""

import re

from tools.lessons import ROOT, headings

GUIDE = ROOT / "docs" / "teaching"
SECTION = re.compile(r"^## What to say\s*$(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
PART = re.compile(r"^### (.+?)\s*$(.*?)(?=^### |\Z)", re.MULTILINE | re.DOTALL)


def notes(lesson, guide=GUIDE):
    """Return what is to be said, from the page of the guide for a lesson.

    Parameters
    ----------
    lesson : Path
        The lesson.
    guide : Path, optional
        The folder of the guide.

    Returns
    -------
    dict
        {heading of the lesson: Markdown}; empty where the guide has no page for it.

    Raises
    ------
    ValueError
        For a heading that the lesson does not have.
    """
    page = guide / f"{lesson.stem}.md"
    said = parts(page.read_text(encoding="utf-8")) if page.exists() else {}
    unknown = set(said) - {title for _, title in headings(lesson)}
    if unknown:
        raise ValueError(f"{page.name}: {lesson.name} has no heading {sorted(unknown)}")
    return said


def parts(page):
    """Return what a page of the guide has under *What to say*.

    Parameters
    ----------
    page : str
        Markdown.

    Returns
    -------
    dict
        {heading: Markdown}.
    """
    section = SECTION.search(page)
    return {
        title: said.strip() for title, said in PART.findall(section[1] if section else "")
    }
