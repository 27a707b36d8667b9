"""What `check` says, whatever a reader's function does; no exercise of the lessons is used."""

import json
import os
import random
import signal
import sys
import threading
import time
import tracemalloc
import warnings
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from dnn_lessons.classroom.exercises import check, progress
from dnn_lessons.classroom.exercises import registry as exercise_registry
from dnn_lessons.classroom.exercises.asking import ask
from dnn_lessons.classroom.exercises.judging import judge
from dnn_lessons.classroom.exercises.progress_file import FILE
from dnn_lessons.classroom.exercises.question import (
    Misunderstanding,
    Question,
    complex_step,
    number_cases,
)
from dnn_lessons.classroom.exercises.time_limit import run_in_time

DOUBLE = Question(
    "double",
    "write",
    truth=lambda Z: Z + Z,
    cases=number_cases,
    misunderstandings={
        "squared instead": Misunderstanding(
            lambda Z: Z**2, "Two *times* $z$ was asked for.", "Twice a number"
        )
    },
    seconds=10,  # on a busy machine eighteen cases take more than a moment
    lesson="02_sigmoid.ipynb",
)
PICK = Question(
    "pick",
    "choose",
    truth="b",
    misunderstandings={
        "the first": Misunderstanding(
            "a", "It is not the first.", "01_forward_pass.ipynb#One unit"
        )
    },
    lesson="02_sigmoid.ipynb",
)
SHAPE = Question("shape", "predict", truth=(3, 4), lesson="03_relu.ipynb")


@pytest.fixture(autouse=True)
def three_questions(monkeypatch, tmp_path):
    """The registry holds three questions, and what is written goes elsewhere."""
    monkeypatch.chdir(tmp_path)
    names = {each.name: each for each in (DOUBLE, PICK, SHAPE)}
    for module in ("registry", "progress_file"):
        monkeypatch.setattr(
            f"dnn_lessons.classroom.exercises.{module}.questions", lambda: names
        )
    return names


@pytest.fixture
def in_a_hurry(three_questions):
    """The first question leaves less than a second."""
    three_questions["double"] = replace(DOUBLE, seconds=0.3)


def test_right():
    verdict = check("double", lambda Z: 2 * Z)
    assert verdict
    assert verdict.outcome == "right"
    assert repr(verdict).startswith(
        "Right. Tried in 18 cases with the seed 2026: arrays of 1 to 12 entries"
    )


def test_the_seed_can_be_chosen():
    assert "seed 7" in repr(check("double", lambda Z: 2 * Z, seed=7))


def test_wrong_shows_the_smallest_case():
    verdict = check("double", lambda Z: 3 * Z)
    z = DOUBLE.drawn_cases()[0][0]
    assert not verdict
    assert verdict.outcome == "wrong"
    rows = f"| input `Z` | [[{z.item()}]] |\n| yours | [[{3 * z.item():.1f}]] |\n| right | [[{2 * z.item():.1f}]] |"
    assert rows in verdict.text
    assert z.size == 1


def test_answers_that_differ_late_are_shown_with_more_digits():
    text = check("double", lambda Z: 2 * Z * (1 + 1e-8)).text
    yours, right = (
        line for line in text.splitlines() if line.startswith(("| yours", "| right"))
    )
    assert yours.split("|")[2] != right.split("|")[2]


def test_wrong_names_the_misunderstanding_and_links_its_paragraph():
    verdict = check("double", lambda Z: Z * Z)
    assert verdict.misunderstanding == "squared instead"
    assert "**Squared instead.** Two *times*" in verdict.text
    assert "[Twice a number](02_sigmoid.ipynb#Twice-a-number)" in verdict.text
    assert "Twice a number (02_sigmoid.ipynb#Twice-a-number)" in repr(verdict)


def test_a_link_leads_to_another_lesson_too():
    assert "[One unit](01_forward_pass.ipynb#One-unit)" in check("pick", "a").text


@pytest.mark.parametrize("stub", [lambda Z: ..., ...])
def test_a_stub_is_not_attempted(stub, tmp_path):
    verdict = check("double", stub)
    assert not verdict
    assert verdict.outcome == "not attempted"
    assert verdict.text == check("pick", ...).text
    assert not (tmp_path / FILE).exists()


