"""Explorers: what a lesson lets its reader move. Those of lesson NN are in lesson_NN.py."""

from dnn_lessons._extras import extra

with extra("lessons"):
    from dnn_lessons.classroom.explorers.controls import choice, slider
    from dnn_lessons.classroom.explorers.explorer import Explorer, Run
    from dnn_lessons.classroom.explorers.lesson_00 import taste_explorer
    from dnn_lessons.classroom.explorers.lesson_01 import network_explorer
    from dnn_lessons.classroom.explorers.lesson_03 import relu_explorer
    from dnn_lessons.classroom.explorers.lesson_12 import training_explorer
    from dnn_lessons.classroom.explorers.lesson_14 import regression_explorer

__all__ = [
    "Explorer",
    "Run",
    "choice",
    "network_explorer",
    "regression_explorer",
    "relu_explorer",
    "slider",
    "taste_explorer",
    "training_explorer",
]
