"""A Figure as a small PNG, and how a lesson shows it."""

import base64
import io

import matplotlib as mpl
from PIL import Image

from dnn_lessons.classroom.figures.looks import STYLE

DPI = 160  # twice as fine as the page: sharp on a projector
MOST_COLOURS = 40  # few, so that a picture is small enough to live in a notebook


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
    buffer, small = io.BytesIO(), io.BytesIO()
    with mpl.rc_context(STYLE):
        figure.savefig(buffer, format="png", dpi=dpi)
    image = Image.open(buffer).convert("RGB")
    few = image.quantize(MOST_COLOURS, kmeans=3, dither=Image.Dither.NONE)
    few.save(small, format="png", optimize=True)
    return small.getvalue()


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
