"""Take the cells of a lesson apart into pieces, the smallest parts that a slide is made of."""

import ast
import re
import struct
from base64 import b64decode
from html import escape
from typing import NamedTuple

from tools.book.pages import PNG, explorer_of, pictures_of, recorded_place
from tools.lessons import text
from tools.slides.blocks import HIGHEST as LONG
from tools.slides.blocks import (
    Block,
    blocks,
    code_height,
    code_size,
    height,
    table_parts,
    unfolded,
)
from tools.slides.blocks import words as words_of

MOST_LINES = 21  # of code on one slide
WIDEST, HIGHEST = 1168, 500  # pixels, of a picture
FEWEST = 60  # words: a shorter text above a heading stays on the slide before
LEFT_OUT = re.compile(
    r"\*\*(You will do|You will need|Time|To read on|Notation|Next):\*\*"
)
TASK = re.compile(r"\*\*(Exercise )?\d+")
LINK = re.compile(r"(?<!!)\[((?:[^][]|\[[^]]*\])*)\]\((?!https?:)[^)]*\)")
FUNCTIONS = re.compile(r"\n\n+(?=@|def |class )")
CODE = """<div class="code" style="font-size: {size}px">

```{language}
{code}
```

</div>"""
FENCED = re.compile(r"```(\w*)\n(.*)\n```", re.S)  # a language and its code
PRINTED = '<pre class="printed" style="font-size: {size}px">{text}</pre>'
PICTURE = (
    '<img class="picture" width="{width}" src="data:image/png;base64,{data}" alt="{alt}">'
)


class Piece(NamedTuple):
    """A part of a lesson that is not divided between slides.

    Parameters
    ----------
    text : str
        Markdown.
    height : int
        The pixels that it needs, about.
    words : int
        How many a class has to read.
    start : str
        The slide type with which it begins, or "" where it goes on.
    tied : bool
        Whether it belongs on the slide of the piece before it.
    heading : bool
        Whether it is a heading.
    task : bool
        Whether an exercise begins with it.
    """

    text: str
    height: int
    words: int = 0
    start: str = ""
    tied: bool = False
    heading: bool = False
    task: bool = False


def pieces(lesson):
    """Take a lesson apart.

    Parameters
    ----------
    lesson : dict
        The notebook.

    Yields
    ------
    Piece
        What a talk shows, in order.
    """
    for cell in lesson["cells"]:
        start = slide_type(cell)
        taken = _of_markdown if cell["cell_type"] == "markdown" else _of_code
        if start not in ("skip", "notes"):
            yield from _started(taken(cell), start)


def slide_type(cell):
    """Return the slide type of a cell.

    Parameters
    ----------
    cell : dict
        The cell.

    Returns
    -------
    str
        As JupyterLab has it; "" where the cell goes on with what came before.
    """
    return cell["metadata"].get("slideshow", {}).get("slide_type", "").strip("-")


def _started(found, start):
    """Yield the pieces of a cell, the first of them with the cell's slide type."""
    found = list(found)
    later = [each.start for each in found[1:]]
    # What stands above a heading belongs to what came before.
    if start == "slide" and "slide" in later:
        start = "fragment"
    for place, piece in enumerate(found):
        yield piece if place or piece.start == "slide" else _begun(piece, start)


def _begun(piece, start):
    """Return a piece with a slide type; an answer belongs on the slide of its question."""
    return piece._replace(start=start, tied=start == "fragment")


# ---------------------------------------------------------------------------------------------- text


def _of_markdown(cell):
    """Yield the pieces of a Markdown cell."""
    before = Block("", "")
    left_out = False
    for block in blocks(LINK.sub(r"\1", text(cell).replace("(../images/", "(images/"))):
        left_out = LEFT_OUT.match(block.text) or (left_out and block.kind == "item")
        if not left_out and block.kind != "space":
            yield from _of_block(block, before)
            before = block


def _of_block(block, before):
    """Return the pieces of a block."""
    if block.kind == "folded":
        return _of_folded(block)
    if block.kind in ALONE:
        return [ALONE[block.kind](block)]
    parts = table_parts(block) if block.kind == "table" else [block]
    return [_plain(part, before) for part in parts]


def _block_of_code(block):
    """Return the piece of a block of code."""
    language, code = FENCED.fullmatch(block.text.strip()).groups()
    return _code(code, language)


def _heading(block):
    """Return the piece of a heading, which begins a slide."""
    start = "subslide" if block.text.startswith("###") else "slide"
    return Piece(block.text, height(block), words_of(block), start, heading=True)


def _of_folded(block):
    """Yield the pieces of an answer, which is seen a moment later; hints are left out."""
    summary, inner = unfolded(block)
    before = Block("", "")
    found = []
    for each in inner:
        found += _of_block(each, before)
        before = each
    if found and not summary.startswith("Hint"):
        yield _begun(found[0], "fragment")
        yield from found[1:]


