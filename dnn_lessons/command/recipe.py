"""What is done with each column of a table, so that a network can learn from it."""

from collections import defaultdict
from typing import NamedTuple

import numpy as np
import pandas as pd

from dnn_lessons.command.cells import WEAK_GAPS, BadCellsError, meaning
from dnn_lessons.command.read_file import FaultsError

ROW_NUMBERS = set("id no nr row rows rownames row.names index idx obs number".split())
ROW_NUMBERS |= {"column 1", "case", "#", "no.", "nr.", "n"}
ROWS = "left out as row numbers or names"
MOST_WORDS = 50  # different words of a column that are columns of their own
FEW_NUMBERS = 10  # different whole numbers that may be classes
COMMA_NUMBER = r"[+-]?\d+,(?:\d{1,2}|\d{4,})"  # the comma is no mark between thousands


class Choices(NamedTuple):
    """Hold what the reader chose about the columns.

    Parameters
    ----------
    target : str, optional
        The column to predict; the last one that can be predicted by default.
    ignore, features : sequence of str
        Columns to leave out, and the only ones to use; empty for no such choice.
    missing : str
        "mean" fills a gap by the mean of its column, "drop" leaves its row out.
    decimal : str, optional
        The decimal mark where the cells do not tell.
    loss : str, optional
        The cost, where the reader named it.
    """

    target: str = None
    ignore: tuple = ()
    features: tuple = ()
    missing: str = "mean"
    decimal: str = None
    loss: str = None


class Prepared(NamedTuple):
    """Hold a table as numbers, and how it became numbers.

    Parameters
    ----------
    X : ndarray of shape (n_x, m)
        A row for each number or word; NaN for a gap.
    Y : ndarray of shape (1, m)
        The target; 0 and 1 for two classes.
    recipe : dict
        What `encode` needs to do the same to another table; it can be written as JSON.
    done : dict of str to list of str
        {what was done: the columns that it was done with}.
    notes : list of str
        What else was assumed.
    """

    X: np.ndarray
    Y: np.ndarray
    recipe: dict
    done: dict
    notes: list


def prepare(sheet, choices=Choices()):  # noqa: B008 - never changed
    """Return a Sheet as numbers.

    Parameters
    ----------
    sheet : Sheet
        The table.
    choices : Choices
        What the reader chose.

    Returns
    -------
    Prepared
        Features, target and what was done.

    Raises
    ------
    ValueError
        Where a column is unknown, its cells are no values, or no target is left.
    """
    _check_known(sheet, [choices.target, *choices.ignore, *choices.features])
    done, notes = defaultdict(list), list(sheet.notes)
    kept = _columns_to_read(sheet, choices, done)
    cells = _read_columns(sheet, kept, choices.decimal, notes)
    target, Y, classes = _find_target(sheet, cells, choices, notes)
    names = [n for n in choices.features or cells if n != target]
    specs = [_spec(name, cells[name], choices, done) for name in names]
    recipe = {"target": target, "kind": cells[target].kind, "classes": classes}
    recipe["columns"] = [spec for spec in specs if spec]
    if not recipe["columns"] and (rows := _numbered(sheet, done[ROWS])):
        return prepare(sheet, choices._replace(target=target, features=rows))
    if not recipe["columns"]:
        raise ValueError(f"{sheet.path}: no column is left to predict {target!r} from")
    X, Y = _without_gaps(_rows(recipe, cells), Y, choices.missing)
    return Prepared(X, Y, recipe, {**done, **_gaps(recipe, cells, choices)}, notes)


def _gaps(recipe, cells, choices):
    """Return {how gaps are treated: [each column that has some, with their number]}."""
    names = [spec["name"] for spec in recipe["columns"]]
    counts = {
        name: pd.isna(cells[name].values).sum() for name in [*names, recipe["target"]]
    }
    texts = [f"{name} {count:,}" for name, count in counts.items() if count]
    how = "filled by the mean, but of the target left out"
    how = how if choices.missing == "mean" else "left out with their rows"
    return {f"gaps, {how}": texts} if texts else {}


