"""Lesson 05, the hyperbolic tangent: z moves along the curve, in float64 or float32."""

from dnn_lessons.classroom.explorers.saturating_curves import saturating_explorer


def tanh_explorer(**values):
    """Return the explorer of tanh.

    Parameters
    ----------
    **values : object
        Values of controls by name, where they do not stand at their start.

    Returns
    -------
    Explorer
        Its controls are z and the number format.
    """
    return saturating_explorer(tanh_explorer, "tanh", values)
