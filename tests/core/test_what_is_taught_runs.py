"""What the lessons show is what runs: the default training enters their functions, at every step."""

import ast
import logging
import sys
from collections import Counter
from functools import partial

import numpy as np
import pytest

from dnn_lessons import (
    Activation,
    DeepNeuralNetwork,
    gradient_check,
    relu,
    sigmoid,
    sigmoid_backward,
)
from dnn_lessons.datasets import two_moons
from tools.lessons import NOTEBOOKS, code

EPOCHS, M, BATCH = 3, 50, 20  # batches of 20, 20 and 10
STEPS = EPOCHS * 3
X, Y = two_moons(M, rng=0)
MINE = Activation("mine", partial(sigmoid), partial(sigmoid_backward))
# How often the default training of two hidden layers enters what lessons 01 to 12 show. The
# functions that it does not need follow in the tables below.
IN_EACH_STEP = {
    "L_model_forward": 1, "layers": 1, "linear_activation_forward": 3, "linear_forward": 3,
    "relu": 2, "sigmoid": 1, "L_model_backward": 1, "output_backward": 1,
    "sigmoid_cross_entropy_backward": 1, "linear_activation_backward": 2,
    "linear_backward": 3, "relu_backward": 2, "update_parameters": 1, "columns": 2,
}  # fmt: skip
IN_EACH_EPOCH = (
    "run_epoch batch_generator example_order epoch_cost compute_cost sigmoid_cross_entropy"
).split()
ON_REQUEST = {  # (hidden, output, cost) with which a training enters it at every step
    "leaky_relu": ("leaky_relu", "sigmoid", "cross_entropy"),
    "leaky_relu_backward": ("leaky_relu", "sigmoid", "cross_entropy"),
    "tanh": ("tanh", "sigmoid", "cross_entropy"),
    "tanh_backward": ("tanh", "sigmoid", "cross_entropy"),
    "sigmoid_backward": ("relu", "sigmoid", "mse"),
    "mse_backward": ("relu", "linear", "mse"),
    "mae_backward": ("relu", "linear", "mae"),
    "cross_entropy_backward": ("relu", MINE, "cross_entropy"),
}
COSTS_ON_REQUEST = {  # the same, once in each epoch
    "mse": ("relu", "linear", "mse"),
    "mae": ("relu", "linear", "mae"),
    "cross_entropy": ("relu", MINE, "cross_entropy"),
}
NOT_IN_TRAINING = {
    "epochs": "the generator around run_epoch: entered again at each pull",
    "initialize_parameters": "before the first step",
    "draw_layer": "before the first step",
    "numerical_gradient": "the gradient check",
    "relative_error": "the gradient check",
}


