"""How the equations of lesson 12, training, are checked."""

from dnn_lessons import batch_generator, compute_cost
from proofs.check import arrays, given
from proofs.claims.common import MEAN_OF_LOSSES, UPDATE, size


def _batch_cost(scope, layer, example, subs):
    """Return the cost of batch t, as batch_generator cuts it."""
    network = scope.world.network
    batches = batch_generator(network.AL, network.Y, size(scope, "B"), shuffle=False)
    return float(compute_cost(*list(batches)[subs[0] - 1], network.cost))


CLAIMS = {
    "12.1": UPDATE,
    "12.2": MEAN_OF_LOSSES,
    "12.3": arrays(
        "sigmoid",
        "cross_entropy",
        shapes=(((3, 4, 2), 6),),
        families={"J": _batch_cost},
        sizes=({"B": 3, "t": 1}, {"B": 3, "t": 2}, {"B": 2, "t": 3}),
    ),
    "12.4": given(
        "12.2",
        "12.3",
        sizes=({"m": 2, "B": 1}, {"m": 4, "B": 2}, {"m": 6, "B": 2}, {"m": 3, "B": 3}),
    ),
}

TWO_LAYERS = (((3, 4, 2), 2),)  # layers and examples
INLINE = {
    "dZ^{[2]} = A^{[2]} - Y": arrays("sigmoid", "cross_entropy", shapes=TWO_LAYERS),
    r"dW^{[1]} = \frac{1}{2} dZ^{[1]} X^\top": arrays(shapes=TWO_LAYERS),
}

NUMBERS = {
    "the length was 5": r"= \sqrt{3^2 + 4^2}",
    "Train 50 epochs": "the question chooses it",
    r"$(-0.1517": r"= \frac{2}{1 + e^{2.5}}",
    "tends to 10": r"= \frac{1}{1 - 0.9}",
}
