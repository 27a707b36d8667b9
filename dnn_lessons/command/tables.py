"""Tables of the reader's own: a CSV file as arrays."""

import csv
import io
from itertools import islice
from pathlib import Path

import numpy as np

from dnn_lessons.datasets import Table

GAPS = {"", "-", "?", "na", "n/a", "nan", "none", "null", "inf", "-inf"}


def read_table(path, target=None):
    """The Table of a CSV file (comma, semicolon or tab).

    It has a header line, then one example a line, all numbers. The target is the column of
    that name, the last one without.
    Raises OSError, and ValueError naming line and column.
    """
    (_, names), *rows = read_rows(path)
    check_names(path, names)
    if target is not None and target not in names:
        columns = ", ".join(names)
        raise ValueError(f"{path} has no column {target!r}; its columns: {columns}")
    if not rows:
        raise ValueError(f"{path} has a header line and no examples below it")
    values = np.array([parse_row(path, line, names, row) for line, row in rows]).T
    index = len(names) - 1 if target is None else names.index(target)
    features = names[:index] + names[index + 1 :]
    return Table(
        np.delete(values, index, axis=0), values[[index]], features, names[index]
    )


def read_rows(path):
    """[(line number, cells)] of a CSV file, its empty lines left out."""
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=find_separator(text))
        rows = [(reader.line_num, [cell.strip() for cell in row]) for row in reader]
    except UnicodeDecodeError:
        message = f"{path} is not text in UTF-8; save the table as 'CSV UTF-8'"
        raise ValueError(message) from None
    except csv.Error as error:
        raise ValueError(f"{path}, line {reader.line_num}: {error}") from None
    return [(line, row) for line, row in rows if any(row)] or [(1, [])]


def find_separator(text):
    """The separator that cuts the header line and the next one into equally many cells.

    Else the one that finds most names. A comma may stand in numbers, so it is tried last.
    """
    first = islice(io.StringIO(text.lstrip()), 2)
    lines = [line[:100_000] for line in first] or [""]  # csv reads no more
    cells = {
        mark: [len(next(csv.reader([line], delimiter=mark))) for line in lines]
        for mark in ";\t,"
    }
    alike = [
        mark
        for mark, (names, *values) in cells.items()
        if names > 1 and values in ([names], [])
    ]
    return alike[0] if alike else max(cells, key=lambda mark: cells[mark][:1])


def check_names(path, names):
    """Raise ValueError unless the header holds two names or more.

    Each is its own, and none of them a number.
    """
    if len(names) < 2:
        raise ValueError(
            f"{path}: columns found: {len(names)}; expected a feature and "
            "a target at least, separated by comma, semicolon or tab"
        )
    if all(as_number(name) is not None for name in names):
        example = ",".join(f"x{j}" for j in range(1, min(len(names), 4)))
        raise ValueError(
            f"{path} starts with numbers; expected a header line that names "
            f"the columns, such as {example},y"
        )
    for number, name in enumerate(names, 1):
        if not name or name in names[: number - 1]:
            found = f"the name {name!r} of another" if name else "no name"
            raise ValueError(
                f"{path}: column {number} has {found}; "
                "expected a name of its own for each column"
            )


def parse_row(path, line, names, row):
    """The numbers of one line."""
    if len(row) != len(names):
        raise ValueError(
            f"{path}, line {line}: {len(row)} values, "
            f"but the header names {len(names)} columns"
        )
    cells = zip(names, row, strict=True)
    return [parse_number(path, line, name, cell) for name, cell in cells]


def parse_number(path, line, name, cell):
    """One finite number."""
    number = as_number(cell)
    if number is None or not np.isfinite(number):
        raise ValueError(
            f"{path}, line {line}, column {name!r}: "
            f"{cell!r} is not a finite number; {hint(cell)}"
        )
    return number


def hint(cell):
    """What to do about a cell that is no finite number."""
    if cell.casefold() in GAPS:
        return "leave out each line that has a gap"
    if any(map(str.isdecimal, cell)):
        return "write decimals with a point, without marks between thousands, and no unit"
    return "write classes as 0 and 1"


def as_number(cell):
    """The number that a cell holds, None for other text, such as Python's own 1_000."""
    try:
        return None if "_" in cell else float(cell)
    except ValueError:
        return None
