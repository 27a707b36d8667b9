"""How the equations of lesson 11, batching, are checked."""

from itertools import combinations, product

import numpy as np

from dnn_lessons import batch_generator
from proofs.check import Check, Named, arrays, given
from proofs.claims.common import (
    code_gradients,
    indexed,
    mean,
    root,
    size,
    standard_deviation,
)


def _first_weight(network, examples):
    """Return the derivative of the cost of some examples by the first weight."""
    return float(code_gradients(network, examples)["dW1"][0, 0])


def _dtheta(scope, layer, example, subs):
    """Return the derivative by the first weight: for all examples, or for one."""
    examples = slice(None) if example is None else slice(example - 1, example)
    return _first_weight(scope.world.network, examples)


def _dtheta_batch(scope, layer, example, subs):
    """Return the derivative by the first weight for the first B examples."""
    return _first_weight(scope.world.network, slice(size(scope, "B")))


def _gradients(scope):
    """Return dtheta^{(i)} of all examples."""
    return [indexed(scope, "dtheta", example=i) for i in range(1, size(scope, "m") + 1)]


def _dtheta_of_copies(scope, layer, example, subs):
    """Return the derivative by the first weight for B copies of one example."""
    return _first_weight(scope.world.network, [0] * size(scope, "B"))


def _batch_deviation(draw):
    """Return the family s_B: the root mean square error over every batch that can be drawn."""

    def s_B(scope, layer, example, subs):
        batches = draw(_gradients(scope), size(scope, "B"))
        true = mean(_gradients(scope))
        return root(scope, mean([(mean(list(batch)) - true) ** 2 for batch in batches]))

    return s_B


def _steps(m, B):
    """Return how many batches batch_generator makes of m examples."""
    X = np.ones((1, int(m)))
    return len(list(batch_generator(X, X, int(B))))


GRADIENTS = {"dtheta": _dtheta, "dtheta_B": _dtheta_batch}
COPIES = {
    "dtheta": lambda scope, *_: _first_weight(scope.world.network, [0]),
    "N": _dtheta_of_copies,
}
NOISE = {"s": standard_deviation(_gradients)}
WITH_REPEATS = NOISE | {"s_B": _batch_deviation(lambda d, B: product(d, repeat=B))}
WITHOUT_REPEATS = NOISE | {"s_B": _batch_deviation(combinations)}
BATCHES = ({"m": 2, "B": 1}, {"m": 3, "B": 2}, {"m": 4, "B": 3}, {"m": 4, "B": 4})


CLAIMS = {
    "11.1": Check(code={"t": _steps}, sizes={"m": (1, 6, 7), "B": (1, 3, 7)}),
    "11.2": arrays(families=GRADIENTS),
    "11.3": arrays(families=GRADIENTS, sizes={"B": (1, 3)}),
    "11.4": (
        Check(sizes={"B": (1, 2, 3)}),
        arrays(families=COPIES, sizes={"B": (1, 3)}, tied="N"),
    ),
    "11.5": given("11.2", families=NOISE),
    "11.6": (
        given("11.2", "11.3", sizes=BATCHES),
        arrays(families=GRADIENTS, sizes={"B": (1, 3)}, tied=r"d\theta_B - d\theta"),
    ),
    "11.7": given(
        "11.2",
        families=WITH_REPEATS,
        sizes=({"m": 2, "B": 1}, {"m": 2, "B": 3}, {"m": 3, "B": 2}),
    ),
    "11.8": (given("11.2"), arrays(families=GRADIENTS, tied="0")),
    "11.9": given("11.2", families=WITHOUT_REPEATS, sizes=BATCHES),
}

INLINE = {
    "B = m": Named("the full batch"),
    r"1 - \frac{B - 1}{m - 1} = \frac{m - B}{m - 1}": Check(sizes=BATCHES),
    r"\frac{1}{\sqrt{B}} = \frac{1}{10}": given("B = 100"),
    r"\frac{1}{B} \cdot \frac{100 - B}{99} = \frac{1}{100}": given("B = 10000 / 199"),
    "10000 - 100 B = 99 B": given("B = 10000 / 199"),
}

NUMBERS = {
    "with 8 bytes": "the size of a float64",
    "the first 100": r"= \frac{200}{2}",
    "the other 100": r"= \frac{200}{2}",
    "has 10 numbers": "one feature of ten examples",
    "62 batches": r"= \lceil \frac{500}{8} \rceil - 1",
    "1.2 million photographs in batches of 128": "the paper on AlexNet",
    "take 496": r"= 62 \cdot 8",
    "32 times": r"= \frac{256}{8}",
    "in 32": r"= \frac{256}{8}",
    "are 4000": r"= 20 \cdot 200",
    "500 and": r"= 20 \cdot 25",
    "20 steps": r"= 20 \cdot 1",
    "of the sixteen": "the hidden units of the network that is made before",
    "weights 1 and 13": "the cell before chooses them",
    "the 128 of": r"= \frac{256}{2}",
    "near 0.5": r"= \frac{1}{2}",
    "32.5 times": r"= \frac{65}{2}",
    "do 20 epochs take": "the exercise chooses them",
    "Twenty epochs": "the exercise chooses them",
    "the other 40 examples": "= 1000 - 960",
    "are 320 steps": r"= 20 \cdot 16",
    "$B = 50.25$": r"= \frac{10000}{199}",
    "51 examples": r"= \lceil \frac{10000}{199} \rceil",
}
