"""A picture of a recorded step: which call makes a result, and how long the result is needed."""

from itertools import cycle

from dnn_lessons.classroom.figures.style import COLOURS, new_figure, styled

LOOKS = (("light", ""), ("warm", "///"), ("good", "..."))  # of the parts of the step, one after the other
END = 1.5  # how far beyond the last call a result reaches that is kept


@styled
def lifetimes(labels, last, parts):
    """A bar for each call's result, from the call that makes it to the call that reads it last.

    labels: a text for each call, in order; last: the index of the last call that reads its result, None where the
    result is kept; parts: {name: number of calls}, the consecutive parts of the step.
    """
    if not len(labels) == len(last) == sum(parts.values()):
        raise ValueError(f"{len(labels)} labels, {len(last)} last reads, {sum(parts.values())} calls in parts")
    figure, axes = new_figure(width=9.0, height=0.235 * len(labels) + 1.0)
    first = 0
    for (name, count), (colour, hatch) in zip(parts.items(), cycle(LOOKS)):
        rows = range(first, first + count)
        axes.barh([row + 1 for row in rows], [length(row, last[row], len(labels)) for row in rows], 0.68,
                  [row + 1 for row in rows], color=COLOURS[colour], hatch=hatch, edgecolor="white", label=name)
        first += count
        if first < len(labels):
            axes.axvline(first + 0.5, color=COLOURS["ink"], linewidth=1, linestyle=":")
    for row, label in enumerate(labels, 1):
        axes.text(row - 0.25, row, label, ha="right", va="center", fontsize=9,
                  bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8})
    axes.set(xlim=(-5.5, len(labels) + END + 0.3), ylim=(len(labels) + 0.6, 0.4), yticks=[])
    axes.set(xlabel="number of the call", xticks=range(1, len(labels) + 1, 2))
    axes.grid(axis="y", visible=False)
    axes.set_axisbelow(True)
    axes.legend(loc="lower left")
    return figure


def length(row, last, calls):
    """The length of a bar; a result that nothing reads keeps a stub."""
    return calls + END - 1 - row if last is None else max(last - row, 0.3)
