"""Equations are numbered, referred to by their numbers, and written in symbols of the notation table."""

import math
import re

from tools.lessons import NOTATION, NOTEBOOKS, ROOT, displayed, formulas, prose


def test_every_displayed_equation_is_numbered_in_order(lesson):
    tags = [re.findall(r"\\tag\{([^}]*)\}", equation) for equation in displayed(lesson)]
    number = int(lesson.name[:2])
    assert tags == [[f"{number}.{index}"] for index in range(1, len(tags) + 1)]


def test_every_reference_to_an_equation_resolves(lesson):
    known = {
        tag for each in NOTEBOOKS for tag in re.findall(r"\\tag\{([^}]*)\}", prose(each))
    }
    assert set(re.findall(r"\((\d{1,2}\.\d{1,2})\)", prose(lesson))) <= known


LOGARITHM = r"-\\log *(?:\((1 - )?([\d.]+)\)|([\d.]+)) = (\d\.(\d+))"


def test_every_logarithm_in_the_prose_is_the_one_of_the_number_as_it_is_written(lesson):
    for rest, inner, bare, result, digits in re.findall(LOGARITHM, prose(lesson)):
        x = float(inner or bare)
        assert f"{-math.log(1 - x if rest else x):.{len(digits)}f}" == result


# The grammar of the formulas: commands with no meaning of their own. Every other letter or command is a symbol.
GRAMMAR = set(
    r"""
    \frac \dfrac \tfrac \sqrt \infty
    \cdot \times \odot \circ \pm \mp \top \mid \vert \lvert \rvert \| \lVert \rVert \lfloor \rfloor \lceil \rceil
    \le \ge \leq \geq \ne \neq \lt \gt \ll \gg \approx \equiv \sim \propto \in \forall \colon
    \to \mapsto \leftarrow \rightarrow \Rightarrow \implies \iff \downarrow \uparrow
    \left \right \big \Big \bigl \bigr \Bigl \Bigr \begin \end \text \tag \boxed
    \operatorname \mathrm \mathbb \displaystyle
    \underbrace \overbrace \underset \overset \quad \qquad \; \, \! \: \{ \} \\ \& \% \_ \ldots \dots \cdots
    """.split()
)


WORDS = re.compile(r"\\(?:text|tag|operatorname|mathrm|begin|end)\s*\{[^}]*\}")


def symbols(formula):
    """The letters and commands of a formula that stand for something."""
    tokens = re.findall(r"\\[A-Za-z]+|\\.|[A-Za-z]", WORDS.sub(" ", formula))
    return {token for token in tokens if token not in GRAMMAR}


def notation():
    """The symbols in the first column of the notation table."""
    rows = re.findall(r"^\| *(\$[^|]*\$) *\|", prose(NOTATION), flags=re.M)
    return {
        token
        for row in rows
        for formula in re.findall(r"\$(.+?)\$", row)
        for token in symbols(formula)
    }


def test_every_symbol_stands_in_the_notation_table(lesson):
    unknown = {
        (token, formula)
        for formula in formulas(lesson)
        for token in symbols(formula) - notation()
    }
    assert not unknown


def test_every_symbol_of_the_notation_table_is_used_in_a_lesson():
    used = {
        token
        for lesson in NOTEBOOKS
        for formula in formulas(lesson)
        for token in symbols(formula)
    }
    assert notation() - used == set()


def test_the_page_of_symbols_refers_to_equations_of_the_lessons():
    known = re.findall(r"\\tag\{([^}]*)\}", " ".join(map(prose, NOTEBOOKS)))
    assert set(re.findall(r"\((\d{1,2}\.\d{1,2})\)", prose(NOTATION))) <= set(known)


def test_every_word_of_the_glossary_is_used_in_a_lesson_or_its_explorer():
    explorers = (ROOT / "dnn_lessons" / "classroom" / "explorers").glob("lesson_*.py")
    shown = [path.read_text(encoding="utf-8") for path in explorers]
    written = " ".join([*map(prose, NOTEBOOKS), *shown]).lower()
    entries = re.findall(r"^- \*\*(.+?)\*\*:", prose(NOTATION), flags=re.M)
    assert len(entries) > 40
    assert [each for each in entries if each.lower() not in written] == []