@pytest.mark.parametrize("answer", ["b", "B", " b "])
def test_a_letter_is_right(answer):
    assert check("pick", answer)


@pytest.mark.parametrize(
    "answer", ["c", 2, None, lambda: 1 / 0, np.array(["b"], dtype=object)]
)
def test_another_letter_is_not_and_the_right_one_is_not_given_away(answer):
    verdict = check("pick", answer)
    assert not verdict
    assert "right |" not in verdict.text
    assert "'b'" not in verdict.text


@pytest.mark.parametrize("answer", [(3, 4), [3, 4], (3.0, np.int64(4))])
def test_a_shape_is_right(answer):
    assert check("shape", answer)


@pytest.mark.parametrize(
    "answer", [(4, 3), 12, (3, 4, 1), (3,), "(3, 4)", np.array([3, 4])]
)
def test_another_shape_is_not(answer):
    verdict = check("shape", answer)
    assert not verdict
    assert "(3, 4)" not in verdict.text.replace("'(3, 4)'", "")


def broken(Z):
    half = Z / 2
    return half + undefined  # noqa: F821


def test_broke_shows_the_readers_own_line():
    verdict = check("double", broken)
    assert verdict.outcome == "broke"
    assert "    return half + undefined" in verdict.text
    assert "NameError" in verdict.text
    assert "asking.py" not in verdict.text


@pytest.mark.parametrize(
    "answer",
    [
        lambda Z: (2 + 0 * (-1e9 < Z < 1e9)) * Z,
        lambda Z: (2 + 0 * (Z > -1e9 and Z < 1e9)) * Z,
        lambda Z: 2 * Z if Z > 0 else Z + Z,
    ],
)
def test_broke_says_that_conditions_on_arrays_are_asked_entry_by_entry(answer):
    verdict = check("double", answer)
    assert verdict.outcome == "broke"
    assert "`np.where` chooses between two values" in verdict.text
    assert "np.where" not in check("double", broken).text


def broken_inside_numpy(Z):
    return np.concatenate([Z, [1.0]])


def test_broke_in_a_library_shows_the_line_that_called_it():
    assert (
        "    return np.concatenate([Z, [1.0]])"
        in check("double", broken_inside_numpy).text
    )


@pytest.mark.parametrize(
    "error", [SystemExit, MemoryError, RecursionError, BaseException, GeneratorExit]
)
def test_no_error_of_a_reader_gets_through(error):
    def raising(Z):
        raise error("mine")

    assert check("double", raising).outcome == "broke"


def test_an_error_that_cannot_be_printed():
    class NamelessError(Exception):
        def __str__(self):
            raise ValueError

    def raising(Z):
        raise NamelessError

    assert check("double", raising).outcome == "broke"


def test_the_reader_can_still_interrupt():
    def interrupted(Z):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check("double", interrupted)


def test_a_wrong_number_of_arguments():
    verdict = check("double", lambda: 2)
    assert verdict.outcome == "broke"
    assert "The call raised an error" in verdict.text


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda Z: None, "Is a `return` missing?"),
        (
            lambda Z: (2 * Z).tolist(),
            "a tuple or list of 1, and an array of numbers with the shape (1, 1)",
        ),
        (
            lambda Z: (2 * Z).ravel(),
            "with the shape (1,), and an array of numbers with the shape (1, 1)",
        ),
        (lambda Z: (2 * Z).astype(complex), "complex numbers"),
        (lambda Z: (2 * Z).astype(object), "array of object"),
        (lambda Z: str(2 * Z), "a text"),
        (lambda Z: {"Z": 2 * Z}, "a dict with the keys ['Z']"),
        (lambda Z: check, "function"),
        (3, "a number"),
    ],
)
def test_another_type_is_wrong_and_said(answer, words):
    verdict = check("double", answer)
    assert verdict.outcome == "wrong"
    assert words in verdict.text


