"""Find out who returned which lesson, by folder, file name and content."""

import re
from pathlib import Path
from typing import NamedTuple

from dnn_lessons.classroom.exercises.registry import questions

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
    exercises that it holds.

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
    paths = [path for path in sorted(Path(folder).rglob("*.ipynb")) if not _is_copy(path)]
    if not paths:
        raise FileNotFoundError(f"There is no notebook in {folder}.")
    return sorted(
        Returned(_student(path, Path(folder)), _lesson(path), path) for path in paths
    )


def _is_copy(path):
    """Tell whether JupyterLab wrote a notebook for itself."""
    return ".ipynb_checkpoints" in path.parts


def _student(path, folder):
    """Return whose notebook it is."""
    inner = path.relative_to(folder).parts
    if len(inner) > 1:
        return inner[0]
    return re.sub(r"[ _-]*\d\d_\w+.*$", "", path.stem) or path.stem


def _lesson(path):
    """Return the lesson by the file's name, or else the one whose exercises it mentions most often."""
    lessons = list(dict.fromkeys(each.lesson for each in questions().values()))
    named = [lesson for lesson in lessons if Path(lesson).stem in path.stem]
    return named[0] if named else max(lessons, key=lambda lesson: _mentions(path, lesson))


def _mentions(path, lesson):
    """Count how often the exercises of a lesson are named in a file."""
    text = path.read_bytes()[:MOST_BYTES].decode("utf-8", "replace")
    names = [each.name for each in questions().values() if each.lesson == lesson]
    return sum(text.count(name) for name in names)