def _numbered(sheet, names):
    """Return the columns that hold numbers; for want of others the row's number is used."""
    return [name for name in names if sheet.frame[name].dtype.kind in "iuf"]


def _without_gaps(X, Y, missing):
    """Return X (n_x, m) and Y (1, m) without the rows that gaps make useless."""
    gaps = np.isnan(X).any(axis=0) & (missing == "drop")
    known = ~(np.isnan(Y) | gaps)
    if not known.any():
        raise ValueError("each row has a gap; --missing mean fills them by the mean")
    return X[:, known], Y[None, known]


def _check_known(sheet, names):
    """Raise ValueError where the reader named a column that the table lacks."""
    known = [*sheet.frame.columns]
    for name in filter(None, names):
        if name not in known:
            more = f" and {len(known) - 20} more" if len(known) > 20 else ""
            columns = ", ".join(known[:20]) + more
            raise ValueError(
                f"{sheet.path} has no column {name!r}; its columns: {columns}"
            )


def _columns_to_read(sheet, choices, done):
    """Return the names of the columns that are not left out before they are read."""
    wanted = [choices.target, *choices.features]
    for name in sheet.frame.columns:
        if name not in wanted and (reason := _reason(sheet, name, choices)):
            done[reason].append(name)
    left_out = {name for names in done.values() for name in names}
    return [name for name in sheet.frame.columns if name not in left_out]


def _reason(sheet, name, choices):
    """Return why a column is left out; None where it is read."""
    if name in choices.ignore or (choices.features and choices.target):
        return "ignored"
    column = sheet.frame[name]
    if name == "column 1" or _numbers_rows(name, column):
        return ROWS
    if column.isna().mean() > 0.5:
        return "left out for more than half gaps"
    return None


def _numbers_rows(name, column):
    """Return whether a column counts the rows from 0 or 1, or is called a number of each."""
    if column.dtype.kind != "i":
        return False
    steps = np.diff(column)
    if name.casefold() in ROW_NUMBERS:
        return bool((steps == 1).all() and column.iloc[0] in (0, 1))
    return name.casefold().endswith("_id") and column.is_unique


def proven_decimal(frame):
    """Return the decimal mark that some cells of a table prove; None where they disagree.

    Parameters
    ----------
    frame : pandas.DataFrame
        The table.

    Returns
    -------
    str or None
        "." or ",".
    """
    texts = [frame[c].dropna() for c in frame if frame[c].dtype.kind not in "iufbM"]
    heads = [t.drop_duplicates().head(1000).map(str).str.strip() for t in texts]
    comma = any(head.str.fullmatch(COMMA_NUMBER).any() for head in heads)
    floats = [frame[c].dropna() for c in frame if frame[c].dtype.kind == "f"]
    point = any((np.round(values) != values).any() for values in floats)
    return {(True, False): ",", (False, True): "."}.get((comma, point))


def _read_columns(sheet, names, decimal, notes, kinds=None):
    """Return {name: Cells}; raise FaultsError with all cells that mean nothing."""
    decimal = decimal or proven_decimal(sheet.frame)
    cells, faults = {}, []
    for name in names:
        options = (kinds or {}).get(name), decimal, sheet.separator
        try:
            cells[name] = meaning(sheet.frame[name], *options)
            notes += [f"{name}: {note}" for note in cells[name].notes]
        except BadCellsError as error:
            faults += _places(sheet, name, error.cells)
    if faults:
        raise FaultsError(sheet.path, faults)
    return cells


def _places(sheet, name, bad):
    """Return each bad cell of a column with its line in words."""
    texts = sheet.frame[name].map(str).str.strip()
    lines = np.array(sheet.line_numbers())[texts.isin(bad).to_numpy()]
    found = zip(lines, texts[texts.isin(bad)], strict=True)
    return [
        f"line {line}, column {name!r}: {_short(text)} {bad[text]}"
        for line, text in found
    ]


