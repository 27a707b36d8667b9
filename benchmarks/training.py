"""J1 to J3 and the document's command: the same training by every contender, compared and then timed."""

from statistics import median

import numpy as np

from benchmarks.contenders import CONTENDERS
from benchmarks.jobs import JOBS
from benchmarks.measure import Result, interleaved, ratios, table

UNCOMPARED = {"matrix products alone"}
TOLERANCES = {"float64": 1e-9, "float32": 1e-3}


def run(name, rounds, quick):
    """The Result of a training job; quick: compared only."""
    job = JOBS[name]()
    runs, missing = prepared(job)
    differences = compared(job, runs)
    title, notes = (
        f"{name}: {job.what}, {job.dtype}",
        [f"Not here: {who}, {why}." for who, why in missing.items()],
    )
    if quick:
        rows = [(who, f"{d:.0e}") for who, d in differences.items()]
        return Result(title, table(("contender", "results differ by"), rows), notes)
    seconds = interleaved(runs, rounds)
    columns = [
        ratios(seconds, other)
        for other in ("recorded", "NumPy's floor", "the document's algorithm")
    ]
    rows = [
        (
            who,
            f"{1e6 * median(seconds[who]) / job.steps:,.1f}",
            *(f"{column[who]:.2f}" for column in columns),
            f"{differences[who]:.0e}" if who in differences else "",
        )
        for who in sorted(columns[0], key=columns[0].get)
    ]
    heads = (
        "contender",
        "µs a step",
        "time / recorded",
        "/ NumPy's floor",
        "/ document's",
        "results differ by",
    )
    return Result(title, table(heads, rows), notes, seconds)


def prepared(job):
    """({name: train}, {name: why it is missing}) of the contenders for the job."""
    runs, missing = {}, {}
    for name, make in CONTENDERS.items():
        try:
            runs[name] = make(job)
        except ImportError as error:
            missing[name] = f"not installed ({error.name})"
        except NotImplementedError as error:
            missing[name] = str(error)
    return runs, missing


def compared(job, runs, epochs=1):
    """{name: largest difference of a parameter or cost from the plain one's, as a part}; batches in one order.

    Raises ValueError where a contender did not train the same network.
    """
    expected = runs["plain"](epochs, False)
    ends = {
        who: train(epochs, False) for who, train in runs.items() if who not in UNCOMPARED
    }
    differences = {who: difference(trained, expected) for who, trained in ends.items()}
    wrong = {
        who: d for who, d in differences.items() if not d <= TOLERANCES[str(job.dtype)]
    }
    if wrong:
        raise ValueError(
            f"{job.name}: other results than the plain functions give: {wrong}"
        )
    return differences


def difference(trained, expected):
    """The largest difference of a parameter, divided by the largest parameter, or of a cost, by the largest cost."""
    (P, costs), (expected_P, expected_costs) = trained, expected
    size = max(np.abs(A).max() for A in expected_P.values())
    furthest = max(np.abs(P[name] - A).max() for name, A in expected_P.items()) / size
    gaps = np.abs(np.subtract(costs, expected_costs)) / max(expected_costs)
    return max(furthest, gaps.max())
