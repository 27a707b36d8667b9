"""The one table of colours, line styles and markers, with one meaning each, and the one style of all pictures.

A colour is named here and nowhere else. The blue, green, vermilion and grey are those of Okabe and Ito,
"Color Universal Design" (2008), who chose them for readers who do not tell red from green; the others are as dark
as a thin line on a white page needs. A line style or a marker always goes with a colour.
"""

from itertools import cycle
from typing import NamedTuple

import matplotlib as mpl
from matplotlib.colors import LinearSegmentedColormap, to_hex, to_rgb
from matplotlib.figure import Figure

INK = "#222222"  # words, edges, marks
PAPER = "#FFFFFF"
SHADE = "#F2F2F2"  # a ground behind a part of a picture
GRID = "#DDDDDD"
NETWORK, SLOPES = "#0072B2", "#882255"
AS_IT_SHOULD_BE, NOT_AS_IT_SHOULD_BE = "#009E73", "#D55E00"


class Look(NamedTuple):
    """How one thing is drawn in every picture: a colour, a line style and a marker.

    Parameters
    ----------
    colour : str
        The colour as "#RRGGBB".
    dashes : str or tuple
        The line style in Matplotlib's notation.
    marker : str
        The marker in Matplotlib's notation.
    """

    colour: str
    dashes: str | tuple
    marker: str

    @property
    def line(self):
        """Return the keyword arguments of a line without markers."""
        return {"color": self.colour, "linestyle": self.dashes}

    @property
    def dots(self):
        """Return the keyword arguments of markers without a line."""
        return {"color": self.colour, "linestyle": "none", "marker": self.marker}

    @property
    def curve(self):
        """Return the keyword arguments of a line with markers."""
        return {**self.line, "marker": self.marker}


LOOKS = {
    "data": Look("#7F7F7F", ":", "."),  # what was measured
    "label 0": Look(PAPER, ":", "o"),  # data of two classes, with an edge of INK
    "label 1": Look("#595959", ":", "^"),
    "model": Look(NETWORK, "-", "s"),  # the network's answer
    "forward": Look(NETWORK, "-", "o"),  # every other value on the way to it
    "backward": Look(SLOPES, "--", "D"),  # slopes and gradients
    "training": Look("#7A4B00", "-", "o"),  # a cost on training data
    "held out": Look("#C98500", "--", "^"),  # a cost on data that training does not see
    "too small": Look("#3B9CD3", ":", "s"),  # a learning rate
    "good": Look(AS_IT_SHOULD_BE, "-", "o"),
    "too large": Look(NOT_AS_IT_SHOULD_BE, "--", "^"),
    "right": Look(AS_IT_SHOULD_BE, "-", "P"),
    "wrong": Look(NOT_AS_IT_SHOULD_BE, "--", "X"),
}
COMPARED = (  # the first, second, ... of things that have no meaning in the table
    Look("#332288", "-", "o"),
    Look("#8C8C2B", "--", "^"),
    Look("#C2185B", "-.", "s"),
    Look("#AA4499", ":", "D"),
    Look(INK, (0, (5, 1)), "v"),
)


RATES = ("too small", "good", "too large")  # the names of the looks of three rates
OTHER_WORDS = {  # what legends also call a thing of the table
    "network": "model",
    "prediction": "model",
    "truth": "data",
    "scaled by fan-in": "good",
}


def looks_of(labels, names=None):
    """Return {label: Look}: a label of the table has its look, the others have those of COMPARED in turn.

    Parameters
    ----------
    labels : iterable of str
        What a picture draws, in the order of its legend.
    names : sequence of str, optional
        A name in LOOKS for each label, where the labels do not say what they mean.

    Returns
    -------
    dict
        A Look for each label.
    """
    labels, others = list(labels), cycle(COMPARED)
    if names is not None:
        return {label: LOOKS[name] for label, name in zip(labels, names, strict=True)}
    known = {label: OTHER_WORDS.get(label, label) for label in labels}
    return {label: LOOKS.get(name) or next(others) for label, name in known.items()}


def tint(colour, share):
    """Return a colour mixed with white.

    Parameters
    ----------
    colour : str
        The colour as "#RRGGBB".
    share : float
        How much of it is left: 1 is the colour itself, 0 is white.

    Returns
    -------
    str
        The mixture as "#RRGGBB".
    """
    return to_hex([1 + share * (part - 1) for part in to_rgb(colour)])


def colour_map(*colours):
    """Return a colour map that passes through the given colours at equal distances.

    Parameters
    ----------
    *colours : str
        Two colours or more, from the lowest value to the highest.

    Returns
    -------
    matplotlib.colors.Colormap
        The map.
    """
    return LinearSegmentedColormap.from_list("looks", colours)


HEIGHTS = colour_map(PAPER, "#A4A4A4")  # of a cost surface: the darker, the higher
ANSWERS = colour_map(
    PAPER, tint(NETWORK, 0.6)
)  # of a probability: the bluer, the nearer to 1
ERRORS = colour_map(tint(AS_IT_SHOULD_BE, 0.3), PAPER, NOT_AS_IT_SHOULD_BE)

STYLE = {
    "font.family": "DejaVu Sans",
    "font.size": 11,
    "axes.titlesize": 12,
    "axes.titley": 1.0,  # a fixed height: the search for one above all tick labels takes long
    "axes.grid": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.prop_cycle": mpl.cycler(
        color=[look.colour for look in COMPARED],
        linestyle=[look.dashes for look in COMPARED],
    ),
    "grid.color": GRID,
    "lines.linewidth": 2.2,
    "legend.frameon": False,
    "figure.facecolor": PAPER,
}
styled = mpl.rc_context(STYLE)  # the decorator of a function that draws


@styled
def new_figure(rows=1, columns=1, width=8.0, height=3.6, **subplots):
    """Return a Figure in the style of all pictures, and its axes; pyplot does not know of it.

    Parameters
    ----------
    rows, columns : int
        The number of panels.
    width, height : float
        The size in inches, 96 pixels of the page to the inch.
    **subplots
        Further keyword arguments of Figure.subplots.

    Returns
    -------
    tuple
        The Figure, and its Axes or an array of them.
    """
    figure = Figure(figsize=(width, height), layout="constrained")
    return figure, figure.subplots(rows, columns, **subplots)
