"""What goes into the sandbox and comes back is data, and nothing that can run."""

import json
import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dnn_lessons.classroom.exercises.asking import Answer, ask
from dnn_lessons.classroom.exercises.judging import judge
from dnn_lessons.classroom.exercises.registry import questions
from dnn_lessons.classroom.exercises.values import Odd, fingerprint
from grading.inside import _ask_new
from grading.transport import packed, packed_answer, unpacked, unpacked_answer

ATOMS = (
    st.none()
    | st.booleans()
    | st.integers(-3, 3)
    | st.floats()
    | st.sampled_from(["", "a", "b"])
)
ARRAYS = st.tuples(
    st.just("array"),
    st.sampled_from(["<f8", "|b1", "<c16"]),
    st.lists(st.integers(0, 2)),
    st.just(""),
)
FORGED = st.recursive(
    st.tuples(st.just("plain"), ATOMS) | st.tuples(st.just("odd"), ATOMS) | ARRAYS,
    lambda inner: (
        st.tuples(st.sampled_from(["list", "tuple"]), st.lists(inner, max_size=3))
        | st.tuples(
            st.just("dict"),
            st.lists(st.tuples(st.just("tuple"), st.tuples(inner, inner)), max_size=3),
        )
    ),
    max_leaves=6,
)
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


@pytest.mark.long
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


@pytest.mark.long
@given(FORGED, st.sampled_from(sorted(questions())))
def test_no_forged_answer_stops_the_judge(message, name):
    """What cannot be read is refused, and what can be read gets a verdict."""
    question = questions()[name]
    try:
        answer = unpacked_answer(through_json({"trouble": "", "value": message}))
    except ValueError:
        return
    verdict = judge(question, [answer] * len(question.drawn_cases()))
    assert isinstance(repr(verdict), str)


def test_an_answer_that_broke_is_asked_for_again_after_each_cell(tmp_path):
    """A function may call another one that a later cell defines."""
    names, seen, path = {}, {}, tmp_path / "answers.jsonl"
    cases = {"twice": (packed([(1.0,), (2.0,)]), 2.0)}
    for cell in ("def twice(z): return helper(z)", "def helper(z): return 2 * z", "1"):
        exec(cell, names)
        _ask_new(names, cases, seen, path)
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    troubles = [[each["trouble"] for each in given] for _, given in lines if given]
    assert troubles == [["broke"], ["", ""]]
