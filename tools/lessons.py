"""Read the lessons as data, for the tests and the proofs."""

import json
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))
# The pages beside the lessons, which link to them.
PAGES = sorted((ROOT / "notebooks").glob("*.md"))
NOTATION = ROOT / "notebooks" / "notation.md"
CODE_FENCE = re.compile(r"```.*?```", re.DOTALL)
TASK = re.compile(r"\*\*Exercise \d.*", re.DOTALL)
CODE_SPAN = re.compile(r"`[^`\n]*`")
DISPLAYED = re.compile(r"\$\$(.+?)\$\$", re.DOTALL)
MARKS = re.compile(r"\]\([^)]*\)|<[^>]*>|^#+ |\|", re.M)  # of links, tags, titles, tables
FOLDED = re.compile(r"<details>.*?</details>", re.DOTALL)
SOLUTION = re.compile(
    r"<details><summary>Solution</summary>\s*```python\n(.*?)```.*?</details>", re.DOTALL
)
CHECK = re.compile(r'^check\("(\w+)", \1\)$', re.M)
HEADING = re.compile(r"## (.*)")
CUT = re.compile(r"^(?=## )", re.M)
OPENING = "Opening"  # what stands before the first section of a lesson
INLINE = re.compile(r"(?<![\\$])\$(?!\$)(.+?)(?<![\\$])\$(?!\$)", re.DOTALL)


class Exercise(NamedTuple):
    """An exercise as a lesson shows it: task, stub, check and solution, one cell after the other.

    Parameters
    ----------
    name : str
        Its name.
    task : str
        The Markdown before the stub.
    stub : str
        The code that the reader replaces.
    check : str
        The code that judges.
    solution : str
        The folded Markdown after the check.
    code : str
        The block of code in the solution; empty where there is none.
    """

    name: str
    task: str
    stub: str
    check: str
    solution: str
    code: str


@cache
def load(path):
    """Read a notebook file.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    dict
        The notebook, as its JSON says. It is kept, so it must not be changed.
    """
    return json.loads(path.read_text(encoding="utf-8"))


class Section:
    """A section of a lesson, which every function of this file reads as it reads a lesson.

    Parameters
    ----------
    cells : list of dict
        The cells of the section.
    """

    suffix = ".ipynb"

    def __init__(self, cells):
        self._cells = cells

    def read_text(self, encoding):
        """Return the cells as the text of a notebook.

        Parameters
        ----------
        encoding : str
            That of a file; it changes nothing here.

        Returns
        -------
        str
            A notebook that holds the section alone.
        """
        return json.dumps({"cells": self._cells})


def sections(path):
    """Return the sections of a lesson, each from its heading of level 2 to the next.

    Parameters
    ----------
    path : Path
        The lesson.

    Returns
    -------
    dict of str to Section
        The sections by their headings, in order; what stands before the first is OPENING.
    """
    found = {OPENING: []}
    for piece in _pieces(path):
        heading = HEADING.match(text(piece)) if piece["cell_type"] == "markdown" else None
        name = heading[1].strip() if heading else list(found)[-1]
        found.setdefault(name, []).append(piece)
    return {name: Section(pieces) for name, pieces in found.items()}


def _pieces(path):
    """Return the cells of a lesson, those of Markdown cut before each heading of level 2."""
    for cell in load(path)["cells"]:
        markdown = cell["cell_type"] == "markdown"
        for piece in CUT.split(text(cell)) if markdown else [text(cell)]:
            if piece:
                yield {**cell, "source": [piece]}


def text(cell):
    """Join the lines of a cell.

    Parameters
    ----------
    cell : dict
        A cell of a notebook.

    Returns
    -------
    str
        What was written into it.
    """
    return "".join(cell["source"])


def cells(path, kind):
    """Return the cells of one kind.

    Parameters
    ----------
    path : Path
        The lesson.
    kind : {"code", "markdown"}
        The kind of cell.

    Returns
    -------
    list of dict
        The cells, in order.
    """
    return [cell for cell in load(path)["cells"] if cell["cell_type"] == kind]


