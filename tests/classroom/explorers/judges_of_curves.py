"""Judges of the explorers of lessons 02 to 08: what they draw and say, from formulas of their own."""

import re

import numpy as np
from seen import follows, heads, held_at, is_at, labelled, number, only, says

from dnn_lessons.classroom.explorers.picture import Line, Points, Rects


def _sigmoid(z):
    return np.array(1 / (1 + np.exp(-np.asarray(z, np.longdouble))), float)


def _tanh(z):
    return np.array(np.tanh(np.asarray(z, np.longdouble)), float)


def _sigmoid_slope(z):
    return _sigmoid(z) * _sigmoid(np.negative(z))


def _tanh_slope(z):
    return np.array(1 / np.cosh(np.asarray(z, np.longdouble)) ** 2, float)


def judge_sigmoid(explorer, z, dtype):
    """The sigmoid at z."""
    _saturating(explorer, z, dtype, "sigmoid", (_sigmoid, _sigmoid_slope))


def judge_tanh(explorer, z, dtype):
    """The hyperbolic tangent at z."""
    _saturating(explorer, z, dtype, "tanh", (_tanh, _tanh_slope))


def _saturating(explorer, z, dtype, name, functions):
    width = next(width for width in (8, 40, 800) if abs(z) <= width)
    reach = f", z from −{width} to {width}"
    (A, slope), tiny = functions, {"float64": 4e-16, "float32": 3e-7}[dtype]
    values, _ = explorer.drawn.panels
    tolerance = {"rtol": 4 * tiny, "atol": 4 * tiny}
    tangent = _curves(explorer, z, (A, slope), width, **tolerance)
    heads(
        explorer,
        (f"{name}(z){reach}", "z", "", ["saturated", tangent.label]),
        (f"its slope{reach}", "z", "", []),
    )
    assert tangent.label.startswith("tangent, slope ")
    texts = re.match(
        rf"z = (\S+): {name} = (\S+), slope = (\S+)\.( In .*)?$", explorer.words
    )
    at, a, there = map(number, texts.groups()[:3])
    assert at == z
    assert np.isclose(a, A(z), rtol=5.01e-4, atol=tiny)
    assert np.isclose(there, slope(z), rtol=5.1e-3, atol=4 * tiny)
    assert np.isclose(
        number(tangent.label.split()[-1]), slope(z), rtol=5.1e-3, atol=4 * tiny
    )
    assert dtype in (texts[4] or dtype)
    assert only(values, Line, look="forward").y.dtype == dtype


def _curves(explorer, z, functions, width, gap=False, **tolerance):
    """The curve, the tangent, the slope and both handles; the tangent."""
    (A, slope), (values, slopes) = functions, explorer.drawn.panels
    for panel in (values, slopes):
        assert (panel.x.low, panel.x.high) == (-width, width)
    x, _ = follows(only(values, Line, look="forward"), A, 200, **tolerance)
    assert (x[0], x[-1]) == (-width, width)
    x, y = follows(only(slopes, Line, look="backward"), slope, 200, **tolerance)
    assert (x[0], x[-1]) == (-width, width)
    held_at(values, "z", z, A(z), **tolerance)
    held_at(slopes, "z", z, slope(z), **tolerance)
    for ground in (mark for mark in values.marks if isinstance(mark, Rects)):
        ends = np.array([ground.left, ground.right], float)
        assert (slope(ends) <= 0.0301 * y.max()).all()
    tangent = only(values, Line, look="backward")
    x = np.array([-width, width], float)
    is_at(
        tangent,
        x,
        A(z) + slope(z) * (x - z),
        rtol=1e-6,
        atol=1e3 * tolerance.get("atol", 1e-12),
    )
    return tangent


def judge_relu(explorer, z):
    """The ReLU at z."""
    _kinked(explorer, z, 0.0, "relu", ["saturated"])


def judge_leak(explorer, z, alpha):
    """The leaky ReLU at z."""
    _kinked(explorer, z, alpha, "leaky_relu", ["saturated"] if alpha < 0.03 else [])


def _kinked(explorer, z, alpha, name, ground):
    def A(z):
        return np.where(np.asarray(z) > 0, z, alpha * np.asarray(z))

    def slope(z):
        return np.where(np.asarray(z) > 0, 1.0, alpha)

    tangent = _curves(explorer, z, (A, slope), 4.0)
    says(tangent.label, "tangent, slope #", (float(slope(z)), 5.1e-3))
    kinks = ["value taken at the kink", "limit from the right"] if alpha != 1 else []
    heads(
        explorer,
        (f"{name}(z)", "z", "", [*ground, tangent.label]),
        ("its slope", "z", "", kinks),
    )
    for label, y in zip(kinks, (alpha, 1.0), strict=False):
        is_at(only(explorer.drawn.panels[1], Points, label=label), 0, y)
    template, numbers = (
        f"z = #: {name} = #, slope = #.",
        [z, float(A(z)), float(slope(z))],
    )
    if alpha != 1 and z == 0:
        template += " This is the kink: left of it the slope is #, right of it #, and the code takes #."
        numbers += [alpha, 1.0, alpha]
    if alpha == 1:
        template += " Both sides have the same slope: no kink."
    says(explorer.words, template, *numbers)


