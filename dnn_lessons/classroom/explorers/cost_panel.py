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

TITLE = "cost of each epoch"
LABELS = {True: "cost J, logarithmic", False: "cost J"}
MOST_POINTS = 300  # of a curve: more are not seen on a screen
HIGHEST = 1e13  # of the axis: a run that diverges is stopped before
SPARE = 0.12  # of a panel, above the highest number and below the lowest: there are words
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
    low, high = _ends(_numbers(ghosts, curves, levels), log)
    marks = [*_earlier(ghosts), *_lines(curves), *_level_lines(levels)]
    marks += _end(curves, diverged, _just_below(low, high, log))
    epochs = Axis("epoch", 0, _last_epoch(num_epochs, ghosts, diverged))
    return Panel(TITLE, epochs, Axis(LABELS[log], low, high, log), marks)


def _earlier(ghosts):
    """Return the curves of earlier runs."""
    lines = {label: thinned(costs) for label, costs in ghosts.items()}
    return earlier_lines(lines, named=True)


def _last_epoch(num_epochs, ghosts, diverged):
    """Return the end of the axis of epochs, which is near to an early end."""
    now = num_epochs if diverged is None else min(num_epochs, 2 * diverged + 4)
    return max([now, *(len(costs) for costs in ghosts.values())])


def _level_lines(levels):
    """Return the lines of the levels; the words of the lowest stand below it, those of the others above."""
    lowest = min(levels.values(), default=None)
    return [
        Level(cost, words, below=cost == lowest and len(levels) > 1)
        for words, cost in levels.items()
    ]


def earlier_lines(lines, named=False):
    """Return the lines of earlier runs, each in a look of its own, which it has in all panels.

    Parameters
    ----------
    lines : dict
        {what was different: (x, y)}.
    named : bool
        Whether the legend has them.

    Returns
    -------
    list of Line
        The lines.
    """
    return [
        Line(x, y, f"compared {i}", label if named else "", width=1.6, faint=True)
        for i, (label, (x, y)) in enumerate(lines.items())
    ]


def _lines(curves):
    """Return the lines of the current run, each with a dot at its end."""
    marks = []
    for label, costs in curves.items():
        epochs, values = thinned(costs)
        marks.append(Line(epochs, values, label, label))
        marks.append(Points(epochs[-1:], values[-1:], label))
    return marks


def _end(curves, diverged, highest):
    """Return the mark and the words at the end of a run that diverged, at most as high as there is room."""
    if diverged is None:
        return []
    costs = next(iter(curves.values()))
    epoch, cost = len(costs), min([*costs[-1:], highest])
    return [
        Points([epoch], [cost], "wrong", size=14),
        Words(epoch, cost, f"   diverged in epoch {diverged}", "start", 1.1, "wrong"),
    ]


def _numbers(ghosts, curves, levels):
    """Return all costs that are drawn."""
    groups = [*ghosts.values(), *curves.values(), list(levels.values())]
    return np.concatenate([np.asarray(group, dtype=np.float64) for group in groups])


def _ends(values, log):
    """Return the ends of the axis of the cost, which holds every number that is drawn."""
    drawn = values[(values > 0) & (values < HIGHEST)]  # False for NaN too
    least, most = (drawn.min(), drawn.max()) if drawn.size else (1e-4, 1.0)
    return _log_ends(least, most) if log else (0.0, most * (1 + SPARE))


def _log_ends(least, most):
    """Return the ends of a logarithmic axis around two numbers."""
    low, high = np.log10([least, most])
    spare = max(SPARE * (high - low), 0.1)
    return 10 ** (low - spare), 10 ** (high + spare)


def _just_below(low, high, log):
    """Return the highest number of an axis below which words have room."""
    return high * (low / high) ** (SPARE / 2) if log else high * (1 - SPARE / 2)
