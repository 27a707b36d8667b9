"""Lessons 00, 12, 13 and 14: networks that train while you watch, and give way to the next move of a control."""

import time

import numpy as np

from dnn_lessons.activations import ACTIVATIONS
from dnn_lessons.classroom.explorers.explorer import Explorer, choice, explorer, slider
from dnn_lessons.classroom.figures.live import (
    cost_and_fit,
    cost_and_regions,
    every,
    two_runs,
)
from dnn_lessons.costs import compute_cost
from dnn_lessons.datasets import Scaler, regression_curve, two_moons
from dnn_lessons.network import DeepNeuralNetwork

RATES = np.geomspace(0.001, 10, 161)
SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 500)
LENGTHS = (10, 20, 50, 100, 200, 300, 500, 1000, 2000, 3000)
WIDTHS = (1, 2, 3, 5, 8, 12, 20, 40)
HIDDEN = [name for name in ACTIVATIONS if name != "linear"]


def controls(learning_rate=0.1, num_epochs=300, batch_size=8, width=20, depth=2):
    """{name: control} of what a training is set by, each with its start."""
    made = (slider("learning_rate", "rate η", RATES, learning_rate),
            slider("num_epochs", "epochs", LENGTHS, num_epochs, "{:,}"),
            slider("batch_size", "batch size B", SIZES, batch_size, "{}"),
            slider("width", "units each", WIDTHS, width, "{}"),
            slider("depth", "hidden layers", range(1, 6), depth, "{}"),
            choice("activation", "activation", HIDDEN, "relu"),
            choice("output", "output", ["sigmoid", "linear"], "sigmoid"))
    return {control.name: control for control in made}


class Clock:
    """How many rounds a second a generator makes, its waiting for the next pull left out."""

    def __init__(self, rounds):
        self.rounds, self.count, self.seconds = rounds, 0, 0.0

    def __iter__(self):
        """Each round in turn."""
        rounds = iter(self.rounds)
        while True:
            start = time.perf_counter()
            try:
                item = next(rounds)
            except StopIteration:
                return
            self.count, self.seconds = self.count + 1, self.seconds + time.perf_counter() - start
            yield item

    @property
    def speed(self):
        """Rounds per second so far, 0 before the first."""
        return self.count / self.seconds if self.seconds else 0.0


def curve_network(learning_rate, num_epochs, batch_size=8, activation="relu", output="sigmoid", width=20, depth=2):
    """The inputs of the document's regression, a network for it, and the run that trains it."""
    X, Y = regression_curve()
    inputs = Scaler.fit(X).transform(X)
    network = DeepNeuralNetwork((1, *[width] * depth, 1), activation, output, "mse", rng=0)
    return inputs, network, network.train_epochs(inputs, Y, learning_rate, num_epochs, batch_size)


def regression(num_epochs, **settings):
    """A run over the epochs of the document's regression: (costs, num_epochs, x, y, prediction, epochs per second)."""
    X, Y = regression_curve()
    inputs, network, run = curve_network(num_epochs=num_epochs, **settings)
    clock = Clock(run)

    def now():
        return network.costs, num_epochs, X[0], Y[0], network.predict(inputs)[0], clock.speed

    yield now
    yield from (now for _ in clock)


def progress(costs, num_epochs, *_):
    """The share of the epochs that is done."""
    return len(costs) / num_epochs


def moving_lines(costs, num_epochs, x, y, prediction, speed):
    """The lines of cost_and_fit that a further epoch moves."""
    return {"costs": (0, *every(costs)), "fit": (1, x, prediction)}


def say(costs, num_epochs, x, y, prediction, speed):
    """How far it has come, and how fast."""
    if not costs:
        return f"Epoch 0 of {num_epochs:,}: untrained. Press Play."
    return f"Epoch {len(costs):,} of {num_epochs:,}: cost {costs[-1]:.3g}; {speed:,.0f} epochs per second."


@explorer
def taste_explorer():
    """Lesson 00: rate and epochs."""
    table = controls()
    return Explorer("The regression in small", [table["learning_rate"], table["num_epochs"]], regression, cost_and_fit,
                    say, moving_lines, progress)


