"""The jobs by their names, in the order of the report."""

from functools import partial

from benchmarks import (
    compiling,
    devices,
    lessons,
    prediction,
    scaling,
    starting,
    training,
)
from benchmarks.jobs import JOBS

SUITE = {
    **{name: partial(training.run, name) for name in JOBS},
    "J4": prediction.run,
    "J5": scaling.run,
    "J6": starting.run,
    "J7": lessons.moves,
    "J8": lessons.notebooks,
    "J9": devices.run,
    "J10": compiling.run,
}
