"""The explorer of the ReLU: its kink is a jump of the slope, and the tangent turns there at once."""

import numpy as np

from dnn_lessons.classroom.explorers import dead_unit_explorer, relu_explorer
from dnn_lessons.classroom.explorers.picture import Line, Points


def points_in(panel):
    """The marks of a panel that are Points."""
    return [mark for mark in panel.marks if isinstance(mark, Points)]


def test_the_slope_jumps_and_no_line_joins_its_sides():
    _, slopes = relu_explorer().drawn.panels
    (line,) = (mark for mark in slopes.marks if isinstance(mark, Line))
    drawn = np.isfinite(line.y)
    assert set(line.y[drawn]) == {0, 1}
    joined = drawn[:-1] & drawn[1:]
    assert not np.diff(line.y)[joined].any()


def test_the_kink_has_the_value_taken_and_the_other_limit():
    _, slopes = relu_explorer().drawn.panels
    points = points_in(slopes)
    assert [(*mark.x, *mark.y, mark.look) for mark in points] == [
        (0, 0, "backward"),
        (0, 1, "paper"),
    ]


def test_the_answer_to_move_it():
    explorer = relu_explorer()
    slopes = {z: explorer.set(z=z).state.at[2] for z in explorer.controls[0].values}
    assert {slope for z, slope in slopes.items() if z <= 0} == {0}
    assert {slope for z, slope in slopes.items() if z > 0} == {1}
    assert explorer.set(z=0.05).words == "z = 0.05: relu = 0.05, slope = 1."
    assert explorer.set(z=0).words == (
        "z = 0: relu = 0, slope = 0. This is the kink: left of it the slope is 0, "
        "right of it 1, and the code takes 0."
    )


def test_the_examples_of_the_unit_lie_on_the_curve_and_one_has_the_bias_as_its_z():
    explorer = dead_unit_explorer()
    for b in explorer.controls[0].values:
        state = explorer.set(b=b).state
        np.testing.assert_allclose(state.Z, np.array([-1, 0, 1, 2]) + b)
        (examples,) = points_in(explorer.drawn.panels[0])
        assert np.array_equal([examples.x, examples.y], [state.Z, np.maximum(0, state.Z)])
        assert state.Z[1] == b


def test_the_gradients_of_the_unit_are_those_of_the_cost():
    X, h = np.array([-1.0, 0, 1, 2]), 1e-6

    def cost(w, b):
        return np.mean((np.maximum(0, w * X + b) - (X + 1)) ** 2)

    for b in (-3.1, -1.55, -0.4, 0.7, 1.8):
        state = dead_unit_explorer(b=b).state
        assert np.isclose(state.of_weight, (cost(1 + h, b) - cost(1 - h, b)) / (2 * h))
        assert np.isclose(state.of_bias, (cost(1, b + h) - cost(1, b - h)) / (2 * h))


def test_the_gradient_is_drawn_with_its_jumps():
    _, gradient = dead_unit_explorer().drawn.panels
    (line,) = (mark for mark in gradient.marks if isinstance(mark, Line))
    drawn = np.isfinite(line.y)
    steps = np.abs(np.diff(line.y))[drawn[:-1] & drawn[1:]]
    assert steps.max() < 0.11
    assert (~drawn).sum() == 4


def test_the_answer_to_the_question_of_the_dead_unit():
    explorer = dead_unit_explorer(b=0.5)
    assert (
        explorer.words
        == "b = 0.5: 3 of 4 examples lie on the slope; dW1 = −0.75, db1 = −0.75."
    )
    alive = [b for b in explorer.controls[0].values if explorer.set(b=b).state.active]
    assert min(alive) == -1.95
    assert explorer.set(b=-2).words == (
        "b = −2: 0 of 4 examples lie on the slope; dW1 = 0, db1 = 0. "
        "The unit is dead: both gradients are exactly 0."
    )
    state = explorer.set(b=1).state
    assert (state.of_weight, state.of_bias, state.active) == (0, 0, 3)
    assert np.array_equal(state.Z, [0, 1, 2, 3])
    assert [b for b in alive if explorer.set(b=b).state.of_bias == 0] == [1]
