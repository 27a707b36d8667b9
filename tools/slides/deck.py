"""Arrange the pieces of a lesson on slides, and write them as a deck."""

from pathlib import Path

from nbconvert import SlidesExporter
from nbformat.v4 import new_markdown_cell, new_notebook

from tools.slides.pieces import pieces

HERE = Path(__file__).parent
WHOLE = 600  # pixels: the height of what fills a slide
MOST_WORDS = 95  # on one slide
# Pixels and words by which a slide may be fuller, so that no scrap is left alone.
SPARE, MORE_WORDS = 66, 20
RUNNING = '<span class="running">{}</span>'  # the heading again, on the slides that go on
RUNNING_HEIGHT = 45
NEARLY_EMPTY = 250  # pixels: a slide with less than this has larger letters
SCRAP = 190  # pixels: a slide with less than this is nearly empty
BRIEF = 25  # words: a slide with less than this waits for what comes next

EXPORTER = SlidesExporter(
    extra_template_basedirs=[str(HERE)], template_name="deck", exclude_anchor_links=True
)


def slides(lesson):
    """Arrange a lesson on slides.

    Parameters
    ----------
    lesson : dict
        The notebook, whose cells have slide types.

    Returns
    -------
    list of list of Piece
        The pieces of each slide. The first piece of a slide says how it starts, and a slide
        that goes on has the heading of the one before it.
    """
    arranged = []
    for chain in _chains(pieces(lesson)):
        if not arranged or _begins(chain[0]) or not _fit([*arranged[-1], *chain]):
            arranged.append([])
        arranged[-1] += chain
    return _without_scraps(arranged)


def _without_scraps(arranged):
    """Let a slide of a few sentences come as the last words of the slide before it, or the first of the next."""
    kept = []
    for slide in arranged:
        if kept and _belong_together(kept[-1], slide):
            kept[-1] += [slide[0]._replace(start="fragment"), *slide[1:]]
        else:
            kept.append(slide)
    return kept


def _belong_together(before, slide):
    """Return whether one of two slides is a scrap that the other has room for."""
    if slide[0].heading or not _fit([*before, *slide], SPARE, MORE_WORDS):
        return False
    leads = _is_scrap(before) or (_is_brief(before) and not slide[0].task)
    return _is_scrap(slide) or (leads and not _fills(slide))


def _is_scrap(slide):
    """Return whether a slide is a few sentences that go on with what came before, and ask nothing."""
    high, first = sum(piece.height for piece in slide), slide[0]
    asks = any("?" in piece.text for piece in slide)
    return high < SCRAP and not (first.heading or first.task or asks)


def _is_brief(slide):
    """Return whether a slide is a sentence or two, such as a question that the next slide answers."""
    high = sum(piece.height for piece in slide)
    return high < SCRAP and sum(piece.words for piece in slide) <= BRIEF


def _fills(slide):
    """Return whether a slide is filled by a picture or an explorer."""
    return max(piece.height for piece in slide) >= WHOLE - 100


def _begins(piece):
    """Return whether a piece begins a slide."""
    return piece.start in ("slide", "subslide")


def _chains(found):
    """Return the pieces in lists of those that belong on the same slide."""
    chains = []
    for piece in found:
        if chains and piece.tied and _fit([*chains[-1], piece]):
            chains[-1].append(piece)
        else:
            chains.append([piece])
    return chains


def _fit(together, spare=0, more_words=0):
    """Return whether pieces fit on one slide, which may be fuller by some pixels and words."""
    high = sum(piece.height for piece in together)
    running = 0 if together[0].heading else RUNNING_HEIGHT
    words = sum(piece.words for piece in together)
    return high + running <= WHOLE + spare and words <= MOST_WORDS + more_words


def deck(lesson, said):
    """Write a lesson as a deck.

    Parameters
    ----------
    lesson : dict
        The notebook.
    said : dict
        {heading: the speaker's notes, in Markdown}.

    Returns
    -------
    str
        HTML, which needs the files that `tools.slides.build` puts beside it.
    """
    cells = list(_all_cells(slides(lesson), said))
    title = {"title": cells[0].source.strip("# ")}
    return EXPORTER.from_notebook_node(new_notebook(cells=cells, metadata=title))[0]


def _all_cells(arranged, said):
    """Yield the cells of all slides."""
    heading = ""
    for slide in arranged:
        yield from _cells(slide, heading, said)
        heading = next((_title(p) for p in reversed(slide) if p.heading), heading)


def _cells(slide, heading, said):
    """Yield the cells of a slide: its heading or the one before, the notes and the rest."""
    first = slide[0]
    kind = "slide" if first.start == "slide" else "subslide"
    top = first.text if first.heading else RUNNING.format(heading)
    yield _cell(top, kind, _size(slide))
    yield from _notes(slide, said)
    for piece in slide[first.heading :]:
        yield _cell(piece.text, "" if piece is first else piece.start)


def _title(piece):
    """Return the words of a heading."""
    return piece.text.lstrip("# ")


def _notes(slide, said):
    """Yield the notes on the headings of a slide."""
    for piece in slide:
        if piece.heading and _title(piece) in said:
            yield _cell(said[_title(piece)], "notes")


def _size(slide):
    """Return how large the letters of a slide are."""
    high = sum(piece.height for piece in slide if not piece.heading)
    return "large" if high < NEARLY_EMPTY else "normal"


def _cell(text, kind, size=None):
    """Return a cell with a slide type, and the size of the letters where a slide begins."""
    slideshow = {"slide_type": kind or "-", "data": {"size": size} if size else {}}
    return new_markdown_cell(text, metadata={"slideshow": slideshow})
