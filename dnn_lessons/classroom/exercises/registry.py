"""All exercises by name, read from the files lesson_NN.py of this folder."""

import importlib
import pkgutil
from dataclasses import replace
from difflib import get_close_matches
from functools import cache
from pathlib import Path


@cache
def questions():
    """Return every exercise of the course.

    Returns
    -------
    dict
        {name: Question}, in the order of the lessons.

    Raises
    ------
    ValueError
        If two exercises have one name.
    """
    listed = [question for name in _lesson_files() for question in _exercises(name)]
    found = {question.name: question for question in listed}
    if len(found) < len(listed):
        names = sorted(question.name for question in listed)
        raise ValueError(f"Each exercise needs a name of its own; there are {names}.")
    return found


def questions_of(lesson):
    """Return the exercises of one lesson.

    Parameters
    ----------
    lesson : str
        The file of the lesson, such as "02_sigmoid.ipynb".

    Returns
    -------
    list of Question
        Its exercises, in order.
    """
    return [question for question in questions().values() if question.lesson == lesson]


def find(name):
    """Return an exercise by its name.

    Parameters
    ----------
    name : str
        Its name.

    Returns
    -------
    Question
        The exercise.

    Raises
    ------
    ValueError
        If no exercise is called so.
    """
    if name not in questions():
        near = get_close_matches(str(name), questions(), 1)
        advice = f"Did you mean {near[0]!r}?" if near else f"There are {[*questions()]}."
        raise ValueError(f"No exercise is called {name!r}. {advice}")
    return questions()[name]


def _lesson_files():
    """Return the names of the modules that hold exercises, in order."""
    modules = pkgutil.iter_modules([str(Path(__file__).parent)])
    return sorted(each.name for each in modules if each.name.startswith("lesson_"))


def _exercises(name):
    """Return the exercises of one lesson, each with the file of its lesson."""
    module = importlib.import_module(f"dnn_lessons.classroom.exercises.{name}")
    return [replace(question, lesson=module.LESSON) for question in module.EXERCISES]
