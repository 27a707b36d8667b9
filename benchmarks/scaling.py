"""J5: how the time and the memory of an epoch grow with the number of examples, the depth and the width."""

import numpy as np

from benchmarks.measure import Result, at_most, exponent, peak_memory, table, timed
from dnn_lessons import initialize_parameters, train_epochs
from dnn_lessons.classroom.figures import LOOKS, new_figure

SIZES = {
    "examples": (1_000, 10_000, 100_000, 1_000_000),
    "layers": (2, 5, 10, 20, 50, 100),
    "units": (16, 64, 256, 1024, 4096),
}
FEW = 2_048  # examples where depth or width grows
INPUTS = 8  # and one output


def run(rounds, quick):
    """The Result: the least seconds and the memory of an epoch, by what grows; not the first, which also records."""
    rows, curves, aims = [], {}, []
    for what, all_sizes in SIZES.items():
        sizes = all_sizes[:2] if quick else all_sizes
        measured = [epoch(what, size, min(rounds, 5)) for size in sizes]
        seconds = [each[0] for each in measured]
        curves[what] = sizes, seconds
        rows += [
            row(what, size, *each) for size, each in zip(sizes, measured, strict=True)
        ]
        power = exponent(sizes[-3:], seconds[-3:])
        rows.append(
            (
                f"exponent by {what}, {sizes[-3:][0]:,} to {sizes[-1]:,}",
                f"{power:.2f}",
                "",
                "",
            )
        )
        if what == "examples":
            aims += steady(measured[1:])
    heads = (
        "what",
        "seconds",
        "µs an example",
        "MB beyond data, parameters and permutation",
    )
    return Result(
        "J5: scaling of one epoch, batches of 64",
        table(heads, rows),
        figure=drawn(curves),
        aims=aims,
    )


def steady(measured):
    """The aims for growing m: time of an example, and memory of an epoch beside the data, which keeps each output."""
    times = [s / m for s, _, m in measured]
    parts = [held / (8 * m * (INPUTS + 1)) for _, held, m in measured]
    return [
        at_most(
            "time of an example, slowest / fastest from 10,000 on",
            1.1,
            max(times) / min(times),
        ),
        at_most("memory of an epoch / of its data, from 10,000 on", 1, max(parts)),
    ]


def drawn(curves):
    """Seconds of an epoch by size, {what: (sizes, seconds)}, a panel each, on logarithmic axes."""
    figure, axes = new_figure(1, len(curves), width=9.0)
    for ax, (what, (sizes, seconds)) in zip(axes, curves.items(), strict=True):
        ax.loglog(sizes, seconds, marker="o", color=LOOKS["model"].colour)
        power = exponent(sizes[-3:], seconds[-3:])
        ax.set(
            xlabel=what,
            ylabel="seconds of an epoch",
            title=f"exponent {power:.2f} at the end",
        )
    return figure


def epoch(what, size, repeats):
    """(least seconds of an epoch, bytes that it held beyond its permutation and the parameters it gives, examples)."""
    m, layers, units = (
        {"examples": FEW, "layers": 2, "units": 32} | {what: size}
    ).values()
    rng = np.random.default_rng(0)
    X, Y = (
        np.asfortranarray(rng.standard_normal((INPUTS, m))),
        np.asfortranarray(rng.random((1, m))),
    )
    parameters = initialize_parameters((INPUTS, *[units] * layers, 1), rng=0)
    run = train_epochs(
        X,
        Y,
        parameters,
        "relu",
        "linear",
        "mse",
        learning_rate=1e-4,
        num_epochs=repeats + 2,
        rng=0,
    )
    next(run)
    seconds = min(timed(next, run) for _ in range(repeats))
    extra, _ = peak_memory(lambda: next(run))
    return seconds, extra - 8 * m - sum(P.nbytes for P in parameters.values()), m


def row(what, size, seconds, extra, m):
    """A line of the table."""
    return (
        f"{size:,} {what}",
        f"{seconds:.3g}",
        f"{1e6 * seconds / m:,.2f}",
        f"{max(0, extra) / 1e6:.2f}",
    )
