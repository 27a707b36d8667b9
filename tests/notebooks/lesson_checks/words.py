"""Words: each stands in the dictionary or in `words.txt`, none stands twice in a row, a and an fit."""

import ast
import re
import warnings
from functools import cache
from pathlib import Path

from lesson_checks.cells import syntax
from lesson_checks.lesson import alt_of, check, drawn_by, named
from tools.lessons import CODE_FENCE, CODE_SPAN, DISPLAYED, INLINE, text

OWN_WORDS = Path(__file__).parent / "words.txt"
NO_WORDS = re.compile(
    r"\]\([^)]*\)|\]\[[^\]]*\]|</?[a-zA-Z][^>]*>|https?://\S+|^\s*\[[^\]]+\]:.*$", re.M
)
WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
CODELIKE = re.compile(
    r"\w*[\d_]\w*|\b\w+\(|[\w*]*\.(?:py|md|ipynb|yml|toml|csv|npz|png|cff)\b"
)


def plain(markdown):
    """Return the words of Markdown, without code and targets of links; x stands for a formula."""
    no_code = CODE_SPAN.sub("x", CODE_FENCE.sub("\n\n", markdown))
    return NO_WORDS.sub("", INLINE.sub("x", DISPLAYED.sub("\n\n", no_code)))


@cache
def dictionary():
    """Return the dictionary of English that comes with spylls."""
    from spylls.hunspell import Dictionary  # noqa: PLC0415  takes a second

    with warnings.catch_warnings():  # it leaves its files for Python to close
        warnings.simplefilter("ignore", ResourceWarning)
        return Dictionary.from_files("en_US")


@cache
def own_words():
    """Return the words of the project that the dictionary lacks: names, terms, and British forms."""
    return set(OWN_WORDS.read_text("utf-8").split())


@cache
def is_word(word):
    """Return whether a word is known, with or without a capital where a sentence begins."""
    stem = word.removesuffix("'s")
    forms = {stem, stem.lower()} if stem.istitle() else {stem}
    return bool(forms & own_words()) or dictionary().lookup(stem)


def misspelt(prose):
    """Return the words of a text that no list has."""
    found = [
        word.replace("\u2019", "'") for word in WORD.findall(CODELIKE.sub(" ", prose))
    ]
    return sorted({word for word in found if len(word) > 1 and not is_word(word)})


DOUBLED = re.compile(r"(?<![\w.'\u2019-])([^\W\d_]{2,}) +\1(?![\w'\u2019-])", re.I)
ALLOWED_TWICE = {"had", "that", "lu"}  # the last is a name
AS_YOU = r"uni|use|usu|eu|one\b|once\b"  # begin with a sound that takes a, not an
A_FOR_AN = re.compile(
    rf"\b[Aa] (?!{AS_YOU}|is\b|are\b)[aeiou]\w+|\b[Aa]n (?![aeiouh])[a-z]{{3,}}|\b[Aa]n (?:{AS_YOU})\w*"
)
MARKS = {
    "a blank before a mark": r"\w [,;:.](?=\s|$)",
    "two marks": r",,|;;|(?<!\.)\.\.(?!\.)|,\.|\.,|::(?!:)",
    "no blank after a mark": r"[a-z]{3,}[,;][a-zA-Z]{2,}|[a-z]{3,}\.[A-Z][a-z]{2,}",
}


def slips(prose):
    """Return what is wrong with the words and marks of a text, in words."""
    flowing = re.sub(r"(?<!\n)\n(?!\n|\s*[-|#>*\d])", " ", prose)
    doubled = [
        word for word in DOUBLED.findall(flowing) if word.lower() not in ALLOWED_TWICE
    ]
    found = [f"{word!r} twice" for word in doubled if word != "x"]
    found += [f"{each!r}" for each in A_FOR_AN.findall(flowing)]
    return found + [
        f"{name}: {each!r}"
        for name, marks in MARKS.items()
        for each in re.findall(marks, flowing)
    ]


def sentences_of(cell):
    """Return what a reader reads in a cell: Markdown, or comments, captions and messages of code."""
    if cell["cell_type"] != "code":
        return plain(text(cell))
    comments = re.findall(r"(?:^|\s)# (.*)$", text(cell), re.M)
    nodes = [node for node in ast.walk(syntax(cell)) if isinstance(node, ast.Constant)]
    texts = [
        each.value
        for each in nodes
        if isinstance(each.value, str) and each.value.count(" ") > 3
    ]
    return "\n\n".join([*comments, *texts, *map(alt_of, drawn_by(cell))])


@check
def words_are_spelt(lesson):
    """Each word stands in the dictionary, or in the project's list."""
    for cell in lesson.cells:
        for word in misspelt(sentences_of(cell)):
            yield named(
                cell, f"has the word {word!r}, which no list knows; see words.txt"
            )


@check
def words_follow_each_other(lesson):
    """No word stands twice in a row, a and an fit, marks stand at their words."""
    for cell in lesson.markdown:
        for found in slips(plain(text(cell))):
            yield named(cell, f"has {found}")
