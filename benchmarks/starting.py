"""J6: the import, and a cold start: a new process that imports, sets up and trains J1 for a hundred epochs.

As after any first start, the modules are compiled already: Python's bytecode is kept, in a folder for these processes.
"""

import os
import resource
import subprocess
import sys
from functools import partial
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.contenders import CONTENDERS
from benchmarks.jobs import JOBS
from benchmarks.measure import Result, at_most, table
from benchmarks.training import UNCOMPARED, prepared

COLD = """from benchmarks.contenders import CONTENDERS
from benchmarks.jobs import JOBS
CONTENDERS[{!r}](JOBS['J1']())(100, True)"""
OURS = "J1 by recorded"
ENGINES = {OURS, "J1 by compiled", "J1 by plain"}
LEFT_OUT = {*UNCOMPARED, "NumPy's floor", "micrograd"}


def run(rounds, quick):
    """The Result: milliseconds of processor time of whole processes, medians of interleaved rounds."""
    _, missing = prepared(JOBS["J1"]())
    programs = {
        "import numpy": "import numpy",
        "import dnn_lessons": "import dnn_lessons",
    }
    programs |= {
        f"J1 by {who}": COLD.format(who)
        for who in CONTENDERS
        if who not in {*missing, *LEFT_OUT}
    }
    # The first one, which compiles the modules, is left out.
    count = 1 + (1 if quick else min(rounds, 7))
    with TemporaryDirectory() as bytecode:
        taken = [
            {
                name: process_seconds(program, bytecode)
                for name, program in programs.items()
            }
            for _ in range(count)
        ]
    seconds = {name: [each[name] for each in taken[1:]] for name in programs}
    rows = [(name, f"{1e3 * median(times):,.0f}") for name, times in seconds.items()]
    above = median(
        b - a
        for a, b in zip(
            seconds["import numpy"], seconds["import dnn_lessons"], strict=True
        )
    )
    rows.insert(2, ("import dnn_lessons, above NumPy's", f"{1e3 * above:.0f}"))
    notes = [f"Not here: {who}, {why}." for who, why in missing.items()]
    peers = [
        median(seconds[name])
        for name in programs
        if name.startswith("J1 by") and name not in ENGINES
    ]
    aims = [
        at_most("import dnn_lessons, ms above NumPy's", 10, 1e3 * above),
        at_most(
            "cold start / the fastest one of others",
            1,
            median(seconds[OURS]) / min(peers),
        ),
    ]
    return Result(
        "J6: cold start of a process", table(("process", "ms"), rows), notes, aims=aims
    )


def process_seconds(program, bytecode):
    """User and system seconds of a new Python that runs the program and keeps its bytecode in that folder.

    An import of NumPy goes before it, so that no program pays for what the one before it left in the caches.
    """
    environment = {
        **os.environ,
        "PYTHONPYCACHEPREFIX": bytecode,
        "PYTHONDONTWRITEBYTECODE": "",
    }
    start = partial(
        subprocess.run, check=True, stdout=subprocess.DEVNULL, env=environment
    )
    start([sys.executable, "-c", "import numpy"])
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start([sys.executable, "-c", program])
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
