"""Independent numbers to hold dnn_lessons against: textbook formulas, autograd, central differences, mpmath's ulps."""

import itertools
import math
from typing import NamedTuple

import autograd
import autograd.numpy as anp
import mpmath
import numpy as np

from dnn_lessons import ACTIVATIONS, COSTS, get_activation, get_cost

TEXTBOOK_ACTIVATIONS = {
    "sigmoid": lambda z: 1 / (1 + anp.exp(-z)),
    "relu": lambda z: z * (z > 0),
    "leaky_relu": lambda z: z * ((z > 0) + 0.01 * (z <= 0)),
    "tanh": lambda z: (anp.exp(z) - anp.exp(-z)) / (anp.exp(z) + anp.exp(-z)),
    "linear": lambda z: z,
}
TEXTBOOK_LOSSES = {
    "cross_entropy": lambda a, y: -(y * anp.log(a) + (1 - y) * anp.log(1 - a)),
    "mse": lambda a, y: (a - y) ** 2,
    "mae": lambda a, y: anp.abs(a - y),
}
COMBINATIONS = list(itertools.product(ACTIVATIONS, ACTIVATIONS, COSTS))
TEXTBOOK = list(
    itertools.product(TEXTBOOK_ACTIVATIONS, TEXTBOOK_ACTIVATIONS, TEXTBOOK_LOSSES)
)
KINK_MARGIN = 1e-2


class Problem(NamedTuple):
    """A network and its data, in the order in which L_model_forward and gradient_check take them."""

    X: np.ndarray
    Y: np.ndarray
    parameters: dict
    hidden: str
    output: str
    cost: str


def random_problem(hidden, output, cost, dims, m=5, seed=0, margin=KINK_MARGIN):
    """Normal data and weights, no bias 0; every Z and AL - Y is further than `margin` from the kink at 0."""
    rng = np.random.default_rng(seed)
    while True:
        X = rng.standard_normal((dims[0], m))
        Y = np.clip(rng.uniform(-0.2, 1.2, (dims[-1], m)), 0, 1)
        parameters = random_parameters(dims, rng)
        if np.isfinite(get_cost(cost).bounds).all():
            parameters = inside(parameters, X, hidden, output, rng)
        Z, AL = pre_activations(X, parameters, hidden, output)
        if min(np.abs(D).min() for D in (*Z, AL - Y)) > margin:
            return Problem(X, Y, parameters, hidden, output, cost)


def random_parameters(dims, rng):
    """Weights with deviation sqrt(1.5 / n_prev), biases from 0.1 to 0.5 of either sign."""
    parameters = {}
    for l, (n_prev, n) in enumerate(itertools.pairwise(dims), 1):
        parameters[f"W{l}"] = math.sqrt(1.5 / n_prev) * rng.standard_normal((n, n_prev))
        parameters[f"b{l}"] = rng.choice([-1, 1], (n, 1)) * rng.uniform(0.1, 0.5, (n, 1))
    return parameters


def inside(parameters, X, hidden, output, rng):
    """The same with an output layer moved and scaled so that AL lies between 0.1 and 0.9."""
    grid = np.linspace(-3, 3, 601)
    A = get_activation(output).forward(grid)[0]
    inner = grid[(A > 0.1) & (A < 0.9)]
    middle, half = (inner[-1] + inner[0]) / 2, (inner[-1] - inner[0]) / 2
    L = len(parameters) // 2
    W, b = parameters[f"W{L}"], parameters[f"b{L}"]
    reach = np.abs(pre_activations(X, parameters, hidden, output)[0][-1] - b).max(
        axis=1, keepdims=True
    )
    scale = (
        half * rng.uniform(0.4, 0.7, b.shape) / np.maximum(reach, 0.1)
    )  # all hidden units may be dead: 0
    return {
        **parameters,
        f"W{L}": W * scale,
        f"b{L}": middle + half * rng.uniform(0.1, 0.3, b.shape),
    }


def pre_activations(X, parameters, hidden, output):
    """[Z1, ..., ZL] and AL."""
    A, Z, L = X, [], len(parameters) // 2
    for l in range(1, L + 1):
        Z.append(parameters[f"W{l}"] @ A + parameters[f"b{l}"])
        A = get_activation(hidden if l < L else output).forward(Z[-1])[0]
    return Z, A


