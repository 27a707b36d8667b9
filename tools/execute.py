"""Execute lessons from top to bottom, and store them as they are delivered: `python -m tools.execute FILE ...`."""

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from dnn_lessons.classroom.explorers.explorer import VIEW


def execute(path):
    """Write the lesson anew, without timings, and without what a page without a kernel cannot show."""
    lesson = nbformat.read(path, 4)
    settings = {
        "record_timing": False,
        "store_widget_state": False,
        "coalesce_streams": True,
    }
    NotebookClient(
        lesson, resources={"metadata": {"path": Path(path).parent}}, **settings
    ).execute()
    for cell in lesson.cells:
        if cell.cell_type == "code":
            cell.outputs = [
                output for output in cell.outputs if VIEW not in output.get("data", {})
            ]
    nbformat.write(lesson, path)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        execute(name)
