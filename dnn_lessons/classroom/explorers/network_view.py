"""Marks that draw the weights of a network as lines between its units."""

import numpy as np

from dnn_lessons.classroom.explorers.picture import Line

THINNEST, WIDEST = 0.6, 7.0  # pixels of a weight near 0, and of the largest one
STEPS = 8  # widths that are told apart: lines of one width are one mark
LOOKS = {1: "weight above 0", -1: "weight below 0"}  # by the sign
LEGEND = {1: "weight above 0 (wider: larger)", -1: "weight below 0"}


def largest_weight(parameters):
    """Return the largest absolute weight of a network, which sets the scale of the widths.

    Parameters
    ----------
    parameters : dict
        {"W1": ..., "b1": ..., ...} as the course has them.

    Returns
    -------
    float
        The largest |w|, or 1 where all weights are 0.
    """
    weights = [P for name, P in parameters.items() if name[0] == "W"]
    return max(np.abs(W).max() for W in weights) or 1.0


def weight_lines(W, starts, ends, largest, part=""):
    """Return a line for each weight, W (n, n_prev): its width is its size, its look its sign.

    Parameters
    ----------
    W : ndarray, shape (n, n_prev)
        The weights that lead to a layer.
    starts : array_like, shape (n_prev, 2)
        Where the lines begin: the places (x, y) of the units of the layer before.
    ends : array_like, shape (n, 2)
        Where they end: the places of the units of the layer.
    largest : float
        The size of a weight that is drawn with the greatest width; see `largest_weight`.
    part : str
        The part of the picture to which they belong, if that has a note.

    Returns
    -------
    list of Line
        One mark for each sign and width; a weight of exactly 0 has no line.
    """
    steps = np.ceil(STEPS * np.minimum(np.abs(W) / largest, 1)) * np.sign(W)
    return [
        Line(
            *_joined(*np.nonzero(steps == step), starts, ends), **_drawn(step), part=part
        )
        for step in np.unique(steps[steps != 0])
    ]


def legend_lines():
    """Return lines without points, which name the two signs in the legend of a panel.

    Returns
    -------
    list of Line
        One for each sign.
    """
    return [Line([], [], LOOKS[sign], words, 4) for sign, words in LEGEND.items()]


def _joined(rows, columns, starts, ends):
    """Return x and y of the lines from starts[column] to ends[row], with a gap after each."""
    ends, starts = np.asarray(ends, float)[rows], np.asarray(starts, float)[columns]
    points = np.stack([starts, ends, np.full_like(ends, np.nan)], axis=1)
    return points.reshape(-1, 2).T


def _drawn(step):
    """Return the look and the width of a step of the scale, which is below 0 for weights below 0."""
    share = (abs(step) - 1) / (STEPS - 1)
    width = THINNEST + share * (WIDEST - THINNEST)
    return {"look": LOOKS[int(np.sign(step))], "width": width}
