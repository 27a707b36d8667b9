"""What nbval cannot see: form, numbering, notation, pictures, links and prose of the lessons."""

import ast
import re
from itertools import pairwise

import pytest

from dnn_lessons.classroom.explorers.page import VIEW
from tools.lessons import (
    NOTEBOOKS,
    ROOT,
    anchor,
    cells,
    code,
    displayed,
    formulas,
    headings,
    load,
    outputs,
    prose,
    text,
    words,
)

LESSONS = [path for path in NOTEBOOKS if not path.name.startswith("00")]
lesson = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
full_lesson = pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
FILLER = r"\b(simply|obviously|clearly|trivially|of course|it can be shown|needless to say|as you can see)\b|!(?!\[|=)"


def test_all_lessons_are_there():
    assert [path.stem[:2] for path in NOTEBOOKS] == [
        f"{number:02}" for number in range(len(NOTEBOOKS))
    ]
    assert len(NOTEBOOKS) >= 15


@lesson
def test_executed_once_from_top_to_bottom_without_an_error(path):
    filled = [cell for cell in cells(path, "code") if text(cell).strip()]
    assert [cell["execution_count"] for cell in filled] == list(range(1, len(filled) + 1))
    assert not [output for output in outputs(path) if output["output_type"] == "error"]


@lesson
def test_file_is_small_and_holds_no_state_of_a_machine(path):
    source = path.read_text(encoding="utf-8")
    assert len(source.encode()) < 200_000
    assert not re.search(r"/(work|root|home|tmp|Users)/", source)
    assert "widgets" not in load(path)["metadata"]
    assert VIEW not in source
    assert not [cell for cell in cells(path, "code") if "execution" in cell["metadata"]]


@lesson
def test_cells_have_ids_of_their_own(path):
    ids = [cell["id"] for cell in load(path)["cells"]]
    assert len(set(ids)) == len(ids)


@lesson
def test_cells_are_short(path):
    first, *rest = [len(source.splitlines()) for source in code(path)]
    assert first <= 6
    assert max(rest) <= 15
    assert max(len(line) for source in code(path) for line in source.splitlines()) <= 100


@lesson
def test_no_line_of_the_shown_source_is_broken_on_a_laptop(path):
    """91 characters fit at 1280 pixels, the list of files beside them."""
    shown = [
        "".join(output.get("data", {}).get("text/markdown", ""))
        for output in outputs(path)
    ]
    lines = [
        line for each in shown if each.startswith("```") for line in each.splitlines()
    ]
    assert [line for line in lines if len(line) > 91] == []


@lesson
def test_no_printed_line_is_broken_on_a_laptop(path):
    """107 characters fit at 1280 pixels; JupyterLab breaks a longer line within a word."""
    printed = "".join(
        "".join(output["text"])
        for output in outputs(path)
        if output["output_type"] == "stream"
    )
    assert [line for line in printed.splitlines() if len(line) > 107] == []


@lesson
def test_what_a_cell_returns_is_shown(path):
    """A page shows the last expression of a cell; what an earlier one returns is lost, such as source(...)."""
    early = [
        node.value
        for source in code(path)
        for node in parsed(source).body[:-1]
        if isinstance(node, ast.Expr)
    ]
    lost = [
        ast.unparse(node)
        for node in early
        if not isinstance(node, ast.Call) or returns(node.func)
    ]
    assert lost == []


def returns(function):
    """Whether a call of this name is made for what it returns."""
    return ast.unparse(function).endswith(("source", "explorer"))


@full_lesson
def test_lesson_has_the_agreed_size(path):
    assert 15 <= len(code(path)) <= 26
    assert len(cells(path, "markdown")) >= len(code(path))
    assert 1200 <= words(path) <= 2100


@lesson
def test_a_lesson_defines_nothing_that_the_module_has(path):
    known = {
        name
        for file in (ROOT / "dnn_lessons").rglob("*.py")
        for name in definitions(file.read_text("utf-8"))
    }
    own = {name for source in code(path) for name in definitions(source)}
    assert not own & known


