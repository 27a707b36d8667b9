"""A notebook with all explorers, which the tests bring to JupyterLab beside the lessons."""

import json

from dnn_lessons.classroom import explorers

CALLS = [f"{name}()" for name in explorers.__all__ if name.endswith("_explorer")]
EVERY = "every_explorer.ipynb"


def write_notebook(path, *sources):
    """A notebook with the explorers' functions and a cell for each source."""
    first = "from dnn_lessons.classroom.explorers import *"
    cells = [
        {
            "cell_type": "code",
            "id": f"cell{index}",
            "metadata": {},
            "outputs": [],
            "execution_count": None,
            "source": source,
        }
        for index, source in enumerate([first, *sources])
    ]
    kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)"}
    metadata = {"kernelspec": {**kernel, "language": "python"}}
    notebook = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(notebook))
