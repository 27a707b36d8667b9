"""The layout of a table in a text: what separates its cells, and which line is the header."""

import csv
import io
import re
from collections import Counter
from contextlib import suppress
from itertools import islice
from typing import NamedTuple

# A comma may stand inside numbers and a space inside names, so they are tried last.
SEPARATORS = (";", "\t", "|", ",", " ")
LETTERS, RECORDS = 1_000_000, 1000  # the sample from which the layout is found
FIRST_BYTES = 5 * LETTERS  # enough for the sample
REMARK, SIGNS = re.compile(r"#.|//.|%\s"), ("#", "//", "%")  # "%fat" is a name
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?|nan", re.IGNORECASE)
TOO_LONG = f"line {{}}: a cell has more than {csv.field_size_limit():,} letters"
SEPARATOR_LINE = re.compile(r'(?i)\s*"?sep=([ \t!#-/:-@\[-^`{-~])"?[ ;,\t]*(\r\n|\r|\n)')


class Record(NamedTuple):
    """Hold the cells of one record of a text.

    Parameters
    ----------
    cells : list of str
        The cells, without the spaces around them.
    line : int
        The number of its last line; quotes may hold line breaks.
    end : int
        The number of letters up to its end.
    """

    cells: list
    line: int
    end: int


class Layout(NamedTuple):
    """Hold how a text is to be read.

    Parameters
    ----------
    separator : str
        What stands between two cells.
    names : list of str
        The cells of the header; the first is empty where only the rows have such a cell.
    start, line : int
        The number of bytes, and of lines, up to the end of the header.
    remarks : int
        How many records before the header are no part of the table.
    """

    separator: str
    names: list
    start: int
    line: int
    remarks: int


def records(text, separator):
    """Yield each Record of a text that is not empty.

    Parameters
    ----------
    text : str
        Lines of cells, which may be in double quotes.
    separator : str
        What stands between two cells; any number of spaces where it is a space.

    Yields
    ------
    Record
        One after the other.

    Raises
    ------
    ValueError
        Where a cell is longer than the csv module reads.
    """
    stream = io.StringIO(text, newline="")
    reader = csv.reader(stream, delimiter=separator, skipinitialspace=True)
    try:
        for row in reader:
            cells = _stripped(row, separator)
            if any(cells):
                yield Record(cells, reader.line_num, stream.tell())
    except csv.Error:
        raise ValueError(TOO_LONG.format(reader.line_num)) from None


def _stripped(row, separator):
    """Return the cells of a row without spaces around them, or between them as separators."""
    if separator != " ":
        return [cell.strip(" ") for cell in row]
    cells = [cell for cell in row if cell]
    has_sign = cells[1:] and cells[0] in SIGNS
    return [" ".join(cells[:2]), *cells[2:]] if has_sign else cells


def find_layout(data):
    """Return the Layout of a text.

    The separator is the one that cuts most of the first lines into equally many cells. The
    header is the first of these lines; a line with one cell less, or a remark with as many,
    before a line of numbers is the header instead.

    Parameters
    ----------
    data : bytes
        The text of the file, in UTF-8.

    Returns
    -------
    Layout
        How to read it.
    """
    text = data[:FIRST_BYTES].decode(errors="ignore")
    given = SEPARATOR_LINE.match(text)
    skipped = given.end() if given else 0
    layout = _best_layout(text[skipped:][:LETTERS], given[1] if given else SEPARATORS)
    start = len(text[: skipped + layout.start].encode())
    return layout._replace(start=start, line=layout.line + bool(given))


def _best_layout(text, separators):
    """Return the Layout of a text with the separator that fits it best."""
    found = [mark for mark in separators if mark in text or mark == separators[0]]
    return _layout(*max(((mark, _sample(text, mark)) for mark in found), key=_fit))


def _sample(text, separator):
    """Return the first records of a text; the last may be cut."""
    sample = []
    with suppress(ValueError):
        sample.extend(islice(records(text, separator), RECORDS))
    return sample


def _count(sample):
    """Return how many cells most records have, and the share of these records."""
    counts = Counter(len(r.cells) for r in sample if not _is_remark(r))
    count = max(counts, key=lambda n: (counts[n], n), default=0)
    return count, counts[count] / max(1, counts.total())


def _fit(candidate):
    """Return the share of records with equally many cells; 0 where that is one cell."""
    count, share = _count(candidate[1])
    return share if count > 1 else 0


def _is_remark(record):
    """Return whether a sign marks a record as a remark; alone in a cell, it is a name."""
    return bool(REMARK.match(record.cells[0]))


def _layout(separator, sample):
    """Return the Layout of a text, from its first records."""
    if not sample:
        return Layout(separator, [], 0, 0, 0)
    count, _ = _count(sample)
    index, names = _header(sample, count)
    if len(names) == count - 1 and separator in " \t":
        names = _with_nameless(names, sample)
    return Layout(separator, names, sample[index].end, sample[index].line, index)


def _with_nameless(names, sample):
    """Return names with an empty one for the first column or, if the last one is empty, for that."""
    is_used = any(r.cells[-1] for r in sample if len(r.cells) > len(names))
    return ["", *names] if is_used else [*names, ""]


def _header(sample, count):
    """Return the index and the cells of the header."""
    first = _first_full(sample, count)
    above = [k for k in range(first) if not _numbers(sample[k].cells)][-1:]
    if above and _names_columns(sample[above[0]], sample[first], count):
        return above[0], _without_sign(sample[above[0]])
    return first, sample[first].cells


def _first_full(sample, count):
    """Return the index of the first record with so many cells that is no remark."""
    full = (k for k, r in enumerate(sample) if len(r.cells) == count and any(r.cells[1:]))
    return next((k for k in full if not _is_remark(sample[k])), 0)


def _names_columns(above, row, count):
    """Return whether a record without numbers names the columns of the first full row.

    A header of another length than the rows is one too; the error names its length.
    """
    cells = _without_sign(above)
    if _is_remark(above):
        return len(cells) == count and _numbers(row.cells) > 0
    if _numbers(row.cells):
        return len(cells) > 1
    return len(cells) > count and all(0 < len(cell.split()) < 3 for cell in cells)


def _without_sign(record):
    """Return the cells of a record without the sign of a remark before the first.

    "% fat" is a name.
    """
    return [record.cells[0].lstrip("#/ "), *record.cells[1:]]


def _numbers(cells):
    """Return how many cells hold numbers."""
    return sum(bool(NUMBER.fullmatch(cell)) for cell in cells)


def starts_with_numbers(names):
    """Return whether all names of a header are numbers, so that it is an example.

    Parameters
    ----------
    names : list of str
        The cells of the first line, or those above columns of numbers.

    Returns
    -------
    bool
        True where each of them is a number, and not each of them a year of its own.
    """
    years = [name for name in names if re.fullmatch("(19|20)[0-9]{2}", name)]
    return 0 < len(names) == _numbers(names) and len({*years}) < len(names)
