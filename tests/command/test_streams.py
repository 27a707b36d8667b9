"""What is printed: no character of a file commands the terminal."""

import io
import unicodedata
from pathlib import Path

import pytest

from dnn_lessons.command.report import draw_result
from dnn_lessons.command.streams import LossyStream
from dnn_lessons.command.text import printable
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


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="it stands for a full disk")
def test_what_a_full_disk_refuses_is_lost_and_so_is_what_follows():
    with open("/dev/full", "w") as full:
        stream = LossyStream(full)
        stream.write("a")
        assert not stream.lost, "it waits in the buffer"
        stream.flush()
        stream.write("b")
        stream.flush()
    assert stream.lost


def test_a_closed_stream_loses_all_and_another_one_nothing():
    assert LossyStream(None).lost
    LossyStream(None).write("a")
    written = io.StringIO()
    stream = LossyStream(written)
    stream.write("größe")
    assert (stream.lost, written.getvalue()) == (False, "größe")


def test_a_letter_that_an_encoding_lacks_is_escaped():
    written = io.BytesIO()
    stream = LossyStream(io.TextIOWrapper(written, encoding="ascii"))
    stream.write("größe")
    stream.flush()
    assert written.getvalue() == rb"gr\xf6\xdfe"
