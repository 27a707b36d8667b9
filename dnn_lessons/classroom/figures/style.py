"""One look for all pictures, made for projectors and colour-blind readers, and how a lesson shows one."""

import base64
import io
import pickle
from functools import lru_cache

import matplotlib as mpl
from IPython.display import Markdown, display
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, NullLocator, StrMethodFormatter
from PIL import Image

# The colours of Okabe and Ito (2008); a thing keeps its colour, and its line style, in all lessons.
COLOURS = {
    "value": "#0072B2",  # a function, an activation, the network's answer
    "slope": "#D55E00",  # a derivative, a gradient, an error
    "data": "#7F7F7F",  # what was measured
    "good": "#009E73",  # a third curve; what succeeds
    "other": "#CC79A7",
    "light": "#56B4E9",
    "warm": "#E69F00",
    "ink": "#222222",
    "paper": "#F2F2F2",
}
CYCLE = [COLOURS[name] for name in ("value", "slope", "good", "other", "warm", "light")]
STYLE = {
    "font.family": "DejaVu Sans",
    "font.size": 11,
    "axes.titlesize": 12,
    "axes.titley": 1.0,  # said, so that it is not sought above all tick labels, which takes long
    "axes.grid": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.prop_cycle": mpl.cycler(color=CYCLE, linestyle=["-", "--", "-.", ":", (0, (5, 1)), (0, (3, 1, 1, 1))]),
    "grid.color": "#DDDDDD",
    "lines.linewidth": 2.2,
    "legend.frameon": False,
    "figure.facecolor": "white",
}
styled = mpl.rc_context(STYLE)  # the decorator of a function that draws, so that late artists have the look too
DPI = 160  # pixels are twice as fine as the page's: sharp on a projector


def new_figure(rows=1, columns=1, width=8.0, height=3.6, **subplots):
    """A Figure outside pyplot's global state and its axes, styled; sizes in inches, 96 page pixels to the inch."""
    return pickle.loads(blank(rows, columns, width, height, **subplots)[1])


@lru_cache(64)
def blank(rows, columns, width, height, **subplots):
    """An empty figure with its axes, and both pickled: several times faster to load than to make.

    The figure is kept, because its transforms are written down by their addresses: no other may take them.
    """
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(width, height), layout="constrained")
        made = figure, figure.subplots(rows, columns, **subplots)
        return made, pickle.dumps(made)


def plain_log_axis(axis, which):
    """A logarithmic axis with 0.1, 0.2, 0.5, 1 in the place of powers of ten."""
    axis.set(**{f"{which}scale": "log"})
    ticks = getattr(axis, f"{which}axis")
    ticks.set_major_locator(LogLocator(subs=(1, 2, 5)))
    ticks.set_major_formatter(StrMethodFormatter("{x:g}"))
    ticks.set_minor_locator(NullLocator())


def png(figure, dpi=DPI):
    """The bytes of the figure as a PNG of at most 48 colours, small enough to live in a notebook."""
    buffer, small = io.BytesIO(), io.BytesIO()
    with mpl.rc_context(STYLE):
        figure.savefig(buffer, format="png", dpi=dpi)
    image = Image.open(buffer).convert("RGB").quantize(48, kmeans=3, dither=Image.Dither.NONE)
    image.save(small, format="png", optimize=True)
    return small.getvalue()


def show(figure, caption):
    """Show the figure in a lesson, the caption below it; the caption is also its alternative text."""
    bundle = {"image/png": base64.b64encode(png(figure)).decode(), "text/plain": caption}
    width = round(96 * figure.get_figwidth())
    display(bundle, raw=True, metadata={"image/png": {"alt": caption, "width": width}})
    display(Markdown(f"*{caption}*"))
