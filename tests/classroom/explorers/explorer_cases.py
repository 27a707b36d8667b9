"""What the tests of explorers share: how each is called, how it is made, and how paths and notes are read."""

import re

import numpy as np
import pytest

from dnn_lessons.classroom import explorers
from dnn_lessons.classroom.explorers import Explorer, slider
from dnn_lessons.classroom.figures import new_figure

CALLS = [f"{name}()" for name in explorers.__all__ if name.endswith("_explorer")]
every_explorer = pytest.mark.parametrize("call", CALLS)


def build(code):
    """The explorer that a line of code makes, as a lesson's cell makes it."""
    return eval(code, vars(explorers).copy())


def plain(values=range(10), start=3, compute=lambda n: n, **more):
    """An explorer of one number, which is its own State."""

    def draw(n):
        figure, axes = new_figure()
        axes.plot([0, n], gid="line")
        return figure

    def say(n):
        return f"n is {n}"

    return Explorer(
        "plain", [slider("n", "n", values, start)], compute, draw, say, **more
    )


def move(explorer, *indices, command="move"):
    """What the page does."""
    moved = {"indices": list(indices)} if indices else {}
    number = explorer.request[1] + 1
    explorer.set_state({**moved, "request": [command, number]})


def wander(explorer, rng, moves=8):
    """Set all controls at random, and stop at each whole picture."""
    for _ in range(moves):
        explorer.set(
            **{
                control.name: control.values[rng.integers(len(control.values))]
                for control in explorer.controls
            }
        )
        yield
        if explorer.runs:
            explorer.step()
            yield


def show_lines(explorer):
    """Let the explorer send what it sends while it plays."""
    explorer.playing = True
    explorer.advance(0)
    explorer.playing = False


def points_of(path):
    """The points of the text of an SVG path."""
    return np.array(re.findall(r"-?[\d.]+", path), float).reshape(-1, 2)


def path_in(explorer, gid):
    """The path of a line in the whole picture."""
    return re.search(rf'<g id="{gid}">\s*<path d="([^"]*)"', explorer.picture).group(1)


def noted(text):
    """{name: array} of a note, whose shapes are those that it names."""
    found = {}
    for line in text.split("\n"):
        name, shape, values = re.fullmatch(
            r"(\w+)(?:, shape (\(.*?\)))? = (.*)", line
        ).groups()
        found[name] = np.array(eval(values))
        assert found[name].shape == eval(shape or "()")
    return found
