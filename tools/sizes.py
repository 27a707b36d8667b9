"""Print how large each file is, and which functions are too long: `python -m tools.sizes`.

A line of code is a line that holds more than a comment or a docstring. A token is a word or
a punctuation mark: a limit on tokens cannot be met by writing denser lines.
"""

import ast
import io
import re
import tokenize
from fnmatch import fnmatchcase
from typing import NamedTuple

from tools.lessons import ROOT

ROOMS = ("dnn_lessons", "grading", "proofs", "tools", "benchmarks", "tests")
CHECKED = ("dnn_lessons", "grading", "proofs", "tools")  # where functions have limits
SCRIPT = ROOT / "dnn_lessons" / "classroom" / "explorers" / "explorer.js"
LESSON_FILES = (  # the network of lessons 01 to 13; descent.py draws lesson 10's surfaces
    "forward activations costs backward gradient_check "
    "parameters batching training network"
).split()
LESSON_LIMIT = 450  # lines of code in the lesson files together
BODY_LINES, BODY_TOKENS = 10, 100  # in one function, without signature and docstring
CLASS_LIMITS = {"dnn_lessons/classroom/explorers/explorer.py:Explorer": 119}

# Functions that may be longer, each with its reason: {"path:function": "reason"}; * stands for any text.
EXERCISES = "dnn_lessons/classroom/exercises/lesson_"
EXCEPTIONS = {
    f"{EXERCISES}*:_*_case*": "a table of inputs: shapes, and how they are drawn",
    f"{EXERCISES}09.py:_network_gradients": "a truth beside lesson 09, in one piece",
    f"{EXERCISES}09.py:_loop*": "the loop of lesson 09 with a fault, in one piece",
    f"{EXERCISES}13.py:_ranked": "a truth beside lesson 13, in one piece",
    "dnn_lessons/datasets.py:tiny_network": "a table of numbers",
    "dnn_lessons/backward.py:L_model_backward": "lesson 09 follows it line by line",
    "dnn_lessons/parameters.py:initialize_parameters": "lesson 10 follows it line by line",
    "dnn_lessons/gradient_check.py:gradient_check": "lesson 09 shows it whole",
    "dnn_lessons/network.py:predict": "blocks of examples, in one piece",
    "dnn_lessons/_resuming.py:keep_each": "what Ctrl-C may meet, in one piece",
    "dnn_lessons/training.py:run_epoch": "the loop that the lessons lead to, in one piece",
    "dnn_lessons/training.py:train_epochs": "one line for each setting that is checked",
    "dnn_lessons/training.py:epochs": "the loop over epochs, in one piece",
    "dnn_lessons/engines/recorded.py:Epochs.__init__": "what an engine needs, line by line",
    "dnn_lessons/engines/recorded.py:Epochs._check": "one comparison",
    "dnn_lessons/engines/recorded.py:RecordedEpochs.trace": "a step, line by line",
    "dnn_lessons/engines/recorded.py:one_vector": "a vector and its parts",
    "dnn_lessons/engines/replay.py:operands": "the forms of an operand",
    "dnn_lessons/engines/merge.py:side_by_side": "one way through the calls",
    "dnn_lessons/engines/merge.py:_kind": "what makes a kind, in one piece",
    "dnn_lessons/engines/merge.py:_one": "a call made of calls",
    "dnn_lessons/engines/merge.py:_neighbours": "arrays moved and found",
    "dnn_lessons/engines/compiled.py:CompiledEpochs.prepare": "what a run needs",
    "dnn_lessons/engines/compiled.py:c_source": "the parts of a program, side by side",
    "dnn_lessons/engines/compiled.py:CStep.__init__": "a tape and the names on it",
    "dnn_lessons/engines/compiled.py:CStep.formula": "the two kinds of formulas",
    "dnn_lessons/engines/compiled.py:CStep._product": "one line of C",
    "dnn_lessons/engines/compiled.py:_results": "the names of a step, in one piece",
}


class Size(NamedTuple):
    """The size of a piece of code.

    Parameters
    ----------
    lines : int
        The number of its lines of code.
    tokens : int
        The number of words and punctuation marks in them.
    """

    lines: int
    tokens: int


class File(NamedTuple):
    """What was counted in one file.

    Parameters
    ----------
    size : Size
        The size of the whole file.
    functions, classes : dict
        {name: Size} of what the file defines.
    """

    size: Size
    functions: dict
    classes: dict


def measure(source):
    """Count the lines and tokens of a Python file and of what it defines.

    Parameters
    ----------
    source : str
        The text of the file.

    Returns
    -------
    File
        The sizes. A function is counted without its signature and docstring, and a class as
        a whole. A method is called `Class.method`.
    """
    tree = ast.parse(source)
    lines = _code_lines(source, tree)
    functions, classes = {}, {}
    for name, node in _definitions(tree):
        is_class = isinstance(node, ast.ClassDef)
        first = node if is_class else node.body[0]
        size = _size(lines[first.lineno - 1 : node.end_lineno])
        (classes if is_class else functions)[name] = size
    return File(_size(lines), functions, classes)


