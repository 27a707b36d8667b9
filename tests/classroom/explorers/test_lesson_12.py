"""The explorer of a training."""

import pytest

from dnn_lessons.classroom.explorers import (
    regression_explorer,
    training_explorer,
    training_runs,
)
from dnn_lessons.datasets import Scaler, regression_curve
from dnn_lessons.network import DeepNeuralNetwork


def trained(epochs, **settings):
    """The cost after so many epochs of the training that the explorer shows."""
    X, Y = regression_curve()
    network = DeepNeuralNetwork((1, 20, 20, 1), "relu", "sigmoid", "mse", rng=0)
    inputs = Scaler.fit(X).transform(X)
    return network.train(inputs, Y, num_epochs=epochs, **settings).costs[-1]


def test_a_run_ends_where_training_ends():
    explorer = training_explorer(num_epochs=10).finish()
    assert f"cost {trained(10, learning_rate=0.1, batch_size=8):.3g}" in explorer.words
    assert explorer.done == 1


def test_two_runs_are_trained_side_by_side():
    explorer = regression_explorer(num_epochs=10).finish()
    for label, rate in (("run 1", 0.1), ("run 2", 0.01)):
        cost = trained(10, learning_rate=rate, batch_size=8)
        assert f"{label} cost {cost:.3g}" in explorer.words


def test_a_step_is_one_epoch():
    explorer = training_explorer()
    explorer.step()
    explorer.step()
    assert explorer.words.startswith("Epoch 2 of 300")
    assert explorer.done == pytest.approx(2 / 300)


def test_a_training_that_diverges_says_why_and_the_next_move_recovers():
    explorer = training_explorer(output="linear", learning_rate=10).finish()
    assert explorer.failed
    assert "diverged in epoch" in explorer.words
    assert "Try a learning rate below 10" in explorer.words
    explorer.set(learning_rate=0.1)
    assert not explorer.failed


def test_the_clock_counts_the_work_and_not_the_waiting(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(training_runs.time, "perf_counter", lambda: now[0])

    def rounds():
        for _ in range(3):
            now[0] += 0.5  # the work
            yield

    clock = training_runs.Clock(rounds())
    for _ in clock:
        now[0] += 100  # the waiting
    assert (clock.seconds, clock.speed) == ([0.5, 1.0, 1.5], 2)
