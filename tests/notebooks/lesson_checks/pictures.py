"""Pictures: each is what its cell draws now, belongs to no other cell, and has a text of its own.

Pixels are compared where the Matplotlib and the Pillow run that drew the stored pictures (`pictures.json` says
which): of the 600,000 pixels of a picture no more than a few may differ visibly, since another processor may
round a last bit otherwise. Other versions set letters and margins a little differently: there the size has to
be the same, and the ink of the blurred picture, as in tests/tools/test_images.py.
"""

import ast
import base64
import io
import json
import re
from functools import cache
from pathlib import Path

import matplotlib as mpl
import numpy as np
import PIL
from PIL import Image, ImageFilter

from dnn_lessons.classroom.explorers.page import STILL_DPI
from dnn_lessons.classroom.figures.display import DPI
from lesson_checks.lesson import Lesson, alt_of, check, drawn_by, named, whole
from proofs.numbers import LOOSE, Beside, declared, judge_prose
from proofs.sections import numbers_of, sections
from tools.lessons import NOTEBOOKS, prose, text

RECORD = Path(__file__).parent / "pictures.json"
VISIBLE, PIXELS = (
    96,
    10,
)  # of 255 levels; how many pixels may differ so much. Measured: 1 in 57 pictures
BLUR, TOLERANCE = (
    16,
    0.06,
)  # measured between Matplotlib 3.10.7 and 3.11.2: 0.037; two pictures of a size: 0.14
OF_CAPTIONS = {"for the inputs 2 and 3": "datasets.tiny_network: its second example"}
INK = 0.004  # the least share of a picture that is not paper
DRAWS = re.compile(r"(?<!def )\b(?:show|\w+_explorer|explorer)\(")
SHARED = {"00-network", "01-24"}  # lesson 01 shows again what lesson 00 began with
EMPTY = set(
    "a an and are as at be below by can chart diagram figure for graph here image in is it its lesson "
    "next of on one our picture plot plots see seen shown shows some that the there these this to we "
    "what which with you".split()
)


def versions():
    """Return the versions of what sets pixels."""
    return {"matplotlib": mpl.__version__, "pillow": PIL.__version__}


def recorded():
    """Return the versions that drew the stored pictures."""
    return json.loads(RECORD.read_text("utf-8"))


# --- one picture against another


@cache
def pixels(data):
    """Return the colours of a picture, from its text in a notebook."""
    picture = Image.open(io.BytesIO(base64.b64decode(data)))
    return np.asarray(picture.convert("RGB"), int)


def blurred_ink(data):
    """Return how dark each place of a blurred picture is, its paper left out."""
    grey = Image.fromarray(pixels(data).astype(np.uint8)).convert("L")
    return 255 - np.asarray(grey.filter(ImageFilter.GaussianBlur(BLUR)), float)


def visible_pixels(one, other):
    """Return how many pixels of two pictures of one size differ visibly."""
    return int((np.abs(pixels(one) - pixels(other)).max(axis=2) > VISIBLE).sum())


def ink_difference(one, other):
    """Return which share of the ink of two pictures of one size lies elsewhere."""
    one, other = blurred_ink(one), blurred_ink(other)
    return np.abs(one - other).sum() / (one + other).sum()


def difference(stored, drawn, same_versions):
    """Say how a stored picture differs from the one that is drawn now, or nothing."""
    if stored == drawn:
        return ""
    if pixels(stored).shape != pixels(drawn).shape:
        return "has another size than the one drawn now"
    if same_versions:
        count = visible_pixels(stored, drawn)
        return f"differs in {count} pixels" if count > PIXELS else ""
    share = ink_difference(stored, drawn)
    return f"differs in {share:.0%} of its ink" if share > TOLERANCE else ""


# --- the pictures of a lesson


@check
def pictures_are_drawn_now(lesson):
    """Each stored picture, and its text, is the one that its cell drew, pixel by pixel."""
    return _changed_pictures(lesson, same_versions=True)


@check
def pictures_are_alike(lesson):
    """The same where other versions draw: size and ink."""
    return _changed_pictures(lesson, same_versions=False)


def _changed_pictures(lesson, same_versions):
    """Return where a stored picture is not the drawn one."""
    for cell in lesson.code:
        stored, drawn = drawn_by(cell), lesson.drawn[cell["id"]]
        if len(stored) != len(drawn):
            yield named(cell, f"stores {len(stored)} pictures, and draws {len(drawn)}")
        for old, new in zip(stored, drawn, strict=False):
            if not is_cut_short(new):
                yield from _changes(cell, old, new, same_versions)


def is_cut_short(output):
    """Return whether an explorer's run waits for Play, as it does on a machine too busy to end it in ten seconds."""
    epochs = re.search(r"Epoch ([\d,]+) of ([\d,]+)", alt_of(output))
    return bool(epochs) and epochs[1] != epochs[2]


def _changes(cell, old, new, same_versions):
    """Return how a stored picture differs from the one that its cell drew."""
    images = [whole(each["data"]["image/png"]) for each in (old, new)]
    found = difference(*images, same_versions)
    if found:
        yield named(cell, f"its picture {found}; run tools.execute")
    if old["metadata"] != new["metadata"]:
        yield named(cell, f"its picture is stored with the text {alt_of(old)!r}")