def measure_script(source):
    """Count the lines, tokens and functions of a JavaScript file.

    Parameters
    ----------
    source : str
        The text of the file.

    Returns
    -------
    File
        The sizes. Its functions are numbered, as many have no name, and not measured.
    """
    code = re.sub(r"(?s:/\*.*?\*/)|(?<!:)//.*", "", source)
    functions = re.findall(r"\bfunction\b|=>", code)
    return File(_size(code.splitlines()), dict(enumerate(functions)), {})


def measure_project():
    """Measure every Python file of the project, and the explorers' script.

    Returns
    -------
    dict
        {path relative to the project: File}.
    """
    paths = [*ROOT.glob("*.py")]
    for room in ROOMS:
        paths += sorted((ROOT / room).rglob("*.py"))
    found = {_relative(path): measure(path.read_text("utf-8")) for path in paths}
    return found | {_relative(SCRIPT): measure_script(SCRIPT.read_text("utf-8"))}


def lesson_lines(found):
    """Add up the lines of code of the lesson files.

    Parameters
    ----------
    found : dict
        {path: File}, from `measure_project`.

    Returns
    -------
    int
        The sum, of which `LESSON_LIMIT` is the limit.
    """
    return sum(found[f"dnn_lessons/{name}.py"].size.lines for name in LESSON_FILES)


def too_long(found):
    """Find the functions and classes above their limits, in the rooms with limits.

    Parameters
    ----------
    found : dict
        {path: File}, from `measure_project`.

    Returns
    -------
    dict
        {"path:name": Size}.
    """
    over = {}
    for path, file in found.items():
        if path.startswith(CHECKED) and path.endswith(".py"):
            over |= {f"{path}:{name}": size for name, size in _over(path, file)}
    return over


def reason(name):
    """Return why a function may be longer than others.

    Parameters
    ----------
    name : str
        "path:function".

    Returns
    -------
    str or None
        The reason in EXCEPTIONS, if there is one.
    """
    reasons = (why for pattern, why in EXCEPTIONS.items() if fnmatchcase(name, pattern))
    return next(reasons, None)


def report(found):
    """Write down the size of each file and room, and what is too long.

    Parameters
    ----------
    found : dict
        {path: File}, from `measure_project`.

    Yields
    ------
    str
        The lines of the report.
    """
    yield " lines  tokens  tokens a line  functions"
    yield from (_row(path, [file]) for path, file in found.items())
    yield from (_room_row(room, found) for room in ROOMS)
    yield f"the lesson files: {lesson_lines(found)} lines, of at most {LESSON_LIMIT}"
    yield from (_complaint(*each) for each in too_long(found).items())


def _code_lines(source, tree):
    """Return the lines of a file, comments and docstrings blanked."""
    lines = source.splitlines()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            row, column = token.start
            lines[row - 1] = lines[row - 1][:column]
    for docstring in _docstrings(tree):
        for row in range(docstring.lineno - 1, docstring.end_lineno):
            lines[row] = ""
    return lines


def _docstrings(tree):
    """Return the nodes of all docstrings in a syntax tree."""
    kinds = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Module
    nodes = [node for node in ast.walk(tree) if isinstance(node, kinds)]
    return [node.body[0] for node in nodes if ast.get_docstring(node) is not None]


def _definitions(node, prefix=""):
    """Yield (name, node) of each function and class, also of those within others."""
    for child in ast.iter_child_nodes(node):
        inner = prefix
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield prefix + child.name, child
            inner = f"{prefix}{child.name}."
        yield from _definitions(child, inner)


def _size(lines):
    """Return the Size of some lines."""
    tokens = re.findall(r"\w+|[^\w\s]", "\n".join(lines))
    return Size(sum(bool(line.strip()) for line in lines), len(tokens))


def _over(path, file):
    """Yield (name, Size) of each function and class of a file that is above its limit."""
    for name, size in file.functions.items():
        if size.lines > BODY_LINES or size.tokens > BODY_TOKENS:
            yield name, size
    for name, size in file.classes.items():
        if size.lines > CLASS_LIMITS.get(f"{path}:{name}", size.lines):
            yield name, size


def _complaint(name, size):
    """Return the line of the report for something that is too long."""
    why = reason(name) or "NOT ALLOWED"
    return f"too long: {name}, {size.lines} lines, {size.tokens} tokens, {why}"


def _row(name, measured):
    """Return one line of the report, for one file or several together."""
    lines, tokens = (
        sum(column) for column in zip(*(f.size for f in measured), strict=True)
    )
    functions = sum(len(file.functions) for file in measured)
    return f"{lines:6} {tokens:7} {tokens / max(lines, 1):14.1f} {functions:10}  {name}"


def _room_row(room, found):
    """Return the line of the report for all files of one room."""
    files = [file for path, file in found.items() if path.startswith(f"{room}/")]
    return _row(f"all of {room}", files)


def _relative(path):
    """Return a path as the tables write it."""
    return path.relative_to(ROOT).as_posix()


if __name__ == "__main__":
    for line in report(measure_project()):
        print(line)  # noqa: T201