def code(path):
    """Return the code of a lesson.

    Parameters
    ----------
    path : Path
        The lesson.

    Returns
    -------
    list of str
        The text of each code cell, in order.
    """
    return [text(cell) for cell in cells(path, "code")]


def exercises(path):
    """Return the exercises of a lesson.

    Parameters
    ----------
    path : Path
        The lesson.

    Returns
    -------
    list of Exercise
        The exercises, in order.
    """
    texts = [text(cell) for cell in load(path)["cells"]]
    places = [place for place, each in enumerate(texts) if CHECK.search(each)]
    return [_exercise(*texts[place - 2 : place + 2]) for place in places]


def _exercise(task, stub, check, solution):
    """Return the exercise of four cells."""
    code = "".join(SOLUTION.findall(solution))
    return Exercise(CHECK.search(check)[1], task, stub, check, solution, code)


def outputs(path):
    """Return what the code cells of a lesson printed and showed.

    Parameters
    ----------
    path : Path
        The lesson.

    Returns
    -------
    list of dict
        The outputs of all cells, in order.
    """
    return [output for cell in cells(path, "code") for output in cell["outputs"]]


def prose(path, spans=False):
    """Return the Markdown of a lesson, or of a page, without its blocks of code.

    Parameters
    ----------
    path : Path
        The lesson, or a page beside it such as NOTATION.
    spans : bool, optional
        True keeps the code within a line, such as the name of a function in a heading.

    Returns
    -------
    str
        The text of all Markdown cells, or of the page.
    """
    return _without_code(_markdown(path), spans)


def _without_code(markdown, spans=False):
    """Return the prose of a text; True keeps the code within a line."""
    without_blocks = CODE_FENCE.sub("", markdown)
    return without_blocks if spans else CODE_SPAN.sub("", without_blocks)


def _markdown(path):
    """Return the text of a page, or of all Markdown cells of a lesson."""
    if path.suffix == ".md":
        return path.read_text(encoding="utf-8")
    return "\n\n".join(text(cell) for cell in cells(path, "markdown"))


def displayed(path):
    """Return the displayed equations of a lesson.

    Parameters
    ----------
    path : Path
        The lesson.

    Returns
    -------
    list of str
        The LaTeX between each pair of double dollar signs, in order.
    """
    return [match.strip() for match in DISPLAYED.findall(prose(path))]


def formulas(path):
    """Return all mathematics of a lesson.

    Parameters
    ----------
    path : Path
        The lesson.

    Returns
    -------
    list of str
        The LaTeX of the displayed equations, then of those within the text.
    """
    return displayed(path) + INLINE.findall(DISPLAYED.sub(" ", prose(path)))


def headings(path):
    """Return the headings of a lesson.

    Parameters
    ----------
    path : Path
        The lesson.

    Returns
    -------
    list of tuple
        The level, 1 for the title, and the text of each heading, in order.
    """
    found = re.findall(r"^(#+) (.*)$", prose(path, spans=True), flags=re.M)
    return [(len(marks), title.strip()) for marks, title in found]


def anchor(title):
    """Return the fragment of a link to a heading, in JupyterLab and on GitHub.

    Parameters
    ----------
    title : str
        The text of the heading.

    Returns
    -------
    str
        What stands after the # of the link.
    """
    return title.replace(" ", "-")


def words(path):
    """Count the words of a lesson's prose.

    Parameters
    ----------
    path : Path
        The lesson.

    Returns
    -------
    int
        The number of words. A formula within the text counts as one; displayed equations,
        code, the lines of tables, the targets of links, folded answers and the tasks of
        exercises do not count.
    """
    seen = DISPLAYED.sub(" ", FOLDED.sub(" ", _without_tasks(path)))
    plain = MARKS.sub(" ", INLINE.sub(" x ", seen))
    return len(re.findall(r"[A-Za-z][\w'-]*", plain))


def _without_tasks(path):
    """Return the prose of a lesson without the tasks of its exercises."""
    read = prose(path)
    for exercise in exercises(path):
        for task in TASK.findall(_without_code(exercise.task)):
            read = read.replace(task, " ")
    return read
