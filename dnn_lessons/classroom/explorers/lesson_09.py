"""Lesson 09, backpropagation: the computational graph step by step, and a gradient check in which faults are found."""

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import numpy as np

from dnn_lessons.activations import ACTIVATIONS, get_activation
from dnn_lessons.backward import L_model_backward, linear_backward, output_backward
from dnn_lessons.classroom.explorers.check_view import entries_panel, steps_panel
from dnn_lessons.classroom.explorers.controls import choice, slider
from dnn_lessons.classroom.explorers.explorer import Explorer, Verdict
from dnn_lessons.classroom.explorers.graph_view import graph_panel
from dnn_lessons.classroom.explorers.picture import Picture
from dnn_lessons.classroom.explorers.text import array_text
from dnn_lessons.costs import COSTS, compute_cost, get_cost
from dnn_lessons.datasets import tiny_network
from dnn_lessons.forward import L_model_forward, linear_forward
from dnn_lessons.gradient_check import numerical_gradient, relative_error
from dnn_lessons.parameters import initialize_parameters

LAYER_DIMS, EXAMPLES = (2, 4, 3, 2), 5  # of the network whose gradients are checked
TOLERANCE = 1e-7
STEPS = [  # h of a central difference
    float(f"{digit}e{power}") for power in range(-12, -1) for digit in (1, 2, 5)
]
PARAMETERS = [f"{kind}{l}" for l in range(1, len(LAYER_DIMS)) for kind in "Wb"]


# ------------------------------------------------------------------------------------------ the graph, step by step

STEPS_OF_GRAPH = 19  # quantities of the two passes
FORMULAS = {  # how a quantity comes about, in the order of the steps; the others are given
    "Z1": "W1 X + b1",
    "A1": "relu(Z1)",
    "Z2": "W2 A1 + b2",
    "A2": "sigmoid(Z2)",
    "J": "the mean cross-entropy of A2 and Y",
    "dA2": "(A2 − Y) / (A2 (1 − A2))",
    "dZ2": "A2 − Y, by (9.19)",
    "dW2": "dZ2 A1ᵀ / m, by (9.14)",
    "db2": "the mean of the columns of dZ2, by (9.15)",
    "dA1": "W2ᵀ dZ2, by (9.16)",
    "dZ1": "dA1 ⊙ relu'(Z1), by (9.17)",
    "dW1": "dZ1 Xᵀ / m, by (9.14)",
    "db1": "the mean of the columns of dZ1, by (9.15)",
}


class GraphState(NamedTuple):
    """What is known of the tiny network after some steps.

    Parameters
    ----------
    values : dict
        Names and arrays of the forward pass.
    gradients : dict
        Names and arrays of the backward pass, such as "dW1".
    newest : str
        The name of the quantity that was computed last.
    """

    values: dict
    gradients: dict
    newest: str


def backward_explorer(**values):
    """Return the explorer of the computational graph.

    Parameters
    ----------
    **values : object
        Values of controls by name, where they do not stand at their start.

    Returns
    -------
    Explorer
        Its control is the number of quantities that are known, forwards and then backwards.
    """
    steps = range(1, STEPS_OF_GRAPH + 1)
    controls = [slider("step", "step", steps, STEPS_OF_GRAPH, "{}")]
    title = "Backpropagation, step by step"
    functions = _known, _draw_graph, _say_newest
    return Explorer(backward_explorer, title, controls, *functions, values)


def _known(step):
    """Return the State after so many steps."""
    values = dict(list(_forward_pass().items())[:step])
    gradients = dict(
        list(_backward_pass().items())[: max(0, step - len(_forward_pass()))]
    )
    return GraphState(values, gradients, [*values, *gradients][-1])


@cache
def _forward_pass():
    """Return {name: value} of the tiny network in the order in which they are computed."""
    X, Y, parameters = tiny_network()
    first = _layer(1, X, parameters, "relu")
    second = _layer(2, first["A1"], parameters, "sigmoid")
    J = compute_cost(second["A2"], Y)
    return {"X": X, **first, **second, "Y": Y, "J": J}


def _layer(l, A_prev, parameters, activation):
    """Return {name: value} of layer l."""
    W, b = parameters[f"W{l}"], parameters[f"b{l}"]
    Z, _ = linear_forward(A_prev, W, b)
    A, _ = get_activation(activation).forward(Z)
    return {f"W{l}": W, f"b{l}": b, f"Z{l}": Z, f"A{l}": A}


@cache
def _backward_pass():
    """Return {name: gradient} of the tiny network in the order in which they are computed."""
    X, Y, parameters = tiny_network()
    A2, (hidden, output) = L_model_forward(X, parameters, "relu", "sigmoid")
    last = _output_gradients(A2, Y, *output)
    return {**last, **_hidden_gradients(last["dA1"], *hidden)}


