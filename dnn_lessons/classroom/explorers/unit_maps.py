"""The panel of a network that one can see into: its weights, and what each unit answers over the plane."""

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from dnn_lessons.classroom.explorers.network_view import (
    largest_weight,
    legend_lines,
    weight_lines,
)
from dnn_lessons.classroom.explorers.picture import (
    Axis,
    Map,
    Panel,
    Points,
    Rects,
    Words,
)

MOST_UNITS = 16  # of a layer that are drawn
MOST_ROWS = 8  # a layer with more units has two columns
HIGH = 0.8  # of the panel, whose width is 1
AXES = Axis("", 0, 1), Axis("", 0, HIGH)
TOP, BOTTOM = HIGH - 0.07, 0.07  # of the room for units, between two rows of words
LARGEST = 0.15  # side of a unit's map
COLUMN = 1.15  # the distances from one unit to the next, in sides of a map
LEAST_GAP = 1.2  # between layers, in sides of a map
SLIM = 1.7  # times the largest weight would be drawn with the greatest width


class UnitLayer(NamedTuple):
    """What the units of one layer answer over the plane.

    Parameters
    ----------
    name : str
        The name of the layer.
    answers : ndarray, shape (k, rows, columns)
        For each unit that is drawn, its answers on a grid; the first row is the lowest.
    dead : ndarray of bool, shape (k,)
        Which of them are dead.
    count_dead : int
        How many units of the layer are dead, with those that are not drawn.
    scale : str
        The name of the scale of colours of the answers.
    """

    name: str
    answers: np.ndarray
    dead: np.ndarray
    count_dead: int = 0
    scale: str = "signs"


def network_panel(layers, parameters, title, weight):
    """Return the diagram of a network with a map for each unit.

    Parameters
    ----------
    layers : list of UnitLayer
        The features, the hidden layers and the output.
    parameters : dict
        {"W1": ..., "b1": ..., ...} of the units that are drawn.
    title : str
        The words above the panel.
    weight : float
        The panel's share of the width.

    Returns
    -------
    Panel
        The panel. The lines of dead units are as grey as the units.
    """
    places, side = unit_places([len(layer.answers) for layer in layers])
    marks = legend_lines() + _edges(layers, parameters, places, side)
    for layer, centres in zip(layers, places, strict=True):
        marks += _layer_marks(layer, centres, side)
    return Panel(title, *AXES, marks, weight, height=HIGH, frame=False)


def unit_places(counts):
    """Return where the units of a network are drawn, and how large.

    Parameters
    ----------
    counts : list of int
        The number of units in each layer.

    Returns
    -------
    places : list of ndarray, shape (n, 2)
        The centres of the units of each layer.
    side : float
        The side of each unit's map.
    """
    columns, rows = _shapes(np.array(counts))
    side = _side(columns, rows)
    layers = zip(counts, rows, _first_columns(columns, side), strict=True)
    return [_layer_places(*layer, side) for layer in layers], side


def _first_columns(columns, side):
    """Return where the first column of each layer stands; all gaps between layers are equal."""
    taken = COLUMN * side * np.append(0, np.cumsum(columns))
    return taken[:-1] + COLUMN * side / 2 + np.linspace(0, 1 - taken[-1], len(columns))


def _shapes(counts):
    """Return the number of columns and of rows in which each layer stands."""
    columns = -(-counts // MOST_ROWS)
    return columns, -(-counts // columns)


def _side(columns, rows):
    """Return the side of a unit's map, for which there is room in both directions."""
    across = COLUMN * columns.sum() + LEAST_GAP * (len(columns) - 1)
    return min(LARGEST, (TOP - BOTTOM) / (COLUMN * rows.max()), 1 / across)


def _layer_places(count, rows, x, side):
    """Return the centres (n, 2) of the units of a layer, whose first column stands at x."""
    column, row = np.divmod(np.arange(count), rows)
    down = min((TOP - BOTTOM) / rows, 1.5 * side) * (row - (rows - 1) / 2)
    return np.stack([x + COLUMN * side * column, (TOP + BOTTOM) / 2 - down], axis=1)


def _edges(layers, parameters, places, side):
    """Return the lines of all weights, from the right of one unit to the left of the next."""
    largest, half = SLIM * largest_weight(parameters), np.array([side / 2, 0])
    marks = []
    for l, pair in enumerate(pairwise(layers), 1):
        ends = (places[l - 1] + half).round(4), (places[l] - half).round(4)
        marks += _edges_of_layer(parameters[f"W{l}"], *pair, *ends, largest)
    return marks


def _edges_of_layer(W, before, layer, starts, ends, largest):
    """Return the lines of the weights W (n, n_prev); those of dead units are thin and grey."""
    alive = ~layer.dead[:, None] & ~before.dead
    grey = weight_lines(W * ~alive, starts, ends, largest)
    return [
        *(line._replace(look="data", width=1, faint=True) for line in grey),
        *weight_lines(W * alive, starts, ends, largest),
    ]


def _layer_marks(layer, centres, side):
    """Return the maps of the units that live, a crossed grey square for each dead one, and words."""
    alive = ~layer.dead
    units = zip(layer.answers[alive], centres[alive], strict=True)
    maps = [_unit_map(*unit, side, layer.scale) for unit in units]
    living = _squares(centres[alive], side, "paper") + maps
    return living + _dead_units(centres[layer.dead], side) + _names(layer, centres)


def _dead_units(centres, side):
    """Return a crossed grey square for each dead unit."""
    return [*_squares(centres, side, "grid"), Points(*centres.T, "wrong", size=9)]


def _squares(centres, side, look):
    """Return the squares around centres (n, 2), with an edge."""
    (left, bottom), (right, top) = (centres - side / 2).T, (centres + side / 2).T
    return [Rects(left, right, bottom, top, look, edge=True)] if len(centres) else []


def _unit_map(answers, centre, side, scale):
    """Return the map of a unit; its strongest colour is its own largest answer."""
    (left, bottom), (right, top) = centre - side / 2, centre + side / 2
    high = 1.0 if scale == "answers" else np.abs(answers).max() or 1.0
    low = 0.0 if scale == "answers" else -high
    return Map(answers, left, right, bottom, top, low, high, scale)


def _names(layer, centres):
    """Return the words above a layer, and below it how many of its units are dead."""
    x = centres[:, 0].mean()
    words = [Words(x, HIGH - 0.03, layer.name)]
    if layer.count_dead:
        words.append(Words(x, 0.03, f"{layer.count_dead} dead", look="wrong"))
    return words
