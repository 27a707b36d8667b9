"""The exercises of lesson 09: paths that are added, two mended backward passes, a skip connection."""

from itertools import pairwise

import numpy as np

from dnn_lessons.activations import get_activation
from dnn_lessons.backward import linear_backward
from dnn_lessons.classroom.exercises.question import STEP, Misunderstanding, Question
from dnn_lessons.forward import L_model_forward

LESSON = "09_backpropagation.ipynb"
SHAPES = "One layer, one example: every shape"
MEAN = "All examples: one mean, in one place"
LOOP = "The loop from L to 1"
ABOVE_BELOW = "Bug hunt: right above, wrong below"
TOO_GOOD = "Bug hunt: too good to be true"
HIDDEN = {  # activations that take complex numbers
    "tanh": np.tanh,
    "relu": lambda Z: np.where(Z.real > 0, Z, 0),
    "sigmoid": lambda Z: 1 / (1 + np.exp(-Z)),
}
NETWORKS = (
    ((1, 1, 1), "tanh", 1),
    ((2, 1), "tanh", 3),
    ((1, 2, 2, 1), "relu", 1),
    ((3, 2, 2), "sigmoid", 4),
    ((2, 4, 4, 1), "tanh", 6),
    ((1, 3, 3, 3, 3), "relu", 5),
)


def _derivatives(function, P):
    """Return the derivatives of a number by each entry of an array, by complex steps."""
    nudges = 1j * STEP * np.eye(P.size).reshape(-1, *P.shape)
    slopes = [np.imag(function(P + nudge)) / STEP for nudge in nudges]
    return np.reshape(slopes, P.shape)