def _output_gradients(A2, Y, linear_cache, activation_cache):
    """Return the gradients of the output layer, and that by its input."""
    cost, sigmoid = get_cost("cross_entropy"), get_activation("sigmoid")
    dA2 = cost.backward(A2, Y)
    dZ2 = output_backward(A2, Y, activation_cache, sigmoid, cost)
    dA1, dW2, db2 = linear_backward(dZ2, linear_cache)
    return {"dA2": dA2, "dZ2": dZ2, "dW2": dW2, "db2": db2, "dA1": dA1}


def _hidden_gradients(dA1, linear_cache, activation_cache):
    """Return the gradients of the hidden layer."""
    dZ1 = get_activation("relu").backward(dA1, activation_cache)
    _, dW1, db1 = linear_backward(dZ1, linear_cache, input_gradient=False)
    return {"dZ1": dZ1, "dW1": dW1, "db1": db1}


def _draw_graph(state):
    """Return the graph with what is known."""
    title = "a tiny network, with two examples"
    return Picture([graph_panel(title, *state)], _notes(state))


def _say_newest(state):
    """Return the newest quantity in words: how it comes about, its shape and its numbers."""
    known, name = {**state.values, **state.gradients}, state.newest
    way = "backwards" if name in state.gradients else "forwards"
    step = f"Step {len(known)} of {STEPS_OF_GRAPH}, {way}"
    sentence = f"{name} is {FORMULAS.get(name, 'given')}."
    return f"{step}: {sentence} {array_text(name, known[name])}"


def _notes(state):
    """Return the value in each box and, in a second line, the gradient by it."""
    lines = {name: [array_text(name, value)] for name, value in state.values.items()}
    for name, value in state.gradients.items():
        lines[name[1:]].append(array_text(name, value))
    return {name: "\n".join(texts) for name, texts in lines.items()}


# --------------------------------------------------------------------------------------------- the gradient check

OUTCOMES = {  # {passes: (name, words, side of the tolerance)}
    True: ("right", "passes", f"below the tolerance of {TOLERANCE:.0e}"),
    False: ("wrong", "does not pass", f"above the tolerance of {TOLERANCE:.0e}"),
}
SOUND = "Yet this backward pass has no fault: the step is to blame."


class CheckState(NamedTuple):
    """One gradient, checked against central differences.

    Parameters
    ----------
    name : str
        The name of the gradient, such as "dW1".
    errors : ndarray, shape (n, n_prev)
        The relative error of each of its entries at the step h.
    error : float
        The relative error of the whole at the step h.
    h : float
        The step of the central difference.
    curve : ndarray, shape (k,)
        The relative error of the whole at each of STEPS.
    sound : ndarray, shape (k,), or None
        The same of the right backward pass, where a fault is chosen.
    wrong : list of str
        The names of the gradients that the fault changes.
    choices : tuple of str
        The activation, the cost and the fault.
    """

    name: str
    errors: np.ndarray
    error: float
    h: float
    curve: np.ndarray
    sound: np.ndarray | None
    wrong: list
    choices: tuple


def check_explorer(**values):
    """Return the explorer of the gradient check.

    Parameters
    ----------
    **values : object
        Values of controls by name, where they do not stand at their start.

    Returns
    -------
    Explorer
        Its controls are the activation, the cost, the parameter, the step, and a fault in the backward pass.
    """
    functions = _check, _draw_errors, _say_verdict
    return Explorer(check_explorer, "Gradient check", CONTROLS, *functions, values)


def _check(activation, cost, name, h, fault):
    """Return the State of the check of one gradient."""
    choices = activation, cost, fault
    pair = _gradients(*choices)[f"d{name}"], _measured(activation, cost, name, h)
    errors = np.vectorize(relative_error, otypes=[float])(*pair), relative_error(*pair)
    curves, changed = _curves(*choices, name), _changed(*choices)
    return CheckState(f"d{name}", *errors, h, *curves, changed, choices)


def _curves(activation, cost, fault, name):
    """Return the error by the step with the fault, and without it, where there is one."""
    curve = _curve(activation, cost, fault, name)
    sound = None if fault == "none" else _curve(activation, cost, "none", name)
    return curve, sound


def _changed(activation, cost, fault):
    """Return the names of the gradients that a fault changes."""
    right, faulty = (_gradients(activation, cost, each) for each in ("none", fault))
    names = [f"d{name}" for name in PARAMETERS]
    return [name for name in names if not np.allclose(right[name], faulty[name])]


@cache
def _curve(activation, cost, fault, name):
    """Return the relative error of one gradient for each of STEPS."""
    given = _gradients(activation, cost, fault)[f"d{name}"]
    measured = [_measured(activation, cost, name, h) for h in STEPS]
    return np.array([relative_error(given, each) for each in measured])


