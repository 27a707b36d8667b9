"""The panels of lesson 11: how an epoch is cut, how gradients scatter, and what an epoch, a step and a second buy."""

import numpy as np

from dnn_lessons.classroom.explorers.cost_panel import cost_panel
from dnn_lessons.classroom.explorers.picture import Axis, Panel, Points, Rects

TITLES = {  # of the costs, by what they are drawn against
    "epoch": "cost of all examples, by epoch",
    "step": "cost of all examples, by step",
    "seconds of work": "cost of all examples, by time",
}


def order_panel(batches, labels):
    """Return in which order the examples are used in one epoch; every other batch has a grey ground.

    Parameters
    ----------
    batches : list of ndarray
        The numbers of each batch's examples, in order.
    labels : ndarray, shape (m,)
        The label of each example, 0 or 1.

    Returns
    -------
    Panel
        The panel.
    """
    examples, m = np.concatenate(batches), len(labels)
    ends = np.cumsum([len(batch) for batch in batches]) + 0.5
    sides = np.broadcast_arrays(ends[:-1:2], ends[1::2], -1.5, m + 2.5)
    grounds = Rects(*sides, "shade")
    dots = [_of_label(label, examples, labels) for label in (0, 1)]
    x = Axis("order in which they are used", 0, m + 1)
    title = f"one epoch: {count(len(batches), 'batch', 'batches')}"
    y = Axis("number of the example", -3, m + 3)
    return Panel(title, x, y, [grounds, *dots], weight=0.9, height=0.95)


def _of_label(label, examples, labels):
    """Return the examples with a label, each over its place in the order."""
    places = np.flatnonzero(labels[examples] == label)
    name = f"label {label}"
    return Points(places + 1, examples[places] + 1, name, name, size=5)


def gradients_panel(gradients, full, reach):
    """Return the gradients of the batches around that of all examples.

    Parameters
    ----------
    gradients : ndarray, shape (2, number of batches)
        Two components of each batch's gradient.
    full : ndarray, shape (2,)
        The same of the gradient of all examples.
    reach : float
        How far the axes go from `full` on each side; they stay, so that the cloud is seen to shrink.

    Returns
    -------
    Panel
        The panel.
    """
    marks = [
        Points(*gradients, "backward", "one batch", size=7),
        Points(*full, "right", "all examples", size=13),
    ]
    x, y = (
        Axis(f"slope by weight {i} of W2", at - reach, at + reach)
        for i, at in enumerate(full, 1)
    )
    return Panel("gradients before training", x, y, marks, weight=0.9, height=0.95)


def costs_panel(state, ghosts, log, by):
    """Return the cost after each epoch, drawn against epochs, steps or seconds.

    Parameters
    ----------
    state : BatchState
        What is drawn.
    ghosts : dict
        {what was different: BatchState} of earlier runs.
    log : bool
        Whether the axis of the cost is logarithmic.
    by : str
        One of TITLES.

    Returns
    -------
    Panel
        The panel.
    """
    earlier = {label: run.costs for label, run in ghosts.items()}
    curves, ends = {"training": state.costs}, (state.levels, log, state.diverged)
    panel = cost_panel(curves, state.num_epochs, earlier, *ends)
    panel = panel._replace(title=TITLES[by], weight=1.25, height=0.68)
    return panel if by == "epoch" else _moved(panel, state, ghosts, by)


def _moved(panel, state, ghosts, by):
    """Return the panel with each epoch at the step or the second at which it ended."""
    runs = {"": state, "training": state, **ghosts}
    marks = [_at_places(mark, runs, by) for mark in panel.marks]
    high = max(run.places(by)[-1] for run in runs.values())
    return panel._replace(x=Axis(by, 0, 1.02 * high), marks=marks)


def _at_places(mark, runs, by):
    """Return a mark that stands at epochs at the steps or seconds at which they ended."""
    if not hasattr(mark, "x"):
        return mark
    run = runs[getattr(mark, "label", "")]
    return mark._replace(
        x=np.interp(mark.x, np.arange(run.num_epochs + 1), run.places(by))
    )


def count(number, one, many):
    """Return a number with its noun.

    Parameters
    ----------
    number : int
        The number.
    one, many : str
        The noun for 1, and for any other number.

    Returns
    -------
    str
        Such as "3 batches".
    """
    return f"{number} {one if number == 1 else many}"
