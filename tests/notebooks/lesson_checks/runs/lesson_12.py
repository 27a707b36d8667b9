"""What holds the words of outcome of lesson 12, training."""

from contextlib import suppress
from functools import cache

import numpy as np

from dnn_lessons import (
    ACTIVATIONS,
    COSTS,
    DeepNeuralNetwork,
    L_model_backward,
    L_model_forward,
    batch_generator,
    compute_cost,
    datasets,
    initialize_parameters,
    training,
)
from dnn_lessons.network import predict
from lesson_checks.runs.common import falls, near, rises

EXPLORERS = "tests/classroom/explorers/test_lesson_12.py"
RUNS_OF_EXPLORERS = "tests/classroom/explorers/test_training_runs.py"


def _moons(m=80, seed=0):
    """Return points and labels of the lesson."""
    return datasets.two_moons(m, noise=0.3, rng=seed)


def _curve():
    """Return the inputs, standardised, and the labels of the regression."""
    X, Y = datasets.regression_curve(500)
    return datasets.Scaler.fit(X).transform(X), Y


def _the_held_out_points_are_others():
    """Whether no held-out point is a training point."""
    points = {tuple(x) for x in _moons()[0].T}
    return len(points) == 80 and points.isdisjoint(
        tuple(x) for x in _moons(400, 100)[0].T
    )


def _a_job_stays():
    """Whether an epoch changes all four parameters, and nothing that the job holds."""
    (X, Y), P = _moons(), initialize_parameters([2, 4, 1], rng=0)
    model = ACTIVATIONS["relu"], ACTIVATIONS["sigmoid"], COSTS["cross_entropy"]
    job = training.Job(X.copy(), Y.copy(), model, 0.1, (8, False, None))
    before = tuple(job)
    _, moved = training.run_epoch(job, P)
    same = [one is other for one, other in zip(before, job, strict=True)]
    same += [np.array_equal(job.X, X), np.array_equal(job.Y, Y)]
    return all(same) and sum(np.any(moved[name] != P[name]) for name in P) == 4


def _lags(B=8):
    """Return how many steps before the end of an epoch each batch is counted: its cost needs those parameters."""
    X, Y = _moons()
    P = [initialize_parameters([2, 4, 1], "relu", "sigmoid", rng=0)]
    counted = []
    for part in batch_generator(X, Y, B, shuffle=False):
        (cost,), after = training.train(
            *part, P[-1], "relu", "sigmoid", learning_rate=0.5, num_epochs=1, batch_size=B
        )[::-1]
        costs = [
            compute_cost(predict(part[0], each, "relu", "sigmoid"), part[1]) for each in P
        ]
        counted.append(int(np.argmin(np.abs(np.array(costs) - cost))))
        P.append(after)
    return np.array([len(P) - 1 - each for each in counted])


def _lag_is_half_an_epoch():
    """Whether the first batch lags by ten steps, the last by one, and the mean is about five."""
    lags = _lags()
    return lags.tolist() == [*range(10, 0, -1)] and abs(lags.mean() / 10 - 0.5) < 0.06


def _falls_and_is_worse_than_a_constant():
    """Whether a run can lower its cost in each epoch and still be worse than the best constant."""
    X, Y = _curve()
    network = DeepNeuralNetwork((1, 20, 20, 1), "relu", "sigmoid", "mse", rng=0)
    costs = network.train(X, Y, 0.01, num_epochs=5, batch_size=500).costs
    return falls(costs) and costs[-1] > Y.var()


def _diverges_in_its_first_epoch():
    """Whether a run on the regression is stopped before it has the cost of one epoch."""
    network = DeepNeuralNetwork((1, 20, 20, 1), "relu", "linear", "mse", rng=0)
    with suppress(training.TrainingDiverged):
        network.train(*_curve(), 0.15, num_epochs=2, batch_size=8)
    return len(network.costs) == 0


def _leaps_as_it_grows(beyond=1e12):
    """Whether the cost goes up and down for 13 epochs, the last of them the first beyond all measure."""
    network = DeepNeuralNetwork((1, 20, 20, 1), "tanh", "linear", "mse", rng=0)
    costs = np.array(network.train(*_curve(), 0.3, num_epochs=13, batch_size=500).costs)
    return {*np.sign(np.diff(costs))} == {-1, 1} and np.argmax(costs > beyond) == 12


