"""A deep neural network from scratch, in NumPy: the functions that the lessons explain, in lesson order."""

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
from dnn_lessons.training import TrainingDiverged, train, train_epochs

__all__ = [
    "ACTIVATIONS", "COSTS", "Activation", "Cost", "DeepNeuralNetwork", "L_model_backward", "L_model_forward",
    "TrainingDiverged", "batch_generator", "compute_cost", "cross_entropy", "cross_entropy_backward",
    "get_activation", "get_cost", "gradient_check", "initialize_parameters", "leaky_relu", "leaky_relu_backward",
    "linear_activation_backward", "linear_activation_forward", "linear_backward", "linear_forward", "mae",
    "mae_backward", "mse", "mse_backward", "relu", "relu_backward", "sigmoid", "sigmoid_backward", "tanh",
    "tanh_backward", "train", "train_epochs", "update_parameters",
]  # fmt: skip
