"""What the reader calls in a lesson: `check`."""

from dnn_lessons.classroom.exercises.asking import ask
from dnn_lessons.classroom.exercises.judging import judge
from dnn_lessons.classroom.exercises.progress_file import record
from dnn_lessons.classroom.exercises.question import SEED
from dnn_lessons.classroom.exercises.registry import find, questions
from dnn_lessons.classroom.exercises.verdict import NOT_JUDGED, Verdict


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
    verdict = judge(
        question, ask(answer, question.drawn_cases(seed), question.seconds), seed
    )
    record(verdict)
    return verdict
