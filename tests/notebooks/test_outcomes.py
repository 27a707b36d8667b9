"""What holds the words of outcome can fail: each run with other numbers, each computation with a change in it."""

import ast
import copy
import inspect
import re
from functools import cache
from itertools import combinations

import pytest
from lesson_checks import Lesson
from lesson_checks.cells import _always_holds
from lesson_checks.outcomes import (
    _holds,
    outcomes_of_equations_are_proven,
    outcomes_that_tests_assert_have_their_tests,
    printed_by,
)
from lesson_checks.runs import LESSONS, TABLES

from proofs.check import Named
from proofs.claims import CLAIMS
from tools.lessons import NOTEBOOKS, ROOT

PATHS = {path.name[:2]: path for path in NOTEBOOKS}
RUNS = [(number, words) for number in LESSONS for words in LESSONS[number].RUNS]
COMPUTED = [(number, words) for number in LESSONS for words in LESSONS[number].COMPUTED]
OPPOSITE = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult}
OPPOSITE |= {ast.Pow: ast.Mult}
TRANSPOSED = {"max": "min", "min": "max", "falls": "rises", "rises": "falls"}


def test_every_lesson_has_its_file_with_every_table():
    assert set(LESSONS) == set(PATHS)
    assert all(hasattr(LESSONS[number], name) for number in LESSONS for name in TABLES)


# --- runs: two numbers exchanged, one scaled, one turned


@cache
def stored(number):
    """The lesson as it is."""
    return Lesson(PATHS[number])


def changed(numbers):
    """Yield the numbers with one change each, in every place."""
    for place, number in enumerate(numbers):
        for other in (2 * number + 1, number / 2, -number - 1e-9):
            yield [*numbers[:place], other, *numbers[place + 1 :]]
    for a, b in combinations(range(len(numbers)), 2):
        exchanged = [*numbers]
        exchanged[a], exchanged[b] = numbers[b], numbers[a]
        yield exchanged


@pytest.mark.parametrize(("number", "words"), RUNS)
def test_a_run_with_other_numbers_is_refused(number, words):
    names, holds = LESSONS[number].RUNS[words]
    numbers = printed_by(stored(number), names)
    assert _holds(holds, numbers)
    assert not all(_holds(holds, other) for other in changed(numbers))


# --- computations: another number, sign, operation or function within it


class Changes(ast.NodeTransformer):
    """Make the change with a number in the code of a computation; comparisons stay as they are."""

    def __init__(self, number):
        self.left = number

    def generic_visit(self, node):
        node = super().generic_visit(node)
        for other in others_of(node):
            if self.left == 0:
                self.left = -1
                return other
            self.left -= self.left > 0
        return node


def others_of(node):
    """Yield what may stand in the place of a part of code."""
    value = getattr(node, "value", None)
    if isinstance(node, ast.Constant) and type(value) in (int, float):
        yield ast.Constant(value + 1)
        yield ast.Constant(1.5 * value)
    if isinstance(node, ast.BinOp) and type(node.op) in OPPOSITE:
        yield ast.BinOp(node.left, OPPOSITE[type(node.op)](), node.right)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield node.operand
    for field in {"id", "attr"} & set(node._fields):
        if getattr(node, field) in TRANSPOSED:
            other = copy.copy(node)
            setattr(other, field, TRANSPOSED[getattr(node, field)])
            yield other


def code_of(module, words):
    """Return the expression or function of a line of COMPUTED."""
    tree = ast.parse(inspect.getsource(module))
    table = next(node for node in tree.body if _sets(node, "COMPUTED"))
    lines = zip(table.value.keys, table.value.values, strict=True)
    found = next(line for key, line in lines if ast.literal_eval(key) == words)
    if isinstance(found, ast.Name):
        return next(node for node in tree.body if getattr(node, "name", "") == found.id)
    return found


def _sets(node, name):
    return isinstance(node, ast.Assign) and node.targets[0].id == name


