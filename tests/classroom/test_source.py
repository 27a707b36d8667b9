"""A lesson shows the module's own code, in the order asked for, with the first paragraph of each docstring."""

import ast
import functools
import inspect
from textwrap import dedent

import pytest

from dnn_lessons import DeepNeuralNetwork, relu, tanh
from dnn_lessons.classroom.figures import looks, parts, training
from dnn_lessons.classroom.source import source


def documented(x):
    """Return the square of x (n_x, m).

    Parameters
    ----------
    x : numpy.ndarray
        Numbers (n_x, m).

    Returns
    -------
    numpy.ndarray
        Their squares.
    """
    text = """Return the square.

    This is no docstring."""
    return x**2, text


def on_two_lines(x):
    """Return the square of x (n_x, m), which is never negative,
    and 0 only for 0.

    Returns
    -------
    numpy.ndarray
        The squares.
    """
    return x**2


def almost_too_long(x):
    """Return the square of x, in a sentence that fits on its line without closing quotes.

    Returns
    -------
    numpy.ndarray
        The squares.
    """
    return x**2


def bare(x):
    return x**2


def raw(x):
    r"""Return \alpha x.

    The rest.
    """
    return x


@functools.cache
def decorated(x):
    """Return x.

    The rest.
    """
    return x


class Thing:
    """A thing.

    Parameters
    ----------
    x : int
        A number.
    """

    def method(self):
        """Return 1.

        Returns
        -------
        int
            1.
        """
        return 1

    @property
    def half(self):
        """Return a half.

        The rest.
        """

        def inner():
            """Return 0.5.

            The rest.
            """
            return 0.5

        return inner()


OWN = documented, on_two_lines, almost_too_long, bare, raw, decorated, Thing, Thing.method
EXAMPLES = (
    *OWN,
    relu,
    DeepNeuralNetwork,
    DeepNeuralNetwork.train,
    training.cost_curves,
    parts.note,
    looks.Look,
)


def shown(thing):
    """Return the code that a lesson shows."""
    text = source(thing).data
    assert text.startswith("```python\n") and text.endswith("\n```")
    return text.removeprefix("```python\n").removesuffix("\n```")


def without_docstrings(code):
    """Return the syntax tree of a program as text, and its docstrings, which the tree lacks."""
    tree, docstrings = ast.parse(code), []
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.FunctionDef | ast.ClassDef)
            and ast.get_docstring(node) is not None
        ):
            docstrings.append(ast.get_docstring(node).strip())
            node.body = node.body[1:]
    return ast.dump(tree), docstrings


def test_functions_are_shown_in_the_order_asked_for():
    text = source(relu, tanh).data
    assert text.startswith("```python\ndef relu(Z):")
    assert text.index("def relu") < text.index("def tanh")


def test_a_program_in_c_is_shown_as_it_is():
    program = 'void f(void) {\n    puts("a");\n}\n'
    assert source(program).data == f"```c\n{program}```"


def test_a_method_begins_at_the_margin():
    assert source(DeepNeuralNetwork.train).data.startswith("```python\ndef train(")


@pytest.mark.parametrize(
    "thing",
    EXAMPLES,
    ids=lambda thing: thing.__name__,
)
def test_the_code_is_the_same_and_of_each_docstring_the_first_paragraph(thing):
    code = shown(thing)
    tree, docstrings = without_docstrings(code)
    expected_tree, whole = without_docstrings(dedent(inspect.getsource(thing)))
    assert tree == expected_tree
    assert docstrings == [text.split("\n\n")[0] for text in whole]


def test_a_docstring_that_fits_is_closed_on_its_line():
    lines = shown(documented).splitlines()
    assert lines[:2] == [
        "def documented(x):",
        '    """Return the square of x (n_x, m)."""',
    ]
    assert lines[2:] == [
        '    text = """Return the square.',
        "",
        '    This is no docstring."""',
        "    return x**2, text",
    ]
    assert '    """A thing."""' in shown(Thing)


def test_a_docstring_that_does_not_fit_is_closed_on_the_next_line():
    assert shown(almost_too_long).splitlines()[2:] == ['    """', "    return x**2"]
    assert shown(on_two_lines).splitlines()[2:] == [
        "    and 0 only for 0.",
        '    """',
        "    return x**2",
    ]


def test_a_function_without_a_docstring_is_shown_as_it_is():
    assert shown(bare) == "def bare(x):\n    return x**2"


def test_decorators_and_properties_are_shown():
    assert shown(decorated).startswith(
        '@functools.cache\ndef decorated(x):\n    """Return x."""\n'
    )
    assert shown(Thing.half).startswith(
        '@property\ndef half(self):\n    """Return a half."""\n'
    )
    assert '"""Return 0.5."""' in shown(Thing.half)
