"""Judges of the explorers of lessons 01, 09 and 10's first weights: arrays that pass through networks."""

from functools import cache
from itertools import pairwise

import numpy as np
from explorer_cases import noted
from seen import heads, held_at, is_at, line_of, of_kind, only, says, words_in

from dnn_lessons import (
    L_model_backward,
    L_model_forward,
    compute_cost,
    get_activation,
    get_cost,
    initialize_parameters,
)
from dnn_lessons.classroom.explorers.graph_view import FIGURE_SPACE
from dnn_lessons.classroom.explorers.lesson_09 import FAULTS, FORMULAS
from dnn_lessons.classroom.explorers.picture import (
    Arrow,
    Level,
    Line,
    Points,
    Rects,
    Words,
)
from dnn_lessons.datasets import tiny_network
from dnn_lessons.gradient_check import numerical_gradient, relative_error

HIDDEN = {
    "sigmoid": lambda Z: 1 / (1 + np.exp(-Z)),
    "relu": lambda Z: np.maximum(Z, 0),
    "leaky_relu": lambda Z: np.where(Z > 0, Z, 0.01 * Z),
    "tanh": np.tanh,
    "linear": lambda Z: Z,
}


# ----------------------------------------------------------------------------------------- lesson 01


def judge_network(explorer, hidden_layers, width, outputs, activation, x1, x2):
    """The forward pass of one example, each unit with its value and each weight with its line."""
    dims = (2, *[width] * hidden_layers, outputs)
    parameters = initialize_parameters(dims, activation, "linear", rng=13)
    arrays = _passed(parameters, activation, np.array([[x1], [x2]]))
    (panel,) = explorer.drawn.panels
    silent = any((A == 0).any() for A in arrays["A"][1:])
    names = ["weight above 0 (wider: larger)", "weight below 0"]
    names += ["unit that answers 0"] if silent else []
    heads(explorer, ("one example flows from left to right", "", "", names))
    for l, A in enumerate(arrays["A"]):
        _units(panel, l, A.ravel(), len(dims) - 1)
    for l, (n_prev, n) in enumerate(pairwise(dims), 1):
        _weights(
            panel,
            l,
            parameters[f"W{l}"],
            max(np.abs(P).max() for k, P in parameters.items() if k[0] == "W"),
        )
        assert f"W{l} ({n}, {n_prev})\nb{l} ({n}, 1)" in words_in(
            panel, part=f"weights{l}"
        )
    _notes(explorer.drawn.notes, parameters, arrays)
    count = sum(P.size for P in parameters.values())
    AL = (np.round(arrays["A"][-1], 3) + 0.0).tolist()
    says(
        explorer.words,
        f"X = [[#], [#]] becomes A{len(dims) - 1} = {AL}. Parameters in all: #.",
        x1,
        x2,
        count,
    )


def _passed(parameters, activation, X):
    """{"A": [X, A1, ..., AL], "Z": [None, Z1, ..., ZL]}."""
    A, Z, L = [X], [None], len(parameters) // 2
    for l in range(1, L + 1):
        Z.append(parameters[f"W{l}"] @ A[-1] + parameters[f"b{l}"])
        A.append(Z[-1] if l == L else HIDDEN[activation](Z[-1]))
    return {"A": A, "Z": Z}


def _units(panel, l, A, last):
    """The discs of layer l with their values, grey where the answer is 0, and its head."""
    head, *values = words_in(panel, part=f"layer{l}")
    name = {0: "input", last: "output"}.get(l, f"layer {l}")
    assert head.split(" =")[0].startswith(f"{name}\nn")
    assert head.endswith(f"= {len(A)}")
    shown = np.array([float(text.replace("−", "-")) for text in values])
    assert shown.shape == A.shape
    assert (
        np.abs(shown - A)
        <= np.where(np.abs(A) < 10, 0.00501, np.where(np.abs(A) < 100, 0.0501, 0.501))
    ).all()
    grey = sum(
        len(np.ravel(disc.x))
        for disc in of_kind(panel, Points, part=f"layer{l}", look="grid")
    )
    assert grey == (np.sum(A == 0) if l else 0)
    places = np.concatenate(
        [np.stack([disc.x, disc.y]) for disc in of_kind(panel, Points, part=f"layer{l}")],
        axis=1,
    )
    assert sorted(map(tuple, places.T)) == sorted((l, y) for y in _heights(len(A)))


