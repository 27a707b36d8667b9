"""The explorers of lessons 00, 12 and 14: what their trainings show, and the answers of their lessons."""

import numpy as np
import pytest
from explorer_cases import line, marks_of, move

from dnn_lessons.classroom.explorers import (
    regression_explorer,
    taste_explorer,
    training_explorer,
)
from dnn_lessons.classroom.explorers.cost_panel import MOST_POINTS
from dnn_lessons.classroom.explorers.picture import Level, Line, Points, Words
from dnn_lessons.datasets import Scaler, regression_curve
from dnn_lessons.network import DeepNeuralNetwork


def trained(epochs, **settings):
    """The network after so many epochs of the training that the explorers show, by the plain loop."""
    X, Y = regression_curve()
    network = DeepNeuralNetwork((1, 20, 20, 1), "relu", "sigmoid", "mse", rng=0)
    return network.train(
        Scaler.fit(X).transform(X), Y, 0.1, epochs, batch_size=8, **settings
    )


def residual(explorer, right):
    """The largest residual beyond x = 5, or left of it."""
    state = explorer.state
    return np.abs(state.prediction - state.y)[(state.x > 5) == right].max()


def test_the_picture_holds_what_the_plain_loop_of_the_lessons_gives():
    explorer, network = training_explorer(num_epochs=10), trained(10)
    x, y = regression_curve()
    assert line(explorer, "training").tolist() == [[*range(1, 11)], network.costs]
    answers = network.predict(Scaler.fit(x).transform(x))
    assert np.array_equal(line(explorer, "network"), [x[0], answers[0]])
    assert np.array_equal(line(explorer, "data"), [x[0], y[0]])
    assert explorer.words.startswith(f"Epoch 10 of 10, cost {network.costs[-1]:.3g}.")


def test_a_step_is_one_epoch_and_the_curve_grows_by_one_point():
    explorer = training_explorer(num_epochs=10)
    explorer.step()
    explorer.step()
    assert explorer.words.startswith("Epoch 2 of 10, cost")
    assert line(explorer, "training").shape == (2, 2)
    assert explorer.done == pytest.approx(0.2)


@pytest.mark.long
def test_a_long_curve_keeps_its_first_and_its_last_epoch():
    explorer = taste_explorer(num_epochs=1000).finish()
    epochs, costs = line(explorer, "training")
    assert len(epochs) <= MOST_POINTS
    assert (epochs[0], epochs[-1]) == (1, 1000)
    assert costs.tolist() == [explorer.state.costs[int(epoch) - 1] for epoch in epochs]


@pytest.mark.long
@pytest.mark.parametrize("log", [True, False])
def test_the_axis_of_the_cost_holds_all_curves_and_levels(log):
    explorer = training_explorer(num_epochs=20, log=log)
    explorer.set(learning_rate=0.001)
    panel = explorer.drawn.panels[0]
    assert panel.y.log == log
    costs = [mark.y for mark in panel.marks if isinstance(mark, Line)]
    levels = [mark.at for mark in panel.marks if isinstance(mark, Level)]
    drawn = np.concatenate([*costs, levels])
    assert len(costs) == 2, "the run of now and the one before"
    assert panel.y.low <= drawn.min()
    assert drawn.max() <= panel.y.high


def test_the_levels_are_the_costs_of_the_best_constant_and_of_the_best_line():
    at = {
        mark.text: mark.at for mark in marks_of(training_explorer(num_epochs=10), Level)
    }
    X, Y = regression_curve()
    assert at["best constant"] == pytest.approx(Y.var())
    fit = np.polyval(np.polyfit(X[0], Y[0], 1), X[0])
    assert at["straight line"] == pytest.approx(np.mean((fit - Y[0]) ** 2))


def test_an_earlier_run_stays_with_what_was_different():
    explorer = training_explorer(num_epochs=10)
    before = explorer.state.costs
    explorer.set(learning_rate=0.5)
    assert line(explorer, "rate η 0.1")[1].tolist() == before
    move(explorer, command="clear")
    labels = {mark.label for mark in marks_of(explorer, Line)}
    assert labels == {"training", "network", "data"}


