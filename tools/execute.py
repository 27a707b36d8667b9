"""Execute lessons and store them as they are delivered: `python -m tools.execute FILE ...`."""

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from dnn_lessons.classroom.explorers.page import VIEW

SETTINGS = {"record_timing": False, "store_widget_state": False, "coalesce_streams": True}


def execute(path):
    """Execute a lesson from top to bottom, and write it back with its outputs.

    No times are stored, and no state of widgets, which a page without a kernel cannot show.

    Parameters
    ----------
    path : str or Path
        The notebook file. Its cells run in the folder that it stands in.
    """
    lesson = nbformat.read(path, 4)
    folder = {"metadata": {"path": Path(path).parent}}
    NotebookClient(lesson, resources=folder, **SETTINGS).execute()
    _drop_widgets(lesson)
    nbformat.write(lesson, path)


def _drop_widgets(lesson):
    """Take the outputs that are widgets out of a lesson."""
    for cell in lesson.cells:
        if cell.cell_type == "code":
            outputs = cell.outputs
            cell.outputs = [each for each in outputs if VIEW not in each.get("data", {})]


if __name__ == "__main__":
    for name in sys.argv[1:]:
        execute(name)
