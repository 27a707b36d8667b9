"""What holds the words of outcome of lesson 11, batches."""

from itertools import product
from math import ceil, comb
from time import process_time

import numpy as np

from dnn_lessons import (
    backward,
    batching,
    compute_cost,
    datasets,
    forward,
    parameters,
    training,
)
from lesson_checks.runs.common import falls, like_a_mean, near, rises

EXPLORERS = "tests/classroom/explorers/test_lesson_11.py"


def _widths(m, B):
    """Return the numbers of examples of all batches."""
    X = np.arange(float(m)).reshape(1, m)
    return [part.shape[1] for part, _ in batching.batch_generator(X, X, B, shuffle=False)]


def _moons():
    """Return the lesson's points and labels, and its network."""
    X, Y = datasets.two_moons(256, noise=0.2, rng=0)
    return X, Y, parameters.initialize_parameters((2, 16, 1), "relu", "sigmoid", rng=0)


def _no_example_twice():
    """Whether the batches of an epoch hold each example once, for several draws and sizes."""
    X = np.arange(23).reshape(1, 23)
    epochs = [
        np.hstack([part[0] for part, _ in batching.batch_generator(X, X, B, rng=seed)])
        for B, seed in product((1, 4, 23, 40), range(5))
    ]
    return all(np.bincount(epoch).tolist() == 23 * [1] for epoch in epochs)


def _noise(B, numbers=(3.0, -1.0, 4.0, 1.0, -5.0)):
    """Return the deviation of the mean of B numbers, over all ways to draw them independently."""
    return np.std([np.mean(drawn) for drawn in product(numbers, repeat=B)])


def _the_hundredth_adds_less():
    """Whether four times the examples halve the noise, and one more lowers it less among many."""
    drop = lambda B: B**-0.5 - (B + 1) ** -0.5  # noqa: E731
    return (
        near(_noise(4), _noise(1) / 2)
        and near(_noise(1) - _noise(2), _noise(1) * drop(1))
        and drop(99) < drop(1) / 100
    )


def _costs_are_of_all_examples():
    """Whether the cost of an epoch with a short batch is that of all examples, and no mean of batches."""
    X, Y, start = _moons()
    X, Y = X[:, :65], Y[:, :65]
    _, (told,) = training.train(
        X,
        Y,
        start,
        "relu",
        "sigmoid",
        learning_rate=1e-12,
        num_epochs=1,
        batch_size=64,
        shuffle=False,
    )
    AL, _ = forward.L_model_forward(X, start, "relu", "sigmoid")
    parts = batching.batch_generator(AL, Y, 64, shuffle=False)
    mean = np.mean([compute_cost(A, labels) for A, labels in parts])
    return near(told, compute_cost(AL, Y)) and not near(told, mean, 1e-3)


def _gradient(which):
    """Return the gradient of a batch by the weights of the last layer."""
    X, Y, start = _moons()
    AL, caches = forward.L_model_forward(X[:, which], start, "relu", "sigmoid")
    return backward.L_model_backward(AL, Y[:, which], caches, "relu", "sigmoid")["dW2"]


def _shares():
    """Whether the gradient of two examples is half of each of theirs, and that of four a quarter."""
    one, two, three, four = (_gradient([i]) for i in range(4))
    pair, quartet = _gradient([0, 1]), _gradient([0, 1, 2, 3])
    halves, quarters = (one + two) / 2, (one + two + three + four) / 4
    return np.abs(pair - halves).max() < 1e-14 > np.abs(quartet - quarters).max()


def _rounding_up_finds_the_smallest():
    """Whether it finds the first batch size whose noise (11.9) is small enough."""
    cases = [*product((2, 9, 50, 300), (1, 2, 3, 10))]
    found = [ceil(m * k**2 / (m - 1 + k**2)) for m, k in cases]
    counted = [
        next(B for B in range(1, m + 1) if (m - B) * k**2 <= B * (m - 1))
        for m, k in cases
    ]
    return found == counted


