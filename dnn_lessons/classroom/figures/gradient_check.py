"""The picture of a gradient check: the error of each entry of a gradient, and that of the whole by the step."""

import numpy as np

from dnn_lessons.classroom.figures.looks import (
    ERRORS,
    INK,
    LOOKS,
    PAPER,
    new_figure,
    styled,
)
from dnn_lessons.classroom.figures.ticks import log_axis

SMALLEST = 1e-17  # an error of 0 has no place on a logarithmic axis
COLOURS = ERRORS.resampled(14)  # one for each power of ten
SQUARE = {"edgecolors": PAPER, "linewidth": 2}
NUMBER = {
    "ha": "center",
    "va": "center",
    "fontsize": 9,
    "bbox": {"facecolor": PAPER, "edgecolor": "none", "pad": 1.5},
}


@styled
def gradient_errors(errors, name, steps, curve, h, tolerance):
    """Return the relative errors of a gradient as a heat map, and beside it that of the whole by the step.

    Parameters
    ----------
    errors : ndarray, shape (n, n_prev)
        The relative error of each entry.
    name : str
        The name of the gradient, such as "dW1".
    steps, curve : array_like, shape (k,)
        Steps of the central difference, and the relative error of the whole at each.
    h : float
        The step of the heat map.
    tolerance : float
        The error above which the gradient counts as wrong.

    Returns
    -------
    matplotlib.figure.Figure
        The picture.
    """
    figure, (left, right) = new_figure(1, 2, 9.0, 3.6, width_ratios=(1, 1.2))
    shades = _draw_entries(left, errors)
    left.set_title(f"error of each entry of {name}")
    figure.colorbar(shades, ax=left, label="power of ten")
    _draw_curve(right, steps, curve, name)
    _draw_borders(right, h, tolerance)
    return figure


def _draw_borders(axes, h, tolerance):
    """Draw the step of the heat map, and the error above which the gradient counts as wrong."""
    axes.axvline(h, color=INK, linestyle=":", label="step h")
    axes.axhline(tolerance, label="tolerance", **LOOKS["wrong"].line)
    axes.legend(loc="lower left", fontsize=9)


def _draw_entries(axes, errors):
    """Draw a square for each entry with its error as a number, the first row on top; return the squares."""
    exponents = np.log10(np.maximum(errors, SMALLEST))
    squares = axes.pcolormesh(exponents, vmin=-14, vmax=0, cmap=COLOURS, **SQUARE)
    _write_errors(axes, errors)
    axes.set(xticks=[], yticks=[])
    axes.invert_yaxis()
    return squares


def _write_errors(axes, errors):
    """Write each error as a number into its square."""
    for (row, column), error in np.ndenumerate(errors):
        text = f"{error:.0e}" if error else "0"
        axes.text(column + 0.5, row + 0.5, text, **NUMBER)


def _draw_curve(axes, steps, curve, name):
    """Draw the relative error by the step."""
    axes.plot(steps, np.maximum(curve, SMALLEST), label=name, **LOOKS["backward"].line)
    axes.set(title="error by step", xlabel="step h", ylabel="relative error")
    log_axis(axes, "x", "y")
    axes.set_ylim(1e-14, 3)
