"""The picture of a recorded step shows each result from the call that makes it to the call that reads it last."""

import pytest

from dnn_lessons.classroom.figures import png
from dnn_lessons.classroom.figures.tape import END, lifetimes


def test_a_bar_reaches_from_its_call_to_its_last_reader_or_beyond_the_end():
    figure = lifetimes(["Z", "A", "dW"], [1, 2, None], {"forward": 2, "backward": 1})
    bars = [bar for container in figure.axes[0].containers for bar in container]
    assert [(bar.get_x(), bar.get_x() + bar.get_width()) for bar in bars] == [
        (1, 2),
        (2, 3),
        (3, 3 + END),
    ]
    assert [text.get_text() for text in figure.axes[0].texts] == ["Z", "A", "dW"]
    assert png(figure).startswith(b"\x89PNG")


def test_the_parts_differ_in_more_than_colour():
    containers = (
        lifetimes(["a", "b", "c"], [1, 2, None], {"one": 1, "two": 1, "three": 1})
        .axes[0]
        .containers
    )
    assert [each.get_label() for each in containers] == ["one", "two", "three"]
    assert len({each[0].get_hatch() for each in containers}) == 3


def test_every_call_belongs_to_a_part():
    with pytest.raises(ValueError, match="3 labels, 3 last reads, 2 calls"):
        lifetimes(["a", "b", "c"], [1, 2, None], {"one": 2})
