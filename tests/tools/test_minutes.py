"""What a lesson promises is what it takes, by the rule of docs/design.md, within a fifth."""

import json
import re

import pytest

from tools import minutes as tool
from tools.lessons import NOTEBOOKS, headings, prose
from tools.minutes import hours, minutes, promised


def honest(takes, promises):
    """Whether two numbers of minutes differ by at most a fifth of what is promised."""
    return abs(takes - promises) <= promises / 5


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_minutes_are_honest(path):
    takes, promises = minutes(path), promised(path)
    print(tool.LINE(path.stem, *takes, *promises))  # noqa: T201
    advice = "give `uv run python -m tools.minutes --write`"
    assert all(map(honest, takes, promises)), f"{path.stem} takes {takes}: {advice}"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_sections_of_a_lesson_take_what_the_lesson_takes(path):
    found = tool.section_minutes(path)
    assert list(found)[1:] == [name for level, name in headings(path) if level == 2]
    together = tuple(map(sum, zip(*found.values(), strict=True)))
    assert together == pytest.approx(minutes(path))


def test_a_third_of_the_truth_is_refused():
    assert not honest(51, 25)
    assert not honest(30, 60)


def test_the_map_repeats_what_the_lessons_promise():
    for path in NOTEBOOKS[1:]:
        assert f"]({path.name}) | {{}} | {{}} |".format(*promised(path)) in (
            prose(NOTEBOOKS[0])
        )


@pytest.mark.parametrize("text", [prose(NOTEBOOKS[0]), tool.README.read_text("utf-8")])
def test_lesson_00_and_readme_promise_honest_hours(text):
    said = re.search(r"about (\d+) hours to read, (\d+) with the", " ".join(text.split()))
    together = map(sum, zip(*map(minutes, NOTEBOOKS), strict=True))
    for takes, promises in zip(together, said.groups(), strict=True):
        assert honest(takes / 60, int(promises)), hours()


def lesson(*cells):
    """A notebook of Markdown and code cells, as JSON says it."""
    return json.dumps(
        {
            "cells": [
                {"cell_type": kind, "source": source, "outputs": outputs}
                for kind, source, *outputs in cells
            ]
        }
    )


def test_everything_that_takes_time_is_counted(tmp_path):
    path = tmp_path / "16_counted.ipynb"
    shown = {"data": {"text/markdown": "```python\ndef f(x):\n    return x\n```"}}
    path.write_text(
        lesson(
            ("markdown", "# Title\n\n" + "word " * 169 + "\n\n$$x = y \\tag{16.1}$$"),
            ("markdown", "**Predict, then run.** What is it?\n\n## Bug hunt: a name"),
            ("code", "x = 1\n\nsource(f)", shown),
            ("code", "rate_explorer()"),
            (
                "markdown",
                "**1.** Why?\n\n**Exercise 1.** Not here.\n\n<details>nor</details>",
            ),
            ("code", "y = ..."),
            ("code", 'check("y", y)'),
            ("markdown", "<details>not counted either</details>"),
        )
    )
    counted = {
        what: count(path)
        for rule in (tool.READING, tool.EXERCISES)
        for what, (_, count) in rule.items()
    }
    assert counted["words"] == 1 + 169 + 6 + 4 + 1
    assert {what: counted[what] for what in list(counted)[1:]} == {
        "equations": 1,
        "lines of code": 2 + 2 + 1 + 2,
        "predictions": 1,
        "explorers": 1,
        "exercises": 1,
        "questions": 1,
        "bug hunts": 1,
    }
    reading = counted["words"] / 170 + 0.5 + 7 / 12 + 1 + 3
    assert minutes(path) == pytest.approx((reading, reading + 3 + 3 + 4))
