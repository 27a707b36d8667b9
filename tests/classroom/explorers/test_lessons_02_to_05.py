"""The explorers of activations."""

import re

import numpy as np
import pytest
from explorer_cases import build

from dnn_lessons import sigmoid, sigmoid_backward
from dnn_lessons.classroom.explorers import activation_curves, sigmoid_explorer


def test_what_the_sigmoid_explorer_shows_is_the_sigmoid():
    explorer = sigmoid_explorer(z=-2.3)
    A, cache = sigmoid(np.array([-2.3]))
    found = re.search(r"sigmoid = (\S+), slope = (\S+?)\. ", explorer.words)
    value, slope = found.groups()
    assert float(value) == pytest.approx(A[0], rel=1e-8)
    assert float(slope) == pytest.approx(sigmoid_backward(1.0, cache)[0], rel=5e-3)


@pytest.mark.parametrize(
    ("dtype", "one", "overflow"), [("float64", 36.75, 709.78), ("float32", 17, 88.72)]
)
def test_where_a_number_format_ends_is_told(dtype, one, overflow):
    words = sigmoid_explorer(dtype=dtype).words
    ends = [float(z) for z in re.findall(r"from z = ([\d.]+\d)", words)]
    assert ends[0] == pytest.approx(one, abs=0.8)
    assert ends[2] == pytest.approx(overflow, abs=0.1)


@pytest.mark.parametrize(
    ("z", "width"), [(1, 8), (-8, 8), (9.0, 40), (-100, 120), (800, 800)]
)
def test_the_window_of_an_activation_is_the_narrowest_that_holds_z(z, width):
    Z = sigmoid_explorer().compute(z, "float64").Z
    assert (Z[0], Z[-1]) == (-width, width)


@pytest.mark.parametrize(
    ("name", "kink"), [("relu", 0.0), ("leak", 0.0), ("sigmoid", None)]
)
def test_a_kink_is_drawn_where_there_is_one(name, kink, monkeypatch):
    seen, draw = [], activation_curves.activation_and_slope
    monkeypatch.setattr(
        activation_curves,
        "activation_and_slope",
        lambda *given, kink, **more: seen.append(kink) or draw(*given, kink=kink, **more),
    )
    build(f"{name}_explorer()")
    assert set(seen) == {kink}
