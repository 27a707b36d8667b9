"""A Figure as SVG text, quickly: axes that stand as they stood in an earlier picture are not drawn a second time."""

import hashlib
import io
import pickle
from functools import partial

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.cbook import CallbackRegistry
from matplotlib.figure import FigureBase
from matplotlib.mathtext import MathTextParser
from matplotlib.path import Path
from matplotlib.textpath import TextToPath
from matplotlib.transforms import Affine2D, IdentityTransform, TransformNode

from dnn_lessons.classroom.figures.style import STYLE

MOST = 300  # axes that are remembered: each takes a few kilobytes
DASH = np.array([[-1.5, 0.0], [1.5, 0.0]])  # around a point, in units of the picture
FAR = 1e6  # units from the picture: a point farther away is drawn there, as the numbers of a browser end at 3e38
LETTERS = {Path.MOVETO: "M", Path.LINETO: "L"}


class Renderer(RendererSVG):
    """Matplotlib's own, except that formulas parsed for one picture are known to the next, and names are ours alone."""

    formulas, glyphs = MathTextParser("path"), TextToPath()

    def __init__(self, width, height, buffer):
        super().__init__(width, height, buffer, metadata=dict.fromkeys(("Creator", "Date", "Format", "Type")))
        self.mathtext_parser, self._text2path = self.formulas, self.glyphs
        self.buffer = buffer

    def _write_default_style(self):
        """None: a style sheet in a picture holds for the whole page, all of which would be styled anew at each move."""

    def open_group(self, s, gid=None):
        """A group that was given no name has none: several pictures stand in a page."""
        self.writer.start("g", id=gid or "")

    def draw_path(self, gc, path, transform, rgbFace=None):
        """A line of one point as the dash that is seen of it."""
        if len(path) == 1:
            path, transform = Path(seen(transform.transform(path.vertices))), IdentityTransform()
        super().draw_path(gc, path, transform, rgbFace)

    def draw_markers(self, gc, marker_path, marker_trans, path, trans, rgbFace=None):
        """Say the style once for all markers, and not for each; transparent ones must be mixed one by one."""
        if gc.get_forced_alpha():
            return super().draw_markers(gc, marker_path, marker_trans, path, trans, rgbFace)
        self.writer.start("g", style=self._get_style(gc, rgbFace))
        self._get_style = lambda *_: ""
        super().draw_markers(gc, marker_path, marker_trans, path, trans, rgbFace)
        del self._get_style
        return self.writer.end("g")

    def insert(self, text, clips):
        """A part that was drawn apart."""
        self.writer.comment("remembered")  # closes the tag before it
        self.buffer.write(text)
        self._clipd.update(clips)


class Pickler(pickle.Pickler):
    """Writes down a part of a figure; what it stands in, by its name alone."""

    def reducer_override(self, thing):
        """How to write a thing."""
        return (str, (type(thing).__name__,)) if isinstance(thing, SURROUNDINGS) else NotImplemented


class Memory(dict):
    """{state of an axis: its ticks, labels and grid as SVG text}, of the MOST axes that were seen last."""

    def draw(self, axis, renderer):
        """Draw the axis, or insert what was drawn when one was in the same state."""
        del axis.draw  # which led here
        try:
            key = state(axis)
        except (pickle.PicklingError, AttributeError, TypeError):  # it holds a function without a name
            return renderer.insert(*apart(axis, renderer))
        part = self[key] = self.pop(key, None) or apart(axis, renderer)
        if len(self) > MOST:
            del self[next(iter(self))]
        return renderer.insert(*part)


FURNITURE = Memory()
SURROUNDINGS = (Axes, FigureBase, TransformNode, CallbackRegistry, Memory)  # of an axis, which do not make its looks


def state(axis):
    """All that the drawing of an axis depends on, in a few bytes."""
    buffer, figure = io.BytesIO(), axis.axes.figure
    spines = [getattr(spine, "_position", None) for spine in axis.axes.spines.values()]
    places = [figure.bbox.bounds, *(axes.bbox.bounds for axes in (axis.axes, *figure.axes))]
    whole = axis, axis.get_view_interval().tolist(), np.array(places).tolist(), spines
    Pickler(buffer, pickle.HIGHEST_PROTOCOL).dump(whole)
    return hashlib.blake2b(buffer.getvalue(), digest_size=16).digest()


def apart(artist, renderer):
    """(SVG text, clips) of an artist, which need nothing of what was drawn before."""
    other = Renderer(renderer.width, renderer.height, io.StringIO())
    start = other.buffer.tell()
    artist.draw(other)
    return other.buffer.getvalue()[start:], other._clipd


def keep_paths(figure):
    """Give a line with a name, but without points, one that is nowhere: it gets a path, which a page can move."""
    for line in [line for axes in figure.axes for line in axes.lines]:
        if line.get_gid() and not len(line.get_xdata()):
            line.set_data([np.nan], [np.nan])


def svg(figure):
    """The figure as SVG text; its words stay words, so that they are sharp at any size."""
    buffer, figure.dpi = io.StringIO(), 72
    keep_paths(figure)
    for axis in [axis for axes in figure.axes for axis in (axes.xaxis, axes.yaxis)]:
        axis.draw = partial(FURNITURE.draw, axis)
    with mpl.rc_context({**STYLE, "svg.fonttype": "none", "svg.hashsalt": "dnn"}):
        renderer = Renderer(*72 * figure.get_size_inches(), buffer)
        figure.draw(renderer)
        renderer.finalize()
    text = buffer.getvalue()
    return text[text.index("<svg") :]


def pen(axes):
    """From the data of the axes to the units of the SVG that was made of their figure: the transform, and its frame."""
    frame = axes.figure.bbox
    return axes.transData.frozen() + Affine2D().scale(1, -1).translate(0, frame.height), tuple(frame.extents)


def seen(points):
    """The points (n, 2) of a line, a single one as a short dash: a browser shows nothing of a point."""
    return points + DASH if len(points) == 1 else points


def path(pen, x, y):
    """The line through the points (x, y) as the text of an SVG path, cut off at the frame of the picture.

    So Matplotlib does it; what lies outside of the axes is hidden by their clip path, which the page keeps. A point
    that is not finite is left out, and a line without points is an empty text.
    """
    transform, frame = pen
    data = np.stack([x, y], 1)
    points = transform.transform(data[np.isfinite(data).all(1)]).clip(-FAR, FAR)
    return commands(Path(seen(points)).cleaned(clip=frame, remove_nans=True))


def commands(line):
    """The text of a Path of straight lines, with two digits after the point."""
    steps = zip(line.codes.tolist(), line.vertices.round(2).tolist(), strict=True)
    return " ".join(f"{LETTERS[code]} {x} {y}" for code, (x, y) in steps if code != Path.STOP)
