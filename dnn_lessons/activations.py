"""Activation functions (lessons 02 to 05): each forward beside its backward, in ACTIVATIONS.

A forward takes Z and returns (A, activation_cache); the cache is Z, for every activation.
A backward takes dA and that cache and returns dZ = dA * g'(Z). All arrays have the shape of
Z, (n, m).
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from dnn_lessons._checks import lookup


def sigmoid(Z):
    """Return A = 1 / (1 + exp(-Z)) without overflow, and Z as its cache.

    Parameters
    ----------
    Z : ndarray, shape (n, m)
        The weighted sums.

    Returns
    -------
    A : ndarray, shape (n, m)
        Numbers from 0 to 1.
    activation_cache : ndarray, shape (n, m)
        Z.

    Notes
    -----
    exp(min(Z, 0)) / (1 + e) with e = exp(-|Z|): no exponent is positive. Derived in lesson 02.
    """
    e = np.exp(-np.abs(Z))
    return np.exp(np.minimum(Z, 0.0)) / (1 + e), Z


def sigmoid_backward(dA, activation_cache):
    """Return dZ = dA * A * (1 - A), computed as dA * e / (1 + e)^2 with e = exp(-|Z|).

    Parameters
    ----------
    dA : ndarray, shape (n, m)
        Derivatives of the losses by A.
    activation_cache : ndarray, shape (n, m)
        Z.

    Returns
    -------
    ndarray, shape (n, m)
        Derivatives of the losses by Z.

    Notes
    -----
    A * (1 - A) loses its digits where A is near 1; the form in e does not. Derived in lesson 02.
    """
    e = np.exp(-np.abs(activation_cache))
    return dA * (e / np.square(1 + e))


def relu(Z):
    """Return A = max(0, Z), and Z as its cache.

    Parameters
    ----------
    Z : ndarray, shape (n, m)
        The weighted sums.

    Returns
    -------
    A : ndarray, shape (n, m)
        Numbers from 0 up.
    activation_cache : ndarray, shape (n, m)
        Z.
    """
    return np.maximum(0.0, Z), Z


def relu_backward(dA, activation_cache):
    """Return dZ: dA where Z > 0, else 0; at the kink Z = 0 the slope is taken as 0.

    Parameters
    ----------
    dA : ndarray, shape (n, m)
        Derivatives of the losses by A.
    activation_cache : ndarray, shape (n, m)
        Z.

    Returns
    -------
    ndarray, shape (n, m)
        Derivatives of the losses by Z. Lesson 03 says why 0 is a good choice at the kink.
    """
    Z = activation_cache
    return dA * (Z > 0.0)


def leaky_relu(Z, alpha=0.01):
    """Return A = Z where Z > 0, else alpha * Z; and Z as its cache.

    Parameters
    ----------
    Z : ndarray, shape (n, m)
        The weighted sums.
    alpha : float, default 0.01
        The leak: the slope for negative Z. It may be any number, also above 1.

    Returns
    -------
    A : ndarray, shape (n, m)
        The activations.
    activation_cache : ndarray, shape (n, m)
        Z.

    References
    ----------
    Maas, Hannun and Ng (2013), "Rectifier nonlinearities improve neural network acoustic
    models".
    """
    return np.where(Z > 0, Z, float(alpha) * Z), Z


def leaky_relu_backward(dA, activation_cache, alpha=0.01):
    """Return dZ: dA where Z > 0, else alpha * dA; at the kink Z = 0 the slope is alpha.

    Parameters
    ----------
    dA : ndarray, shape (n, m)
        Derivatives of the losses by A.
    activation_cache : ndarray, shape (n, m)
        Z.
    alpha : float, default 0.01
        The leak of the forward pass.

    Returns
    -------
    ndarray, shape (n, m)
        Derivatives of the losses by Z.
    """
    Z = activation_cache
    return np.where(Z > 0, dA, float(alpha) * dA)


def tanh(Z):
    """Return A = (exp(Z) - exp(-Z)) / (exp(Z) + exp(-Z)), and Z as its cache.

    Parameters
    ----------
    Z : ndarray, shape (n, m)
        The weighted sums.

    Returns
    -------
    A : ndarray, shape (n, m)
        Numbers from -1 to 1.
    activation_cache : ndarray, shape (n, m)
        Z.
    """
    return np.tanh(Z), Z


def tanh_backward(dA, activation_cache):
    """Return dZ = dA * (1 - A^2), computed as dA * 4e / (1 + e)^2 with e = exp(-2|Z|).

    Parameters
    ----------
    dA : ndarray, shape (n, m)
        Derivatives of the losses by A.
    activation_cache : ndarray, shape (n, m)
        Z.

    Returns
    -------
    ndarray, shape (n, m)
        Derivatives of the losses by Z.

    Notes
    -----
    1 - A^2 loses its digits where |A| is near 1. From |Z| = 400 on, e is 0. Derived in
    lesson 05.
    """
    e = np.exp(-2 * np.minimum(np.abs(activation_cache), 400.0))
    return dA * (4 * e / np.square(1 + e))


def identity(Z):
    """Return A = Z, and Z as its cache: the activation called "linear".

    Parameters
    ----------
    Z : ndarray, shape (n, m)
        The weighted sums.

    Returns
    -------
    A : ndarray, shape (n, m)
        Z.
    activation_cache : ndarray, shape (n, m)
        Z.
    """
    return Z, Z


def identity_backward(dA, activation_cache):
    """Return dZ = dA.

    Parameters
    ----------
    dA : ndarray, shape (n, m)
        Derivatives of the losses by A.
    activation_cache : ndarray, shape (n, m)
        Z, which the slope 1 does not depend on.

    Returns
    -------
    ndarray, shape (n, m)
        dA.
    """
    return dA


class Activation(NamedTuple):
    """An activation function: forward, backward, and what the network must know of it.

    Parameters
    ----------
    name : str
        The name that it is chosen by.
    forward : callable
        Z -> (A, activation_cache).
    backward : callable
        (dA, activation_cache) -> dZ.
    variance_scale : float, default 1.0
        Initial weights have the variance variance_scale / n_{l-1} (lesson 10).
    bounds : tuple of float, default (-inf, inf)
        The smallest and the largest A.
    """

    name: str
    forward: Callable
    backward: Callable
    variance_scale: float = 1.0
    bounds: tuple = (-np.inf, np.inf)


ROWS = (
    Activation("sigmoid", sigmoid, sigmoid_backward, bounds=(0.0, 1.0)),
    Activation("relu", relu, relu_backward, variance_scale=2.0, bounds=(0.0, np.inf)),
    Activation("leaky_relu", leaky_relu, leaky_relu_backward, variance_scale=2.0),
    Activation("tanh", tanh, tanh_backward, bounds=(-1.0, 1.0)),
    Activation("linear", identity, identity_backward),
)
ACTIVATIONS = {row.name: row for row in ROWS}


def get_activation(activation):
    """Return the Activation called `activation`; an Activation is returned as it is.

    Parameters
    ----------
    activation : str or Activation
        A name in ACTIVATIONS, or a row of the reader's own.

    Returns
    -------
    Activation
        The row.

    Raises
    ------
    ValueError
        If the name is unknown; the message lists the known ones.
    """
    return lookup("activation", activation, ACTIVATIONS, Activation)
