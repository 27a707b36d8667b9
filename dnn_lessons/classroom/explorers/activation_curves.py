"""What the explorers of lessons 02 to 05 share: z slides along an activation, with its tangent and its slope."""

from typing import NamedTuple

import numpy as np

from dnn_lessons.classroom.explorers.controls import slider
from dnn_lessons.classroom.figures.activations import activation_and_slope

KINKED = ("relu", "leaky_relu")  # their slope jumps at z = 0
NEAR = np.linspace(-4, 4, 161)  # where an activation with a kink is looked at
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
    """Return the picture: the curve with its tangent, and its slope below.

    Parameters
    ----------
    state : CurveState
        What is drawn.

    Returns
    -------
    matplotlib.figure.Figure
        The picture.
    """
    kink = 0.0 if state.name in KINKED else None
    return activation_and_slope(
        state.Z, state.A, state.slope, state.name, kink=kink, at=state.at
    )


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
