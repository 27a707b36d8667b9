"""What the explorers of lessons 02 to 05 share: z slides along an activation, with its tangent and its slope."""

from typing import NamedTuple

import numpy as np

from dnn_lessons.classroom.explorers.controls import even_values, slider
from dnn_lessons.classroom.explorers.picture import (
    Axis,
    Handle,
    Line,
    Panel,
    Picture,
    Points,
)
from dnn_lessons.classroom.figures.parts import with_gap

KINKED = ("relu", "leaky_relu")  # their slope jumps at z = 0
NEAR = even_values(-4, 4, 0.05)  # where an activation with a kink is looked at
POINTS = 321  # of a curve


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
    z, a, slope = state.at
    kink = 0.0 if state.name in KINKED else None
    tangent = Line(
        state.Z, a + slope * (state.Z - z), "backward", f"tangent, slope {slope:.3g}"
    )
    curve = Line(*with_gap(state.Z, state.A, kink), "forward", state.name, width=3)
    slopes = Line(*with_gap(state.Z, state.slope, kink), "backward", "slope", width=3)
    above = [curve, tangent, Handle(z, a, ("z", ""), "z")]
    below = [slopes, *_jump(state, kink), Handle(z, slope, ("z", ""), "z")]
    return Picture([_panel(state, state.A, above), _panel(state, state.slope, below)])


def _panel(state, values, marks):
    """Return a panel over Z whose vertical axis holds the values and 0."""
    low, high = min(0.0, values.min()), max(0.0, values.max())
    spare = 0.15 * (high - low)
    y = Axis("", low - spare, high + spare)
    return Panel("", Axis("z", state.Z[0], state.Z[-1]), y, marks)


def _jump(state, kink):
    """Return the marks of the slope at a kink: the value taken is filled, the limit from the right is open."""
    if kink is None:
        return []
    left = np.searchsorted(state.Z, kink, side="right") - 1
    taken, other = state.slope[left : left + 2]
    return [
        Points([kink], [taken], "backward", "value taken at the kink"),
        Points([kink], [other], "label 0", "limit from the right"),
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
        One line.
    """
    z, a, slope = state.at
    return f"z = {z:.4g}: {state.name} = {a:.9g}, slope = {slope:.3g}"


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