def _slow_and_smooth():
    """Whether, with one batch, a rate too small falls in every epoch and ends above a larger one."""
    X, Y = _moons()
    ends = {}
    for rate in (0.003, 0.1):
        network = DeepNeuralNetwork([2, 32, 32, 1], rng=0)
        ends[rate] = network.train(X, Y, rate, num_epochs=40, batch_size=80).costs
    return falls(ends[0.003]) and ends[0.003][-1] > 1.2 * ends[0.1][-1]


def _momentum_moves_ten_times_as_fast():
    """Whether steps that keep nine tenths of the step before grow to ten times the step."""
    step, steps = 0.0, []
    for _ in range(200):
        step = 0.9 * step + 1.0
        steps.append(step)
    return (
        rises(steps[:100])
        and near(steps[-1], 10, 1e-6)
        and near(sum(0.9**k for k in range(200)), 10, 1e-6)
    )


def _stops_before_the_last(costs=(0.9, 0.5, 0.6, 0.4, 0.7, 0.5, 0.3), patience=2):
    """Return the costs that the rule of exercise 3 looks at."""
    best, seen = 1, []
    for epoch, cost in enumerate(costs, 1):
        seen.append(cost)
        best = epoch if cost < costs[best - 1] else best
        if epoch - best >= patience:
            break
    return seen


RUNS = {
    "And will the cost rise or fall?": ("12-08", lambda n: n[-1] < 0.1961),
    "What becomes of a run whose cost rises without end?": (
        "12-35",
        lambda n: rises(n[-4:]),
    ),
    "The training cost goes on falling": ("12-37", lambda n: falls(n[1::3])),
    "almost twice as many answers are wrong": (
        "12-40",
        lambda n: 1.8 < n[5] / n[0] < 2 and n[7] == 15,
    ),
    "The smallest rate is still on its way down, and its curve is the smoothest": (
        "12-27b",
        lambda n: n[2] < min(n[6], n[10]) and n[3] == 0 and n[2] < 50,
    ),
    "The largest rate ends lowest, but its cost jumps from epoch to epoch, once to a value": (
        ("12-27", "12-27b"),
        lambda n: n[13] < min(n[5], n[9]) and n[12] == 1 and n[24] > 40,
    ),
    "at which rates will the cost then still rise": (
        "12-27b",
        lambda n: n[3] == n[7] == 0 < n[11],
    ),
    "*Falling, then jagged*": (
        "12-27b",
        lambda n: rises(n[2::4]) and n[3] == n[7] == 0 < n[11] < n[10],
    ),
    "*Rising*": ("12-35", lambda n: rises(n[-4:]) and n[1] == 1),
    "Will the held-out cost fall as long as the training cost does?": (
        "12-37",
        lambda n: falls(n[1::3]) and rises(n[8::3]),
    ),
    "The held-out cost is lowest in epoch 63, and then nearly triples": (
        "12-37",
        lambda n: n[6] == 63 and n[8] == min(n[2::3]) and 2.5 < n[14] / n[8] < 3,
    ),
    "A network that overfits also grows too sure": (
        "12-40",
        lambda n: n[7] / n[5] > 2 * n[2] / n[0] and n[3] == n[8] == 99,
    ),
    "At the two smaller rates, all jags come from the batches": (
        "12-27b",
        lambda n: n[3] == n[7] == 0 < min(n[2], n[6]),
    ),
    "In epoch 1 it is the larger one, because it was counted on the way": (
        "12-37",
        lambda n: n[1] > n[2] and n[4] > n[5],
    ),
}


@cache
def _ends(rate, batch_size):
    """Return the first cost and the last of one of the six runs of 200 epochs."""
    costs = (
        DeepNeuralNetwork([2, 32, 32, 1], rng=0)
        .train(*_moons(), rate, num_epochs=200, batch_size=batch_size)
        .costs
    )
    return costs[0], costs[-1]


