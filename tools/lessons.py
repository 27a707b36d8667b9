"""The lessons as data: what the tests of the notebooks read."""

import json
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))
CODE_FENCE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
DISPLAYED = re.compile(r"\$\$(.+?)\$\$", re.DOTALL)
INLINE = re.compile(r"(?<![\\$])\$(?!\$)(.+?)(?<![\\$])\$(?!\$)", re.DOTALL)


@cache
def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


def text(cell):
    return "".join(cell["source"])


def cells(path, kind):
    return [cell for cell in load(path)["cells"] if cell["cell_type"] == kind]


def code(path):
    return [text(cell) for cell in cells(path, "code")]


def prose(path):
    """The Markdown of a lesson, code taken out."""
    return CODE_FENCE.sub("", "\n\n".join(text(cell) for cell in cells(path, "markdown")))


def displayed(path):
    """The displayed equations, in order."""
    return [match.strip() for match in DISPLAYED.findall(prose(path))]


def formulas(path):
    """Every piece of mathematics in a lesson, displayed or inline."""
    rest = DISPLAYED.sub(" ", prose(path))
    return displayed(path) + INLINE.findall(rest)


def outputs(path):
    return [output for cell in cells(path, "code") for output in cell["outputs"]]


def headings(path):
    """[(level, title)] in order."""
    found = re.findall(r"^(#+) (.*)$", prose_with_code_spans(path), flags=re.M)
    return [(len(marks), title.strip()) for marks, title in found]


def prose_with_code_spans(path):
    return re.sub(
        r"```.*?```",
        "",
        "\n\n".join(text(cell) for cell in cells(path, "markdown")),
        flags=re.DOTALL,
    )


def anchor(title):
    """The fragment under which JupyterLab and GitHub's notebook page both know a heading."""
    return title.replace(" ", "-")


def words(path):
    """The number of words that a reader reads: prose without mathematics, tables' rules and link targets."""
    plain = DISPLAYED.sub(" ", prose(path))
    plain = re.sub(
        r"\]\([^)]*\)|<[^>]*>|^#+ |\|", " ", INLINE.sub(" x ", plain), flags=re.M
    )
    return len(re.findall(r"[A-Za-z][\w'-]*", plain))