@pytest.mark.parametrize("value", [np.nan, np.inf, 1e300])
def test_no_number_passes_by_accident(value):
    assert (
        check("double", lambda Z: np.full_like(Z, value, dtype=float)).outcome == "wrong"
    )


def test_a_wrong_answer_in_the_last_case_only():
    last = DOUBLE.drawn_cases()[-1][0]
    verdict = check("double", lambda Z: 2 * Z + (Z.tobytes() == last.tobytes()))
    assert verdict.outcome == "wrong"


def endless(Z):
    while True:
        pass


def test_nothing_is_judged_where_no_answers_are_kept(monkeypatch):
    """As in the sandbox of the grading, in which the reader's program runs."""
    monkeypatch.setattr("dnn_lessons.classroom.exercises.checking.questions", dict)
    verdict = check("double", lambda Z: 2 * Z)
    assert not verdict
    assert (verdict.exercise, verdict.outcome) == ("double", "not judged here")
    assert "will be judged later" in repr(verdict)
    assert not Path(FILE).exists()


def test_the_questions_of_a_lesson_are_its_own_in_order():
    found = exercise_registry.questions_of("02_sigmoid.ipynb")
    assert [each.name for each in found] == ["double", "pick"]


def test_a_misunderstanding_may_return_nothing():
    forgot = Misunderstanding(lambda Z: None, "It returns *nothing*.", "Twice a number")
    question = replace(DOUBLE, misunderstandings={"no answer": forgot})
    for answer, name in (None, "no answer"), ("None", ""), ({}, ""), (object(), ""):
        verdict = judge(question, ask(lambda Z, a=answer: a, question.drawn_cases()))
        assert (verdict.outcome, verdict.misunderstanding) == ("wrong", name)


def swallowing(Z):
    while True:
        try:
            np.linalg.norm(Z)
        except BaseException:
            continue


def yielding(Z):
    while True:
        yield from ()


@pytest.mark.long
@pytest.mark.parametrize("function", [endless, swallowing, yielding])
@pytest.mark.usefixtures("in_a_hurry")
def test_no_answer_in_time(function):
    start = time.monotonic()
    verdict = check("double", function)
    assert verdict.outcome == "no answer in time"
    assert "After 0.3 seconds" in verdict.text
    assert time.monotonic() - start < 3
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


@pytest.mark.long
@pytest.mark.usefixtures("in_a_hurry")
def test_the_time_is_for_all_cases_together():
    def slow(Z):
        time.sleep(0.1)
        return 2 * Z

    assert check("double", slow).outcome == "no answer in time"


ASKED = threading.Event()  # on a slow machine 500 interrupts take longer than any time


def swallowing_until_asked(Z):
    while not ASKED.is_set():
        try:
            np.linalg.norm(Z)
        except BaseException:
            continue


@pytest.mark.long
@pytest.mark.parametrize("function", [endless, swallowing_until_asked])
@pytest.mark.usefixtures("in_a_hurry")
def test_no_answer_in_time_where_there_are_no_alarms(function):
    verdicts = []
    ASKED.clear()
    thread = threading.Thread(target=lambda: verdicts.append(check("double", function)))
    thread.start()
    thread.join(60)
    ASKED.set()
    assert verdicts[0].outcome == "no answer in time"


def test_right_where_there_are_no_alarms():
    verdicts = []
    thread = threading.Thread(
        target=lambda: verdicts.append(check("double", lambda Z: 2 * Z))
    )
    thread.start()
    thread.join(10)
    assert verdicts[0]


def test_an_alarm_stays_within_the_readers_function():
    assert run_in_time(lambda: time.sleep(0.1) or "ours", 0.02, None) == "ours"


def test_what_is_printed_is_shown_as_the_readers(capsys):
    def chatty(Z):
        print("| here | <b>I</b> am", Z.shape)  # noqa: T201
        return 2 * Z

    verdict = check("double", chatty)
    assert verdict
    assert "Your function printed:\n\n    | here | <b>I</b> am (1, 1)" in verdict.text
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_closing_what_is_printed_to_takes_nothing_down(stream):
    def closing(Z):
        getattr(sys, stream).close()
        print("still open", file=getattr(sys, stream))
        return 2 * Z

    assert "still open" in check("double", closing).text


