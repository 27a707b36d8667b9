"""Descents on a surface at several rates, and the words for how each of them goes."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from dnn_lessons.classroom.explorers.explorer import Verdict
from dnn_lessons.classroom.explorers.text import counted
from dnn_lessons.classroom.figures.ticks import power
from dnn_lessons.descent import COST_LIMIT, Surface, descend_at_rates

STEPS = 40  # of a descent, at most
WIDTH, HEIGHT = 2.0, 1.5  # of the map on either side of 0, in theta_1 and theta_2
ARRIVED = 1 / 1000  # of the cost at the start
STILL = 1e-6  # a length that is as good as 0
FLAT = 0.03  # a slope that is as good as 0
NAMES = ("θ₁", "θ₂")
CHARTED = np.geomspace(0.002, 5, 241)  # rates between those of the slider


class Descent(NamedTuple):
    """One descent.

    Parameters
    ----------
    surface : Surface
        The cost.
    rate : float
        The learning rate.
    path : ndarray, shape (2, t + 1)
        The start and the point after each step.
    costs : ndarray, shape (t + 1,)
        The cost at each of these.
    """

    surface: Surface
    rate: float
    path: np.ndarray
    costs: np.ndarray

    @property
    def left(self):
        """The first step that ends outside the map; None if there is none."""
        outside = (np.abs(self.path) > [[WIDTH], [HEIGHT]]).any(axis=0)
        return int(np.argmax(outside)) if outside.any() else None

    @property
    def leaping(self):
        """For both coordinates, whether the last two steps led away and back to the same value."""
        older, before, last = self.path[:, -3:].T
        return (np.abs(last - older) < STILL) & (np.abs(last - before) > 1000 * STILL)

    @property
    def turning(self):
        """For both coordinates, whether some step undoes a part of the step before."""
        steps = np.diff(self.path)
        both = np.minimum(np.abs(steps[:, 1:]), np.abs(steps[:, :-1])) > STILL
        return (both & (steps[:, 1:] * steps[:, :-1] < 0)).any(axis=1)


class DescentState(NamedTuple):
    """Descents at several rates from one start, as they stand after a step.

    Parameters
    ----------
    surface : Surface
        The cost.
    start : tuple of float
        The point (2,) where all begin.
    descents : list of Descent
        One for each rate, the first being the one that the words are about.
    step : int
        The steps that are done.
    charted : tuple of ndarray, each of shape (k,)
        Rising rates, and the cost that the last step at each of them reaches.
    """

    surface: Surface
    start: tuple
    descents: list
    step: int
    charted: tuple


def descents(surface, start, rates):
    """Return the descents at some rates.

    Parameters
    ----------
    surface : Surface
        The cost.
    start : tuple of float
        The point (2,) where all begin.
    rates : sequence of float
        The learning rates.

    Returns
    -------
    list of Descent
        One for each rate; it ends where its cost reaches COST_LIMIT.
    """
    paths = descend_at_rates(surface, start, np.array(rates), STEPS)
    return [_until_the_limit(surface, *pair) for pair in zip(rates, paths.T, strict=True)]


def _until_the_limit(surface, rate, points):
    """Return the Descent through points (t + 1, 2), up to the first one whose cost is too large."""
    with np.errstate(over="ignore", invalid="ignore"):
        high = ~(surface.value(points.T) < COST_LIMIT)
    path = points[: np.argmax(high) + 1].T if high.any() else points.T
    return Descent(surface, rate, path, surface.value(path))


@lru_cache(maxsize=64)
def cost_by_rate(surface, start, rates):
    """Return the cost that a descent ends with, for many rates.

    Parameters
    ----------
    surface : Surface
        The cost.
    start : tuple of float
        The point (2,) where all begin.
    rates : tuple of float
        Rates that are wanted in any case; others stand between them.

    Returns
    -------
    rates, costs : ndarray, shape (k,)
        Rising rates, and the cost after the last step at each; infinite where that is too large for a float.
    """
    every = np.union1d(CHARTED, rates)
    path = descend_at_rates(surface, start, every, STEPS)
    with np.errstate(over="ignore", invalid="ignore"):
        costs = surface.value(path[:, -1])
    return every, np.where(np.isnan(costs), np.inf, costs)


# ------------------------------------------------------------------------------------------- verdicts


def kind_of(descent):
    """Return the name of what a descent does.

    Parameters
    ----------
    descent : Descent
        The whole descent.

    Returns
    -------
    str
        One of KINDS.
    """
    return next(name for name, (holds, _) in KINDS.items() if holds(descent))


def verdict(descent, *others):
    """Return what a descent does, in a word and in a sentence, and in short what others do.

    Parameters
    ----------
    descent, *others : Descent
        Whole descents.

    Returns
    -------
    Verdict
        Its name is one of KINDS.
    """
    name = kind_of(descent)
    beside = "; ".join(f"η = {each.rate:g} {kind_of(each)}" for each in others)
    sentence = f"η = {descent.rate:g} {KINDS[name][1](descent)}."
    return Verdict(name, f"{sentence} Beside it: {beside}.")


def _diverges(descent):
    """Return whether the cost has become infinite, or only grows in the end."""
    tail = descent.costs[-8:]
    return len(descent.costs) <= STEPS or bool((np.diff(tail) > STILL * tail[1:]).all())


def _rests(descent):
    """Return whether no step moves."""
    return np.array_equal(descent.path[:, 0], descent.path[:, -1]) and not (
        descent.turning.any()
    )


def _at_saddle(descent):
    """Return whether the end is flat and not lowest."""
    slope = np.abs(descent.surface.gradient(descent.path[:, -1])).max()
    return slope < FLAT and descent.costs[-1] > FLAT


def _at_threshold(descent):
    """Return whether a coordinate leaps for ever at a rate that is the threshold of its curvature."""
    products = descent.rate * np.array(descent.surface.curvatures)
    return bool((descent.leaping & np.isclose(products, 2, rtol=1e-9)).any())


def _leaps_on(descent):
    """Return whether it still leaps in the end without coming lower."""
    rises = np.diff(descent.costs[-12:]).max() > FLAT
    return bool(descent.leaping.any() or rises)


def _zigzags(descent):
    """Return whether a coordinate turns back."""
    return bool(descent.turning.any())


def _arrives(descent):
    """Return whether the cost falls to a small share of what it was."""
    return descent.costs[-1] <= ARRIVED * descent.costs[0]


def _say_diverges(descent):
    """Return how far a diverging descent gets."""
    steps, left = len(descent.costs) - 1, descent.left
    cost = (
        f"its cost is {number(descent.costs[-1])} after {counted(steps, 'step', 'steps')}"
    )
    where = f"it leaves the map in step {left}, and " if left is not None else ""
    return f"diverges: {where}{cost}"


def _say_threshold(descent):
    """Return along which coordinates it leaps."""
    along = _coordinates(descent.leaping)
    at = f"is at the threshold 2/λ = {descent.rate:g}"
    return f"{at}: along {along} it leaps to and fro for ever, no closer and no farther"


def _say_zigzag(descent):
    """Return along which coordinates it turns back, and where it ends."""
    along = _coordinates(descent.turning)
    return f"zigzags: it leaps to and fro along {along} and closes in, {_end(descent)}"


def _say_too_small(descent):
    """Return how little the cost falls."""
    first, last = number(descent.costs[0]), number(descent.costs[-1])
    return f"is too small: in {STEPS} steps the cost falls only from {first} to {last}"


def _not_lowest(descent):
    """Return that the last cost is not the lowest of the surface."""
    return f"though its cost {number(descent.costs[-1])} is not the lowest"


def _end(descent):
    """Return the last cost in words."""
    return f"cost {number(descent.costs[-1])} after {STEPS} steps"


def _coordinates(which):
    """Return the names of coordinates."""
    return " and ".join(NAMES[j] for j in np.flatnonzero(which))


def number(cost):
    """Return a cost in three digits, a very small or large one with a power of ten.

    Parameters
    ----------
    cost : float
        A number from 0 on.

    Returns
    -------
    str
        The text.
    """
    if cost == 0 or 1e-3 <= cost < 1e5:
        return f"{float(f'{cost:.3g}'):,g}"
    return power(cost)


KINDS = {  # {name: (whether it holds of a Descent, the sentence without its subject)}; the first that holds
    "diverged": (_diverges, _say_diverges),
    "at rest": (
        _rests,
        lambda d: f"moves nothing: at the start the slope is 0, {_end(d)}",
    ),
    "at the saddle": (
        _at_saddle,
        lambda d: f"stops at the saddle point: the slope there is 0, {_not_lowest(d)}",
    ),
    "at the threshold": (_at_threshold, _say_threshold),
    "leaps on": (_leaps_on, lambda d: f"leaps on and comes no lower, {_end(d)}"),
    "zigzag": (_zigzags, _say_zigzag),
    "good": (_arrives, lambda d: f"is good: it arrives without a zigzag, {_end(d)}"),
    "too small": (lambda d: True, _say_too_small),
}