def textbook_forward(parameters, X, hidden, output):
    """AL from the textbook formulas."""
    A, L = X, len(parameters) // 2
    for l in range(1, L + 1):
        A = TEXTBOOK_ACTIVATIONS[hidden if l < L else output](
            parameters[f"W{l}"] @ A + parameters[f"b{l}"]
        )
    return A


def textbook_cost(parameters, X, Y, hidden, output, cost):
    """The mean over examples of the textbook loss, summed over outputs."""
    return (
        anp.sum(TEXTBOOK_LOSSES[cost](textbook_forward(parameters, X, hidden, output), Y))
        / X.shape[1]
    )


def autograd_gradients(problem):
    """{"W1": dJ/dW1, "b1": ...} by automatic differentiation of textbook_cost."""
    X, Y, parameters, *names = problem
    return autograd.grad(textbook_cost)(parameters, X, Y, *names)


def central_differences(J, parameters, step=1e-4):
    """{"W1": dJ/dW1, "b1": ...}, entry by entry: two central differences, extrapolated to step 0 (Richardson)."""

    def slope(name, i):
        coarse, fine = (
            (J(moved(parameters, name, i, h)) - J(moved(parameters, name, i, -h)))
            / (2 * h)
            for h in (2 * step, step)
        )
        return (4 * fine - coarse) / 3

    return {
        name: np.array([slope(name, i) for i in np.ndindex(P.shape)]).reshape(P.shape)
        for name, P in parameters.items()
    }


def moved(parameters, name, index, step):
    """A copy of the parameters with one entry moved by `step`."""
    P = parameters[name].copy()
    P[index] += step
    return {**parameters, name: P}


def relative_difference(a, b):
    """|a - b| / |b|, Euclidean norms over all arrays of two dictionaries with the same keys; 0 for two zeros."""
    assert {name: A.shape for name, A in a.items()} == {
        name: B.shape for name, B in b.items()
    }
    difference = math.hypot(*(np.linalg.norm(a[name] - b[name]) for name in b))
    return (
        difference / math.hypot(*(np.linalg.norm(B) for B in b.values()))
        if difference
        else 0.0
    )


def parameter_grads(grads):
    """The dW and db among grads, under the names of their parameters."""
    return {name[1:]: G for name, G in grads.items() if name[1] in "Wb"}


def ulps(computed, exact, scale=None):
    """The distances of `computed` from mpmath numbers, in units in the last place of `exact`, or of `scale`."""
    scale = np.abs(
        np.array([float(e) for e in exact] if scale is None else scale)
    ).astype(computed.dtype)
    unit = np.spacing(scale).astype(np.float64)
    return np.array(
        [
            float(abs(mpmath.mpf(float(c)) - e) / mpmath.mpf(u))
            for c, e, u in zip(computed.ravel(), exact, unit, strict=True)
        ]
    )


def ulp_points(dtype):
    """Arguments of both signs up to 1e4, through every regime of exp in that dtype, from tiny to underflow."""
    tiny = math.log10(np.finfo(dtype).smallest_subnormal) + 0.5
    z = np.concatenate(
        [
            np.geomspace(10**tiny, 1e4, 120),
            np.linspace(0.01, 50, 150),
            np.linspace(80, 120, 41),
            np.linspace(350, 380, 31),
            np.linspace(700, 760, 61),
            [0, 36.74, 37, 1e4],
        ]
    )
    return np.concatenate([z, -z]).astype(dtype)


def frozen(value):
    """A copy whose arrays refuse to be written to, through dicts, lists and tuples."""
    if isinstance(value, np.ndarray):
        copy = value.copy()
        copy.setflags(write=False)
        return copy
    if isinstance(value, dict):
        return {key: frozen(each) for key, each in value.items()}
    if type(value) in (list, tuple):
        return type(value)(frozen(each) for each in value)
    return value


def arrays(value):
    """Every array inside dicts, lists and tuples."""
    if isinstance(value, np.ndarray):
        return [value]
    parts = (
        value.values()
        if isinstance(value, dict)
        else value
        if isinstance(value, list | tuple)
        else ()
    )
    return [array for part in parts for array in arrays(part)]
