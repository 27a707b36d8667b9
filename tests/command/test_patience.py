"""The settings by a table's size, what is set aside, and which epoch is kept."""

import numpy as np
import pytest

from dnn_lessons.command.patience import Watch, set_aside, settings_for
from dnn_lessons.experiment import LARGEST_COST, TABLE_SETTINGS, Data, Experiment

# {(n_x, m): (layers, learning rate, epochs, batch size)}
SIZES = {
    (1, 1): ((5,), 0.03, 500, 8),
    (10, 99): ((5,), 0.03, 500, 8),
    (11, 100): ((10,), 0.03, 500, 8),
    (30, 999): ((10,), 0.01, 160, 8),
    (100, 1000): ((20, 20), 0.003, 160, 8),
    (1000, 2000): ((20, 20), 0.0003, 100, 10),
    (5, 51_200): ((20, 20), 0.03, 100, 256),
    (5, 10**6): ((20, 20), 0.03, 10, 256),
}


@pytest.mark.parametrize("size", SIZES)
def test_the_settings_are_those_of_the_size(size):
    s = settings_for(TABLE_SETTINGS, *size)
    assert (s.layers, s.learning_rate, s.num_epochs, s.batch_size) == SIZES[size]


@pytest.mark.parametrize(("m", "aside"), [(4, None), (5, 1), (6, 1), (100, 20)])
def test_a_fifth_is_set_aside_where_there_is_one(m, aside):
    X, Y = np.arange(2.0 * m).reshape(2, m), np.arange(1.0 * m)[None]
    data, validation = set_aside(Data((X, Y), (-X, -Y), ["a", "b"], "y"), 0)
    assert (validation and validation[1].size) == aside
    assert Watch(Experiment(data), validation).set_aside == (aside or 0)
    parts = [data.train[1], *([validation[1]] if validation else [])]
    assert sorted(np.concatenate(parts, axis=1)[0]) == Y[0].tolist()


def line(m=40, noise=0.0):
    rng = np.random.default_rng(0)
    X = rng.uniform(size=(1, m))
    Y = 2 * X + noise * rng.standard_normal(X.shape)
    return Data((X, Y), (X, Y), ["a"], "y")


def test_an_equal_cost_is_no_better_one_and_patience_counts_the_epochs_since():
    data, costs = line(), [0.5, 0.5, 0.4, 0.6, 0.5]
    experiment, going = Experiment(data, num_epochs=1), []
    watched = Watch(experiment, data.train, patience=2)
    watched._lowest = 1.0
    for cost in costs:
        watched._cost = lambda *_, cost=cost: cost
        experiment.network.costs.append(1.0)
        going.append(watched.goes_on())
    assert watched.best_epoch == 3
    assert going == [True, True, True, True, False]


@pytest.mark.parametrize("noise", [0.0, 50.0])
def test_the_constant_is_kept_unless_the_network_is_clearly_better(noise):
    data = line(noise=noise)
    watched = Watch(Experiment(data, num_epochs=30, batch_size=4), data.held_out, 30)
    for _ in watched.experiment.epochs():
        watched.goes_on()
    watched.keep_best()
    kept = max(watched.experiment.snapshots)
    assert (kept > 0) == (noise == 0)
    if noise:
        mean = data.train[1].mean()
        np.testing.assert_allclose(watched.experiment.predict(data.train[0]), mean)


@pytest.mark.parametrize("every", [4, 200])
def test_the_constant_of_classes_is_their_share(every):
    X = np.arange(10.0 * every)[None]
    Y = (X % every == 0) * 1.0
    settings = TABLE_SETTINGS._replace(loss="cross_entropy", output="sigmoid")
    data = Data((X, Y), (X, Y), ["a"], "y", settings)
    experiment = Experiment(data, num_epochs=1)
    watched = Watch(experiment, data.held_out, 1)
    experiment.go_back(0, watched._best)
    np.testing.assert_allclose(experiment.predict(X), 1 / every)


def test_the_cost_of_what_is_held_out_is_noted():
    data = line()._replace(held_out=(np.ones((1, 3)), np.full((1, 3), 9.0)))
    watched = Watch(Experiment(data, num_epochs=2))
    for _ in watched.experiment.epochs():
        assert watched.goes_on()
    squares = (watched.experiment.predict(data.held_out[0]) - 9) ** 2
    assert len(watched.experiment.held_out_costs) == 2
    assert watched.experiment.held_out_costs[-1] == pytest.approx(squares.mean())


@pytest.mark.parametrize("prediction", [1e200, np.nan])
def test_a_cost_held_out_beyond_all_numbers_is_noted_as_the_largest(prediction):
    watched = Watch(Experiment(line(), num_epochs=1))
    watched.experiment.predict = lambda X: np.full(X.shape, prediction)
    watched.goes_on()
    assert watched.experiment.held_out_costs == [LARGEST_COST]


ASIDE = {
    True: [1, 1.1, 0.9, 1, 1],
    False: [3, -3, 3, -3, 0.5],
}  # gains of those set aside
OTHERS = {True: [1.0] * 20, False: [5, -5] * 10}


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("on_all", [True, False])
@pytest.mark.parametrize("aside", [True, False])
def test_the_gain_has_to_be_sure_on_both(aside, on_all, sign):
    data = line(20)
    validation = tuple(part[:, :5] for part in data.train)
    watched = Watch(Experiment(data, num_epochs=1), validation, 1)
    gains = {5: np.array(ASIDE[aside]), 20: np.array(OTHERS[on_all])}
    watched._losses = lambda X, Y: (10 + 0 * gains[Y.size], 10 - sign * gains[Y.size])
    assert watched._is_clearly_better() == (aside and on_all and sign > 0)


@pytest.mark.parametrize(("gain", "is_clear"), [(9.1, True), (8.9, False)])
def test_a_tenth_of_the_cost_is_not_left_by_chance(gain, is_clear):
    data = line(20)
    watched = Watch(Experiment(data, num_epochs=1), [part[:, :5] for part in data.train])
    gains = {5: np.full(5, gain), 20: np.array([500.0, -500.0] * 10)}
    watched._losses = lambda X, Y: (10 + 0 * gains[Y.size], 10 - gains[Y.size])
    assert watched._is_clearly_better() == is_clear
