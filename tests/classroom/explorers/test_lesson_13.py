"""The explorer of a decision."""

from dnn_lessons import compute_cost
from dnn_lessons.classroom.explorers import decision_explorer
from dnn_lessons.datasets import two_moons
from dnn_lessons.network import DeepNeuralNetwork


def test_the_decision_explorer_trains_on_one_half_and_is_judged_on_the_other():
    explorer = decision_explorer()
    for _ in range(3):
        explorer.step()
    X, Y = two_moons(200, noise=0.2, rng=0)
    network = DeepNeuralNetwork((2, 8, 8, 1), rng=0)
    network.train(X[:, :100], Y[:, :100], explorer.values["learning_rate"], 3, 10)
    costs = explorer.state.costs
    assert costs["training"] == network.costs
    assert costs["held out"][-1] == compute_cost(network.predict(X[:, 100:]), Y[:, 100:])