def definitions(source):
    return {
        node.name
        for node in ast.walk(parsed(source))
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
    }


def parsed(source):
    """The syntax tree of a file or a cell, whose lines for the shell are left out."""
    return ast.parse(re.sub(r"^[%!].*$", "", source, flags=re.M))


@lesson
def test_one_title_and_no_level_left_out(path):
    levels = [level for level, _ in headings(path)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@lesson
def test_heading_names_are_unique(path):
    titles = [title for _, title in headings(path)]
    assert len(set(titles)) == len(titles)


@lesson
def test_every_displayed_equation_is_numbered_in_order(path):
    tags = [re.findall(r"\\tag\{([^}]*)\}", equation) for equation in displayed(path)]
    number = int(path.name[:2])
    assert tags == [[f"{number}.{index}"] for index in range(1, len(tags) + 1)]


@lesson
def test_every_reference_to_an_equation_resolves(path):
    known = {
        tag for each in NOTEBOOKS for tag in re.findall(r"\\tag\{([^}]*)\}", prose(each))
    }
    assert set(re.findall(r"\((\d{1,2}\.\d{1,2})\)", prose(path))) <= known


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
    """The symbols in the first column of the tables of lesson 00."""
    rows = re.findall(r"^\| *(\$[^|]*\$) *\|", prose(NOTEBOOKS[0]), flags=re.M)
    return {
        token
        for row in rows
        for formula in re.findall(r"\$(.+?)\$", row)
        for token in symbols(formula)
    }


@lesson
def test_every_symbol_stands_in_the_notation_table(path):
    unknown = {
        (token, formula)
        for formula in formulas(path)
        for token in symbols(formula) - notation()
    }
    assert not unknown


@lesson
def test_every_picture_has_a_text(path):
    pictures = [
        output for output in outputs(path) if "image/png" in output.get("data", {})
    ]
    texts = [
        output["metadata"].get("image/png", {}).get("alt", "") for output in pictures
    ]
    texts += re.findall(r"!\[([^\]]*)\]\(", prose(path))
    texts += re.findall(r'<img[^>]*alt="([^"]*)"', prose(path))
    assert not re.findall(r"<img(?![^>]*alt=)", prose(path))
    assert all(len(each.split()) >= 5 for each in texts), texts


@lesson
def test_every_link_resolves(path):
    targets = re.findall(
        r"\]\(([^)\s]+)\)|(?:src|href)=\"([^\"]+)\"", prose(path, spans=True)
    )
    broken = [
        target
        for pair in targets
        for target in pair
        if target and not resolves(path, target)
    ]
    assert not broken


def resolves(path, target):
    """True for a file beside the lesson, and a heading in it where one is named."""
    if target.startswith(("https://", "mailto:")):
        return True
    file, _, fragment = target.partition("#")
    other = (path.parent / file).resolve() if file else path
    return other.exists() and (
        not fragment or fragment in [anchor(title) for _, title in headings(other)]
    )


@full_lesson
def test_links_to_its_neighbours(path):
    index = NOTEBOOKS.index(path)
    neighbours = NOTEBOOKS[index - 1 : index] + NOTEBOOKS[index + 1 : index + 2]
    assert all(f"({neighbour.name})" in prose(path) for neighbour in neighbours)


@full_lesson
def test_stands_in_the_map_and_in_the_readme(path):
    minutes = re.search(r"\*\*Time:\*\* (\d+) minutes", prose(path))[1]
    assert re.search(rf"\]\({path.name}\) \| {minutes} \|", prose(NOTEBOOKS[0]))
    assert f"](notebooks/{path.name})" in (ROOT / "README.md").read_text(encoding="utf-8")


@lesson
def test_prose_has_no_filler(path):
    plain = re.sub(r"\$\$.*?\$\$|\$[^$]*\$", "", prose(path), flags=re.DOTALL)
    assert not re.findall(FILLER, plain, flags=re.I)


@full_lesson
def test_ends_with_three_questions_and_folded_answers(path):
    tail = prose(path)[prose(path).rindex("On your own") :]
    assert tail.count("<details>") == tail.count("</details>") >= 3
