"""The kernel in which nbval runs the lessons takes a warning of a cell for an error, and no other warning."""

import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat.v4 import new_code_cell, new_notebook

from tools.lessons import ROOT

WARN_BETWEEN_CELLS = """
import warnings

def warn(*_):
    try:
        warnings.warn("the kernel's own business")
    except UserWarning:
        met.append("an error")
    else:
        met.append("a warning")

met = []
get_ipython().events.register("post_run_cell", warn)
"""


@pytest.fixture
def run(monkeypatch):
    """A function that runs cells in a kernel with the profile of the tests."""
    profile = ROOT / "tests" / "notebooks" / "kernel"
    monkeypatch.setenv("IPYTHONDIR", str(profile))

    def execute(*cells):
        notebook = new_notebook(cells=[new_code_cell(source) for source in cells])
        return NotebookClient(notebook, kernel_name="python3").execute()

    return execute


def test_a_cell_that_warns_fails(run):
    with pytest.raises(CellExecutionError, match=r"(?s)UserWarning.*look out"):
        run("import warnings", "warnings.warn('look out')")


def test_between_cells_a_warning_is_none_of_a_lesson(run):
    run(WARN_BETWEEN_CELLS, "assert met == ['a warning']")


def test_without_the_profile_a_cell_may_warn(run, monkeypatch, tmp_path):
    """So it is the profile that makes the error."""
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    run("import warnings; warnings.warn('look out')")
