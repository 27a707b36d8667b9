"""Which exercises are done in this copy of the notebooks."""

import json
from contextlib import suppress
from itertools import groupby
from pathlib import Path

from dnn_lessons._files import replacing
from dnn_lessons.classroom.exercises.registry import questions
from dnn_lessons.classroom.exercises.verdict import NOT_ATTEMPTED, RIGHT, Shown

FILE = "progress.json"  # in the folder of the notebooks; it can be deleted at any time
HEAD = "| lesson | right | tried | still to do |\n|---|---|---|---|\n"


def record(verdict):
    """Write the outcome of an exercise down.

    Nothing is written if nothing was attempted, and what was right once stays right. In a
    folder that cannot be written to, nothing is kept.

    Parameters
    ----------
    verdict : Verdict
        The verdict.
    """
    known = _known()
    before = known.get(verdict.exercise)
    if before in {verdict.outcome, RIGHT} or verdict.outcome == NOT_ATTEMPTED:
        return
    text = json.dumps(known | {verdict.exercise: verdict.outcome}, indent=1)
    with suppress(OSError), replacing(Path(FILE)) as file:
        file.write(f"{text}\n".encode())


def progress():
    """Show which exercises of which lessons are done in this copy of the notebooks.

    Returns
    -------
    Shown
        A table with a row for each lesson.
    """
    known = _known()
    lessons = groupby(questions().values(), key=lambda question: question.lesson)
    rows = [_row(lesson, [each.name for each in row], known) for lesson, row in lessons]
    return Shown(HEAD + "\n".join(rows))


def _known():
    """Read {name: outcome} from the file; a file that cannot be read says nothing."""
    with suppress(OSError, ValueError, RecursionError, AttributeError):
        known = json.loads(Path(FILE).read_text(encoding="utf-8"))
        return {name: each for name, each in known.items() if isinstance(each, str)}
    return {}


def _row(lesson, names, known):
    """Return the row of one lesson."""
    columns = {"right": [], "tried": [], "to do": []}
    for name in names:
        columns[_column(known.get(name))].append(name)
    return f"| [{lesson[:2]}]({lesson}) | {' | '.join(map(_cell, columns.values()))} |"


def _column(outcome):
    """Return the column in which an exercise with this outcome stands."""
    return {None: "to do", RIGHT: "right"}.get(outcome, "tried")


def _cell(names):
    """Return the names of exercises as code, or a word that says that there are none."""
    return ", ".join(f"`{name}`" for name in names) or "none"