@pytest.mark.long
@pytest.mark.usefixtures("in_a_hurry")
def test_of_what_is_printed_only_the_beginning_is_kept():
    def flooding(Z):
        while True:
            print("x" * 10**6)  # noqa: T201

    tracemalloc.start()
    text = check("double", flooding).text
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()
    assert len(text) < 1000


def test_the_current_folder_is_restored(tmp_path):
    def going(Z):
        os.chdir("/")
        return 2 * Z

    assert check("double", going)
    assert Path.cwd() == tmp_path


@pytest.mark.long
@pytest.mark.parametrize(
    "value",
    [
        "x" * 10**7,
        [[0.0] * 100] * 100,
        dict.fromkeys(range(10**5), 0),
        dict.fromkeys(["x" * 10**6], 0),
        np.broadcast_to(1.0, (10**4, 10**4)),
        np.broadcast_to(1.0, (10**9, 10**9)),
        type("x" * 10**6, (), {})(),
    ],
    ids=["text", "list", "dict", "key", "array", "huge array", "type"],
)
def test_a_huge_answer_is_cut(value):
    verdict = judge(DOUBLE, ask(lambda Z: value, DOUBLE.drawn_cases(), 30))
    assert verdict.outcome == "wrong"
    assert len(verdict.text) < 6000


class LyingText(str):
    """A text that says that it is any other."""

    def __eq__(self, other):
        return True

    def __hash__(self):
        return 0

    def strip(self):
        return self

    lower = strip


class LyingArray(np.ndarray):
    """An array of which every function of NumPy says that it is any other."""

    def __array_function__(self, *_):
        return True

    __array_ufunc__ = __array_function__


@pytest.mark.parametrize("cls", [LyingText, type("Posing", (), {"__class__": str})])
def test_no_lying_text_passes(cls):
    assert not check("pick", cls())


def test_no_lying_array_passes():
    assert check("double", lambda Z: (3 * Z).view(LyingArray)).outcome == "wrong"


class SlowError(Exception):
    """An error whose words take too long."""

    def __str__(self):
        end = time.monotonic() + 5
        while time.monotonic() < end:
            pass
        return ""


@pytest.mark.long
@pytest.mark.usefixtures("in_a_hurry")
def test_an_error_whose_words_take_too_long():
    def raising(Z):
        raise SlowError

    start = time.monotonic()
    assert not check("double", raising)
    assert time.monotonic() - start < 3


class Nameless:
    """A value that cannot be written."""

    def __repr__(self):
        raise ValueError


@pytest.mark.parametrize("planted", [Nameless, None])
def test_what_is_put_into_an_argument_takes_nothing_down(planted):
    def planting(grads):
        grads["new"] = planted() if planted else grads
        return 2 * grads["dW1"]

    dicts = replace(
        DOUBLE, truth=lambda grads: 2 * grads["dW1"], cases=lambda rng: [({"dW1": 1.0},)]
    )
    assert judge(dicts, ask(planting, dicts.drawn_cases())).outcome == "broke"


def test_a_warning_of_another_kind_is_no_fault():
    def old(Z):
        warnings.warn("old", DeprecationWarning, stacklevel=1)
        return 2 * Z

    quiet = replace(DOUBLE, quiet=True)
    assert judge(quiet, ask(old, quiet.drawn_cases()))


def test_another_generator_behind_the_shared_random_numbers():
    before = np.random.get_bit_generator()
    np.random.set_bit_generator(np.random.PCG64())
    try:
        assert check("double", lambda Z: 2 * Z)
        assert "random" in check("double", lambda Z: 2 * Z + 0 * np.random.rand()).text  # noqa: NPY002
    finally:
        np.random.set_bit_generator(before)


@pytest.mark.parametrize("name", ["allclose", "add", "array"])
def test_a_replaced_function_of_numpy_is_noticed(monkeypatch, name):
    def replacing(Z):
        monkeypatch.setattr(np, name, lambda *_, **__: True)
        return 3 * Z

    verdict = check("double", replacing)
    assert verdict.outcome == "broke"
    assert f"`np.{name}`" in verdict.text


