"""The explorer of batches."""

import numpy as np

from dnn_lessons.classroom.explorers.lesson_11 import BatchState, say, sorted_moons


def test_the_batches_are_drawn_from_sorted_moons_and_their_noise_is_a_length():
    Y = sorted_moons()[1][0]
    assert (np.diff(Y) >= 0).all()
    assert Y.mean() == 0.5
    gradients = np.array([[3.0, -3.0], [4.0, -4.0]])
    state = BatchState([0, 1], gradients, np.zeros(2), [], [])
    assert "is off by 5;" in say(state)
