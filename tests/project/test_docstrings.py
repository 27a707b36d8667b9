"""Every public name is documented as numpydoc asks: parameters, returns, and what the name does."""

import ast
import inspect
import pydoc
from pathlib import Path

import pytest
from numpydoc.validate import validate

ROOT = Path(__file__).resolve().parents[2]
FILES = [
    path
    for room in ("dnn_lessons", "grading", "proofs", "tools")
    for path in sorted((ROOT / room).rglob("*.py"))
    if path.name != "__main__.py"  # which runs when it is imported
]
RULES = {
    "GL03": "one blank line between paragraphs",
    "GL06": "no unknown section",
    "GL07": "sections in the usual order",
    "GL08": "a docstring",
    "PR01": "each parameter documented",
    "PR02": "no parameter documented that is not there",
    "PR03": "parameters in their order",
    "PR04": "the type, or the shape, of each parameter",
    "PR07": "a description of each parameter",
    "PR10": "a space before the colon of a parameter",
    "RT01": "what is returned",
    "RT03": "a description of what is returned",
    "SS03": "a first sentence that ends",
    "YD01": "what a generator yields",
}
FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef


def definitions(path):
    """[(name, node)]: the functions and classes of a file, and the methods of its classes."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, FUNCTIONS | ast.ClassDef):
            yield node.name, node
        if isinstance(node, ast.ClassDef):
            methods = [child for child in node.body if isinstance(child, FUNCTIONS)]
            yield from ((f"{node.name}.{method.name}", method) for method in methods)


def is_public(name):
    return not any(part.startswith("_") for part in name.split("."))


def module(path):
    """The dotted name of a file."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def faults(name):
    """["name: CODE message"]: what numpydoc finds in the docstring of a public name."""
    found = [] if overrides(name) else validate(name)["errors"]
    return [f"{name}: {code} {message}" for code, message in found if code in RULES]


def overrides(name):
    """True for a method without a docstring that does what the same method of a base says."""
    thing = pydoc.locate(name)
    return not thing.__doc__ and inspect.getdoc(thing) is not None


files = pytest.mark.parametrize(
    "path", FILES, ids=lambda path: str(path.relative_to(ROOT))
)


@pytest.mark.long
@pytest.mark.filterwarnings("ignore:Widget:DeprecationWarning")
@files
def test_every_public_name_is_documented(path):
    names = [f"{module(path)}.{name}" for name, _ in definitions(path) if is_public(name)]
    assert [fault for name in names for fault in faults(name)] == []


@files
def test_every_private_name_says_what_it_does(path):
    assert undocumented(path) == []


def undocumented(path):
    """The private names of a file without a docstring; Python's own, such as __init__, need none."""
    private = [(name, node) for name, node in definitions(path) if not is_public(name)]
    missing = [name for name, node in private if not ast.get_docstring(node)]
    return [name for name in missing if not name.endswith("__")]


PLANTED = '''
"""A file with faults."""


class Sum:
    """A sum."""

    def __init__(self, a):
        self.a = a

    def total(self):
        """Return the sum."""
        return self.a

    def _hidden(self):
        return self.a


class Double(Sum):
    """Two numbers, added.

    Parameters
    ----------
    a : float
        The first.
    """

    def total(self):
        return 2 * self.a

    def half(self):
        return self.a / 2


def scaled(x, factor):
    """Return x times a factor

    Parameters
    ----------
    factor : float
        The factor.
    y

    Returns
    -------
    float
    """
    return x * factor


def each(x):
    yield x
'''


def test_faults_are_found(tmp_path, monkeypatch):
    path = tmp_path / "planted_docstrings.py"
    path.write_text(PLANTED)
    monkeypatch.syspath_prepend(tmp_path)
    names = [f"{path.stem}.{name}" for name, _ in definitions(path) if is_public(name)]
    found = {tuple(fault.split(": ")[:2]) for name in names for fault in faults(name)}
    assert {(name.partition(".")[2], text[:4]) for name, text in found} == {
        ("Sum", "PR01"),
        ("Sum.total", "RT01"),
        ("Double.half", "GL08"),
        ("each", "GL08"),
        *(("scaled", code) for code in ("PR01", "PR02", "PR04", "PR07", "RT03", "SS03")),
    }
    assert undocumented(path) == ["Sum._hidden"]
