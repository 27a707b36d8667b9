"""The calls of a recorded step beside those of NumPy's floor, with the time of each: `python -m benchmarks.calls J1`.

Each call is repeated alone, so the sums are below the time of a step, in which calls push each other out of the caches.
"""

import sys
from collections import Counter
from time import process_time

import numpy as np

from benchmarks import straight
from benchmarks.jobs import JOBS
from benchmarks.measure import machine, table
from dnn_lessons import ACTIVATIONS, COSTS, training
from dnn_lessons._checks import check_data
from dnn_lessons.engines.recorded import RecordedEpochs


def main(name="J1"):
    """Print the microseconds that each NumPy function takes in a step, and how often it is called."""
    job = JOBS[name]()
    ours, floor = counted(recorded_calls(job)), counted(floor_calls(job))
    rows = [
        (function, *shown(ours.get(function)), *shown(floor.get(function)))
        for function in sorted(
            {*ours, *floor}, key=lambda each: -sum(ours.get(each, (0,)))
        )
    ]
    rows.append(("all", *shown(total(ours)), *shown(total(floor))))
    heads = "function", "calls, recorded", "µs", "calls, NumPy's floor", "µs"
    print(machine(), "", *table(heads, rows), sep="\n")  # noqa: T201


def recorded_calls(job):
    """The functions without arguments that a recorded step calls."""
    model = ACTIVATIONS["relu"], ACTIVATIONS[job.output], COSTS[job.cost]
    X, Y = check_data(job.X, job.Y, job.parameters, model[-1])
    batching = job.batch_size, False, None
    work = training.Job(X, Y, model, 1e-9, batching)  # so small a rate changes little
    replay = RecordedEpochs(work, job.parameters).replays[job.batch_size]
    batch = np.arange(job.batch_size)
    takes = [
        lambda pair=pair: pair[0](batch, 0, pair[1], "clip") for pair in replay.inputs
    ]
    return [*takes, *replay.calls, lambda: replay.output.tobytes("F")]


def floor_calls(job):
    """The functions without arguments that a step of NumPy's floor calls."""
    theta, W = straight.joined(job)
    work = job._replace(rate=1e-9)
    calls, batch, gather = straight.straight_step(work, theta, W, len)
    return [lambda: gather(np.arange(job.batch_size), 0, batch, "clip"), *calls]


def counted(calls):
    """{name of a function: (how often it is called, microseconds of all these calls)}."""
    names = [
        getattr(getattr(call, "func", None), "__name__", "batch in, output out")
        for call in calls
    ]
    times = Counter()
    for name, call in zip(names, calls, strict=True):
        times[name] += microseconds(call)
    return {name: (count, times[name]) for name, count in Counter(names).items()}


def total(functions):
    """The calls and the microseconds of all functions."""
    return tuple(map(sum, zip(*functions.values(), strict=True)))


def shown(numbers):
    """A pair of numbers as text; two empty texts for nothing."""
    return (numbers[0], f"{numbers[1]:.1f}") if numbers else ("", "")


def microseconds(call, repeats=2000, rounds=9):
    """The least time of a call, alone."""
    seconds = []
    for _ in range(rounds):
        start = process_time()
        for _ in range(repeats):
            call()
        seconds.append(process_time() - start)
    return 1e6 * min(seconds) / repeats


if __name__ == "__main__":
    main(*sys.argv[1:])
