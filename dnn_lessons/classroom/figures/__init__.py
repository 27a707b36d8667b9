"""Pictures: arrays in, a Matplotlib Figure out. Nothing here trains, saves or touches pyplot's global state."""

from dnn_lessons._extras import extra

with extra("lessons"):
    from dnn_lessons.classroom.figures.display import png, show
    from dnn_lessons.classroom.figures.looks import LOOKS, RATES, looks_of, new_figure

__all__ = ["LOOKS", "RATES", "looks_of", "new_figure", "png", "show"]
