"""The arrangement of a lesson on slides: what is on one slide, what comes a moment later, and what is said."""

import pytest

from tools.lessons import NOTEBOOKS, load
from tools.slides.blocks import blocks, code_height, code_size, height, unfolded, words
from tools.slides.deck import deck, slides
from tools.slides.notes import notes, parts
from tools.slides.pieces import without_checks

QUESTION = "**Predict, then run.** What is it?"
PRINTS = {"output_type": "stream", "name": "stdout", "text": "4"}
GUIDE = """# Lesson

## Minutes

### First

not this

## What to say

### First

Say *this*.

### Second

Say that.

## Exercises

nor this
"""


def markdown(text, kind=""):
    """A Markdown cell with a slide type."""
    return cell("markdown", text, kind)


def code(text, kind="", outputs=()):
    """A code cell with a slide type."""
    return {**cell("code", text, kind), "outputs": list(outputs)}


def cell(cell_type, text, kind):
    metadata = {"slideshow": {"slide_type": kind}} if kind else {}
    return {"cell_type": cell_type, "source": [text], "metadata": metadata}


def arranged(*cells):
    """The texts on each slide."""
    return [[piece.text for piece in slide] for slide in slides({"cells": cells})]


# ---------------------------------------------------------------------------------------------- blocks


def test_markdown_is_taken_apart_between_paragraphs():
    text = "# A\n\nwords\nmore\n\n$$\na\n\\tag{1}$$\n\n- one\n- two\n\n| a |\n|---|\n| b |\n\n<br>"
    kinds = [block.kind for block in blocks(text)]
    assert kinds == ["heading", "prose", "equation", "item", "item", "table", "space"]


def test_an_answer_is_unfolded():
    (block,) = blocks(
        "<details><summary>Answer</summary>\n\nOne.\n\n```python\na\n\nb\n```\n\n</details>"
    )
    summary, inner = unfolded(block)
    assert summary == "Answer"
    assert [each.kind for each in inner] == ["prose", "code"]


def test_a_long_paragraph_is_divided_at_the_end_of_a_sentence():
    first, second = blocks("Some words are here. " * 40)
    assert first.text.endswith(".")
    assert abs(words(first) - words(second)) < 5


def test_more_text_is_higher_and_longer_lines_of_code_are_smaller():
    short, long = blocks(f"one line\n\n{'many words ' * 30}")
    assert height(long) > 3 * height(short)
    assert code_size("x" * 100) < code_size("x" * 40)
    assert code_height("x\n" * 30) < 30 * 26 * 1.3


# ---------------------------------------------------------------------------------------------- slides


def test_headings_and_slide_types_begin_slides():
    found = arranged(
        markdown("# Title", "slide"),
        markdown("A.\n\n## Part\n\nB."),
        markdown("C.", "subslide"),
    )
    assert found == [["# Title", "A."], ["## Part", "B.", "C."]], (
        "C. alone would be a scrap"
    )


def test_an_answer_comes_a_moment_after_its_question():
    printed = code("print(4)", "fragment", [PRINTS])
    (slide,) = slides({"cells": [markdown(QUESTION, "slide"), printed]})
    assert [piece.start for piece in slide] == ["slide", "fragment"]
    assert "print(4)" in slide[1].text
    assert "4</pre>" in slide[1].text


@pytest.mark.long
def test_what_is_too_much_for_one_slide_goes_on_with_its_heading():
    paragraphs = "\n\n".join(["Word " * 60 + "."] * 4)
    html = deck({"cells": [markdown(f"# T\n\n## Part\n\n{paragraphs}", "slide")]}, {})
    assert html.count('<span class="running">Part</span>') == 3


def test_hints_checks_and_skipped_cells_are_not_shown():
    hidden = "<details><summary>Hint</summary>\n\nthink\n\n</details>"
    task = markdown(f"**Exercise 1.** Do it.\n\n{hidden}", "subslide")
    found = arranged(task, code("import x", "skip"), code("a = 1\nassert a == 1, 'one'"))
    assert "think" not in str(found)
    assert "import" not in str(found)
    assert "assert" not in str(found)
    assert "a = 1" in str(found)


def test_a_loop_of_nothing_but_checks_is_left_out():
    assert without_checks("for a in b:\n    assert a\nprint(1)") == "print(1)"
    assert (
        without_checks("for a in b:\n    c(a)\n    assert a") == "for a in b:\n    c(a)"
    )


# ---------------------------------------------------------------------------------------------- notes


@pytest.mark.parametrize("language", ["c", "bash", "python"])
def test_code_is_coloured_in_its_own_language(language):
    fence = f"```{language}\nA[1]; // `b` or c\n```"
    shown = {"output_type": "display_data", "data": {"text/markdown": fence}}
    for made in markdown(fence), code("source(f)", outputs=[shown]):
        assert fence in "".join(arranged(markdown("## Code"), made)[0])


@pytest.mark.long
@pytest.mark.parametrize("lesson", NOTEBOOKS, ids=lambda path: path.stem[:2])
def test_no_code_is_read_in_a_language_that_it_is_not_in(lesson):
    assert 'class="err"' not in deck(load(lesson), {})


def test_the_notes_of_a_heading_are_on_its_first_slide():
    assert parts(GUIDE) == {"First": "Say *this*.", "Second": "Say that."}
    html = deck({"cells": [markdown("# T\n\n## First\n\nA.", "slide")]}, parts(GUIDE))
    first = html[html.index("First") : html.index("A.</p>")]
    assert '<aside class="notes">' in first
    assert "Say <em>this</em>." in first
    assert "Say that" not in html


def test_notes_on_a_heading_that_is_not_there_are_an_error(tmp_path):
    (tmp_path / f"{NOTEBOOKS[2].stem}.md").write_text(GUIDE, encoding="utf-8")
    with pytest.raises(ValueError, match="no heading"):
        notes(NOTEBOOKS[2], tmp_path)


@pytest.mark.parametrize("lesson", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_guide_speaks_of_headings_that_are_slides(lesson):
    shown = [p.text.lstrip("# ") for s in slides(load(lesson)) for p in s if p.heading]
    assert set(notes(lesson)) <= set(shown)


TWO_LINES, FEW_WORDS = 100, 25  # pixels and words


@pytest.mark.parametrize("lesson", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_slide_is_a_short_sentence_alone_unless_it_asks(lesson):
    """A class answers a question before the next slide comes; any other sentence belongs beside what it is about."""
    alone = [
        " ".join(piece.text for piece in slide)
        for slide in slides(load(lesson))
        if sum(piece.height for piece in slide) <= TWO_LINES
        and sum(piece.words for piece in slide) <= FEW_WORDS
    ]
    assert [text for text in alone if "?" not in text] == []


def test_a_short_question_and_its_answer_are_on_one_slide():
    question, answer = (
        markdown("A.\n\nWhy?", "slide"),
        code("print(4)", "subslide", [PRINTS]),
    )
    (slide,) = slides(
        {"cells": [markdown("# T\n\n" + "word " * 60, "slide"), question, answer]}
    )[1:]
    assert [piece.start for piece in slide] == ["slide", "", "fragment"]
