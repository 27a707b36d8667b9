"""The sections of a lesson: their sentences, and the numbers of the cells and formulas beside them."""

import ast
import re
from functools import cache
from itertools import chain
from typing import NamedTuple

from tools.lessons import (
    CODE_FENCE,
    CODE_SPAN,
    DISPLAYED,
    INLINE,
    ROOT,
    load,
    text,
)

HEADING = re.compile(r"^#{1,2} (.*)$", re.M)
TESTS = ROOT / "tests"
PRINTED = re.compile(
    r"(?<![\w.])(?:\d{1,3}(?:,\d{3})+(?![\d.])|\d+\.?\d*(?:e[+−-]?\d+)?)(?!\w)"
)
NUMERAL = r"-?(?:10\^\{-?\d+\}|\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?(?: \\(?:cdot|times) 10\^\{-?\d+\})?)"
NAME = r"[|\\A-Za-z]+(?:_\w|_\{[^}]*\}|\^\{[^}]*\}|\|)*"
# A formula that gives numbers to a name, or is nothing but numbers: a part of the sentence.
VALUES = re.compile(
    rf"(?:{NAME} (?:=|<|>|\\le|\\ge|\\approx) )?(\(?{NUMERAL}(?:, (?:\\; )?{NUMERAL})*\)?)"
)
SHOWN = "text/plain", "text/markdown"  # kinds of output that hold numbers, and no style


class Section(NamedTuple):
    """What stands between two headings.

    Parameters
    ----------
    title : str
        The heading above.
    prose : list of str
        The text of its Markdown cells, blocks of code left out.
    cells : list of dict
        Its code cells.
    """

    title: str
    prose: list
    cells: list


@cache
def sections(path):
    """Cut a lesson at its headings of the first two levels.

    Parameters
    ----------
    path : Path
        The lesson.

    Returns
    -------
    list of Section
        Its sections, in order. What stands before the first heading is one as well.
    """
    found = [Section("", [], [])]
    for cell in load(path)["cells"]:
        if cell["cell_type"] == "code":
            found[-1].cells.append(cell)
        else:
            first, *others = HEADING.split(CODE_FENCE.sub(" ", text(cell)))
            found[-1].prose.append(first)
            found += _begun(others)
    return found


def _begun(parts):
    """Return the sections that begin in a cell, from the titles and texts that alternate there."""
    pairs = zip(parts[::2], parts[1::2], strict=True)
    return [Section(title, [first], []) for title, first in pairs]


def numbers_of(section, lesson):
    """Return the numbers that a section computes, sets or proves.

    Parameters
    ----------
    section : Section
        The section.
    lesson : str
        The number of its lesson, whose explorers' answers are asserted by tests.

    Returns
    -------
    list of list of float
        The numbers of each code, output and formula, without their signs, in their order.
    """
    found = [printed_numbers(formula) for formula in _claims(section)]
    for cell in section.cells:
        found.append(code_numbers(text(cell)))
        found += [printed_numbers(_shown(each)) for each in cell["outputs"]]
    return found + (asserted_numbers(lesson) if _has_tests(section) else [])


def _has_tests(section):
    """Return whether tests assert what a section says: of its explorer, its exercise or its answers."""
    has_explorer = any("explorer(" in text(cell) for cell in section.cells)
    has_exercise = any("**Exercise" in prose for prose in section.prose)
    return has_explorer or has_exercise or not section.cells


def _claims(section):
    """Return the formulas of a section that are proven: those that only give values are not."""
    prose = CODE_SPAN.sub(" ", "\n\n".join(section.prose))
    formulas = DISPLAYED.findall(prose) + INLINE.findall(DISPLAYED.sub(" ", prose))
    return [each for each in formulas if "=" in each and not VALUES.fullmatch(each)]


def printed_numbers(shown):
    """Return the numbers in a text, without their signs.

    Parameters
    ----------
    shown : str
        What a cell printed, or a formula.

    Returns
    -------
    list of float
        The numbers, in order. The digits of a name such as W1 are none.
    """
    plain = (found.replace("−", "-").replace(",", "") for found in PRINTED.findall(shown))
    return [float(each) for each in plain]


def code_numbers(source):
    """Return the numbers that stand in code, without their signs.

    Parameters
    ----------
    source : str
        The code of a cell. Lines for the shell are left out.

    Returns
    -------
    list of float
        The numbers, in order.
    """
    tree = ast.parse(re.sub(r"^[%!].*$", "", source, flags=re.M))
    constants = [node for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    constants.sort(key=lambda node: (node.lineno, node.col_offset))
    return list(chain.from_iterable(_constant_numbers(node.value) for node in constants))


@cache
def asserted_numbers(lesson):
    """Return the numbers in the tests of what a lesson says about its explorers.

    Parameters
    ----------
    lesson : str
        The number of the lesson, such as "02".

    Returns
    -------
    list of list of float
        The numbers of each test whose name says "answer" or names the lesson, and of each
        answer to an exercise.
    """
    found = (_functions(*each) for each in _tests_of(lesson).items())
    return [code_numbers(ast.unparse(test)) for test in chain.from_iterable(found)]


def _tests_of(lesson):
    """Return {file: pattern of names} of the tests that assert what a lesson says."""
    return {
        f"test_lesson_{lesson}": "answer|lesson_says",
        f"answers_{lesson}": "",
        "test_training_runs": f"lesson_{lesson}|_and_{lesson}",
        "test_answers": f"lesson_{lesson}",
    }


def _functions(file, names):
    """Return the functions of a file of tests whose names match, if there is such a file."""
    found = TESTS.rglob(f"{file}.py")
    nodes = [node for path in found for node in ast.parse(path.read_text("utf-8")).body]
    functions = [node for node in nodes if isinstance(node, ast.FunctionDef)]
    return [node for node in functions if re.search(names, node.name)]


def _constant_numbers(constant):
    """Return the numbers of a constant in code: itself, or those in a text."""
    if isinstance(constant, str):
        return printed_numbers(constant)
    is_number = isinstance(constant, int | float) and not isinstance(constant, bool)
    return [abs(float(constant))] if is_number else []


def _shown(output):
    """Return what an output says in letters."""
    data = output.get("data", {})
    return "".join(chain(output.get("text", ""), *(data.get(kind, "") for kind in SHOWN)))
