"""A lesson in memory, which may have a planted fault, and the table of what is checked in each."""

import copy
import json
import re

from tools.lessons import load, text

CHECKS = {}  # {name: a function of a lesson, which returns a complaint for each fault}
CAPTION = re.compile(r"\*.+\*", re.DOTALL)


def check(function):
    """Enter a function of a lesson in the table of checks."""
    CHECKS[function.__name__] = function
    return function


class Lesson:
    """A notebook that may be changed, and that the functions of tools/lessons.py read as a file.

    `load` keeps what it read, so a fault is planted before the first check.
    """

    suffix = ".ipynb"

    def __init__(self, path):
        self.path, self.name, self.stem = path, path.name, path.stem
        self.parent, self.number = path.parent, path.name[:2]
        self.notebook = copy.deepcopy(load(path))
        stored = load(path)["cells"]
        self.drawn = {cell["id"]: drawn_by(cell) for cell in stored if "outputs" in cell}

    def read_text(self, encoding):
        """Return the notebook as the text of a file."""
        return json.dumps(self.notebook, ensure_ascii=False)

    @property
    def cells(self):
        """All cells."""
        return self.notebook["cells"]

    @property
    def code(self):
        """The code cells."""
        return [cell for cell in self.cells if cell["cell_type"] == "code"]

    @property
    def markdown(self):
        """The Markdown cells."""
        return [cell for cell in self.cells if cell["cell_type"] == "markdown"]

    def cell(self, name):
        """Return the cell with an id."""
        return next(each for each in self.cells if each["id"] == name)


def drawn_by(cell):
    """Return the outputs of a cell that are pictures."""
    return [each for each in cell["outputs"] if "image/png" in each.get("data", {})]


def shown_text(output):
    """Return all that an output says in letters."""
    data = output.get("data", {})
    texts = [output.get("text", ""), *output.get("traceback", [])]
    texts += [value for kind, value in data.items() if kind.startswith("text/")]
    return "\n".join("".join(each) for each in texts)


def alt_of(output):
    """Return the alternative text of a picture."""
    return output.get("metadata", {}).get("image/png", {}).get("alt", "")


def whole(value):
    """Return a text of a notebook, which may be stored as a list of lines."""
    return "".join(value)


def named(cell, complaint):
    """Return a complaint with the cell that it is about."""
    return f"cell {cell['id']}: {complaint}"


def all_text(lesson):
    """Return (cell, its text) of each cell."""
    return [(cell, text(cell)) for cell in lesson.cells]
