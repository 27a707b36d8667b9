"""How the activations of a deep network spread before training: a histogram and a size for each layer."""

from typing import NamedTuple

import numpy as np

from dnn_lessons.classroom.explorers.descents import number
from dnn_lessons.classroom.explorers.explorer import Verdict
from dnn_lessons.classroom.explorers.picture import (
    Axis,
    Line,
    Panel,
    Picture,
    Rects,
)

UNBOUNDED = np.geomspace(1e-12, 1e9, 43)  # two bars for each power of ten
EDGES = {  # of the bars in which activations are counted
    "sigmoid": np.linspace(0, 1, 26),
    "relu": UNBOUNDED,
    "leaky_relu": UNBOUNDED,
    "tanh": np.linspace(-1, 1, 26),
}
NEAR = 0.05  # of the span: what is closer to one of its ends crowds there
MANY, LITTLE = 0.3, 0.01  # a share of activations, and a deviation between examples
ROW = 0.86  # the height of the highest bar of a layer
FAN_IN = "scaled by fan-in"


class Spread(NamedTuple):
    """The activations of all layers, counted.

    Parameters
    ----------
    sizes : ndarray, shape (L,)
        The root mean square of each layer.
    shares : ndarray, shape (L, k)
        The share of each layer's activations in each of k bars.
    crowded : float
        The share of the last layer's activations near the ends of the bars.
    varied : float
        The standard deviation of a unit of the last layer over the examples, averaged over the units.
    """

    sizes: np.ndarray
    shares: np.ndarray
    crowded: float
    varied: float


class SpreadState(NamedTuple):
    """Two starts of the same network.

    Parameters
    ----------
    activation : str
        The name of the activation.
    scale : float
        The standard deviation of all weights in the first one.
    given, scaled : Spread
        The activations with that deviation, and with weights scaled by fan-in.
    """

    activation: str
    scale: float
    given: Spread
    scaled: Spread


def spread(activation, layers):
    """Return the counted activations.

    Parameters
    ----------
    activation : str
        The name of the activation.
    layers : list of ndarray, each of shape (n, m)
        A1, ..., AL.

    Returns
    -------
    Spread
        Their sizes and shares.
    """
    edges, last = EDGES[activation], layers[-1]
    sizes = np.array([np.sqrt(np.mean(np.square(A))) for A in layers])
    shares = np.array([_shares(A, edges) for A in layers])
    return Spread(sizes, shares, _crowded(last, edges), float(last.std(axis=1).mean()))


def _crowded(A, edges):
    """Return the share of numbers that are close to the first or the last edge."""
    middle, half = (edges[0] + edges[-1]) / 2, (edges[-1] - edges[0]) / 2
    return float(np.mean(np.abs(A - middle) > (1 - 2 * NEAR) * half))


def _shares(A, edges):
    """Return the share of the numbers between neighbouring edges; of unbounded ones, of their sizes, 0 left out."""
    if edges is UNBOUNDED:
        A, edges = np.log10(np.abs(A[A != 0])), np.log10(edges)
    return np.bincount(_bars_of(A, edges), minlength=len(edges) - 1) / max(A.size, 1)


def _bars_of(A, edges):
    """Return the bar of each number; the first and the last one hold what lies beyond."""
    places = (A.ravel() - edges[0]) / (edges[1] - edges[0])
    return np.clip(places.astype(int), 0, len(edges) - 2)


# --------------------------------------------------------------------------------------------- picture


def draw(state):
    """Return the histograms of both starts, and the size of the activations by layer.

    Parameters
    ----------
    state : SpreadState
        What is drawn.

    Returns
    -------
    Picture
        Three panels, in which a layer stands at the same height.
    """
    given, edges = f"s = {state.scale:g}", EDGES[state.activation]
    left = _histograms(state.given, given, "compared 0", edges)
    middle = _histograms(state.scaled, FAN_IN, "good", edges)
    return Picture([left, middle, _size_panel(state, given, edges)])


