"""How long each lesson takes its reader, by one rule.

`python -m tools.minutes` prints it, and with `--sections` also each section of a lesson; with
`--write` it renews what the lessons, the map of lesson 00, README and the instructor's guide
promise. The rule is that of docs/design.md.
"""

import re
import sys
from itertools import starmap

from tools.lessons import (
    NOTEBOOKS,
    ROOT,
    code,
    displayed,
    exercises,
    headings,
    load,
    outputs,
    prose,
    sections,
    words,
)

README = ROOT / "README.md"
GUIDE = ROOT / "docs" / "teaching"
TABLE = r"(?<=## Minutes\n\n)(?:\|.*\n)+"
PROMISE = r"(?<=\*\*Time:\*\* )(\d+) minutes(?:, (\d+) with the exercises)?"
SECTIONS = "| part | minutes | with its exercises |\n|---|---|---|\n"
SECTION = "| {} | {:.0f} | {:.0f} |\n".format
HOURS = r"\d+ hours to read, \d+ with the exercises"
ROW = r"(?<=\]\({}\) \| )\d+(?: \| \d+)?(?= \|)"


def _times(pattern, text):
    """Count how often a pattern occurs; ^ begins a line."""
    return len(re.findall(pattern, text, re.MULTILINE))


def _all_code(path):
    """Return the code of a lesson, and the functions of the module that it shows."""
    shown = [
        "".join(each.get("data", {}).get("text/markdown", "")) for each in outputs(path)
    ]
    functions = [
        text[len("```python") : -len("```")] for text in shown if text.startswith("```")
    ]
    return "\n".join([*code(path), *functions])


READING = {  # what takes time: minutes for each, and how many a lesson has
    "words": (1 / 170, words),
    "equations": (1 / 2, lambda path: len(displayed(path))),
    "lines of code": (1 / 12, lambda path: _times(r"^.*\S", _all_code(path))),
    "predictions": (1, lambda path: _times(r"\*\*Predict", prose(path))),
    "explorers": (3, lambda path: _times(r"^\w+_explorer\(", _all_code(path))),
}
EXERCISES = {
    "exercises": (3, lambda path: len(exercises(path))),
    "questions": (3, lambda path: _times(r"^\*\*\d\.\*\*", prose(path))),
    "bug hunts": (
        4,
        lambda path: sum(title.startswith("Bug hunt") for _, title in headings(path)),
    ),
}


def minutes(path):
    """Return the minutes that a lesson takes.

    Parameters
    ----------
    path : Path
        The lesson.

    Returns
    -------
    tuple of float
        Minutes to read and run it, and minutes with its exercises.
    """
    reading, more = (
        sum(each * count(path) for each, count in rule.values())
        for rule in (READING, EXERCISES)
    )
    return reading, reading + more


def promised(path):
    """Return the minutes that a lesson promises at its top.

    Parameters
    ----------
    path : Path
        The lesson.

    Returns
    -------
    tuple of int
        Minutes to read and run it, and minutes with its exercises.
    """
    return tuple(map(int, re.search(PROMISE, prose(path)).groups(default=0)))


def promise(path):
    """Return the minutes that a lesson should promise.

    Parameters
    ----------
    path : Path
        The lesson.

    Returns
    -------
    tuple of int
        Those of `minutes`, to the nearest five.
    """
    return tuple(5 * round(each / 5) for each in minutes(path))


def hours():
    """Return the words for the time that all lessons take.

    Returns
    -------
    str
        Hours to read them, and hours with the exercises.
    """
    together = map(sum, zip(*map(minutes, NOTEBOOKS), strict=True))
    reading, everything = (round(each / 60) for each in together)
    return f"{reading} hours to read, {everything} with the exercises"


def section_minutes(path):
    """Return the minutes that each section of a lesson takes.

    Parameters
    ----------
    path : Path
        The lesson.

    Returns
    -------
    dict of str to tuple of float
        For each section what `minutes` returns of a lesson.
    """
    return {name: minutes(section) for name, section in sections(path).items()}


def section_table(path):
    """Return the minutes of the sections of a lesson as the instructor's guide prints them.

    Parameters
    ----------
    path : Path
        The lesson.

    Returns
    -------
    str
        A table in Markdown.
    """
    rows = {**section_minutes(path), "**together**": minutes(path)}
    return SECTIONS + "".join(SECTION(name, *each) for name, each in rows.items())


def renew():
    """Write the minutes into the lessons, the guide, lesson 00 and README."""
    for path in NOTEBOOKS:
        reading, everything = promise(path)
        _replace(path, PROMISE, f"{reading} minutes, {everything} with the exercises")
        _replace(NOTEBOOKS[0], ROW.format(path.name), f"{reading} | {everything}")
    for path in (NOTEBOOKS[0], README):
        _replace(path, HOURS, hours())
    _renew_guide()
    load.cache_clear()


def _renew_guide():
    """Write the minutes of each section into the instructor's guide."""
    for page in GUIDE.glob("[0-9]*.md"):
        lesson = NOTEBOOKS[0].with_name(f"{page.stem}.ipynb")
        _replace(page, TABLE, section_table(lesson))


def _replace(path, pattern, words):
    """Replace what a pattern finds in a file, and leave every other byte as it is."""
    text = path.read_text(encoding="utf-8")
    path.write_text(
        re.sub(pattern, lambda _: words, text), encoding="utf-8", newline="\n"
    )


LINE = "{:27}{:3.0f} minutes,{:3.0f} with the exercises; promised {:3}, {:3}".format


def table():
    """Return what each lesson takes and promises.

    Returns
    -------
    str
        A line for each lesson, and one for all.
    """
    rows = [(path.stem, *minutes(path), *promised(path)) for path in NOTEBOOKS]
    return "\n".join([*starmap(LINE, rows), f"together {hours()}"])


if __name__ == "__main__":
    if "--write" in sys.argv:
        renew()
    print(table())  # noqa: T201
    if "--sections" in sys.argv:
        print(*(f"\n{path.stem}\n\n{section_table(path)}" for path in NOTEBOOKS))  # noqa: T201
