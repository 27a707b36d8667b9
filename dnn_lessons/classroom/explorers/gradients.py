"""Lesson 09: backpropagation step by step on the graph; a gradient check with everything to choose, faults included."""

from functools import cache, partial

import numpy as np

from dnn_lessons.activations import ACTIVATIONS, get_activation
from dnn_lessons.backward import (
    L_model_backward,
    linear_backward,
    output_backward,
)
from dnn_lessons.classroom.explorers.explorer import (
    Explorer,
    choice,
    explorer,
    slider,
    told,
)
from dnn_lessons.classroom.figures.diagrams import computational_graph
from dnn_lessons.classroom.figures.live import gradient_errors
from dnn_lessons.costs import COSTS, compute_cost, get_cost
from dnn_lessons.datasets import tiny_network
from dnn_lessons.forward import L_model_forward, linear_forward
from dnn_lessons.gradient_check import numerical_gradient, relative_error
from dnn_lessons.parameters import initialize_parameters

DIMS, EXAMPLES, TOLERANCE = (2, 4, 3, 2), 5, 1e-7
STEPS = np.geomspace(1e-12, 1e-1, 45)


@cache
def passes():
    """[(name, value)] of the tiny network in the order in which they are computed: forwards, then backwards."""
    X, Y, P = tiny_network()
    hidden, output, cost = get_activation("relu"), get_activation("sigmoid"), get_cost("cross_entropy")
    Z1, first = linear_forward(X, P["W1"], P["b1"])
    A1, kept = hidden.forward(Z1)
    Z2, second = linear_forward(A1, P["W2"], P["b2"])
    A2, e = output.forward(Z2)
    dZ2 = output_backward(A2, Y, e, output, cost)
    dA1, dW2, db2 = linear_backward(dZ2, second)
    dZ1 = hidden.backward(dA1, kept)
    _, dW1, db1 = linear_backward(dZ1, first, False)
    forwards = {"X": X, "W1": P["W1"], "b1": P["b1"], "Z1": Z1, "A1": A1, "W2": P["W2"], "b2": P["b2"], "Z2": Z2,
                "A2": A2, "Y": Y, "J": compute_cost(A2, Y)}
    backwards = {"dA2": cost.backward(A2, Y), "dZ2": dZ2, "dW2": dW2, "db2": db2, "dA1": dA1, "dZ1": dZ1, "dW1": dW1,
                 "db1": db1}
    return [*forwards.items(), *backwards.items()]


def known(step):
    """The values and the gradients that are known after so many steps, and the newest of them."""
    so_far = dict(passes()[:step])
    gradients = {name: value for name, value in so_far.items() if name.startswith("d")}
    return {name: value for name, value in so_far.items() if name not in gradients}, gradients, passes()[step - 1]


def say_newest(values, gradients, newest):
    """The newest quantity with its shape and numbers."""
    way = "backwards" if newest[0] in gradients else "forwards"
    return f"Step {len(values) + len(gradients)} of {len(passes())}, {way}: {told(*newest)}"


def note_boxes(values, gradients, newest):
    """For each box that is known, its value, and below it the gradient by it."""
    slopes = {name[1:]: told(name, value) for name, value in gradients.items()}
    return {name: "\n".join([told(name, value), slopes.get(name, "")]).strip() for name, value in values.items()}


@explorer
def backward_explorer():
    """The computational graph of the tiny network, a quantity at a time, forwards and backwards."""
    names = [name for name, _ in passes()]
    control = slider("step", "step", range(1, len(names) + 1), len(names), "{}")
    return Explorer("Backpropagation, step by step", [control], known,
                    lambda values, gradients, newest: computational_graph(values, gradients), say_newest,
                    notes=note_boxes)


def keep(hidden, cost):
    """No fault."""
    return hidden, cost


def one_cost_for_all(hidden, cost):
    """The backward pass of the cross-entropy, whatever the cost."""
    return hidden, get_cost("cross_entropy")


def mean_twice(hidden, cost):
    """A cost that is averaged over the examples before linear_backward does it again."""
    return hidden, cost._replace(from_logits={}, backward=lambda AL, Y: cost.backward(AL, Y) / AL.shape[1])


def leak_alone(hidden, cost):
    """The leaky ReLU's slope in the place of the arriving gradient times that slope."""
    def backward(dA, Z):
        return np.where(Z > 0, dA, hidden.backward(np.ones_like(dA), Z))
    return (hidden._replace(backward=backward) if hidden.name == "leaky_relu" else hidden), cost


FAULTS = {"none": keep, "cross-entropy for every cost": one_cost_for_all, "1/m twice": mean_twice,
          "leaky_relu: leak without dA": leak_alone}


@cache
def checked(activation, cost, fault):
    """(gradients that the backward pass gives, numerical gradients {name: one for each of STEPS})."""
    rng = np.random.default_rng(1)
    X, Y = rng.standard_normal((DIMS[0], EXAMPLES)), rng.uniform(0.1, 0.9, (DIMS[-1], EXAMPLES))
    parameters = initialize_parameters(DIMS, activation, "sigmoid", rng=rng)
    AL, caches = L_model_forward(X, parameters, activation, "sigmoid")
    hidden, faulty = FAULTS[fault](get_activation(activation), get_cost(cost))
    grads = L_model_backward(AL, Y, caches, hidden, "sigmoid", faulty)

    def J(name, value):
        return compute_cost(L_model_forward(X, {**parameters, name: value}, activation, "sigmoid")[0], Y, cost)

    return grads, {name: partial(numerical_gradient, partial(J, name), P) for name, P in parameters.items()}


@cache
def curve(activation, cost, fault, name):
    """The relative error of the gradient `name` for each of STEPS."""
    grads, numerical = checked(activation, cost, fault)
    return np.array([relative_error(grads[f"d{name}"], numerical[name](step=h)) for h in STEPS[::2]])


def check(activation, cost, fault, name, h):
    """The arguments of gradient_errors."""
    grads, numerical = checked(activation, cost, fault)
    given, measured = grads[f"d{name}"], numerical[name](step=h)
    errors = np.vectorize(relative_error, otypes=[float])(given, measured)
    return errors, f"d{name}", STEPS[::2], curve(activation, cost, fault, name), h, TOLERANCE, \
        relative_error(given, measured)


def say_check(errors, name, steps, curve, h, tolerance, error):
    """The verdict."""
    verdict = "within" if error <= tolerance else "WRONG: above"
    return f"{name} with h = {h:.0e}: relative error {error:.0e}, {verdict} the tolerance {tolerance:.0e}."


@explorer
def check_explorer():
    """A gradient check: activation, cost, layer and step, and the faults of the document to choose."""
    names = [f"{kind}{l}" for l in range(1, len(DIMS)) for kind in "Wb"]
    controls = [choice("activation", "activation", list(ACTIVATIONS), "relu"),
                choice("cost", "cost", list(COSTS), "mse"),
                choice("name", "gradient by", names, "W1"), slider("h", "step h", STEPS, 1e-5, "{:.0e}"),
                choice("fault", "fault", list(FAULTS), "none")]
    return Explorer("Gradient check", controls, check, lambda *data: gradient_errors(*data[:-1]), say_check)
