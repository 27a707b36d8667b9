"""The network that is seen into: where its units stand, what their maps show, and which lines lead to them."""

import numpy as np
import pytest

from dnn_lessons import DeepNeuralNetwork, L_model_forward
from dnn_lessons.classroom.explorers.network_view import LOOKS
from dnn_lessons.classroom.explorers.picture import Line, Map, Points, Rects, Words
from dnn_lessons.classroom.explorers.plane import COARSE, SIDE, border, look_into
from dnn_lessons.classroom.explorers.unit_maps import (
    BOTTOM,
    MOST_UNITS,
    TOP,
    network_panel,
    unit_places,
)

SHAPES = [(2, 1, 1), (2, 3, 1), (2, 8, 8, 1), (2, 9, 9, 1), (2, *[16] * 5, 1)]
REACH = 3.0
X = np.random.default_rng(0).standard_normal((2, 60))


def network(activation="relu", dead=(), layer_dims=(2, 5, 4, 1)):
    """A network of which the units in `dead` of the first layer answer 0 to every example."""
    made = DeepNeuralNetwork(layer_dims, activation, rng=0)
    for unit in dead:
        made.parameters["b1"][unit] = -50
    return made


def panel_of(made):
    """The panel of a network."""
    layers = look_into(made, X, REACH)[1]
    return network_panel(layers, made.parameters, "title", 1), layers


def of_kind(panel, kind):
    """The marks of a kind."""
    return [mark for mark in panel.marks if isinstance(mark, kind)]


@pytest.mark.parametrize("counts", SHAPES)
def test_units_lie_in_the_panel_and_do_not_overlap(counts):
    places, side = unit_places(list(counts))
    assert [len(each) for each in places] == list(counts)
    centres = np.concatenate(places)
    assert centres[:, 0].min() - side / 2 >= 0
    assert centres[:, 0].max() + side / 2 <= 1 + 1e-9
    assert centres[:, 1].min() - side / 2 >= BOTTOM
    assert centres[:, 1].max() + side / 2 <= TOP
    distances = np.abs(centres[:, None] - centres).max(axis=2)
    assert distances[~np.eye(len(centres), dtype=bool)].min() > side
    rights = [layer[:, 0].max() for layer in places[:-1]]
    lefts = [layer[:, 0].min() for layer in places[1:]]
    assert np.all(np.subtract(lefts, rights) > 1.5 * side)  # room for the lines


@pytest.mark.parametrize("activation", ["relu", "leaky_relu", "sigmoid", "tanh"])
def test_a_unit_s_map_is_what_the_forward_pass_answers(activation):
    made = network(activation)
    probability, layers = look_into(made, X, REACH)
    along = np.linspace(-REACH, REACH, SIDE)
    for row, column in ((0, 0), (2, 10), (40, 40), (17, 5)):
        point = np.array([[along[column]], [along[row]]])
        AL, caches = L_model_forward(point, made.parameters, activation, "sigmoid")
        np.testing.assert_allclose(probability[row, column], AL[0, 0], rtol=1e-12)
        if row % COARSE or column % COARSE:
            continue
        answers = [linear_cache[0] for linear_cache, _ in caches] + [AL]
        for layer, A in zip(layers, answers, strict=True):
            seen = layer.answers[:, row // COARSE, column // COARSE]
            np.testing.assert_allclose(seen, A[:, 0], rtol=1e-12)


def test_dead_units_are_grey_and_crossed_and_counted_and_have_no_map():
    panel, layers = panel_of(network(dead=(1, 3)))
    assert list(layers[1].dead) == [False, True, False, True, False]
    (places, side) = unit_places([len(layer.answers) for layer in layers])
    (grey,) = (mark for mark in of_kind(panel, Rects) if mark.look == "grid")
    np.testing.assert_allclose(grey.left, places[1][[1, 3], 0] - side / 2)
    np.testing.assert_allclose(grey.top, places[1][[1, 3], 1] + side / 2)
    crosses = [mark for mark in of_kind(panel, Points) if len(mark.x)]
    np.testing.assert_array_equal([mark.x for mark in crosses], [places[1][[1, 3], 0]])
    assert len(of_kind(panel, Map)) == 2 + 3 + 4 + 1
    assert "2 dead" in [mark.text for mark in of_kind(panel, Words)]


def test_lines_of_dead_units_are_grey_and_all_others_have_the_look_of_their_sign():
    made = network(dead=(1,))
    panel, layers = panel_of(made)
    places, side = unit_places([len(layer.answers) for layer in layers])
    looks = {}
    for line in of_kind(panel, Line):
        for start, end, _ in np.stack([line.x, line.y], axis=1).reshape(-1, 3, 2):
            looks[tuple(start), tuple(end)] = line.look
    half = np.array([side / 2, 0])
    for l in (1, 2, 3):
        starts, ends = (places[l - 1] + half).round(4), (places[l] - half).round(4)
        for (i, j), w in np.ndenumerate(made.parameters[f"W{l}"]):
            dead = layers[l].dead[i] or layers[l - 1].dead[j]
            look = "data" if dead else LOOKS[int(np.sign(w))]
            assert looks.pop((tuple(starts[j]), tuple(ends[i]))) == look
    assert not looks


def test_of_a_wide_layer_the_first_units_are_drawn():
    made = network(layer_dims=(2, 32, 1))
    _, layers = look_into(made, X, REACH)
    assert [len(layer.answers) for layer in layers] == [2, MOST_UNITS, 1]


def test_the_border_is_where_the_answer_is_one_half():
    along = np.linspace(-REACH, REACH, SIDE)
    x, y = np.meshgrid(along, along)
    points = border(1 / (1 + np.exp(-(x + 2 * y - 1))), REACH)
    inside = points[:, np.isfinite(points).all(axis=0)]
    np.testing.assert_allclose(inside[0] + 2 * inside[1], 1, atol=0.02)
    np.testing.assert_allclose([inside[0].min(), inside[0].max()], [-REACH, REACH])


def test_two_borders_have_a_gap_between_them_and_one_side_alone_has_none():
    along = np.linspace(-REACH, REACH, SIDE)
    stripe = np.exp(-(np.meshgrid(along, along)[0] ** 2))
    points = border(stripe, REACH)
    gaps = np.isnan(points[0])
    assert gaps.sum() == 2
    first, second = np.split(points[0], [np.argmax(gaps)])
    assert np.sign(first[0]) != np.sign(second[1])
    assert border(np.full((SIDE, SIDE), 0.7), REACH).shape == (2, 0)
