"""The names of before looks.py, ticks.py and display.py, until nothing imports them."""

from dnn_lessons.classroom.figures.display import png, show
from dnn_lessons.classroom.figures.looks import (
    COMPARED,
    INK,
    LOOKS,
    SHADE,
    STYLE,
    new_figure,
    styled,
)
from dnn_lessons.classroom.figures.ticks import log_axis as plain_log_axis

__all__ = ["COLOURS", "STYLE", "new_figure", "plain_log_axis", "png", "show", "styled"]
COLOURS = {
    "value": LOOKS["model"].colour,
    "slope": LOOKS["backward"].colour,
    "data": LOOKS["data"].colour,
    "good": LOOKS["good"].colour,
    "other": COMPARED[2].colour,
    "light": LOOKS["too small"].colour,
    "warm": LOOKS["held out"].colour,
    "ink": INK,
    "paper": SHADE,
}
