"""The picture of what the batch size does: how an epoch is cut, how gradients scatter, what epochs and seconds buy."""

import numpy as np

from dnn_lessons.classroom.figures.looks import (
    COMPARED,
    LOOKS,
    SHADE,
    SLOPES,
    new_figure,
    styled,
)
from dnn_lessons.classroom.figures.parts import draw_costs, draw_mark
from dnn_lessons.classroom.figures.ticks import log_axis

REACH = np.array([-0.65, 0.65])  # of the gradients around that of all examples
DOTS = {"color": SLOPES, "markersize": 4, "alpha": 0.7}
COSTS = 0.02, 2
LIMITS = {"epochs": (0, 21), "seconds": (2e-5, 2)}  # of the lower panels


@styled
def batch_effects(batches, gradients, full, costs, seconds):
    """Return one epoch's batches, their gradients, and the cost by epochs and by seconds.

    Parameters
    ----------
    batches : list of ndarray
        The numbers of each batch's examples, in order.
    gradients : ndarray, shape (2, number of batches)
        Two components of each batch's gradient.
    full : ndarray, shape (2,)
        The same of the gradient of all examples.
    costs, seconds : array_like, shape (epochs so far,)
        The cost of each epoch, and the time until its end.

    Returns
    -------
    matplotlib.figure.Figure
        The picture. Its lines "epochs" and "seconds" move.
    """
    figure, ((cut, cloud), (by_epoch, by_second)) = new_figure(2, 2, 9.0, 5.4)
    _draw_cut(cut, batches)
    _draw_gradients(cloud, gradients, full)
    _draw_costs(by_epoch, "epochs", np.arange(1, len(costs) + 1), costs)
    _draw_costs(by_second, "seconds", seconds, costs)
    log_axis(by_second, "x")
    return figure


def _draw_cut(axes, batches):
    """Draw which example is seen when; every other batch has a grey ground and its own marker."""
    count, sizes = len(batches), [len(batch) for batch in batches]
    _draw_grounds(axes, sizes)
    odd = np.repeat(np.arange(count) % 2 == 1, sizes)
    _draw_examples(axes, batches, ~odd, COMPARED[0])
    _draw_examples(axes, batches, odd, COMPARED[2])
    axes.set_title(f"one epoch: {count} batch{'es' * (count > 1)}")


def _draw_examples(axes, batches, which, look):
    """Draw some of the examples, each over the moment at which it is seen."""
    examples = np.concatenate(batches)[which]
    axes.plot(np.flatnonzero(which), examples, markersize=3, **look.dots)
    axes.set(xlabel="when it is seen", ylabel="example i")


def _draw_grounds(axes, sizes):
    """Draw a grey ground from bottom to top behind every other batch."""
    ends = np.cumsum(sizes)
    spans = np.stack([ends - sizes - 0.5, sizes], axis=1)[1::2]
    whole_height = axes.get_xaxis_transform()
    axes.broken_barh(spans, (0, 1), transform=whole_height, color=SHADE, zorder=0)
    axes.set_xlim(-1, ends[-1])
    axes.grid(False)


def _draw_gradients(axes, gradients, full):
    """Draw the gradients of the batches around that of all examples."""
    axes.plot(*gradients, "o", label="a batch", **DOTS)
    draw_mark(axes, *full, "P", label="all examples")
    axes.set(title="gradients", xlabel="first component", ylabel="second component")
    axes.set(xlim=REACH + full[0], ylim=REACH + full[1])
    axes.legend(loc="upper right")


def _draw_costs(axes, name, x, costs):
    """Draw the cost as a line that moves."""
    draw_costs(axes, costs, LOOKS["training"], x, gid=name, marker="")
    axes.set(xlabel=name, ylabel="cost J", xlim=LIMITS[name])
    log_axis(axes, "y")
    axes.set_ylim(COSTS)
