"""The run that the command line and the regression lesson share."""

import itertools

import numpy as np
import pytest

from dnn_lessons import (
    ACTIVATIONS,
    COSTS,
    Cost,
    DeepNeuralNetwork,
    L_model_forward,
    TrainingDiverged,
)
from dnn_lessons.datasets import Scaler, Table, attenuated_sine
from dnn_lessons.experiment import (
    SNAPSHOTS,
    Data,
    Experiment,
    Settings,
    curve_data,
    table_data,
)
from dnn_lessons.metrics import accuracy
from dnn_lessons.training import plain


def random_data(rng, m=40, classes=False, offset=200.0, split=None):
    X = rng.standard_normal((3, m)) * [[1], [10], [1e-3]] + [[5], [offset], [-1]]
    Y = X[:1] - 0.1 * X[1:2] + rng.standard_normal((1, m))
    return table_data(
        Table(
            X, (np.median(Y) < Y).astype(float) if classes else Y, ["a", "b", "c"], "y"
        ),
        rng if split is None else split,
    )


def trained(data, **settings):
    run = Experiment(data, **settings)
    for _ in run.epochs():
        pass
    return run


@pytest.fixture
def data():
    return random_data(np.random.default_rng(7))


def test_one_seed_holds_out_the_same_rows_of_a_table():
    one, again, other = (
        random_data(np.random.default_rng(3), split=seed) for seed in (1, 1, 2)
    )
    np.testing.assert_array_equal(one.held_out[0], again.held_out[0])
    assert not np.array_equal(one.held_out[0], other.held_out[0])


def test_defaults_are_the_documents_command():
    assert Experiment(curve_data()).settings == Settings(
        (20, 20), "relu", "sigmoid", "mse", 0.1, 3000, 8
    )


def test_the_settings_of_a_run_are_the_ones_that_the_documents_give(data):
    assert Settings()[7:] == (True, 0, "float64", "recorded")
    expected = Settings(output="linear", learning_rate=0.01, num_epochs=100)
    assert data.settings == expected
    assert (data.features, data.target) == (["a", "b", "c"], "y")


def test_features_that_are_constant_in_training_are_named(data):
    data.train[0][[0, 2]] = 3.0
    assert Experiment(data).constant_features == ["a", "c"]


def test_a_run_that_goes_back_has_no_later_snapshot():
    run = trained(curve_data(20), num_epochs=60)
    best = run.snapshots[10]
    run.go_back(30, best)
    assert list(run.snapshots) == [10, 30]
    assert run.snapshots[30] is run.network.parameters is best
    assert len(run.network_in_data_units().costs) == 60
    assert len(run.network_in_data_units(10).costs) == 10


def test_curve_is_held_out_between_its_points():
    (X, Y), (X_held_out, Y_held_out), *_ = curve_data()
    assert X.shape == (1, 500)
    np.testing.assert_array_equal(X_held_out, (X[:, 1:] + X[:, :-1]) / 2)
    np.testing.assert_array_equal(Y_held_out, attenuated_sine(X_held_out))
    assert Y.shape == X.shape


def test_table_keeps_a_fifth_aside_once(data):
    both = np.concatenate([data.train[0], data.held_out[0]], axis=1)
    assert (data.train[0].shape, data.held_out[0].shape) == ((3, 32), (3, 8))
    assert len(np.unique(both[0])) == 40


# "::" in an id makes each seed a scope of its own, so that --dist=loadscope spreads them over the workers.
@pytest.mark.slow
@pytest.mark.parametrize(
    "seed", range(5), ids=[f"seed {seed}::3000 epochs" for seed in range(5)]
)
def test_documents_command_fits_the_curve(seed, tmp_path, monkeypatch):
    """500 points, 1-20-20-1, ReLU, sigmoid, mse, batches of 8, rate 0.1 (its own: 7e-4 to 1e-3 at 3,660 epochs).

    Compiled, as the command trains it; the first seed recorded, as where there is no compiler.
    """
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    engine = "compiled" if seed else "recorded"
    run = trained(curve_data(), seed=seed, engine=engine)
    network, constant, *_ = run.scores()
    assert network.train < 5e-4
    assert network.held_out < 5e-4
    assert constant.train == pytest.approx(0.0649, abs=5e-5)
    X, Y = run.data.train
    X = Scaler.fit(X).transform(X)
    AL, _ = L_model_forward(X, run.network.parameters, "relu", "sigmoid")
    assert run.network.layer_dims == (1, 20, 20, 1)
    assert np.mean((AL - Y) ** 2) < 5e-4