@check
def every_cell_that_draws_stores_a_picture(lesson):
    """A call of show or of an explorer leaves one picture; no other cell has one."""
    for cell in lesson.code:
        calls, stored = len(DRAWS.findall(text(cell))), len(drawn_by(cell))
        if calls != stored:
            yield named(cell, f"draws {calls} times, and stores {stored} pictures")


@check
def every_picture_shows_something(lesson):
    """A picture can be read, is not blank, and is shown at the width that it was drawn for."""
    for cell in lesson.code:
        for output in drawn_by(cell):
            found = _damage(output)
            if found:
                yield named(cell, found)


def _damage(output):
    """Say what is wrong with a picture itself, or nothing."""
    try:
        shown = pixels(whole(output["data"]["image/png"]))
    except (OSError, ValueError) as error:
        return f"its picture cannot be read: {error}"
    paper = shown.reshape(-1, 3).max(axis=0)
    if (np.abs(shown - paper).max(axis=2) > VISIBLE).mean() < INK:
        return "its picture is blank"
    width = output["metadata"].get("image/png", {}).get("width", 0)
    drawn_for = [shown.shape[1] * 96 / dpi for dpi in (DPI, STILL_DPI)]
    fits = any(abs(width - each) <= 1 for each in drawn_for)
    return "" if fits else "its picture is shown at another width"


@cache
def _owners():
    """Return {picture or text: names of the cells that store it} of all lessons."""
    found = {}
    for path in NOTEBOOKS:
        for cell in Lesson(path).code:
            for output in drawn_by(cell):
                for each in (whole(output["data"]["image/png"]), alt_of(output)):
                    found.setdefault(each, set()).add(cell["id"])
    return found


@check
def pictures_belong_to_one_cell(lesson):
    """No picture, and no alternative text, stands in two cells of all lessons."""
    seen = {}
    for cell in lesson.code:
        for output in drawn_by(cell):
            for kind, each in _identity(output):
                others = _owners().get(each, set()) | seen.setdefault(each, set())
                shared = SHARED if kind == "picture" and cell["id"] in SHARED else set()
                if others - {cell["id"]} - shared:
                    yield named(cell, f"its {kind} also stands in {others}")
                seen[each].add(cell["id"])


def _identity(output):
    """Return what no two pictures share, with its name."""
    yield "picture", whole(output["data"]["image/png"])
    yield "text", alt_of(output)


# --- alternative texts


def empty_words(alt):
    """Say whether a text has fewer than three words of its own."""
    words = re.findall(r"[^\W\d_]+|\d[\d.]*", alt.lower())
    return len(words) < 5 or len(set(words) - EMPTY) < 3


@check
def alternative_texts_say_something(lesson):
    """Each has five words, three of them with a meaning; those in Markdown too."""
    for cell in lesson.code:
        for output in drawn_by(cell):
            if empty_words(alt_of(output)):
                yield named(cell, f"says nothing of its picture: {alt_of(output)!r}")
    in_markdown = re.findall(r"!\[([^\]]*)\]", prose(lesson))
    in_markdown += re.findall(
        r"<img\b(?:(?!alt=)[^>])*(?:alt=['\"]([^'\"]*))?[^>]*>", prose(lesson)
    )
    yield from (f"says nothing: {each}" for each in in_markdown if empty_words(each))


@check
def alternative_texts_are_those_of_their_cells(lesson):
    """The text is the one that the cell's code gives to `show`, and stands below the picture as its caption."""
    for cell in lesson.code:
        for output in drawn_by(cell):
            alt = alt_of(output)
            if alt != whole(output["data"].get("text/plain", "")):
                yield named(cell, f"has two texts, one of them {alt!r}")
            if _shows(cell) and alt not in _strings(text(cell)):
                yield named(cell, f"does not give the text {alt!r}")
            if _shows(cell) and f"*{alt}*" not in map(shown_markdown, cell["outputs"]):
                yield named(cell, f"has no caption {alt!r}")


def shown_markdown(output):
    """Return the Markdown of an output."""
    return whole(output.get("data", {}).get("text/markdown", ""))


def _shows(cell):
    """Return whether a cell gives its picture a text; an explorer makes its own."""
    return "show(" in text(cell)


def _strings(source):
    """Return the texts in the code of a cell."""
    tree = ast.parse(re.sub(r"^[%!].*$", "", source, flags=re.M))
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    return [node.value for node in nodes if isinstance(node.value, str)]


@check
def numbers_of_alternative_texts_are_computed(lesson):
    """Each number in a caption stands in its section's code, outputs or formulas, captions left out."""
    table = declared(lesson.number, "NUMBERS") | OF_CAPTIONS
    for part in sections(lesson):
        bare = part._replace(cells=[_without_captions(cell) for cell in part.cells])
        computed = numbers_of(bare, lesson.number)
        for cell in part.cells:
            for caption in _captions(cell):
                for judged in judge_prose(caption, Beside(computed, computed, table)):
                    if judged.kind == LOOSE:
                        yield named(cell, f"computes no such number: {judged.words}")


def _captions(cell):
    """Return the captions of a cell that draws by `show`; explorers compute what they say."""
    return [alt_of(each) for each in drawn_by(cell)] if _shows(cell) else []


def _without_captions(cell):
    """Return a cell without its captions, in code and outputs."""
    source = text(cell)
    for caption in _captions(cell):
        source = source.replace(caption, "")
    outputs = [each for each in cell["outputs"] if each["output_type"] != "display_data"]
    return {**cell, "source": [source], "outputs": outputs}