EXPLODING = {"activation": "tanh", "output": "linear", "batch_size": 500}


@pytest.mark.filterwarnings("ignore:overflow encountered in exp")
@pytest.mark.parametrize(
    ("settings", "epoch"),
    [
        ({**EXPLODING, "learning_rate": 0.3}, 13),
        ({"output": "linear", "learning_rate": 0.2}, 1),
        ({"output": "linear", "learning_rate": 0.15}, 1),
    ],
)
def test_a_run_that_diverges_is_seen_to_explode(settings, epoch):
    explorer = training_explorer(**settings)
    panel = explorer.drawn.panels[0]
    (words,) = (mark for mark in panel.marks if isinstance(mark, Words))
    cross = next(m for m in panel.marks if isinstance(m, Points) and m.look == "wrong")
    assert explorer.verdict == "diverged"
    assert f"Diverged in epoch {epoch}" in explorer.words
    assert f"diverged in epoch {epoch}" in words.text
    for mark in (words, cross):
        assert panel.x.low <= np.ravel(mark.x)[0] <= panel.x.high / 1.5, "room for words"
        assert panel.y.low <= np.ravel(mark.y)[0] <= panel.y.high
    assert not explorer.failed


def test_an_explosion_of_many_epochs_is_drawn_up_to_its_last_cost():
    explorer = training_explorer(**EXPLODING, learning_rate=0.3)
    _, costs = line(explorer, "training")
    top = explorer.drawn.panels[0].y.high
    assert len(costs) == 13
    assert costs.max() < top
    assert costs.max() > 1e12 * costs[0]


# ---------------------------------------------------------------------------------------- the lessons' answers


@pytest.mark.long
@pytest.mark.parametrize(
    ("rate", "verdict", "follows"),
    [
        (0.005, "too small", False),
        (0.01, "too small", True),
        (0.1, "good", True),
        (0.2, "noisy", True),
        (5, "dead", False),
    ],
)
def test_lesson_00_says_what_the_rates_do(rate, verdict, follows):
    explorer = taste_explorer(learning_rate=rate)
    hump = (explorer.state.x > 0) & (explorer.state.x < 3)
    assert explorer.verdict == verdict
    top, is_top = (
        values[hump].max() for values in (explorer.state.prediction, explorer.state.y)
    )
    assert (top > 0.95 * is_top) == follows


@pytest.mark.long
@pytest.mark.parametrize(("rate", "dead"), [(0.05, 18), (0.12, 20)])
def test_lesson_12_counts_the_dead_units(rate, dead):
    explorer = training_explorer(output="linear", learning_rate=rate)
    assert explorer.verdict == "dead"
    assert f"for {dead} of 20 units of layer 2" in explorer.words
    flat = np.ptp(explorer.state.prediction) < 1e-12
    assert flat == (dead == 20)
    if flat:
        constant = explorer.state.levels["best constant"]
        assert explorer.state.costs[-1] == pytest.approx(constant, rel=0.05)


@pytest.mark.long
def test_lesson_12_and_14_say_what_is_learnt_last():
    explorer = regression_explorer()
    assert residual(explorer, right=True) == pytest.approx(0.126, abs=0.005)
    assert residual(explorer, right=False) < 0.05


@pytest.mark.long
def test_lesson_14_says_what_the_settings_change():
    first = regression_explorer()
    batches = regression_explorer(batch_size=64)
    linear = regression_explorer(output="linear", learning_rate=0.02)
    assert 2.7 < batches.state.costs[-1] / first.state.costs[-1] < 3.3
    assert residual(linear, right=True) < 0.03


def test_the_axis_of_the_residuals_holds_them():
    explorer = regression_explorer(num_epochs=10)
    panel = explorer.drawn.panels[2]
    (residuals,) = (mark for mark in panel.marks if isinstance(mark, Line))
    assert np.allclose(residuals.y, explorer.state.prediction - explorer.state.y)
    assert panel.y.high >= np.abs(residuals.y).max()
