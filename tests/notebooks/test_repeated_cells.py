"""A reader who runs a cell again, or a whole lesson, sees what was seen before, but for a few cells that are named."""

import nbformat
import pytest
from amounts import FULL, report
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from tools.lessons import NOTEBOOKS

SAMPLE = ("03",)  # lessons; all of them with FULL=1
WIDGET = "application/vnd.jupyter.widget-view+json"  # its text holds an address
# Cells that show something else where they, or a cell before them, run twice, and why.
TRAINED_ON = "a second call of train goes on from the first"
DRAWN_ANEW = "the generator of the lesson draws further numbers"
OTHERS = {
    "03-34": TRAINED_ON,
    "09-40": DRAWN_ANEW,
    "09-43b": DRAWN_ANEW,
    "14-14": TRAINED_ON,
    "14-30": TRAINED_ON,
}


@pytest.mark.slow
@pytest.mark.parametrize(
    "path",
    [path for path in NOTEBOOKS if FULL or path.stem.startswith(SAMPLE)],
    ids=lambda path: path.stem,
)
def test_a_cell_that_runs_again_shows_the_same(path):
    repeated, again = outcomes(nbformat.read(path, 4), path.parent)
    report(
        f"{path.stem}: {len(again)} cells run again in turn, {len(again)} in a second run"
    )
    expected = [name for name in OTHERS if name.startswith(path.stem[:2])]
    assert sorted(repeated) == expected
    assert [name for name, shows_the_same in again.items() if not shows_the_same] == []


def test_a_cell_that_counts_on_is_noticed(tmp_path):
    """The planted fault: each run of the second cell shows another number."""
    lesson = nbformat.v4.new_notebook()
    lesson.cells = [
        nbformat.v4.new_code_cell(source, id=name)
        for name, source in {"start": "n = 0", "count": "n += 1\nprint(n)"}.items()
    ]
    repeated, again = outcomes(lesson, tmp_path)
    assert repeated == {"count"}
    assert again == {"start": True, "count": True}


def outcomes(lesson, folder):
    """Run each cell twice, and then all of them again.

    Returns the ids of the cells whose second run shows something else, also than what is stored,
    and for each cell whether the second run of all shows the same as a first run.
    """
    code = [each for each in enumerate(lesson.cells) if each[1].cell_type == "code"]
    client = NotebookClient(lesson, resources={"metadata": {"path": folder}})
    stored, repeated = {cell.id: shown(cell) for _, cell in code}, set()
    with client.setup_kernel():
        for index, cell in code:
            first, second = (ran(client, cell, index) for _ in range(2))
            expected = stored[cell.id] or first
            if [first, second] != [expected] * 2:
                repeated.add(cell.id)
            stored[cell.id] = expected
        again = {cell.id: ran(client, cell, i) == stored[cell.id] for i, cell in code}
    return repeated, again


def ran(client, cell, index):
    """What a cell shows when it runs."""
    try:
        client.execute_cell(cell, index)
    except CellExecutionError as error:
        return f"{error.ename}: {error.evalue}"
    return shown(cell)


def shown(cell):
    """The texts among the outputs of a cell, but for a widget's."""
    return "".join(
        output.get("text", "") + output.get("data", {}).get("text/plain", "")
        for output in cell.outputs
        if WIDGET not in output.get("data", {})
    )