def test_each_snapshot_is_the_epoch_that_it_says():
    run = trained(curve_data(20), num_epochs=60)
    assert list(run.snapshots) == [10, 50, 60]
    for epoch, parameters in run.snapshots.items():
        again = trained(curve_data(20), num_epochs=epoch).network.parameters
        for name, P in parameters.items():
            np.testing.assert_array_equal(P, again[name])


def test_snapshots_are_those_of_the_result_picture():
    run = trained(curve_data(4), num_epochs=3000, layers=(), batch_size=4)
    assert tuple(run.snapshots) == SNAPSHOTS == (10, 50, 100, 500, 1000, 2000, 3000)


def test_before_any_epoch_the_network_is_the_initial_one():
    run = Experiment(curve_data(20))
    assert (list(run.snapshots), run.costs) == ([0], [])
    assert np.isfinite(run.predict(run.data.train[0])).all()


def test_epochs_are_trained_as_they_are_pulled(data):
    run = Experiment(data, num_epochs=5)
    epochs = run.epochs()
    assert run.costs == []
    assert run.costs == [next(epochs)]
    assert len(list(epochs)) == 4
    assert len(run.costs) == 5


def test_the_engine_is_the_one_that_is_asked_for_and_changes_no_number(data):
    calls = []

    def spied(job, parameters):
        calls.append(job)
        return plain(job, parameters)

    recorded, run = (
        trained(data, num_epochs=3, engine=engine) for engine in ("recorded", spied)
    )
    assert (Settings().engine, len(calls)) == ("recorded", 1)
    assert recorded.costs == run.costs
    with pytest.raises(ValueError, match="unknown engine 'fast'; known: plain, recorded"):
        Experiment(data, engine="fast").epochs()


def test_same_seed_gives_the_same_run(data):
    one, two, other = (trained(data, num_epochs=5, seed=seed) for seed in (3, 3, 4))
    assert one.costs == two.costs != other.costs
    np.testing.assert_array_equal(
        one.network.parameters["W2"], two.network.parameters["W2"]
    )


def test_shuffle_may_be_left_out(data):
    """The run in order is that of the network itself, and another one than the shuffled run."""
    shuffled, in_order = (
        trained(data, num_epochs=3, shuffle=shuffle) for shuffle in (True, False)
    )
    again = DeepNeuralNetwork((3, 20, 20, 1), "relu", "linear", "mse", rng=0)
    X, Y = (
        scaler.transform(rows)
        for scaler, rows in zip(in_order.scalers, data.train, strict=True)
    )
    again.train(X, Y, learning_rate=0.01, num_epochs=3, batch_size=8, shuffle=False)
    np.testing.assert_array_equal(
        in_order.network.parameters["W1"], again.parameters["W1"]
    )
    assert shuffled.costs != in_order.costs


@pytest.mark.parametrize("deviation", [0.01, 100])
@pytest.mark.parametrize("loss", ["mse", "mae"])
def test_costs_are_in_the_units_of_the_data(data, loss, deviation):
    power = {"mse": 2, "mae": 1}[loss]
    X, Y = data.train
    Y = Y * (deviation / Y.std())
    run = Experiment(
        data._replace(train=(X, Y)), loss=loss, batch_size=1000, num_epochs=4
    )
    for _ in run.epochs():
        before = run.predict(X)
        cost = next(iter(run.epochs()))
        assert cost == pytest.approx(np.mean(np.abs(before - Y) ** power), rel=1e-12)


ROOM = {
    "linear": (-300, 300),
    "leaky_relu": (-300, 300),
    "relu": (0, 300),
    "sigmoid": (0, 1),
    "tanh": (-1, 1),
}


@pytest.mark.parametrize(
    ("layers", "hidden", "output"),
    list(itertools.product([(), (4,), (5, 3)], ["relu", "tanh"], ACTIVATIONS)),
)
def test_folded_network_takes_and_gives_the_units_of_the_data(
    layers, hidden, output, tmp_path
):
    X = np.random.default_rng(0).uniform(900, 1000, (3, 30)) * [[1], [1e4], [1e-4]]
    Y = np.random.default_rng(1).uniform(*ROOM[output], (1, 30))
    run = trained(
        Data((X, Y), (X, Y), ["a", "b", "c"], "y"),
        layers=layers,
        hidden=hidden,
        output=output,
        num_epochs=3,
    )
    x_scaler, y_scaler = Scaler.fit(X), Scaler.fit(Y)
    expected = run.network.predict(x_scaler.transform(X))
    expected = y_scaler.inverse_transform(expected) if output == "linear" else expected
    np.testing.assert_allclose(run.predict(X), expected, rtol=1e-9, atol=1e-9)
    run.network_in_data_units().save(tmp_path / "model.npz")
    loaded = DeepNeuralNetwork.load(tmp_path / "model.npz")
    np.testing.assert_array_equal(loaded.predict(X), run.predict(X))
    assert loaded.costs == run.costs


