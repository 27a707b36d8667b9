"""The panel in which the costs of a training grow while it is watched, with earlier runs and levels to compare."""

import numpy as np

from dnn_lessons.classroom.explorers.controls import choice
from dnn_lessons.classroom.explorers.picture import (
    Axis,
    Level,
    Line,
    Panel,
    Points,
    Words,
)

MOST_POINTS = 300  # of a curve: more are not seen on a screen
HIGHEST = 1e13  # of the axis: a run that diverges is stopped before
SPARE = 1.6  # between the highest number and the end of a logarithmic axis
COST_AXIS = choice(
    "log", "cost axis", {"logarithmic": True, "linear": False}, True, view=True
)


def thinned(costs):
    """Return at most MOST_POINTS epochs with their costs, the first and the last among them.

    Parameters
    ----------
    costs : list of float
        The costs of epochs 1, 2, ...

    Returns
    -------
    tuple of ndarray, each of shape (k,)
        The epochs and their costs.
    """
    count = min(len(costs), MOST_POINTS)
    kept = np.unique(np.linspace(0, len(costs) - 1, count).astype(int))
    return kept + 1, np.asarray(costs, dtype=np.float64)[kept]


def cost_panel(curves, num_epochs, ghosts, levels, log=True, diverged=None):
    """Return the panel of the costs by epoch, on axes that hold all that there is so far.

    Parameters
    ----------
    curves : dict
        {label: costs of epochs 1, 2, ...}; a label of the table of looks has its look.
    num_epochs : int
        How many epochs there will be.
    ghosts : dict
        The same of earlier runs, by what was different in them.
    levels : dict
        {words: cost} of what a reader compares with, such as the best constant.
    log : bool
        Whether the axis of the cost is logarithmic.
    diverged : int, optional
        The epoch in which the run diverged.

    Returns
    -------
    Panel
        The panel. The line of each curve has a point for each epoch, or MOST_POINTS of them.
    """
    known = {label: costs for label, costs in {**ghosts, **curves}.items() if len(costs)}
    marks = [
        *_level_lines(levels),
        *_ghost_lines(ghosts),
        *_lines(curves),
        *_end(curves, diverged),
    ]
    x = Axis("epoch", 0, max([num_epochs, *map(len, known.values())]))
    if diverged is not None and not ghosts:
        x = x._replace(high=min(x.high, 2 * diverged + 4))
    low, high = _ends([*known.values(), list(levels.values())], log)
    return Panel("cost of each epoch", x, Axis("cost J", low, high, log), marks)


def _level_lines(levels):
    """Return the lines of the levels; the words of the lowest stand below it, those of the others above."""
    lowest = min(levels.values(), default=None)
    return [
        Level(cost, words, below=cost == lowest and len(levels) > 1)
        for words, cost in levels.items()
    ]


def _ghost_lines(ghosts):
    """Return the lines of earlier runs, each in a look of its own."""
    return [
        Line(*thinned(costs), f"compared {i}", label, width=1.6, faint=True)
        for i, (label, costs) in enumerate(ghosts.items())
    ]


def _lines(curves):
    """Return the lines of the run of now, each with a dot at its end."""
    marks = []
    for label, costs in curves.items():
        epochs, values = thinned(costs)
        marks.append(Line(epochs, values, label, label))
        marks.append(Points(epochs[-1:], values[-1:], label))
    return marks


def _end(curves, diverged):
    """Return the mark and the words at the end of a run that diverged."""
    if diverged is None:
        return []
    epochs, costs = thinned(next(iter(curves.values())))
    text = f"diverged in epoch {diverged}"
    if not len(epochs):
        return [Words(0.5, 1.0, text, "start", 1.1, "wrong")]
    at = epochs[-1], min(costs[-1], HIGHEST / SPARE)
    return [
        Points(*at, "wrong", size=14),
        Words(at[0], at[1], f"  {text}", "start", 1.1, "wrong"),
    ]


def _ends(groups, log):
    """Return the ends of the axis of the cost, which holds every number that is drawn."""
    values = np.concatenate([np.asarray(group, dtype=np.float64) for group in groups])
    drawn = values[np.isfinite(values) & (values > 0) & (values < HIGHEST)]
    if not drawn.size:
        return (1e-4, 1.0) if log else (0.0, 1.0)
    if log:
        return drawn.min() / SPARE, drawn.max() * SPARE
    return 0.0, drawn.max() * 1.08
