"""The one table of looks: no meaning shares its look, all readers see them, and a small PNG keeps them."""

import ast
import base64
import io
import re
from itertools import combinations
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.colors import is_color_like, to_rgb
from PIL import Image

from dnn_lessons import classroom
from dnn_lessons.classroom.figures import LOOKS, looks, looks_of, new_figure, png, show
from dnn_lessons.classroom.figures.display import DPI
from dnn_lessons.classroom.figures.looks import COMPARED, INK, PAPER, SCALES, styled, tint

ALL = {**LOOKS, **{f"compared {i}": look for i, look in enumerate(COMPARED)}}
TOGETHER = [  # what one picture draws as lines of different meaning
    ("data", "model"),
    ("forward", "backward"),
    ("training", "held out"),
    ("too small", "good", "too large"),
    ("right", "wrong"),
    ("weight above 0", "weight below 0"),
    ("data", "label 1"),
    ("compared 0", "compared 1", "model"),
]
PAGES = {"light": str, "dark": looks.on_dark}  # what a colour is there
COLOUR_BLINDNESS = {  # Machado, Oliveira and Fernandes (2009), full strength, for linear RGB
    "none": np.eye(3),
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.01182, 0.04294, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.3039],
    ],
}
CLASSROOM = Path(classroom.__file__).parent
TO_XYZ = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]


def linear(colour):
    """Return the linear RGB of a colour."""
    c = np.array(to_rgb(colour))
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def lab(colour, seen_with):
    """Return the CIELAB coordinates of a colour as a reader with that colour blindness sees it."""
    seen = np.clip(np.array(COLOUR_BLINDNESS[seen_with]) @ linear(colour), 0, 1)
    x, y, z = np.cbrt(np.array(TO_XYZ) @ seen / [0.9505, 1, 1.089] + 1e-4)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def contrast(colour):
    """Return the contrast of a colour with the page, as WCAG defines it."""
    return 1.05 / (np.array(TO_XYZ)[1] @ linear(colour) + 0.05)


@styled
def lines():
    """Return a thick line of each colour, and a text that is made after the axes are."""
    figure, axes = new_figure(width=4.0, height=3.0)
    for height, look in enumerate(ALL.values()):
        axes.axhline(height, color=look.colour, linewidth=8)
    axes.set_title("late")
    return figure


@pytest.fixture(scope="module")
def shown():
    return png(lines())


def test_no_two_meanings_have_the_same_look():
    assert len(set(ALL.values())) == len(ALL)


def difference(one, other, seen_with):
    """Return the distance of two colours in CIELAB (CIE 1976) for a reader with that colour blindness."""
    return np.linalg.norm(lab(one, seen_with) - lab(other, seen_with))


@pytest.mark.parametrize("shade", PAGES)
@pytest.mark.parametrize("names", TOGETHER, ids=" ".join)
@pytest.mark.parametrize("seen_with", COLOUR_BLINDNESS)
def test_what_stands_in_one_picture_differs_for_every_reader(names, seen_with, shade):
    for one, other in combinations(names, 2):
        colours = PAGES[shade](ALL[one].colour), PAGES[shade](ALL[other].colour)
        assert difference(*colours, seen_with) > 10
        assert (
            ALL[one].dashes != ALL[other].dashes or ALL[one].marker != ALL[other].marker
        )


@pytest.mark.parametrize("name", SCALES)
@pytest.mark.parametrize("seen_with", COLOUR_BLINDNESS)
def test_the_ends_of_a_scale_of_numbers_differ_for_every_reader(name, seen_with):
    for one, other in combinations(SCALES[name].values(), 2):
        assert difference(one, other, seen_with) > 30


def test_a_pair_that_some_readers_do_not_tell_apart_is_found():
    """The planted fault: a red and a green that are equally light."""
    pair = "#D55E00", "#7A8B00"
    assert difference(*pair, "none") > 60
    assert difference(*pair, "protanopia") < 10
    assert difference(*pair, "deuteranopia") < 10


@pytest.mark.parametrize("name", [name for name in ALL if ALL[name].colour != PAPER])
def test_every_colour_is_read_on_a_dark_page(name):
    assert looks.contrast(looks.on_dark(ALL[name].colour), looks.DARK_PAPER) >= 4.5


@pytest.mark.parametrize("name", [name for name in ALL if ALL[name].colour != PAPER])
def test_every_line_stands_out_from_the_page(name):
    assert contrast(ALL[name].colour) >= 3


