"""Pictures of mini-batches, lesson 11: how a data set is cut, a batch's gradient, what a step and an epoch buy."""

from typing import NamedTuple

import numpy as np
from matplotlib.patches import Rectangle

from dnn_lessons.classroom.figures.looks import (
    COMPARED,
    INK,
    PAPER,
    SLOPES,
    looks_of,
    new_figure,
    styled,
    tint,
)
from dnn_lessons.classroom.figures.parts import (
    MIDDLE,
    draw_costs,
    draw_mark,
    legend_beside,
)
from dnn_lessons.classroom.figures.ticks import log_axis

GAP = 0.6  # columns of white between two batches
FALL = 3.2  # rows between the data set and its batches


class _Columns(NamedTuple):
    """Where a data set is drawn: {example: left edge}, {example: shade}, rows of X and Y, lower edge."""

    places: dict
    shades: dict
    n_x: int
    n_y: int
    bottom: float

    @property
    def top(self):
        """Return the upper edge."""
        return self.bottom + self.n_x + self.n_y

    @property
    def left(self):
        """Return the left edge."""
        return min(self.places.values())

    def draw(self, axes):
        """Draw a column for each example, its number on top, and the names X and Y at the left."""
        for i, left in self.places.items():
            _write(axes, left + 0.5, self.top + 0.4, i)
            for cell in self.cells(i, left):
                axes.add_patch(cell)
        edge = self.left - 0.5
        _write(axes, edge, self.top - self.n_x / 2, "X")
        _write(axes, edge, self.bottom + self.n_y / 2, "Y")

    def cells(self, i, left):
        """Yield the cells of an example; those of Y, the lower ones, are hatched."""
        look = {"facecolor": self.shades[i], "edgecolor": PAPER}
        for row in range(self.n_x + self.n_y):
            hatch = "///" if row < self.n_y else None
            yield Rectangle((left, self.bottom + row), 1, 1, hatch=hatch, **look)


def _write(axes, x, y, text):
    """Write a short text around a point."""
    axes.text(x, y, text, fontsize=11, **MIDDLE)


@styled
def batches_picture(batches, n_x=2, n_y=1):
    """Return a picture of a data set, and of its batches below; a column keeps its number and its shade.

    Parameters
    ----------
    batches : sequence of numpy.ndarray
        The numbers of the examples in each batch, in order.
    n_x, n_y : int
        The rows of X and of Y.

    Returns
    -------
    matplotlib.figure.Figure
        One panel.
    """
    figure, axes = new_figure(width=9, height=4.2)
    batches = [batch.tolist() for batch in batches]
    above, below = _layout(batches, n_x, n_y)
    above.draw(axes)
    below.draw(axes)
    _label_batches(axes, batches, above, below)
    _frame(axes, above, below)
    return figure


def _frame(axes, above, below):
    """Make room for all columns and words, and leave out the axes."""
    right = max(below.places.values()) + 1.2
    axes.set(xlim=(-1.6, right), ylim=(below.bottom, above.top + 1.8))
    axes.axis("off")


def _layout(batches, n_x, n_y):
    """Return the columns of the data set, and those of its batches."""
    places, shades = {}, {}
    for k, batch in enumerate(batches):
        shades |= dict.fromkeys(batch, _shade(k))
        places |= {i: len(places) + GAP * k + n for n, i in enumerate(batch)}
    above = _Columns(_centred(places), shades, n_x, n_y, 0)
    return above, above._replace(places=places, bottom=-above.top - FALL)


def _shade(k):
    """Return the shade of batch k: darker and lighter by turns, so that neighbours differ without colour."""
    return tint(COMPARED[k % len(COMPARED)].colour, 0.65 if k % 2 else 0.35)


def _centred(places):
    """Return {example: left edge} in the order of the examples, without gaps, over the middle of places."""
    start = (max(places.values()) + 1 - len(places)) / 2
    return {i: start + place for place, i in enumerate(sorted(places))}


