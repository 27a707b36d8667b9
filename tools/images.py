"""Draw the pictures of README and lessons: `python -m tools.images` writes images/ anew."""

from pathlib import Path

import numpy as np

from dnn_lessons.activations import ACTIVATIONS
from dnn_lessons.batching import batch_generator
from dnn_lessons.classroom.figures.activations import activation_and_slope
from dnn_lessons.classroom.figures.batches import batches_picture
from dnn_lessons.classroom.figures.diagrams import network_diagram
from dnn_lessons.classroom.figures.display import png
from dnn_lessons.classroom.figures.fits import fit_through_epochs
from dnn_lessons.experiment import Experiment, curve_data

FOLDER = Path(__file__).resolve().parents[1] / "images"


def activation(name, width, label=None, leak=None, **marks):
    """Draw an activation function with its slope.

    Parameters
    ----------
    name : str
        Its name in the table of activations.
    width : float
        The picture goes from -width to width.
    label : str, optional
        What the picture calls it, if not by its name.
    leak : float, optional
        The slope alpha of a leaky ReLU for z below 0.
    **marks
        What else to mark, as `activation_and_slope` takes it.

    Returns
    -------
    matplotlib.figure.Figure
        The picture.
    """
    row, Z = ACTIVATIONS[name], np.linspace(-width, width, 401)
    alpha = {} if leak is None else {"alpha": leak}
    A, cache = row.forward(Z, **alpha)
    slope = row.backward(np.ones_like(Z), cache, **alpha)
    return activation_and_slope(Z, A, slope, label or name, **marks)


def _mini_batches():
    """Draw a small data set, shuffled and cut into mini-batches."""
    numbers = np.arange(12).reshape(1, -1)
    batches = batch_generator(numbers, numbers, batch_size=5, rng=0)
    return batches_picture([X[0] for X, _ in batches])


def _result():
    """Draw how the regression of the source document fits its curve through 3,000 epochs."""
    run = Experiment(curve_data())
    list(run.epochs())
    X, Y = run.data.train
    predictions = {epoch: run.predict(X, epoch) for epoch in run.snapshots}
    return fit_through_epochs(X, Y, predictions)


IMAGES = {
    "network.png": lambda: network_diagram((2, 4, 4, 1)),
    "sigmoid.png": lambda: activation("sigmoid", 8, saturated=[(-8, -5), (5, 8)]),
    "relu.png": lambda: activation("relu", 4, kink=0.0),
    "leaky_relu.png": lambda: activation(
        "leaky_relu", 4, "leaky_relu, α = 0.1", leak=0.1, kink=0.0
    ),
    "tanh.png": lambda: activation("tanh", 5, saturated=[(-5, -2.5), (2.5, 5)]),
    "mini_batches.png": _mini_batches,
    "result.png": _result,
}


def write(folder=FOLDER):
    """Write every picture.

    Parameters
    ----------
    folder : Path, optional
        Where to write them; images/ if it is not given.
    """
    for name, draw in IMAGES.items():
        (folder / name).write_bytes(png(draw()))


if __name__ == "__main__":
    write()
