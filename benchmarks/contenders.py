"""Who trains a job: each function takes a Job and returns train(epochs, shuffle) -> (parameters, costs), all set up.

All do the same work: they return the parameters after the last epoch and the cost of each epoch, which is the mean loss
of the examples, each predicted before the step of its own batch. A peer that is not installed raises ImportError.
"""

import warnings
from functools import partial

import numpy as np

from benchmarks import document, straight
from benchmarks.jobs import orders
from dnn_lessons import ACTIVATIONS, COSTS, train


def ours(job, engine):
    """dnn_lessons: compiled, recorded or plain."""

    def run(epochs, shuffle):
        settings = {
            "learning_rate": job.rate,
            "num_epochs": epochs,
            "batch_size": job.batch_size,
            "shuffle": shuffle,
        }
        names = "relu", job.output, job.cost
        return train(
            job.X, job.Y, job.parameters, *names, **settings, rng=0, engine=engine
        )

    return run


def the_document(job):
    """The document's algorithm."""

    def run(epochs, shuffle):
        drawn = orders(job, epochs, shuffle)
        return document.train(
            job.X,
            job.Y,
            job.parameters,
            "relu",
            job.output,
            job.cost,
            job.rate,
            job.batch_size,
            drawn,
        )

    return run


def floor(job):
    """NumPy's floor: the calls that cannot be done without, in a straight line."""
    return lambda epochs, shuffle: straight.train(job, orders(job, epochs, shuffle))


def products(job):
    """The matrix products of a step alone, for their time; no parameters come of it."""
    return lambda epochs, shuffle: (straight.products(job, epochs), [])


def scikit_learn(job):
    """MLPRegressor or MLPClassifier; its squared loss is half of ours, so its rate is twice ours."""
    from sklearn.neural_network import MLPClassifier, MLPRegressor  # noqa: PLC0415

    if (job.output, job.cost) == ("sigmoid", "mse"):
        raise NotImplementedError("has no sigmoid output with a squared loss")
    kind, rate = (
        (MLPRegressor, 2 * job.rate) if job.cost == "mse" else (MLPClassifier, job.rate)
    )
    X, Y = np.ascontiguousarray(job.X.T), np.ascontiguousarray(job.Y.T)
    Y = Y.ravel() if Y.shape[1] == 1 else Y
    model = kind(
        hidden_layer_sizes=job.dims[1:-1],
        solver="sgd",
        momentum=0,
        alpha=0,
        learning_rate_init=rate,
        tol=0,
        batch_size=job.batch_size,
        n_iter_no_change=10**9,
        random_state=0,
        warm_start=True,
    )

    def run(epochs, shuffle):
        model.set_params(max_iter=epochs, shuffle=shuffle)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that it has not converged
            if not hasattr(model, "coefs_"):
                model.fit(X, Y)  # makes the arrays that now take our start
            P, L = job.parameters, len(job.dims) - 1
            model.coefs_ = [np.ascontiguousarray(P[f"W{l}"].T) for l in range(1, L + 1)]
            model.intercepts_ = [P[f"b{l}"].ravel().copy() for l in range(1, L + 1)]
            model.fit(X, Y)
        layers = zip(model.coefs_, model.intercepts_, strict=True)
        factor = rate / job.rate  # of our loss to theirs
        costs = [factor * J for J in model.loss_curve_[-epochs:]]
        return named((W.T, b.reshape(-1, 1)) for W, b in layers), costs

    return run


def named(layers):
    """{"W1", "b1", ...} of [(W, b)]."""
    return {
        f"{name}{l}": np.asarray(P)
        for l, (W, b) in enumerate(layers, 1)
        for name, P in (("W", W), ("b", b))
    }


def pytorch(job):
    """PyTorch, eager: Linear layers and SGD, as its own tutorials write them."""
    import torch  # noqa: PLC0415

    torch.set_num_threads(1)
    X, Y = (torch.tensor(np.ascontiguousarray(A.T)) for A in (job.X, job.Y))
    losses = {
        ("linear", "mse"): torch.nn.functional.mse_loss,
        ("sigmoid", "mse"): lambda Z, Y: torch.nn.functional.mse_loss(
            torch.sigmoid(Z), Y
        ),
        ("sigmoid", "cross_entropy"): lambda Z, Y: (
            torch.nn.functional.binary_cross_entropy_with_logits(Z, Y, reduction="sum")
            / len(Y)
        ),
    }
    loss = losses[job.output, job.cost]

    def run(epochs, shuffle):
        linear = [
            torch.nn.Linear(a, b, dtype=X.dtype)
            for a, b in zip(job.dims, job.dims[1:], strict=False)
        ]
        with torch.no_grad():
            for l, layer in enumerate(linear, 1):
                layer.weight.copy_(torch.tensor(job.parameters[f"W{l}"]))
                layer.bias.copy_(torch.tensor(job.parameters[f"b{l}"].ravel()))
        parts = [part for layer in linear[:-1] for part in (layer, torch.nn.ReLU())]
        model = torch.nn.Sequential(*parts, linear[-1])
        optimiser = torch.optim.SGD(model.parameters(), lr=job.rate)
        costs = []
        for order in orders(job, epochs, shuffle):
            total = torch.zeros((), dtype=X.dtype)
            for batch in torch.as_tensor(order).split(job.batch_size):
                optimiser.zero_grad()
                J = loss(model(X[batch]), Y[batch])
                J.backward()
                optimiser.step()
                total += J.detach()
            costs.append(total.item() / job.steps)
        layers = [(a.weight.detach().numpy(), a.bias.detach().numpy()) for a in linear]
        return named((W, b.reshape(-1, 1)) for W, b in layers), costs

    return run