def _label_batches(axes, batches, above, below):
    """Write the size of the data set above it, and the size of each batch above its columns."""
    m = len(above.places)
    axes.text(above.left, above.top + 1.1, f"data set, m = {m}")
    for k, batch in enumerate(batches, 1):
        middle = below.places[batch[0]] + len(batch) / 2
        _write(axes, middle, -1.8, f"batch {k}: {len(batch)} of {m}")


@styled
def gradient_noise(full, samples, predicted):
    """Return a picture of the gradients of batches around the full one, and of their standard deviations.

    Parameters
    ----------
    full : numpy.ndarray
        Two components of the gradient of all examples (2,).
    samples : dict
        {B: the same components of n batches of B examples (2, n)}, a panel each.
    predicted : tuple of numpy.ndarray
        Batch sizes (k,) and the standard deviations (k,) that the formula gives for them.

    Returns
    -------
    matplotlib.figure.Figure
        A panel for each B, and one for the deviations.
    """
    columns = len(samples) + 1
    figure, axes = new_figure(1, columns, 2.5 * columns, 2.9)
    _draw_clouds(axes[:-1], full, samples)
    _draw_deviations(axes[-1], full, samples, predicted)
    return figure


def _draw_clouds(panels, full, samples):
    """Draw the gradients of the batches of each size, all panels to one scale."""
    reach = 1.1 * max(_farthest(g, full) for g in samples.values())
    for panel, (B, gradients) in zip(panels, samples.items(), strict=True):
        _draw_cloud(panel, full, gradients, reach)
        panel.set_title(f"B = {B}")
    panels[0].set_ylabel("slope by another")


def _draw_cloud(axes, full, gradients, reach):
    """Draw gradients (2, n) of batches as dots around the full one, a cross."""
    axes.plot(*gradients, ".", color=SLOPES, markersize=4)
    draw_mark(axes, *full, "+", markersize=11, markeredgewidth=2)
    around = np.array([-reach, reach])
    axes.set(xlim=full[0] + around, ylim=full[1] + around, box_aspect=1)
    axes.set_xlabel("slope by one weight")


def _draw_deviations(axes, full, samples, predicted):
    """Draw the standard deviation of the gradients for each batch size, by the formula and as measured."""
    measured = [_deviation(g, full) for g in samples.values()]
    axes.plot(*predicted, color=INK, linewidth=1.4, label="formula")
    draw_mark(axes, list(samples), measured, color=SLOPES, label="measured")
    axes.set(title="deviation", xlabel="batch size B", box_aspect=1)
    log_axis(axes, *"xy")
    axes.legend()


def _farthest(gradients, full):
    """Return the largest distance of a component of gradients (2, n) from the full one (2,)."""
    return np.abs(gradients - full[:, None]).max()


def _deviation(gradients, full):
    """Return the root mean square of the distances of gradients (2, n) from the full one (2,)."""
    squares = (gradients - full[:, None]) ** 2
    return np.sqrt(np.mean(np.sum(squares, axis=0)))


@styled
def epochs_and_steps(curves):
    """Return a picture of the same costs twice: against epochs on the left, against steps on the right.

    Parameters
    ----------
    curves : dict
        {B: (steps in an epoch, costs of epochs 1, 2, ...)}.

    Returns
    -------
    matplotlib.figure.Figure
        Two panels.
    """
    figure, (left, right) = new_figure(1, 2, 9, 3.6, sharey=True)
    for B, look in looks_of(curves).items():
        steps, costs = curves[B]
        draw_costs(left, costs, look)
        updates = steps * np.arange(1, len(costs) + 1)
        draw_costs(right, costs, look, updates, label=f"B = {B}")
    _name_axes(left, right)
    return figure


def _name_axes(left, right):
    """Name the axes of a panel over epochs and of one over steps."""
    left.set(xlabel="epochs: passes over the data", ylabel="cost J")
    right.set_xlabel("steps: updates")
    log_axis(left, "y")
    log_axis(right, "x")
    legend_beside(right)