def test_training_goes_on_in_the_scaled_units_after_a_look_at_the_folded_network(data):
    run, undisturbed = Experiment(data, num_epochs=6), trained(data, num_epochs=6)
    for _ in run.epochs():
        run.network_in_data_units()
        run.scores()
    assert run.costs == undisturbed.costs


def test_float32_network_keeps_its_digits_where_features_are_far_from_zero():
    data = random_data(np.random.default_rng(5), offset=1e9)
    run = trained(data, dtype="float32", num_epochs=5)
    x_scaler, y_scaler = run.scalers
    expected = y_scaler.inverse_transform(
        run.network.predict(x_scaler.transform(data.train[0]))
    )
    assert run.network.parameters["W1"].dtype == np.float32
    np.testing.assert_allclose(run.predict(data.train[0]), expected, rtol=1e-4)


def test_scores_are_those_of_the_predictions(data):
    run = trained(data, num_epochs=5)
    network, constant, network_root, constant_root = run.scores()
    (X, Y), (X_held_out, Y_held_out) = data.train, data.held_out
    assert network.train == pytest.approx(np.mean((run.predict(X) - Y) ** 2))
    assert network.held_out == pytest.approx(
        np.mean((run.predict(X_held_out) - Y_held_out) ** 2)
    )
    assert constant.train == pytest.approx(Y.var())
    assert constant.held_out == pytest.approx(np.mean((Y.mean() - Y_held_out) ** 2))
    assert network_root.train == pytest.approx(np.sqrt(network.train))
    assert (network.metric, network_root.metric) == ("MSE", "root of MSE")
    assert (network.predictor, constant.predictor) == (
        "network",
        f"constant {Y.mean():.4g}",
    )
    assert constant_root.predictor == constant.predictor


def test_mae_is_held_against_the_median():
    X = np.arange(5.0).reshape(1, 5)
    Y = np.array([[0.0, 1, 2, 3, 100]])
    _, constant, *_ = Experiment(Data((X, Y), (X, Y), ["x"], "y"), loss="mae").scores()
    assert (constant.predictor, constant.train) == (
        "constant 2",
        (2 + 1 + 0 + 1 + 98) / 5,
    )


def test_accuracy_is_held_against_the_majority_class():
    data = random_data(np.random.default_rng(2), classes=True)
    run = trained(data, loss="cross_entropy", num_epochs=50)
    assert run.settings.output == "sigmoid"
    _, _, network, majority = run.scores()
    X, Y = data.train
    assert network.train == np.mean((run.predict(X) > 0.5) == (Y == 1))
    assert majority.train == max(Y.mean(), 1 - Y.mean())
    assert network.train > majority.train


def test_leaves_the_data_as_they_are(data):
    copies = [array.copy() for part in (data.train, data.held_out) for array in part]
    trained(data, num_epochs=2).scores()
    for array, copy in zip((*data.train, *data.held_out), copies, strict=True):
        np.testing.assert_array_equal(array, copy)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (
            {"output": "sigmoid"},
            "'y' runs from .* and sigmoid gives only numbers from 0 to 1; the output linear",
        ),
        ({"output": "tanh"}, "tanh gives only numbers from -1 to 1"),
        ({"output": "relu"}, "relu gives only numbers from 0 to inf"),
        ({"loss": "cross_entropy"}, "needs labels 0 and 1, and 'y' holds"),
        (
            {"loss": "cross_entropy", "output": "linear"},
            "needs outputs from 0 to 1, and linear gives",
        ),
        ({"loss": "hinge"}, "unknown cost 'hinge'; known: cross_entropy, mse, mae"),
        ({"hidden": "step"}, "unknown activation 'step'"),
        ({"layers": (0,)}, "at least 1"),
        ({"dtype": "float16"}, "expected float32 or float64"),
    ],
)
def test_refuses_settings_that_do_not_suit_the_data(data, settings, words):
    with pytest.raises(ValueError, match=words):
        Experiment(data, **settings)


@pytest.mark.parametrize("part", ["train", "held_out"])
@pytest.mark.parametrize(("row", "name"), [(0, "c"), (1, "y")])
def test_refuses_numbers_whose_squares_overflow(data, part, row, name):
    arrays = getattr(data, part)
    arrays[row][-1, 0] = -2e150
    with pytest.raises(
        ValueError, match=rf"'{name}' holds numbers as large as 2e\+150; .* below 1e\+150"
    ):
        Experiment(data)
    arrays[row][-1, 0] = -9e149
    assert np.isfinite([score.train for score in Experiment(data).scores()]).all()


