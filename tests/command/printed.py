"""What the command printed, as dictionaries."""

import re


def section(out, name):
    """Return {first cell: the rest of the row} of a section of the report."""
    rows = [_cells(line) for line in _lines(out, name)]
    return {first: rest for first, *rest in rows}


def scores(out):
    """Return {(metric, predictor): (training, held out)} of the report."""
    rows = [_cells(line) for line in _lines(out, "result")[1:]]
    return {
        (metric, who.split()[0]): (float(train), float(held_out))
        for metric, who, train, held_out in rows
    }


def _lines(out, name):
    """Return the lines between the title of a section and the next empty line."""
    return out.split(f"\n{name}\n")[1].split("\n\n")[0].splitlines()


def _cells(line):
    """Return the cells of a line, which two spaces or more separate."""
    return re.split(r"\s{2,}", line.strip())
