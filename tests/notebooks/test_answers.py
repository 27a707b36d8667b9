"""The code in folded answers runs, and gives the numbers that its answer names.

`proofs/sections.py` reads the numbers that are asserted here, and ties the sentences of a lesson to them.
"""

import re
from functools import cache

import numpy as np
import pytest

from dnn_lessons import DeepNeuralNetwork, L_model_forward, compute_cost, datasets
from tools.lessons import NOTEBOOKS, cells, exercises, text

CURVE = """
from dnn_lessons import DeepNeuralNetwork
from dnn_lessons.datasets import Scaler, regression_curve
x, y = regression_curve(500)
X = Scaler.fit(x).transform(x)
"""
MOONS = """
import numpy as np
from dnn_lessons import *
from dnn_lessons import datasets
X, Y = datasets.two_moons(80, noise=0.3, rng=0)
X_held, Y_held = datasets.two_moons(400, noise=0.3, rng=100)
"""
REGRESSION = """
import numpy as np
from numpy.polynomial.chebyshev import chebvander
from dnn_lessons import experiment
data = experiment.curve_data()
(X, Y), (X_held, Y_held) = data.train, data.held_out
"""
# What the lessons' cells have made before.
SETUP = {"00": CURVE, "12": MOONS, "14": REGRESSION}


@cache
def answers(lesson):
    """The blocks of code in the folded answers of a lesson; exercises have tests of their own."""
    markdown = "\n\n".join(map(text, cells(NOTEBOOKS[int(lesson)], "markdown")))
    folded = re.findall(r"<summary>Answer</summary>.*?</details>", markdown, re.DOTALL)
    return re.findall(r"```python\n(.*?)```", "\n".join(folded), re.DOTALL)


def run(lesson, number, **instead):
    """The names that an answer leaves, with some of its text replaced."""
    source = answers(lesson)[number - 1]
    for old, new in instead.items():
        assert old in source
        source = source.replace(old, new)
    names = {}
    exec(SETUP[lesson] + source, names)
    return names


def test_every_answer_with_code_is_run():
    with_code = {path.name[:2]: len(answers(path.name[:2])) for path in NOTEBOOKS}
    elsewhere = {"15": 1}  # a cell of the lesson, for two functions
    assert {lesson: number for lesson, number in with_code.items() if number} == {
        "00": 2,
        "12": 1,
        "14": 1,
        **elsewhere,
    }


def test_lesson_00_learns_slowly():
    assert round(run("00", 1)["slow"].costs[-1], 3) == 0.023


def test_lesson_00_learns_the_doubled_curve():
    names = run("00", 2)
    assert round(names["y"].max(), 2) == 0.81
    assert round(2 * names["y"].max(), 2) == 1.62


def test_lesson_12_stops_by_itself():
    names = {}
    exec(MOONS + exercises(NOTEBOOKS[12])[-1].code, names)
    network = DeepNeuralNetwork([2, 32, 32, 1], rng=0)
    training = network.train_epochs(names["X"], names["Y"], 0.1, 100, batch_size=8)
    held = [
        compute_cost(network.predict(names["X_held"]), names["Y_held"]) for _ in training
    ]
    assert names["stopping_epoch"](held, 30) == (93, 63)


@pytest.mark.parametrize(("momentum", "cost"), [("0.9 *", 0.33), ("0.0 *", 0.41)])
def test_lesson_12_moves_on(momentum, cost):
    names = run("12", 1, **{"0.9 *": momentum})
    AL, _ = L_model_forward(names["X"], names["heavy"], "relu", "sigmoid")
    assert round(compute_cost(AL, names["Y"]), 2) == cost


def test_lesson_13_is_lowest_at_another_width_from_another_start():
    X, Y = datasets.two_moons(500, noise=0.35, rng=0)
    (X, Y), (X_held, Y_held) = datasets.train_test_split(X, Y, test_size=0.8, rng=0)
    scaler, held = datasets.Scaler.fit(X), {}
    for width in (1, 2, 4, 8, 16, 32, 64, 128):
        network = DeepNeuralNetwork([2, width, width, 1], rng=2)
        network.train(scaler.transform(X), Y, 0.05, num_epochs=200, batch_size=10)
        answers = network.predict(scaler.transform(X_held))
        held[width] = compute_cost(answers, Y_held)
    assert min(held, key=held.get) == 8


def test_lesson_14_fits_noise(capsys):
    run("14", 1)
    (_, ten), (_, many), (_, network) = (
        line.rsplit(maxsplit=1) for line in capsys.readouterr().out.splitlines()
    )
    assert np.isclose(float(ten), 1e-5, rtol=0.5)
    assert float(many) > 1e6
    assert float(network) < 0.001


def test_lesson_14_answers_by_the_nearest_point():
    names = {}
    exec(REGRESSION + exercises(NOTEBOOKS[14])[-1].code, names)
    nearest = names["nearest_labels"](names["X"], names["Y"], names["X_held"])
    assert compute_cost(nearest, names["Y_held"], "mse") < 0.0006 / 10
