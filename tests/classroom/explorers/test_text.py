"""Arrays in one line of text."""

import re

import numpy as np

from dnn_lessons.classroom.explorers.text import array_text


def test_a_note_on_many_numbers_keeps_the_first_whole_ones():
    line = array_text("W", np.arange(1000.0).reshape(20, 50))
    assert line.startswith("W, shape (20, 50) = [[0.0, 1.0, 2.0, ")
    assert re.search(r" \d+\.0, …$", line)
    assert len(line) < 300
    assert array_text("J", 0.5) == "J = 0.5"


def test_no_zero_is_written_with_a_minus():
    text = array_text("A", np.array([[-0.0, -1e-9]]))
    assert text == "A, shape (1, 2) = [[0.0, 0.0]]"
