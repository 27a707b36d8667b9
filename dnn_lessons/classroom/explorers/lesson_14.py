"""Lesson 14, the regression test: a training with its fit and its residuals, beside earlier ones."""

import numpy as np

from dnn_lessons.classroom.explorers.cost_panel import COST_AXIS, earlier_lines
from dnn_lessons.classroom.explorers.explorer import Explorer
from dnn_lessons.classroom.explorers.picture import Axis, Level, Line, Panel, Picture
from dnn_lessons.classroom.explorers.training_runs import (
    costs_of,
    fit_panel,
    say,
    train,
    training_controls,
    x_axis,
)

NAMES = "learning_rate", "batch_size", "num_epochs", "output", "seed"  # of the controls
REACHES = 0.1, 0.2, 0.5, 1.0  # of the axis of the residuals, which changes rarely


def regression_explorer(**values):
    """Return the explorer of the regression test.

    Parameters
    ----------
    **values : object
        Values of controls by name, where they do not stand at their start.

    Returns
    -------
    Explorer
        Its controls are the rate, the batch size, the epochs, the output, the seed and the axis of the cost.
    """
    table = training_controls(num_epochs=500)
    controls = [*(table[name] for name in NAMES), COST_AXIS]
    title = "The regression test"
    return Explorer(regression_explorer, title, controls, train, _draw, say, values)


def _draw(state, ghosts, log):
    """Return the costs, the fits and the residuals."""
    costs, fit = costs_of(state, ghosts, log), fit_panel(state, ghosts)
    return Picture([costs, fit, _residual_panel(state, ghosts)])


def _residual_panel(state, ghosts):
    """Return the panel of what the network's answers miss the data by."""
    earlier = {label: (run.x, _residual(run)) for label, run in ghosts.items()}
    now = Line(state.x, _residual(state), "model", "network")
    y = _axis(np.abs(now.y).max())
    return Panel("residual", x_axis(state), y, [Level(0), *earlier_lines(earlier), now])


def _residual(state):
    """Return the network's answers minus the data."""
    return state.prediction - state.y


def _axis(largest):
    """Return an axis that reaches to the first of REACHES that holds the largest residual, or to the last."""
    reach = next((each for each in REACHES if each >= largest), REACHES[-1])
    return Axis("r = a − y", -reach, reach)