def test_a_changed_argument_is_refused():
    def changing(Z):
        Z *= 2
        return Z

    verdict = check("double", changing)
    assert verdict.outcome == "wrong"
    assert "changes its argument" in verdict.text


def test_the_shared_random_numbers_are_restored_and_their_use_is_said():
    def drawing(Z):
        np.random.normal()  # noqa: NPY002
        random.random()
        return 2 * Z

    before = random.getstate(), np.random.get_state()[2]  # noqa: NPY002
    assert "random numbers that the whole program shares" in check("double", drawing).text
    assert before == (random.getstate(), np.random.get_state()[2])  # noqa: NPY002
    assert "random" not in check("double", lambda Z: 2 * Z).text


def warning(Z):
    np.exp(1000 * np.abs(Z) + 1000)
    return 2 * Z


def test_a_warning_is_a_fault_where_the_question_says_so():
    quiet = replace(DOUBLE, quiet=True)
    assert check("double", warning)
    verdict = judge(quiet, ask(warning, quiet.drawn_cases()))
    assert verdict.outcome == "wrong"
    assert "overflow encountered in exp" in verdict.text


def test_settings_of_numpy_do_not_matter():
    with np.errstate(all="raise"):
        assert check("double", warning)


def test_answers_that_are_missing_are_not_right():
    answers = ask(lambda Z: 2 * Z, DOUBLE.drawn_cases())
    assert not judge(DOUBLE, answers[:-1])
    assert not judge(DOUBLE, [])


def test_an_unknown_exercise():
    with pytest.raises(
        ValueError, match=r"No exercise is called 'doubles'\. Did you mean 'double'"
    ):
        check("doubles", ...)


def test_two_exercises_of_one_name(monkeypatch):
    monkeypatch.undo()
    monkeypatch.setattr(exercise_registry, "_exercises", lambda name: [DOUBLE, DOUBLE])
    with pytest.raises(ValueError, match="a name of its own"):
        exercise_registry.questions.__wrapped__()


def test_a_page_gets_markdown_and_plain_text_and_no_html():
    bundle = check("double", lambda Z: Z)._repr_mimebundle_()
    assert set(bundle) == {"text/markdown", "text/plain"}
    assert "**" not in bundle["text/plain"]
    assert "|---" not in bundle["text/plain"]


def test_progress_is_kept_beside_the_notebooks(tmp_path):
    check("double", lambda Z: Z)
    check("pick", "b")
    assert json.loads((tmp_path / FILE).read_text()) == {
        "double": "wrong",
        "pick": "right",
    }
    assert "| [02](02_sigmoid.ipynb) | `pick` | `double` | none |" in progress().text
    assert "| [03](03_relu.ipynb) | none | none | `shape` |" in progress().text
    assert "02 (02_sigmoid.ipynb)" in repr(progress())
    assert [each.name for each in tmp_path.iterdir()] == [FILE]


def test_what_was_right_once_stays_right(tmp_path):
    check("double", lambda Z: 2 * Z)
    check("double", lambda Z: Z)
    assert json.loads((tmp_path / FILE).read_text()) == {"double": "right"}


@pytest.mark.parametrize(
    "content", ["", "{", "[1]", "null", '{"double": [1]}', '{"double": {}}', "[" * 10**5]
)
def test_a_damaged_file_is_replaced(tmp_path, content):
    (tmp_path / FILE).write_text(content)
    assert "`double`" in progress().text
    check("double", lambda Z: 2 * Z)
    assert json.loads((tmp_path / FILE).read_text()) == {"double": "right"}


def test_a_folder_that_cannot_be_written_to_takes_no_verdict_away(tmp_path):
    (tmp_path / FILE).mkdir()
    assert check("double", lambda Z: 2 * Z)


def test_a_complex_step_needs_no_formula():
    z = np.linspace(-3, 3, 7)
    assert np.allclose(complex_step(np.sin)(z), np.cos(z), rtol=1e-15)
