"""Take Markdown apart into blocks, and estimate the room that a block takes on a slide."""

import math
import re
from typing import NamedTuple

from tools.lessons import INLINE, MARKS

PICTURE = 500  # at most
ROW_LINE = 34
LETTERS, WIDE_ROW = 80, 75  # in a line of prose, and of a table
WIDEST, HIGHEST = 1160, 540  # pixels that code may fill on a slide of 1280 by 720
SMALLEST, LARGEST = 18, 26  # letters of code, in pixels
LINE, GAP = 42, 16  # pixels, on a slide of 1280 by 720
ROW, EQUATION, FRACTION = 47, 34, 28  # of a table; around an equation; for each level
ITEM = r"(?:[-*]|\d+\.) "
BLOCK = re.compile(
    r"<details>.*?</details>|```.*?^```|\$\$.*?\$\$"
    rf"|{ITEM}.*?(?=\n{ITEM}|\n\s*\n|\Z)|\S.*?(?=\n\s*\n|\Z)",
    re.DOTALL | re.MULTILINE,
)
KINDS = {
    "#": "heading",
    "<details>": "folded",
    "```": "code",
    "$$": "equation",
    "|": "table",
    "<br>": "space",
    "![": "picture",
}
FOLDED = re.compile(r"<details><summary>(.*?)</summary>(.*)</details>", re.DOTALL)
SENTENCE = re.compile(r"(?<=[a-z)$`*][.?])\s+(?=[A-Z*`$])")
LONG = 85  # words: a longer paragraph is taken apart
COMMAND = re.compile(r"\\[a-zA-Z]+|\\.")


class Block(NamedTuple):
    """A piece of Markdown that is not divided between slides.

    Parameters
    ----------
    kind : str
        One of the values of KINDS, "item" of a list, or "prose".
    text : str
        The Markdown.
    """

    kind: str
    text: str


def blocks(markdown):
    """Take Markdown apart.

    Parameters
    ----------
    markdown : str
        The text of a cell.

    Returns
    -------
    list of Block
        Its paragraphs, equations, items of lists and so on, in order.
    """
    found = [Block(_kind(text), text) for text in map(str.strip, BLOCK.findall(markdown))]
    return [part for block in found for part in _halves(block)]


def _kind(text):
    """Return the kind of a block."""
    if re.match(ITEM, text):
        return "item"
    kinds = (kind for start, kind in KINDS.items() if text.startswith(start))
    return next(kinds, "prose")


def _halves(block):
    """Return a block, or two where it is a long paragraph."""
    if block.kind != "prose" or words(block) < LONG:
        return [block]
    end = _middle(block.text)
    parts = block.text[:end], block.text[end:].strip()
    return [Block("prose", part) for part in parts if part]


def _middle(text):
    """Return the end of a sentence that is nearest to the middle, or 0."""
    ends = [match.start() for match in SENTENCE.finditer(text)]
    return min(ends or [0], key=lambda end: abs(end - len(text) / 2))


def unfolded(block):
    """Return what a folded block holds.

    Parameters
    ----------
    block : Block
        A block of the kind "folded".

    Returns
    -------
    tuple
        The words that are seen while it is folded, such as "Hint 1", and its Block list.
    """
    summary, inner = FOLDED.fullmatch(block.text).groups()
    return summary, blocks(inner)


def height(block):
    """Estimate the height of a block.

    Parameters
    ----------
    block : Block
        The block.

    Returns
    -------
    int
        Pixels, with the gap below it, on a slide of 1280 by 720 pixels.
    """
    measure = {"equation": _equation, "table": _table, "code": _code, "picture": _picture}
    return measure.get(block.kind, _prose)(block.text) + GAP


def words(block):
    """Count the words that a class has to read.

    Parameters
    ----------
    block : Block
        The block.

    Returns
    -------
    int
        Their number; a formula counts as one, and code and displayed equations as none.
    """
    if block.kind in ("equation", "code", "picture"):
        return 0
    return len(MARKS.sub(" ", INLINE.sub(" x ", block.text)).split())


def code_size(code):
    """Return the size of letters with which code is neither broken nor, where it can be helped, too high.

    Parameters
    ----------
    code : str
        The code, or what it printed.

    Returns
    -------
    int
        Pixels.
    """
    lines = code.splitlines()
    longest = max(map(len, lines), default=1)
    for_height = max(SMALLEST, int((HIGHEST - 20 - GAP) / (1.3 * max(len(lines), 1))))
    return min(LARGEST, for_height, int(WIDEST / (0.605 * max(longest, 1))))


def code_height(code):
    """Estimate the height of code.

    Parameters
    ----------
    code : str
        The code, or what it printed.

    Returns
    -------
    int
        Pixels, with the gap below it.
    """
    return round(1.3 * code_size(code) * len(code.splitlines())) + 20 + GAP


def _prose(text):
    """Return the height of a paragraph, which has higher lines where formulas stand in it."""
    lines = math.ceil(len(_plain(text)) / LETTERS)
    return lines * LINE + 8 * min(lines, text.count(r"\frac"))


def _plain(text):
    """Return a text about as long as it is seen."""
    return INLINE.sub(_as_wide, MARKS.sub("", text))


def _as_wide(formula):
    """Return letters as wide as a formula."""
    return re.sub(r"[{}^_\s]", "", COMMAND.sub("x", formula[1]))


def _equation(text):
    """Return the height of an equation."""
    rows = text.split(r"\\")
    return EQUATION + sum(LINE + FRACTION * _levels(row) for row in rows)


def _levels(row):
    """Return how much higher than a letter a row of an equation is."""
    return min(2, sum(name in row for name in (r"\frac", r"\sum", r"\prod", r"\begin")))


def _picture(_):
    """Return the height of a picture."""
    return PICTURE


def _table(text):
    """Return the height of a table."""
    head, _, *rows = text.splitlines()
    return sum(ROW + ROW_LINE * (len(_plain(row)) // WIDE_ROW) for row in [head, *rows])


def table_parts(block):
    """Take a table apart that is too high for a slide.

    Parameters
    ----------
    block : Block
        A block of the kind "table".

    Returns
    -------
    list of Block
        Tables with the same head.
    """
    head, rule, *rows = block.text.splitlines()
    tables = [[head, rule]]
    for row in rows:
        if _table("\n".join([*tables[-1], row])) + GAP > HIGHEST:
            tables.append([head, rule])
        tables[-1].append(row)
    return [Block("table", "\n".join(table)) for table in tables]


def _code(text):
    """Return the height of a fenced block of code."""
    return code_height("\n".join(text.splitlines()[1:-1])) - GAP
