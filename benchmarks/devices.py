"""J9: the lessons' functions on JAX with two devices, each of which takes half of every batch.

The devices are parts of the processor that JAX is told to take for devices. What is compared is results, not times: it
is the way to a graphics card or several machines, which were not run.
"""

import json
import os
import subprocess
import sys
from importlib.util import find_spec

from benchmarks.measure import Result, at_most, table

JOBS = "J1", "document"
PROGRAM = """from benchmarks import devices
devices.print_compared()"""


def run(rounds, quick):
    """The Result: how far the results of two devices are from those of the plain functions."""
    title, heads = (
        "J9: JAX on two devices",
        ("job", "devices", "results differ by", "exchanges in the program"),
    )
    if find_spec("jax") is None:
        return Result(title, table(heads, []), ["Not here: JAX, not installed (jax)."])
    flags = "--xla_force_host_platform_device_count=2 " + os.environ["XLA_FLAGS"]
    command = [sys.executable, "-c", PROGRAM]
    environment = {**os.environ, "FLAGS_OF_TWO": flags}
    done = subprocess.run(
        command, env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    rows = json.loads(done.stdout)
    aims = [
        at_most(f"results differ by, {name} on {count} devices", 1e-12, gap, "{:.0e}")
        for name, count, gap, _ in rows
    ]
    shown = [(name, count, f"{gap:.0e}", sums) for name, count, gap, sums in rows]
    return Result(title, table(heads, shown), aims=aims)


def print_compared():
    """Print the rows of the table; run in a process of its own, as JAX reads its flags once."""
    os.environ["XLA_FLAGS"] = os.environ["FLAGS_OF_TWO"]
    sys.stdout.write(json.dumps([compared(name) for name in JOBS]))


def compared(name):
    """The job, the number of devices, how far the results are from plain, and how often devices exchange sums."""
    import jax  # noqa: PLC0415
    import numpy as np  # noqa: PLC0415

    from benchmarks import on_jax  # noqa: PLC0415
    from benchmarks.contenders import CONTENDERS, batches_of, jax_whole  # noqa: PLC0415
    from benchmarks.jobs import JOBS  # noqa: PLC0415
    from benchmarks.training import difference  # noqa: PLC0415
    from dnn_lessons import ACTIVATIONS, COSTS  # noqa: PLC0415

    job = JOBS[name]()
    gap = difference(jax_whole(job)(10, True), CONTENDERS["plain"](job)(10, True))
    model = ACTIVATIONS["relu"], ACTIVATIONS[job.output], COSTS[job.cost]
    data = [np.ascontiguousarray(A.T) for A in (job.X, job.Y)]
    lowered = on_jax.training(model, job.rate).lower(
        job.parameters, *data, batches_of(job, 1, False)
    )
    return (
        name,
        jax.device_count(),
        gap,
        lowered.compile().as_text().count(" all-reduce("),
    )
