"""The pictures of README and lessons: `python -m tools.images` writes images/ anew from IMAGES."""

import io
from pathlib import Path

import numpy as np
from PIL import Image

from dnn_lessons.activations import ACTIVATIONS
from dnn_lessons.batching import batch_generator
from dnn_lessons.classroom.figures.activations import activation_and_slope
from dnn_lessons.classroom.figures.batches import batches_picture
from dnn_lessons.classroom.figures.descent import Descent, descent_animation
from dnn_lessons.classroom.figures.diagrams import network_diagram
from dnn_lessons.classroom.figures.fits import fit_through_epochs
from dnn_lessons.classroom.figures.style import png
from dnn_lessons.descent import SURFACES, descend, grid
from dnn_lessons.experiment import Experiment, curve_data

FOLDER = Path(__file__).resolve().parents[1] / "images"
FRAME = 150  # milliseconds that a frame of an animation stands


def activation(name, width, label=None, leak=None, **marks):
    """An activation from -width to width, with its slope; `leak`, where it is given, is the leak alpha."""
    row, Z, alpha = (
        ACTIVATIONS[name],
        np.linspace(-width, width, 401),
        {} if leak is None else {"alpha": leak},
    )
    A, cache = row.forward(Z, **alpha)
    return activation_and_slope(
        Z, A, row.backward(np.ones_like(Z), cache, **alpha), label or name, **marks
    )


def mini_batches(m=12, batch_size=5):
    """A small data set, shuffled and cut."""
    numbers = np.arange(m).reshape(1, m)
    return batches_picture(
        [X[0] for X, _ in batch_generator(numbers, numbers, batch_size, rng=0)]
    )


def gradient_descent(surface="ravine", learning_rate=0.17, steps=24):
    """The frames of a descent."""
    surface = SURFACES[surface]
    path = descend(surface, surface.start, learning_rate, steps)
    return descent_animation(
        Descent(surface.name, *grid(surface), {"path": (path, surface.value(path))})
    )


def result():
    """The fit of the document's regression through 3,000 epochs of one run."""
    run = Experiment(curve_data())
    list(run.epochs())
    X, Y = run.data.train
    return fit_through_epochs(
        X, Y, {epoch: run.predict(X, epoch) for epoch in run.snapshots}
    )


IMAGES = {
    "network.png": lambda: network_diagram((2, 4, 4, 1)),
    "sigmoid.png": lambda: activation("sigmoid", 8, saturated=[(-8, -5), (5, 8)]),
    "relu.png": lambda: activation("relu", 4, kink=0.0),
    "leaky_relu.png": lambda: activation(
        "leaky_relu", 4, "leaky_relu, α = 0.1", leak=0.1, kink=0.0
    ),
    "tanh.png": lambda: activation("tanh", 5, saturated=[(-5, -2.5), (2.5, 5)]),
    "gradient_descent.gif": gradient_descent,
    "mini_batches.png": mini_batches,
    "result.png": result,
}


def encode(drawn):
    """The bytes of a Figure as PNG, of a list of Figures as an endless GIF."""
    if not isinstance(drawn, list):
        return png(drawn)
    first, *rest = [Image.open(io.BytesIO(png(figure, dpi=90))) for figure in drawn]
    buffer = io.BytesIO()
    first.save(
        buffer,
        format="gif",
        save_all=True,
        append_images=rest,
        duration=FRAME,
        loop=0,
        optimize=True,
    )
    return buffer.getvalue()


def write(folder=FOLDER):
    """Write every picture into `folder`."""
    for name, draw in IMAGES.items():
        (folder / name).write_bytes(encode(draw()))


if __name__ == "__main__":
    write()
