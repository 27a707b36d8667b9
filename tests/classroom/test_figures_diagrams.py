"""The diagrams show what they are given: units or dots, shapes, values, nothing covered."""

from itertools import combinations

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection, PatchCollection

from dnn_lessons import L_model_forward
from dnn_lessons.classroom.figures.diagrams import (
    gradient_check_curve,
    network_diagram,
    number,
    paths_diagram,
)
from dnn_lessons.datasets import tiny_network


def texts(figure):
    """All text of the one picture."""
    return [text.get_text() for text in figure.axes[0].texts if text.get_text()]


def subscript(number):
    """The number in small digits."""
    return "".join("₀₁₂₃₄₅₆₇₈₉"[int(digit)] for digit in str(number))


def collections(figure, kind):
    """All collections of that kind in the one picture."""
    return [each for each in figure.axes[0].collections if isinstance(each, kind)]


def boxes(figure):
    """{text: its rectangle in pixels}, frame included."""
    renderer = FigureCanvasAgg(figure).get_renderer()
    figure.draw(renderer)
    visible = [text for text in figure.axes[0].texts if text.get_text()]
    frames = [(text.get_text(), text.get_bbox_patch() or text) for text in visible]
    return [(name, frame.get_window_extent(renderer)) for name, frame in frames]


DIMS = [
    (1, 1),
    (2, 2, 1),
    (6, 7, 3),
    (784, 128, 64, 10),
    (3, *[12] * 12, 2),
    (100000, 100000, 1),
]


@pytest.mark.parametrize("dims", DIMS)
def test_layers_are_drawn_whole_or_with_dots_and_labelled(dims):
    figure = network_diagram(dims)
    columns = dims if len(dims) <= 7 else (*dims[:5], dims[-1])
    circles = [len(layer.get_paths()) for layer in collections(figure, PatchCollection)]
    assert circles == [n if n <= 6 else 5 for n in columns]
    assert texts(figure).count("⋮") == sum(n > 6 for n in columns)
    assert ("⋯" in texts(figure)) == (len(dims) > 7)
    assert f"n{subscript(len(dims) - 1)} = {dims[-1]}" in texts(figure)
    assert f"W1 ({dims[1]}, {dims[0]})\nb1 ({dims[1]}, 1)" in texts(figure)
    assert figure.get_figwidth() * 80 <= 1280


def test_a_line_joins_each_unit_to_each_of_the_next_layer():
    lines = [
        len(bundle.get_segments())
        for bundle in collections(network_diagram((2, 3, 1)), LineCollection)
    ]
    assert lines == [2 * 3, 3 * 1]


def test_each_part_of_a_diagram_has_a_name_of_its_own_that_says_what_it_is():
    network = network_diagram((2, 3, 1))
    layers = {
        layer.get_gid(): len(layer.get_paths())
        for layer in collections(network, PatchCollection)
    }
    bundles = {
        bundle.get_gid(): len(bundle.get_segments())
        for bundle in collections(network, LineCollection)
    }
    assert layers == {"layer0": 2, "layer1": 3, "layer2": 1}
    assert bundles == {"weights1": 2 * 3, "weights2": 3 * 1}


def test_units_show_their_values():
    X, _, parameters = tiny_network()
    AL, caches = L_model_forward(X, parameters, "relu", "sigmoid")
    values = X, caches[1][0][0], AL
    figure = network_diagram((2, 2, 1), [A[:, 1] for A in values])
    assert {"2", "3", "0", "1.5", "0.269"} <= set(texts(figure))
    with pytest.raises(
        ValueError, match=r"layers of \[2, 1\] numbers; expected \[2, 2, 1\]"
    ):
        network_diagram((2, 2, 1), [np.ones(2), np.ones(1)])


def test_numbers_are_short_and_never_minus_zero():
    assert [number(value) for value in (1.0, -0.26894, 0.0004, -0.0, -0.0004)] == [
        "1",
        "-0.269",
        "0",
        "0",
        "0",
    ]


@pytest.mark.parametrize("dims", DIMS)
def test_no_text_is_cut_off_or_covers_another(dims):
    figure = network_diagram(dims)
    rectangles = boxes(figure)
    for text, box in rectangles:
        assert (
            box.x0 >= 0
            and box.x1 <= figure.bbox.x1
            and box.y0 >= 0
            and box.y1 <= figure.bbox.y1
        ), text
    for (one, a), (other, b) in combinations(rectangles, 2):
        assert not a.overlaps(b), f"{one!r} covers {other!r}"


def test_each_path_shows_its_weight_and_its_slope_on_lines_of_its_own():
    figure = paths_diagram([2, -1], [4, 6])
    (first, second) = collections(figure, LineCollection)
    assert [len(lines.get_segments()) for lines in (first, second)] == [2, 2]
    places = {text.get_text(): text.get_position() for text in figure.axes[0].texts}
    assert {"A", "Z₁", "Z₂", "loss"} < set(places)
    assert places["weight 2"][1] > 0 > places["weight -1"][1]
    assert places["slope 4"][1] == places["weight 2"][1]
    assert places["weight 2"][0] < places["Z₁"][0] < places["slope 4"][0]


def test_each_path_needs_a_weight_and_a_slope():
    with pytest.raises(ValueError, match="shorter"):
        paths_diagram([2, -1], [4])


def test_the_curve_marks_the_step_with_the_smallest_error():
    steps = np.logspace(-12, -1, 45)
    figure = gradient_check_curve(steps, steps**2 + 1e-16 / steps)
    lines = {line.get_label(): line.get_data() for line in figure.axes[0].lines}
    (marked,) = [data for label, data in lines.items() if label.startswith("smallest")]
    assert marked[0] == pytest.approx(3.7e-6, rel=0.35)
    truncation, rounding = lines["truncation, as h²"][1], lines["rounding, as 1/h"][1]
    assert truncation[-1] / truncation[-5] == pytest.approx(100)
    assert rounding[0] == pytest.approx(1e-4)
