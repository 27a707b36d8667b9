"""What the reader calls in a lesson: `check`."""

import numpy as np

from dnn_lessons.classroom.exercises.asking import ask
from dnn_lessons.classroom.exercises.judging import judge
from dnn_lessons.classroom.exercises.progress_file import record
from dnn_lessons.classroom.exercises.question import SEED
from dnn_lessons.classroom.exercises.registry import find, questions
from dnn_lessons.classroom.exercises.verdict import BROKE, NOT_JUDGED, Verdict

NUMPY = {name: value for name, value in vars(np).items() if not name.startswith("_")}
REPLACED = (
    "**NumPy is no longer itself.** Your program gave `np.{}` another meaning, which would "
    "make every check wrong. Take that line out, and restart the kernel."
)


def check(name, answer, seed=SEED):
    """Judge an answer to an exercise.

    Parameters
    ----------
    name : str
        The name of the exercise.
    answer : function or value
        What the reader wrote.
    seed : int, optional
        The seed of the cases that are tried.

    Returns
    -------
    Verdict
        It shows itself in the notebook, and is true only if the answer is right.

    Raises
    ------
    ValueError
        If no exercise is called so.
    """
    if not questions():  # as in the sandbox of `grading`, which holds no answers
        return Verdict("This answer will be judged later.", name, NOT_JUDGED)
    question = find(name)
    answers = ask(answer, question.drawn_cases(seed), question.seconds)
    spoilt = _spoilt(name)
    verdict = judge(question, answers, seed) if spoilt is None else spoilt
    record(verdict)
    return verdict


def _spoilt(name):
    """Return a verdict where the reader's program replaced a function of NumPy, else None."""
    for each, value in NUMPY.items():
        if vars(np).get(each) is not value:
            return Verdict(REPLACED.format(each), name, BROKE)
    return None
