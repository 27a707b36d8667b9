"""Whatever would switch a check off is itself refused: comments, magics, filters, and settings of the tests."""

import ast
import re
import tomllib

from lesson_checks.cells import syntax
from lesson_checks.lesson import check, named
from tools.lessons import ROOT, text

TOOLS = r"noqa|ruff|flake8|pylint|type:\s*ignore|mypy|pragma|fmt|isort|codespell|skip|cov"
HANDLES = r"exit|stdout|stderr|settrace|flags|excepthook"
COMMENTS = {
    "a comment for nbval": r"(?i)#\s*(?:NBVAL|PYTEST_VALIDATE)_\w*",
    "a comment for a linter": rf"(?i)#\s*(?:{TOOLS})\b",
    "a magic or a line for the shell": r"^\s*(?:%|!|\?)|\?\s*$|get_ipython|run_line_magic|run_cell_magic",
    "a change of the kernel": rf"\bsys\.(?:{HANDLES})\b|\bos\._exit|\b(?:exit|quit)\(|__debug__",
    "a filter of warnings": r"\bwarnings\b|\bnp\.seterr\b|PYTHONWARNINGS|set_printoptions\(|\blogging\.disable\b",
    "an output that is thrown away": r"clear_output|redirect_std|capture_output|\bsuppress\(|devnull",
    "a test that is left out": r"\bpytest\b|unittest|\bskip(?:if|test)?\(|xfail|importorskip",
}
EXCUSED = {
    "15-c4": "a filter of warnings"
}  # its first words say why: no compiler, no warning
IN_MARKDOWN = r"(?i)<!--|codespell:ignore|markdownlint|noqa|prettier-ignore|\[\^?//\]:|cspell|spellchecker"
SWALLOWED = {
    "Exception",
    "BaseException",
    "AssertionError",
    "Warning",
    "KeyboardInterrupt",
}


@check
def code_switches_no_check_off(lesson):
    """Neither comments nor magics, filters and handlers that hide what fails."""
    for cell in lesson.code:
        for name, pattern in COMMENTS.items():
            if re.search(pattern, text(cell), re.M) and EXCUSED.get(cell["id"]) != name:
                yield named(cell, f"has {name}")
        for node in ast.walk(syntax(cell)):
            if isinstance(node, ast.ExceptHandler) and _swallows(node):
                yield named(cell, "catches what a check raises")


def _swallows(handler):
    """Return whether a handler would catch a failed assertion."""
    if handler.type is None:
        return True
    names = {node.id for node in ast.walk(handler.type) if isinstance(node, ast.Name)}
    return bool(names & SWALLOWED)


@check
def prose_switches_no_check_off(lesson):
    """No comment of HTML, and no word to a tool."""
    for cell in lesson.markdown:
        if re.search(IN_MARKDOWN, text(cell)):
            yield named(cell, "speaks to a tool")


# --- settings: {file: function of its text that returns complaints}

IGNORED_IN_LESSONS = {"D", "I001", "N816", "T201"}


def settings_complaints(project):
    """Return what the settings of the tests, as text of pyproject.toml, switch off."""
    tool = tomllib.loads(project)["tool"]
    options = tool["pytest"]["ini_options"]
    if "--nbval" not in options["addopts"] or any(
        "lax" in each or "deselect" in each or each.startswith(("-k", "--ignore"))
        for each in options["addopts"]
    ):
        yield "nbval compares no outputs"
    if options["filterwarnings"] != ["error"]:
        yield "a warning is excused"
    if "notebooks" not in options["testpaths"] or "notebooks" in options["norecursedirs"]:
        yield "the lessons are not tested"
    if (
        set(tool["ruff"]["lint"]["per-file-ignores"].get("notebooks/*", []))
        - IGNORED_IN_LESSONS
    ):
        yield "the linter is told to overlook more in lessons"
    if "ipynb" in tool["codespell"]["skip"] or "notebooks" in str(
        tool["ruff"].get("exclude", "")
    ):
        yield "the lessons are left out by a linter"


SANITIZED = ROOT / "tests" / "notebooks" / "nbval_sanitize.cfg"


def sanitizing_complaints(settings):
    """Return what nbval is told not to compare: nothing, so the file is empty."""
    if settings.strip():
        yield "nbval is told to overlook parts of outputs"


def own_test_complaints(source):
    """Return where a test of the lessons is left out without a strict reason."""
    for match in re.finditer(
        r"mark\.(skip|skipif|xfail)\b\(?([^)]*)|pytest\.(skip|xfail|importorskip)\(",
        source,
    ):
        if (
            match[1] != "xfail"
            or "strict=True" not in match[2]
            or "reason=" not in match[2]
        ):
            yield f"a test may be left out: {match[0]}"
