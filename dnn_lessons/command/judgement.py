"""One sentence that judges a network beside a constant and a straight line."""

import math

import numpy as np

from dnn_lessons.datasets import Scaler
from dnn_lessons.metrics import BEST_CONSTANT

# The loss of each example, for each cost.
LOSSES = {
    "mse": lambda AL, Y: (AL - Y)[0] ** 2,
    "mae": lambda AL, Y: np.abs(AL - Y)[0],
    "cross_entropy": lambda AL, Y: -np.log(np.where(Y == 1, AL, 1 - AL).clip(1e-300))[0],
}
WORSE = "Try fewer epochs, fewer units, or more examples; the simple answer is the better one."
OVERFIT = 2  # held-out cost in training costs


def judgement(experiment):
    """Return whether the network predicts better than a constant and than a line.

    The difference of two mean losses comes with its sampling error, the standard deviation
    of the difference of an example divided by the root of their number.

    Parameters
    ----------
    experiment : Experiment
        The network, its data and settings, after the training.

    Returns
    -------
    str
        One sentence, and a second one of advice where the network is worse.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        return _judge(experiment)


def _judge(experiment):
    """Return the sentence of `judgement`."""
    X, Y = experiment.data.held_out
    loss = LOSSES[experiment.settings.loss]
    network = loss(experiment.predict(X), Y)
    others = predictions_to_beat(experiment).items()
    texts, signs = zip(
        *(_compare(network, loss(A, Y), n) for n, A in others), strict=True
    )
    sentence = f"On the examples held out, the network is {' and '.join(texts)}."
    return f"{sentence} {WORSE}" if max(signs) > 0 else sentence


def predictions_to_beat(experiment):
    """Return {name: predictions (1, m)} of the constant and the line for what is held out.

    Parameters
    ----------
    experiment : Experiment
        The data and the cost.

    Returns
    -------
    dict of str to ndarray
        Both are fitted to the training part.
    """
    train, (X, Y) = experiment.data.train, experiment.data.held_out
    loss = experiment.settings.loss
    c = BEST_CONSTANT[loss](train[1])
    line = "logistic regression" if loss == "cross_entropy" else "a straight line"
    return {"the constant": np.full(Y.shape, c), line: _line(experiment, train, X)}


def _compare(network, other, name):
    """Return in words how the losses of the network compare, and the sign of the difference."""
    difference = network - other
    mean = float(difference.mean())
    error = (
        float(difference.std(ddof=1)) / math.sqrt(difference.size)
        if difference.size > 1
        else math.nan
    )
    word = "better than" if mean < 0 else "worse than" if mean > 0 else "as good as"
    doubt = "" if abs(mean) > 2 * error else ", which may be chance"
    return f"{word} {name} (cost {mean:+.3g} ± {error:.2g}{doubt})", np.sign(mean)


def _line(experiment, train, X):
    """Return the predictions for X of least squares or, for two classes, logistic regression."""
    scaler = Scaler.fit(train[0], constant=np.inf)
    A, B = scaler.transform(train[0]).T, scaler.transform(X).T
    if experiment.settings.loss == "cross_entropy":
        from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - slow to load

        if len(np.unique(train[1])) == 2:
            model = LogisticRegression(max_iter=1000).fit(A, train[1][0])
            return model.predict_proba(B)[:, 1][None]
        return np.full((1, len(B)), train[1].mean())
    ones = [np.hstack([part, np.ones((len(part), 1))]) for part in (A, B)]
    weights, *_ = np.linalg.lstsq(ones[0], train[1][0], rcond=None)
    return (ones[1] @ weights)[None]
