"""What the tables of several lessons share: cases, families of names, and calls of dnn_lessons."""

import numpy as np

from dnn_lessons import (
    L_model_backward,
    L_model_forward,
    sigmoid,
    sigmoid_backward,
    update_parameters,
)
from proofs.check import Check, arrays
from proofs.meaning import NOTHING, evaluate, plain
from proofs.parser import FormulaError
from proofs.tree import Node, named

KINK = ("z > 0", "z = 0", "z < 0")
SIDES = ("z > 0", "z < 0")
OPEN = "0 < a < 1"
TINY = r"\frac{1}{10^{20}}"
STEPS = 0, 1, 2, 5  # values of t
DEPTHS = 1, 2, 3, 6  # values of L
WIDTHS = 3, 4, 2, 5, 1, 6, 7  # of the layers n_0, n_1 and so on
MEAN_OF_LOSSES = tuple(
    arrays(*pair, code={"J": lambda network: network.code_cost()})
    for pair in (("sigmoid", "cross_entropy"), ("tanh", "mse"), ("relu", "mae"))
)


def output(forward):
    """Return what an activation gives, without its cache.

    Parameters
    ----------
    forward : callable
        The activation of dnn_lessons.

    Returns
    -------
    callable
        A function of z.
    """
    return lambda z: forward(z)[0]


def slope(backward, forward):
    """Return the derivative that an activation's backward function multiplies with.

    Parameters
    ----------
    backward, forward : callable
        The pair of dnn_lessons.

    Returns
    -------
    callable
        A function of z.
    """
    return lambda z: backward(np.ones_like(z), forward(z)[1])


def of_one_output(function):
    """Return a cost, or its derivative, as a function of one prediction and one label.

    Parameters
    ----------
    function : callable
        The function of dnn_lessons, of two arrays of shape (n_y, m).

    Returns
    -------
    callable
        A function of the numbers a and y.
    """
    return lambda a, y: function(np.reshape(a, (1, 1)), np.reshape(y, (1, 1)))


def of_a_sigmoid(cost_backward):
    """Return the derivative by z of a cost behind a sigmoid, as backpropagation finds it.

    Parameters
    ----------
    cost_backward : callable
        The derivative of the cost by the prediction, of dnn_lessons.

    Returns
    -------
    callable
        A function of the numbers z and y.
    """
    dA = of_one_output(cost_backward)
    return lambda z, y: sigmoid_backward(dA(sigmoid(z)[0], y), z)


def indexed(scope, base, example=None, subs=()):
    """Return the value of a symbol with indices, families left aside.

    Parameters
    ----------
    scope : Scope
        Where it is looked up.
    base : str
        The symbol.
    example : int, optional
        Its example.
    subs : tuple of int, optional
        Its indices.

    Returns
    -------
    number or array
        Its value.
    """
    nodes = {} if example is None else {"example": _number(example)}
    name = named(base, **nodes, subs=tuple(map(_number, subs)))
    return evaluate(name, scope._replace(families=NOTHING))


def _number(index):
    """Return the node of a number."""
    return Node("num", (str(index),))


def size(scope, name):
    """Return a size of the situation.

    Parameters
    ----------
    scope : Scope
        The situation.
    name : str
        The size, such as m.

    Returns
    -------
    int
        Its value.
    """
    return int(scope.names[plain(name)])


def mean(values):
    """Return a mean.

    Parameters
    ----------
    values : list of number or array
        The values, of any world.

    Returns
    -------
    number or array
        Their mean.
    """
    return sum(values[1:], values[0]) / len(values)


def root(scope, number):
    """Return a square root.

    Parameters
    ----------
    scope : Scope
        Whose world is asked.
    number : number
        What the root is of.

    Returns
    -------
    number
        The root.
    """
    return scope.world.functions["sqrt"](number)


def standard_deviation(values):
    """Return a family for a standard deviation s.

    It has another formula than the lessons: the mean of the squares less the square of the
    mean.

    Parameters
    ----------
    values : callable
        Gives the numbers, for a scope.

    Returns
    -------
    callable
        The family.
    """

    def s(scope, layer, example, subs):
        numbers = values(scope)
        return root(scope, mean([x**2 for x in numbers]) - mean(numbers) ** 2)

    return s


def layer_sizes(scope, layer, example, subs):
    """Return the number of units n_0, n_1 and so on: a family.

    Parameters
    ----------
    scope : Scope
        The situation.
    layer, example : None
        No part of the name.
    subs : tuple of int
        The number of the layer.

    Returns
    -------
    number
        The units of that layer.
    """
    return scope.world.number(WIDTHS[subs[0]])


def steps(base, step, start=None):
    """Return a family for a quantity with the index t: a symbol at first, then step by step.

    Parameters
    ----------
    base : str
        The quantity.
    step : callable
        Gives the next value, for (scope, t, value).
    start : int, optional
        The first t; that of the situation if it is left out.

    Returns
    -------
    callable
        The family.
    """

    def at(scope, layer, example, subs):
        first = size(scope, "t") if start is None else start
        if not subs or subs[0] < first:
            raise FormulaError(f"{base} has no value before step {first}")
        current = indexed(scope, base, subs=(first,))
        for t in range(first, subs[0]):
            current = step(scope, t, current)
        return current

    return at


def updated(scope, theta, gradient):
    """Return one parameter after update_parameters.

    Parameters
    ----------
    scope : Scope
        Where the learning rate eta is looked up.
    theta, gradient : number
        The parameter, and the derivative of the cost by it.

    Returns
    -------
    number
        The parameter after the step.
    """
    parameters = {"W1": np.array([[float(theta)]])}
    grads = {"dW1": np.array([[float(gradient)]])}
    new = update_parameters(parameters, grads, float(indexed(scope, "eta")))
    return scope.world.number(float(new["W1"][0, 0]))


def moved(gradient, start=None):
    """Return a family for theta_t: update_parameters, once for each step.

    Parameters
    ----------
    gradient : callable
        Gives the derivative of the cost, for (scope, t, theta).
    start : int, optional
        The first t, at which theta is a symbol; that of the situation if it is left out.

    Returns
    -------
    callable
        The family.
    """
    step = lambda scope, t, theta: updated(scope, theta, gradient(scope, t, theta))  # noqa: E731
    return steps("theta", step, start)


def code_gradients(network, examples=slice(None)):
    """Return the gradients of L_model_backward in a network.

    Parameters
    ----------
    network : RandomNetwork
        The network.
    examples : slice or list of int, optional
        For which of its examples.

    Returns
    -------
    dict
        {"dW1": array, "db1": array, ...}.
    """
    X, Y = network.arrays["X"][None][:, examples], network.Y[:, examples]
    pair = network.activation, network.activation
    AL, caches = L_model_forward(X, network.parameters, *pair)
    return L_model_backward(AL, Y, caches, *pair, network.cost)


def _any_gradient(scope, t, theta):
    """Return the derivative at step t, of which nothing is known."""
    return indexed(scope, "dtheta", subs=(t,))


UPDATE = Check(families={"theta": moved(_any_gradient)}, sizes={"t": STEPS}, module=True)
