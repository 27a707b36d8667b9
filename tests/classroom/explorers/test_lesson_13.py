"""The explorer of a decision: it is the network of the lesson, and it says what is seen."""

import numpy as np
import pytest
from explorer_cases import build, line, marks_of

from dnn_lessons import DeepNeuralNetwork, compute_cost
from dnn_lessons.classroom.explorers.picture import Level, Map, Points, Words
from dnn_lessons.classroom.explorers.plane import look_into
from dnn_lessons.classroom.explorers.point_sets import scattered

DATA = scattered("two moons", 0.35, 0)


@pytest.fixture(scope="module")
def explorer():
    """The explorer as a lesson makes it."""
    return build("decision_explorer()")


@pytest.fixture(scope="module")
def trained():
    """The network of the lesson, trained by its plain engine."""
    network = DeepNeuralNetwork([2, 16, 16, 1], rng=0)
    return network.train(DATA.X, DATA.Y, 0.05, num_epochs=200, batch_size=10)


@pytest.mark.long
def test_the_first_picture_is_the_network_of_the_lesson(explorer, trained):
    state = explorer.reset().state
    assert state.costs["training"] == trained.costs
    held_out = compute_cost(trained.predict(DATA.X_held), DATA.Y_held)
    assert state.costs["held out"][-1] == pytest.approx(held_out)
    probability, _ = look_into(trained, DATA.X, DATA.reach)
    shown = next(mark for mark in marks_of(explorer, Map) if mark.right == DATA.reach)
    np.testing.assert_array_equal(shown.values, probability)
    right = [
        np.mean((trained.predict(X) > 0.5) == Y)
        for X, Y in ((DATA.X, DATA.Y), (DATA.X_held, DATA.Y_held))
    ]
    assert "Right: 93 % in training, 87 % held out." in explorer.words
    assert [round(100 * share) for share in right] == [93, 87]


def test_both_costs_are_drawn_as_far_as_the_words_say(explorer):
    explorer.reset().step()
    explorer.step()
    for name, costs in explorer.state.costs.items():
        x, y = line(explorer, name)
        np.testing.assert_array_equal(x, [1, 2])
        np.testing.assert_array_equal(y, costs)
        assert f"{costs[-1]:.3g}" in explorer.words
    assert explorer.words.startswith("Epoch 2 of 200")


def test_the_level_is_the_cost_of_the_best_constant(explorer):
    (level,) = marks_of(explorer.reset(), Level)
    assert level.at == pytest.approx(compute_cost(np.full_like(DATA.Y, 0.56), DATA.Y))


def test_points_of_both_labels_are_drawn_and_the_held_out_ones_smaller(explorer):
    sets = {m.label: m for m in marks_of(explorer.reset(), Points) if m.label}
    for label in (0, 1):
        for words, X, Y in (
            ("", DATA.X, DATA.Y),
            (", held out", DATA.X_held, DATA.Y_held),
        ):
            mark = sets[f"{label}{words}"]
            expected = X[:, Y[0] == label]
            np.testing.assert_allclose([mark.x, mark.y], expected, atol=5e-4)
        assert sets[f"{label}, held out"].size < sets[str(label)].size


@pytest.mark.long
@pytest.mark.parametrize("points", ["two moons", "circles", "quadrants", "spiral"])
def test_the_border_separates_the_answers(explorer, points):
    explorer.reset().set(points=points, num_epochs=50)
    x, y = line(explorer, "border")
    low, high = explorer.state.data.ends
    inside = np.isfinite(x)
    assert inside.any()
    assert np.all((low - 1e-3 < x[inside]) & (x[inside] < high + 1e-3))
    assert np.all((low - 1e-3 < y[inside]) & (y[inside] < high + 1e-3))


def test_earlier_runs_leave_their_border_and_their_held_out_cost():
    explorer = build("decision_explorer(num_epochs=20)")
    before = explorer.state
    explorer.set(width=4)
    (ghost,) = explorer.draw(explorer.state, {"units each 16": before}, True).panels[2:]
    (held_out,) = (
        m for m in ghost.marks if getattr(m, "label", "") == "held out, units each 16"
    )
    np.testing.assert_array_equal(held_out.y, before.costs["held out"])
    assert "held out, units each 16" in [
        getattr(m, "label", "") for m in explorer.drawn.panels[2].marks
    ]