def _plain(block, before):
    """Return the piece of a paragraph, an equation or a table."""
    piece = Piece(block.text, height(block), words_of(block))
    if TASK.match(block.text):
        start = "" if before.kind == "heading" else "subslide"
        return piece._replace(task=True, start=start, tied=not start)
    return piece._replace(tied=_belongs(block, before))


def _belongs(block, before):
    """Return whether a block belongs on the slide of the one before it."""
    return before.kind == "heading" or block.kind == "equation" or _leads(before, block)


def _leads(before, block):
    """Return whether a paragraph announces what comes next."""
    return before.text.endswith(":") or (before.kind == "item" == block.kind)


# ---------------------------------------------------------------------------------------------- code


def _of_code(cell):
    """Yield the pieces of a code cell: what it shows, and its code where that is needed to read it."""
    name, pictures = explorer_of(cell), pictures_of(cell)
    if name:
        yield _explorer(name, pictures[0])
    elif pictures:
        yield _picture(pictures[0])
    else:
        yield from _code_and_printed(cell)


def _explorer(name, picture):
    """Return the piece of a recorded explorer."""
    data = "".join(picture["data"][PNG]).replace("\n", "")
    place = recorded_place(name, picture, f"data:image/png;base64,{data}", "tables")
    return Piece(place, LONG)


def _picture(picture):
    """Return the piece of a picture, as large as a slide allows."""
    data = "".join(picture["data"][PNG]).replace("\n", "")
    width, high = _size(data)
    alt = escape(picture["metadata"][PNG]["alt"])
    return Piece(PICTURE.format(width=width, data=data, alt=alt), high + 15)


def _size(data):
    """Return the width and the height of a picture on a slide."""
    width, high = struct.unpack(">II", b64decode(data)[16:24])
    scale = min(WIDEST / width, HIGHEST / high)
    return round(width * scale), round(high * scale)


def _code_and_printed(cell):
    """Return the code of a cell, or the source that it shows, and what it printed."""
    language, code = _source_shown(cell) or ("python", without_checks(text(cell)))
    parts = [_code(part, language) for part in _parts(code)]
    return _together([*parts, *map(_printed, _parts(_stream(cell)))])


def _source_shown(cell):
    """Return the language and the code of the sources that a cell shows; None without any."""
    fences = [*filter(None, map(_fenced, cell["outputs"]))]
    code = "\n\n\n".join(fence[2] for fence in fences)
    return (fences[0][1], code) if fences else None


def _fenced(output):
    """Return the match of an output that is a block of code in Markdown; else None."""
    markdown = "".join(output.get("data", {}).get("text/markdown", ""))
    return FENCED.fullmatch(markdown.strip())


def _stream(cell):
    """Return what a cell printed."""
    return "".join("".join(each.get("text", "")) for each in cell["outputs"]).rstrip()


def _parts(code):
    """Return code in parts that a slide can hold, its functions one by one where it is long."""
    parts = FUNCTIONS.split(code) if code_height(code) > LONG else [code]
    return [each for part in parts if part.strip() for each in _cut(part)]


def _cut(code):
    """Return code in parts of lines that a slide can hold."""
    lines = code.splitlines()
    step = MOST_LINES if code_height(code) > LONG else len(lines)
    return ["\n".join(lines[i : i + step]) for i in range(0, len(lines), step)]


def _together(parts):
    """Return parts in one piece where a slide can hold them."""
    if not parts or sum(part.height for part in parts) > LONG:
        return parts
    whole = "\n\n".join(part.text for part in parts)
    return [Piece(whole, sum(part.height for part in parts))]


def _code(code, language):
    """Return the piece of some code."""
    shown = CODE.format(size=code_size(code), language=language, code=code)
    return Piece(shown, code_height(code))


def _printed(printed):
    """Return the piece of what was printed."""
    shown = PRINTED.format(size=code_size(printed), text=escape(printed))
    return Piece(shown, code_height(printed), tied=True)


def without_checks(code):
    """Leave the assertions out of a cell, which check for a reader what the next sentence says.

    Parameters
    ----------
    code : str
        The code.

    Returns
    -------
    str
        The other lines.
    """
    lines = code.splitlines()
    for node in ast.walk(ast.parse(re.sub(r"^[%!]", "#", code, flags=re.M))):
        if _only_checks(node):
            for place in range(node.lineno - 1, node.end_lineno):
                lines[place] = None
    return "\n".join(line for line in lines if line is not None).strip()


def _only_checks(node):
    """Return whether a statement is an assertion, or a loop of nothing else."""
    body = node.body if isinstance(node, ast.For) else []
    return isinstance(node, ast.Assert) or (body and all(map(_only_checks, body)))


ALONE = {"heading": _heading, "code": _block_of_code}
