"""Data for the lessons and for the reader's own: a curve, labelled points, tables."""

import csv
import io
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import numpy as np


def attenuated_sine(x):
    """y = (0.25 sin x + 0.25) exp(-0.1 x), element-wise: the document's regression."""
    return (0.25 * np.sin(x) + 0.25) * np.exp(-0.1 * x)


def regression_curve(m=500):
    """X and Y, both (1, m): the attenuated sine at m evenly spaced points.

    They run from -2 pi to 2 pi, in real units.
    """
    X = np.linspace(-2 * np.pi, 2 * np.pi, m).reshape(1, m)
    return X, attenuated_sine(X)


def midpoints(X):
    """The points (1, m - 1) halfway between neighbours of X (1, m), as held-out data."""
    return (X[:, 1:] + X[:, :-1]) / 2


class Scaler(NamedTuple):
    """Mean and standard deviation of each row, (n, 1), as `Scaler.of` measures them."""

    mean: np.ndarray
    deviation: np.ndarray

    @classmethod
    def of(cls, X, constant=1.0):
        """The Scaler of X (n, m); a constant row gets the deviation `constant`."""
        varies = np.ptp(X, axis=1, keepdims=True) > 0  # a constant's deviation may be rounding
        deviation = np.where(varies, X.std(axis=1, keepdims=True), constant)
        # and a tiny one may be rounded to 0
        return cls(X.mean(axis=1, keepdims=True), np.where(deviation > 0, deviation, 1.0))

    def scale(self, X):
        """X with mean 0 and standard deviation 1 in each row."""
        return (X - self.mean) / self.deviation

    def unscale(self, X):
        """X in the units that `scale` took it from."""
        return X * self.deviation + self.mean


def hold_out(X, Y, fraction=0.2, rng=None):
    """(X_train, Y_train), (X_test, Y_test): a random `fraction` is the test.

    It holds one example at least.
    """
    m = X.shape[1]
    test = max(1, round(fraction * m))
    if not 0 < fraction < 1 or test >= m:
        raise ValueError(f"cannot hold out {fraction:g} of {m} examples; "
                         "expected a share in (0, 1) of two or more")
    order = np.random.default_rng(rng).permutation(m)
    return tuple((X[:, part], Y[:, part]) for part in (order[test:], order[:test]))


def tiny_network():
    """X (2, 2), Y (1, 2) and the parameters of the 2-2-1 network (ReLU, sigmoid).

    The lessons follow it by hand.
    """
    parameters = {
        "W1": np.array([[1.0, -1.0], [0.5, 0.5]]),
        "b1": np.array([[0.0], [-1.0]]),
        "W2": np.array([[2.0, -1.0]]),
        "b2": np.array([[0.5]]),
    }
    return np.array([[1.0, 2.0], [0.0, 3.0]]), np.array([[1.0, 0.0]]), parameters


def two_moons(m=200, noise=0.1, rng=None):
    """X (2, m) and labels Y (1, m) in {0, 1}: two interleaved half circles, with noise."""
    rng = np.random.default_rng(rng)
    Y = np.arange(m) % 2
    angle = rng.uniform(0, np.pi, m)
    sign = 1 - 2 * Y
    X = np.stack([sign * np.cos(angle) + Y - 0.5, sign * np.sin(angle) + 0.5 * Y - 0.25])
    return X + noise * rng.standard_normal((2, m)), Y.reshape(1, m).astype(np.float64)


GAPS = {"", "-", "?", "na", "n/a", "nan", "none", "null", "inf", "-inf"}


class Table(NamedTuple):
    """X (n_x, m) and Y (1, m) of a table of numbers, with the names of its columns."""

    X: np.ndarray
    Y: np.ndarray
    features: list
    target: str


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
    return Table(np.delete(values, index, axis=0), values[[index]], features, names[index])


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
    cells = {mark: [len(next(csv.reader([line], delimiter=mark))) for line in lines] for mark in ";\t,"}
    alike = [mark for mark, (names, *values) in cells.items() if names > 1 and values in ([names], [])]
    return alike[0] if alike else max(cells, key=lambda mark: cells[mark][:1])


def check_names(path, names):
    """Raise ValueError unless the header holds two names or more.

    Each is its own, and none of them a number.
    """
    if len(names) < 2:
        raise ValueError(f"{path}: columns found: {len(names)}; expected a feature and "
                         "a target at least, separated by comma, semicolon or tab")
    if all(as_number(name) is not None for name in names):
        example = ",".join(f"x{j}" for j in range(1, min(len(names), 4)))
        raise ValueError(f"{path} starts with numbers; expected a header line that names "
                         f"the columns, such as {example},y")
    for number, name in enumerate(names, 1):
        if not name or name in names[: number - 1]:
            found = f"the name {name!r} of another" if name else "no name"
            raise ValueError(f"{path}: column {number} has {found}; "
                             "expected a name of its own for each column")


def parse_row(path, line, names, row):
    """The numbers of one line."""
    if len(row) != len(names):
        raise ValueError(f"{path}, line {line}: {len(row)} values, "
                         f"but the header names {len(names)} columns")
    cells = zip(names, row, strict=True)
    return [parse_number(path, line, name, cell) for name, cell in cells]


def parse_number(path, line, name, cell):
    """One finite number."""
    number = as_number(cell)
    if number is None or not np.isfinite(number):
        raise ValueError(f"{path}, line {line}, column {name!r}: "
                         f"{cell!r} is not a finite number; {hint(cell)}")
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