def _every_step_ends_higher():
    """Whether each of the twelve epochs at the rate 0.2, one step each, has the higher cost."""
    network = DeepNeuralNetwork([2, 32, 32, 1], "tanh", "linear", "mse", rng=0)
    return rises(network.train(*_moons(), 0.2, num_epochs=12, batch_size=80).costs)


def _longer_vector_and_equal_step(times=4):
    """Whether copies of all examples make dA1 twice as long, and leave the step."""
    X, Y = _moons()
    P, lengths = initialize_parameters([2, 4, 1], "relu", "sigmoid", rng=0), []
    for copies in (1, times):
        AL, caches = L_model_forward(np.tile(X, copies), P, "relu", "sigmoid")
        grads = L_model_backward(AL, np.tile(Y, copies), caches, "relu", "sigmoid")
        lengths.append([np.linalg.norm(grads[name]) for name in ("dA1", "dW1", "dW2")])
    return near(np.divide(lengths[1], lengths[0]), [2, 1, 1])


def _mean_of_batches(costs):
    """Return the mean of the mean costs of two batches, the second with one example, and the mean of all."""
    return np.mean([np.mean(costs[:-1]), costs[-1]]), np.mean(costs)


COMPUTED = {
    "training never sees them": _the_held_out_points_are_others,
    "Its `job` holds what stays as it is": _a_job_stays,
    "on average it is about half an epoch": _lag_is_half_an_epoch,
    "A falling cost does not say how good the fit is": _falls_and_is_worse_than_a_constant,
    "At 0.15 the training diverges in its first epoch": _diverges_in_its_first_epoch,
    "the cost leaps up and down as it grows for 13 epochs": _leaps_as_it_grows,
    "*Falling slowly and smoothly*": _slow_and_smooth,
    "tends to 10, so the network moves ten times as fast": _momentum_moves_ten_times_as_fast,
    "The 0.3 is never seen": lambda: (
        _stops_before_the_last() == [0.9, 0.5, 0.6, 0.4, 0.7, 0.5]
    ),
    "Where the last batch is shorter, the plain mean would count its examples too heavily": lambda: (
        near(_mean_of_batches(np.array([0.0] * 64 + [10.0])), [5, 10 / 65])
    ),
    "None of these runs ends higher than it began": lambda: all(
        _ends(rate, size)[1] < _ends(rate, size)[0]
        for rate in (0.003, 0.03, 0.3)
        for size in (8, 80)
    ),
    "At 0.2 every step ends higher": _every_step_ends_higher,
    "a larger batch would have a longer vector": _longer_vector_and_equal_step,
}

BY_EQUATION = {}

BY_TEST = {
    "The last rise at the right end is learnt last": (
        f"{RUNS_OF_EXPLORERS}::test_lesson_12_and_14_say_what_is_learnt_last",
        "residual(explorer, right=False) < 0.05",
    ),
    "The border grows corners that reach for training points": (
        f"{EXPLORERS}::test_the_answer_the_border_grows_corners",
        "corners(end) > 2 * corners(best)",
    ),
    "it is still lowest in the last epoch": (
        f"{EXPLORERS}::test_the_answer_what_does_not_overfit_pays",
        "np.argmin(costs) == len(costs) - 1",
    ),
    "And the lowest held-out cost of all": (
        f"{EXPLORERS}::test_the_answer_what_does_not_overfit_pays",
        "min(costs) > 0.216",
    ),
    "and never runs code from a file": (
        "tests/core/test_damaged_files.py::test_text_in_a_file_is_never_run",
        "result in {'refused', 'equal'}",
    ),
    "They pay with a higher training cost": (
        f"{EXPLORERS}::test_the_answer_what_does_not_overfit_pays",
        "held_out_and_training(explorer) == ends",
    ),
}

NO_CLAIM = {
    "of a fading sine": "other sense",
    "This is called *overfitting*": "definition",
    "Which of these overfit, and what do the others pay?": "question",
    "two interleaved half moons": "other sense",
    "c) the smallest, or d) none of them?": "question",
    "which curve will end lowest, and which will be the smoothest?": "question",
    "and at which does it diverge?": "question",
    "train twice from seed 5": "instruction",
    "has the lowest cost, and of equal costs": "task",
    "At which rate does a run get worse and worse?": "question",
}

REST = 0
