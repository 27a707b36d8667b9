"""The panels of lesson 11: how an epoch is cut, how gradients scatter, and what an epoch, a step and a second buy."""

import numpy as np

from dnn_lessons.classroom.explorers.cost_panel import cost_panel
from dnn_lessons.classroom.explorers.picture import Axis, Panel, Points, Rects
from dnn_lessons.classroom.explorers.text import counted

TITLES = {  # of the costs, by what they are drawn against
    "epoch": "cost of all examples, by epoch",
    "step": "cost of all examples, by step",
    "seconds of work": "cost of all examples, by time",
}
ORDER = "order in which they are used", "number of the example"
SQUARE = {"weight": 0.9, "height": 0.95}


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
    dots = [_of_label(label, np.concatenate(batches), labels) for label in (0, 1)]
    title = f"one epoch: {counted(len(batches), 'batch', 'batches')}"
    axes = (Axis(name, -2, len(labels) + 3) for name in ORDER)
    return Panel(title, *axes, [_grounds(batches), *dots], **SQUARE)


def _grounds(batches):
    """Return a grey ground behind every other batch."""
    ends = np.cumsum([len(batch) for batch in batches]) + 0.5
    sides = np.broadcast_arrays(ends[:-1:2], ends[1::2], -2.0, ends[-1] + 2.5)
    return Rects(*sides, "shade")


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
    names = [f"slope by weight {i} of W2" for i in (1, 2)]
    axes = map(Axis, names, full - reach, full + reach)
    return Panel("gradients before training", *axes, marks, **SQUARE)


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
    panel = _costs_by_epoch(state, ghosts, log)
    return panel if by == "epoch" else _moved(panel, state, ghosts, by)


def _costs_by_epoch(state, ghosts, log):
    """Return the panel of the costs by epoch."""
    earlier = {label: run.costs for label, run in ghosts.items()}
    curves, ends = {"training": state.costs}, (state.levels, log, state.diverged)
    panel = cost_panel(curves, state.num_epochs, earlier, *ends)
    return panel._replace(title=TITLES["epoch"], weight=1.25, height=0.68)


def _moved(panel, state, ghosts, by):
    """Return the panel with each epoch at the step or the second at which it ended."""
    runs = {"": state, "training": state, **ghosts}
    marks = [_at_places(mark, runs, by) for mark in panel.marks]
    high = max(run.places(by)[-1] for run in runs.values())
    x = Axis(by, 0, 1.02 * high)
    return panel._replace(title=TITLES[by], x=x, marks=marks)


def _at_places(mark, runs, by):
    """Return a mark that stands at epochs at the steps or seconds at which they ended."""
    if not hasattr(mark, "x"):
        return mark
    run = runs[getattr(mark, "label", "")]
    epochs = np.arange(run.num_epochs + 1)
    return mark._replace(x=np.interp(mark.x, epochs, run.places(by)))
