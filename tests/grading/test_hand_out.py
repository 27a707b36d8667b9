"""What is handed out holds no solution, and runs."""

import ast
import json
import re

import nbformat
import pytest
from nbclient import NotebookClient

from dnn_lessons.classroom.exercises.registry import questions
from grading.hand_out import hand_out
from tools.lessons import NOTEBOOKS, exercises

LESSONS = sorted({question.lesson[:2] for question in questions().values()})
FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.DOTALL | re.MULTILINE)


def programs(path):
    """The syntax trees of all code in a notebook, its Markdown too."""
    for cell in nbformat.read(path, 4).cells:
        blocks = FENCE.findall(cell.source)
        found = [text for language, text in blocks if language in ("", "python")]
        for each in [cell.source] if cell.cell_type == "code" else found:
            yield ast.parse(each)


def bindings(tree):
    """{name: what is bound to it, as a syntax tree without docstring}."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            body = node.body[ast.get_docstring(node) is not None :]
            yield node.name, ast.dump(ast.Module(body, []))
        elif isinstance(node, ast.Assign):
            yield from (
                (each.id, ast.dump(node.value))
                for each in node.targets
                if isinstance(each, ast.Name)
            )


def solutions_in(path):
    """The exercises whose solution a notebook holds, whatever its layout; of values, under their names."""
    known = {
        each.name: dict(bindings(ast.parse(each.code)))[each.name]
        for lesson in NOTEBOOKS
        for each in exercises(lesson)
    }
    found = [pair for tree in programs(path) for pair in bindings(tree)]
    functions = [tree for _, tree in found if tree.startswith("Module")]
    return sorted(
        name for name, tree in known.items() if tree in functions or (name, tree) in found
    )


@pytest.fixture(scope="module")
def handed_out(tmp_path_factory):
    folder = tmp_path_factory.mktemp("week2") / "new"
    return hand_out(folder, LESSONS)


def test_lessons_and_the_pages_that_they_link_to(handed_out):
    names = {path.name for path in handed_out}
    assert names == {
        NOTEBOOKS[0].name,
        *(question.lesson for question in questions().values()),
        "equations.md",
        "notation.md",
    }


@pytest.mark.parametrize("numbers", [["03"], ["14", "07"]])
def test_every_link_to_a_lesson_leads_to_one_that_was_handed_out(tmp_path, numbers):
    written = hand_out(tmp_path, numbers)
    texts = [path.read_text("utf-8") for path in written]
    linked = re.findall(r"\]\(([\w.]+\.(?:ipynb|md))", "".join(texts))
    assert set(linked) == {path.name for path in written}


def test_the_words_of_a_link_that_would_be_dead_stay(tmp_path):
    text = hand_out(tmp_path, ["03"])[0].read_text("utf-8")
    assert "**Next:** 04 Leave a way back: the leaky ReLU gives" in text
    assert "[Choose the kernel](00_start_here.ipynb#Check-the-installation)" in text


@pytest.mark.long
@pytest.mark.parametrize("number", LESSONS)
def test_no_solution_is_handed_out(handed_out, number):
    """The lesson itself holds all of them, so this test sees them."""
    path = next(each for each in handed_out if each.name.startswith(number))
    names = [each.name for each in questions().values() if each.lesson == path.name]
    lesson = next(each for each in NOTEBOOKS if each.name == path.name)
    assert solutions_in(lesson) == sorted(names)
    assert solutions_in(path) == []
    assert "Solution</summary>" not in path.read_text("utf-8")


@pytest.mark.parametrize("number", LESSONS)
def test_everything_else_is_there_without_outputs(handed_out, number):
    path = next(each for each in handed_out if each.name.startswith(number))
    lesson = next(each for each in NOTEBOOKS if each.name == path.name)
    before, after = nbformat.read(lesson, 4).cells, nbformat.read(path, 4).cells
    assert len(before) - len(after) == len(exercises(lesson))
    code = [
        [each.source for each in cells if each.cell_type == "code"]
        for cells in (before, after)
    ]
    assert code[0] == code[1]
    assert not any(each.get("outputs") for each in after)


@pytest.mark.slow
@pytest.mark.parametrize("number", LESSONS[:1])
def test_it_runs(handed_out, number):
    path = next(each for each in handed_out if each.name.startswith(number))
    NotebookClient(
        nbformat.read(path, 4), resources={"metadata": {"path": path.parent}}
    ).execute()


def test_the_metadata_of_nbgrader(tmp_path):
    path, *_ = hand_out(tmp_path, ["02"], nbgrader=True)
    marked = {
        cell.metadata.nbgrader.grade_id: cell
        for cell in nbformat.read(path, 4).cells
        if "nbgrader" in cell.metadata
    }
    assert len(marked) == 2 * len(
        [each for each in questions().values() if each.lesson == path.name]
    )
    stub, check = marked["swish_slope"], marked["swish_slope-check"]
    assert stub.metadata.nbgrader == {
        "schema_version": 3, "grade_id": "swish_slope", "task": False,
        "grade": False, "solution": True, "locked": False,
    }  # fmt: skip
    assert check.metadata.nbgrader == {
        "schema_version": 3, "grade_id": "swish_slope-check", "task": False,
        "grade": True, "solution": False, "locked": True, "points": 2,
    }  # fmt: skip
    assert check.source.endswith(
        'verdict = check("swish_slope", swish_slope)\ndisplay(verdict)\nassert verdict'
    )


def test_nothing_is_overwritten(tmp_path):
    hand_out(tmp_path, ["02"])
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(FileExistsError, match="nothing was written"):
        hand_out(tmp_path, ["02", "03"])
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_an_unknown_lesson(tmp_path):
    with pytest.raises(ValueError, match="no lesson '2'"):
        hand_out(tmp_path, ["2"])
    assert json.dumps([each.name for each in tmp_path.iterdir()]) == "[]"
