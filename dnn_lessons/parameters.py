"""Parameters (lesson 10): {"W1": (n_1, n_0), "b1": (n_1, 1), ..., "WL", "bL"}, their start and their step."""

import numpy as np

from dnn_lessons._checks import check_float_type, check_layer_dims
from dnn_lessons.activations import get_activation


def initialize_parameters(
    layer_dims,
    hidden_layer_activation="relu",
    output_layer_activation="linear",
    scale=None,
    rng=None,
    dtype=np.float64,
):
    """Return random parameters for layers of layer_dims = [n_0, ..., n_L] units.

    Parameters
    ----------
    layer_dims : sequence of int
        The numbers of units: n_0 inputs, the layers in order, n_L outputs.
    hidden_layer_activation : str or Activation, default "relu"
        The activation function of layers 1 to L - 1.
    output_layer_activation : str or Activation, default "linear"
        The activation function of layer L.
    scale : float, optional
        With it, every weight has this standard deviation and every bias is 0.
    rng : numpy.random.Generator or int, optional
        What draws the numbers, or a seed for it.
    dtype : float64 or float32, default float64
        The numbers to compute with.

    Returns
    -------
    dict
        {"W1": (n_1, n_0), "b1": (n_1, 1), ..., "WL": (n_L, n_{L-1}), "bL": (n_L, 1)}.

    Raises
    ------
    ValueError
        If layer_dims, dtype or an activation will not do.

    Notes
    -----
    W[l] is normal with the variance variance_scale / n_{l-1} of the layer's activation: 2 for
    the two ReLUs (He et al. 2015, "Delving deep into rectifiers"), 1 for the others (LeCun et
    al. 1998, "Efficient backprop"). b[l], the weight of an input that is always 1, is uniform
    with the same variance, so that units with one input do not all bend at one place.
    """
    dims, dtype = check_layer_dims(layer_dims), check_float_type(dtype)
    rng = np.random.default_rng(rng)
    activations = [hidden_layer_activation] * (len(dims) - 2) + [output_layer_activation]
    parameters = {}
    for l, activation in enumerate(activations, 1):
        variance_scale = get_activation(activation).variance_scale
        W, b = draw_layer(dims[l], dims[l - 1], variance_scale, scale, rng)
        parameters[f"W{l}"], parameters[f"b{l}"] = W.astype(dtype), b.astype(dtype)
    return parameters


def draw_layer(n, n_prev, variance_scale, scale, rng):
    """Return random W (n, n_prev) and b (n, 1) of one layer.

    Parameters
    ----------
    n, n_prev : int
        Units of the layer and of the one before.
    variance_scale : float
        W and b have the variance variance_scale / n_prev.
    scale : float or None
        A number is the standard deviation of W instead, and b is 0.
    rng : numpy.random.Generator
        What draws the numbers.

    Returns
    -------
    W : ndarray, shape (n, n_prev)
        Normal numbers.
    b : ndarray, shape (n, 1)
        Uniform numbers.
    """
    if scale is not None:
        return scale * rng.standard_normal((n, n_prev)), np.zeros((n, 1))
    standard_deviation = np.sqrt(variance_scale / n_prev)
    W = standard_deviation * rng.standard_normal((n, n_prev))
    return W, np.sqrt(3) * standard_deviation * rng.uniform(-1, 1, (n, 1))


def update_parameters(parameters, grads, learning_rate):
    """Return new parameters, each P - learning_rate * dP; the old ones stay as they are.

    Parameters
    ----------
    parameters : dict
        {"W1", "b1", ...}.
    grads : dict
        {"dW1", "db1", ...}, shaped like the parameters.
    learning_rate : float
        The length of the step.

    Returns
    -------
    dict
        New arrays under the names of `parameters`.
    """
    rate = float(learning_rate)  # a NumPy number could turn float32 into float64
    return {name: P - rate * grads[f"d{name}"] for name, P in parameters.items()}
