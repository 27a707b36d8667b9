"""A file as a Table, read as the command reads it."""

import numpy as np

from dnn_lessons.command.read_file import read_file
from dnn_lessons.command.recipe import Choices, filled, prepare
from dnn_lessons.datasets import Table


def read_table(path, target=None, **choices):
    """Return the Table of a file; a gap is the mean of its column."""
    made = prepare(read_file(path), Choices(target, **choices))
    with np.errstate(over="ignore"):
        X = filled(made.X, np.nanmean(made.X, axis=1, keepdims=True))
    return Table(X, made.Y, made.recipe["features"], made.recipe["target"])
