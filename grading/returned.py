"""Find out who returned which lesson, by folder, file name and content."""

import re
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import NamedTuple

from dnn_lessons.classroom.exercises.registry import questions, questions_of

MOST_BYTES = 20_000_000  # of a notebook


class Returned(NamedTuple):
    """A returned notebook.

    Parameters
    ----------
    student : str
        Who returned it.
    lesson : str
        The file name of its lesson, as it was handed out.
    path : Path
        The file.
    """

    student: str
    lesson: str
    path: Path


def returned(folder):
    """Find the returned notebooks of a folder.

    Each student has a folder of their own, or a name in front of the file's:
    `ann/02_sigmoid.ipynb`, `ann_02_sigmoid.ipynb`. A file that has lost its name is known by the
    exercises that it holds. Links are left out: they may lead to the work of others.

    Parameters
    ----------
    folder : str or Path
        Where they are.

    Returns
    -------
    list of Returned
        One for each notebook, in the order of the students' names.

    Raises
    ------
    FileNotFoundError
        If there is no notebook.
    """
    folder = Path(folder)
    paths = [path for path in folder.rglob("*.ipynb") if _is_own(path, folder)]
    if not paths:
        raise FileNotFoundError(f"There is no notebook in {folder}.")
    return sorted(Returned(_student(path, folder), _lesson(path), path) for path in paths)


def _is_own(path, folder):
    """Return whether a path is a file of the student's: no link, and no copy that JupyterLab made."""
    inner = [path, *path.parents][: len(path.relative_to(folder).parts)]
    linked = any(each.is_symlink() for each in inner)
    return path.is_file() and not linked and ".ipynb_checkpoints" not in path.parts


def _student(path, folder):
    """Return whose notebook it is."""
    inner = path.relative_to(folder).parts
    if len(inner) > 1:
        return inner[0]
    return re.split(rf"[ _-]*(?:{'|'.join(_stems())})", path.stem)[0] or path.stem


def _lesson(path):
    """Return the lesson by the file's name, or else the one whose exercises it mentions most often."""
    named = [stem for stem in _stems() if stem in path.stem]
    stem = named[0] if named else max(_stems(), key=partial(_mentions, _text(path)))
    return f"{stem}.ipynb"


def _stems():
    """Return the file names of all lessons with exercises, without their ending."""
    return dict.fromkeys(Path(each.lesson).stem for each in questions().values())


def _text(path):
    """Return the beginning of a file, empty if it cannot be read."""
    with suppress(OSError), path.open("rb") as file:
        return file.read(MOST_BYTES).decode("utf-8", "replace")
    return ""


def _mentions(text, stem):
    """Count how often the exercises of a lesson are named in a text."""
    return sum(text.count(each.name) for each in questions_of(f"{stem}.ipynb"))