@pytest.mark.long
def test_a_dead_layer_is_named_and_another_start_lives(explorer):
    explorer.reset().set(width=3)
    assert explorer.verdict == "dead"
    assert "3 of 3 units of layer 2" in explorer.words
    assert "3 dead" in [mark.text for mark in marks_of(explorer, Words)]
    assert explorer.state.costs["training"][-1] == pytest.approx(0.686, abs=5e-4)
    alive = [explorer.set(seed=seed).verdict != "dead" for seed in range(1, 5)]
    assert all(alive)


def test_some_dead_units_are_counted_in_words(explorer):
    explorer.reset()
    dead = sum(each.dead for each in explorer.state.evidence.dead)
    assert f"Dead: {dead} of 32 units." in explorer.words
    drawn = sum(layer.dead.sum() for layer in explorer.state.layers)
    assert drawn == dead > 0


def test_a_wide_layer_says_how_many_units_are_drawn(explorer):
    explorer.reset().set(width=24, num_epochs=10)
    assert explorer.drawn.panels[0].title == "what 16 of 24 units answer"
    counts = [each.dead for each in explorer.state.evidence.dead]
    assert sum(layer.dead.sum() for layer in explorer.state.layers) < sum(counts)
    words = [mark.text for mark in marks_of(explorer, Words)]
    assert [text for text in words if text.endswith("dead")] == [
        f"{n} dead" for n in counts
    ]


def test_a_run_that_diverges_keeps_its_costs_and_says_where(explorer):
    explorer.reset().set(learning_rate=10)
    assert not explorer.failed
    assert explorer.verdict == "diverged"
    assert np.isfinite(explorer.state.costs["held out"]).all()


@pytest.mark.long
def test_answer_1_three_units_die_from_start_0_and_learn_from_the_next_four(explorer):
    explorer.reset().set(width=3)
    assert (
        "for 3 of 3 units of layer 2 every example lies on the flat part"
        in explorer.words
    )
    ends = [explorer.state.costs["training"][-1]]
    ends += [explorer.set(seed=s).state.costs["training"][-1] for s in (1, 2, 3, 4)]
    assert explorer.state.evidence.constant_cost == pytest.approx(ends[0], abs=5e-4)
    rounded = np.round(ends, 3)
    assert (rounded[0], rounded[1:].min(), rounded[1:].max()) == (0.686, 0.246, 0.379)


@pytest.mark.long
@pytest.mark.parametrize(
    ("depth", "epoch", "lowest", "last"), [(2, 60, 0.277, 0.327), (3, 47, 0.28, 0.518)]
)
def test_answer_2_the_held_out_cost_turns(explorer, depth, epoch, lowest, last):
    costs = explorer.reset().set(width=32, depth=depth).state.costs
    held_out = costs["held out"]
    assert np.argmin(held_out) + 1 == epoch
    assert np.round([held_out[epoch - 1], held_out[-1]], 3).tolist() == [lowest, last]
    assert costs["training"][-1] < costs["training"][epoch - 1]
    if depth == 3:
        assert round(costs["training"][-1], 3) == 0.106
        assert explorer.verdict == "overfitting"
        assert f"from {lowest:.3g} in epoch {epoch} to {last:.3g}" in explorer.words


@pytest.mark.long
@pytest.mark.parametrize(("width", "closes"), [(2, False), (3, True)])
def test_answer_3_three_units_close_the_border(explorer, width, closes):
    settings = {"points": "circles", "noise": 0.1, "depth": 1, "num_epochs": 500}
    explorer.reset().set(width=width, **settings)
    points = line(explorer, "border")
    loops = np.split(points, np.flatnonzero(np.isnan(points[0])) + 1, axis=1)[:-1]
    assert any(np.array_equal(loop[:, 0], loop[:, -2]) for loop in loops) == closes
    if closes:
        assert explorer.state.right[0] == 1
        assert round(explorer.state.costs["training"][-1], 3) == 0.031
