"""A reader who goes back finds each cell working: all of them again, backwards, the code of answers included.

On the way forwards each cell draws its pictures, which are compared with the stored ones.
"""

import re
from functools import cache

import nbformat
import pytest
from lesson_checks import Lesson, pictures
from lesson_checks.lesson import drawn_by
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from tools.lessons import FOLDED, NOTEBOOKS

# The way back looks for names that changed, so it draws no picture and runs no explorer to its end.
HURRY = """import dnn_lessons.classroom.explorers as _explorers
import dnn_lessons.classroom.figures.display as _display
_explorers.Explorer.patience, _display.png = 0, lambda *_: b''
"""
NOT_MENDED = set()  # a name still stands for two things there
UNMENDED = pytest.mark.xfail(reason="a name is used for two things", strict=True)


@pytest.mark.slow
@pytest.mark.parametrize(
    "path",
    [
        pytest.param(each, marks=[UNMENDED] if each.stem[:2] in NOT_MENDED else [])
        for each in NOTEBOOKS
    ],
    ids=lambda path: path.stem,
)
def test_every_cell_runs_again_after_the_lesson(path):
    assert gone_back(path)[1] == {}


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_stored_picture_is_what_its_cell_draws_now(path):
    """By pixels or by likeness: lesson_checks/pictures.py says when, and which differences are none."""
    lesson = Lesson(path)
    lesson.drawn = gone_back(path)[0]
    same = pictures.recorded() == pictures.versions()
    compare = pictures.pictures_are_drawn_now if same else pictures.pictures_are_alike
    assert list(compare(lesson)) == []


def test_a_picture_whose_code_changed_is_noticed(tmp_path):
    """The planted fault: code that draws a little more than the stored picture shows."""
    stored, drawn = (
        forwards_and_back(drawing(units), tmp_path)[0]["own"][0]["data"]["image/png"]
        for units in (2, 3)
    )
    assert not pictures.difference(stored, stored, same_versions=True)
    assert pictures.difference(stored, drawn, same_versions=True)
    assert pictures.difference(stored, drawn, same_versions=False)


def drawing(units):
    """A lesson of one cell, which draws a network."""
    code = "from dnn_lessons.classroom.figures import diagrams, show\n"
    code += f"show(diagrams.network_diagram((2, {units}, 1)), 'x')"
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code, id="own")])


def test_a_name_for_two_things_is_noticed(tmp_path):
    """The planted fault: the second cell leaves a text where the first needs a number."""
    cells = ["n = 3", "half = n / 2", "n = 'three'", "print(n)"]
    lesson = nbformat.v4.new_notebook()
    lesson.cells = [
        nbformat.v4.new_code_cell(each, id=f"cell-{number}")
        for number, each in enumerate(cells)
    ]
    assert list(failures_going_back(lesson, tmp_path)) == ["cell-1"]


def test_code_in_a_folded_answer_is_found():
    answer = "<details><summary>Answer</summary>\n\n```python\nx = 1\n```\n\n</details>"
    lesson = nbformat.v4.new_notebook()
    lesson.cells = [nbformat.v4.new_markdown_cell(answer, id="own")]
    assert [cell.source for cell in folded_code(lesson)] == ["x = 1\n"]


def folded_code(lesson):
    """The Python in the folded answers, as cells that a reader adds at the end."""
    answers = FOLDED.findall("\n".join(cell.source for cell in lesson.cells))
    blocks = re.findall(r"```python\n(.*?)```", "\n".join(answers), re.DOTALL)
    return [
        nbformat.v4.new_code_cell(block, id=f"folded-{number}")
        for number, block in enumerate(blocks)
    ]


def failures_going_back(lesson, folder):
    """The message of each cell that fails when a lesson is run backwards after it was run, by its id."""
    return forwards_and_back(lesson, folder)[1]


@cache
def gone_back(path):
    """The pictures that a lesson draws, and what fails when it is run backwards after that."""
    lesson = nbformat.read(path, 4)
    lesson.cells += folded_code(lesson)
    return forwards_and_back(lesson, path.parent)


def forwards_and_back(lesson, folder):
    """Run a lesson, then its cells in reverse order: the pictures of the first run, the failures of the second."""
    code = [each for each in enumerate(lesson.cells) if each[1].cell_type == "code"]
    client = NotebookClient(lesson, resources={"metadata": {"path": folder}})
    with client.setup_kernel():
        for index, cell in code:
            client.execute_cell(cell, index)
        drawn = {cell.id: drawn_by(cell) for _, cell in code}
        lesson.cells.append(nbformat.v4.new_code_cell(HURRY))
        client.execute_cell(lesson.cells[-1], len(lesson.cells) - 1)
        again = {cell.id: failure(client, cell, index) for index, cell in code[::-1]}
    return drawn, {name: message for name, message in again.items() if message}


def failure(client, cell, index):
    """What a cell says when it fails, or nothing."""
    try:
        client.execute_cell(cell, index)
    except CellExecutionError as error:
        return f"{error.ename}: {error.evalue}"
    return ""
