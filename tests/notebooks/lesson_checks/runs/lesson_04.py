"""What holds the words of outcome of lesson 04, the leaky ReLU."""

from functools import cache, partial

import numpy as np

from dnn_lessons import (
    Activation,
    DeepNeuralNetwork,
    L_model_forward,
    TrainingDiverged,
    leaky_relu,
    leaky_relu_backward,
)
from dnn_lessons.backward import linear_backward
from dnn_lessons.costs import mse_backward
from dnn_lessons.datasets import Scaler, regression_curve
from lesson_checks.runs.common import falls, near, rises, slope
from proofs.situations import equations

RUNS = {
    "Negative ones shrink to a tenth": (
        "04-06",
        lambda n: n[1] == -1 / 10 and n[2] == -0.5 / 10,
    ),
    r"Twice the difference gives the derivatives $-1.6, -3.2, -4.8, -6.4$": (
        "04-35",
        lambda n: near(
            n[8:12], [2 * (a - y) for a, y in zip(n[4:8], range(4), strict=True)]
        ),
    ),
    "raised the largest pre-activation by": (
        "04-35",
        lambda n: near(2 * n[16] + n[17] - n[3], 0.24) and near(2 * 0.08 + 0.08, 0.24),
    ),
    "The other is the output bias, which rises": ("04-35", lambda n: n[-1] > 0),
    "In the long run it grows, as the output bias does": (
        "04-39a",
        lambda n: n[6] > n[2] and n[7] > n[3],
    ),
    "The smaller the leak, the weaker the pull": (
        "04-37",
        lambda n: n[1] < n[3] and n[2] > n[4],
    ),
    "so the unit needs a smaller value to reach the label 3": (
        "04-39a",
        lambda n: (3 - n[7]) / n[6] < (3 - n[3]) / n[2],
    ),
    "and the output layer receives ever larger numbers below 0": (
        "04-46a",
        lambda n: rises(n[2:12:3]) and falls(n[1:12:3]),
    ),
}


@cache
def back_to_life():
    """Of 200 steps with the leak 0.2: output weight, largest pre-activation and cost, in columns."""
    row = Activation(
        "leaky_relu_0.2",
        partial(leaky_relu, alpha=0.2),
        partial(leaky_relu_backward, alpha=0.2),
    )
    X = np.array([[-1.0, 0.0, 1.0, 2.0]])
    network = DeepNeuralNetwork((1, 1, 1), row, "linear", "mse", rng=0)
    dead = {"W1": 1.0, "b1": -3.0, "W2": 1.0, "b2": 0.0}
    network.parameters = {name: np.array([[number]]) for name, number in dead.items()}
    rows = []
    for _ in network.train_epochs(X, X + 1, 0.1, num_epochs=200, batch_size=4):
        P = network.parameters
        highest = (P["W1"] * X + P["b1"]).max()
        rows.append((P["W2"].item(), highest, network.costs[-1]))
    return np.array(rows).T


@cache
def faulty_run():
    """Of the bug hunt's faulty run from the first start: its costs, and the mean of Z2 after each epoch."""
    row = Activation("faulty", leaky_relu, replacing, variance_scale=2.0)
    x, Y = regression_curve(500)
    X, means = Scaler.fit(x).transform(x), []
    network = DeepNeuralNetwork((1, 20, 20, 1), row, "linear", "mse", rng=0)
    try:
        for _ in network.train_epochs(X, Y, 0.05, num_epochs=30, batch_size=8):
            _, caches = L_model_forward(X, network.parameters, row, "linear")
            means.append(caches[1][1].mean())
    except TrainingDiverged:
        return network.costs, means
    return [], []


def replacing(dA, Z):
    """The faulty backward: the leak in the place of the derivative."""
    return np.where(Z > 0, dA, 0.01)


def pre_activation_sinks_and_cost_falls():
    """The largest pre-activation is highest after step 19, and the cost falls to the end."""
    _, highest, costs = back_to_life()
    return np.argmax(highest) == 19 - 1 and falls(highest[18:]) and falls(costs[18:])


def output_weight_falls_first():
    """It falls in five steps, and rises in all later ones."""
    weights = [1.0, *back_to_life()[0]]
    return falls(weights[:6]) and rises(weights[5:])


def faulty_cost_rests_and_leaps():
    """Near 0.04 to epoch 11, and more than half above it in epoch 12."""
    costs, _ = faulty_run()
    return (
        min(costs[1:11]) > 0.04
        and max(costs[1:11]) < 0.05
        and costs[11] > 1.5 * costs[10]
    )


def faulty_cost_leaps():
    """In epochs 13 to 16, by at least ten powers of ten each time."""
    costs, _ = faulty_run()
    return len(costs) == 16 and rises([10**9 * costs[11], costs[12]])


