"""The explorer of the sigmoid: its numbers, and what it says where a number format ends."""

from functools import cache

import numpy as np
import pytest

from dnn_lessons import sigmoid, sigmoid_backward
from dnn_lessons.classroom.explorers import sigmoid_explorer

FORMATS = ("float64", "float32")
every_format = pytest.mark.parametrize("dtype", FORMATS)


@cache
def told(explorer_of, dtype):
    """{z: the words and the point} of an explorer at each value of its slider."""
    explorer = explorer_of(dtype=dtype)
    return {
        z: (explorer.set(z=z).words, explorer.state.at)
        for z in explorer.controls[0].values
    }


def value_in(words):
    """The activation that the words name."""
    return words.split(" = ")[2].split(",")[0].replace("−", "-")


def first_one(explorer_of, dtype):
    """The first z of the slider at which the words say that the activation is exactly 1."""
    words = told(explorer_of, dtype).items()
    return next(z for z, (said, _) in words if "is exactly 1" in said)


def test_what_the_explorer_shows_is_the_sigmoid():
    explorer = sigmoid_explorer(z=-2.3)
    A, cache = sigmoid(np.array([-2.3]))
    slope = sigmoid_backward(1.0, cache)[0]
    assert explorer.words == f"z = −2.3: sigmoid = {A[0]:.4g}, slope = {slope:.3g}."
    assert explorer.state.at == (-2.3, A[0], slope)


@pytest.mark.long
@every_format
def test_the_words_say_1_only_where_it_is_1(dtype):
    for z, (words, _) in told(sigmoid_explorer, dtype).items():
        (a,), _ = sigmoid(np.array([z], dtype))
        assert (value_in(words) == "1") == (a == 1) == ("sigmoid is exactly 1" in words)
        assert (value_in(words) == "0") == (a == 0) == ("sigmoid is exactly 0" in words)


@every_format
def test_what_a_number_format_cannot_hold_is_named_only_where_it_is_so(dtype):
    assert "exactly" not in sigmoid_explorer(dtype=dtype).words
    for z, (words, (_, _, slope)) in told(sigmoid_explorer, dtype).items():
        with np.errstate(over="ignore"):
            exponential = np.exp(np.dtype(dtype).type(z))
        assert ("exp(z) overflows" in words) == np.isinf(exponential)
        assert ("the slope is exactly 0" in words) == (slope == 0)


@pytest.mark.parametrize(
    ("z", "width"), [(1, 8), (-8, 8), (9.0, 40), (-41, 800), (800, 800)]
)
def test_the_window_is_the_narrowest_that_holds_z_and_its_title_says_so(z, width):
    explorer = sigmoid_explorer(z=z)
    assert explorer.state.Z[[0, -1]].tolist() == [-width, width]
    for panel in explorer.drawn.panels:
        assert (panel.x.low, panel.x.high) == (-width, width)
        assert panel.title.endswith(f"z from −{width} to {width}")


def test_the_answer_to_move_it():
    explorer = sigmoid_explorer(z=5)
    assert explorer.words.endswith("slope = 0.00665.")
    assert explorer.set(z=10).words.endswith("slope = 4.54e−05.")
    assert value_in(explorer.set(z=36).words) == "0.9999999999999998"
    assert first_one(sigmoid_explorer, "float64") == 37
    assert first_one(sigmoid_explorer, "float32") == 17
