"""One small training, recorded and plain, and what makes the two equal."""

import numpy as np

from dnn_lessons import initialize_parameters, train


def job(
    dims=(2, 5, 4, 1),
    m=23,
    hidden="relu",
    output="linear",
    cost="mse",
    dtype=np.float64,
    seed=0,
):
    """Data, parameters and the rest of train's arguments for a small network."""
    rng = np.random.default_rng(seed)
    X, Y = rng.standard_normal((dims[0], m)), rng.random((dims[-1], m))
    return (
        X,
        Y,
        initialize_parameters(dims, "relu", "linear", rng=rng, dtype=dtype),
        hidden,
        output,
        cost,
    )


def both(arguments, **how):
    """(parameters, costs) of the recorded and of the plain training, from the same start."""
    how = {"learning_rate": 0.05, "num_epochs": 4, "batch_size": 5, "rng": 1, **how}
    return [train(*arguments, **how, engine=engine) for engine in ("recorded", "plain")]


def assert_same_bits(recorded, plain):
    for name, P in plain[0].items():
        assert (recorded[0][name].dtype, recorded[0][name].tobytes()) == (
            P.dtype,
            P.tobytes(),
        ), name
    assert recorded[1] == plain[1]
