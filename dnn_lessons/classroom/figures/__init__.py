"""Pictures: arrays in, a Matplotlib Figure out. Nothing here trains, shows, saves or touches pyplot's global state."""

from dnn_lessons.classroom.figures.style import COLOURS, new_figure, show

__all__ = ["COLOURS", "new_figure", "show"]