@pytest.mark.parametrize("name", ["forward", "backward"])
def test_numbers_in_a_colour_are_as_legible_as_words(name):
    assert contrast(LOOKS[name].colour) >= 4.5


def test_a_label_of_the_table_has_its_look_and_the_others_differ():
    found = looks_of(["training", "sigmoid", "held out", "tanh"])
    assert found == {
        "training": LOOKS["training"],
        "sigmoid": COMPARED[0],
        "held out": LOOKS["held out"],
        "tanh": COMPARED[1],
    }
    assert looks_of(map(str, range(6)))["5"] == COMPARED[0]


def test_keyword_arguments_draw_line_marker_or_both():
    look = LOOKS["held out"]
    assert look.line == {"color": look.colour, "linestyle": "--"}
    assert look.dots == {"color": look.colour, "linestyle": "none", "marker": "^"}
    assert look.curve == {**look.line, "marker": "^"}


def test_a_tint_lies_between_the_colour_and_white():
    assert (tint(INK, 1), tint(INK, 0), tint("#000000", 0.5)) == (
        INK,
        "#ffffff",
        "#808080",
    )


def test_a_reader_with_another_style_sees_the_same_picture(shown):
    with mpl.rc_context(
        {
            "font.size": 20,
            "axes.grid": False,
            "figure.facecolor": "black",
            "axes.facecolor": "red",
        }
    ):
        assert lines().axes[0].title.get_fontsize() == 12
    assert png(lines()) == shown


@pytest.mark.parametrize("name", ALL)
def test_a_small_picture_keeps_each_colour(shown, name):
    frequent = [
        colour
        for count, colour in Image.open(io.BytesIO(shown)).convert("RGB").getcolors()
        if count > 500
    ]
    colour = 255 * np.array(to_rgb(ALL[name].colour))
    assert np.abs(np.array(frequent) - colour).max(axis=1).min() <= 4


def test_a_small_picture_has_few_colours(shown):
    assert len(Image.open(io.BytesIO(shown)).convert("RGB").getcolors()) <= 40


def test_a_lesson_shows_a_picture_with_its_caption_below_it_and_as_its_text(monkeypatch):
    """Only Markdown shows the caption to readers who see, only `alt` to those who do not."""
    sent = []
    note = lambda thing, **more: sent.append((thing, more))  # noqa: E731
    monkeypatch.setattr("IPython.display.display", note)
    show(lines(), "A line of each look.")
    (data, more), (caption, _) = sent
    picture = Image.open(io.BytesIO(base64.b64decode(data["image/png"])))
    assert picture.size == (4 * DPI, 3 * DPI)
    assert data["text/plain"] == "A line of each look."
    assert more["raw"]
    width = {"alt": "A line of each look.", "width": 4 * 96}
    assert more["metadata"] == {"image/png": width}
    assert caption.data == "*A line of each look.*"


@pytest.mark.long
def test_a_small_picture_differs_nowhere_visibly_from_what_is_drawn():
    drawn = io.BytesIO()
    with mpl.rc_context(looks.STYLE):
        lines().savefig(drawn, format="png", dpi=DPI)
    pictures = [Image.open(each) for each in (drawn, io.BytesIO(png(lines())))]
    one, other = (np.asarray(each.convert("RGB"), int) for each in pictures)
    assert np.abs(one - other).max() < 48


def colours(source):
    """Return the strings of a program that name a colour or a colour map."""
    nodes = [
        node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)
    ]
    words = [node.value for node in nodes if re.search("[a-zA-Z#]{2}|#", str(node.value))]
    return [word for word in words if isinstance(word, str) and is_colour(word)]


def is_colour(word):
    """Return whether a string names a colour or a colour map, or holds the code of a colour."""
    named = is_color_like(word) or word in mpl.colormaps
    return (named and word != "none") or re.search("#[0-9a-fA-F]{6}", word)


@pytest.mark.parametrize(
    "path",
    sorted(CLASSROOM.rglob("*.py")),
    ids=lambda path: str(path.relative_to(CLASSROOM)),
)
def test_only_the_table_names_a_colour(path):
    found = colours(path.read_text(encoding="utf-8"))
    assert bool(found) == (path.name == "looks.py"), found


def test_a_colour_is_known_by_its_code_its_name_and_its_map():
    assert colours(
        "f(color='#0072B2', edgecolor='white', cmap='PuOr_r', marker='o', axis='y', face='none')"
    ) == [
        "#0072B2",
        "white",
        "PuOr_r",
    ]
