"""What is printed: no character of a file commands the terminal."""

import unicodedata
from pathlib import Path

import pytest

from dnn_lessons.command.report import draw_result
from dnn_lessons.command.streams import printable
from dnn_lessons.experiment import Experiment, curve_data

MARKS = {"\u061c", "\u200e", "\u200f"}  # which turn the direction of writing
DIRECTIONS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


def commands(letter):
    """Whether a character moves, colours or turns what a terminal shows."""
    is_control = unicodedata.category(letter) == "Cc" and letter != "\n"
    turns = unicodedata.bidirectional(letter) in DIRECTIONS or letter in MARKS
    return is_control or turns


def test_exactly_what_commands_a_terminal_is_escaped():
    letters = [chr(k) for k in range(0x3000)]
    changed = {letter for letter in letters if printable(letter) != letter}
    assert changed == {letter for letter in letters if commands(letter)}
    assert printable("a\x1b[2J\n\u202eb\x9b") == "a\\x1b[2J\n\\u202eb\\x9b"


NAMES = "a\x1b[2J,\x1b]0;title\x07y\u202e"


@pytest.mark.long
@pytest.mark.parametrize("last", ["", "x\x1b[2J,3\n"])
def test_names_and_cells_are_printed_without_commands(run, last):
    rows = "".join(f"{k * k},{k}\n" for k in range(30))
    Path("named.csv").write_text(f"{NAMES}\n{rows}{last}", encoding="utf-8")
    code, out, err = run("--data named.csv --num_epochs 1 --patience 0")
    assert code == (2 if last else 0)
    printed = (out + err).replace("\r", "").replace("\x1b[A", "")  # those of the bar
    assert not [letter for letter in printed if commands(letter)]
    assert r"\x1b[2J" in printed


def test_a_name_is_drawn_without_commands():
    data = curve_data(20)._replace(features=["\x1b[2Jx"], target="y\u202e")
    figure = draw_result(Experiment(data))
    assert figure.get_supxlabel() == r"\x1b[2Jx"
    assert figure.get_supylabel() == r"y\u202e"
