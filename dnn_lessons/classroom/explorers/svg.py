"""Matplotlib figures as SVG text for a page, and their lines as paths that the page can move."""

import io
import re

import matplotlib as mpl
import numpy as np
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.path import Path
from matplotlib.ticker import MaxNLocator, NullLocator
from matplotlib.transforms import Affine2D

from dnn_lessons.classroom.figures.looks import STYLE

DPI = 72  # dots per inch at which a unit of the SVG is a point
SETTINGS = {**STYLE, "svg.fonttype": "none", "svg.hashsalt": "dnn"}  # words stay words
NO_METADATA = dict.fromkeys(("Creator", "Date", "Format", "Type"))
# A style element would hold for the whole page.
STYLE_ELEMENT = re.compile(r"<style.*?</style>", re.DOTALL)
NUMBERED_NAME = re.compile(r'<g id="[^"]*_\d+"')  # Matplotlib's own, such as axes_1
MOST_INTERVALS = 5  # between the ticks of a linear axis
HALF_DASH = np.array([[-1.5, 0.0], [1.5, 0.0]])
FAR = 1e6  # units from the picture: a browser cannot draw numbers above 3e38
LETTERS = {Path.MOVETO: "M", Path.LINETO: "L"}


class LivePicture:
    """Figures of one explorer as SVG text: the axes keep their places, and lines can be moved.

    A line can be moved where it has a name (`gid`); no other thing in the figure may have the same.
    """

    def __init__(self):
        self._places = None
        self._frame = None
        self._transforms = {}

    def svg(self, figure):
        """Return a figure as SVG text.

        Parameters
        ----------
        figure : matplotlib.figure.Figure
            The figure; its layout, and lines of fewer than two points, are changed.

        Returns
        -------
        str
            One svg element. Only the parts that were named with `gid` have an id.
        """
        figure.set_dpi(DPI)
        self._arrange(figure)
        lines = _named(figure)
        text = _written(figure)
        flip = Affine2D().scale(1, -1).translate(0, figure.bbox.height)
        self._frame = figure.bbox.extents
        self._transforms = {
            line.get_gid(): line.get_transform().frozen() + flip for line in lines
        }
        return text

    def path(self, gid, x, y):
        """Return a line of the last figure, with other points, as the text of an SVG path.

        Parameters
        ----------
        gid : str
            The name of the line.
        x, y : array_like, shape (n,)
            The points in the units of its axes. Those that are not finite are left out.

        Returns
        -------
        str
            The path, cut off at the frame of the picture; empty where nothing is left.
        """
        data = np.stack([x, y], axis=1)
        finite = data[np.isfinite(data).all(axis=1)]
        points = self._transforms[gid].transform(finite).clip(-FAR, FAR)
        return _text(Path(_visible(points)).cleaned(clip=self._frame, remove_nans=True))

    def _arrange(self, figure):
        """Lay out the first figure, which is slow; place the axes of the next ones as in the first."""
        axes = figure.axes
        _thin_ticks(axes)
        if self._places is None or len(self._places) != len(axes):
            figure.draw_without_rendering()
            self._places = [each.get_position() for each in axes]
        figure.set_layout_engine("none")
        for each, place in zip(axes, self._places, strict=True):
            each.set_position(place)


def _thin_ticks(axes):
    """Leave few ticks on each axis, for most of the time of a picture is spent on them."""
    for axis in [axis for each in axes for axis in (each.xaxis, each.yaxis)]:
        axis.set_minor_locator(NullLocator())
        if isinstance(axis.get_major_locator(), MaxNLocator):
            axis.get_major_locator().set_params(nbins=MOST_INTERVALS)


def _named(figure):
    """Return the lines that have a name, each with a path in the picture, however few its points."""
    lines = [line for axes in figure.axes for line in axes.lines if line.get_gid()]
    for line in lines:
        points = line.get_xydata()
        if len(points) == 0:
            line.set_data([np.nan], [np.nan])
        elif len(points) == 1:
            line.set_data(*_dash(line, points).T)
    return lines


def _dash(line, point):
    """Return the ends of a short dash around the only point (1, 2) of a line, in its own units."""
    line.axes.get_xlim()  # settles limits that follow from what is drawn
    line.axes.get_ylim()
    transform = line.get_transform()
    return transform.inverted().transform(_visible(transform.transform(point)))


def _visible(points):
    """Return the points (n, 2), a single one as a short dash, since a browser draws nothing of a point."""
    return points + HALF_DASH if len(points) == 1 else points


def _text(line):
    """Return a Path of straight lines as text, with two digits after the point."""
    steps = zip(line.codes.tolist(), line.vertices.round(2).tolist(), strict=True)
    return " ".join(
        f"{LETTERS[code]} {x} {y}" for code, (x, y) in steps if code != Path.STOP
    )


def _written(figure):
    """Return the figure as the text of one svg element."""
    buffer = io.StringIO()
    with mpl.rc_context(SETTINGS):
        size = DPI * figure.get_size_inches()
        renderer = RendererSVG(*size, buffer, metadata=NO_METADATA)
        figure.draw(renderer)
        renderer.finalize()
    text = STYLE_ELEMENT.sub("", buffer.getvalue())
    return NUMBERED_NAME.sub("<g", text[text.index("<svg") :])
