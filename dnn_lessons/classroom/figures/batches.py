"""Pictures of mini-batches: how a data set is cut, how noisy a batch's gradient is, what a step and an epoch buy."""

from itertools import cycle

import numpy as np
from matplotlib.patches import Rectangle

from dnn_lessons.classroom.figures.style import (
    COLOURS,
    new_figure,
    plain_log_axis,
    styled,
)

SHADES = ("light", "warm", "other", "good", "data")  # one a batch, beside the batch's number
LOOKS = (("value", "-", "o"), ("slope", "--", "^"), ("good", "-.", "s"), ("other", ":", "D"))
GAP = 0.6  # columns of white between two batches


@styled
def batches_picture(batches, n_x=2, n_y=1):
    """A data set of n_x + n_y rows above, its batches below: `batches` holds the example numbers of each, in order.

    A column keeps its number, and the shade of its batch, from above to below.
    """
    m = sum(len(batch) for batch in batches)
    figure, axes = new_figure(width=9.0, height=4.2)
    batch_of = {int(i): k for k, batch in enumerate(batches) for i in batch}
    shift = GAP * (len(batches) - 1) / 2
    draw_columns(axes, {i: shift + place for place, i in enumerate(sorted(batch_of))}, batch_of, n_x, n_y, bottom=0)
    places = {int(i): place + GAP * batch_of[int(i)] for place, i in enumerate(np.concatenate(batches))}
    draw_columns(axes, places, batch_of, n_x, n_y, bottom=-(n_x + n_y) - 3.2)
    label_rows(axes, f"data set, m = {m}", shift, n_x, n_y, bottom=0)
    for k, batch in enumerate(batches):
        middle = np.mean([places[int(i)] for i in batch]) + 0.5
        axes.text(middle, -2.0, f"batch {k + 1}: {len(batch)} of {m}", ha="center", fontsize=10)
    label_rows(axes, "", 0, n_x, n_y, bottom=-(n_x + n_y) - 3.2)
    axes.set(xlim=(-1.6, m + 2 * shift + 0.2), ylim=(-(n_x + n_y) - 3.4, n_x + n_y + 1.8), xticks=[], yticks=[])
    axes.axis("off")
    return figure


def draw_columns(axes, places, batch_of, n_x, n_y, bottom):
    """A column for each example at its place: n_x cells of X over n_y of Y (hatched), its number on top."""
    for i, left in places.items():
        colour = COLOURS[SHADES[batch_of[i] % len(SHADES)]]
        for row in range(n_x + n_y):
            hatch = "///" if row < n_y else None
            axes.add_patch(Rectangle((left, bottom + row), 1, 1, facecolor=colour, edgecolor="white", hatch=hatch))
        axes.text(left + 0.5, bottom + n_x + n_y + 0.15, f"{i}", ha="center", fontsize=10)


def label_rows(axes, title, left, n_x, n_y, bottom):
    """The names of the two arrays at their left, and a title above."""
    axes.text(left - 0.3, bottom + n_y + n_x / 2, "X", ha="right", va="center", fontsize=13)
    axes.text(left - 0.3, bottom + n_y / 2, "Y", ha="right", va="center", fontsize=13)
    axes.text(left, bottom + n_x + n_y + 1.1, title)


@styled
def gradient_noise(full, samples, predicted):
    """Two components of the gradient: `full` (2,) of all examples, samples {B: (2, n)} of batches, a panel a B.

    The last panel holds the measured deviation of each B against `predicted` (B (k,), deviation (k,)).
    """
    figure, axes = new_figure(1, len(samples) + 1, 2.5 * (len(samples) + 1), 2.9)
    reach = 1.1 * max(np.abs(g - full[:, None]).max() for g in samples.values())
    for panel, (B, g) in zip(axes, samples.items(), strict=False):
        panel.plot(*g, ".", color=COLOURS["value"], markersize=4)
        panel.plot(*full, "+", color=COLOURS["slope"], markersize=11, markeredgewidth=2)
        panel.set(title=f"B = {B}", xlim=full[0] + np.array([-reach, reach]), ylim=full[1] + np.array([-reach, reach]))
        panel.set(xlabel="first component", box_aspect=1)
    axes[0].set_ylabel("second component")
    measured = {B: np.sqrt(np.mean(np.sum((g - full[:, None]) ** 2, axis=0))) for B, g in samples.items()}
    axes[-1].plot(*predicted, color=COLOURS["ink"], linewidth=1.4, label="formula")
    axes[-1].plot(measured.keys(), measured.values(), "o", color=COLOURS["value"], markersize=8, label="measured")
    axes[-1].set(xscale="log", xlabel="batch size B", title="deviation", box_aspect=1)
    plain_log_axis(axes[-1], "y")
    axes[-1].legend()
    return figure


@styled
def epochs_and_steps(curves):
    """The costs {B: (steps in an epoch, costs of epochs 1, 2, ...)} against epochs on the left, steps on the right."""
    figure, axes = new_figure(1, 2, 9.0, 3.6, sharey=True)
    for (B, (steps, costs)), (colour, line, marker) in zip(curves.items(), cycle(LOOKS)):
        look = {"color": COLOURS[colour], "linestyle": line, "marker": marker, "markevery": max(1, len(costs) // 6)}
        epoch = np.arange(1, len(costs) + 1)
        for panel, x in zip(axes, (epoch, epoch * steps), strict=True):
            panel.plot(x, costs, label=f"B = {B}", **look)
    axes[0].set(xlabel="epochs: passes over the data", ylabel="cost $J$")
    axes[1].set(xlabel="steps: updates", xscale="log")
    plain_log_axis(axes[0], "y")
    axes[1].legend(loc="center left", bbox_to_anchor=(1.0, 0.5))
    return figure
