"""What holds the words of outcome of lesson 00, start here."""

from dnn_lessons import L_model_backward, L_model_forward, compute_cost
from dnn_lessons.batching import batch_generator
from dnn_lessons.classroom.explorers.player import PACES
from dnn_lessons.datasets import regression_curve, tiny_network

RUNS = {}


def small_steps_lower_the_cost():
    """Three steps of gradient descent on the tiny network, and the cost before and after each."""
    X, Y, parameters = tiny_network()
    costs = []
    for _ in range(4):
        AL, caches = L_model_forward(X, parameters, "relu", "sigmoid")
        costs.append(compute_cost(AL, Y))
        grads = L_model_backward(AL, Y, caches, "relu", "sigmoid")
        parameters = {name: P - 0.1 * grads[f"d{name}"] for name, P in parameters.items()}
    return costs == sorted(costs, reverse=True) and costs[3] < 0.9 * costs[0]


def humps_fade():
    """The curve has two humps; the second is about half as high."""
    _, (y,) = regression_curve(500)
    tops = [y[k] for k in range(1, 499) if y[k - 1] < y[k] > y[k + 1]]
    return len(tops) == 2 and 0.5 * tops[0] < tops[1] < 0.6 * tops[0]


def steps_of_300_epochs():
    """The batches of eight in 500 points, 300 times."""
    batches = [*batch_generator(*regression_curve(500), 8)]
    return 300 * len(batches) == 18_900


COMPUTED = {
    "step by step, in the direction in which the cost falls": small_steps_lower_the_cost,
    "a curve, a sine wave that fades": humps_fade,
    "repeated 18,900 times": steps_of_300_epochs,
    "in ten seconds or faster": lambda: sorted(PACES.values()) == [0, 2, 10],
}

BY_EQUATION = {}

EXPLORER = "tests/classroom/explorers/test_explorer.py"
BY_TEST = {
    "Earlier runs stay as pale lines until you press *Clear*": (
        f"{EXPLORER}::test_earlier_runs_stay_until_they_are_cleared_and_say_what_was_different",
        "explorer.drawn_with == {'ghosts': {'n 7': 11}}",
    ),
}

NO_CLAIM = {
    "The course stays with networks": "contents",
    "300 times through all points (300 *epochs*)": "definition",
    "Is the untrained network better or worse than the best constant?": "question",
}

REST = 0
