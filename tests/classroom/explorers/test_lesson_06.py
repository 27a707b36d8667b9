"""The explorer of the cross-entropy."""

import numpy as np
import pytest

from dnn_lessons.classroom.explorers import cross_entropy_explorer
from dnn_lessons.classroom.explorers.picture import Handle


@pytest.mark.parametrize("y", [0, 0.3, 1])
def test_the_losses_and_their_slopes(y):
    state = cross_entropy_explorer(y=y).state
    a = state.grid
    np.testing.assert_allclose(state.losses, -y * np.log(a) - (1 - y) * np.log(1 - a))
    np.testing.assert_allclose(state.slopes, (a - y) / (a * (1 - a)), atol=1e-12)


def test_prediction_and_label_are_held_on_the_loss():
    explorer = cross_entropy_explorer(a=0.25, y=0.5)
    loss, _ = explorer.drawn.panels
    handles = [mark for mark in loss.marks if isinstance(mark, Handle)]
    assert {mark.names for mark in handles} == {("a", ""), ("y", "")}
    assert {(mark.x, mark.y) for mark in handles} == {(0.5, 0), explorer.state.at[:2]}


def test_the_answer_to_move_it():
    explorer = cross_entropy_explorer(y=1, a=0.1)
    assert explorer.words == "a = 0.1, y = 1: cross_entropy loss 2.303, derivative −10."
    explorer.set(a=0.01)
    assert explorer.words == "a = 0.01, y = 1: cross_entropy loss 4.605, derivative −100."
    explorer.set(y=0, a=0.99)
    assert explorer.words == "a = 0.99, y = 0: cross_entropy loss 4.605, derivative 100."
