"""Run by `.ci/run wheel` where the wheel alone was installed: NumPy came along, and nothing else."""

from importlib import import_module
from importlib.metadata import distributions

import numpy as np

from dnn_lessons import DeepNeuralNetwork
from dnn_lessons.datasets import two_moons

installed = {each.name for each in distributions()}
assert installed == {"dnn-lessons", "numpy"}, installed

X, Y = two_moons(200, rng=0)
network = DeepNeuralNetwork((2, 16, 1), "tanh", "sigmoid", "cross_entropy", rng=0)
network.train(X, Y, learning_rate=0.5, num_epochs=200, batch_size=20)
right = np.mean((network.predict(X) > 0.5) == Y)
assert right > 0.95, right

for part, extra in {"command": "command", "classroom.figures": "lessons"}.items():
    try:
        import_module(f"dnn_lessons.{part}")
    except ImportError as error:
        assert f"pip install 'dnn-lessons[{extra}]'" in str(error), error
    else:
        raise AssertionError(f"dnn_lessons.{part} needs no extra")
