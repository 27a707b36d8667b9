"""A deep neural network from scratch, in NumPy: the functions that the lessons explain.

The reading list, in the order of the lessons:

01     forward.py         linear_forward, linear_activation_forward, L_model_forward
02-05  activations.py     sigmoid, relu, leaky_relu, tanh, each with its backward
06-08  costs.py           cross_entropy, mse, mae, each with its backward; compute_cost
09     backward.py        linear_backward, linear_activation_backward, L_model_backward
09     gradient_check.py  gradient_check
10     parameters.py      initialize_parameters, update_parameters
10     descent.py         surfaces, and gradient descent on them
11     batching.py        batch_generator
12     training.py        train_epochs, train
12-13  network.py         DeepNeuralNetwork, predict
14     datasets.py, metrics.py, experiment.py
15     engines/           other ways to run the same step

command/ is the command line, classroom/ holds figures, explorers and whatever else a lesson
shows; files that begin with an underscore are not part of the lessons.
"""

from dnn_lessons._checks import TrainingDiverged
from dnn_lessons.activations import (
    ACTIVATIONS,
    Activation,
    get_activation,
    leaky_relu,
    leaky_relu_backward,
    relu,
    relu_backward,
    sigmoid,
    sigmoid_backward,
    tanh,
    tanh_backward,
)
from dnn_lessons.backward import (
    L_model_backward,
    linear_activation_backward,
    linear_backward,
)
from dnn_lessons.batching import batch_generator
from dnn_lessons.costs import (
    COSTS,
    Cost,
    compute_cost,
    cross_entropy,
    cross_entropy_backward,
    get_cost,
    mae,
    mae_backward,
    mse,
    mse_backward,
)
from dnn_lessons.forward import L_model_forward, linear_activation_forward, linear_forward
from dnn_lessons.gradient_check import gradient_check
from dnn_lessons.network import DeepNeuralNetwork
from dnn_lessons.parameters import initialize_parameters, update_parameters
from dnn_lessons.training import train, train_epochs

import dnn_lessons.engines  # noqa: F401, isort: skip - enters its engines into the table of training

__all__ = [
    "ACTIVATIONS",
    "COSTS",
    "Activation",
    "Cost",
    "DeepNeuralNetwork",
    "L_model_backward",
    "L_model_forward",
    "TrainingDiverged",
    "batch_generator",
    "compute_cost",
    "cross_entropy",
    "cross_entropy_backward",
    "get_activation",
    "get_cost",
    "gradient_check",
    "initialize_parameters",
    "leaky_relu",
    "leaky_relu_backward",
    "linear_activation_backward",
    "linear_activation_forward",
    "linear_backward",
    "linear_forward",
    "mae",
    "mae_backward",
    "mse",
    "mse_backward",
    "relu",
    "relu_backward",
    "sigmoid",
    "sigmoid_backward",
    "tanh",
    "tanh_backward",
    "train",
    "train_epochs",
    "update_parameters",
]
