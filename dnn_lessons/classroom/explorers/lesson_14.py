"""Lesson 14, the regression test: two trainings side by side, their fits and their residuals."""

from typing import NamedTuple

import numpy as np

from dnn_lessons.classroom.explorers.explorer import Explorer, Run, explorer
from dnn_lessons.classroom.explorers.training_runs import (
    curve_network,
    epoch_text,
    training_controls,
)
from dnn_lessons.classroom.figures.training_runs import thinned, two_runs
from dnn_lessons.datasets import regression_curve


class TwoRunsState(NamedTuple):
    """Two trainings on the regression, as they stand.

    Parameters
    ----------
    runs : dict
        {label: (the cost of each epoch so far, the prediction at x)}.
    num_epochs : int
        How many epochs there will be.
    x, y : ndarray, shape (m,)
        The data.
    """

    runs: dict
    num_epochs: int
    x: np.ndarray
    y: np.ndarray


@explorer
def regression_explorer():
    """Return the explorer of two trainings.

    Returns
    -------
    Explorer
        Its controls are the rate and the batch size of each run, and the number of epochs.
    """
    num_epochs = training_controls(num_epochs=500)["num_epochs"]
    controls = [*_controls_of(1, 0.1), *_controls_of(2, 0.01), num_epochs]
    title = "The regression test, two runs"
    return Explorer(title, controls, _train, _draw, _say, _moving_lines, _progress)


def _controls_of(run, learning_rate):
    """Return the controls of run 1 or 2."""
    table = training_controls(learning_rate=learning_rate)
    return [
        table[name]._replace(
            name=f"{name}_{run}", label=f"run {run}: {table[name].label}"
        )
        for name in ("learning_rate", "batch_size")
    ]


def _train(num_epochs, learning_rate_1, batch_size_1, learning_rate_2, batch_size_2):
    """Return the Run of both trainings, one epoch of each in a round."""
    X, Y = regression_curve()
    first = curve_network(learning_rate_1, num_epochs, batch_size_1)
    second = curve_network(learning_rate_2, num_epochs, batch_size_2)

    def state():
        runs = {"run 1": _progress_of(*first), "run 2": _progress_of(*second)}
        return TwoRunsState(runs, num_epochs, X[0], Y[0])

    return Run(zip(first[-1], second[-1], strict=True), state)


def _progress_of(inputs, network, _):
    """Return the costs of a network so far, and what it answers."""
    return list(network.costs), network.predict(inputs)[0]


def _draw(state):
    """Return the costs, the fits and the residuals."""
    return two_runs(state.runs, state.num_epochs, state.x, state.y)


def _moving_lines(state):
    """Return the points of the six lines that a further epoch moves."""
    lines = {}
    for label, (costs, prediction) in state.runs.items():
        lines[f"costs {label}"] = thinned(costs)
        lines[f"fit {label}"] = state.x, prediction
        lines[f"residual {label}"] = state.x, prediction - state.y
    return lines


def _epoch(state):
    """Return the number of epochs that both runs have done."""
    return min(len(costs) for costs, _ in state.runs.values())


def _progress(state):
    """Return the share of the epochs that are done."""
    return _epoch(state) / state.num_epochs


def _say(state):
    """Return in words how far both runs have come."""
    epoch = epoch_text(_epoch(state), state.num_epochs)
    if not _epoch(state):
        return epoch
    costs = {label: costs[-1] for label, (costs, _) in state.runs.items()}
    scores = ", ".join(f"{label} cost {cost:.3g}" for label, cost in costs.items())
    return f"{epoch}: {scores}."