def shown(path):
    """The names of the functions that a lesson shows by source(...)."""
    for cell in code(path):
        for node in ast.walk(ast.parse(cell)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "source":
                yield from (ast.unparse(name).rpartition(".")[2] for name in node.args)


def entered(run):
    """{name: how often a function of dnn_lessons was entered while `run` ran}."""
    found = Counter()

    def note(frame, event, _):
        ours = frame.f_globals.get("__name__", "").startswith("dnn_lessons")
        if event == "call" and ours:
            found[frame.f_code.co_name] += 1

    sys.setprofile(note)
    try:
        run()
    finally:
        sys.setprofile(None)
    return found


def training(hidden="relu", output="sigmoid", cost="cross_entropy"):
    """A network of two hidden layers, trained with the defaults but for a few epochs."""
    network = DeepNeuralNetwork((2, 4, 4, 1), hidden, output, cost, rng=0)
    return lambda: network.train(X, Y, num_epochs=EPOCHS, batch_size=BATCH)


def test_every_function_that_lessons_01_to_12_show_has_its_place_above():
    lessons = [path for path in NOTEBOOKS if 1 <= int(path.name[:2]) <= 12]
    names = {name for path in lessons for name in shown(path)}
    told = {
        *IN_EACH_STEP,
        *IN_EACH_EPOCH,
        *ON_REQUEST,
        *COSTS_ON_REQUEST,
        *NOT_IN_TRAINING,
    }
    assert names <= told, f"shown, and not accounted for: {names - told}"
    assert len(names) > 25


def test_the_default_training_enters_what_is_taught_at_every_step_and_in_every_epoch():
    found = entered(training())
    assert {name: found[name] / STEPS for name in IN_EACH_STEP} == IN_EACH_STEP
    assert {name: found[name] for name in IN_EACH_EPOCH} == dict.fromkeys(
        IN_EACH_EPOCH, EPOCHS
    )


@pytest.mark.parametrize("name", ON_REQUEST)
def test_a_training_enters_the_function_that_it_was_asked_for_at_every_step(name):
    assert entered(training(*ON_REQUEST[name]))[name] >= STEPS


@pytest.mark.parametrize("name", COSTS_ON_REQUEST)
def test_a_training_computes_the_cost_that_it_was_asked_for_in_every_epoch(name):
    assert entered(training(*COSTS_ON_REQUEST[name]))[name] == EPOCHS


def test_a_replay_would_not_pass_the_test_above():
    network = DeepNeuralNetwork((2, 4, 4, 1), rng=0)
    found = entered(
        lambda: network.train(X, Y, num_epochs=9, batch_size=BATCH, engine="recorded")
    )
    assert found["relu"] < 9 * 3


# A reader's own backward of ReLU, as textbooks and beginners write it


def mask_on_a_copy(dA, Z):
    """The source document's."""
    dZ = np.array(dA, copy=True)
    dZ[Z <= 0] = 0
    return dZ


def loops_over_entries(dA, Z):
    dZ = np.zeros(dA.shape)
    for i in range(dA.shape[0]):
        for j in range(dA.shape[1]):
            if Z[i, j] > 0:
                dZ[i, j] = dA[i, j]
    return dZ


def closure():
    calls = []

    def backward(dA, Z):
        calls.append(len(calls))
        return dA * (Z > 0)

    return backward


def prints(dA, Z):
    print("backward", dA.shape)  # noqa: T201
    return dA * (Z > 0)


def catches_errors(dA, Z):
    try:
        return dA * (Z > 0)
    except FloatingPointError:
        return np.zeros_like(dA)


OWN = {
    "a mask on a copy": mask_on_a_copy,
    "loops over entries": loops_over_entries,
    "a closure that counts": closure(),
    "prints": prints,
    "catches errors": catches_errors,
}


@pytest.mark.parametrize("kind", OWN)
def test_a_backward_of_ones_own_trains_like_the_packages_without_a_word(kind, caplog):
    """Warnings are errors in every test, and the log stays empty."""
    with caplog.at_level(logging.DEBUG, "dnn_lessons"):
        own = DeepNeuralNetwork(
            (2, 4, 4, 1), Activation("own", relu, OWN[kind], 2.0), rng=0
        )
        own.train(X, Y, 0.1, EPOCHS, BATCH)
    assert caplog.records == []
    theirs = DeepNeuralNetwork((2, 4, 4, 1), rng=0).train(X, Y, 0.1, EPOCHS, BATCH)
    assert own.costs == theirs.costs
    for name, P in theirs.parameters.items():
        np.testing.assert_array_equal(own.parameters[name], P)


def test_a_faulty_backward_would_not_train_like_the_packages():
    faulty = Activation("faulty", relu, lambda dA, Z: dA, 2.0)
    network = DeepNeuralNetwork((2, 4, 4, 1), faulty, rng=0).train(
        X, Y, 0.1, EPOCHS, BATCH
    )
    theirs = DeepNeuralNetwork((2, 4, 4, 1), rng=0).train(X, Y, 0.1, EPOCHS, BATCH)
    assert network.costs != theirs.costs
    assert not gradient_check(
        X[:, :9], Y[:, :9], theirs.parameters, faulty, "sigmoid"
    ).passed
