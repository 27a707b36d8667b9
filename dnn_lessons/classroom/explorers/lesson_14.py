"""Lesson 14, the regression test: a training with its fit and its residuals, beside earlier ones."""

import numpy as np

from dnn_lessons.classroom.explorers.cost_panel import COST_AXIS
from dnn_lessons.classroom.explorers.explorer import Explorer
from dnn_lessons.classroom.explorers.picture import Axis, Level, Line, Panel, Picture
from dnn_lessons.classroom.explorers.training_runs import (
    costs_of,
    fit_panel,
    say,
    train,
    training_controls,
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
    answers = {f"compared {i}": run.prediction for i, run in enumerate(ghosts.values())}
    marks = [
        Level(0),
        *(
            Line(state.x, a - state.y, look, width=1.6, faint=True)
            for look, a in answers.items()
        ),
        Line(state.x, state.prediction - state.y, "model", "network"),
    ]
    largest = np.max(np.abs(state.prediction - state.y))
    reach = next((each for each in REACHES if each >= largest), REACHES[-1])
    x, y = Axis("x", state.x[0], state.x[-1]), Axis("r = a − y", -reach, reach)
    return Panel("residual", x, y, marks)
