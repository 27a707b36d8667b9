"""Whether what an explorer shows follows from the values of its controls: its texts, its marks, and its words.

Each judge takes an explorer as a page would see it, computes what belongs to the values of the controls, and looks
for that in the picture and in the words. It knows nothing of the explorer's State.
"""

import re

import numpy as np

from dnn_lessons.classroom.explorers.picture import (
    Handle,
    Line,
    Points,
    Words,
    for_page,
)

TEXT = r"([−+-]?\d[\d,]*(?:\.\d+)?(?:e[−+-]?\d+|·10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?|inf|10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)"
RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
LABELS = {  # of the controls
    "backward": {"step": "step"},
    "batch": {
        "batch_size": "batch size B",
        "shuffle": "shuffle",
        "learning_rate": "rate η",
        "by": "cost by",
        "log": "cost axis",
    },
    "check": {
        "activation": "activation",
        "cost": "cost",
        "name": "gradient by",
        "h": "step h",
        "fault": "fault",
    },
    "cross_entropy": {"a": "prediction a", "y": "label y"},
    "dead_unit": {"b": "bias b"},
    "decision": {
        "points": "points",
        "noise": "noise",
        "points_seed": "their seed",
        "width": "units each",
        "depth": "hidden layers",
        "activation": "activation",
        "learning_rate": "rate η",
        "batch_size": "batch size B",
        "num_epochs": "epochs",
        "seed": "seed of start",
        "log": "cost axis",
    },
    "initialisation": {"activation": "activation", "scale": "deviation s"},
    "leak": {"z": "z", "alpha": "leak α"},
    "network": {
        "hidden_layers": "hidden layers",
        "width": "units each",
        "outputs": "outputs",
        "activation": "activation",
        "x1": "x₁",
        "x2": "x₂",
    },
    "outlier": {"at": "outlier at"},
    "rate": {
        "surface": "surface",
        "learning_rate": "rate η",
        "second_rate": "a second rate",
        "third_rate": "a third rate",
        "curvature_1": "curvature λ₁",
        "curvature_2": "curvature λ₂",
        "first": "start θ₁",
        "second": "start θ₂",
    },
    "regression": {
        "learning_rate": "rate η",
        "batch_size": "batch size B",
        "num_epochs": "epochs",
        "output": "output",
        "seed": "seed",
        "log": "cost axis",
    },
    "relu": {"z": "z"},
    "sigmoid": {"z": "z", "dtype": "numbers"},
    "squared_error": {"a": "prediction a", "y": "label y", "cost": "cost"},
    "tanh": {"z": "z", "dtype": "numbers"},
    "taste": {"learning_rate": "rate η", "num_epochs": "epochs", "log": "cost axis"},
    "training": {
        "learning_rate": "rate η",
        "num_epochs": "epochs",
        "batch_size": "batch size B",
        "width": "units each",
        "depth": "hidden layers",
        "activation": "activation",
        "output": "output",
        "seed": "seed",
        "log": "cost axis",
    },
}


def name_of(explorer):
    """The name of an explorer without the word."""
    return explorer.function.removesuffix("_explorer")


def judge(explorer, judges):
    """Raise an AssertionError where something that is seen does not belong to the values of the controls."""
    assert not explorer.failed, explorer.words
    labels = {control.name: control.label for control in explorer.controls}
    assert labels == LABELS[name_of(explorer)]
    assert explorer.picture == for_page(explorer.drawn)
    for control, index in zip(explorer.controls, explorer.indices, strict=True):
        assert 0 <= index < len(control.values)
    judges[name_of(explorer)](explorer, **explorer.values)


def heads(explorer, *expected):
    """The title, the names of the axes and the legend of each panel are these, the legend in any order."""
    found = [
        (panel.title, panel.x.label, panel.y.label, sorted(legend(panel)))
        for panel in explorer.drawn.panels
    ]
    assert found == [(*names, sorted(words)) for *names, words in expected]


def legend(panel):
    """The words of a panel's legend."""
    labels = [getattr(mark, "label", "") for mark in panel.marks]
    return [label for label in labels if label]


def of_kind(panel, kind, **fields):
    """The marks of a kind in a panel whose fields are these."""
    return [
        mark
        for mark in panel.marks
        if type(mark) is kind
        and all(getattr(mark, name) == value for name, value in fields.items())
    ]


def only(panel, kind, **fields):
    """The only mark of a kind with these fields."""
    (mark,) = of_kind(panel, kind, **fields)
    return mark


def is_at(mark, x, y, **tolerance):
    """Points, a Line or a Handle stands at these places, and has as many."""
    for name, values in (("x", x), ("y", y)):
        found, expected = np.ravel(getattr(mark, name)).astype(float), np.ravel(values)
        assert found.shape == expected.shape, (found.shape, expected.shape)
        assert np.allclose(found, expected, equal_nan=True, **exactly(tolerance))


def exactly(tolerance):
    """A tolerance, by default that of a few roundings."""
    return {"rtol": 1e-9, "atol": 1e-12, **tolerance}


def held_at(panel, name, x, y, **tolerance):
    """The panel has a handle of the control at this place."""
    is_at(only(panel, Handle, names=(name, "")), x, y, **tolerance)


def follows(mark, function, least=100, **tolerance):
    """The points of a Line are on the graph of a function; the points."""
    x, y = np.asarray(mark.x, float), np.asarray(mark.y, float)
    drawn = np.isfinite(y)
    assert drawn.sum() >= least
    assert np.allclose(y[drawn], function(x[drawn]), **exactly(tolerance))
    return x[drawn], y[drawn]


def through(mark, x, y, slope, **tolerance):
    """A Line is the straight one through a point with a slope."""
    follows(mark, lambda at: y + slope * (at - x), 2, **tolerance)


def number(text):
    """The number that a text shows."""
    power = re.fullmatch(r"(?:(.*)·)?10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)", text)
    if power:
        text = f"{power[1] or 1}e{power[2].translate(RAISED)}"
    return float(text.replace("−", "-").replace(",", ""))


def says(words, template, *numbers):
    """The words are those of a template, in which each # is a number, as a text or as (number, relative rounding)."""
    pattern = re.escape(template).replace(r"\#", TEXT)
    found = re.fullmatch(pattern, words)
    assert found, (words, template)
    for text, expected in zip(found.groups(), numbers, strict=True):
        value, rounding = expected if isinstance(expected, tuple) else (expected, 5.01e-4)
        assert abs(number(text) - value) <= rounding * abs(value) + 1e-15, (words, value)


def labelled(panel, template, *numbers):
    """The only label of a panel that begins as the template does; its mark."""
    start = template.partition("#")[0]
    (mark,) = (mark for mark in panel.marks if mark_label(mark).startswith(start))
    says(mark.label, template, *numbers)
    return mark


def mark_label(mark):
    """The label of a mark, if it has one."""
    return getattr(mark, "label", "")


def words_in(panel, **fields):
    """The texts of the Words of a panel with these fields."""
    return [mark.text for mark in of_kind(panel, Words, **fields)]


def ends_at(panel, look, x, y, **tolerance):
    """Some Points of a look stand at this place alone."""
    assert any(
        np.size(mark.x) == 1
        and np.allclose(np.ravel([mark.x, mark.y]), [x, y], **exactly(tolerance))
        for mark in of_kind(panel, Points, look=look)
    )


def line_of(panel, **fields):
    """The points (2, n) of the only Line with these fields."""
    mark = only(panel, Line, **fields)
    return np.array([mark.x, mark.y], dtype=float)
