"""What nbval cannot see: order, length, state and outputs of the lessons' cells."""

import ast
import re

from dnn_lessons.classroom.explorers.page import VIEW
from tools.lessons import (
    CHECK,
    NOTEBOOKS,
    ROOT,
    cells,
    code,
    exercises,
    load,
    outputs,
    text,
    words,
)
from tools.slides.pieces import slide_type


def test_all_lessons_are_there():
    assert [lesson.stem[:2] for lesson in NOTEBOOKS] == [
        f"{number:02}" for number in range(len(NOTEBOOKS))
    ]
    assert len(NOTEBOOKS) >= 15


def test_executed_once_from_top_to_bottom_without_an_error(lesson):
    filled = [cell for cell in cells(lesson, "code") if text(cell).strip()]
    assert [cell["execution_count"] for cell in filled] == list(range(1, len(filled) + 1))
    assert not [output for output in outputs(lesson) if output["output_type"] == "error"]


def test_file_is_small_and_holds_no_state_of_a_machine(lesson):
    source = lesson.read_text(encoding="utf-8")
    assert len(source.encode()) < 200_000
    assert not re.search(r"/(work|root|home|tmp|Users)/", source)
    assert "widgets" not in load(lesson)["metadata"]
    assert VIEW not in source
    assert not [cell for cell in cells(lesson, "code") if "execution" in cell["metadata"]]


def test_cells_have_ids_of_their_own(lesson):
    ids = [cell["id"] for cell in load(lesson)["cells"]]
    assert len(set(ids)) == len(ids)


def test_cells_are_short(lesson):
    first, *rest = [len(source.splitlines()) for source in code(lesson)]
    assert first <= 6
    assert max(rest) <= 15
    assert (
        max(len(line) for source in code(lesson) for line in source.splitlines()) <= 100
    )


def test_no_line_of_the_shown_source_is_broken_on_a_laptop(lesson):
    """91 characters fit at 1280 pixels, the list of files beside them."""
    shown = [
        "".join(output.get("data", {}).get("text/markdown", ""))
        for output in outputs(lesson)
    ]
    lines = [
        line for each in shown if each.startswith("```") for line in each.splitlines()
    ]
    assert [line for line in lines if len(line) > 91] == []


def test_no_printed_line_is_broken_on_a_laptop(lesson):
    """107 characters fit at 1280 pixels; JupyterLab breaks a longer line within a word."""
    printed = "".join(
        "".join(output["text"])
        for output in outputs(lesson)
        if output["output_type"] == "stream"
    )
    assert [line for line in printed.splitlines() if len(line) > 107] == []


def test_what_a_cell_returns_is_shown(lesson):
    """A page shows the last expression of a cell; what an earlier one returns is lost, such as source(...)."""
    early = [
        node.value
        for source in code(lesson)
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


def test_lesson_has_the_agreed_size(full_lesson):
    taught = len(code(full_lesson)) - 2 * len(exercises(full_lesson))
    assert 15 <= taught <= 26, "stubs and checks of exercises do not count"
    assert len(cells(full_lesson, "markdown")) >= taught
    assert 1200 <= words(full_lesson) <= 2100


def test_a_lesson_defines_nothing_that_the_module_has(lesson):
    known = {
        name
        for file in (ROOT / "dnn_lessons").rglob("*.py")
        for name in definitions(file.read_text("utf-8"))
    }
    own = {name for source in code(lesson) for name in definitions(source)}
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


SLIDE_TYPES = {"", "slide", "subslide", "fragment", "skip", "notes"}


def test_a_talk_begins_a_slide_with_each_heading_and_leaves_out_set_up_and_checks(lesson):
    """The slide types that JupyterLab shows, and that nbconvert and tools.slides read."""
    every = load(lesson)["cells"]
    types = [slide_type(cell) for cell in every]
    assert set(types) <= SLIDE_TYPES
    set_up = next(i for i, cell in enumerate(every) if cell["cell_type"] == "code")
    assert (types[0], types[set_up]) == ("slide", "skip")
    for kind, cell in zip(types, every, strict=True):
        written = text(cell)
        if cell["cell_type"] == "markdown" and re.search(r"^## ", written, re.M):
            assert kind == "slide", written[:60]
        if CHECK.search(written):
            assert kind == "skip", written[:60]
