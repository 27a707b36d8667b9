"""The explorers of backpropagation and of the gradient check."""

import numpy as np
import pytest
from explorer_cases import noted

from dnn_lessons import L_model_backward, L_model_forward
from dnn_lessons.classroom.explorers import backward_explorer, check_explorer
from dnn_lessons.datasets import tiny_network


@pytest.fixture(scope="module")
def graph():
    return backward_explorer()


def test_the_stepper_ends_with_every_gradient(graph):
    state = graph.compute(19)
    assert set(state.gradients) >= {"dW1", "db1", "dW2", "db2"}
    assert state.newest == "db1"
    assert np.allclose(state.gradients["dW2"], [[-0.0379, 0.2017]], atol=5e-5)
    assert "dW1" not in graph.compute(11).gradients


def test_the_stepper_says_which_way_it_goes(graph):
    assert graph.reset().words.startswith("Step 19 of 19, backwards: db1")
    assert graph.set(step=2).words.startswith("Step 2 of 19, forwards: W1")


def test_the_notes_of_the_graph_are_the_values_and_the_gradients_that_are_known(graph):
    X, Y, parameters = tiny_network()
    AL, caches = L_model_forward(X, parameters, "relu", "sigmoid")
    grads = L_model_backward(AL, Y, caches, "relu", "sigmoid", "cross_entropy")
    notes = graph.reset().notes
    for name, value in {"X": X, "A2": AL, **parameters}.items():
        found = noted(notes[name])
        assert np.allclose(found[name], value, atol=5.1e-5)
        assert set(found) == ({name} if name == "X" else {name, f"d{name}"})
        known = name in ("X", "A2")
        assert known or np.allclose(found[f"d{name}"], grads[f"d{name}"], atol=5.1e-5)
    assert set(graph.set(step=2).notes) == {"X", "W1"}


@pytest.mark.parametrize(
    ("fault", "cost", "activation"),
    [
        ("cross-entropy for every cost", "mse", "relu"),
        ("1/m twice", "mae", "tanh"),
        ("leaky_relu: leak without dA", "mse", "leaky_relu"),
    ],
)
def test_the_gradient_check_finds_each_fault_and_clears_the_right_code(
    fault, cost, activation
):
    explorer = check_explorer(cost=cost, activation=activation)
    assert "within the tolerance" in explorer.words
    assert "WRONG" in explorer.set(fault=fault).words


def test_each_entry_of_a_gradient_has_an_error_of_its_own():
    fault = "cross-entropy for every cost"
    errors = check_explorer(fault=fault, activation="tanh", name="W3").state.errors
    assert errors.shape == (2, 3)
    assert len(np.unique(errors)) == 6
