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

SMALLEST, LARGEST = (
    1e-13,
    4,
)  # of the errors on the axis: an error of 0 has no place on it
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
    n, n_prev = errors.shape
    boxes, numbers = _boxes(errors, tolerance), _numbers(errors, tolerance)
    marks = [*boxes, *numbers, *_names(name, n, n_prev)]
    x, y = Axis("", -1.05, WIDE + 0.05), Axis("", -n - 0.05, 0.7)
    size = {"height": 0.62, "frame": False}
    return Panel(f"relative error of each entry of {name}", x, y, marks, **size)


def _boxes(errors, tolerance):
    """Return the boxes of the entries that pass, and of those that do not, as far as there are any."""
    passes, width = errors <= tolerance, WIDE / errors.shape[1]
    marks = []
    for verdict, (look, label) in VERDICTS.items():
        rows, columns = np.nonzero(passes == verdict)
        if len(rows):
            left, top = columns * width, -rows
            sides = left + 0.03, left + width - 0.03, top - 0.96, top - 0.04
            marks.append(Rects(*sides, look, label, edge=True, faint=bool(verdict)))
    return marks


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


def _names(name, n, n_prev):
    """Return the names of the rows and columns; the one column of a bias has none."""
    width = WIDE / n_prev
    rows = [Words(-0.1, -i - 0.5, f"unit {i + 1}", "end") for i in range(n)]
    if name[1] == "b":
        return rows
    columns = [Words((j + 0.5) * width, 0.3, f"input {j + 1}") for j in range(n_prev)]
    return [*rows, *columns]


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
    text = f"tolerance {tolerance:.0e}"
    marks = [
        Level(tolerance, look="wrong"),
        Words(1.5 * steps[0], tolerance / 8, text, "start", look="wrong"),
    ]
    marks += [
        Line(steps, np.maximum(errors, SMALLEST), look, label)
        for label, (look, errors) in curves.items()
    ]
    h, error = at[0], max(at[1], SMALLEST)
    marks += [Level(h, axis="x"), Handle(h, error, ("h", ""), "the step h")]
    x, y = (
        Axis("step h", steps[0], steps[-1], True),
        Axis("error", SMALLEST, LARGEST, True),
    )
    return Panel("error of the whole gradient by the step", x, y, marks)
