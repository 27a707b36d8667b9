"""One sentence that judges a network beside a constant and a straight line."""

import math

import numpy as np

from dnn_lessons.datasets import Scaler

# The loss of each example, for each cost.
LOSSES = {
    "mse": lambda AL, Y: (AL - Y)[0] ** 2,
    "mae": lambda AL, Y: np.abs(AL - Y)[0],
    "cross_entropy": lambda AL, Y: -np.log(np.where(Y == 1, AL, 1 - AL).clip(1e-300))[0],
}
# What to try where a simple answer is the better one, by the cause.
KEPT = "Try more units, --patience 100 or more examples; the best epoch was kept already."
OVERFIT = (
    "It fits the examples trained on far better: try {}fewer units or more examples."
)
UNFIT = "It fits the examples trained on hardly better: try more epochs, more units or another rate."
OVERFITS = 2  # it does where the cost held out is so many times that in training
# {sign of the difference: what it says}
WORDS = {-1: "better than", 0: "as good as", 1: "worse than"}
BEYOND = "beyond comparison with {} (a cost is above the largest number)"
MANY, SURE = 60, 0.975  # above so many examples, Student's quantile is 2.0
ROUNDING = 1e-12  # a share of a cost that may be the rounding of sums


@np.errstate(over="ignore", invalid="ignore")
def judgement(experiment, set_aside=0):
    """Return whether the network predicts better than a constant and than a line.

    The difference of two mean losses comes with its sampling error, the standard deviation
    of the difference of an example divided by the root of their number.

    Parameters
    ----------
    experiment : Experiment
        The network, its data and settings, after the training.
    set_aside : int
        How many examples chose the epoch that was kept.

    Returns
    -------
    list of str
        One sentence, and a second one of advice where the network is worse.
    """
    held_out = network_losses(experiment, *experiment.data.held_out)
    texts, are_worse = zip(*_comparisons(experiment, held_out), strict=True)
    sentence = f"On the examples held out, the network is {' and '.join(texts)}."
    return [sentence, *_advice(experiment, held_out, set_aside, any(are_worse))]


def network_losses(experiment, X, Y):
    """Return the loss of the network for each example.

    Parameters
    ----------
    experiment : Experiment
        The network and the cost.
    X, Y : ndarray of shape (n_x, m) and (1, m)
        The examples.

    Returns
    -------
    ndarray of shape (m,)
        The losses.
    """
    return LOSSES[experiment.settings.loss](experiment.predict(X), Y)


def _advice(experiment, held_out, set_aside, is_worse):
    """Return what to try where a simple answer is better, or the network overfits."""
    X, Y = experiment.data.train
    is_constant = np.ptp(experiment.predict(X)) == 0
    if set_aside and (is_worse or is_constant):
        return [KEPT]
    train = network_losses(experiment, X, Y)
    if held_out.mean() > OVERFITS * train.mean():
        return [OVERFIT.format("" if set_aside else "--patience 20, ")]
    return [UNFIT] if is_worse else []


def _comparisons(experiment, losses):
    """Yield in words how the network compares with each simple answer, and if it is worse."""
    loss, (_, Y) = LOSSES[experiment.settings.loss], experiment.data.held_out
    for name, predictions in predictions_to_beat(experiment).items():
        yield _compare(losses, loss(predictions, Y), name)


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
    constant = np.full(Y.shape, experiment.best_constant)
    has_classes = experiment.settings.loss == "cross_entropy"
    name = "logistic regression" if has_classes else "a straight line"
    fit = _logistic_regression if has_classes else _least_squares
    return {"the constant": constant, name: _line(fit, train, X)}


def _compare(network, other, name):
    """Return in words how the losses of the network compare, and whether they are surely higher."""
    difference, rounding = network - other, ROUNDING * other.mean()
    if np.abs(difference).max() <= rounding:
        return f"{name} itself", False
    mean, error = float(difference.mean()), sampling_error(difference)
    mean *= abs(mean) > rounding
    chance = _errors_by_chance(difference.size) * error
    return _in_words(name, mean, error, chance), mean > chance


def _errors_by_chance(m):
    """Return how many sampling errors the mean of m differences is off in 1 of 20 samples.

    It is the factor of Student's t distribution for m - 1 degrees of freedom, on either side.
    """
    if m > MANY:
        return 2
    from scipy.special import stdtrit  # noqa: PLC0415 - slow to load

    return float(stdtrit(m - 1, SURE))


def _in_words(name, mean, error, chance):
    """Return a difference of costs in words, with its sampling error and any doubt."""
    if not math.isfinite(mean):
        return BEYOND.format(name)
    difference = f"{_plain(mean, '+.3g')}{_doubt(mean, error, chance)}"
    return f"{WORDS[np.sign(mean)]} {name} (cost {difference})"


def _doubt(mean, error, chance):
    """Return the sampling error of a difference in words, and whether it may be chance."""
    if math.isnan(error):
        return ", for a single example"
    may_be = ", which may be chance" if 0 < abs(mean) <= chance else ""
    return f" ± {_plain(error, '.2g')}{may_be}"


def _plain(number, form):
    """Return a number in a form with so many digits, but 270 in place of 2.7e+02."""
    return f"{float(format(number, form)):{form[:-2]}6g}"


def sampling_error(losses):
    """Return the standard error of the mean of losses.

    Parameters
    ----------
    losses : ndarray of shape (m,)
        The losses, or differences of losses, of the examples.

    Returns
    -------
    float
        Their standard deviation divided by the root of m; NaN for a single one.
    """
    if losses.size < 2:
        return math.nan
    with np.errstate(over="ignore", invalid="ignore"):
        return float(losses.std(ddof=1)) / math.sqrt(losses.size)


def _line(fit, train, X):
    """Return the predictions (1, m) for X after a fit to standardized features."""
    scaler = Scaler.fit(train[0], constant=np.inf)
    A, B = scaler.transform(train[0]).T, scaler.transform(X).T
    return fit(A, train[1][0], B)[None]


def _logistic_regression(A, y, B):
    """Return the probabilities for the rows of B after a fit to those of A and labels y."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - slow to load

    if len(np.unique(y)) != 2:
        return np.full(len(B), y.mean())
    return LogisticRegression(max_iter=1000).fit(A, y).predict_proba(B)[:, 1]


def _least_squares(A, y, B):
    """Return the line's predictions for the rows of B after a fit to those of A and y."""
    A, B = (np.hstack([part, np.ones((len(part), 1))]) for part in (A, B))
    weights, *_ = np.linalg.lstsq(A, y, rcond=None)
    return B @ weights