def outcome(module, code):
    """Compute a changed line of COMPUTED; None if it cannot be computed any more."""
    names = dict(vars(module))
    try:
        if isinstance(code, ast.FunctionDef):
            exec(_compiled(ast.Module([code], []), "exec"), names)
            return bool(names[code.name]())
        return bool(eval(_compiled(ast.Expression(code), "eval"), names)())
    except Exception:
        return None


def _compiled(tree, mode):
    return compile(ast.fix_missing_locations(tree), "changed", mode)


def mutants(code):
    """Yield the code with one change each."""
    number = 0
    while True:
        change = Changes(number)
        mutant = change.visit(copy.deepcopy(code))
        if change.left >= 0:
            return
        yield mutant
        number += 1


@pytest.mark.parametrize(("number", "words"), COMPUTED)
def test_a_computation_can_fail(number, words):
    code = code_of(LESSONS[number], words)
    assert outcome(LESSONS[number], code) is True
    assert any(outcome(LESSONS[number], mutant) is False for mutant in mutants(code))


@pytest.mark.parametrize(("number", "words"), COMPUTED)
def test_a_computation_compares_what_it_computed(number, words):
    code = code_of(LESSONS[number], words)
    returned = [node.value for node in ast.walk(code) if isinstance(node, ast.Return)]
    bodies = [code.body] if isinstance(code, ast.Lambda) else returned
    assert not any(
        isinstance(body, ast.Constant) and body.value is True for body in bodies
    )
    assert not all(map(_always_holds, bodies))


@pytest.mark.parametrize("vacuous", ["True", "1 == 1", "(0.2 < 0.3,)", "x < 2 or True"])
def test_a_vacuous_computation_is_refused(vacuous):
    body = ast.parse(f"lambda: {vacuous}", mode="eval").body.body
    assert _always_holds(body) or not any(
        outcome(LESSONS["00"], mutant) is False
        for mutant in mutants(ast.parse(f"lambda: {vacuous}", mode="eval").body)
    )


# --- equations


def test_an_equation_that_gives_a_name_holds_nothing(monkeypatch):
    lesson = Lesson(PATHS["02"])
    lesson.declared = {"BY_EQUATION": {"A square is never negative": "(2.11)"}}
    assert [*outcomes_of_equations_are_proven(lesson)] == []
    monkeypatch.setitem(CLAIMS, "2.11", Named("a square"))
    assert [*outcomes_of_equations_are_proven(lesson)]


# --- tests

EMPTIED = {
    "assertions gone": (r"    assert .*\n", "    pass\n"),
    "what holds in any case": (r"assert (.*)", "assert 1 == 1"),
    "or True": (r"assert (.*)", r"assert \1 or True"),
    "the reverse": (r"assert (.*)", r"assert not \1"),
    "computed, not asserted": ("assert ", "_ = "),
    "another number": (r"0\.03", "0.3"),
    "another name": ("def test_", "def helper_"),
    "left out": ("def test_", "@skip\ndef test_"),
    "ended before": (r"(def test_\w+\(\):\n)", r"\1    return\n"),
    "never reached": (r"(assert residual\(linear.*)", r"if False:\n        \1"),
}
LINE = "the residual at the right end falls below 0.03"


@pytest.mark.parametrize("what", [None, *EMPTIED])
def test_a_test_that_was_emptied_holds_nothing(what, tmp_path):
    lesson = Lesson(PATHS["14"])
    (name, claim) = LESSONS["14"].BY_TEST[LINE]
    file, test = name.split("::")
    source = (ROOT / file).read_text("utf-8")
    copied = tmp_path / "test_copied.py"
    copied.write_text(re.sub(*EMPTIED[what], source) if what else source, "utf-8")
    lesson.declared = {"BY_TEST": {LINE: (f"{copied}::{test}", claim)}}
    assert bool([*outcomes_that_tests_assert_have_their_tests(lesson)]) == bool(what)
