"""Tables of the reader's own: a CSV file as arrays."""

import csv
import io
from itertools import islice
from pathlib import Path

import numpy as np

from dnn_lessons.datasets import Table

GAPS = {"", "-", "?", "na", "n/a", "nan", "none", "null", "inf", "-inf"}
LONGEST_LINE = 100_000  # characters; the csv module reads no longer cell


def read_table(path, target=None):
    """Return the Table of a CSV file: X (n_x, m), Y (1, m) and the names of its columns.

    The file has a header line, then one example a line, all numbers, separated by comma,
    semicolon or tab.

    Parameters
    ----------
    path : str or pathlib.Path
        The file, in UTF-8.
    target : str, optional
        The column to predict; the last one by default.

    Returns
    -------
    Table
        All other columns are features, in the units of the file.

    Raises
    ------
    OSError
        Where the file cannot be read.
    ValueError
        Where it is not such a table, naming the line and the column at fault.
    """
    (_, names), *rows = _read_rows(path)
    _check_names(path, names)
    index = _target_index(path, names, target)
    values = _parse_rows(path, names, rows)
    features = names[:index] + names[index + 1 :]
    return Table(
        np.delete(values, index, axis=0), values[[index]], features, names[index]
    )


def _read_rows(path):
    """Return [(line number, cells)] of a CSV file without its empty lines."""
    text = _read_text(path)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_find_separator(text))
    try:
        return [*_numbered_rows(reader)] or [(1, [])]
    except csv.Error as error:
        raise ValueError(f"{path}, line {reader.line_num}: {error}") from None


def _numbered_rows(reader):
    """Yield (line number, cells) of each line that is not empty."""
    for row in reader:
        cells = [cell.strip() for cell in row]
        if any(cells):
            yield reader.line_num, cells


def _read_text(path):
    """Return the text of a file in UTF-8."""
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        message = f"{path} is not text in UTF-8; save the table as 'CSV UTF-8'"
        raise ValueError(message) from None


def _find_separator(text):
    """Return the separator that cuts the first two lines into equally many cells.

    If there is none, return the one that finds most names. A comma may stand inside
    numbers, so it is tried last.
    """
    lines = _first_lines(text)
    counts = {mark: [_count_cells(line, mark) for line in lines] for mark in ";\t,"}
    for mark, (names, *values) in counts.items():
        if names > 1 and values in ([names], []):
            return mark
    return max(counts, key=lambda mark: counts[mark][0])


def _first_lines(text):
    """Return the header line and the next one, if any, as far as csv reads a cell."""
    lines = islice(io.StringIO(text.lstrip()), 2)
    return [line[:LONGEST_LINE] for line in lines] or [""]


def _count_cells(line, separator):
    """Return how many cells a separator makes of a line."""
    return len(next(csv.reader([line], delimiter=separator)))


def _check_names(path, names):
    """Raise ValueError unless the header names a feature and a target at least."""
    if len(names) < 2:
        raise ValueError(
            f"{path}: columns found: {len(names)}; expected a feature and "
            "a target at least, separated by comma, semicolon or tab"
        )
    _check_header(path, names)
    _check_distinct(path, names)


def _check_header(path, names):
    """Raise ValueError where all names are numbers: the file has no header line."""
    if all(_as_number(name) is not None for name in names):
        example = ",".join(f"x{j}" for j in range(1, min(len(names), 4)))
        raise ValueError(
            f"{path} starts with numbers; expected a header line that names "
            f"the columns, such as {example},y"
        )


def _check_distinct(path, names):
    """Raise ValueError where a column has no name, or the name of another."""
    for number, name in enumerate(names, 1):
        if not name or name in names[: number - 1]:
            found = f"the name {name!r} of another" if name else "no name"
            raise ValueError(
                f"{path}: column {number} has {found}; "
                "expected a name of its own for each column"
            )


def _target_index(path, names, target):
    """Return the index of the column to predict."""
    if target is None:
        return len(names) - 1
    if target not in names:
        columns = ", ".join(names)
        raise ValueError(f"{path} has no column {target!r}; its columns: {columns}")
    return names.index(target)


def _parse_rows(path, names, rows):
    """Return the numbers of all lines as an array with one row for each name."""
    if not rows:
        raise ValueError(f"{path} has a header line and no examples below it")
    return np.array([_parse_row(path, line, names, row) for line, row in rows]).T


def _parse_row(path, line, names, row):
    """Return the numbers of one line."""
    if len(row) != len(names):
        raise ValueError(
            f"{path}, line {line}: {len(row)} values, "
            f"but the header names {len(names)} columns"
        )
    cells = zip(names, row, strict=True)
    return [_parse_number(path, line, name, cell) for name, cell in cells]


def _parse_number(path, line, name, cell):
    """Return the finite number of one cell."""
    number = _as_number(cell)
    if number is None or not np.isfinite(number):
        raise ValueError(
            f"{path}, line {line}, column {name!r}: "
            f"{cell!r} is not a finite number; {_advice(cell)}"
        )
    return number


def _advice(cell):
    """Return what to do about a cell that is not a finite number."""
    if cell.casefold() in GAPS:
        return "leave out each line that has a gap"
    if any(map(str.isdecimal, cell)):
        return "write decimals with a point, without marks between thousands, and no unit"
    return "write classes as 0 and 1"


def _as_number(cell):
    """Return the number that a cell holds, None for other text, such as Python's 1_000."""
    try:
        return None if "_" in cell else float(cell)
    except ValueError:
        return None
