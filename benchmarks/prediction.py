"""J4: predicting many examples, through a small network and a wide one: time and the memory beyond the output."""

import numpy as np

from benchmarks import document
from benchmarks.measure import Result, at_most, fastest, peak_memory, table
from dnn_lessons import initialize_parameters
from dnn_lessons.network import predict

NETWORKS = {
    "small": ((1, 20, 20, 1), 1_000_000, np.float64),
    "deep": ((8, *[32] * 20, 1), 200_000, np.float64),
    "wide": ((64, 1024, 1024, 10), 50_000, np.float32),
}


def run(rounds, quick):
    """The Result: ours beside the matrix products of the whole data set and the document's algorithm."""
    rows, aims = [], []
    for name, (dims, m, dtype) in NETWORKS.items():
        parameters = initialize_parameters(dims, rng=0, dtype=dtype)
        X = (
            np.random.default_rng(0)
            .standard_normal((dims[0], m // 100 if quick else m))
            .astype(dtype)
        )
        what = f"{name}, {'-'.join(map(str, shortened(dims)))}, {X.shape[1]:,}"
        times, extra = measured(X, parameters, rounds)
        rows += [
            (
                what,
                who,
                f"{1e9 * s / X.shape[1]:,.0f}",
                f"{s / times['products']:.2f}",
                f"{extra[who]:,.1f}",
            )
            for who, s in times.items()
        ]
        aims.append(at_most(f"MB beyond the output, {name}", 16, extra["ours"]))
    aims.append(
        at_most("time / matrix products, wide", 1.3, times["ours"] / times["products"])
    )
    heads = (
        "network, examples",
        "who",
        "ns an example",
        "time / matrix products",
        "MB beyond the output",
    )
    return Result("J4: predicting", table(heads, rows), aims=aims)


def shortened(dims):
    """The dims, a long run of equal ones told by its count."""
    return dims if len(dims) < 6 else (dims[0], f"{len(dims) - 2}x{dims[1]}", dims[-1])


def measured(X, parameters, rounds):
    """{who: seconds} and {who: megabytes beyond the output} of one network; the answers are compared first."""

    def ours(X):
        return predict(X, parameters, "relu", "linear")

    def theirs(X):
        return document.model_forward(X, parameters, "relu", "linear")[0]

    np.testing.assert_allclose(
        ours(X[:, :1000]), theirs(X[:, :1000]), rtol=1e-3, atol=1e-4
    )
    weights = [P for key, P in parameters.items() if key.startswith("W")]
    works = {
        "ours": ours,
        "products": lambda X: products(X, weights),
        "the document's": theirs,
    }
    seconds = {
        who: fastest(lambda work=work: work(X), min(rounds, 3))
        for who, work in works.items()
    }
    return seconds, {
        who: beyond_output(lambda work=work: work(X)) for who, work in works.items()
    }


def beyond_output(predicting):
    """Megabytes that it held at most, beyond what it returns."""
    most, AL = peak_memory(predicting)
    return (most - AL.nbytes) / 1e6


def products(X, weights, block=4096):
    """The matrix products of a forward pass alone."""
    AL = np.empty((weights[-1].shape[0], X.shape[1]), X.dtype)
    for start in range(0, X.shape[1], block):
        A = X[:, start : start + block]
        for W in weights:
            A = np.dot(W, A)
        AL[:, start : start + block] = A
    return AL
