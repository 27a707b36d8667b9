"""The still picture of an explorer holds the same data as the one that the page draws."""

import base64
import io
import json
import re

import numpy as np
import pytest
from explorer_cases import build, every_explorer
from matplotlib.colors import same_color
from PIL import Image

from dnn_lessons.classroom.explorers.picture import (
    Arrow,
    Handle,
    Level,
    Line,
    Map,
    Points,
    Rects,
    Words,
)
from dnn_lessons.classroom.figures.looks import look_of
from dnn_lessons.classroom.figures.ticks import ticks
from tools.lessons import NOTEBOOKS


@pytest.mark.long
@every_explorer
def test_the_still_picture_holds_the_data_of_the_page(call):
    explorer = build(call)
    figure = explorer.figure()
    assert len(figure.axes) == len(explorer.drawn.panels)
    for panel, axes in zip(explorer.drawn.panels, figure.axes, strict=True):
        assert axes.get_title() == panel.title
        assert axes.get_xlim() == pytest.approx((panel.x.low, panel.x.high))
        assert axes.get_ylim() == pytest.approx((panel.y.low, panel.y.high))
        compare_marks(panel, axes)
        if panel.frame:
            compare_ticks(panel.x, axes.xaxis)
            compare_ticks(panel.y, axes.yaxis)


def compare_marks(panel, axes):
    """Each mark is drawn where it stands, in its order and colour, and nothing else is drawn."""
    artists = {
        "lines": list(axes.lines),
        "patches": list(axes.patches),
        "images": list(axes.images),
        "texts": list(axes.texts),
    }
    for mark in panel.marks:
        DRAWN[type(mark)](mark, artists)
    assert not any(artists.values()), artists


def compare_ticks(axis, drawn):
    """An axis has the name and the ticks of the page."""
    expected = ticks(axis.low, axis.high, axis.log)
    inside = [
        x for x in drawn.get_majorticklocs() if axis.low <= x <= axis.high * (1 + 1e-9)
    ]
    assert drawn.label.get_text() == axis.label
    assert inside == pytest.approx([x for x, _ in expected])
    assert drawn.get_major_formatter().format_ticks(inside) == [
        text for _, text in expected
    ]


def curve(mark, artists):
    """The points of a Line, of Points or of a Handle."""
    line = artists["lines"].pop(0)
    for expected, shown in zip((mark.x, mark.y), line.get_data(), strict=True):
        values = np.atleast_1d(np.asarray(expected, dtype=np.float64))
        finite = np.isfinite(values)
        np.testing.assert_array_equal(np.asarray(shown)[finite], values[finite])
        assert not np.isfinite(np.asarray(shown)[~finite]).any()
    assert same_color(line.get_color(), look_of(mark.look).colour)


def level(mark, artists):
    """The place of a Level, and its words."""
    line, text = artists["lines"].pop(0), artists["texts"].pop(0)
    values = line.get_xdata() if mark.axis == "x" else line.get_ydata()
    assert list(values) == [mark.at, mark.at]
    assert text.get_text() == mark.text
    assert same_color(line.get_color(), look_of(mark.look).colour)


def rects(mark, artists):
    """The sides of each rectangle."""
    for left, right, bottom, top in np.broadcast(*map(np.ravel, mark[:4])):
        patch = artists["patches"].pop(0)
        sides = patch.get_x(), patch.get_x() + patch.get_width()
        ends = patch.get_y(), patch.get_y() + patch.get_height()
        assert (*sides, *ends) == pytest.approx((left, right, bottom, top))
        assert same_color(patch.get_facecolor()[:3], look_of(mark.look).colour)


def image(mark, artists):
    """The numbers of a Map, its sides and the ends of its colours."""
    shown = artists["images"].pop(0)
    np.testing.assert_array_equal(shown.get_array(), mark.values)
    assert tuple(shown.get_extent()) == (mark.left, mark.right, mark.bottom, mark.top)
    assert shown.get_clim() == (mark.low, mark.high)


def arrow(mark, artists):
    """The ends of an Arrow."""
    shown = artists["texts"].pop(0)
    assert (shown.xyann[0], shown.xy[0]) == tuple(mark.x)
    assert (shown.xyann[1], shown.xy[1]) == tuple(mark.y)


def words(mark, artists):
    """The text and the place of Words."""
    shown = artists["texts"].pop(0)
    assert shown.get_text() == mark.text
    assert shown.get_position() == (mark.x, mark.y)


DRAWN = {
    Line: curve,
    Points: curve,
    Handle: curve,
    Level: level,
    Rects: rects,
    Map: image,
    Arrow: arrow,
    Words: words,
}


EXPLORER = re.compile(r"^\w+_explorer\([^)]*\)", re.MULTILINE)


@pytest.mark.long
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name[:2])
def test_a_lesson_holds_the_still_picture_of_each_of_its_explorers(path):
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        found = EXPLORER.search("".join(cell["source"]))
        if cell["cell_type"] != "code" or not found:
            continue
        explorer = build(found.group(0))
        stored = [each for each in cell["outputs"] if "image/png" in each.get("data", {})]
        assert len(stored) == 1
        alt = stored[0]["metadata"]["image/png"]["alt"]
        assert alt == f"{explorer.title}. {explorer.words}"
        size = Image.open(
            io.BytesIO(base64.b64decode(stored[0]["data"]["image/png"]))
        ).size
        assert size[0] > size[1]