def _cost(X, Y, parameters, hidden):
    """Return the cross-entropy of a network that ends in a sigmoid, also for complex numbers."""
    A = X
    for l in range(1, len(parameters) // 2 + 1):
        Z = parameters[f"W{l}"] @ A + parameters[f"b{l}"]
        A = HIDDEN[hidden](Z)
    return np.sum(np.log(1 + np.exp(Z)) - Y * Z) / Y.shape[1]


def _network_gradients(AL, Y, caches, hidden, output, cost):
    """Return the gradients of a network, found without a backward pass."""
    X, own = caches[0][0][0], {}
    for l, ((_, W, b), _) in enumerate(caches, 1):
        own |= {f"W{l}": W, f"b{l}": b}

    def by(name):
        return lambda P: _cost(X, Y, {**own, name: P}, hidden)

    return {f"d{name}": _derivatives(by(name), P) for name, P in own.items()}


def _network_cases(rng):
    """Return cases of small networks with labels: hidden layers of equal sizes, then a sigmoid."""
    return [
        _network_case(rng, *each, bits)
        for each in NETWORKS
        for bits in ("d" if each[2] > 1 else "df")
    ]


def _network_case(rng, dims, hidden, m, bits):
    """Return the arguments of a backward pass through one drawn network."""
    shapes = {}
    for l, (n_prev, n) in enumerate(pairwise(dims), 1):
        shapes |= {f"W{l}": (n, n_prev), f"b{l}": (n, 1)}
    drawn = {
        name: rng.normal(size=shape).round(1).astype(bits)
        for name, shape in shapes.items()
    }
    X = rng.normal(size=(dims[0], m)).round(1).astype(bits)
    Y = rng.integers(0, 2, (dims[-1], m)).astype(bits)
    AL, caches = L_model_forward(X, drawn, hidden, "sigmoid")
    return AL, Y, caches, hidden, "sigmoid", "cross_entropy"


def _loop(below, first=lambda AL, Y: AL - Y):
    """Return a wrong loop, from its first dZ and from its way from dA to the dZ below."""

    def backward(AL, Y, caches, hidden, output, cost):
        dZ, found = first(AL, Y), {}
        for l in range(len(caches), 0, -1):
            dA, found[f"dW{l}"], found[f"db{l}"] = linear_backward(dZ, caches[l - 1][0])
            if l > 1:
                dZ = below(dA, caches[l - 1][1], caches[l - 2][1], hidden, output)
        return found

    return backward


def _slope(dA, Z, activation):
    """Return dZ of an activation by its name."""
    return get_activation(activation).backward(dA, Z)


def _layer_gradients(dZ, cache):
    """Return dA_below, dW and db, each entry as the sum that (9.13) to (9.15) write."""
    A_below, W, _ = cache
    dW = np.mean([np.outer(*pair) for pair in zip(dZ.T, A_below.T, strict=True)], axis=0)
    return np.einsum("jk,ji->ki", W, dZ), dW, dZ.mean(axis=1)[:, None]


def _layer_cases(rng):
    """Return cases of dZ and (A_below, W, b), with all sides different but for the first."""
    sizes = [(1, 1, 2), (1, 2, 1), (2, 1, 3), (3, 2, 4), (2, 5, 3), (4, 3, 2)]
    cases = []
    for n, n_prev, m in sizes:
        shapes = ((n, m), (n_prev, m), (n, n_prev), (n, 1))
        for bits in "df":
            dZ, *cache = [(3 * rng.normal(size=s)).round(1).astype(bits) for s in shapes]
            cases.append((dZ, tuple(cache)))
    return cases


def _layer(dA, dW, db):
    """Return a wrong answer to `mended_linear_backward`: the right one with parts changed."""
    return lambda dZ, cache: tuple(
        change(right, dZ, cache[0])
        for change, right in zip((dA, dW, db), _layer_gradients(dZ, cache), strict=True)
    )


def _as_is(right, dZ, A_below):
    """Return what is right."""
    return right


def _times_m(right, dZ, A_below):
    """Return a sum in place of a mean."""
    return right * dZ.shape[1]


def _skip_gradients(dA, A_prev, W, b):
    """Return the gradients of a layer with a skip connection, found by complex steps."""

    def total(A_prev, W, b):
        return np.sum(dA * (A_prev + np.tanh(W @ A_prev + b)))

    m = dA.shape[1]
    return (
        _derivatives(lambda P: total(P, W, b), A_prev),
        _derivatives(lambda P: total(A_prev, P, b), W) / m,
        _derivatives(lambda P: total(A_prev, W, P), b) / m,
    )


def _skip_cases(rng):
    """Return cases of dA, A_prev, W and b of layers with as many units as inputs."""
    cases = []
    for n, m in ((1, 1), (1, 2), (2, 1), (2, 3), (3, 2), (4, 5)):
        for bits in "df":
            shapes = ((n, m), (n, m), (n, n), (n, 1))
            drawn = [rng.normal(size=shape).round(1).astype(bits) for shape in shapes]
            cases.append((5 * drawn[0], *drawn[1:]))
    return cases


def _skip(dZ=lambda dA, slope: dA * slope, below=lambda dA, through: dA + through):
    """Return a wrong answer to `skip_backward`: from its dZ, and from how the paths meet."""

    def backward(dA, A_prev, W, b):
        own = dZ(dA, 1 - np.tanh(W @ A_prev + b) ** 2)
        through, dW, db = linear_backward(own, (A_prev, W, b))
        return below(dA, through), dW, db

    return backward


EXERCISES = [
    Question(
        "slope_by_three_paths",
        "predict",
        truth=-10,
        rtol=1e-6,
        why="The number is a whole one.",
        misunderstandings={
            "the two old paths are missing": Misunderstanding(
                -12,
                "The third path is right. The other two still lead to the loss.",
                SHAPES,
            ),
            "the weights are missing": Misunderstanding(
                6,
                "These are the slopes by $Z_1$, $Z_2$ and $Z_3$, added up. Each path goes on to "
                "$A$, and the slope of that last piece is missing.",
                SHAPES,
            ),
            "a sign was lost": Misunderstanding(
                14,
                "The third unit is below its target. Does its loss rise or fall with $Z_3$?",
                SHAPES,
            ),
            "the paths were multiplied": Misunderstanding(
                576,
                "Slopes are multiplied along one path. What comes from different paths is "
                "added.",
                SHAPES,
            ),
            "the factor 2 of the square is missing": Misunderstanding(
                -4, "The slope of a square has a factor 2, in the third path too.", SHAPES
            ),
        },
    ),
    Question(
        "mended_backward",
        "mend",
        truth=_network_gradients,
        cases=_network_cases,
        points=2,
        difficulty=2,
        atol32=1e-5,
        why="A sum over a few layers loses a digit or two.",
        misunderstandings={
            "the Z of the layer above is still used": Misunderstanding(
                _loop(lambda dA, Z, Z_below, hidden, output: _slope(dA, Z, hidden)),
                "Take three layers, and write down at $l = 3$ to which layer each array "
                "belongs.",
                ABOVE_BELOW,
            ),
            "the slope of the activation is missing": Misunderstanding(
                _loop(lambda dA, Z, Z_below, hidden, output: dA),
                "What arrives at a layer is $dA$. Before the next product it has to become $dZ$.",
                LOOP,
            ),
            "hidden layers got the slope of the output": Misunderstanding(
                _loop(lambda dA, Z, Z_below, hidden, output: _slope(dA, Z_below, output)),
                "The sigmoid is the activation of the output layer alone.",
                LOOP,
            ),
            "the slope was taken at the activation": Misunderstanding(
                _loop(
                    lambda dA, Z, Z_below, hidden, output: _slope(
                        dA, get_activation(hidden).forward(Z_below)[0], hidden
                    )
                ),
                "In (9.17) the slope $g'$ is taken at $Z^{[l]}$, and not at $A^{[l]}$.",
                MEAN,
            ),
            "the mean was taken twice": Misunderstanding(
                _loop(
                    lambda dA, Z, Z_below, hidden, output: _slope(dA, Z_below, hidden),
                    first=lambda AL, Y: (AL - Y) / AL.shape[1],
                ),
                "The function `linear_backward` divides by $m$ itself. The first $dZ$ is one per example.",
                MEAN,
            ),
        },
    ),
    Question(
        "mended_linear_backward",
        "mend",
        truth=_layer_gradients,
        cases=_layer_cases,
        points=2,
        difficulty=2,
        atol32=1e-5,
        why="Sums of a few products lose a digit or two.",
        misunderstandings={
            "the sum for db still runs over the units": Misunderstanding(
                _layer(_as_is, _as_is, lambda db, dZ, A: dZ.sum(0)[None] / dZ.shape[1]),
                "Compare the shape of $db$ with that of the bias. How many biases has a unit?",
                TOO_GOOD,
            ),
            "an axis of db was lost": Misunderstanding(
                _layer(_as_is, _as_is, lambda db, dZ, A: db.ravel()),
                "The numbers are right, but $b$ has two axes, and so has its derivative.",
                MEAN,
            ),
            "a mean was taken in dA too": Misunderstanding(
                _layer(lambda dA, dZ, A: dA / dZ.shape[1], _as_is, _as_is),
                "Each column of $dA$ belongs to one example. Nothing is added over examples "
                "there.",
                MEAN,
            ),
            "the factor 1/m is missing": Misunderstanding(
                _layer(_as_is, _times_m, _times_m),
                "The cost is a mean over the examples, and so are its derivatives.",
                MEAN,
            ),
            "the sum over examples was divided by the units": Misunderstanding(
                _layer(
                    _as_is,
                    lambda dW, dZ, A: dW * dZ.shape[1] / dZ.shape[0],
                    lambda db, dZ, A: db * dZ.shape[1] / dZ.shape[0],
                ),
                "The $m$ of the mean is the number of examples. Which side of `dZ` counts them?",
                MEAN,
            ),
            "the transpose of dW was returned": Misunderstanding(
                _layer(_as_is, lambda dW, dZ, A: dW.T, _as_is),
                "Row $j$ of $dW$ belongs to unit $j$ of the layer, as in $W$.",
                SHAPES,
            ),
        },
    ),
    Question(
        "skip_backward",
        "write",
        truth=_skip_gradients,
        cases=_skip_cases,
        points=3,
        difficulty=3,
        atol32=1e-4,
        why="Where the tanh is flat, its slope loses digits: 1 - tanh^2 cancels.",
        misunderstandings={
            "the straight path is missing": Misunderstanding(
                _skip(below=lambda dA, through: through),
                "The input `A_prev` also reaches `A` without passing the weights.",
                SHAPES,
            ),
            "the path through the layer is missing": Misunderstanding(
                _skip(below=lambda dA, through: dA),
                "The input `A_prev` also reaches `A` through the weights and the tanh.",
                SHAPES,
            ),
            "the two paths were multiplied": Misunderstanding(
                _skip(below=lambda dA, through: dA * through),
                "Slopes are multiplied along one path. What comes from different paths is "
                "added.",
                SHAPES,
            ),
            "the slope of the tanh is missing": Misunderstanding(
                _skip(dZ=lambda dA, slope: dA),
                "Between `A` and the weights lies the tanh.",
                SHAPES,
            ),
            "the skip passes through the weights": Misunderstanding(
                _skip(
                    dZ=lambda dA, slope: dA * (1 + slope),
                    below=lambda dA, through: through,
                ),
                "The added `A_prev` does not depend on `W` or `b`, and does not pass them.",
                SHAPES,
            ),
        },
    ),
]
