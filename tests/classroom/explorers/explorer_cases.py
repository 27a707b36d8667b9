"""What the tests of explorers share: how each is called, how it is made, and how its picture is read."""

import re

import numpy as np
import pytest

from dnn_lessons.classroom import explorers
from dnn_lessons.classroom.explorers import Explorer, slider
from dnn_lessons.classroom.explorers.picture import Axis, Line, Panel, Picture

CALLS = [f"{name}()" for name in explorers.__all__ if name.endswith("_explorer")]
TRAINING = "decision", "initialisation", "regression", "taste", "training"
CASES = [
    pytest.param(call, marks=[pytest.mark.long] * call.startswith(TRAINING))
    for call in CALLS
]
every_explorer = pytest.mark.parametrize("call", CASES)


def build(code):
    """The explorer that a line of code makes, as a lesson's cell makes it."""
    return eval(code, vars(explorers).copy())


def plain(values=range(10), start=3, compute=lambda n: n, **more):
    """An explorer of one number, which is its own State; `drawn_with` is what `draw` was given."""
    given = {}

    def draw(n, **extra):
        given.update(extra)
        return Picture(
            [Panel("", Axis("x", 0, 1), Axis("y", 0, 9), [Line([0, 1], [0, n], "data")])]
        )

    def say(n):
        return f"n is {n}"

    controls = [slider("n", "n", values, start), *more.pop("controls", [])]
    made = Explorer(plain, "plain", controls, compute, draw, say, **more)
    made.drawn_with = given
    return made


def move(explorer, *indices, command="move"):
    """What the page does."""
    moved = {"indices": list(indices)} if indices else {}
    number = explorer.request[1] + 1
    explorer.set_state({**moved, "request": [command, number]})


def wander(explorer, rng, moves=8):
    """Set all controls at random, and stop at each picture."""
    for _ in range(moves):
        explorer.set(
            **{
                control.name: control.values[rng.integers(len(control.values))]
                for control in explorer.controls
            }
        )
        yield


def marks_of(explorer, kind):
    """The marks of a kind in all panels of the picture."""
    return [
        mark
        for panel in explorer.drawn.panels
        for mark in panel.marks
        if isinstance(mark, kind)
    ]


def line(explorer, label):
    """The points (2, n) of the line that the legend calls so."""
    (found,) = (mark for mark in marks_of(explorer, Line) if mark.label == label)
    return np.array([found.x, found.y], dtype=np.float64)


def noted(text):
    """{name: array} of a note, whose shapes are those that it names."""
    found = {}
    for each in text.split("\n"):
        name, shape, values = re.fullmatch(
            r"(\w+)(?:, shape (\(.*?\)))? = (.*)", each
        ).groups()
        found[name] = np.array(eval(values))
        assert found[name].shape == eval(shape or "()")
    return found
