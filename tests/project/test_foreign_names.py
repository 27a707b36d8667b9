"""The package uses public names of other libraries only: a name that starts with an underscore may vanish any day."""

import ast
import importlib
import importlib.util
import inspect
import re
import textwrap
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "dnn_lessons").rglob("*.py"))
ALLOWED = {
    "_esm": "anywidget: the JavaScript of a widget",
    "_css": "anywidget: its style sheet",
    "_ipython_display_": "IPython: called to show an object",
    "_repr_mimebundle_": "IPython: asked for what stands for an object on a page",
    "_asdict": "NamedTuple: underscored because fields may have any other name",
    "_fields": "NamedTuple",
    "_replace": "NamedTuple",
}


def is_private(name):
    """Tell a name with one underscore in front, that no documented protocol asks for."""
    return bool(re.match(r"_(?!_)\w", name)) and name not in ALLOWED


def parsed(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def own_names(tree):
    """The private names that a file defines: functions, classes, variables, and attributes of self."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            found |= {node.attr} if ast.unparse(node.value) in {"self", "cls"} else set()
    return {name for name in found if is_private(name)}


def read_names(tree):
    """[(line, what)]: attributes by their names, also where getattr and its like take the name as a string."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            yield node.lineno, node.attr
        elif isinstance(node, ast.Call) and re.search("attr", ast.unparse(node.func)):
            yield from ((node.lineno, each.value) for each in node.args if is_text(each))


def is_text(node):
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def imported_names(tree):
    """[(line, what)]: each part of a path that is imported from another library."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            paths = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            paths = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for path in paths:
            if not path.startswith("dnn_lessons."):
                yield from ((node.lineno, part) for part in path.split("."))


def overridden(tree, module):
    """[(line, what)]: private names of a class that a class of another library below it has, too."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            bases = vars(module)[node.name].__mro__
            foreign = [
                base
                for base in bases
                if base.__module__ != module.__name__ and not is_ours(base.__module__)
            ]
            taken = set().union(*map(names_of, foreign))
            yield from ((node.lineno, name) for name in sorted(own_names(node) & taken))


def is_ours(module):
    return module.partition(".")[0] == "dnn_lessons"


@cache
def names_of(base):
    """The names that a class of another library has, and those that it gives its objects."""
    try:
        source = inspect.getsource(base)
    except (OSError, TypeError):  # written in C
        return set(vars(base))
    return set(vars(base)) | own_names(ast.parse(textwrap.dedent(source)))


def foreign_names(path, module, own):
    """["line: name"]: the private names of other libraries that a file uses."""
    tree = parsed(path)
    foreign = [(line, name) for line, name in read_names(tree) if name not in own]
    foreign += [*imported_names(tree), *overridden(tree, module)]
    return sorted({f"{line}: {name}" for line, name in foreign if is_private(name)})


@cache
def own():
    return set().union(*(own_names(parsed(path)) for path in FILES))


def load(path):
    """The module of a file of the package."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return importlib.import_module(".".join(part for part in parts if part != "__init__"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_private_name_of_another_library_is_used(path):
    found = foreign_names(path, load(path), own())
    assert found == []


PLANTED = """
from collections import UserDict
import concurrent.futures._base
from functools import _lru_cache_wrapper, partial
import sys
import threading


class Worker(threading.Thread):
    _target = None  # an attribute that the base gives its objects

    def _bootstrap(self):  # a method of the base
        self._mine = self._mine + 1
        return self._tstate_lock, self._replace()

    def _also_mine(self):
        return getattr(self, "_kwargs"), sys._getframe(), self._also_mine()
"""


def test_each_way_to_use_a_private_name_is_seen(tmp_path):
    path = tmp_path / "planted.py"
    path.write_text(PLANTED)
    spec = importlib.util.spec_from_file_location("planted", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found = foreign_names(path, module, own_names(parsed(path)))
    assert {line.split()[1] for line in found} == {
        "_base",
        "_lru_cache_wrapper",
        "_target",
        "_bootstrap",
        "_tstate_lock",
        "_kwargs",
        "_getframe",
    }
