"""J7: one move of each explorer's first control, computed and drawn, no browser. J8: all lessons under nbval."""

import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.measure import Result, at_most, table

ARGUMENTS = {"activation_explorer": ("tanh",), "loss_explorer": ("cross_entropy",)}
ROOT = Path(__file__).resolve().parent.parent


def explorers():
    """{name: function that makes an explorer} of the classroom, or {} while there are none."""
    try:
        package = importlib.import_module("dnn_lessons.classroom.explorers")
    except ImportError:
        return {}
    names = [f"{package.__name__}.{info.name}" for info in pkgutil.iter_modules(package.__path__)]
    modules = [importlib.import_module(name) for name in names]
    return {name: make for module in modules for name, make in vars(module).items()
            if name.endswith("_explorer") and make.__module__ == module.__name__}  # fmt: skip


def move(explorer):
    """Milliseconds until the picture has answered a move of the first control, and until its run, if any, has ended."""
    control = explorer._table[0]
    there = control.values[(control.start + 1) % len(control.values)]
    times = [perf_counter()]
    for answer in (lambda: explorer.set(**{control.name: there}), explorer.finish):
        answer()
        times.append(perf_counter())
    return 1e3 * (times[1] - times[0]), 1e3 * (times[2] - times[0])


def moves(rounds, quick):
    """The Result of J7."""
    rows = []
    for name, make in explorers().items():
        explorer, times = make(*ARGUMENTS.get(name, ())), []
        for _ in range(2 if quick else min(rounds, 7)):
            times.append(move(explorer))
            explorer.reset()
        rows.append((name, *(f"{median(column):,.0f}" for column in zip(*times, strict=True))))
    notes = [] if rows else ["No explorer yet."]
    heads = "explorer", "ms to answer", "ms to the end of its run"
    return Result("J7: one slider move, computed and drawn, no browser", table(heads, rows), notes)


def notebooks(rounds, quick):
    """The Result of J8: seconds of the tests that execute every lesson and compare its output."""
    found = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))[: 1 if quick else None]
    command = [sys.executable, "-m", "pytest", "-q", "-o", "addopts=", "-n", "2", "--dist=loadscope", "--nbval",
               f"--nbval-sanitize-with={ROOT / 'tests' / 'nbval_sanitize.cfg'}", *map(str, found)]  # fmt: skip
    start = perf_counter()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    verdict = (done.stdout.strip().splitlines() or ["no output"])[-1].strip("= ")
    seconds = perf_counter() - start
    rows = [(len(found), f"{seconds:.0f}", verdict)]
    aims = [at_most("seconds for all lessons", 60, seconds, "{:.0f}")]
    heads = "lessons", "seconds", "pytest says"
    return Result("J8: all lessons under nbval, two processes", table(heads, rows), aims=aims)
