"""What goes into the sandbox and comes back is data, and nothing that can run."""

import json
import pickle

import numpy as np
import pytest

from dnn_lessons.classroom.exercises.asking import Answer, ask
from dnn_lessons.classroom.exercises.judging import judge
from dnn_lessons.classroom.exercises.registry import questions
from dnn_lessons.classroom.exercises.values import Odd, fingerprint
from grading.transport import packed, packed_answer, unpacked, unpacked_answer

VALUES = [
    np.array([[1.5, -0.0, np.nan, np.inf]]),
    np.arange(6, dtype=np.float32).reshape(2, 3),
    np.array(True),
    np.zeros((0, 3)),
    np.float32(0.1),
    3,
    0.1,
    None,
    "text",
    [1, (2.5, "b")],
    {"W1": np.eye(2), 3: [np.int64(4)]},
    Odd("function"),
]


def through_json(message):
    return json.loads(json.dumps(message))


@pytest.mark.parametrize("value", VALUES, ids=str)
def test_a_value_comes_back_as_it_was(value):
    back = unpacked(through_json(packed(value)))
    assert fingerprint(back) == fingerprint(value)


@pytest.mark.parametrize("question", questions().values(), ids=lambda each: each.name)
def test_the_cases_of_every_exercise_come_back(question):
    cases = question.drawn_cases()
    assert fingerprint(unpacked(through_json(packed(cases)))) == fingerprint(cases)


@pytest.mark.parametrize("question", questions().values(), ids=lambda each: each.name)
def test_the_verdict_is_the_same_afterwards(question):
    for row in question.misunderstandings.values():
        answers = ask(row.wrong, question.drawn_cases())
        back = [unpacked_answer(through_json(packed_answer(each))) for each in answers]
        assert judge(question, back) == judge(question, answers)


@pytest.mark.parametrize(
    "message",
    [
        None,
        3,
        [],
        ["array"],
        ["array", "|O", [1], "AAAAAAAAAAA="],
        ["array", "<f8", [2], "AAAAAAAAAAA="],
        ["array", "<f8", [-1], "AAAAAAAAAAA="],
        ["array", "<f8", [10**12], ""],
        ["array", "<f8", "11", "AAAAAAAAAAA="],
        ["array", "M8[s]", [1], "AAAAAAAAAAA="],
        ["plain", [1]],
        ["plain", {"a": 1}],
        ["pickle", pickle.dumps(print).hex()],
        ["dict", [[1, 2, 3]]],
        ["tuple", 5],
        {"odd": "x"},
    ],
    ids=str,
)
def test_what_is_not_ours_is_refused(message):
    with pytest.raises(ValueError, match="not a packed value"):
        unpacked(message)


@pytest.mark.parametrize(
    "message", [None, [], "x", {}, {"trouble": "fine", "value": ["plain", 1]}]
)
def test_what_is_no_answer_is_refused(message):
    with pytest.raises(ValueError, match="not"):
        unpacked_answer(message)


def test_texts_are_cut_and_marks_are_marks():
    message = packed_answer(Answer(value=np.array(1.0))) | {
        "note": "x" * 10**6,
        "changed": "yes",
    }
    answer = unpacked_answer(message)
    assert len(answer.note) == 1000
    assert answer.changed is False


def test_an_array_far_too_large_is_known_by_its_type():
    assert packed_answer(Answer(value=(np.zeros(10**6),)))["value"][0] == "odd"
