"""A reader who goes back finds each cell working: all of them again, backwards, the code of answers included."""

import re

import nbformat
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from tools.lessons import FOLDED, NOTEBOOKS

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
    lesson = nbformat.read(path, 4)
    lesson.cells += folded_code(lesson)
    assert failures_going_back(lesson, path.parent) == {}


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
    """Run a lesson, then its cells in reverse order; the message of each that fails then, by its id."""
    code = [each for each in enumerate(lesson.cells) if each[1].cell_type == "code"]
    client = NotebookClient(lesson, resources={"metadata": {"path": folder}})
    with client.setup_kernel():
        for index, cell in code:
            client.execute_cell(cell, index)
        again = {cell.id: failure(client, cell, index) for index, cell in code[::-1]}
    return {name: message for name, message in again.items() if message}


def failure(client, cell, index):
    """What a cell says when it fails, or nothing."""
    try:
        client.execute_cell(cell, index)
    except CellExecutionError as error:
        return f"{error.ename}: {error.evalue}"
    return ""