@explorer
def training_explorer():
    """Lesson 12: everything that a training is set by; it plays, pauses, steps and starts anew."""
    return Explorer("A network trains", controls().values(), regression, cost_and_fit, say, moving_lines, progress)


def moons(width, depth, num_epochs, learning_rate):
    """A run that learns two moons: ({name: costs}, num_epochs, grid, probability, X, Y), 100 of 200 points held out."""
    X, Y = two_moons(200, noise=0.2, rng=0)
    train, held_out = (X[:, :100], Y[:, :100]), (X[:, 100:], Y[:, 100:])
    grid = np.stack(np.meshgrid(np.linspace(-2.4, 2.4, 41), np.linspace(-1.8, 1.8, 41)))
    network = DeepNeuralNetwork((2, *[width] * depth, 1), "relu", "sigmoid", "cross_entropy", rng=0)
    costs = {"training": network.costs, "held out": []}

    def now():
        return costs, num_epochs, grid, network.predict(grid.reshape(2, -1)).reshape(grid[0].shape), *train

    yield now
    for _ in network.train_epochs(*train, learning_rate, num_epochs, batch_size=10):
        costs["held out"].append(compute_cost(network.predict(held_out[0]), held_out[1]))
        yield now


def say_moons(costs, num_epochs, grid, probability, X, Y):
    """How far it has come, on both halves of the points."""
    if not costs["training"]:
        return f"Epoch 0 of {num_epochs:,}: untrained. Press Play."
    scores = ", ".join(f"cost {name} {values[-1]:.3g}" for name, values in costs.items())
    return f"Epoch {len(costs['training']):,} of {num_epochs:,}: {scores}."


@explorer
def decision_explorer():
    """Lesson 13: the border of a decision, and the cost on held-out points, as the network grows."""
    table = controls(learning_rate=0.1, num_epochs=200, width=8)
    chosen = [table[name] for name in ("width", "depth", "num_epochs", "learning_rate")]
    return Explorer("Where a network answers 1", chosen, moons, cost_and_regions, say_moons,
                    progress=lambda costs, num_epochs, *_: len(costs["training"]) / num_epochs)


def both(num_epochs, learning_rate_1, batch_size_1, learning_rate_2, batch_size_2):
    """Two runs of the regression, epoch by epoch in turn: ({label: (costs, prediction)}, num_epochs, x, y)."""
    X, Y = regression_curve()
    settings = {"run 1": (learning_rate_1, batch_size_1), "run 2": (learning_rate_2, batch_size_2)}
    runs = {label: curve_network(learning_rate, num_epochs, batch_size)
            for label, (learning_rate, batch_size) in settings.items()}

    def now():
        answers = {label: (network.costs, network.predict(inputs)[0]) for label, (inputs, network, _) in runs.items()}
        return answers, num_epochs, X[0], Y[0]

    yield now
    yield from (now for _ in zip(*(run for _, _, run in runs.values()), strict=True))


def lines_of_both(answers, num_epochs, x, y):
    """The lines of two_runs that a further epoch moves."""
    lines = {}
    for label, (costs, prediction) in answers.items():
        lines |= {f"costs {label}": (0, *every(costs)), f"fit {label}": (1, x, prediction),
                  f"residual {label}": (2, x, prediction - y)}
    return lines


def say_both(answers, num_epochs, x, y):
    """How far both have come."""
    count = min(len(costs) for costs, _ in answers.values())
    if not count:
        return f"Epoch 0 of {num_epochs:,}: untrained. Press Play."
    scores = ", ".join(f"{label} cost {costs[-1]:.3g}" for label, (costs, _) in answers.items())
    return f"Epoch {count:,} of {num_epochs:,}: {scores}."


@explorer
def regression_explorer():
    """Lesson 14: two runs of the regression test, their fits and their residuals."""
    table = controls(num_epochs=500)
    pairs = [table[name]._replace(name=f"{name}_{run}", label=f"run {run}: {table[name].label}")
             for run in (1, 2) for name in ("learning_rate", "batch_size")]
    pairs[2] = pairs[2]._replace(start=pairs[2].nearest(0.01))
    return Explorer("The regression test, two runs", [*pairs, table["num_epochs"]], both, two_runs, say_both,
                    lines_of_both, lambda answers, num_epochs, *_: len(answers["run 2"][0]) / num_epochs)
