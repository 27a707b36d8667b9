"""The source that a lesson shows is the module's own, in the order asked for."""

from dnn_lessons import DeepNeuralNetwork, relu, tanh
from dnn_lessons.classroom.source import source


def test_functions_are_shown_in_the_order_asked_for():
    text = source(relu, tanh).data
    assert text.startswith("```python\ndef relu(Z):")
    assert text.index("def relu") < text.index("def tanh")


def test_a_method_begins_at_the_margin():
    assert source(DeepNeuralNetwork.train).data.startswith("```python\ndef train(self")
