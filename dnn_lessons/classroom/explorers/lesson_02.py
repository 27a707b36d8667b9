"""Lesson 02, the sigmoid: z slides along the curve, in float64 or float32."""

from dnn_lessons.classroom.explorers.explorer import explorer
from dnn_lessons.classroom.explorers.saturating_curves import saturating_explorer


@explorer
def sigmoid_explorer():
    """Return the explorer of the sigmoid.

    Returns
    -------
    Explorer
        Its controls are z and the number format.
    """
    return saturating_explorer("sigmoid")
