"""The code of the module, shown in a lesson as it runs."""

import ast
import inspect
import re
from textwrap import dedent

from dnn_lessons._extras import extra

with extra("lessons"):
    from IPython.display import Markdown

WIDTH = 90  # of a line of code
DOCUMENTED = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
LITERAL = re.compile(r"(?s)([rRuU]?(\"{3}|'{3}|\"|'))\s*(.*?)\s*\2\Z")


def source(*objects):
    """Return the code of functions, methods or classes as it runs, in the order given.

    Of each docstring the first paragraph is shown, which says what the function does; the
    rest is what help() prints.

    Parameters
    ----------
    *objects : function, method, property or class
        What to show; a decorated function is shown with its decorators. A text is shown as
        the program in C that it is.

    Returns
    -------
    IPython.display.Markdown
        The code as one block.
    """
    code = "\n\n".join(map(_code, objects))
    language = "c" if isinstance(objects[0], str) else "python"
    return Markdown(f"```{language}\n{code}\n```")


def _code(thing):
    """Return the code of one object, its docstrings cut to their first paragraphs."""
    if isinstance(thing, str):
        return thing.rstrip()
    code = dedent(inspect.getsource(getattr(thing, "fget", thing))).rstrip()
    shown = code
    for docstring in _docstrings(code):
        literal = ast.get_source_segment(code, docstring)
        shown = shown.replace(literal, _first_paragraph(literal, docstring.col_offset), 1)
    return shown


def _docstrings(code):
    """Return the docstrings of a program as nodes of its syntax tree."""
    nodes = [node for node in ast.walk(ast.parse(code)) if isinstance(node, DOCUMENTED)]
    return [node.body[0].value for node in nodes if ast.get_docstring(node) is not None]


def _first_paragraph(literal, indent):
    """Return a docstring's literal with its first paragraph alone, on one line where that fits."""
    start, quotes, text = LITERAL.match(literal).groups()
    paragraph, *others = re.split(r"\n\s*\n", text)
    if not others:
        return literal
    whole = start + paragraph + quotes
    if "\n" not in paragraph and indent + len(whole) <= WIDTH:
        return whole
    return f"{start}{paragraph}\n{' ' * indent}{quotes}"
