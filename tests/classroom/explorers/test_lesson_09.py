"""The explorers of backpropagation and of the gradient check."""

import re
from itertools import combinations

import numpy as np
import pytest
from explorer_cases import line, marks_of, noted

from dnn_lessons import L_model_backward, L_model_forward
from dnn_lessons.classroom.explorers import backward_explorer, check_explorer
from dnn_lessons.classroom.explorers.check_view import LARGEST, SMALLEST
from dnn_lessons.classroom.explorers.graph_view import FIGURE_SPACE, HALF_BOX
from dnn_lessons.classroom.explorers.lesson_09 import (
    FAULTS,
    FORMULAS,
    PARAMETERS,
    STEPS,
    TOLERANCE,
)
from dnn_lessons.classroom.explorers.picture import (
    Arrow,
    Handle,
    Level,
    Line,
    Rects,
    Words,
)
from dnn_lessons.datasets import tiny_network

LAST = 19
QUANTITY = r"(?<!\w)d?[WbZAJXY][12]?(?![12a-z])"
PIXELS, LETTER, HIGH = (
    820 / 5.72,
    0.64 * 12.5,
    1.2 * 12.5,
)  # of a laptop: a unit, a letter


@pytest.fixture(scope="module")
def graph():
    return backward_explorer()


def arrows(explorer, look):
    """How many arrows a pass has."""
    return sum(arrow.look == look for arrow in marks_of(explorer, Arrow))


def numbers_of(text):
    """The rows of numbers below the name of a gradient, or of a value, which has no name."""
    rows = text.replace(FIGURE_SPACE, " ").replace("−", "-").split("\n")
    return [list(map(float, row.split())) for row in rows if not row.startswith("d")]


def test_the_stepper_ends_with_every_gradient(graph):
    state = graph.compute(LAST)
    assert set(state.gradients) >= {"dW1", "db1", "dW2", "db2"}
    assert state.newest == "db1"
    assert np.allclose(state.gradients["dW2"], [[-0.0379, 0.2017]], atol=5e-5)
    assert "dW1" not in graph.compute(11).gradients


def test_the_stepper_says_which_way_it_goes(graph):
    assert graph.reset().words.startswith("Step 19 of 19, backwards: db1 is the mean")
    assert graph.set(step=2).words.startswith("Step 2 of 19, forwards: W1 is given.")


def test_the_notes_of_the_graph_are_the_values_and_the_gradients_that_are_known(graph):
    X, Y, parameters = tiny_network()
    AL, caches = L_model_forward(X, parameters, "relu", "sigmoid")
    grads = L_model_backward(AL, Y, caches, "relu", "sigmoid", "cross_entropy")
    notes = graph.reset().drawn.notes
    for name, value in {"X": X, "A2": AL, **parameters}.items():
        found = noted(notes[name])
        assert np.allclose(found[name], value, atol=5.1e-5)
        assert set(found) == ({name} if name == "X" else {name, f"d{name}"})
        known = name in ("X", "A2")
        assert known or np.allclose(found[f"d{name}"], grads[f"d{name}"], atol=5.1e-5)
    assert set(graph.set(step=2).drawn.notes) == {"X", "W1"}


def test_every_known_value_and_gradient_has_an_arrow_with_its_numbers(graph):
    state = graph.reset().state
    for look, group in (("forward", state.values), ("backward", state.gradients)):
        words = [each for each in marks_of(graph, Words) if each.look == look]
        shown = {each.part: numbers_of(each.text) for each in words}
        expected = {name.removeprefix("d"): value for name, value in group.items()}
        expected.pop("J", None)  # nothing goes on from the cost
        assert set(shown) == set(expected)
        for name, value in expected.items():
            assert np.allclose(shown[name], np.atleast_2d(value), atol=5.1e-4)
        assert arrows(graph, look) == len(expected)


def test_what_is_not_known_yet_has_no_box_no_arrow_and_no_number(graph):
    graph.set(step=4)  # X, W1, b1, Z1
    assert {box.part for box in marks_of(graph, Rects)} == {"X", "W1", "b1", "Z1"}
    assert (arrows(graph, "forward"), arrows(graph, "backward")) == (4, 0)
    pale = {words.text for words in marks_of(graph, Words) if words.look == "data"}
    assert pale == {"A1", "W2", "b2", "Z2", "A2", "Y", "J"}
    graph.set(step=13)  # forwards, then dA2 and dZ2
    assert (arrows(graph, "forward"), arrows(graph, "backward")) == (10, 2)


