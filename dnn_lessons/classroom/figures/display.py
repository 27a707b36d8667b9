"""A Figure as a small PNG, and how a lesson shows it."""

import base64
import io

import matplotlib as mpl
import numpy as np
from PIL import Image

from dnn_lessons.classroom.figures.looks import STYLE

DPI = 160  # twice as fine as the page: sharp on a projector
MOST_COLOURS = 40  # few, so that a picture is small enough to live in a notebook
STRIDE = 20  # pixels of a colour for one in the sample that the few colours are found by


def png(figure, dpi=DPI):
    """Return the figure as the bytes of a PNG of at most 40 colours.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        The picture.
    dpi : float
        Pixels to the inch.

    Returns
    -------
    bytes
        The file.
    """
    small = io.BytesIO()
    _in_few_colours(_drawn(figure, dpi)).save(small, format="png", optimize=True)
    return small.getvalue()


def _drawn(figure, dpi):
    """Return the figure as an image of Pillow."""
    pixels, size = io.BytesIO(), (figure.get_size_inches() * dpi).astype(int)
    with mpl.rc_context(STYLE):
        figure.savefig(pixels, format="rgba", dpi=dpi)
    return Image.frombytes("RGBA", tuple(size.tolist()), pixels.getvalue()).convert("RGB")


def _in_few_colours(image):
    """Return the image in MOST_COLOURS, found by k-means of a sample of 256 colours.

    k-means of all pixels finds hardly better colours, and takes five times as long.
    """
    many = image.quantize(256, dither=Image.Dither.NONE)
    palette, places = _few_of(many.getpalette(), _sample(many.histogram()))
    image = Image.fromarray(places[np.asarray(many)])
    image.putpalette(palette)
    return image


def _few_of(palette, sample):
    """Return a palette of MOST_COLOURS for a sample of 256 colours, and the place of each of these in it."""
    colours, places = np.reshape(palette, (-1, 3))[sample], np.zeros(256, np.uint8)
    few = Image.fromarray(colours[np.newaxis].astype(np.uint8))
    few = few.quantize(MOST_COLOURS, kmeans=3)
    places[sample] = np.asarray(few)[0]
    return few.getpalette(), places


def _sample(counts):
    """Return each place of a palette as often as it has STRIDE pixels, once at least."""
    often = np.ceil(np.divide(counts, STRIDE)).astype(int)
    return np.repeat(np.arange(len(counts)), often)


def bundle(figure, text, dpi=DPI):
    """Return what a page is sent to show a figure.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        The picture.
    text : str
        Its alternative text.
    dpi : float
        Pixels to the inch.

    Returns
    -------
    tuple of dict
        The data and the metadata of an output.
    """
    data = {"image/png": base64.b64encode(png(figure, dpi)).decode(), "text/plain": text}
    width = round(96 * figure.get_figwidth())
    return data, {"image/png": {"alt": text, "width": width}}


def show(figure, caption):
    """Show the figure in a lesson, the caption below it; the caption is also its alternative text.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        The picture.
    caption : str
        What there is to see in it, in whole sentences, for readers who cannot see it too.
    """
    from IPython.display import Markdown, display  # noqa: PLC0415  the command line draws without IPython

    data, metadata = bundle(figure, caption)
    display(data, raw=True, metadata=metadata)
    display(Markdown(f"*{caption}*"))
