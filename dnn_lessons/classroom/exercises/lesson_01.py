"""The exercises of lesson 01: examples as rows, labels that do not fit, linear layers in one."""

import math

import numpy as np

from dnn_lessons.classroom.exercises.question import Misunderstanding, Question

LESSON = "01_forward_pass.ipynb"
AT_ONCE = "All examples at once"
ACTIVATED = "The layer, activated"
LINEAR = "Why the activation function is needed"
BUG_HUNT = "Bug hunt: the cost that never complains"


def _row_cases(rng):
    """Return cases of examples as rows, weights and biases; in some, m and n_1 are equal."""
    sizes = ((1, 1, 2), (2, 2, 3), (1, 3, 2), (4, 2, 3), (3, 4, 1), (3, 3, 3), (5, 4, 2))
    shapes = [((m, n_0), (n_1, n_0), (n_1, 1)) for m, n_1, n_0 in sizes]
    return [
        tuple((2 * rng.normal(size=each)).round(1).astype(bits) for each in three)
        for three in shapes
        for bits in "df"
    ]


def _sums_by_rows(X, W, b):
    """Return the weighted sum of each unit for each row, added up one product at a time."""
    return np.array(
        [
            [math.fsum([*map(float.__mul__, w, x), bias]) for w, (bias,) in units]
            for units in [list(zip(W.tolist(), b.tolist(), strict=True))]
            for x in X.tolist()
        ]
    )


def _cost_cases(rng):
    """Return cases of predictions, and labels that fit or are stretched in silence."""
    shapes = (
        ((1, 1), (1,)),
        ((1, 2), (2, 1)),
        ((1, 2), (1, 2)),
        ((1, 3), (3,)),
        ((1, 4), (4, 1)),
        ((1, 5), (1, 5)),
        ((1, 12), (1, 12)),
        ((2, 3), (1, 3)),
    )
    return [
        (
            (rng.integers(1, 10, size=predicted) / 10).astype(bits),
            rng.integers(0, 2, size=labels).astype(bits),
        )
        for predicted, labels in shapes
        for bits in "df"
    ]


def _guarded(AL, Y):
    """Return the mean over single predictions, each with the label in its place."""
    if Y.shape != AL.shape:
        return math.nan
    pairs = list(zip(AL.ravel().tolist(), Y.ravel().tolist(), strict=True))
    return -math.fsum(math.log(a if y == 1 else 1 - a) for a, y in pairs) / len(pairs)


def _stretched(AL, Y):
    """Return the faulty cost."""
    return -np.mean(np.where(Y == 1, np.log(AL), np.log(1 - AL)))


def _deep_cases(rng):
    """Return the parameters of some linear layers, all sizes different or all equal."""
    sizes = (
        (2, 1),
        (1, 1, 1),
        (2, 3, 1),
        (1, 2, 3),
        (2, 2, 2),
        (3, 4, 2, 5),
        (2, 2, 2, 2, 2),
    )
    return [
        ({name: P.astype(bits) for name, P in _layers(rng, each).items()},)
        for each in sizes
        for bits in "df"
    ]


def _layers(rng, sizes):
    """Return rounded parameters of layers of these sizes."""
    parameters = {}
    for layer in range(1, len(sizes)):
        shape = sizes[layer], sizes[layer - 1]
        parameters[f"W{layer}"] = rng.normal(size=shape).round(1)
        parameters[f"b{layer}"] = (1 + rng.normal(size=(shape[0], 1))).round(1)
    return parameters


def _answers(parameters, inputs):
    """Return what the layers answer to some inputs, one layer after the other."""
    pairs = list(parameters.values())
    for W, b in zip(pairs[::2], pairs[1::2], strict=True):
        inputs = W @ inputs + b
    return inputs


def _probed(parameters):
    """Return weights and bias from the answers to 0 and to each unit input."""
    n_0 = parameters["W1"].shape[1]
    bias = _answers(parameters, np.zeros((n_0, 1)))
    return _answers(parameters, np.eye(n_0)) - bias, bias


