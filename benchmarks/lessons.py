"""J7: moves of all controls of each explorer, computed and drawn, no browser. J8: all lessons under nbval."""

import importlib
import inspect
import pkgutil
import subprocess
import sys
from math import inf
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from benchmarks.measure import Result, at_most, table

ROOT = Path(__file__).resolve().parent.parent


def explorers():
    """{name: function that makes an explorer} of the classroom, or {} while there are none."""
    try:
        package = importlib.import_module("dnn_lessons.classroom.explorers")
    except ImportError:
        return {}
    names = [
        f"{package.__name__}.{info.name}"
        for info in pkgutil.iter_modules(package.__path__)
    ]
    modules = [importlib.import_module(name) for name in names]
    return {
        name: make
        for module in modules
        for name, make in vars(module).items()
        if name.endswith("_explorer")
        and make.__module__ == module.__name__
        and not needed(make)
    }


def needed(make):
    """The arguments that a function cannot be called without; one that has any is a part of explorers."""
    parameters = inspect.signature(make).parameters.values()
    open_ended = inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD
    return [p for p in parameters if p.default is p.empty and p.kind not in open_ended]


def answers(explorer, rounds):
    """Milliseconds until the picture has answered a move, for each control moved there and on so many times."""
    times = []
    for control in explorer.controls * rounds:
        for _ in range(2):
            start = perf_counter()
            explorer.set(
                **{control.name: following(control, explorer.values[control.name])}
            )
            times.append(1e3 * (perf_counter() - start))
    return times


def following(control, value):
    """The control's next value, after the last the first."""
    return control.values[(control.values.index(value) + 1) % len(control.values)]


def ending(explorer):
    """Milliseconds until the run, if any, has ended from where the controls started."""
    explorer.reset()
    start = perf_counter()
    explorer.finish()
    return 1e3 * (perf_counter() - start)


def moves(rounds, quick):
    """The Result of J7."""
    rows = []
    for name, make in explorers().items():
        explorer = make()
        times = answers(explorer, 1 if quick else min(rounds, 7))
        ends = (
            [ending(explorer) for _ in range(2 if quick else 3)] if explorer.runs else [0]
        )
        rows.append(
            (
                name,
                *(
                    f"{each:,.0f}"
                    for each in (median(times), quantiles(times, n=20)[-1], median(ends))
                ),
            )
        )
    notes = [] if rows else ["No explorer yet."]
    heads = "explorer", "ms to answer", "95th percentile", "ms to the end of its run"
    return Result(
        "J7: one slider move, computed and drawn, no browser", table(heads, rows), notes
    )


def notebooks(rounds, quick):
    """The Result of J8: seconds of the tests that execute every lesson and compare its output."""
    found = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))[: 1 if quick else None]
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-o",
        "addopts=",
        "-n",
        "2",
        "--dist=loadscope",
        "--nbval",
        f"--nbval-sanitize-with={ROOT / 'tests' / 'notebooks' / 'nbval_sanitize.cfg'}",
        *map(str, found),
    ]
    start = perf_counter()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    seconds = perf_counter() - start
    verdict = (done.stdout.strip() or done.stderr.strip()).splitlines()[-1].strip("= ")
    rows = [(len(found), f"{seconds:.0f}", verdict)]
    aims = [
        at_most(
            "seconds for all lessons",
            60,
            seconds if done.returncode == 0 else inf,
            "{:.0f}",
        )
    ]
    heads = "lessons", "seconds", "pytest says"
    return Result(
        "J8: all lessons under nbval, two processes", table(heads, rows), aims=aims
    )
