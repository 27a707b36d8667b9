"""What lesson 12 answers about its two explorers; more of it is in test_training_runs.py."""

import numpy as np
import pytest
from explorer_cases import line

from dnn_lessons.classroom.explorers import decision_explorer, training_explorer


def moons(**change):
    """The explorer as the lesson calls it, with one thing changed."""
    called = {"noise": 0.3, "width": 32, "learning_rate": 0.1, "num_epochs": 300}
    return decision_explorer(**(called | change))


def held_out_and_training(explorer):
    """The last two costs, in three digits."""
    costs = explorer.state.costs
    return [round(costs[name][-1], 3) for name in ("held out", "training")]


def test_the_answer_the_large_network_overfits():
    explorer = moons()
    costs = explorer.state.costs["held out"]
    assert (round(min(costs), 3), np.argmin(costs) + 1) == (0.216, 39)
    assert held_out_and_training(explorer) == [0.388, 0.05]
    assert [round(100 * each, 1) for each in explorer.state.right] == [98, 87.5]


def corners(explorer):
    """How often the border turns by more than 0.3 radians from one piece to the next."""
    x, y = np.diff(line(explorer, "border"), axis=1)
    turns = np.diff(np.unwrap(np.arctan2(y, x)[np.isfinite(x + y)]))
    return np.sum(np.abs(turns) > 0.3)


def test_the_answer_the_border_grows_corners():
    best, end = moons(num_epochs=39), moons()
    assert corners(end) > 2 * corners(best)
    assert end.state.right[0] > best.state.right[0]
    assert end.state.right[1] <= best.state.right[1]


def test_the_answer_noise_turns_the_cost_at_once():
    costs = moons(noise=0.6).state.costs["held out"]
    assert np.argmin(costs) + 1 == 6


@pytest.mark.long
@pytest.mark.parametrize(
    ("change", "ends"),
    [({"width": 4}, [0.255, 0.214]), ({"learning_rate": 0.01}, [0.236, 0.157])],
)
def test_the_answer_what_does_not_overfit_pays(change, ends):
    explorer = moons(**change)
    costs = explorer.state.costs["held out"]
    assert np.argmin(costs) == len(costs) - 1
    assert held_out_and_training(explorer) == ends
    assert min(costs) > 0.216


def test_the_answer_a_rate_of_015_diverges_at_once():
    explorer = training_explorer(output="linear", learning_rate=0.15)
    assert explorer.verdict == "diverged"
    assert "Diverged in epoch 1:" in explorer.words


def test_the_answer_tanh_explodes_slowly():
    explorer = training_explorer(
        activation="tanh", output="linear", batch_size=500, learning_rate=0.3
    )
    assert explorer.verdict == "diverged"
    assert len(explorer.state.costs) == 13