def _layer_axis(count):
    """Return the axis of the layers, the first one at the bottom."""
    return Axis("layer l", 0.5, count + 0.5)


def _value_axis(label, edges):
    """Return the axis of activations or of their sizes: all that is possible, logarithmic where there is no end."""
    log = edges is UNBOUNDED
    low = edges[0] if log or label.startswith("activation") else 0
    return Axis(label, low, edges[-1], log)


def _histograms(spread, title, look, edges):
    """Return the panel of a histogram for each layer."""
    name = "activation |a|, without 0" if edges is UNBOUNDED else "activation a"
    axes = _value_axis(name, edges), _layer_axis(len(spread.sizes))
    return Panel(
        f"activations, {title}", *axes, [_bars(spread, look, edges)], height=1.05
    )


def _bars(spread, look, edges):
    """Return the bars of all layers; the highest one of each layer is as high as that of every other."""
    count, each = spread.shares.shape
    heights = ROW * spread.shares / spread.shares.max(axis=1, keepdims=True)
    bottom = np.repeat(np.arange(1, count + 1) - 0.4, each)
    sides = np.tile(edges[:-1], count), np.tile(edges[1:], count)
    return Rects(*sides, bottom, bottom + heights.ravel(), look)


def _size_panel(state, given, edges):
    """Return the panel of the root mean square of each layer."""
    axes = _value_axis("root mean square", edges), _layer_axis(len(state.given.sizes))
    starts = (state.scaled, "good", FAN_IN), (state.given, "compared 0", given)
    marks = [_size_line(*start) for start in starts]
    return Panel("size of the activations", *axes, marks, height=1.05)


def _size_line(spread, look, label):
    """Return the root mean square of each layer as a line."""
    layers = np.arange(1, len(spread.sizes) + 1)
    return Line(spread.sizes, layers, look, label, markers=True)


# --------------------------------------------------------------------------------------------- words


def say(state):
    """Return what the deviation of the weights does to the activations, in a word and in sentences.

    Parameters
    ----------
    state : SpreadState
        What is shown.

    Returns
    -------
    Verdict
        Its name is one of KINDS.
    """
    name = next(name for name, (holds, _) in KINDS.items() if holds(state))
    what = f"{state.activation} with s = {state.scale:g} {KINDS[name][1](state)}"
    return Verdict(name, f"{what}. {_say_sizes(state)}")


def _say_sizes(state):
    """Return the sizes of the first and of the last layer in a sentence."""
    last = len(state.given.sizes)
    given, scaled = (
        f"{number(spread.sizes[0])} in layer 1 and {number(spread.sizes[-1])} in layer {last}"
        for spread in (state.given, state.scaled)
    )
    return f"The root mean square is {given}; {FAN_IN}, {scaled}."


def _change(state):
    """Return by which factor the size changes from the first layer to the last."""
    return state.given.sizes[-1] / state.given.sizes[0]


def _crowds(state):
    """Return whether many activations are near the ends between which all lie."""
    return EDGES[state.activation] is not UNBOUNDED and state.given.crowded >= MANY


def _say_crowded(state):
    """Return how many activations crowd at the ends."""
    ends = EDGES[state.activation][[0, -1]]
    low, high = (f"{end:g}".replace("-", "−") for end in ends)
    share = f"{state.given.crowded:.0%}".replace("%", " %")
    return f"crowds: {share} of the last layer lie close to {low} or {high}"


def _say_alike(state):
    """Return how little the examples differ."""
    varied = number(state.given.varied)
    return f"answers alike: from example to example a unit of the last layer varies by {varied}"


KINDS = {  # {name: (whether it holds of a SpreadState, the sentence without its subject)}; the first that holds
    "explodes": (lambda s: _change(s) > 10, lambda s: "explodes"),
    "crowds": (_crowds, _say_crowded),
    "fades": (lambda s: _change(s) < 1 / 2, lambda s: "fades"),
    "alike": (lambda s: s.given.varied < LITTLE, _say_alike),
    "keeps its size": (lambda s: True, lambda s: "keeps its size"),
}
