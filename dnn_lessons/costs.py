"""Cost functions (lessons 06 to 08): each forward beside its backward, in COSTS.

The cost J is the mean over the m examples of the loss of one example, summed over the n_y
outputs:
    J = (1/m) sum_i sum_k loss(AL[k, i], Y[k, i]).
A forward returns J. A backward returns the derivatives of the *losses*, of the shape of AL:
the one factor 1/m of every gradient stands in `backward.linear_backward`.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from dnn_lessons._checks import as_matrix, check_bounds, lookup, of_one_shape
from dnn_lessons.activations import get_activation, sigmoid


def cross_entropy(AL, Y):
    """Return J = -(1/m) sum(Y log AL + (1 - Y) log(1 - AL)), where 0 log 0 = 0.

    Parameters
    ----------
    AL : ndarray, shape (n_y, m)
        Predictions from 0 to 1.
    Y : ndarray, shape (n_y, m)
        Labels from 0 to 1.

    Returns
    -------
    float
        The cost; infinite where a label is given the probability 0.
    """
    with np.errstate(divide="ignore"):
        hit = np.multiply(Y, np.log(AL), where=Y > 0, out=np.zeros_like(AL))
        miss = np.multiply(1 - Y, np.log1p(-AL), where=Y < 1, out=np.zeros_like(AL))
    return -np.sum(hit + miss) / AL.shape[1]


def cross_entropy_backward(AL, Y):
    """Return dAL = (AL - Y) / (AL (1 - AL)); finite, and 0 where AL = Y, also at 0 and 1.

    Parameters
    ----------
    AL : ndarray, shape (n_y, m)
        Predictions from 0 to 1.
    Y : ndarray, shape (n_y, m)
        Labels from 0 to 1.

    Returns
    -------
    ndarray, shape (n_y, m)
        Derivatives of the losses by AL.
    """
    return (AL - Y) / np.maximum(AL * (1 - AL), np.finfo(AL.dtype).tiny)


def sigmoid_cross_entropy(Z, Y):
    """Return the cross-entropy of AL = sigmoid(Z), computed from Z.

    J = (1/m) sum(max(Z, 0) - Y Z + log(1 + exp(-|Z|))).

    Parameters
    ----------
    Z : ndarray, shape (n_y, m)
        The weighted sums of the output layer.
    Y : ndarray, shape (n_y, m)
        Labels from 0 to 1.

    Returns
    -------
    float
        The cost, exact also where AL is rounded to 0 or 1. Derived in lesson 06.
    """
    losses = Z * ((Z > 0) - Y) + np.log1p(np.exp(-np.abs(Z)))
    return np.sum(losses) / Z.shape[1]


def sigmoid_cross_entropy_backward(AL, Y):
    """Return dZ = AL - Y: the sigmoid's slope AL (1 - AL) cancels a denominator.

    Parameters
    ----------
    AL : ndarray, shape (n_y, m)
        sigmoid(Z).
    Y : ndarray, shape (n_y, m)
        Labels from 0 to 1.

    Returns
    -------
    ndarray, shape (n_y, m)
        Derivatives of the losses by Z.
    """
    return AL - Y


def mse(AL, Y):
    """Return the mean squared error J = (1/m) sum((AL - Y)^2).

    Parameters
    ----------
    AL, Y : ndarray, shape (n_y, m)
        Predictions and labels.

    Returns
    -------
    float
        The cost.
    """
    return np.sum(np.square(AL - Y)) / AL.shape[1]


def mse_backward(AL, Y):
    """Return dAL = 2 (AL - Y).

    Parameters
    ----------
    AL, Y : ndarray, shape (n_y, m)
        Predictions and labels.

    Returns
    -------
    ndarray, shape (n_y, m)
        Derivatives of the losses by AL.
    """
    return 2 * (AL - Y)


def mae(AL, Y):
    """Return the mean absolute error J = (1/m) sum(|AL - Y|).

    Parameters
    ----------
    AL, Y : ndarray, shape (n_y, m)
        Predictions and labels.

    Returns
    -------
    float
        The cost.
    """
    return np.sum(np.abs(AL - Y)) / AL.shape[1]


def mae_backward(AL, Y):
    """Return dAL = sign(AL - Y): -1 or 1, and at the kink AL = Y the subgradient 0.

    Parameters
    ----------
    AL, Y : ndarray, shape (n_y, m)
        Predictions and labels.

    Returns
    -------
    ndarray, shape (n_y, m)
        Derivatives of the losses by AL; lesson 08 says why 0 is a good choice at the kink.
    """
    return np.sign(AL - Y)


# Each of them refuses arrays of two shapes, which NumPy would stretch to a common one.
mse, mse_backward = map(of_one_shape, (mse, mse_backward))
mae, mae_backward = map(of_one_shape, (mae, mae_backward))
cross_entropy = of_one_shape(cross_entropy)
cross_entropy_backward = of_one_shape(cross_entropy_backward)
sigmoid_cross_entropy = of_one_shape(sigmoid_cross_entropy)


class Cost(NamedTuple):
    """A cost function: forward, backward, and what the network must know of it.

    Parameters
    ----------
    name : str
        The name that it is chosen by.
    forward : callable
        (AL, Y) -> J.
    backward : callable
        (AL, Y) -> dAL.
    bounds : tuple of float, default (-inf, inf)
        The smallest and the largest number that AL and Y may hold.
    from_logits : mapping
        {the forward of an activation: ((Z, Y) -> J, (AL, Y) -> dZ)}: both at once, exact
        also where AL is rounded.
    """

    name: str
    forward: Callable
    backward: Callable
    bounds: tuple = (-np.inf, np.inf)
    from_logits: Mapping = MappingProxyType({})


FROM_LOGITS = {sigmoid: (sigmoid_cross_entropy, sigmoid_cross_entropy_backward)}
ROWS = (
    Cost("cross_entropy", cross_entropy, cross_entropy_backward, (0.0, 1.0), FROM_LOGITS),
    Cost("mse", mse, mse_backward),
    Cost("mae", mae, mae_backward),
)
COSTS = {row.name: row for row in ROWS}


def get_cost(cost):
    """Return the Cost called `cost`; a Cost is returned as it is.

    Parameters
    ----------
    cost : str or Cost
        A name in COSTS, or a row of the reader's own.

    Returns
    -------
    Cost
        The row.

    Raises
    ------
    ValueError
        If the name is unknown; the message lists the known ones.
    """
    return lookup("cost", cost, COSTS, Cost)


def reads_logits(cost, output_layer_activation):
    """Return whether the cost computes from Z where this activation made AL.

    Parameters
    ----------
    cost : str or Cost
        The cost function.
    output_layer_activation : str or Activation
        The activation function of the output layer.

    Returns
    -------
    bool
        True for the cross-entropy of a sigmoid.
    """
    return get_activation(output_layer_activation).forward in get_cost(cost).from_logits


def compute_cost(AL, Y, cost="cross_entropy", Z=None, output_layer_activation=None):
    """Return the cost J of the predictions AL (n_y, m) against the labels Y (n_y, m).

    Parameters
    ----------
    AL : array_like, shape (n_y, m)
        Predictions.
    Y : array_like, shape (n_y, m)
        Labels.
    cost : str or Cost, default "cross_entropy"
        The cost function.
    Z : ndarray, shape (n_y, m), optional
        The weighted sums that the output layer made AL from.
    output_layer_activation : str or Activation, optional
        The activation function that made AL from Z. Where the cost knows it, J is computed
        from Z, and so is exact also where AL is rounded to 0 or 1.

    Returns
    -------
    float
        The cost.

    Raises
    ------
    ValueError
        If the shapes differ, or a number is NaN or outside the bounds of the cost.
    """
    cost, AL = get_cost(cost), as_matrix("AL", AL)
    Y = as_matrix("Y", Y, *AL.shape, AL.dtype)
    check_bounds("AL", AL, cost)
    check_bounds("Y", Y, cost)
    if Z is None or not reads_logits(cost, output_layer_activation):
        return cost.forward(AL, Y)
    forward, _ = cost.from_logits[get_activation(output_layer_activation).forward]
    return forward(Z, Y)
