"""One small training by two engines, and what makes the two equal."""

import numpy as np

from dnn_lessons import ACTIVATIONS, COSTS, initialize_parameters, train
from dnn_lessons._checks import check_data
from dnn_lessons.engines.recorded import RecordedEpochs
from dnn_lessons.training import Job


def job(
    dims=(2, 5, 4, 1),
    m=23,
    hidden="relu",
    output="linear",
    cost="mse",
    dtype=np.float64,
    seed=0,
):
    """Data, parameters and the names of the model of a small training: the arguments of train."""
    rng = np.random.default_rng(seed)
    X, Y = rng.standard_normal((dims[0], m)), rng.random((dims[-1], m))
    parameters = initialize_parameters(dims, "relu", "linear", rng=rng, dtype=dtype)
    return X, Y, parameters, hidden, output, cost


SETTINGS = {"learning_rate": 0.05, "num_epochs": 4, "batch_size": 5, "rng": 1}


def both(arguments, **settings):
    """(parameters, costs) of the recorded and of the plain training, from the same start."""
    settings = SETTINGS | settings
    return [
        train(*arguments, **settings, engine=engine) for engine in ("recorded", "plain")
    ]


def checked_job(arguments, batch_size=5):
    """The Job of a training whose model is given by names."""
    X, Y, parameters, hidden, output, cost = arguments
    X, Y = check_data(X, Y, parameters, COSTS[cost])
    model = ACTIVATIONS[hidden], ACTIVATIONS[output], COSTS[cost]
    return Job(X, Y, model, 0.05, (batch_size, True, np.random.default_rng(1)))


def recorded_epochs(arguments, batch_size=5):
    """The recorder of a training whose model is given by names."""
    return RecordedEpochs(checked_job(arguments, batch_size), arguments[2])


def names(replay):
    """The names of the NumPy functions that a replay calls, in order."""
    return [call.func.__name__ for call in replay.calls]


def written(call):
    """The array that a call of a replay writes into; np.where is not among them."""
    if call.func.__name__ == "__setitem__":
        return call.func.__self__
    arrays = [a for a in call.args if isinstance(a, np.ndarray)]
    return call.keywords.get("out", arrays[-1])


def assert_same_bits(recorded, plain):
    """Equal parameters in every bit, and equal costs."""
    for name, P in plain[0].items():
        Q = recorded[0][name]
        assert (Q.dtype, Q.tobytes()) == (P.dtype, P.tobytes()), name
    assert recorded[1] == plain[1]
