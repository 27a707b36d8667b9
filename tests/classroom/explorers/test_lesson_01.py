"""The explorer of the forward pass."""

import numpy as np
import pytest
from explorer_cases import noted

from dnn_lessons import initialize_parameters
from dnn_lessons.classroom.explorers import network_explorer
from dnn_lessons.classroom.explorers.lesson_01 import SEED
from dnn_lessons.classroom.explorers.picture import Line, Points, Words

SETTINGS = [
    {},
    {"hidden_layers": 0, "outputs": 3},
    {"hidden_layers": 5, "width": 8, "outputs": 4, "x1": 2},
]


def marks(explorer, kind, part=None):
    """The marks of one kind, of one part or of all of them."""
    (panel,) = explorer.drawn.panels
    found = [mark for mark in panel.marks if isinstance(mark, kind)]
    return [mark for mark in found if part in (None, mark.part)]


def centres(explorer, layer):
    """The set of places of the discs of a layer."""
    discs = marks(explorer, Points, f"layer{layer}")
    return {tuple(at) for disc in discs for at in np.stack([disc.x, disc.y], axis=1)}


def legend(explorer):
    """The words of the legend."""
    (panel,) = explorer.drawn.panels
    labels = [getattr(mark, "label", "") for mark in panel.marks]
    return [label for label in labels if label]


def units_with_look(explorer, layer, look):
    """How many discs of a layer have the look."""
    discs = marks(explorer, Points, f"layer{layer}")
    return sum(len(disc.x) for disc in discs if disc.look == look)


def weight_text(explorer, layer):
    """The shapes of W and b as the picture writes them."""
    (words,) = marks(explorer, Words, f"weights{layer}")
    return words.text


@pytest.mark.parametrize("settings", SETTINGS)
def test_the_notes_of_the_network_are_the_arrays_of_the_forward_pass(settings):
    explorer = network_explorer(activation="tanh", **settings)
    values = explorer.values
    X, L = np.array([[values["x1"]], [values["x2"]]]), values["hidden_layers"] + 1
    dims = (2, *[values["width"]] * (L - 1), values["outputs"])
    parameters, A = initialize_parameters(dims, "tanh", "linear", rng=SEED), X
    expected = {"layer0": {"X": X}}
    for l in range(1, L + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        Z = W @ A + b
        A = Z if l == L else np.tanh(Z)
        expected[f"weights{l}"] = {f"W{l}": W, f"b{l}": b}
        expected[f"layer{l}"] = {f"Z{l}": Z, f"A{l}": A}
    notes = explorer.drawn.notes
    assert list(notes) == list(expected)
    for part, arrays in expected.items():
        if "…" in notes[part]:
            continue
        found = noted(notes[part])
        assert list(found) == list(arrays)
        assert all(np.allclose(found[name], arrays[name], atol=5.1e-4) for name in arrays)
    assert f"A{L} = {(A.round(3) + 0.0).tolist()}." in explorer.words


@pytest.mark.parametrize("settings", SETTINGS)
def test_every_unit_is_a_disc_with_its_value_and_every_weight_a_line(settings):
    explorer = network_explorer(activation="tanh", **settings)
    for l, A in enumerate(explorer.state.values):
        _, *numbers = (words.text for words in marks(explorer, Words, f"layer{l}"))
        shown = [float(number.replace("−", "-")) for number in numbers]
        assert np.allclose(shown, A.ravel(), atol=5.1e-3)
        assert len(centres(explorer, l)) == len(A)
    for l in range(1, len(explorer.state.values)):
        lines = marks(explorer, Line, f"weights{l}")
        points = [np.stack([line.x, line.y], axis=1).reshape(-1, 3, 2) for line in lines]
        starts, ends, _ = np.concatenate(points).transpose(1, 0, 2)
        assert len(starts) == explorer.state.parameters[f"W{l}"].size
        assert set(map(tuple, starts)) == centres(explorer, l - 1)
        assert set(map(tuple, ends)) == centres(explorer, l)


@pytest.mark.parametrize("settings", SETTINGS)
def test_all_that_is_drawn_lies_in_the_panel_and_no_disc_covers_another(settings):
    explorer = network_explorer(**settings)
    (panel,) = explorer.drawn.panels
    discs = marks(explorer, Points, "layer1")
    pitch = 820 * panel.height / (panel.y.high - panel.y.low)  # pixels, on a laptop
    assert all(disc.size <= 1.08 * pitch for disc in discs)
    for mark in panel.marks:
        if not getattr(mark, "label", ""):
            for axis, name in ((panel.x, "x"), (panel.y, "y")):
                values = np.ravel(getattr(mark, name, axis.low)).astype(float)
                values = values[np.isfinite(values)]
                assert (values >= axis.low).all()
                assert (values <= axis.high).all()


def test_a_unit_that_answers_0_is_grey_and_the_legend_says_so():
    explorer = network_explorer()
    for l, A in enumerate(explorer.state.values):
        assert units_with_look(explorer, l, "grid") == np.sum(A == 0)
    assert "unit that answers 0" in legend(explorer)
    assert "unit that answers 0" not in legend(network_explorer(activation="tanh"))


def test_an_input_of_0_is_not_a_silent_unit():
    assert units_with_look(network_explorer(x1=0.0), 0, "grid") == 0


def test_biases_are_parameters_too():
    assert network_explorer().words.endswith("Parameters in all: 25.")


def test_the_answer_one_more_unit_changes_all_shapes_but_that_of_the_last_bias():
    before, after = network_explorer(), network_explorer(width=4)
    shapes = ["W1 (3, 2)\nb1 (3, 1)", "W2 (3, 3)\nb2 (3, 1)", "W3 (1, 3)\nb3 (1, 1)"]
    assert [weight_text(before, l) for l in (1, 2, 3)] == shapes
    shapes = ["W1 (4, 2)\nb1 (4, 1)", "W2 (4, 4)\nb2 (4, 1)", "W3 (1, 4)\nb3 (1, 1)"]
    assert [weight_text(after, l) for l in (1, 2, 3)] == shapes


def test_the_answer_one_more_output_changes_only_the_last_layer():
    after = network_explorer(outputs=2)
    assert [weight_text(after, l) for l in (1, 2)] == [
        weight_text(network_explorer(), l) for l in (1, 2)
    ]
    assert weight_text(after, 3) == "W3 (2, 3)\nb3 (2, 1)"


def test_the_answer_the_output_stands_still_where_layer_1_is_silent():
    explorer = network_explorer()
    silent, outputs = [], []
    for x1 in explorer.controls[4].values:
        explorer.set(x1=x1)
        if units_with_look(explorer, 1, "grid") == 3:
            silent.append(x1)
            outputs.append(explorer.words.split("A3 = ")[1])
    assert (silent[0], silent[-1]) == (-3.0, -1.1)
    assert len(set(outputs)) == 1
    assert outputs[0].startswith("[[1.141]]")
