"""A picture of a recorded step, lesson 15: which call makes a result, and how long the result is needed."""

from itertools import cycle

from dnn_lessons.classroom.figures.looks import INK, PAPER, looks_of, new_figure, styled
from dnn_lessons.classroom.figures.parts import BOX

BORDER = {"color": INK, "linestyle": ":", "linewidth": 1}
HATCHES = ("", "///", "...")  # of the parts of a step, one after the other
END = 1.5  # how far beyond the last call a result reaches that is kept


@styled
def lifetimes(labels, last, parts):
    """Return a picture with a bar for each call's result, from the call that makes it to its last reader.

    Parameters
    ----------
    labels : sequence of str
        A text for each of the n calls, in order.
    last : sequence
        The index of the last call that reads each result (n,); None where the result is kept.
    parts : dict
        {name: number of calls}, the consecutive parts of the step; "forward" and "backward" have their colours.

    Returns
    -------
    matplotlib.figure.Figure
        One panel.

    Raises
    ------
    ValueError
        If the three do not speak of the same number of calls.
    """
    _check_counts(labels, last, parts)
    figure, axes = new_figure(width=9, height=0.235 * len(labels) + 1)
    _draw_parts(axes, last, parts)
    _label_rows(axes, labels)
    axes.set(xlabel="number of the call", xticks=range(1, len(labels) + 1, 2))
    axes.set(yticks=[], axisbelow=True)
    axes.legend(loc="lower left")
    return figure


def _check_counts(labels, last, parts):
    """Raise ValueError if the three do not speak of the same number of calls."""
    counts = len(labels), len(last), sum(parts.values())
    if len(set(counts)) > 1:
        raise ValueError("{} labels, {} last reads, {} calls in parts".format(*counts))


def _draw_parts(axes, last, parts):
    """Draw the bars of each part in its look, and a line between two parts."""
    first, looks, hatches = 0, looks_of(parts), cycle(HATCHES)
    for name, count in parts.items():
        if first:
            axes.axvline(first + 0.5, **BORDER)
        look = {"color": looks[name].colour, "hatch": next(hatches), "label": name}
        _draw_bars(axes, range(first, first + count), last, look)
        first += count


def _draw_bars(axes, rows, last, look):
    """Draw a bar for each row, numbered from 1."""
    starts = [row + 1 for row in rows]
    lengths = [_length(row, last) for row in rows]
    axes.barh(starts, lengths, 0.68, starts, edgecolor=PAPER, **look)


def _length(row, last):
    """Return the length of a bar; a result that nothing reads keeps a stub."""
    return len(last) + END - 1 - row if last[row] is None else max(last[row] - row, 0.3)


def _label_rows(axes, labels):
    """Write the text of each call to the left of its bar."""
    for row, label in enumerate(labels, 1):
        axes.text(row - 0.25, row, label, ha="right", va="center", fontsize=9, bbox=BOX)
    axes.set(xlim=(-5.5, len(labels) + END + 0.3), ylim=(len(labels) + 0.6, 0.4))
