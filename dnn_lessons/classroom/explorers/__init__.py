"""Explorers: what a lesson lets its reader move. Those of lesson NN are in lesson_NN.py."""

from dnn_lessons._extras import extra

with extra("lessons"):
    from dnn_lessons.classroom.explorers.controls import choice, slider
    from dnn_lessons.classroom.explorers.explorer import Explorer
    from dnn_lessons.classroom.explorers.lesson_00 import taste_explorer
    from dnn_lessons.classroom.explorers.lesson_01 import network_explorer
    from dnn_lessons.classroom.explorers.lesson_02 import sigmoid_explorer
    from dnn_lessons.classroom.explorers.lesson_03 import (
        dead_unit_explorer,
        relu_explorer,
    )
    from dnn_lessons.classroom.explorers.lesson_04 import leak_explorer
    from dnn_lessons.classroom.explorers.lesson_05 import tanh_explorer
    from dnn_lessons.classroom.explorers.lesson_06 import cross_entropy_explorer
    from dnn_lessons.classroom.explorers.lesson_07 import squared_error_explorer
    from dnn_lessons.classroom.explorers.lesson_08 import outlier_explorer
    from dnn_lessons.classroom.explorers.lesson_09 import (
        backward_explorer,
        check_explorer,
    )
    from dnn_lessons.classroom.explorers.lesson_10 import (
        initialisation_explorer,
        rate_explorer,
    )
    from dnn_lessons.classroom.explorers.lesson_11 import batch_explorer
    from dnn_lessons.classroom.explorers.lesson_12 import training_explorer
    from dnn_lessons.classroom.explorers.lesson_13 import decision_explorer
    from dnn_lessons.classroom.explorers.lesson_14 import regression_explorer
    from dnn_lessons.classroom.explorers.run import Run

__all__ = [
    "Explorer",
    "Run",
    "backward_explorer",
    "batch_explorer",
    "check_explorer",
    "choice",
    "cross_entropy_explorer",
    "dead_unit_explorer",
    "decision_explorer",
    "initialisation_explorer",
    "leak_explorer",
    "network_explorer",
    "outlier_explorer",
    "rate_explorer",
    "regression_explorer",
    "relu_explorer",
    "sigmoid_explorer",
    "slider",
    "squared_error_explorer",
    "tanh_explorer",
    "taste_explorer",
    "training_explorer",
]
