"""Changes that plant a fault in a lesson: each function returns one, ready for the table of faults."""

import base64
import copy
import io

import numpy as np
from PIL import Image

from lesson_checks.lesson import Lesson, drawn_by, whole
from lesson_checks.runs import tables
from tools.lessons import NOTEBOOKS, text

LESSON = 2
PROSE, CODE, DRAWN = (
    "02-03",
    "02-16",
    "02-23",
)  # its cells where most faults are planted


def in_lesson(number, change):
    """Plant a fault in another lesson than the one of `LESSON`."""
    change.lesson = number
    return change


def faulty(change):
    """Return a lesson with a planted fault."""
    lesson = Lesson(NOTEBOOKS[getattr(change, "lesson", LESSON)])
    change(lesson)
    return lesson


def write(new, cell=PROSE):
    """Add a paragraph to a cell of Markdown, or a line to one of code."""

    def change(lesson):
        target = lesson.cell(cell)
        gap = "\n" if target["cell_type"] == "code" else "\n\n"
        target["source"] = [text(target) + gap + new]

    return change


def replace(old, new, cell=PROSE):
    """Replace a text of a cell, which has to be there."""

    def change(lesson):
        target = lesson.cell(cell)
        assert old in text(target), f"{cell} no longer has {old!r}"
        target["source"] = [text(target).replace(old, new, 1)]

    return change


def say(shown, cell=CODE):
    """Let a cell print something else."""

    def change(lesson):
        lesson.cell(cell)["outputs"] = [
            {"output_type": "stream", "name": "stdout", "text": [shown]}
        ]

    return change


def output(cell=CODE, **fields):
    """Give a cell one more output."""

    def change(lesson):
        lesson.cell(cell)["outputs"].append({"metadata": {}, **fields})

    return change


def set_at(*keys, value):
    """Set a field of the notebook."""

    def change(lesson):
        place = lesson.notebook
        for key in keys[:-1]:
            place = place[key]
        place[keys[-1]] = value

    return change


def set_in(cell, **fields):
    """Set fields of a cell."""

    def change(lesson):
        lesson.cell(cell).update(fields)

    return change


def tag(*tags):
    """Give a code cell tags."""
    return set_in(CODE, metadata={"tags": list(tags)})


def exchange(one, other):
    """Exchange two cells."""

    def change(lesson):
        places = [lesson.cells.index(lesson.cell(name)) for name in (one, other)]
        a, b = places
        lesson.cells[a], lesson.cells[b] = lesson.cells[b], lesson.cells[a]

    return change


def exchange_texts(one, other):
    """Exchange what stands in two cells, which keep their names."""

    def change(lesson):
        a, b = lesson.cell(one), lesson.cell(other)
        a["source"], b["source"] = b["source"], a["source"]

    return change


def drop(cell):
    """Leave a cell out."""

    def change(lesson):
        lesson.cells.remove(lesson.cell(cell))

    return change


def twice(cell):
    """Repeat a cell, under another name."""

    def change(lesson):
        place = lesson.cells.index(lesson.cell(cell))
        lesson.cells.insert(place, {**copy.deepcopy(lesson.cell(cell)), "id": "again"})

    return change


# --- pictures


def _picture(lesson, cell):
    """Return the output of a cell that is its picture."""
    return drawn_by(lesson.cell(cell))[0]


def as_text(picture):
    """Return a picture as the text that a notebook stores."""
    buffer = io.BytesIO()
    picture.save(buffer, format="png")
    return base64.b64encode(buffer.getvalue()).decode()


def redraw(draw, cell=DRAWN):
    """Store what a function makes of the pixels of a picture."""

    def change(lesson):
        target = _picture(lesson, cell)
        stored = base64.b64decode(whole(target["data"]["image/png"]))
        shown = np.array(Image.open(io.BytesIO(stored)).convert("RGB"))
        target["data"]["image/png"] = as_text(Image.fromarray(draw(shown)))

    return change


def picture_of(other, cell=DRAWN):
    """Store the picture of another cell, of whichever lesson."""

    def change(lesson):
        source = Lesson(NOTEBOOKS[int(other[:2])])
        target = _picture(lesson, cell)
        target["data"]["image/png"] = _picture(source, other)["data"]["image/png"]

    return change


def picture_text(alt, cell=DRAWN, plain=True):
    """Store another alternative text, in the plain text too."""

    def change(lesson):
        target = _picture(lesson, cell)
        target["metadata"]["image/png"]["alt"] = alt
        if plain:
            target["data"]["text/plain"] = [alt]

    return change


def caption(new, cell=DRAWN):
    """Give another caption everywhere: in code, picture and text."""

    def change(lesson):
        target, old = lesson.cell(cell), None
        old = _picture(lesson, cell)["metadata"]["image/png"]["alt"]
        target["source"] = [text(target).replace(old, new)]
        picture_text(new, cell)(lesson)
        target["outputs"][1]["data"]["text/markdown"] = [f"*{new}*"]

    return change


def no_picture(cell=DRAWN):
    """Store no picture where one is drawn."""

    def change(lesson):
        target = lesson.cell(cell)
        target["outputs"] = [
            each for each in target["outputs"] if each not in drawn_by(target)
        ]

    return change


def picture_twice(cell=DRAWN):
    """Store a picture twice."""

    def change(lesson):
        outputs = lesson.cell(cell)["outputs"]
        outputs.append(copy.deepcopy(outputs[0]))

    return change


def exchange_pictures(one, other):
    """Exchange the outputs of two cells that draw."""

    def change(lesson):
        a, b = lesson.cell(one), lesson.cell(other)
        a["outputs"], b["outputs"] = b["outputs"], a["outputs"]

    return change


def blank(shown):
    """Return paper."""
    return np.full_like(shown, 255)


def shifted(shown):
    """Return the picture with its middle two pixels lower, as when data change a little."""
    shown[100:400, 200:900] = np.roll(shown, 2, axis=0)[100:400, 200:900]
    return shown


def without_a_part(shown):
    """Return the picture without its legend or a part of a curve."""
    shown[60:300, 100:] = shown[0, 0]
    return shown


def with_another_digit(shown):
    """Return the picture with one label on its axis written over by a piece of another."""
    rows, columns = np.nonzero((shown < 100).all(axis=2))
    top, left = rows.min(), columns.min()
    shown[top : top + 24, left : left + 24] = (
        255 - shown[top : top + 24, left : left + 24]
    )
    return shown


def other_colours(shown):
    """Return the picture with red and blue exchanged."""
    return np.ascontiguousarray(shown[:, :, ::-1])


def cut(shown):
    """Return the upper part of the picture."""
    return np.ascontiguousarray(shown[:-40])


def mirrored(shown):
    """Return the picture from right to left."""
    return np.ascontiguousarray(shown[:, ::-1])


def declare(table, words, value):
    """Declare words in a table of what holds the words of outcome."""

    def change(lesson):
        lesson.declared = {table: {**tables(lesson)[table], words: value}}

    return change


def by_test(words, name, claim):
    """Declare that a test asserts what words say."""
    return declare("BY_TEST", words, (name, claim))
