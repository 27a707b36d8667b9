"""J5: how the time and the memory of an epoch grow with the number of examples, the depth and the width."""

import numpy as np

from benchmarks.measure import Result, exponent, fastest, peak_memory, table
from dnn_lessons import initialize_parameters, train, train_epochs

SIZES = {
    "examples": (1_000, 10_000, 100_000, 1_000_000),
    "layers": (2, 5, 10, 20, 50, 100),
    "units": (16, 64, 256, 1024, 4096),
}
FEW = 2_048  # examples where depth or width grows


def run(rounds, quick):
    """The Result: seconds of an epoch, by what grows."""
    rows = []
    for what, all_sizes in SIZES.items():
        sizes = all_sizes[:2] if quick else all_sizes
        seconds = [fastest(work(what, size), min(rounds, 3)) for size in sizes]
        rows += [row(what, size, s) for size, s in zip(sizes, seconds, strict=True)]
        power = exponent(sizes[-3:], seconds[-3:])
        rows.append((f"exponent by {what}, {sizes[-3:][0]:,} to {sizes[-1]:,}", f"{power:.2f}", "", ""))
    heads = "what", "seconds", "µs an example", "MB beyond data, parameters and permutation"
    return Result("J5: scaling of one epoch, batches of 64", table(heads, rows))


def data_of(what, size):
    """X, Y and parameters of the job where `what` is `size`."""
    m, layers, units = ({"examples": FEW, "layers": 2, "units": 32} | {what: size}).values()
    rng = np.random.default_rng(0)
    X = np.asfortranarray(rng.standard_normal((8, m)))
    return X, np.asfortranarray(rng.random((1, m))), initialize_parameters((8, *[units] * layers, 1), rng=0)


def work(what, size):
    """An epoch of that job."""
    X, Y, parameters = data_of(what, size)
    return lambda: train(X, Y, parameters, "relu", "linear", "mse", learning_rate=1e-4, num_epochs=1, rng=0)


def row(what, size, seconds):
    """A line of the table; the memory is that of the second epoch."""
    X, Y, parameters = data_of(what, size)
    run = train_epochs(X, Y, parameters, "relu", "linear", "mse", learning_rate=1e-4, num_epochs=2, rng=0)
    next(run)
    bytes_of_parameters = sum(P.nbytes for P in parameters.values())
    extra = peak_memory(lambda: next(run))[0] - 8 * X.shape[1] - bytes_of_parameters
    return f"{size:,} {what}", f"{seconds:.3g}", f"{1e6 * seconds / X.shape[1]:,.2f}", f"{max(0, extra) / 1e6:.2f}"