def judge_dead_unit(explorer, b):
    """Four examples of y = x + 1, and a unit relu(x + b) before a linear output with the weight 1."""
    x = np.array([-1.0, 0, 1, 2])

    def gradients(b):
        error = 2 / 4 * (np.maximum(0, x + b) - (x + 1)) * (x + b > 0)
        return float(error @ x), float(error.sum())

    examples, gradient = explorer.drawn.panels
    heads(
        explorer,
        ("where the examples lie", "z", "", ["slope 0", "relu(z)", "example"]),
        ("gradient db1 of the bias", "bias b", "", []),
    )
    is_at(only(examples, Points), x + b, np.maximum(0, x + b))
    held_at(examples, "b", b, max(0.0, b))
    held_at(gradient, "b", b, gradients(b)[1])
    line = only(gradient, Line)
    apart = np.isfinite(line.y) & (np.abs(np.add.outer(line.x, x)).min(axis=1) > 1e-9)
    expected = [gradients(each)[1] for each in line.x[apart]]
    assert apart.sum() > 100
    assert np.allclose(line.y[apart], expected)
    active = int((x + b > 0).sum())
    dead = "" if active else " The unit is dead: both gradients are exactly 0."
    template = f"b = #: {active} of 4 examples lie on the slope; dW1 = #, db1 = #.{dead}"
    says(explorer.words, template, b, *gradients(b))


LOSSES = {  # loss and derivative of a prediction a with the label y
    "cross_entropy": (
        lambda a, y: -y * np.log(a) - (1 - y) * np.log1p(-a),
        lambda a, y: (a - y) / (a * (1 - a)),
    ),
    "mse": (lambda a, y: (a - y) ** 2, lambda a, y: 2 * (a - y)),
    "mae": (lambda a, y: np.abs(a - y), lambda a, y: np.sign(a - y)),
}


def judge_cross_entropy(explorer, a, y):
    """The cross-entropy of a prediction."""
    judge_squared_error(explorer, a, y, "cross_entropy")


def judge_squared_error(explorer, a, y, cost):
    """The loss of a prediction."""
    loss, slope = LOSSES[cost]
    losses, slopes = explorer.drawn.panels
    x, _ = follows(only(losses, Line, look="forward"), lambda at: loss(at, y))
    ends = (0.01, 0.99) if cost == "cross_entropy" else (-1, 5)
    assert np.allclose((x[0], x[-1]), ends)
    follows(only(slopes, Line, look="backward"), lambda at: slope(at, y), atol=1e-9)
    at_the_kink, here = cost == "mae" and a == y, (float(loss(a, y)), float(slope(a, y)))
    held_at(losses, "a", a, here[0], atol=1e-9)
    held_at(slopes, "a", a, here[1], atol=1e-9)
    held_at(losses, "y", y, 0.0)
    label = labelled(losses, "label y = #", y)
    assert set(label.x) == {y}
    names, kinks = [label.label], []
    if not at_the_kink:
        tangent = labelled(losses, "tangent, slope #", here[1])
        names.append(tangent.label)
        follows(tangent, lambda at: here[0] + here[1] * (at - a), 2, atol=1e-9)
    if cost == "mae":
        kinks = ["limits at the kink", "value taken at the kink"]
        is_at(only(slopes, Points, label=kinks[0]), [y, y], [-1, 1])
        is_at(only(slopes, Points, label=kinks[1]), y, 0)
    heads(
        explorer,
        (f"{cost} loss", "prediction a", "", names),
        ("derivative by a", "prediction a", "", kinks),
    )
    start = f"a = #, y = #: {cost} loss #"
    kink = ". Here the loss has a kink and no derivative; the code takes #."
    end = kink if at_the_kink else ", derivative #."
    says(explorer.words, start + end, a, y, *here)


def judge_outlier(explorer, at):
    """The mean and the median of 1, 2, 3, 4 and a label that moves."""
    mean, median = (10 + at) / 5, sorted([1, 2, 3, 4, at])[2]
    labels, constants = explorer.drawn.panels
    first, second = (
        labelled(labels, "mean (MSE) #", mean),
        labelled(labels, "median (MAE) #", median),
    )
    assert (set(first.x), set(second.x)) == ({mean}, {median})
    heads(
        explorer,
        (
            "labels and best constants",
            "label y",
            "example",
            ["label", first.label, second.label],
        ),
        (
            "as the outlier moves",
            "outlier at",
            "best constant",
            ["mean (MSE)", "median (MAE)"],
        ),
    )
    is_at(only(labels, Points), [1, 2, 3, 4], [1, 2, 3, 4])
    held_at(labels, "at", at, 5)
    follows(only(constants, Line, label="mean (MSE)"), lambda x: (10 + x) / 5)
    follows(only(constants, Line, label="median (MAE)"), lambda x: np.minimum(3, x))
    is_at(only(constants, Points, look=first.look), at, mean)
    is_at(only(constants, Points, look=second.look), at, median)
    template = "Labels 1, 2, 3, 4 and #. Best constants: mean (MSE) #, median (MAE) #."
    says(explorer.words, template, at, mean, median)
