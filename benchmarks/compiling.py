"""J10: what the compiled engine takes before its first step, and from how many steps on it is ahead of the list."""

import os
from statistics import median
from tempfile import TemporaryDirectory
from unittest.mock import patch

from benchmarks.contenders import CONTENDERS
from benchmarks.jobs import JOBS
from benchmarks.measure import Result, at_most, interleaved, table


def run(rounds, quick):
    """The Result, for the document's job."""
    job = JOBS["document"]()
    starts = [starting(job) for _ in range(1 if quick else min(rounds, 7))]
    compiling, kept = (median(times) for times in zip(*starts, strict=True))
    rows = [
        ("seconds until it runs, compiled", f"{compiling:.2f}"),
        ("seconds until it runs, kept from an earlier run", f"{kept:.3f}"),
    ]
    if not quick:
        rows += ahead(job, compiling, rounds)
    aims = [
        at_most("seconds until it runs, compiled", 0.6, compiling),
        at_most("seconds until it runs, kept", 0.05, kept, "{:.3f}"),
    ]
    title = "J10: the start of the compiled engine, document"
    return Result(title, table(("what", "number"), rows), aims=aims)


def starting(job):
    """Seconds of processor time, the compiler's included, of an epoch and what goes before it: compiled, and kept."""
    with (
        TemporaryDirectory() as folder,
        patch.dict(os.environ, {"XDG_CACHE_HOME": folder}),
    ):
        return [spent(lambda: CONTENDERS["compiled"](job)(1, False)) for _ in range(2)]


def spent(work):
    """Seconds that this process and those that it started spent on the work."""
    before = os.times()
    work()
    return sum(os.times()[:4]) - sum(before[:4])


def ahead(job, compiling, rounds):
    """Rows: microseconds of a step by each engine, and the steps after which the program has made up for its start."""
    runs = {who: CONTENDERS[who](job) for who in ("recorded", "compiled")}
    seconds = interleaved(runs, min(rounds, 7))
    by_list, as_program = (median(seconds[who]) / job.steps for who in runs)
    return [
        ("µs of a step as a list", f"{1e6 * by_list:.1f}"),
        ("µs of a step as a program", f"{1e6 * as_program:.1f}"),
        (
            "steps until the program is ahead",
            f"{compiling / (by_list - as_program):,.0f}",
        ),
    ]
