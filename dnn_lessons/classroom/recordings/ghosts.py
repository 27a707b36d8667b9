"""How the lines of earlier runs stand in a picture, for a page that draws them from recordings."""

from dnn_lessons.classroom.explorers.earlier_runs import MOST
from dnn_lessons.classroom.explorers.picture import for_page
from dnn_lessons.classroom.figures.looks import look_of

NAME = "?"  # stands for what was different in an earlier run
NAMES = [f"compared {i}" for i in range(MOST)]
LOOKS = [look_of(name).for_page(name) for name in NAMES]  # of the earlier runs, in turn


def earlier_lines_in(draw, first, last):
    """Return how the lines of earlier runs stand in each panel.

    Parameters
    ----------
    draw : callable
        Takes a State, and `ghosts` as an explorer's draw takes them; returns a Picture.
    first, last : NamedTuple
        The States of a run at its beginning and at its end.

    Returns
    -------
    list
        For each panel None, or a dict: the place of the lines among the marks, the colour of that line of an
        earlier run that is drawn again, the new line without its points, and whether the axes grow with it.
    """
    pictures = (
        draw(first, ghosts={}),
        draw(first, ghosts={NAME: last}),
        draw(last, ghosts={}),
    )
    panels = zip(*(for_page(picture)["panels"] for picture in pictures), strict=True)
    return [_line_in(*each) for each in panels]


def _line_in(alone, both, before):
    """Return how the line of an earlier run stands in a panel, or None where there is none."""
    if len(alone["marks"]) == len(both["marks"]):
        return None
    place, line = _first_earlier(both)
    found = {"place": place, "of": _colour(line, before), "line": _style(line)}
    return {**found, "grows": _axes(alone) != _axes(both)}


def _first_earlier(panel):
    """Return the place of the first line of an earlier run, and that line."""
    marks = enumerate(panel["marks"])
    return next((i, mark) for i, mark in marks if mark.get("look") == LOOKS[0])


def _axes(panel):
    """Return both axes of a panel."""
    return panel["x"], panel["y"]


def _colour(line, panel):
    """Return the colour that a line of an earlier run had while it was the current run."""
    points = line["x"], line["y"]
    marks = (m for m in panel["marks"] if (m.get("x"), m.get("y")) == points)
    return next(marks)["look"]["colour"]


def _style(line):
    """Return a line without its points."""
    return {name: value for name, value in line.items() if name not in ("x", "y")}