def replaced_derivative_never_shrinks():
    """Five residuals, each a tenth of the one before: the derivative follows, 0.01 does not."""
    residuals = 10.0 ** -np.arange(5)
    right = leaky_relu_backward(2 * residuals, -np.ones(5))
    return (
        near(right[1:] / right[:-1], 0.1) and np.ptp(replacing(right, -np.ones(5))) == 0
    )


def step_of_an_output_weight():
    """The learning rate, twice the residual, and the number that the weight multiplies."""
    received, AL = np.array([[0.7]]), np.array([[0.9]])
    dZ = mse_backward(AL, np.array([[0.4]]))
    _, dW, _ = linear_backward(dZ, (received, np.ones((1, 1)), None))
    return near(0.05 * dW, 0.05 * 2 * (0.9 - 0.4) * 0.7)


def example_of_the_leak_gradient():
    """The derivative by the leak, moved a little in the mean of the two losses."""
    dA, Z = np.array([[1, 2], [3, 4]]), np.array([[-1, 2], [-3, -4]])
    terms = (dA * (leaky_relu(Z, 0.3)[0] - leaky_relu(Z, 0.2)[0])).sum() / (0.3 - 0.2)
    return near(terms, -26) and near(terms / 2, -13)


def on_one_line(z, h, steepness):
    """Whether z - h, z and z + h lie on a line through 0."""
    three = np.array([z - h, z, z + h])
    return near(leaky_relu(three, 0.1)[0], steepness * three)


def few_paths_have_leaks_only():
    """Of all paths through three layers of 20 units, for the points of the curve: the mean share."""
    X = Scaler.fit(regression_curve(500)[0]).transform(regression_curve(500)[0])
    network = DeepNeuralNetwork((1, 20, 20, 20, 1), "leaky_relu", "linear", "mse", rng=0)
    _, caches = L_model_forward(X, network.parameters, "leaky_relu", "linear")
    shares = [np.mean(cache[1] < 0, axis=0) for cache in caches[:3]]
    return 0 < np.mean(np.prod(shares, axis=0)) < 0.5


def later_steps_are_shorter():
    """Each of the nine to the kink than the one before; the first goes from -1 to -0.76."""
    lengths = np.diff([-1, *back_to_life()[1]])[:9]
    return near(lengths[0], -0.76 + 1) and falls(lengths) and sum(lengths) > 1


COMPUTED = {
    "Far to the left the slope vanishes, as that of the sigmoid does": (
        lambda: np.exp(-40.0) < 1e-17 and slope("sigmoid", -40.0) < 1e-17
    ),
    "the largest pre-activation sinks again after step 19, although the cost goes on falling": (
        pre_activation_sinks_and_cost_falls
    ),
    "The output weight falls in the first few steps only": output_weight_falls_first,
    "it stays between 0.04 and 0.05, as if training had come to rest, grows by more than half": (
        faulty_cost_rests_and_leaps
    ),
    "and then leaps by many powers of ten": faulty_cost_leaps,
    "A derivative that shrinks as the prediction improves is replaced by one that never does": (
        replaced_derivative_never_shrinks
    ),
    "the pre-activations of the second layer sink": (
        lambda: len(faulty_run()[1]) == 16 and falls(faulty_run()[1])
    ),
    "the learning rate 0.05, times twice the residual (prediction minus label)": (
        step_of_an_output_weight
    ),
    "and half of it is $-13$": example_of_the_leak_gradient,
    "For $h$ smaller than $z$ all three points lie on the line $z$": lambda: (
        all(on_one_line(2, h, 1) for h in (0.1, 1, 1.99)) and not on_one_line(2, 2.01, 1)
    ),
    "For $h$ smaller than $-z$ all three points lie on the line": lambda: (
        all(on_one_line(-2, h, 0.1) for h in (0.1, 1, 1.99))
        and not on_one_line(-2, 2.01, 0.1)
    ),
    "but now the left side is the steeper one": lambda: (
        leaky_relu_backward(1.0, -4.0, 1.5) == 1.5 > leaky_relu_backward(1.0, 4.0, 1.5)
    ),
    "In layers of many units most paths have fewer factors of that kind": few_paths_have_leaks_only,
    "The later steps are shorter": later_steps_are_shorter,
    "A shorter formula": lambda: (
        3 * len(r"g(z) = \max(\alpha z, z)") < len(equations()["4.1"])
    ),
    "each step lands farther away than the last": lambda: (
        abs(1 - 0.1 * (18.9 + 1)) < 1 < abs(1 - 0.1 * (19.1 + 1))
    ),
}

BY_EQUATION = {
    "Which of the two numbers is larger depends on the sign of their difference": "(4.8)",
}

BY_TEST = {}

NO_CLAIM = {
    "The next cell follows the largest pre-activation": "contents",
    r"When $\alpha$ grows by a little, by how much does $g(z)$ grow": "question",
}

REST = 0