@pytest.mark.parametrize(
    "settings", [{"learning_rate": 0}, {"batch_size": 0}, {"num_epochs": 0}]
)
def test_refuses_other_settings_before_the_first_epoch(data, settings):
    with pytest.raises(ValueError, match=r"above 0|at least 1"):
        Experiment(data, **settings).epochs()


def test_a_cost_that_its_unit_would_make_infinite_stays_finite(data, tmp_path):
    run = Experiment(data, layers=(), learning_rate=2.0, batch_size=32, num_epochs=5000)
    with pytest.raises(TrainingDiverged):
        for _ in run.epochs():
            pass
    assert max(run.costs) > 1e300
    assert np.isfinite(run.costs).all()
    run.network_in_data_units().save(tmp_path / "model.npz")
    assert DeepNeuralNetwork.load(tmp_path / "model.npz").costs == run.costs


def test_a_probability_of_a_half_counts_as_label_1():
    assert accuracy(np.array([[0.5, 0.5]]), np.array([[1.0, 0.0]])) == 0.5
    assert accuracy(np.array([[0.5]]), np.array([[1.0]])) == 1


def test_a_cost_of_unscaled_labels_is_that_of_the_network():
    run = trained(curve_data(20), num_epochs=3)
    assert run.costs == run.network.costs


def test_a_cost_of_ones_own_is_in_the_units_of_the_data_too(data):
    mse = COSTS["mse"]
    half = Cost(
        "half of the MSE", lambda AL, Y: mse.forward(AL, Y) / 2, mse.backward, mse.bounds
    )
    run = trained(data, loss=half, num_epochs=2)
    factors = np.divide(run.costs, run.network.costs)
    np.testing.assert_allclose(factors, data.train[1].var(), rtol=1e-12)


def test_a_cost_beyond_all_numbers_in_the_units_of_the_data_is_the_largest(data):
    data.train[1][:, ::2] = 1e150
    run = Experiment(data)
    run.network.costs = [1e9]
    assert run.costs == [np.finfo(np.float64).max]


def test_the_largest_number_that_passes_is_the_one_that_is_named(data):
    data.train[0][-1, 0] = 1e150
    assert Experiment(data).data is data
    data.train[0][-1, 0] = 1.001e150
    with pytest.raises(ValueError, match=r"'c' holds numbers as large as 1\.001e\+150"):
        Experiment(data)


def test_the_first_label_that_is_no_class_is_named():
    X = np.arange(6.0).reshape(1, 6)
    Y = np.array([[0.0, 1, 0.25, 0.5, 0.75, 1]])
    with pytest.raises(ValueError, match=r"labels 0 and 1, and 'y' holds 0\.25; mse or"):
        Experiment(Data((X, Y), (X, Y), ["x"], "y"), loss="cross_entropy")


def test_labels_at_the_ends_of_an_output_pass():
    X, Y = np.arange(4.0).reshape(1, 4), np.array([[0.0, 1, 0, 1]])
    data = Data((X, Y), (X, Y), ["x"], "y")
    assert Experiment(data, output="sigmoid").settings.output == "sigmoid"
    for beyond in (Y - 0.001, Y + 0.001):
        with pytest.raises(ValueError, match=r"runs from .*; the output linear"):
            Experiment(Data((X, beyond), (X, Y), ["x"], "y"), output="sigmoid")


def test_the_curve_of_m_points_has_its_defaults_and_names():
    data = curve_data(7)
    assert (data.train[0].shape, data.held_out[0].shape) == ((1, 7), (1, 6))
    assert (data.features, data.target, data.settings) == (["x"], "y", Settings())


def test_each_row_of_the_data_needs_a_name():
    X, Y = np.ones((2, 4)), np.arange(4.0).reshape(1, 4)
    with pytest.raises(ValueError, match="longer"):
        Experiment(Data((X, Y), (X, Y), ["x"], "y"))


def test_a_part_of_the_data_is_predicted_once(data, monkeypatch):
    run, count, predict = Experiment(data, num_epochs=1), [], DeepNeuralNetwork.predict
    monkeypatch.setattr(
        DeepNeuralNetwork, "predict", lambda *args: count.append(1) or predict(*args)
    )
    list(run.epochs())
    run.scores()
    X, _ = data.train
    first = run.predict(X)
    assert len(count) == 2
    first += 1  # the caller's own
    np.testing.assert_array_equal(run.predict(X), first - 1)
    run.network.parameters["W1"] *= 2
    assert np.abs(run.predict(X) - first + 1).min() > 0
    assert len(count) == 3
    other = X.copy()
    run.predict(other)
    run.predict(other)
    assert len(count) == 5


def test_labels_of_another_shape_have_no_accuracy():
    with pytest.raises(ValueError, match=r"Y has shape \(3, 1\); expected \(1, 3\)"):
        accuracy(np.ones((1, 3)), np.ones((3, 1)))
