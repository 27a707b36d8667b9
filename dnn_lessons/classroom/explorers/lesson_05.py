"""Lesson 05, the hyperbolic tangent: z slides along the curve, in float64 or float32."""

from dnn_lessons.classroom.explorers.explorer import explorer
from dnn_lessons.classroom.explorers.saturating_curves import saturating_explorer


@explorer
def tanh_explorer():
    """Return the explorer of tanh.

    Returns
    -------
    Explorer
        Its controls are z and the number format.
    """
    return saturating_explorer("tanh")