@cache
def _gradients(activation, cost, fault):
    """Return the gradients of a backward pass with the fault in it."""
    X, Y, parameters = _network(activation)
    AL, caches = L_model_forward(X, parameters, activation, "sigmoid")
    hidden, faulty = FAULTS[fault].of(get_activation(activation), get_cost(cost))
    return L_model_backward(AL, Y, caches, hidden, "sigmoid", faulty)


@cache
def _measured(activation, cost, name, h):
    """Return one gradient as central differences with the step h."""
    X, Y, parameters = _network(activation)

    def J(value):
        AL, _ = L_model_forward(X, {**parameters, name: value}, activation, "sigmoid")
        return compute_cost(AL, Y, cost)

    return numerical_gradient(J, parameters[name], step=h)


@cache
def _network(activation):
    """Return the examples and the parameters of the network that is checked."""
    rng = np.random.default_rng(1)
    X = rng.standard_normal((LAYER_DIMS[0], EXAMPLES))
    Y = rng.uniform(0.1, 0.9, (LAYER_DIMS[-1], EXAMPLES))
    return X, Y, initialize_parameters(LAYER_DIMS, activation, "sigmoid", rng=rng)


def _draw_errors(state):
    """Return the error of each entry, and that of the whole by the step."""
    curves = {f"error of {state.name}": ("backward", state.curve)}
    if state.sound is not None:
        curves["without the fault"] = "right", state.sound
    at = state.h, state.error
    return Picture(
        [
            entries_panel(state.name, state.errors, TOLERANCE),
            steps_panel(STEPS, curves, at, TOLERANCE),
        ]
    )


def _say_verdict(state):
    """Return whether the gradient passes, and what the fault has to do with it."""
    name, verdict, side = OUTCOMES[bool(state.error <= TOLERANCE)]
    error = (
        f"{state.name} with h = {state.h:.0e}: the relative error is {state.error:.0e}"
    )
    told = f"The gradient {verdict}: {error}, {side}. {_part_of_the_fault(state)}"
    return Verdict(name, told.strip())


def _part_of_the_fault(state):
    """Return in words what the fault does to this gradient and to the others."""
    activation, cost, fault = state.choices
    if fault == "none":
        return "" if state.error <= TOLERANCE else SOUND
    if not state.wrong:
        nothing = f"With {activation} and {cost} this fault changes nothing"
        return f"{nothing}: {FAULTS[fault].reach}."
    return "" if state.name in state.wrong else _other_gradients(state)


def _other_gradients(state):
    """Return in words which other gradients the fault changes."""
    others = ", ".join(state.wrong)
    return f"This fault does not reach {state.name}. It changes {others}."


# Each fault takes the hidden activation and the cost, and returns those of the wrong backward pass.


def _no_fault(hidden, cost):
    """Return both as they are."""
    return hidden, cost


def _one_cost_for_all(hidden, cost):
    """Return the cross-entropy in place of the cost."""
    return hidden, get_cost("cross_entropy")


def _mean_twice(hidden, cost):
    """Return a cost that divides by the number of examples, as linear_backward does again."""

    def backward(AL, Y):
        return cost.backward(AL, Y) / AL.shape[1]

    return hidden, cost._replace(from_logits={}, backward=backward)


def _leak_alone(hidden, cost):
    """Return a leaky ReLU whose leak stands in the place of the leak times the arriving gradient."""
    if hidden.name != "leaky_relu":
        return hidden, cost

    def backward(dA, Z):
        return np.where(Z > 0, dA, hidden.backward(np.ones_like(dA), Z))

    return hidden._replace(backward=backward), cost


class Fault(NamedTuple):
    """A fault in a backward pass.

    Parameters
    ----------
    of : callable
        Takes the hidden activation and the cost, and returns those of the wrong backward pass.
    reach : str
        For which of them it does something, in words.
    """

    of: Callable
    reach: str


FAULTS = {
    "none": Fault(_no_fault, ""),
    "cross-entropy for every cost": Fault(
        _one_cost_for_all, "with the cost cross_entropy it is no fault"
    ),
    "1/m twice": Fault(_mean_twice, "it changes every gradient"),
    "leaky_relu: leak without dA": Fault(_leak_alone, "it touches leaky_relu only"),
}
CONTROLS = [
    choice("activation", "activation", list(ACTIVATIONS), "relu"),
    choice("cost", "cost", list(COSTS), "mse"),
    choice("name", "gradient by", PARAMETERS, "W1"),
    slider("h", "step h", STEPS, 1e-5, "{:.0e}"),
    choice("fault", "fault", list(FAULTS), "none"),
]
