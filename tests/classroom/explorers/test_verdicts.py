"""The state of a training in one sentence, on trainings of each kind and at the borders between kinds."""

import re

import numpy as np
import pytest

from dnn_lessons import DeepNeuralNetwork, TrainingDiverged
from dnn_lessons.classroom.explorers.verdicts import (
    VERDICTS,
    DeadUnits,
    Evidence,
    best_constant_cost,
    dead_units,
    shape_of,
    training_verdict,
)
from dnn_lessons.costs import compute_cost
from dnn_lessons.datasets import Scaler, regression_curve, two_moons

M = 100
X, Y = regression_curve(M)
X = Scaler.fit(X).transform(X)
CONSTANT = best_constant_cost(Y, "mse")

# {kind: [(activation, output, rate, batch size, epochs, seeds)]}
RUNS = {
    "too small": [
        ("relu", "sigmoid", 0.003, 8, 300, (0, 1, 2, 3)),
        ("tanh", "sigmoid", 0.01, 8, 200, (0, 1)),
        ("tanh", "sigmoid", 0.1, M, 300, (0, 1)),
    ],
    "good": [
        ("tanh", "sigmoid", 0.5, 8, 300, (0, 1, 2)),
        ("relu", "sigmoid", 0.1, 8, 600, (1, 2)),
    ],
    "noisy": [
        ("relu", "sigmoid", 1, 8, 150, (0, 1, 2, 3)),
        ("tanh", "sigmoid", 3, 8, 150, (0, 1)),
        ("relu", "sigmoid", 1, M, 500, (0, 1, 2, 3)),
    ],
    "dead": [
        ("relu", "linear", 0.2, 8, 100, (0, 1, 3)),
        ("relu", "sigmoid", 10, 8, 100, (0, 1, 2, 3)),
    ],
    "plateau": [("sigmoid", "linear", 0.03, 8, 300, (0, 1, 3))],
    "too large": [
        ("tanh", "linear", 0.3, M, 100, (0, 1, 2, 3)),
        ("sigmoid", "linear", 1, M, 100, (0, 1, 2, 3)),
        ("tanh", "sigmoid", 10, M, 300, (1, 2, 3)),
    ],
    "diverged": [
        ("tanh", "linear", 0.3, 8, 20, (0, 1, 2, 3)),
        ("relu", "linear", 0.3, M, 20, (0, 3)),
    ],
}
CASES = [
    pytest.param(kind, *settings, seed, id=f"{kind}: {settings[:5]}, seed {seed}")
    for kind, rows in RUNS.items()
    for *settings, seeds in rows
    for seed in seeds
]


def trained(activation, output, rate, batch_size, num_epochs, seed, width=20):
    """A network after a training, and what the training has shown."""
    layer_dims = (1, width, width, 1)
    network = DeepNeuralNetwork(layer_dims, activation, output, "mse", rng=seed)
    diverged_in = None
    try:
        network.train(X, Y, rate, num_epochs, batch_size, engine="recorded")
    except TrainingDiverged as error:
        diverged_in = error.epoch
    dead = dead_units(network, X)
    evidence = network.costs, num_epochs, batch_size, M, CONSTANT, dead, diverged_in
    return network, Evidence(*evidence)


def curve(costs, num_epochs=None, **evidence):
    """The verdict on given costs, as shares of the best constant's; all epochs done unless told."""
    given = {"batch_size": 8, "m": 500, "constant_cost": 0.1} | evidence
    costs = (0.1 * np.asarray(costs)).tolist()
    return training_verdict(Evidence(costs, num_epochs or len(costs), **given))


def falling(start, end, epochs=100):
    return np.geomspace(start, end, epochs)


def jagged(level, size, epochs=100):
    """A level curve whose log leaps up and down by `size` from epoch to epoch."""
    return level * np.exp(size / 2 * (-1.0) ** np.arange(epochs))


@pytest.mark.long
@pytest.mark.parametrize(
    ("kind", "activation", "output", "rate", "batch_size", "num_epochs", "seed"), CASES
)
def test_a_training_is_named_by_its_kind(
    kind, activation, output, rate, batch_size, num_epochs, seed
):
    settings = activation, output, rate, batch_size, num_epochs, seed
    _, evidence = trained(*settings)
    verdict = training_verdict(evidence)
    assert verdict.name == kind, verdict.sentence
    assert re.fullmatch(r"[A-Z][^\n]*[^.]\.", verdict.sentence)
    if kind == "noisy":
        batches = f"the jags come mostly from batches of {batch_size}."
        assert (batches in verdict.sentence) == (batch_size < M)
        assert ("from side to side" in verdict.sentence) == (batch_size == M)