def _short(text):
    """Return a text in quotes, at most 40 letters of it."""
    return repr(text if len(text) <= 40 else f"{text[:37]}...")


def _different(values):
    """Return the different words or numbers that are no gaps, sorted, by their first spelling."""
    known = pd.Series(pd.unique(values)).dropna()
    spellings = {_key(value): value for value in reversed(known.tolist())}
    return [spellings[key] for key in sorted(spellings)]


def _find_target(sheet, cells, choices, notes):
    """Return the name of the target, its values (m,), and its two classes or None."""
    faults = []
    free = [name for name in cells if name not in choices.features]
    for name in [choices.target] if choices.target else reversed(free):
        _check_varies(sheet.path, name, cells[name].values)
        try:
            Y, classes, more = _target(name, cells[name], choices.loss)
        except ValueError as error:
            faults.append(str(error))
        else:
            notes += [f"{fault}; so the target is {name}" for fault in faults[:1]] + more
            return name, Y, classes
    raise ValueError(f"{sheet.path}: {faults[0] if faults else 'no column is left'}")


def _target(name, cells, loss):
    """Return the values of a target (m,), its two classes or None, and notes about it."""
    values = cells.values
    if cells.kind == "words":
        weak = [str(value).casefold() in WEAK_GAPS for value in values]
        values = np.where(weak, None, values)
    different = _different(values)
    _check_classes(name, cells.kind, different)
    if cells.kind == "words" or _are_classes(values, different, loss):
        return _indicators(values, different[1:])[0], [*map(_plain, different)], []
    return values, None, _notes_on_numbers(name, different, len(values))


def _check_varies(path, name, values):
    """Raise ValueError where a target has one value only."""
    different = _different(values)
    if len(different) < 2 and len(values) > 1:
        value = f"{_say(different[0])} in all rows" if different else "gaps only"
        raise ValueError(f"{path}: {name!r} holds {value}: there is nothing to predict")


def _check_classes(name, kind, different):
    """Raise ValueError where a network of the course cannot learn a target."""
    if kind == "words" and len(different) > 2:
        words = ", ".join(map(_say, different[:3]))
        raise ValueError(
            f"{name!r} holds {len(different)} classes ({words}, ...), and this network tells "
            f"two apart: make a column that says yes where {name} is {_say(different[0])} "
            "and no elsewhere, or keep the rows of two classes"
        )


def _are_classes(values, different, loss):
    """Return whether numbers are two classes, each of them twice at least."""
    if len(different) != 2 or loss not in (None, "cross_entropy"):
        return False
    return min((values == value).sum() for value in different) > 1


def _notes_on_numbers(name, different, m):
    """Return what to know where a target has so few whole numbers that it may be classes."""
    few = 3 <= len(different) <= min(FEW_NUMBERS, m / 3)
    if not few or any(value % 1 for value in different):
        return []
    return [
        f"{name} holds {len(different)} different whole numbers and is learnt as an amount; "
        "if they are classes, keep two of them, or make a column that says yes for one"
    ]


def _plain(value):
    """Return a class as it is written; a whole number has no decimal mark."""
    return value if isinstance(value, str) or value % 1 else int(value)


def _say(value):
    """Return a word or a number for a message."""
    return f"{value:g}" if isinstance(value, float) else _short(value)


def _indicators(values, words):
    """Return a row for each word or number: 1.0 where it stands, NaN at a gap, else 0.0."""
    codes, found = pd.factorize(values)
    keys = [_key(value) for value in found]
    rows = [
        np.array([key == _key(word) for key in keys] + [np.nan], float) for word in words
    ]
    return [row[codes] for row in rows]


def _key(value):
    """Return what equal words have in common."""
    return value.casefold() if isinstance(value, str) else value


