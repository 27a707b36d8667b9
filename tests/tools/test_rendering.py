"""Every formula, displayed or within a sentence, is rendered by the MathJax of JupyterLab without an error."""

import json
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tools import npm
from tools.book.mathjax import MATHJAX
from tools.lessons import DISPLAYED, INLINE, NOTEBOOKS, PAGES, ROOT, prose

SCRIPT = Path(__file__).with_name("render.cjs")
# The reader of LaTeX alone, which needs no page; the book has the rest, elsewhere.
READER = MATHJAX._replace(
    kept=ROOT / ".mathjax" / "reader",
    files=(
        "es5/node-main.js",
        "es5/core.js",
        "es5/loader.js",
        "es5/startup.js",
        "es5/input/",
    ),
    without="no formula would be rendered",
)
READ = [*NOTEBOOKS, *PAGES]
LICENCES = "share/jupyter/lab/static/third-party-licenses.json"


@pytest.fixture(scope="module")
def complaints():
    """A function that renders formulas; the tests are left out where Node.js or its packages are missing."""
    try:
        if not shutil.which("node"):
            raise SystemExit("Node.js is missing, so no formula was rendered")
        npm.require(READER)
    except SystemExit as missing:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(missing))
    return rendered


def rendered(formulas):
    """What MathJax complains of, for each (LaTeX, whether it is displayed)."""
    run = subprocess.run(
        ["node", str(SCRIPT), str(READER.kept)],
        input=json.dumps(formulas),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert run.returncode == 0, run.stderr[-300:]
    return json.loads(run.stdout)


@cache
def formulas_of(path):
    """(LaTeX, whether it is displayed) of each formula of a page, folded answers included."""
    text = prose(path)
    displayed = [(each, True) for each in DISPLAYED.findall(text)]
    rest = INLINE.findall(DISPLAYED.sub(" ", text))
    return displayed + [(each, False) for each in rest]


@pytest.mark.long
def test_every_formula_is_rendered(complaints):
    """Of lessons, notation, equations and guides: all at once, as Node.js starts slowly."""
    found = [(path.name, *each) for path in READ for each in formulas_of(path)]
    answers = complaints([each for _, *each in found])
    wrong = [
        (*each, answer) for each, answer in zip(found, answers, strict=True) if answer
    ]
    assert wrong == []
    print(f"{len(found)} formulas rendered")  # noqa: T201
    assert len(found) > 1000


FAULTS = {
    "two superscripts": r"dZ^{[l]} A^{[l-1]}^\top",
    "two subscripts": r"W_1_2",
    "left without right": r"\left( z + 1",
    "right without left": r"z + 1 \right)",
    "an unknown command": r"\sigmoid(z)",
    "a misspelt command": r"\fraq{1}{2}",
    "a brace that stays open": r"\frac{1}{1 + e^{-z}",
    "a brace too many": r"e^{-z}}",
    "half a fraction": r"\frac{1}",
    "nothing raised": r"z^",
    "cases that stay open": r"\begin{cases} 1 & 2",
    "an unknown environment": r"\begin{case} 1 \end{case}",
    "a mark of columns outside": r"a & b",
    "two numbers": r"z = 1 \tag{1.1} \tag{1.2}",
    "two primes and a power": r"g'^2'",
    "no delimiter": r"\left a \right)",
}


@pytest.mark.long
@pytest.mark.parametrize("is_displayed", [True, False])
def test_a_planted_fault_is_complained_of(complaints, is_displayed):
    right, *faults = complaints(
        [(latex, is_displayed) for latex in ["A^{[l]}", *FAULTS.values()]]
    )
    assert not right
    assert [what for what, each in zip(FAULTS, faults, strict=True) if not each] == []


def test_the_mathjax_is_that_of_jupyterlab():
    listed = json.loads(Path(sys.prefix, LICENCES).read_text("utf-8"))["packages"]
    versions = {each["name"]: each["versionInfo"] for each in listed}
    assert MATHJAX.name == f"mathjax@{versions['mathjax-full']}"
