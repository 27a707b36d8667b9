"""The cost around each parameter, and how far a central difference of it may be off."""

import numpy as np

from dnn_lessons.costs import compute_cost
from dnn_lessons.forward import L_model_forward


def replaced(array, index, value):
    """Return a float64 copy of `array` with one entry replaced.

    Parameters
    ----------
    array : ndarray
        The array to copy.
    index : tuple of int
        Which entry.
    value : float
        What it becomes.

    Returns
    -------
    ndarray
        The copy.
    """
    copy = np.array(array, dtype=np.float64)
    copy[index] = value
    return copy


def nearest(given, measured, doubts):
    """Return what lies within `doubts` of `measured` and is nearest to `given`.

    Parameters
    ----------
    given, measured, doubts : ndarray
        The gradient of a backward pass, the numerical one, and its uncertainty.

    Returns
    -------
    ndarray
        That; `measured` itself where `given` has another shape.
    """
    if np.shape(given) != measured.shape:
        return measured
    return np.clip(given, measured - doubts, measured + doubts)


def uncertainty(f, gradient, array, step=1e-5):
    """Return how far numerical_gradient may be off for each x; infinite at a kink of f.

    Parameters
    ----------
    f : callable
        A function of an array shaped like `array`, with a number as its value.
    gradient : callable
        What is claimed to be its gradient, a function of such an array too.
    array : ndarray
        Where the gradient is wanted.
    step : float, default 1e-5
        As numerical_gradient takes it.

    Returns
    -------
    ndarray, shape of `array`
        What `doubt` finds for each x; 0 where the claimed gradient has another shape.
    """
    doubts = np.zeros(array.shape)
    if np.shape(gradient(array)) == array.shape:
        for i, x in np.ndenumerate(array):
            doubts[i] = _doubt_at(f, gradient, array, i, step * max(1.0, abs(x)))
    return doubts


def _doubt_at(f, gradient, array, i, h):
    """Return the doubt about entry i of a gradient, from arrays that differ there by h."""
    near = [replaced(array, i, array[i] + k * h) for k in range(-2, 3)]
    return doubt([f(A) for A in near], [gradient(A)[i] for A in near[1:4]], h)


def doubt(values, slopes, h):
    """Return how far (f(x + h) - f(x - h)) / 2h may be off; infinite at a kink of f.

    Parameters
    ----------
    values : list of float
        f(x - 2h), f(x - h), f(x), f(x + h), f(x + 2h).
    slopes : list of float
        The claimed slopes at x - h, x, x + h.
    h : float
        The step.

    Returns
    -------
    float
        16 eps max(1, |f|) / h, since values of f are rounded, plus the second difference of
        the slopes, which is six times the error of order h^2. It is infinite if the slopes
        of f on both sides, each from three values, differ by more than by rounding.
    """
    a, b, c, d, e = values
    rounding = 16 * np.finfo(float).eps * max(1.0, abs(c)) / h
    bend = abs(slopes[0] - 2 * slopes[1] + slopes[2])
    kink = abs(4 * (b + d) - 6 * c - a - e) / (2 * h)
    return np.inf if kink > rounding else rounding + bend


def cost_with(X, Y, parameters, model, name, value):
    """Return the cost of a forward pass with one parameter replaced.

    Parameters
    ----------
    X, Y : ndarray, shapes (n_x, m) and (n_y, m)
        Inputs and labels.
    parameters : dict
        {"W1", "b1", ..., "WL", "bL"}.
    model : tuple
        The activation of the hidden layers, that of the output, and the cost.
    name : str
        Which parameter is replaced, such as "W1".
    value : ndarray
        What it becomes.

    Returns
    -------
    float
        The cost.
    """
    AL, caches = L_model_forward(X, {**parameters, name: value}, *model[:2])
    return compute_cost(AL, Y, model[2], caches[-1][1], model[1])


def gradient_with(X, Y, parameters, model, backward, name, value):
    """Return the gradient that `backward` gives for one parameter, once it is replaced.

    Parameters
    ----------
    X, Y : ndarray, shapes (n_x, m) and (n_y, m)
        Inputs and labels.
    parameters, model : dict, tuple
        As cost_with takes them.
    backward : callable
        The backward pass.
    name : str
        Which parameter is replaced.
    value : ndarray
        What it becomes.

    Returns
    -------
    ndarray
        The gradient, of the shape of `value` unless the backward pass is faulty.
    """
    AL, caches = L_model_forward(X, {**parameters, name: value}, *model[:2])
    return backward(AL, Y, caches, *model)[f"d{name}"]
