"""The data that a page draws: looks by name, ticks with texts, gaps for what is not finite, and maps as bytes."""

import base64

import numpy as np
import pytest

from dnn_lessons.classroom.explorers.picture import (
    Axis,
    Handle,
    Line,
    Map,
    Panel,
    Picture,
    for_page,
)


def sent(*marks, x=None, y=None, **more):
    """What the page gets of a panel with these marks."""
    x, y = x or Axis("x", 0, 1), y or Axis("y", 0.01, 100, True)
    (panel,) = for_page(Picture([Panel("title", x, y, marks, **more)]))["panels"]
    return panel


def test_a_line_is_lists_and_a_number_that_is_not_finite_is_a_gap():
    (line,) = sent(Line(np.arange(3), [1, np.nan, -np.inf], "held out", "cost"))["marks"]
    assert (line["kind"], line["label"]) == ("line", "cost")
    assert (line["x"], line["y"]) == ([0, 1, 2], [1, None, None])
    assert line["look"] == {"colour": "held-out", "dashes": "7 4", "marker": "^"}


def test_an_unknown_look_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match=r"no look 'hold out'; known: .*held out"):
        sent(Line([0], [0], "hold out"))


def test_axes_have_their_ticks_and_a_diagram_has_none():
    panel = sent()
    assert panel["x"]["ticks"][0] == (0, "0")
    assert [text for _, text in panel["y"]["ticks"]] == ["0.01", "0.1", "1", "10", "100"]
    assert sent(frame=False)["x"]["ticks"] == []


@pytest.mark.parametrize(
    ("low", "high", "texts"),
    [(-2, 2, ["−2", "−1", "0", "1", "2"]), (0, 3e20, ["0", "10²⁰", "2·10²⁰", "3·10²⁰"])],
)
def test_ticks_of_a_linear_axis_are_short_texts(low, high, texts):
    assert [text for _, text in sent(x=Axis("x", low, high))["x"]["ticks"]] == texts


def test_a_map_is_bytes_from_its_top_to_its_bottom():
    (drawn,) = sent(
        Map(np.array([[0.0, 0.5, 1.0], [2, -1, np.nan]]), 0, 1, 0, 1, 0, 1, "answers")
    )["marks"]
    rows = np.frombuffer(base64.b64decode(drawn["values"]), np.uint8).reshape(2, 3)
    assert drawn["size"] == [3, 2]
    assert rows.tolist() == [[255, 0, 0], [0, 128, 255]]
    assert drawn["scale"] == ["paper", "answer"]


def test_a_handle_names_its_controls():
    (handle,) = sent(Handle(0.5, 1, ("a", ""), "the point"))["marks"]
    assert (handle["names"], handle["text"]) == (["a", ""], "the point")
