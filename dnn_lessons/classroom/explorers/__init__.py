"""Explorers: controls joined to one compute and one draw, a few lines each; no formula of the lessons stands here."""

from dnn_lessons.classroom.explorers.activations import activation_explorer, leak_explorer
from dnn_lessons.classroom.explorers.batches import batch_explorer
from dnn_lessons.classroom.explorers.costs import loss_explorer, outlier_explorer
from dnn_lessons.classroom.explorers.descent import initialisation_explorer, rate_explorer
from dnn_lessons.classroom.explorers.explorer import Explorer, choice, slider
from dnn_lessons.classroom.explorers.forward import network_explorer
from dnn_lessons.classroom.explorers.gradients import backward_explorer, check_explorer
from dnn_lessons.classroom.explorers.training import (
    decision_explorer,
    regression_explorer,
    taste_explorer,
    training_explorer,
)

__all__ = [
    "Explorer", "activation_explorer", "backward_explorer", "batch_explorer", "check_explorer", "choice",
    "decision_explorer", "initialisation_explorer", "leak_explorer", "loss_explorer", "network_explorer",
    "outlier_explorer", "rate_explorer", "regression_explorer", "slider", "taste_explorer", "training_explorer",
]  # fmt: skip