@pytest.mark.parametrize(
    ("step", "name", "look"), [(4, "Z1", "forward"), (18, "W1", "backward")]
)
def test_the_newest_quantity_has_a_frame_in_the_look_of_its_pass(graph, step, name, look):
    graph.set(step=step)
    *_, frame = (each for each in marks_of(graph, Line) if not each.label)
    (box,) = (each for each in marks_of(graph, Rects) if each.part == name)
    assert frame.look == look
    assert min(frame.x) < box.left < box.right < max(frame.x)
    assert min(frame.y) < box.bottom < box.top < max(frame.y)


def test_no_words_of_the_graph_cover_others_or_leave_the_picture(graph):
    (panel,) = graph.reset().drawn.panels
    places = []
    for words in marks_of(graph, Words):
        lines = words.text.split("\n")
        for i, text in enumerate(lines):
            width, x = LETTER * len(text), words.x * PIXELS
            x -= {"start": 0, "middle": width / 2, "end": width}[words.anchor]
            x, end = x + LETTER * (len(text) - len(text.lstrip())), x + width
            y = words.y * PIXELS + HIGH * ((len(lines) - 1) / 2 - i)
            places.append((text, x, end, y - HIGH / 2, y + HIGH / 2 - 0.1))
            assert panel.x.low * PIXELS <= x < end <= panel.x.high * PIXELS
    for (one, *a), (other, *b) in combinations(places, 2):
        apart = a[1] <= b[0] or b[1] <= a[0] or a[3] <= b[2] or b[3] <= a[2]
        assert apart, f"{one!r} covers {other!r}"
    assert PIXELS * 2 * HALF_BOX[0] >= LETTER * len("(2, 2)") - 2


def test_each_formula_names_what_it_needs_and_gives_the_number(graph):
    state = graph.compute(LAST)
    known = {**state.values, **state.gradients}
    for name, formula in FORMULAS.items():
        needed = {each: known[each] for each in re.findall(QUANTITY, formula)}
        assert np.allclose(RULES[name](**needed), known[name])


RULES = {  # what FORMULAS says, of nothing but what it names
    "Z1": lambda W1, X, b1: W1 @ X + b1,
    "A1": lambda Z1: np.maximum(Z1, 0),
    "Z2": lambda W2, A1, b2: W2 @ A1 + b2,
    "A2": lambda Z2: 1 / (1 + np.exp(-Z2)),
    "J": lambda A2, Y: -np.mean(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)),
    "dA2": lambda A2, Y: (A2 - Y) / (A2 * (1 - A2)),
    "dZ2": lambda A2, Y: A2 - Y,
    "dW2": lambda dZ2, A1: dZ2 @ A1.T / 2,
    "db2": lambda dZ2: dZ2.mean(axis=1, keepdims=True),
    "dA1": lambda W2, dZ2: W2.T @ dZ2,
    "dZ1": lambda dA1, Z1: dA1 * (Z1 > 0),
    "dW1": lambda dZ1, X: dZ1 @ X.T / 2,
    "db1": lambda dZ1: dZ1.mean(axis=1, keepdims=True),
}


def test_the_answer_what_must_be_known_before_the_gradient_by_W1(graph):
    words = {}
    for step in range(1, LAST + 1):
        sentence = graph.set(step=step).words.split(": ")[1].split(", shape")[0]
        name, _, formula = sentence.partition(" is ")
        words[name] = re.findall(QUANTITY, formula.split(". ")[0])
    needed, waiting = set(), ["dW1"]
    while waiting:
        name = waiting.pop()
        needed.add(name)
        # the way back starts from what the forward pass kept
        waiting += words[name] if name.startswith("d") else []
    assert needed - {"dW1"} == {"dZ1", "X", "dA1", "Z1", "dZ2", "W2", "A2", "Y"}


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
    assert explorer.words.startswith("The gradient passes: ")
    assert explorer.verdict == "right"
    explorer.set(fault=fault)
    assert explorer.words.startswith("The gradient does not pass: ")
    assert explorer.verdict == "wrong"
    assert line(explorer, "without the fault")[1].min() < TOLERANCE
    assert line(explorer, "error of dW1")[1].min() > TOLERANCE


