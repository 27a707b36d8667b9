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

    def for_page(self, name):
        """Return the look as a page draws it.

        Parameters
        ----------
        name : str
            The name of the look, which is that of its colour too.

        Returns
        -------
        dict
            The name of the colour, the dashes in SVG's notation and the marker.
        """
        return {
            "colour": slug(name),
            "dashes": DASHES[self.dashes],
            "marker": self.marker,
        }

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


DASHES = {"-": "", "--": "7 4", ":": "2 3", "-.": "8 3 2 3", (0, (5, 1)): "11 2"}
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
    "weight above 0": Look(NETWORK, "-", "P"),  # the colours of the scale of signs
    "weight below 0": Look(NOT_AS_IT_SHOULD_BE, "--", "v"),
}
COMPARED = (  # the first, second, ... of things that have no meaning in the table
    Look("#332288", "-", "o"),
    Look("#8C8C2B", "--", "^"),
    Look("#C2185B", "-.", "s"),
    Look("#AA4499", ":", "D"),
    Look(INK, (0, (5, 1)), "v"),
)

GROUNDS = {  # of a page: its words, its paper, and what is neither
    "ink": Look(INK, "-", "o"),
    "paper": Look(PAPER, "-", "o"),
    "shade": Look(SHADE, "-", "o"),
    "grid": Look(GRID, "-", "o"),
}
ALL_LOOKS = {
    **LOOKS,
    **GROUNDS,
    **{f"compared {i}": look for i, look in enumerate(COMPARED)},
}

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


HEIGHT = "#A4A4A4"
SCALES = {  # of numbers, from the lowest to the highest
    "heights": {"paper": PAPER, "height": HEIGHT},  # of a cost surface
    "answers": {"paper": PAPER, "answer": tint(NETWORK, 0.6)},  # a probability
    "signs": {  # below 0, 0 and above 0
        "below": tint(NOT_AS_IT_SHOULD_BE, 0.8),
        "paper": PAPER,
        "above": tint(NETWORK, 0.8),
    },
}
PAGE = ".dnn-explorer"  # the selectors of what has our colours in a page
DARK_PAGE = '[data-jp-theme-light="false"] .dnn-explorer'
DARK_PAPER = "#111111"
ON_DARK = {
    INK: "#E6E6E6",
    PAPER: DARK_PAPER,
    SHADE: "#2B2B2B",
    GRID: "#3D3D3D",
    # Their least light tints would be those of the data and, for some readers, of the model:
    LOOKS["label 1"].colour: "#ABABAB",
    COMPARED[0].colour: "#B8AEE8",
}
LEAST_CONTRAST = 4.5  # of words on a dark page: WCAG 2.2, success criterion 1.4.3


def slug(name):
    """Return the name of a look or colour as it stands in a style sheet.

    Parameters
    ----------
    name : str
        The name, such as "held out".

    Returns
    -------
    str
        The name with hyphens.
    """
    return name.replace(" ", "-")


def look_of(name):
    """Return the look of a name.

    Parameters
    ----------
    name : str
        One of ALL_LOOKS.

    Returns
    -------
    Look
        The look.

    Raises
    ------
    ValueError
        If there is no such look.
    """
    if name not in ALL_LOOKS:
        raise ValueError(f"no look {name!r}; known: {', '.join(ALL_LOOKS)}")
    return ALL_LOOKS[name]


def luminance(colour):
    """Return how light a colour is.

    Parameters
    ----------
    colour : str
        The colour as "#RRGGBB".

    Returns
    -------
    float
        The relative luminance of WCAG 2.2, 0 for black and 1 for white.
    """
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in to_rgb(colour)
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one, other):
    """Return the contrast of two colours.

    Parameters
    ----------
    one, other : str
        The colours as "#RRGGBB".

    Returns
    -------
    float
        The contrast ratio of WCAG 2.2, from 1 to 21.
    """
    dark, light = sorted(luminance(colour) + 0.05 for colour in (one, other))
    return light / dark


def on_dark(colour):
    """Return the colour of a thing on a dark page.

    Parameters
    ----------
    colour : str
        Its colour on a white page, as "#RRGGBB".

    Returns
    -------
    str
        That of ON_DARK, or the same, or the least light tint of it that is read on DARK_PAPER.
    """
    if colour in ON_DARK:
        return ON_DARK[colour]
    tints = (tint(colour, 1 - step / 50) for step in range(51))
    return next(each for each in tints if contrast(each, DARK_PAPER) >= LEAST_CONTRAST)


def _scale_on_dark(stops):
    """Return {name: colour} of a scale of colours on a dark page: 0 is as dark as the page."""
    return {
        name: ON_DARK.get(colour) or _shadow(colour) for name, colour in stops.items()
    }


def _shadow(colour):
    """Return a colour mixed with the dark page."""
    parts = zip(to_rgb(colour), to_rgb(DARK_PAPER), strict=True)
    return to_hex([0.7 * part + 0.3 * ground for part, ground in parts])


def style_sheet():
    """Return the colours of all looks and scales as variables of a style sheet, for light and dark pages.

    Returns
    -------
    str
        Two rules.
    """
    scales = {name: colour for stops in SCALES.values() for name, colour in stops.items()}
    looks = {name: look.colour for name, look in ALL_LOOKS.items()}
    dark = {name: on_dark(colour) for name, colour in looks.items()}
    light_rule = _rule(PAGE, {**scales, **looks})
    return light_rule + _rule(DARK_PAGE, {**_scale_on_dark(scales), **dark})


def _rule(selector, colours):
    """Return a rule that sets a variable for each colour."""
    variables = " ".join(
        f"--dnn-{slug(name)}: {colour};" for name, colour in colours.items()
    )
    return f"{selector} {{ {variables} }}\n"


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
