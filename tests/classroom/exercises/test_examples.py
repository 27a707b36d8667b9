"""The examples in the tasks of the exercises: each call in code returns what stands behind it."""

import re

import numpy as np
import pytest
from test_every_exercise import SHOWN, answer

from dnn_lessons.classroom.exercises.registry import questions
from dnn_lessons.classroom.exercises.values import agrees, plain

EXAMPLE = re.compile(r"`((\w+)\([^`]*\))`\s+returns\s+`([^`]*)`")
EXAMPLES = [
    (name, call, returned)
    for shown in SHOWN.values()
    for call, name, returned in EXAMPLE.findall(shown.task)
    if name == shown.name
]


def value(name, text):
    """What an expression of a task is, where the solution of its exercise answers."""
    solution = answer(questions()[name], SHOWN[name].code)
    return plain(eval(text, {name: solution, "np": np, "array": np.array}))


def shows(name, call, returned):
    """Whether the solution returns what an example says."""
    return agrees(value(name, call), value(name, returned), 1e-3, 0)


@pytest.mark.parametrize(
    ("name", "call", "returned"), EXAMPLES, ids=[name for name, _, _ in EXAMPLES]
)
def test_the_example_of_a_task_is_what_its_solution_returns(name, call, returned):
    assert shows(name, call, returned)


def test_a_wrong_example_is_noticed():
    name, call, returned = EXAMPLES[0]
    assert not shows(name, call, f"{returned} + 1")