def _last_bias(parameters):
    """Return the bias of the last layer."""
    return parameters[f"b{len(parameters) // 2}"]


EXERCISES = [
    Question(
        "layer_by_rows",
        "write",
        truth=_sums_by_rows,
        cases=_row_cases,
        points=1,
        difficulty=1,
        atol=1e-11,
        atol32=1e-4,
        why="The terms of a weighted sum may cancel, which leaves a rounding error.",
        misunderstandings={
            "the examples came back as columns": Misunderstanding(
                lambda X, W, b: W @ X.T + b,
                "The numbers are right. But a row for each example was asked for.",
                AT_ONCE,
            ),
            "the biases are missing": Misunderstanding(
                lambda X, W, b: X @ W.T,
                "Each unit adds its bias to the sum of its products.",
                AT_ONCE,
            ),
            "all units got the bias of the first": Misunderstanding(
                lambda X, W, b: X @ W.T + b[0],
                "There is one bias for each unit, not one for the layer.",
                AT_ONCE,
            ),
            "the sums were activated": Misunderstanding(
                lambda X, W, b: np.maximum(0, X @ W.T + b.T),
                "Only the weighted sums are wanted. The activation function comes after them.",
                ACTIVATED,
            ),
        },
    ),
    Question(
        "guarded_cost",
        "mend",
        truth=_guarded,
        cases=_cost_cases,
        points=2,
        difficulty=2,
        rtol32=1e-4,
        atol32=1e-5,
        why="Logarithms in 32 bits lose some digits.",
        misunderstandings={
            "nothing is refused yet": Misunderstanding(
                _stretched,
                "Labels of another shape are still compared with every prediction.",
                BUG_HUNT,
            ),
            "the numbers of entries were compared": Misunderstanding(
                lambda AL, Y: _stretched(AL, Y) if AL.size == Y.size else np.nan,
                "Labels that lie as a column have as many entries as labels in a row.",
                BUG_HUNT,
            ),
            "the labels were reshaped in silence": Misunderstanding(
                lambda AL, Y: (
                    _guarded(AL, Y.reshape(AL.shape)) if AL.size == Y.size else np.nan
                ),
                "With two outputs, `reshape` tears examples apart. Refuse the labels instead.",
                BUG_HUNT,
            ),
            "the labels were transposed in silence": Misunderstanding(
                lambda AL, Y: _guarded(AL, Y if Y.shape == AL.shape else Y.T),
                "Whether the labels or the predictions lie the wrong way, the function cannot "
                "know. Refuse them instead.",
                BUG_HUNT,
            ),
        },
    ),
    Question(
        "one_layer",
        "write",
        truth=_probed,
        cases=_deep_cases,
        points=3,
        difficulty=3,
        atol=1e-11,
        atol32=1e-4,
        why="The terms of products may cancel, which leaves a rounding error.",
        misunderstandings={
            "only the last bias was kept": Misunderstanding(
                lambda parameters: (_probed(parameters)[0], _last_bias(parameters)),
                "The biases of the earlier layers pass through the weights of the later ones.",
                LINEAR,
            ),
            "the last bias is missing": Misunderstanding(
                lambda parameters: (
                    _probed(parameters)[0],
                    _probed(parameters)[1] - _last_bias(parameters),
                ),
                "In (1.10) the bias of the outer layer is added.",
                LINEAR,
            ),
            "the biases were left out": Misunderstanding(
                lambda parameters: (
                    _probed(parameters)[0],
                    0 * _last_bias(parameters),
                ),
                "The bias of the single layer is what the layers answer to the input 0.",
                LINEAR,
            ),
            "the bias is still in the weights": Misunderstanding(
                lambda parameters: (
                    _probed(parameters)[0] + _probed(parameters)[1],
                    _probed(parameters)[1],
                ),
                "The answer to an input of 1 holds the bias as well as a weight.",
                LINEAR,
            ),
        },
    ),
]