def test_each_entry_of_a_gradient_has_an_error_of_its_own():
    fault = "cross-entropy for every cost"
    errors = check_explorer(fault=fault, activation="tanh", name="W3").state.errors
    assert errors.shape == (2, 3)
    assert len(np.unique(errors)) == 6


@pytest.mark.parametrize("name", PARAMETERS)
@pytest.mark.parametrize("h", [1e-5, 1e-9])
def test_colour_and_sign_of_each_entry_say_whether_it_passes(name, h):
    explorer = check_explorer(activation="tanh", name=name, h=h)
    errors = explorer.state.errors
    passing = errors <= TOLERANCE
    boxes = {box.look: np.size(box.left) for box in marks_of(explorer, Rects)}
    expected = {"right": passing.sum(), "wrong": (~passing).sum()}
    assert boxes == {look: count for look, count in expected.items() if count}
    words = [words.text for words in marks_of(explorer, Words)]
    for error, passes in zip(errors.ravel(), passing.ravel(), strict=True):
        assert f"{'✓' if passes else '✗'} {error:.0e}" in words or error == 0
    assert {f"unit {i + 1}" for i in range(len(errors))} <= set(words)
    columns = {f"input {j + 1}" for j in range(errors.shape[1])}
    assert columns <= set(words) or name[0] == "b"


def test_one_entry_can_pass_beside_one_that_does_not():
    for h in STEPS:
        explorer = check_explorer(activation="tanh", h=h)
        looks = {box.look for box in marks_of(explorer, Rects)}
        if looks == {"right", "wrong"}:
            return
    raise AssertionError("no step parts the entries")


def test_a_fault_that_does_nothing_says_so():
    leak = "leaky_relu: leak without dA"
    words = check_explorer(fault=leak).words
    assert words.endswith(
        "With relu and mse this fault changes nothing: it touches leaky_relu only."
    )
    one = "cross-entropy for every cost"
    words = check_explorer(fault=one, cost="cross_entropy").words
    assert words.endswith("with the cost cross_entropy it is no fault.")
    words = check_explorer(fault=leak, activation="leaky_relu", name="W3").words
    assert words.endswith("This fault does not reach dW3. It changes dW1, db1, dW2, db2.")


@pytest.mark.parametrize("fault", FAULTS)
def test_the_tolerance_has_a_name_and_all_that_is_drawn_lies_between_the_axes(fault):
    explorer = check_explorer(fault=fault, h=1e-12)
    panel = explorer.drawn.panels[1]
    assert (panel.y.low, panel.y.high) == (SMALLEST, LARGEST)
    level = next(mark for mark in panel.marks if isinstance(mark, Level))
    assert (level.at, level.axis) == (TOLERANCE, "y")
    assert "tolerance 1e-07" in [each.text for each in marks_of(explorer, Words)]
    drawn = marks_of(explorer, Line)
    assert len({(each.look, each.label) for each in drawn}) == len(drawn)
    for each in [*drawn, *marks_of(explorer, Handle)]:
        assert (np.asarray(each.y) >= SMALLEST).all()
        assert (np.asarray(each.y) <= LARGEST).all()


def test_the_step_is_dragged_where_the_error_of_that_step_is():
    explorer = check_explorer(h=1e-3)
    (handle,) = marks_of(explorer, Handle)
    assert handle.names == ("h", "")
    steps, errors = line(explorer, "error of dW1")
    assert handle.y == errors[list(steps).index(1e-3)] == explorer.state.error


def test_the_answer_right_code_passes_between_two_steps_and_faults_at_none():
    explorer = check_explorer()
    verdicts = {h: explorer.set(h=h).verdict for h in STEPS}
    passing = [h for h, verdict in verdicts.items() if verdict == "right"]
    assert 1e-9 < passing[0] <= 1e-7
    assert 1e-4 <= passing[-1] <= 5e-3
    assert "has no fault: the step is to blame" in explorer.set(h=1e-12).words
    steps, errors = line(explorer, "error of dW1")
    assert 1e-6 <= steps[errors.argmin()] <= 1e-4
    for fault in ("cross-entropy for every cost", "1/m twice"):
        explorer.set(fault=fault)
        assert line(explorer, "error of dW1")[1].min() > 0.6