def jax_whole(job):
    """JAX, the lessons' own functions, the whole training compiled: a scan over all batches."""
    from benchmarks import on_jax  # noqa: PLC0415

    XT, YT = (np.ascontiguousarray(A.T) for A in (job.X, job.Y))
    model = ACTIVATIONS["relu"], ACTIVATIONS[job.output], COSTS[job.cost]
    training = on_jax.training(model, job.rate)

    def run(epochs, shuffle):
        P, costs = training(job.parameters, XT, YT, batches_of(job, epochs, shuffle))
        return {name: np.asarray(value) for name, value in P.items()}, costs.tolist()

    return run


def batches_of(job, epochs, shuffle):
    """The numbers of the examples of each batch of each epoch: (epochs, steps, batch size)."""
    return np.reshape(orders(job, epochs, shuffle), (epochs, -1, job.batch_size))


def numba_whole(job):
    """numba: the three layers in a straight line, the whole training compiled."""
    from benchmarks import compiled  # noqa: PLC0415

    if job.dtype != np.float64:
        raise NotImplementedError("written for float64")
    kind = {("linear", "mse"): 0, ("sigmoid", "cross_entropy"): 1, ("sigmoid", "mse"): 2}[
        job.output, job.cost
    ]
    XT, YT = np.ascontiguousarray(job.X.T), np.ascontiguousarray(job.Y.T)

    def run(epochs, shuffle):
        P = {name: value.T.copy() for name, value in job.parameters.items()}
        settings = job.rate / job.batch_size, kind
        costs = compiled.train(
            XT, YT, batches_of(job, epochs, shuffle), *P.values(), *settings
        )
        return {name: value.T for name, value in P.items()}, costs.tolist()

    return run


def micrograd(job):
    """micrograd, one number at a time: J1 alone, and few steps of it."""
    from micrograd.engine import Value  # noqa: PLC0415

    if job.name != "J1":
        raise NotImplementedError("only J1 is small enough")

    def run(epochs, shuffle):
        P = {
            name: [[Value(v) for v in row] for row in rows.tolist()]
            for name, rows in job.parameters.items()
        }
        costs = [
            np.mean([scalar_step(P, job.X[0, b], job.Y[0, b], job.rate) for b in batches])
            for batches in batches_of(job, epochs, shuffle)
        ]
        return {
            name: np.array([[v.data for v in row] for row in rows])
            for name, rows in P.items()
        }, costs

    return run


def scalar_step(P, X, Y, rate):
    """One step of micrograd; returns the cost before it."""
    J = sum(
        (
            (scalar_forward(P, x) - y) ** 2
            for x, y in zip(X.tolist(), Y.tolist(), strict=True)
        )
    ) / len(X)
    values = [value for rows in P.values() for row in rows for value in row]
    for value in values:
        value.grad = 0
    J.backward()
    for value in values:
        value.data -= rate * value.grad
    return J.data


def scalar_forward(P, x):
    """The network's answer to one number, as a micrograd Value."""
    a = [x]
    for l in (1, 2, 3):
        z = [
            sum((w * v for w, v in zip(row, a, strict=True)), b[0])
            for row, b in zip(P[f"W{l}"], P[f"b{l}"], strict=True)
        ]
        a = [each.relu() for each in z]
    return z[0]


CONTENDERS = {
    "compiled": partial(ours, engine="compiled"),
    "recorded": partial(ours, engine="recorded"),
    "plain": partial(ours, engine="plain"),
    "the document's algorithm": the_document,
    "NumPy's floor": floor,
    "matrix products alone": products,
    "scikit-learn MLP": scikit_learn,
    "PyTorch, eager": pytorch,
    "JAX on the lessons' functions": jax_whole,
    "numba, whole training compiled": numba_whole,
    "micrograd": micrograd,
}
