"""Write lessons without the solutions of their exercises, for a class."""

import json
import re
from itertools import pairwise
from pathlib import Path

from dnn_lessons.classroom.exercises.registry import find
from tools.copy_lessons import copied, write_new
from tools.lessons import CHECK, NOTEBOOKS, PAGES, SOLUTION

GRADED_CHECK = 'verdict = check("{name}", {name})\ndisplay(verdict)\nassert verdict'
TO_A_LESSON = re.compile(r"\[([^\[\]]*)\]\((\d\d_\w+\.ipynb)[^)]*\)")


def hand_out(folder, lessons, nbgrader=False):
    """Write lessons without outputs and without solutions.

    The first lesson and the pages that lessons link to come along. Links to lessons that
    are not handed out become plain words.

    Parameters
    ----------
    folder : str or Path
        Where to; it is made if it is missing.
    lessons : list of str
        Their numbers, such as "02".
    nbgrader : bool, optional
        True adds the metadata of nbgrader, and lets the cell of a wrong answer fail.

    Returns
    -------
    list of Path
        The files that were written.

    Raises
    ------
    ValueError
        If there is no such lesson.
    FileExistsError
        If a file is there already; then nothing was written.
    """
    target = Path(folder).resolve()
    paths = [*map(_path, lessons), NOTEBOOKS[0]]
    texts = {path.name: _text(path, target, nbgrader) for path in paths}
    texts |= {page.name: copied(page, target) for page in PAGES}
    return write_new({target / name: _linked(texts[name], texts) for name in texts})


def _linked(text, names):
    """Return a text in which links to lessons that are not handed out are plain words."""
    return TO_A_LESSON.sub(lambda link: link[0] if link[2] in names else link[1], text)


def _path(number):
    """Return the file of a lesson."""
    found = [path for path in NOTEBOOKS if path.stem.startswith(f"{number}_")]
    if not found:
        raise ValueError(
            f"There is no lesson {number!r}; lessons are called 00 to {len(NOTEBOOKS) - 1}."
        )
    return found[0]


def _text(path, folder, nbgrader):
    """Return a lesson as it is handed out, as the JSON of its file."""
    lesson = json.loads(copied(path, folder))
    if nbgrader:
        _mark(lesson["cells"])
    cells = [_without_solution(cell) for cell in lesson["cells"]]
    lesson["cells"] = [cell for cell in cells if "".join(cell["source"]).strip()]
    return json.dumps(lesson, indent=1, ensure_ascii=False) + "\n"


def _without_solution(cell):
    """Return a cell without a folded solution."""
    if cell["cell_type"] == "code":
        return cell
    text = SOLUTION.sub("", "".join(cell["source"]))
    return cell | {"source": text.splitlines(keepends=True)}


def _mark(cells):
    """Give each stub and each check the metadata of nbgrader; a check of a wrong answer fails."""
    for stub, check in pairwise(cells):
        match = CHECK.search("".join(check["source"]))
        if match:
            _mark_exercise(match[1], stub, check)


def _mark_exercise(name, stub, check):
    """Give the two cells of an exercise the metadata of nbgrader."""
    graded = GRADED_CHECK.format(name=name)
    check["source"] = CHECK.sub(lambda _: graded, "".join(check["source"]))
    stub["metadata"] = _metadata(name, solution=True, locked=False)
    points = find(name).points
    check["metadata"] = _metadata(f"{name}-check", grade=True, points=points)


def _metadata(name, **others):
    """Return the metadata of one cell, by version 3 of nbgrader's schema."""
    fixed = {"schema_version": 3, "grade_id": name, "task": False}
    return {
        "nbgrader": {"grade": False, "solution": False, "locked": True} | fixed | others
    }