RUNS = {
    "So the error $s_B$ falls like": ("11-23a", like_a_mean),
    "four times the examples halve it": ("11-23a", like_a_mean),
    "the smaller the batch the faster the cost falls": (
        "11-35",
        lambda n: all(rises(n[column::7]) for column in (4, 5, 6)),
    ),
    "looks at 32 times as many": (
        "11-35",
        lambda n: n[21] / n[7] == 32 and abs(n[22] / n[8] - 1) < 0.05,
    ),
    "32.5 times too large": ("11-39", lambda n: round(n[0] / n[1], 1) == 32.5),
    "where one may come twice (`product`)": (
        "11-23a",
        lambda n: n[1::4] == [6**B for B in n[::4]],
    ),
    "that contain no example twice": (
        "11-25",
        lambda n: n[1::4] == [comb(6, int(B)) for B in n[::4]],
    ),
    "grow with the number of its columns": (
        "11-31",
        lambda n: n[3] / n[1] == n[2] / n[0] == 32,
    ),
    "The larger the batch, the smaller the cloud": (
        "11-29",
        lambda n: rises(n[:6:2]) and falls(n[1:6:2]),
    ),
    "buys hardly more than one on 8": (
        "11-35",
        lambda n: all(abs(n[k + 14] / n[k] - 1) < 0.02 for k in (8, 9, 10)),
    ),
}


def _none_is_lost():
    """Whether full batches of ten examples leave out two in an epoch, and in fifty epochs none of them always."""
    X, rng = np.arange(10).reshape(1, 10), np.random.default_rng(0)
    epochs = [
        {
            *np.hstack(
                [part[0] for part, _ in batching.batch_generator(X, X, 4, rng=rng)][:2]
            )
        }
        for _ in range(50)
    ]
    return {len(each) for each in epochs} == {8} and len(set.union(*epochs)) == 10


def _seconds(columns, rounds=5):
    """Return the processor time of the product of a layer for 256 examples, so many of them at once."""
    W, A = np.ones((16, 16)), np.ones((16, 256))
    spent = []
    for _ in range(rounds):
        start = process_time()
        for _ in range(20):
            for first in range(0, 256, columns):
                np.dot(W, A[:, first : first + columns])
        spent.append(process_time() - start)
    return min(spent)


COMPUTED = {
    "other examples are dropped, so over many epochs none is lost": _none_is_lost,
    "the last batch is full and stays": lambda: (
        _widths(12, 4) == [4, 4, 4] and _widths(10, 4) == [4, 4, 2]
    ),
    "Half of the labels are 1": lambda: np.mean(_moons()[1]) == 0.5,
    "An epoch never draws an example twice": _no_example_twice,
    "it takes four times the examples to halve the noise": _the_hundredth_adds_less,
    "The module never averages the costs of batches": _costs_are_of_all_examples,
    "each example has half of the gradient, in one of four a quarter": _shares,
    "The smallest whole number that is large enough is found by rounding up": (
        _rounding_up_finds_the_smallest
    ),
    "If $B$ does not divide $m$, the last batch is shorter": lambda: all(
        (_widths(m, B)[-1] < B) == (m % B > 0) for m, B in ((10, 4), (12, 4), (23, 5))
    ),
    "so the hundredth example of a batch adds far less than the first": _the_hundredth_adds_less,
    "many small matrix products take longer than few large ones": lambda: (
        _seconds(1) > 3 * _seconds(256)
    ),
}

BY_EQUATION = {}

BY_TEST = {
    "The cloud shrinks": (
        f"{EXPLORERS}::test_the_answer_a_larger_batch_shrinks_the_cloud_and_an_epoch_of_it_teaches_less",
        "[f'{each:.2f}' for each in noise.values()] == ['0.36', '0.12', '0.00']",
    ),
}

NO_CLAIM = {
    "offer to *drop the last batch*": "definition",
    "two interleaved half moons": "other sense",
    "Suppose for now that the examples are drawn independently, so that one may come twice": (
        "instruction"
    ),
    "To which fraction should the cloud of $B = 1$ shrink": "question",
    "Which curve falls fastest over epochs?": "question",
    "none of them twice?": "question",
    "returns the smallest such $B$": "task",
    "If $B$ is larger than that number, the list is empty": "task",
    "Make the batches larger": "instruction",
    "Is the last cost higher each time?": "question",
    "How much less do the caches of 8 examples hold": "question",
    "which need not divide $m$ and may be larger": "task",
    "Which examples move the parameters more than others?": "question",
}

REST = 0
