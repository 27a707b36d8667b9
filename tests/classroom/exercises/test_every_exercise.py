"""What holds for each exercise: its texts, its solution, right and wrong answers, and planted faults."""

import ast
import importlib
import inspect
import re
import time
from dataclasses import replace
from functools import cache

import pytest
from amounts import amount
from mutants import mutants

from dnn_lessons.classroom.exercises.asking import ask
from dnn_lessons.classroom.exercises.judging import judge, named
from dnn_lessons.classroom.exercises.question import KINDS, SEED
from dnn_lessons.classroom.exercises.registry import questions
from dnn_lessons.classroom.exercises.values import agrees, is_narrow
from dnn_lessons.classroom.exercises.verdict import NOT_ATTEMPTED, RIGHT
from tools.lessons import NOTEBOOKS, anchor, code, exercises, headings

LESSONS = sorted({question.lesson for question in questions().values()})
SHOWN = {each.name: each for path in NOTEBOOKS for each in exercises(path)}
PATHS = {path.name: path for path in NOTEBOOKS}
FRESH = range(100, 100 + amount(3, 10))  # seeds of cases that no check has tried

every_question = pytest.mark.parametrize(
    "question",
    questions().values(),
    ids=lambda question: f"{question.lesson[:2]}-{question.name}",
)
every_lesson = pytest.mark.parametrize("lesson", LESSONS)


def verdict(question, answer, seed=SEED):
    return judge(
        question, ask(answer, question.drawn_cases(seed), question.seconds), seed
    )


@cache
def set_up(lesson):
    """What the first cell of a lesson defines."""
    names = {}
    exec(code(PATHS[lesson])[0], names)
    return names


def answer(question, source):
    """What a program binds to the exercise's name, after the set-up cell of the lesson."""
    names = dict(set_up(question.lesson))
    exec(compile(source, f"<{question.name}>", "exec"), names)
    return names[question.name]


@cache
def answers(question):
    """The right and the wrong answers of a question in answers_NN.py."""
    module = importlib.import_module(f"answers_{question.lesson[:2]}")
    return module.RIGHT[question.name], module.WRONG[question.name]


@every_lesson
def test_a_lesson_shows_the_exercises_of_its_file_in_their_order(lesson):
    listed = [question for question in questions().values() if question.lesson == lesson]
    assert [each.name for each in exercises(PATHS[lesson])] == [
        each.name for each in listed
    ]
    assert 2 <= len(listed) <= 4
    assert listed[-1].difficulty == 3, "the last one is a stretch"


def test_no_lesson_shows_an_exercise_that_nothing_judges():
    assert set(SHOWN) == set(questions())


@every_question
def test_the_question_is_complete(question):
    assert question.kind in KINDS
    assert question.points in {1, 2, 3}
    assert question.difficulty in {1, 2, 3}
    assert question.misunderstandings
    assert question.why or question.kind == "choose", "the tolerance needs a reason"
    for row in question.misunderstandings.values():
        assert re.fullmatch(r"[A-Z$].*[.?]", row.sentence)


@every_question
def test_a_misunderstanding_leads_to_a_paragraph(question):
    for row in question.misunderstandings.values():
        lesson, _, fragment = question.target(row.heading).partition("#")
        assert fragment in [anchor(title) for _, title in headings(PATHS[lesson])]


@every_question
def test_the_lesson_gives_task_hint_stub_and_folded_solution(question):
    shown = SHOWN[question.name]
    assert "<details><summary>Hint" in shown.task
    assert shown.task.count("<details>") == shown.task.count("</details>")
    assert shown.solution.startswith("<details><summary>Solution</summary>")
    assert shown.solution.endswith("</details>")
    assert shown.code


@every_question
def test_the_stub_says_what_is_wanted_and_is_not_attempted(question):
    stub = answer(question, SHOWN[question.name].stub)
    result = verdict(question, stub)
    assert result.outcome == NOT_ATTEMPTED
    assert not result
    if question.wants_function:
        assert stub.__doc__
        assert list(inspect.signature(stub).parameters) == question.arguments()
    else:
        assert stub is ...


@pytest.mark.long
@every_question
def test_the_solution_is_right_within_a_second(question):
    solution = answer(question, SHOWN[question.name].code)
    assert verdict(question, solution).outcome == RIGHT  # which also loads what is needed
    start = time.process_time()
    assert verdict(question, solution)
    assert time.process_time() - start < 1


@pytest.mark.long
@every_question
@pytest.mark.parametrize("seed", FRESH)
def test_the_solution_is_right_for_any_seed(question, seed):
    result = verdict(question, answer(question, SHOWN[question.name].code), seed)
    assert result, result


@pytest.mark.long
@every_question
def test_other_right_answers_are_right(question):
    right, _ = answers(question)
    assert len(right) >= (1 if question.kind == "choose" else 2)
    for each in right:
        result = verdict(question, each)
        assert result, f"{each}: {result}"


@pytest.mark.long
@every_question
def test_wrong_answers_are_refused(question):
    _, wrong = answers(question)
    assert len(wrong) + len(question.misunderstandings) >= 5
    for each in wrong:
        assert verdict(question, each).outcome not in {RIGHT, NOT_ATTEMPTED}, each


@pytest.mark.long
@every_question
def test_each_misunderstanding_is_refused_and_named(question):
    """By its own name, so that no two of them give the same answers."""
    for name, row in question.misunderstandings.items():
        result = verdict(question, row.wrong)
        assert (result.outcome, result.misunderstanding) == ("wrong", name)
        assert row.sentence in result.text


@pytest.mark.long
@every_question
def test_no_two_misunderstandings_give_the_same_answers(question):
    cases, rows = question.drawn_cases(), question.misunderstandings
    for name, row in rows.items():
        given = ask(row.wrong, cases)
        others = {key: other for key, other in rows.items() if key != name}
        alone = replace(question, misunderstandings=others)
        assert named(alone, cases, given) == ""


@every_question
def test_the_truth_is_not_the_formula_of_the_solution(question):
    """Their syntax trees differ in more than names."""
    if callable(question.truth):
        solution = ast.parse(SHOWN[question.name].code).body[-1]
        source = inspect.getsource(question.truth).strip()
        assert ast.unparse(solution.body[-1]) not in source


@pytest.mark.long
@every_question
def test_every_small_fault_in_the_solution_is_refused(question, record_property):
    """Or it leaves every value equal, in cases that no check has tried. Their number is printed at the end."""
    source = SHOWN[question.name].code
    planted = list(mutants(source))
    passed = [each for each in planted if judged_right(question, each[1])]
    weak = [each for each in passed if not same_values(question, source, each[1])]
    record_property("faults in solutions", [len(planted) - len(passed), len(passed)])
    assert weak == []
    assert len(planted) > len(passed)


def judged_right(question, source):
    try:
        given = answer(question, source)
    except Exception:
        return False
    return bool(verdict(question, given))


def same_values(question, source, mutant):
    """Whether two programs answer alike, up to rounding, for many seeds."""
    cases = [case for seed in FRESH for case in question.drawn_cases(seed)]
    ours, theirs = (ask(answer(question, each), cases, 10) for each in (source, mutant))
    return len(ours) == len(theirs) and all(
        agrees(b.value, a.value, 1e-5 if is_narrow(case) else 1e-9, 0)
        for case, a, b in zip(cases, ours, theirs, strict=True)
    )
