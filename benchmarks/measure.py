"""Clocks, memory and machine: contenders in interleaved rounds, medians of per-round ratios."""

import os
import platform
import tracemalloc
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from time import process_time
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from matplotlib.figure import Figure
from threadpoolctl import threadpool_info

from benchmarks import THREADS

SHARE = 0.15  # seconds that a contender may use in one round


class Result(NamedTuple):
    """A job's title, Markdown table, notes, {contender: seconds of one epoch in each round}, picture, aims.

    An aim is (what, the value to be reached, the value measured, whether that is reached).
    """

    title: str
    table: list
    notes: tuple | list = ()
    seconds: Mapping = MappingProxyType({})
    figure: Figure | None = None
    aims: tuple | list = ()

    @property
    def lines(self):
        """The Markdown of it all."""
        return [
            f"## {self.title}",
            "",
            *self.table,
            "",
            *(f"{note}\n" for note in self.notes),
        ]


def at_most(what, limit, value, form="{:,.2f}"):
    """The aim that `value` be at most `limit`."""
    return what, f"at most {form.format(limit)}", form.format(value), value <= limit


def at_least(what, limit, value, form="{:,.2f}"):
    """The aim that `value` be at least `limit`."""
    return what, f"at least {form.format(limit)}", form.format(value), value >= limit


def table(heads, rows):
    """The lines of a Markdown table; all columns but the first are numbers."""
    rule = ["---", *["---:"] * (len(heads) - 1)]
    return [f"| {' | '.join(map(str, row))} |" for row in (heads, rule, *rows)]


def timed(work, *arguments):
    """Seconds of processor time: with one thread the time on the clock, without what other programs take."""
    start = process_time()
    work(*arguments)
    return process_time() - start


def fastest(work, repeats=5):
    """The least of the times of some runs, the first left out."""
    return min([timed(work) for _ in range(repeats + 1)][1:])


def calibrate(train):
    """How many epochs fill a contender's share of a round, ten at least where an epoch takes less than that share.

    Each number is run twice: the first time, some compile.
    """
    epochs = 1
    while (seconds := min(timed(train, epochs, True) for _ in range(2))) < SHARE / 4:
        epochs *= 4
    return max(10 if seconds < SHARE else 1, round(epochs * SHARE / seconds))


def interleaved(runs, rounds):
    """{name: [seconds of one epoch in each round]}: each round runs every contender once, one after the other.

    It is the time of a further epoch: the first, with what starts a training, is run apart and taken off.
    """
    epochs = {name: calibrate(train) for name, train in runs.items()}
    seconds = {name: [] for name in runs}
    for _ in range(rounds):
        for name, train in runs.items():
            first = timed(train, 1, True)
            seconds[name].append(
                (timed(train, 1 + epochs[name], True) - first) / epochs[name]
            )
    return seconds


def ratios(seconds, other):
    """{name: median over the rounds of its time divided by the other's in the same round}."""
    return {
        name: median(a / b for a, b in zip(times, seconds[other], strict=True))
        for name, times in seconds.items()
    }


def peak_memory(work):
    """(bytes that NumPy and Python held at most while it ran, beyond those held before; the result)."""
    tracemalloc.start()
    try:
        result = work()
        return tracemalloc.get_traced_memory()[1], result
    finally:
        tracemalloc.stop()


def exponent(sizes, seconds):
    """The power of size that the time grows with, by a straight line through the logarithms."""
    return float(np.polyfit(np.log(sizes), np.log(seconds), 1)[0])


def machine():
    """One line: processor, threads, Python, NumPy, its BLAS and the kernel that it chose."""
    cpu = Path("/proc/cpuinfo")
    lines = cpu.read_text().splitlines() if cpu.exists() else []
    model = next(
        (line.split(":")[1].strip() for line in lines if line.startswith("model name")),
        platform.processor(),
    )
    blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
    kernels = {each.get("architecture") for each in threadpool_info()} - {None}
    return (
        f"{model}, {os.cpu_count()} cores, {THREADS} thread used; Python {platform.python_version()}, "
        f"NumPy {np.__version__}, {blas['name']} {blas['version']}, "
        f"kernel {' and '.join(sorted(kernels)) or 'unknown'}"
    )
