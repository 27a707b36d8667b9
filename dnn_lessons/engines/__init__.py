"""Engines (lesson 15): other ways to run the training step of the lessons, to the same numbers.

An engine takes a Job and the parameters to start from, as `training.plain` does, and returns
a function parameters -> (cost, parameters) that runs one epoch. Training knows no engine but
the plain one; the others are entered here into its table ENGINES.
"""

from dnn_lessons.engines import compiled, recorded, replay, tape
from dnn_lessons.training import ENGINES

ENGINES |= {"recorded": recorded.recorded, "compiled": compiled.compiled}

__all__ = ["ENGINES", "compiled", "recorded", "replay", "tape"]