def _heights(n):
    """The heights of n units, the first on top."""
    return (n - 1) / 2 - np.arange(n)


def _weights(panel, l, W, largest):
    """Each weight has a line from unit to unit, whose look is its sign and whose width its size."""
    found = {}
    for mark in of_kind(panel, Line, part=f"weights{l}"):
        for (_, start), (_, end), _ in np.stack([mark.x, mark.y], axis=1).reshape(
            -1, 3, 2
        ):
            found[end, start] = mark.look, mark.width
    n, n_prev = W.shape
    for i, end in enumerate(_heights(n)):
        for j, start in enumerate(_heights(n_prev)):
            look, width = found.pop((end, start))
            assert look == ("weight above 0" if W[i, j] > 0 else "weight below 0")
            steps = np.ceil(8 * abs(W[i, j]) / largest)
            assert np.isclose(width, 0.6 + (steps - 1) / 7 * 6.4)
    assert not found


def _notes(notes, parameters, arrays):
    """The notes name the arrays of each layer."""
    expected = {"layer0": {"X": arrays["A"][0]}}
    for l in range(1, len(arrays["A"])):
        expected[f"weights{l}"] = {name: parameters[name] for name in (f"W{l}", f"b{l}")}
        expected[f"layer{l}"] = {f"Z{l}": arrays["Z"][l], f"A{l}": arrays["A"][l]}
    assert list(notes) == list(expected)
    for part, named in expected.items():
        _are_noted(notes[part], named, 5.1e-4)


def _are_noted(text, arrays, rounding):
    """A note holds these arrays; of a long one the first numbers."""
    lines = text.split("\n")
    assert [each.partition(" = ")[0].split(",")[0] for each in lines] == list(arrays)
    for each, (name, value) in zip(lines, arrays.items(), strict=True):
        if "…" not in each:
            assert np.allclose(noted(each)[name], value, rtol=0, atol=rounding)


# ----------------------------------------------------------------------------------------- lesson 09

ORDER = "X W1 b1 Z1 A1 W2 b2 Z2 A2 Y J dA2 dZ2 dW2 db2 dA1 dZ1 dW1 db1".split()


@cache
def _tiny():
    """Each quantity of the tiny network by its name."""
    X, Y, parameters = tiny_network()
    known = {"X": X, "Y": Y, **parameters}
    known["Z1"] = known["W1"] @ X + known["b1"]
    known["A1"] = np.maximum(known["Z1"], 0)
    known["Z2"] = known["W2"] @ known["A1"] + known["b2"]
    known["A2"] = A2 = 1 / (1 + np.exp(-known["Z2"]))
    known["J"] = -np.mean(Y * np.log(A2) + (1 - Y) * np.log(1 - A2))
    known["dA2"] = (A2 - Y) / (A2 * (1 - A2))
    known["dZ2"] = A2 - Y
    known["dW2"] = known["dZ2"] @ known["A1"].T / 2
    known["db2"] = known["dZ2"].mean(axis=1, keepdims=True)
    known["dA1"] = known["W2"].T @ known["dZ2"]
    known["dZ1"] = known["dA1"] * (known["Z1"] > 0)
    known["dW1"] = known["dZ1"] @ X.T / 2
    known["db1"] = known["dZ1"].mean(axis=1, keepdims=True)
    return known


def judge_backward(explorer, step):
    """What is known of the tiny network after so many steps."""
    names, known = ORDER[:step], _tiny()
    (panel,) = explorer.drawn.panels
    keys = [
        "value: above its arrow, or to its left",
        "gradient: below its arrow, or to its right",
    ]
    heads(explorer, ("a tiny network, with two examples", "", "", keys))
    values = [name for name in names if name[0] != "d"]
    assert set(explorer.drawn.notes) == set(values)
    for name in values:
        both = {each: known[each] for each in (name, f"d{name}") if each in names}
        _are_noted(explorer.drawn.notes[name], both, 5.1e-5)
    for look, group in (
        ("forward", values),
        ("backward", [n for n in names if n[0] == "d"]),
    ):
        _carried(
            panel,
            look,
            {name.removeprefix("d"): known[name] for name in group if name != "J"},
        )
    assert sorted(box.part for box in of_kind(panel, Rects)) == sorted(values)
    newest = names[-1]
    frame = [mark for mark in of_kind(panel, Line, width=3.5) if not mark.label]
    (box,) = of_kind(panel, Rects, part=newest.removeprefix("d"))
    assert min(frame[0].x) < box.left < box.right < max(frame[0].x)
    assert min(frame[0].y) < box.bottom < box.top < max(frame[0].y)
    assert frame[0].look == ("backward" if newest[0] == "d" else "forward")
    way = "backwards" if newest[0] == "d" else "forwards"
    start = f"Step {step} of 19, {way}: {newest} is {FORMULAS.get(newest, 'given')}. "
    assert explorer.words.startswith(start)
    _are_noted(explorer.words.removeprefix(start), {newest: known[newest]}, 5.1e-5)


