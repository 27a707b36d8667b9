"""Run in the sandbox: execute a notebook, and ask for each exercise as soon as a cell has bound its name.

`python -m grading.inside NOTEBOOK QUESTIONS ANSWERS SECONDS`. Nothing in here knows an answer.
"""

import json
import sys
from functools import partial
from pathlib import Path

from dnn_lessons.classroom.exercises.asking import ask
from dnn_lessons.classroom.exercises.verdict import BROKE
from grading.transport import packed_answer, unpacked

FIRST_CELL = "from grading.inside import watch\nwatch({!r}, {!r})\ndel watch"


def execute(notebook, questions, answers, seconds):
    """Execute a notebook in a kernel that asks.

    Parameters
    ----------
    notebook : str
        The file.
    questions, answers : str
        The files of the questions and of the answers.
    seconds : float
        After so long a cell is interrupted.
    """
    import nbformat  # noqa: PLC0415  the kernel imports this file too, and needs neither
    from nbclient import NotebookClient  # noqa: PLC0415

    lesson = nbformat.read(notebook, 4)
    first = nbformat.v4.new_code_cell(FIRST_CELL.format(questions, answers))
    lesson.cells.insert(0, first)
    settings = {"timeout": seconds, "interrupt_on_timeout": True, "allow_errors": True}
    NotebookClient(lesson, kernel_name="python3", **settings).execute()


def watch(questions, answers):
    """Ask after each cell for the exercises whose names it has bound.

    Parameters
    ----------
    questions, answers : str
        The files of the questions and of the answers.
    """
    from IPython import get_ipython  # noqa: PLC0415

    shell, seen = get_ipython(), {}
    cases = json.loads(Path(questions).read_text(encoding="utf-8"))
    ask_new = partial(_ask_new, shell.user_ns, cases, seen, answers)
    shell.events.register("post_run_cell", lambda result=None: ask_new())


def _ask_new(names, cases, seen, path):
    """Ask for each exercise whose name has got another value, or that broke: a later cell may help."""
    for name in cases:
        value = names.get(name, ...)
        if value is not seen.get(name, ...):
            seen[name] = value
            if _ask(name, value, *cases[name], path):
                del seen[name]


def _ask(name, value, cases, seconds, path):
    """Ask for one exercise, append the answers to a file, and tell whether one broke.

    Should the program end, None stands there.
    """
    _append(path, [name, None])
    given = ask(value, unpacked(cases), seconds)
    _append(path, [name, [packed_answer(each) for each in given]])
    return any(each.trouble == BROKE for each in given)


def _append(path, line):
    """Append a line of JSON to a file."""
    with Path(path).open("a", encoding="utf-8") as file:
        file.write(f"{json.dumps(line)}\n")


if __name__ == "__main__":
    execute(*sys.argv[1:4], float(sys.argv[4]))
