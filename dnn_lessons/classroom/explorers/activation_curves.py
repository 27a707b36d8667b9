"""What the explorers of lessons 02 to 05 share: z moves along an activation, with its tangent and its slope."""

from typing import NamedTuple

import numpy as np

from dnn_lessons.classroom.explorers.controls import even_values, slider
from dnn_lessons.classroom.explorers.picture import (
    Axis,
    Handle,
    Level,
    Line,
    Panel,
    Picture,
    Points,
    Rects,
)
from dnn_lessons.classroom.explorers.text import number_text, text_unlike
from dnn_lessons.classroom.figures.parts import with_gap

KINKED = ("relu", "leaky_relu")  # their slope may jump at z = 0
NEAR = even_values(-4, 4, 0.05)  # where an activation with a kink is looked at
POINTS = 241  # of a curve
FLAT = 0.03  # the share of the largest slope below which a unit is called saturated
HEIGHTS = {  # the ends of the vertical axes, which stay: of the values, and of the slopes
    "sigmoid": ((-0.1, 1.1), (-0.025, 0.275)),
    "relu": ((-1, 4.4), (-0.15, 1.65)),
    "leaky_relu": ((-6.5, 4.5), (-0.15, 1.65)),
    "tanh": ((-1.2, 1.2), (-0.1, 1.1)),
}


class CurveState(NamedTuple):
    """An activation around 0, and one point of it.

    Parameters
    ----------
    Z, A, slope : ndarray, shape (n,)
        Rising numbers, the activation of each and its derivative there.
    name : str
        The name of the activation.
    at : tuple of float
        The point: z, the activation and the derivative.
    """

    Z: np.ndarray
    A: np.ndarray
    slope: np.ndarray
    name: str
    at: tuple

    @property
    def kink(self):
        """The z at which the slope jumps, or None."""
        jumps = self.name in KINKED and self.slope[0] != self.slope[-1]
        return 0.0 if jumps else None


def value_and_slope(activation, Z):
    """Return an activation and its derivative, from the functions that the lessons teach.

    Parameters
    ----------
    activation : Activation
        A row of the table of activations.
    Z : ndarray
        Where they are wanted.

    Returns
    -------
    tuple of ndarray
        g(Z) and g'(Z), of the shape of Z.
    """
    A, cache = activation.forward(Z)
    return A, activation.backward(np.ones_like(Z), cache)


def curve(activation, z, width, dtype=np.float64):
    """Return the State of an activation from -width to width.

    Parameters
    ----------
    activation : Activation
        A row of the table of activations.
    z : float
        Where the point is.
    width : float
        How far the curve reaches on either side of 0.
    dtype : dtype
        The number format in which everything is computed.

    Returns
    -------
    CurveState
        The curve and the point.
    """
    Z = np.linspace(-width, width, POINTS, dtype=dtype)
    A, slope = value_and_slope(activation, Z)
    (a,), (slope_at_z,) = value_and_slope(activation, np.array([z], dtype))
    return CurveState(Z, A, slope, activation.name, (z, a, slope_at_z))


def draw(state):
    """Return the picture: the curve with its tangent, and its slope beside it.

    Parameters
    ----------
    state : CurveState
        What is drawn.

    Returns
    -------
    Picture
        Two panels over the same axis; the point is dragged along it.
    """
    ends, slope_ends = HEIGHTS[state.name]
    return Picture([_value_panel(state, ends), _slope_panel(state, slope_ends)])


def _value_panel(state, ends):
    """Return the panel of the curve and its tangent."""
    curve = _curve(state, state.A, "forward")
    marks = [*_saturated(state, ends, "saturated"), curve, _tangent(state)]
    return _panel(state, f"{state.name}(z)", ends, marks, state.at[1])


def _slope_panel(state, ends):
    """Return the panel of the slope, with its jump at a kink."""
    curve = _curve(state, state.slope, "backward")
    marks = [*_saturated(state, ends), curve, *_jump(state)]
    return _panel(state, "its slope", ends, marks, state.at[2])


def _panel(state, title, ends, marks, height):
    """Return a panel over Z, with the level 0 and the point that is dragged."""
    handle = Handle(state.at[0], height, ("z", ""), "z")
    x, y = Axis("z", *state.Z[[0, -1]]), Axis("", *ends)
    return Panel(title, x, y, [*marks, Level(0.0), handle])


def _saturated(state, ends, label=""):
    """Return a ground for each stretch, left and right of 0, on which the slope is nearly 0."""
    flat = state.slope < FLAT * state.slope.max()
    sides = state.Z[flat & (state.Z <= 0)], state.Z[flat & (state.Z >= 0)]
    return [
        Rects(side[0], side[-1], *ends, "shade", text)
        for side, text in zip(sides, (label, ""), strict=True)
        if side.size > 1
    ]


def _curve(state, values, look):
    """Return the line of values over Z, with a gap where they jump."""
    return Line(*with_gap(state.Z, values, state.kink), look, width=3)


def _tangent(state):
    """Return the tangent at the point, with its slope in the legend."""
    (z, a, slope), ends = state.at, state.Z[[0, -1]]
    label = f"tangent, slope {number_text(slope, '{:.3g}')}"
    return Line(ends, a + slope * (ends - z), "backward", label)


def _jump(state):
    """Return the marks of the slope at a kink: the value taken is filled, the limit from the right is open."""
    if state.kink is None:
        return []
    left = np.searchsorted(state.Z, state.kink, side="right") - 1
    taken, other = state.slope[left : left + 2]
    return [
        Points([state.kink], [taken], "backward", "value taken at the kink"),
        Points([state.kink], [other], "paper", "limit from the right"),
    ]


def say(state):
    """Return the numbers at the point in words.

    Parameters
    ----------
    state : CurveState
        What is shown.

    Returns
    -------
    str
        One line; at a kink a sentence more.
    """
    z, a, slope = state.at
    numbers = (
        f"{state.name} = {text_unlike(a, -1, 1)}, slope = {number_text(slope, '{:.3g}')}"
    )
    return f"z = {number_text(z)}: {numbers}.{_at_the_kink(state)}"


def _at_the_kink(state):
    """Return a sentence about the slopes at the kink, or "" elsewhere."""
    if state.at[0] != state.kink:
        return ""
    left, right = (number_text(slope) for slope in state.slope[[0, -1]])
    sides = f"left of it the slope is {left}, right of it {right}"
    return f" This is the kink: {sides}, and the code takes {number_text(state.at[2])}."


def near_slider(start):
    """Return the slider of z for an activation with a kink.

    Parameters
    ----------
    start : float
        Where it starts.

    Returns
    -------
    Control
        The slider.
    """
    return slider("z", "z", NEAR, start)