def _carried(panel, look, expected):
    """Each quantity has one arrow of a look with its numbers, and no other has."""
    arrows = [arrow.part for arrow in of_kind(panel, Arrow, look=look)]
    texts = {mark.part: mark.text for mark in of_kind(panel, Words, look=look)}
    assert sorted(arrows) == sorted(texts) == sorted(expected)
    for name, value in expected.items():
        rows = texts[name].replace(FIGURE_SPACE, " ").replace("−", "-").split("\n")
        if look == "backward":
            assert rows.pop(0) == f"d{name}"
        found = [list(map(float, row.split())) for row in rows]
        assert np.allclose(found, np.atleast_2d(value), rtol=0, atol=5.1e-4)


DIMS, TOLERANCE = (2, 4, 3, 2), 1e-7


@cache
def _checked(activation, cost, fault):
    """X, Y, parameters and the gradients of a backward pass with a fault."""
    rng = np.random.default_rng(1)
    X, Y = rng.standard_normal((2, 5)), rng.uniform(0.1, 0.9, (2, 5))
    parameters = initialize_parameters(DIMS, activation, "sigmoid", rng=rng)
    AL, caches = L_model_forward(X, parameters, activation, "sigmoid")
    hidden, faulty = FAULTS[fault].of(get_activation(activation), get_cost(cost))
    return X, Y, parameters, L_model_backward(AL, Y, caches, hidden, "sigmoid", faulty)


@cache
def _errors(activation, cost, name, h, fault):
    """The relative error of each entry of a gradient, and of the whole."""
    X, Y, parameters, grads = _checked(activation, cost, fault)

    def J(value):
        AL, _ = L_model_forward(X, {**parameters, name: value}, activation, "sigmoid")
        return compute_cost(AL, Y, cost)

    given, measured = grads[f"d{name}"], numerical_gradient(J, parameters[name], step=h)
    each = [
        relative_error(*pair)
        for pair in zip(given.ravel(), measured.ravel(), strict=True)
    ]
    return np.reshape(each, given.shape), relative_error(given, measured)


def judge_check(explorer, activation, cost, name, h, fault):
    """The errors of a gradient at the step h, and by the step."""
    errors, error = _errors(activation, cost, name, h, fault)
    entries, steps = explorer.drawn.panels
    passes = errors <= TOLERANCE
    verdicts = [
        text
        for text, there in (
            ("✓ passes", passes.any()),
            ("✗ does not pass", not passes.all()),
        )
        if there
    ]
    lines = [f"error of d{name}", *(["without the fault"] if fault != "none" else [])]
    heads(
        explorer,
        (f"relative error of each entry of d{name}", "", "", verdicts),
        ("error of the whole gradient by the step", "step h", "error", lines),
    )
    texts = [text for text in words_in(entries) if text[0] in "✓✗"]
    for text, each in zip(texts, errors.ravel(), strict=True):
        says(text, ("✓ #" if each <= TOLERANCE else "✗ #"), (each, 0.51))
    for label, count in (
        ("✓ passes", passes.sum()),
        ("✗ does not pass", (~passes).sum()),
    ):
        assert (
            sum(np.size(mark.left) for mark in of_kind(entries, Rects, label=label))
            == count
        )
    rows = [f"unit {i + 1}" for i in range(len(errors))]
    columns = [f"input {j + 1}" for j in range(errors.shape[1])] if name[0] == "W" else []
    assert [text for text in words_in(entries) if text[0] not in "✓✗"] == rows + columns
    for label, which in zip(lines, (fault, "none"), strict=False):
        x, y = line_of(steps, label=label)
        for at in (0, 13, int(np.argmin(np.abs(x - h)))):
            expected = max(_errors(activation, cost, name, float(x[at]), which)[1], 1e-13)
            assert np.isclose(y[at], expected, rtol=1e-6)
    held_at(steps, "h", h, max(error, 1e-13), rtol=1e-6, atol=0)
    assert [mark.at for mark in of_kind(steps, Level)] == [TOLERANCE, h]
    good = error <= TOLERANCE
    assert explorer.verdict == ("right" if good else "wrong")
    verdict, side = ("passes", "below") if good else ("does not pass", "above")
    start = f"The gradient {verdict}: d{name} with h = #: the relative error is #, {side} the tolerance of 1e-07."
    end = _about_the_fault(activation, cost, name, fault, good)
    says(explorer.words, start + end, (h, 1e-9), (error, 0.51))


