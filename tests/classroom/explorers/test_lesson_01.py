"""The explorer of the forward pass."""

import numpy as np
import pytest
from explorer_cases import noted

from dnn_lessons import initialize_parameters
from dnn_lessons.classroom.explorers import network_explorer


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"hidden_layers": 0, "outputs": 3},
        {"hidden_layers": 5, "width": 4, "x1": 2},
    ],
)
def test_the_notes_of_the_network_are_the_arrays_of_the_forward_pass(settings):
    explorer = network_explorer().set(activation="tanh", **settings)
    values = explorer.values
    X, L = np.array([[values["x1"]], [values["x2"]]]), values["hidden_layers"] + 1
    dims = (2, *[values["width"]] * (L - 1), values["outputs"])
    parameters, A = initialize_parameters(dims, "tanh", "linear", rng=0), X
    expected = {"layer0": {"X": X}}
    for l in range(1, L + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        Z = W @ A + b
        A = Z if l == L else np.tanh(Z)
        expected[f"weights{l}"] = {f"W{l}": W, f"b{l}": b}
        expected[f"layer{l}"] = {f"Z{l}": Z, f"A{l}": A}
    assert list(explorer.notes) == list(expected)
    for gid, arrays in expected.items():
        found = noted(explorer.notes[gid])
        assert list(found) == list(arrays)
        assert all(np.allclose(found[name], arrays[name], atol=5.1e-4) for name in arrays)
    assert f"A{L} = {(A.round(3) + 0.0).tolist()}." in explorer.words


def test_biases_are_parameters_too():
    assert network_explorer().words.endswith("Parameters in all: 25.")
