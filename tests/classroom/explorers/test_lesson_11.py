"""The explorer of batches."""

import numpy as np
import pytest
from explorer_cases import line, marks_of

from dnn_lessons import compute_cost
from dnn_lessons.classroom.explorers import batch_explorer
from dnn_lessons.classroom.explorers.lesson_11 import (
    EPOCHS,
    LAYER_DIMS,
    MODEL,
    SIZES,
    noise_of,
    sorted_moons,
)
from dnn_lessons.classroom.explorers.picture import Line, Points, Rects
from dnn_lessons.network import DeepNeuralNetwork


@pytest.fixture
def made():
    return batch_explorer()


def dots(explorer, label):
    """The points (2, n) with a label in the legend."""
    (found,) = (mark for mark in marks_of(explorer, Points) if mark.label == label)
    return np.stack([np.ravel(found.x), np.ravel(found.y)])


def test_the_moons_are_sorted_by_label():
    Y = sorted_moons()[1][0]
    assert (np.diff(Y) >= 0).all()
    assert Y.mean() == 0.5


def test_the_noise_is_the_root_mean_square_of_a_length(made):
    full = dots(made, "all examples")
    assert noise_of(np.add(full, [[3, -3], [4, -4]])) == pytest.approx(5)
    assert f"off by {noise_of(made.state.gradients):.2g} (root mean square)" in made.words


@pytest.mark.long
@pytest.mark.parametrize("size", SIZES)
def test_every_example_is_drawn_once_with_its_label_and_every_other_batch_on_a_ground(
    made, size
):
    made.set(batch_size=size)
    both = [dots(made, f"label {label}") for label in (0, 1)]
    places, examples = np.concatenate(both, axis=1)
    assert sorted(places) == sorted(examples) == list(range(1, 201))
    assert max(both[0][1]) == 100  # the first 100 examples have the label 0
    order = np.concatenate(made.state.batches) + 1
    assert (examples[np.argsort(places)] == order).all()
    (grounds,) = marks_of(made, Rects)
    seconds = made.state.batches[1::2]
    assert [len(batch) for batch in seconds] == list(grounds.right - grounds.left)
    assert f"{-(-200 // size)} batch" in made.drawn.panels[0].title


@pytest.mark.long
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("shuffle", [True, False])
def test_the_cloud_lies_on_axes_that_stay_and_its_mean_is_the_gradient_of_all(
    made, size, shuffle
):
    x, y = made.drawn.panels[1][1:3]
    made.set(batch_size=size, shuffle=shuffle)
    panel = made.drawn.panels[1]
    assert (panel.x, panel.y) == (x, y)
    cloud, full = dots(made, "one batch"), dots(made, "all examples")
    for axis, values in zip((x, y), cloud, strict=True):
        assert axis.low < values.min() <= values.max() < axis.high
    weights = [len(batch) for batch in made.state.batches]
    assert np.allclose(np.average(cloud, axis=1, weights=weights), full[:, 0])


@pytest.mark.parametrize("settings", [{}, {"batch_size": 1, "shuffle": False}])
def test_the_curve_is_the_cost_of_all_examples_after_each_epoch(made, settings):
    made.set(**settings)
    B, shuffle = (made.values[name] for name in ("batch_size", "shuffle"))
    X, Y = sorted_moons()
    network = DeepNeuralNetwork(LAYER_DIMS, *MODEL, "cross_entropy", rng=0)
    expected = []
    for _ in network.train_epochs(X, Y, 0.3, EPOCHS, B, shuffle):
        expected.append(compute_cost(network.predict(X), Y))
    epochs, costs = line(made, "training")
    assert list(epochs) == list(range(1, EPOCHS + 1))
    assert np.allclose(costs, expected)
    assert np.allclose(made.state.reported, network.costs)
    assert f"Epoch 20 of 20, cost {costs[-1]:.3g}." in made.words


@pytest.mark.parametrize("size", [1, 8, 200])
def test_all_costs_lie_between_the_ends_of_the_axis_which_grows(made, size):
    made.set(batch_size=size, learning_rate=3.0)
    made.set(learning_rate=0.01)  # the first run stays as a ghost
    panel = made.drawn.panels[2]
    lines = [mark for mark in panel.marks if isinstance(mark, Line)]
    assert len(lines) == 3  # this run, the one before, and that of the start
    for each in lines:
        assert panel.y.low < each.y.min() <= each.y.max() < panel.y.high
        assert panel.x.low < each.x.min() <= each.x.max() <= panel.x.high


def test_costs_by_step_stand_where_each_run_has_taken_its_steps(made):
    made.set(batch_size=200, by="step")
    assert list(line(made, "training")[0]) == list(range(1, EPOCHS + 1))
    (ghost,) = (mark for mark in made.drawn.panels[2].marks if "B 8" in mark_label(mark))
    assert list(ghost.x) == list(range(25, 501, 25))
    assert made.drawn.panels[2].x.high >= 500
    made.set(by="epoch")
    assert list(line(made, "training")[0]) == list(range(1, EPOCHS + 1))


def mark_label(mark):
    """The words of a mark in the legend."""
    return getattr(mark, "label", "")


def test_costs_by_time_are_measured_and_touch_neither_the_words_nor_the_stored_picture(
    made,
):
    again = batch_explorer()
    assert (made.picture, made.words) == (again.picture, again.words)
    made.set(by="seconds of work")
    assert np.allclose(line(made, "training")[0], made.state.seconds)
    assert made.words == again.words
    made.step()
    assert len(line(made, "training")[0]) == 1


def test_the_answer_a_larger_batch_shrinks_the_cloud_and_an_epoch_of_it_teaches_less(
    made,
):
    noise, costs = {}, {}
    for size in (1, 8, 200):
        made.set(batch_size=size)
        noise[size], costs[size] = noise_of(made.state.gradients), made.state.costs[-1]
    assert [f"{each:.2f}" for each in noise.values()] == ["0.36", "0.12", "0.00"]
    assert [f"{each:.2g}" for each in costs.values()] == ["0.015", "0.088", "0.44"]
    assert "exactly that of all examples" in made.words
    assert made.words.startswith("1 step in an epoch")
    assert [len(made.set(batch_size=size).state.batches) for size in (1, 8)] == [200, 25]


def test_the_answer_sorted_batches_hold_one_label_and_learn_less(made):
    assert "in 1 of 25 batches all labels are the same" in made.words
    assert made.state.costs[-1] == pytest.approx(0.088, abs=5e-4)
    made.set(shuffle=False)
    assert "in 24 of 25 batches all labels are the same" in made.words
    assert "off by 0.32" in made.words
    assert made.state.costs[-1] == pytest.approx(0.167, abs=5e-4)


def test_the_answer_sorted_single_examples_flatter_the_report_of_an_epoch(made):
    made.set(batch_size=1, shuffle=False, learning_rate=1.0)
    assert made.verdict == "one-sided"
    assert "cost 0.586." in made.words
    assert "The epoch itself reported 0.0529" in made.words


def test_at_a_large_rate_the_words_say_that_the_shuffled_run_jumps(made):
    made.set(learning_rate=3.0)
    assert made.verdict == "noisy"
    assert "now jumps between 0.00887 and 0.0851" in made.words
    made.set(shuffle=False)
    assert (made.verdict, made.state.costs[-1] < 0.02) == ("good", True)