def _spec(name, cells, choices, done):
    """Return what to do with a feature, for the recipe; None where it is left out."""
    different = _different(cells.values) if cells.kind == "words" else None
    reason = _no_use(cells, different, name in choices.features)
    if reason:
        done[reason].append(name)
        return None
    spec = {"name": name, "kind": cells.kind}
    if cells.kind == "numbers":
        return spec
    done[
        {"words": "words as columns of 0 and 1", "dates": "dates as days"}[cells.kind]
    ] += [f"{name} ({len(different)} words)" if different else name]
    return {
        **spec,
        "words": different[1:] if different and len(different) == 2 else different,
    }


def _no_use(cells, different, wanted):
    """Return why nothing can be learnt from a feature; None where something can."""
    if len(cells.values) < 2:
        return None
    if cells.kind != "words":
        known = cells.values[~np.isnan(cells.values)]
        return None if len(known) and np.ptp(known) > 0 else "left out for one value only"
    if len(different) < 2:
        return "left out for one value only"
    most = min(MOST_WORDS, len(cells.values) / 5)
    return "left out as names" if len(different) > most and not wanted else None


def _rows(recipe, cells):
    """Return the rows of X (n_x, m) and their names, and put the names into the recipe."""
    rows = {}
    for spec in recipe["columns"]:
        values = cells[spec["name"]].values
        if spec["kind"] == "words":
            names = [f"{spec['name']} = {word}" for word in spec["words"]]
            rows |= dict(zip(names, _indicators(values, spec["words"]), strict=True))
        else:
            rows[spec["name"]] = values
    recipe["features"] = [*rows]
    return np.array([*rows.values()], float)


def encode(sheet, recipe, decimal=None):
    """Return the features of another table, as those of the first one became numbers.

    Parameters
    ----------
    sheet : Sheet
        The table; its columns may come in any order.
    recipe : dict
        What `prepare` made of the first table, with "fill", the means of the features.
    decimal : str, optional
        The decimal mark where the cells do not tell.

    Returns
    -------
    X : ndarray of shape (n_x, m)
        The features; a gap is filled by the mean of the first table.
    notes : list of str
        What was assumed.

    Raises
    ------
    ValueError
        Where a column is missing or holds other things.
    """
    cells, notes = _cells_of(sheet, recipe["columns"], decimal)
    X = _rows({**recipe}, cells)
    gaps = np.isnan(X)
    if gaps.any():
        notes.append(f"{gaps.any(axis=0).sum():,} rows have gaps, filled by the mean")
    return np.where(gaps, np.reshape(recipe["fill"], (-1, 1)), X), notes


def _cells_of(sheet, specs, decimal):
    """Return {name: Cells} of the columns that a recipe names, and notes."""
    missing = [s["name"] for s in specs if s["name"] not in sheet.frame.columns]
    if missing:
        names = ", ".join(missing[:10])
        raise ValueError(f"{sheet.path} lacks {len(missing)} columns: {names}")
    kinds, notes = {s["name"]: s["kind"] for s in specs}, []
    return _read_columns(sheet, [*kinds], decimal, notes, kinds), notes


def target_of(sheet, recipe, decimal=None):
    """Return the target (1, m) of another table; NaN where it is unknown.

    Parameters
    ----------
    sheet : Sheet
        The table.
    recipe : dict
        What `prepare` made of the first table.
    decimal : str, optional
        The decimal mark where the cells do not tell.

    Returns
    -------
    ndarray of shape (1, m)
        The target, 0 and 1 for two classes.

    Raises
    ------
    ValueError
        Where the column is missing or holds other things.
    """
    kind = recipe["kind"]
    cells, _ = _cells_of(sheet, [{"name": recipe["target"], "kind": kind}], decimal)
    values, classes = cells[recipe["target"]].values, recipe["classes"]
    if classes:
        zero, one = _indicators(values, classes)
        values = np.where(zero + one == 1, one, np.nan)
    return np.reshape(values, (1, -1))
