"""Notebooks that the tests bring to JupyterLab beside the lessons."""

import json

from dnn_lessons.classroom import explorers

CALLS = [f"{name}()" for name in explorers.__all__ if name.endswith("_explorer")]
# With all explorers, with two, and with one beside the same training without it.
EVERY, TWO, RACE = "every_explorer.ipynb", "two_explorers.ipynb", "race.ipynb"
LONG = 3000  # epochs
ALONE = f"""from itertools import takewhile
from time import perf_counter
start_values = training_explorer(num_epochs=10).values
views = "log", "num_epochs"
values = {{name: start_values[name] for name in start_values if name not in views}}
epochs = training_explorer().compute(num_epochs={LONG}, **values).rounds
start = perf_counter()
count = sum(1 for _ in takewhile(lambda _: perf_counter() < start + 3, epochs))
print(count / (perf_counter() - start))"""


def single(call):
    """The notebook with one explorer."""
    return f"only_{call.removesuffix('()')}.ipynb"


SOURCES = {
    EVERY: CALLS,
    TWO: ["relu_explorer()", "training_explorer()"],
    RACE: [f"training_explorer(num_epochs={LONG})", ALONE],
    **{single(call): [call] for call in CALLS},
}


def write_notebooks(folder):
    """Write them all."""
    for name, sources in SOURCES.items():
        (folder / name).write_text(json.dumps(notebook(sources)))


def notebook(sources):
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
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
