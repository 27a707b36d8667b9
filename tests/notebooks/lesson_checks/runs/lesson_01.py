"""What holds the words of outcome of lesson 01, the forward pass."""

import numpy as np

from dnn_lessons.forward import linear_forward
from lesson_checks.runs.common import near

RUNS = {}


def sum_moves_three_times_as_fast():
    """A weight of the input 3 moves its sum by three times its own change, and one of the input 2 does not."""
    A, b = np.array([[2.0], [3.0]]), np.array([[0.5]])
    before = linear_forward(A, np.array([[1.0, -1.0]]), b)[0]
    after = linear_forward(A, np.array([[1.0, -0.9]]), b)[0]
    return near(after - before, 3 * 0.1)


COMPUTED = {
    "The inner sizes $n_0$ and $n_0$ meet and vanish; the outer ones stay": (
        lambda: (np.ones((2, 3)) @ np.ones((3, 4))).shape == (2, 4)
    ),
    "its sum changes three times as fast as the weight": sum_moves_three_times_as_fast,
}

BY_EQUATION = {}

EXPLORER = "tests/classroom/explorers/test_lesson_01.py"
BY_TEST = {
    "From $x_1 = -1.1$ to the left the output stays at 1.141": (
        f"{EXPLORER}::test_the_answer_the_output_stands_still_where_layer_1_is_silent",
        "outputs[0].startswith('[[1.141]]')",
    ),
}

NO_CLAIM = {"Read such a line twice": "instruction"}

REST = 0
