"""Panels of a gradient check: the error of each entry of a gradient, and that of the whole by the step."""

import numpy as np

from dnn_lessons.classroom.explorers.picture import (
    Axis,
    Handle,
    Level,
    Line,
    Panel,
    Rects,
    Words,
)

# The ends of the axis of errors, on which an error of 0 has no place.
SMALLEST, LARGEST = 1e-13, 4
ERRORS = Axis("error", SMALLEST, LARGEST, True)
COLUMNS = Axis("", -1.05, 4.05)
STEPS_TITLE = "error of the whole gradient by the step"
WIDE = 4  # columns for which the panel of the entries has room
VERDICTS = {True: ("right", "✓ passes"), False: ("wrong", "✗ does not pass")}


def entries_panel(name, errors, tolerance):
    """Return a box for each entry of a gradient with its relative error, a mark and a colour that say if it passes.

    Parameters
    ----------
    name : str
        The name of the gradient, such as "dW1".
    errors : ndarray, shape (n, n_prev)
        The relative error of each entry.
    tolerance : float
        The error above which an entry counts as wrong.

    Returns
    -------
    Panel
        A diagram; unit 1 is the top row and input 1 the first column.
    """
    y = Axis("", -len(errors) - 0.05, 0.7)
    marks = [
        *_boxes(errors, tolerance),
        *_numbers(errors, tolerance),
        *_names(name, errors),
    ]
    return Panel(
        f"relative error of each entry of {name}", COLUMNS, y, marks, frame=False
    )


def _names(name, errors):
    """Return the names of the rows and columns."""
    return [*_rows(len(errors)), *_columns(errors.shape[1], name[1] == "W")]


def _boxes(errors, tolerance):
    """Return the boxes of the entries that pass, and of those that do not, as far as there are any."""
    passes = errors <= tolerance
    groups = {verdict: np.nonzero(passes == verdict) for verdict in VERDICTS}
    return [
        _boxes_at(*places, WIDE / errors.shape[1], verdict)
        for verdict, places in groups.items()
        if len(places[0])
    ]


def _boxes_at(rows, columns, width, verdict):
    """Return the boxes of some entries, with a small gap between them."""
    look, label = VERDICTS[verdict]
    left, top = columns * width, -rows
    sides = left + 0.03, left + width - 0.03, top - 0.96, top - 0.04
    return Rects(*sides, look, label, edge=True, faint=bool(verdict))


def _numbers(errors, tolerance):
    """Return the errors as words, each in its box after a sign of what it means."""
    width = WIDE / errors.shape[1]
    return [
        Words((j + 0.5) * width, -i - 0.5, _number(error, error <= tolerance), size=1.05)
        for (i, j), error in np.ndenumerate(errors)
    ]


def _number(error, passes):
    """Return an error as words."""
    sign = VERDICTS[bool(passes)][1][0]
    return f"{sign} {error:.0e}" if error else f"{sign} 0"


def _rows(n):
    """Return the names of n rows."""
    return [Words(-0.1, -i - 0.5, f"unit {i + 1}", "end") for i in range(n)]


def _columns(n_prev, named):
    """Return the names of the columns; the one column of a bias has none."""
    width = WIDE / n_prev
    inputs = range(n_prev * named)
    return [Words((j + 0.5) * width, 0.3, f"input {j + 1}") for j in inputs]


def steps_panel(steps, curves, at, tolerance):
    """Return the relative error of a gradient by the step of the central difference.

    Parameters
    ----------
    steps : array_like, shape (k,)
        The steps h.
    curves : dict
        {label: (look, errors)}, an error for each step.
    at : tuple of float
        The step that is chosen, and the error there.
    tolerance : float
        The error above which a gradient counts as wrong.

    Returns
    -------
    Panel
        The panel, on logarithmic axes that stay.
    """
    lines = [
        Line(steps, np.maximum(errors, SMALLEST), look, label)
        for label, (look, errors) in curves.items()
    ]
    marks = [*_limit(tolerance, 1.5 * steps[0]), *lines, *_chosen(*at)]
    x = Axis("step h", steps[0], steps[-1], True)
    return Panel(STEPS_TITLE, x, ERRORS, marks)


def _limit(tolerance, x):
    """Return the line of the tolerance, and its name below it, which begins at x."""
    name = Words(x, tolerance / 8, f"tolerance {tolerance:.0e}", "start", look="wrong")
    return Level(tolerance, look="wrong"), name


def _chosen(h, error):
    """Return the line of the chosen step, and the handle that drags it."""
    handle = Handle(h, max(error, SMALLEST), ("h", ""), "the step h")
    return Level(h, axis="x"), handle