@pytest.mark.long
@pytest.mark.parametrize("seed", (2, 3))
def test_jags_that_are_blamed_on_batches_go_when_all_examples_are_in_one(seed):
    network, evidence = trained("tanh", "sigmoid", 3, 8, 150, seed)
    assert training_verdict(evidence).name == "noisy"
    before = shape_of(network.costs, CONSTANT).jag
    network.train(X, Y, 3, 150, M, engine="recorded")
    assert shape_of(network.costs[150:], CONSTANT).jag < before / 20


@pytest.mark.long
@pytest.mark.parametrize("kind", ["too small", "good", "noisy", "plateau"])
def test_a_run_under_way_is_not_judged_as_if_it_were_over(kind):
    _, evidence = trained(*RUNS[kind][0][:-1], seed=0)
    for done in (1, 2, 3, 10, 19):
        verdict = training_verdict(evidence._replace(costs=evidence.costs[:done]))
        assert verdict.name == ("falling" if done > 1 else "early")
        assert f"after {done} of {evidence.num_epochs} epochs" in verdict.sentence
    half = evidence._replace(costs=evidence.costs[: evidence.num_epochs // 2])
    assert training_verdict(half).name != "too small"


def test_before_the_first_epoch_there_is_nothing_to_judge():
    assert curve([], num_epochs=300).name == "waiting"
    verdict = curve([], num_epochs=300, diverged_in=1)
    assert verdict.name == "diverged"
    assert "epoch 1:" in verdict.sentence


def test_a_cost_that_rises_at_first_is_said_to_rise():
    verdict = curve([242, 500], num_epochs=300)
    assert verdict.name == "rising"
    assert "500 times" in verdict.sentence


@pytest.mark.parametrize("end", [0.06, 0.5, 3.0, 200.0])
def test_a_smooth_fall_is_too_small_however_high_it_ends(end):
    costs = falling(1.5 * end, end)
    assert curve(costs).name == "too small"
    assert curve(costs, num_epochs=101).name == "falling"


@pytest.mark.parametrize("epochs", [10, 20, 100, 3000])
def test_a_shortest_and_a_longest_run_are_judged(epochs):
    assert curve(falling(2, 0.5, epochs)).name == "too small"
    assert curve(falling(2, 0.01, epochs)).name == "good"
    assert curve(np.full(epochs, 0.5)).name == "plateau"
    assert curve(jagged(0.02, 0.3, epochs)).name == "noisy"


@pytest.mark.parametrize(
    ("costs", "name"),
    [
        (falling(1, 0.044), "good"),
        (falling(1, 0.056), "too small"),
        (np.full(100, 0.09), "good"),
        (np.full(100, 0.11), "plateau"),
        (0.5 * falling(1.04, 1), "plateau"),
        (0.5 * falling(1.16, 1), "too small"),
        (jagged(0.02, 0.04), "good"),
        (jagged(0.02, 0.06), "noisy"),
        (falling(0.001, 0.4), "too large"),
        (jagged(0.65, 0.2), "noisy"),
        (jagged(0.75, 0.2), "too large"),
        (np.full(100, 9.0), "plateau"),
        (np.full(100, 11.0), "too large"),
        ([*falling(1, 0.1, 50), *falling(0.1, 0.19, 20), *np.full(30, 0.19)], "plateau"),
        ([*falling(1, 0.1, 50), *falling(0.1, 0.3, 20), *np.full(30, 0.3)], "too large"),
        ([0.6, 1.1, *np.full(98, 0.5)], "plateau"),
        ([0.6, 1.3, *np.full(98, 0.5)], "too large"),
        ([1.0, *np.zeros(99)], "good"),
        ([1e-300, *np.full(99, 1e300)], "too large"),
    ],
)
def test_borders_between_kinds(costs, name):
    assert curve(costs).name == name, curve(costs).sentence


@pytest.mark.parametrize(
    ("share", "level", "name"),
    [
        (13, 0.5, "plateau"),
        (14, 0.5, "dead"),
        (20, 1.0, "dead"),
        (20, 0.09, "good"),
        (20, 1e9, "too large"),
    ],
)
def test_dead_units_are_named_where_they_explain_a_cost(share, level, name):
    dead = [DeadUnits(1, 2, 20, "relu"), DeadUnits(2, share, 20, "relu")]
    verdict = curve(np.full(100, level), dead=dead)
    assert verdict.name == name
    assert (f"{share} of 20 units of layer 2" in verdict.sentence) == (name == "dead")


def test_a_dead_layer_is_named_at_once_and_most_of_one_only_later():
    whole, most = DeadUnits(1, 20, 20, "relu"), DeadUnits(1, 17, 20, "relu")
    costs = [2.0, 1.2, 1.1]
    assert curve(costs, num_epochs=300, dead=[whole]).name == "dead"
    assert curve(costs, num_epochs=300, dead=[most]).name == "falling"


@pytest.mark.parametrize(
    ("rise", "name"), [(1.05, "good"), (1.3, "overfitting"), (3, "overfitting")]
)
def test_a_held_out_cost_that_rises_is_overfitting(rise, name):
    held_out = 0.1 * np.concatenate([falling(1, 0.2, 40), falling(0.2, 0.2 * rise, 60)])
    verdict = curve(falling(1, 0.01), held_out=held_out)
    assert verdict.name == name
    assert ("in epoch 40" in verdict.sentence) == (name == "overfitting")


@pytest.mark.parametrize(
    ("held_out", "name"),
    [
        (np.full(100, 0.5), "level"),
        (0.5 * falling(1.02, 1), "level"),
        (0.5 * falling(1.5, 1), "too small"),
        (np.full(100, 0.8), "too small"),
        ([], "too small"),
    ],
)
def test_a_held_out_cost_that_falls_no_more_is_level_while_training_goes_on(
    held_out, name
):
    verdict = curve(falling(1, 0.3), held_out=0.1 * np.asarray(held_out))
    assert verdict.name == name
    if name == "level":
        assert "stays near 0.05; the training cost still falls." in verdict.sentence


def test_no_overfitting_where_the_training_cost_rises_as_well():
    costs = np.concatenate([falling(1, 0.02, 40), falling(0.02, 0.04, 60)])
    assert curve(costs, held_out=costs).name == "good"


@pytest.mark.long
@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("rate", "name"), [(0.3, "overfitting"), (0.01, "too small")])
def test_a_training_on_half_of_two_moons(rate, name, seed):
    features, labels = two_moons(200, noise=0.2, rng=0)
    network = DeepNeuralNetwork((2, 20, 20, 1), rng=seed)
    held_out = []
    train = features[:, :100], labels[:, :100]
    for _ in network.train_epochs(*train, rate, 100, 10, engine="recorded"):
        prediction = network.predict(features[:, 100:])
        held_out.append(compute_cost(prediction, labels[:, 100:]))
    constant = best_constant_cost(labels[:, :100], "cross_entropy")
    dead = dead_units(network, train[0])
    evidence = Evidence(network.costs, 100, 10, 100, constant, dead, None, held_out)
    assert training_verdict(evidence).name == name, training_verdict(evidence).sentence


def test_the_weights_of_a_dead_unit_do_not_move_and_those_of_others_do():
    network = DeepNeuralNetwork((1, 20, 1), "relu", "linear", "mse", rng=1)
    network.parameters["b1"][:2] = -10.0
    network.parameters["b1"][2:] = 1.0
    (hidden, output) = dead_units(network, X)
    assert hidden == DeadUnits(1, 2, 20, "relu")
    assert output == DeadUnits(2, 0, 1, "linear")
    before = network.parameters["W1"].copy()
    network.train(X, Y, 0.01, 5, 8)
    moved = (network.parameters["W1"] != before)[:, 0]
    assert moved.tolist() == [False] * 2 + [True] * 18


@pytest.mark.parametrize(
    ("activation", "dead"), [("relu", 4), ("leaky_relu", 0), ("tanh", 4), ("sigmoid", 4)]
)
def test_a_saturated_unit_is_dead_and_a_leaky_one_never_is(activation, dead):
    network = DeepNeuralNetwork((1, 4, 1), activation, "sigmoid", "mse", rng=0)
    network.parameters["b1"][:] = -30.0
    assert [layer.dead for layer in dead_units(network, X)] == [dead, 0]


def test_a_saturated_output_is_dead_only_where_its_slope_counts():
    for cost, expected in (("mse", [0, 1]), ("cross_entropy", [0])):
        network = DeepNeuralNetwork((1, 4, 1), "tanh", "sigmoid", cost, rng=0)
        network.parameters["b2"][:] = -50.0
        assert [layer.dead for layer in dead_units(network, X)] == expected


def test_each_kind_is_reached_by_a_training_or_a_curve_of_these_tests():
    reached = {*RUNS, "falling", "early", "rising", "overfitting", "level"}
    assert {rule.name for rule in VERDICTS} | {"diverged"} == reached
