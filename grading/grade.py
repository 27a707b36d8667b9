"""Judge what the sandbox brought back. Nothing in here runs what a student wrote."""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import NamedTuple

from dnn_lessons.classroom.exercises.judging import judge
from dnn_lessons.classroom.exercises.question import SEED
from dnn_lessons.classroom.exercises.registry import questions_of
from dnn_lessons.classroom.exercises.verdict import NOT_ATTEMPTED, Verdict
from grading.returned import MOST_BYTES, returned
from grading.sandbox import asked, check_sandbox

MOST_AT_ONCE = 4  # notebooks, each of which may take 3 GB
MISSING = (
    "**Not attempted.** No cell that could be run gave `{}` a value other than `...`."
)


class Grade(NamedTuple):
    """The verdict on one exercise of one student.

    Parameters
    ----------
    student, lesson, exercise : str
        Whose, and which.
    verdict : Verdict
        The verdict.
    points, out_of : int
        The points that it gives, and those of a right answer.
    seconds : float
        How long the notebook took.
    """

    student: str
    lesson: str
    exercise: str
    verdict: Verdict
    points: int
    out_of: int
    seconds: float


def grade(folder, seed=SEED, limits=None, trusted=False):
    """Grade all returned notebooks of a folder, several at a time.

    Parameters
    ----------
    folder : str or Path
        Where they are.
    seed : int, optional
        The seed of the cases.
    limits : Limits, optional
        The time that each notebook has.
    trusted : bool, optional
        True runs them without a sandbox.

    Yields
    ------
    Grade
        One for each exercise of each notebook.

    Raises
    ------
    SandboxError
        If the notebooks cannot be contained, and are not trusted.
    """
    if not trusted:
        check_sandbox()
    notebooks = returned(folder)
    run = partial(_run, seed=seed, limits=limits, trusted=trusted)
    with ThreadPoolExecutor(min(os.cpu_count(), MOST_AT_ONCE)) as pool:
        for notebook, result in zip(notebooks, pool.map(run, notebooks), strict=True):
            yield from _grades(notebook, *result, seed)


def best(grades):
    """Return one grade for each student and exercise, where a student returned several notebooks.

    Parameters
    ----------
    grades : iterable of Grade
        All grades.

    Returns
    -------
    list of Grade
        The one with most points, of equals the first.
    """
    found = {}
    for each in grades:
        key = each.student, each.lesson, each.exercise
        found[key] = max(found.get(key, each), each, key=lambda row: row.points)
    return list(found.values())


def _run(notebook, **settings):
    """Return the answers of a notebook, and how long it took; a file that cannot be read gives none."""
    start, answers = time.monotonic(), {}
    with suppress(OSError):
        if notebook.path.stat().st_size <= MOST_BYTES:
            answers = asked(notebook.path, questions_of(notebook.lesson), **settings)
    return answers, time.monotonic() - start


def _grades(notebook, answers, seconds, seed):
    """Yield the grade for each exercise of a notebook."""
    for question in questions_of(notebook.lesson):
        verdict = _verdict(question, answers.get(question.name, []), seed)
        points = question.points if verdict else 0
        name = notebook.student, notebook.lesson, question.name
        yield Grade(*name, verdict, points, question.points, seconds)


def _verdict(question, answers, seed):
    """Return the verdict on the answers to one exercise."""
    verdict = judge(question, answers, seed)
    if verdict.outcome != NOT_ATTEMPTED:
        return verdict
    return Verdict(MISSING.format(question.name), question.name, NOT_ATTEMPTED)