def _about_the_fault(activation, cost, name, fault, good):
    """The end of the words: what the fault has to do with the verdict."""
    if fault == "none":
        return (
            "" if good else " Yet this backward pass has no fault: the step is to blame."
        )
    right, faulty = (_checked(activation, cost, each)[3] for each in ("none", fault))
    names = [f"d{kind}{l}" for l in (1, 2, 3) for kind in "Wb"]
    changed = [each for each in names if not np.allclose(right[each], faulty[each])]
    if not changed:
        return f" With {activation} and {cost} this fault changes nothing: {FAULTS[fault].reach}."
    if f"d{name}" in changed:
        return ""
    return f" This fault does not reach d{name}. It changes {', '.join(changed)}."


# ----------------------------------------------------------------------------------------- lesson 10

UNBOUNDED = np.geomspace(1e-12, 1e9, 43)
BARS = {"sigmoid": np.linspace(0, 1, 26), "tanh": np.linspace(-1, 1, 26)}
KINDS = "explodes", "crowds", "fades", "answers alike", "keeps its size"


@cache
def _layers(activation, scale):
    """The activations of ten layers of 100 units for 100 examples."""
    X = np.random.default_rng(1).standard_normal((100, 100))
    parameters = initialize_parameters((100,) * 11, activation, activation, scale, rng=0)
    layers = [X]
    for l in range(1, 11):
        layers.append(
            HIDDEN[activation](parameters[f"W{l}"] @ layers[-1] + parameters[f"b{l}"])
        )
    return layers[1:]


def judge_initialisation(explorer, activation, scale):
    """How the activations spread with a deviation of all weights, and with one scaled by fan-in."""
    bounded = activation in BARS
    name = "activation a" if bounded else "activation |a|, without 0"
    s = f"s = {scale:g}"
    heads(
        explorer,
        (f"activations, {s}", name, "layer l", []),
        ("activations, scaled by fan-in", name, "layer l", []),
        (
            "size of the activations",
            "root mean square",
            "layer l",
            ["scaled by fan-in", s],
        ),
    )
    *histograms, sizes = explorer.drawn.panels
    ends = []
    for panel, deviation, label in zip(
        histograms, (scale, None), (s, "scaled by fan-in"), strict=True
    ):
        layers = _layers(activation, deviation)
        roots = [np.sqrt(np.mean(A**2)) for A in layers]
        ends += [(roots[0], 0.051), (roots[-1], 0.051)]
        is_at(only(sizes, Line, label=label), roots, range(1, 11))
        _bars(only(panel, Rects), layers, BARS.get(activation, UNBOUNDED), bounded)
    both = "# in layer 1 and # in layer 10"
    template = f"The root mean square is {both}; scaled by fan-in, {both}."
    kind, _, rest = explorer.words.partition(". The root")
    assert kind.startswith(f"{activation} with {s} ")
    assert kind.removeprefix(f"{activation} with {s} ").startswith(KINDS)
    says("The root" + rest, template, *ends)


def _bars(mark, layers, edges, bounded):
    """The bars of all layers, each as high as its share of the highest one."""
    shares = []
    for A in layers:
        values = A if bounded else np.log10(np.abs(A[A != 0]))
        bounds = edges if bounded else np.log10(edges)
        inside = np.clip(values.ravel(), bounds[0], bounds[-1] - 1e-9)
        shares.append(np.histogram(inside, bounds)[0])
    heights = np.ravel([0.86 * share / share.max() for share in shares])
    found = np.subtract(mark.top, mark.bottom)
    assert found.shape == heights.shape
    assert (
        np.mean(np.abs(found - heights) > 0.05) < 0.01
    )  # a number on an edge may fall on either side
    assert np.array_equal(np.unique(mark.left), np.unique(edges[:-1]))
