"""How the equations of lesson 15, how frameworks get fast, are checked."""

from dnn_lessons import relu, relu_backward
from proofs.check import Check, arrays
from proofs.claims.common import KINK, slope


def _layers_of_the_exercise(scope, layer, example, subs):
    """Return the number of units of a layer of the network 2-3-4-1."""
    return scope.world.number((2, 3, 4, 1)[subs[0]])


CLAIMS = {
    "15.1": Check(),
    "15.2": Check(code={"g'": slope(relu_backward, relu)}, cases=KINK),
}

TWO_LAYERS = (((3, 4, 2), 5),)  # layers and examples
INLINE = {
    "Z^{[1]} = W^{[1]} X + b^{[1]}": arrays(shapes=TWO_LAYERS),
    r"A^{[1]} = \max(0, Z^{[1]})": arrays("relu", shapes=TWO_LAYERS),
    "Z^{[2]} = W^{[2]} A^{[1]} + b^{[2]}": arrays(shapes=TWO_LAYERS),
    r"A^{[2]} = \sigma(Z^{[2]})": arrays("sigmoid", shapes=TWO_LAYERS),
    "dZ^{[2]} = A^{[2]} - Y": arrays("sigmoid", "cross_entropy", shapes=TWO_LAYERS),
    r"dA^{[1]} = (W^{[2]})^\top dZ^{[2]}": arrays(shapes=TWO_LAYERS),
    r"dZ^{[1]} = dA^{[1]} \odot g'(Z^{[1]})": arrays("relu", shapes=TWO_LAYERS),
    "m n_1 n_0 = 60": Check(sizes={"m": (10,)}, families={"n": _layers_of_the_exercise}),
}

NUMBERS = {
    "call #14": "= 14",
    "call #18, the question": "= 18",
    "Call #18 stands": "= 18",
    "about 4, 12 or 40": "the choices of a question",
    "network 2-3-4-1": "the exercise chooses it",
}
