"""Parameters: {"W1": (n_1, n_0), "b1": (n_1, 1), ..., "WL", "bL"}; start and step."""

import numpy as np

from dnn_lessons._checks import positive_int
from dnn_lessons.activations import get_activation


def initialize_parameters(
    layer_dims,
    hidden_layer_activation="relu",
    output_layer_activation="linear",
    scale=None,
    rng=None,
    dtype=np.float64,
):
    """Random parameters for layers of layer_dims = [n_0, ..., n_L] units.

    W[l] is normal with standard deviation sqrt(gain / n_{l-1}), the activation's gain
    (He et al. 2015 for the two ReLUs: 2; LeCun et al. 1998 for the others: 1). b[l], the
    weight of an input that is always 1, is uniform with the same deviation, so that units
    with one input do not all bend at one place. With `scale`: that deviation, and b = 0.
    `rng`: a Generator or a seed.
    """
    dims, rng = check_layer_dims(layer_dims), np.random.default_rng(rng)
    if np.dtype(dtype) not in (np.float32, np.float64):
        raise ValueError(f"dtype is {np.dtype(dtype)}; expected float32 or float64")
    activations = [hidden_layer_activation] * (len(dims) - 2) + [output_layer_activation]
    parameters = {}
    for l, activation in enumerate(activations, 1):
        gain = get_activation(activation).gain
        W, b = draw_layer(dims[l], dims[l - 1], gain, scale, rng)
        parameters[f"W{l}"], parameters[f"b{l}"] = W.astype(dtype), b.astype(dtype)
    return parameters


def draw_layer(n, n_prev, gain, scale, rng):
    """W (n, n_prev) and b (n, 1) of one layer."""
    if scale is not None:
        return scale * rng.standard_normal((n, n_prev)), np.zeros((n, 1))
    deviation = np.sqrt(gain / n_prev)
    W = deviation * rng.standard_normal((n, n_prev))
    return W, np.sqrt(3) * deviation * rng.uniform(-1, 1, (n, 1))


def check_layer_dims(layer_dims):
    """`layer_dims` as a tuple of at least two positive ints."""
    if np.size(layer_dims) < 2:
        raise ValueError(
            f"layer_dims is {layer_dims}; expected the sizes of input and output "
            "at least, such as (1, 20, 1)"
        )
    return tuple(positive_int("each of layer_dims", n) for n in layer_dims)


def update_parameters(parameters, grads, learning_rate):
    """New parameters, each P - learning_rate * dP; the old ones stay as they are."""
    rate = float(learning_rate)  # a NumPy number could turn float32 into float64
    return {name: P - rate * grads[f"d{name}"] for name, P in parameters.items()}
