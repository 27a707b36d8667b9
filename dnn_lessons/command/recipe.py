"""What is done with each column of a table, so that a network can learn from it."""

from collections import defaultdict
from typing import NamedTuple

import numpy as np
import pandas as pd

from dnn_lessons._table import inputs_of
from dnn_lessons.command.cells import WEAK_GAPS, BadCellsError, meaning
from dnn_lessons.command.options import short_list
from dnn_lessons.command.read_file import FaultsError

ROW_NUMBERS = set("id no nr row rows rownames row.names index idx obs number".split())
ROW_NUMBERS |= {"column 1", "case", "#", "no.", "nr.", "n"}
ROWS = "left out as row numbers or names"
MOST_WORDS = 50  # different words of a column that are columns of their own
GAPS_FILLED = "gaps, filled by the mean, but of the target left out"
GAPS_DROPPED = "gaps, left out with their rows"
ONE_VALUE = "left out for one value only"
AS_NUMBERS = {"words": "words as columns of 0 and 1", "dates": "dates as days"}
GAPS_OF_ANOTHER = "gaps, filled by the mean: {}"
NO_COLUMN = "{}: no column is left to predict {!r} from{}"
UNKNOWN = "{}: {} filled by the mean, for the network knows no such word"
FEW_NUMBERS = 10  # different whole numbers that may be classes
COMMA_NUMBER = r"[+-]?\d+,(?:\d{1,2}|\d{4,})"  # the comma is no mark between thousands
MANY_CLASSES = (
    "{name!r} holds {count} classes ({words}, ...), and this network tells "
    "two apart: make a column that says yes where {name} is {word} "
    "and no elsewhere, or keep the rows of two classes"
)


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
    _check_known(sheet, choices)
    done, notes = defaultdict(list), [*sheet.notes]
    cells = _cells_to_use(sheet, choices, done, notes)
    recipe, Y = _recipe(sheet, cells, choices, done, notes)
    if not recipe["columns"]:
        return prepare(sheet, _with_row_numbers(sheet, choices, recipe["target"], done))
    return _prepared(recipe, cells, Y, choices, done)._replace(notes=notes)


def _prepared(recipe, cells, Y, choices, done):
    """Return a table as numbers by its recipe, without notes."""
    done = {**done, **_gaps(recipe, cells, choices)}
    X, Y = _without_gaps(_rows(recipe, cells), Y, choices.missing)
    return Prepared(X, Y, recipe, done, [])


def _cells_to_use(sheet, choices, done, notes):
    """Return {name: Cells} of the columns that are not left out, and add to the notes."""
    names = _columns_to_read(sheet, choices, done)
    cells = _read_columns(sheet, dict.fromkeys(names), choices.decimal)
    notes += _notes_of(cells)
    return cells


def _recipe(sheet, cells, choices, done, notes):
    """Return the recipe of a table, which may be left without columns, and its target (m,)."""
    target, Y, classes = _chosen_target(sheet, cells, choices, notes)
    recipe = {"target": target, "kind": cells[target].kind, "classes": classes}
    return {**recipe, "columns": _specs(cells, target, choices, done)}, Y


def _specs(cells, target, choices, done):
    """Return what to do with each feature that is not left out."""
    names = [name for name in choices.features or cells if name != target]
    specs = [_spec(name, cells[name], choices, done) for name in names]
    return [spec for spec in specs if spec]


def _with_row_numbers(sheet, choices, target, done):
    """Return Choices that use the numbers of the rows, for want of other features."""
    rows = [name for name in done[ROWS] if sheet.frame[name].dtype.kind in "iuf"]
    if not rows:
        why = "".join(
            f"; {what}: {short_list(done[what])}" for what in filter(done.get, done)
        )
        raise ValueError(NO_COLUMN.format(sheet.path, target, why))
    return choices._replace(target=target, features=rows)


def _gaps(recipe, cells, choices):
    """Return {how gaps are treated: [each column that has some, with their number]}."""
    names = [*(spec["name"] for spec in recipe["columns"]), recipe["target"]]
    counts = _count_gaps(names, cells)
    how = GAPS_FILLED if choices.missing == "mean" else GAPS_DROPPED
    return {how: counts} if counts else {}


def _count_gaps(names, cells):
    """Return the name of each column that has gaps, with their number."""
    counts = {name: pd.isna(cells[name].values).sum() for name in names}
    return [f"{name} {count:,}" for name, count in counts.items() if count]


def _without_gaps(X, Y, missing):
    """Return X (n_x, m) and Y (1, m) without the rows that gaps make useless."""
    gaps = np.isnan(X).any(axis=0) & (missing == "drop")
    known = ~(np.isnan(Y) | gaps)
    if known.all():
        return X, Y[None]
    if not known.any():
        raise ValueError("each row has a gap; --missing mean fills them by the mean")
    return X[:, known], Y[None, known]


def _check_known(sheet, choices):
    """Raise ValueError where the reader named a column that the table lacks."""
    known = [*sheet.frame.columns]
    for name in filter(None, [choices.target, *choices.ignore, *choices.features]):
        if name not in known:
            columns = short_list(known, 20)
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
    columns = [frame[name].dropna() for name in frame]
    comma = any(map(_has_decimal_comma, columns))
    point = any(map(_has_fraction, columns))
    return {(True, False): ",", (False, True): "."}.get((comma, point))


def _has_decimal_comma(column):
    """Return whether one of the first different texts of a column has a decimal comma."""
    if column.dtype.kind in "iufbM":
        return False
    texts = column.drop_duplicates().head(1000).map(str).str.strip()
    return texts.str.fullmatch(COMMA_NUMBER).any()


def _has_fraction(column):
    """Return whether one of the numbers of a column is not whole."""
    return column.dtype.kind == "f" and (np.round(column) != column).any()


def _read_columns(sheet, kinds, decimal):
    """Return {name: Cells} for {name: kind}; raise FaultsError with all bad cells."""
    decimal = decimal or proven_decimal(sheet.frame)
    cells, faults = {}, []
    for name, kind in kinds.items():
        try:
            cells[name] = meaning(sheet.frame[name], kind, decimal, sheet.separator)
        except BadCellsError as error:
            faults += _places(sheet, name, error.cells)
    if faults:
        raise FaultsError(sheet.path, faults)
    return cells


def _notes_of(cells):
    """Return what was assumed about the cells of each column."""
    return [f"{name}: {note}" for name in cells for note in cells[name].notes]


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
    if values.dtype.kind == "f":
        return np.unique(values[~np.isnan(values)])
    known = pd.Series(pd.unique(values)).dropna()
    spellings = {_key(value): value for value in reversed(known.tolist())}
    return [spellings[key] for key in sorted(spellings)]


def _chosen_target(sheet, cells, choices, notes):
    """Return the name of the target, its values (m,), and its two classes or None."""
    name, faults = _find_target(sheet, cells, choices)
    Y, classes, more = _target(name, cells[name], choices.loss)
    notes += [f"{fault}; so the target is {name}" for fault in faults[:1]] + more
    return name, Y, classes


def _find_target(sheet, cells, choices):
    """Return the name of the target, and what is wrong with the columns tried before it."""
    faults = []
    for name in _possible_targets(cells, choices):
        _check_varies(sheet.path, name, cells[name])
        fault = _fault_of_classes(name, cells[name])
        if not fault:
            return name, faults
        faults.append(fault)
    raise ValueError(f"{sheet.path}: {faults[0] if faults else 'no column is left'}")


def _possible_targets(cells, choices):
    """Return the column that the reader chose, or all that may be the target, last first."""
    if choices.target:
        return [choices.target]
    return [name for name in reversed(cells) if name not in choices.features]


def _target(name, cells, loss):
    """Return the values of a target (m,), its two classes or None, and notes about it."""
    values = _without_weak_gaps(cells)
    different = _different(values)
    if cells.kind == "words" or _are_classes(values, different, loss):
        return _indicators(values, different[1:])[0], [*map(_plain, different)], []
    return values, None, _notes_on_numbers(name, different, len(values))


def _without_weak_gaps(cells):
    """Return the values of a target; None for words that may mean a gap."""
    if cells.kind != "words":
        return cells.values
    weak = [str(value).casefold() in WEAK_GAPS for value in cells.values]
    return np.where(weak, None, cells.values)


def _check_varies(path, name, cells):
    """Raise ValueError where a target has one value only."""
    is_one_number = cells.kind != "words" and len(cells.values) == 1
    different = [] if is_one_number else _different(cells.values)
    if len(different) < 2 and not is_one_number:
        value = f"{_say(different[0])} in all rows" if different else "gaps only"
        raise ValueError(f"{path}: {name!r} holds {value}: there is nothing to predict")


def _fault_of_classes(name, cells):
    """Return why a network of the course cannot learn a target; None where it can."""
    different = _different(_without_weak_gaps(cells)) if cells.kind == "words" else []
    if len(different) <= 2:
        return None
    words = [*map(_say, different[:3])]
    named = {"name": name, "count": len(different), "word": words[0]}
    return MANY_CLASSES.format(**named, words=", ".join(words))


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
    return spec | _words_of(name, cells.kind, different, done)


def _words_of(name, kind, different, done):
    """Return the words of a feature, for the recipe, and add the feature to what was done."""
    if kind == "numbers":
        return {}
    text = f"{name} ({len(different)} words)" if different else name
    done[AS_NUMBERS[kind]].append(text)
    return {"words": different} if different else {}


def _no_use(cells, different, wanted):
    """Return why nothing can be learnt from a feature; None where something can."""
    m = len(cells.values)
    if m < 2:
        return None
    if not _varies(cells, different):
        return ONE_VALUE
    are_names = cells.kind == "words" and len(different) > min(MOST_WORDS, m / 5)
    return "left out as names" if are_names and not wanted else None


def _varies(cells, different):
    """Return whether a feature has two values at least, besides gaps."""
    if cells.kind == "words":
        return len(different) > 1
    known = cells.values[~np.isnan(cells.values)]
    return len(known) > 0 and np.ptp(known) > 0


def _rows(recipe, cells):
    """Return the rows of X (n_x, m), and put their names into the recipe."""
    rows, recipe["features"] = [], []
    for spec in recipe["columns"]:
        rows += _rows_of(spec, cells[spec["name"]].values)
        recipe["features"] += inputs_of(spec)
    return np.array(rows, float)


def _rows_of(spec, values):
    """Return the rows of one feature; for words, NaN at a word that is not in the recipe."""
    if spec["kind"] != "words":
        return [values]
    rows = _indicators(values, spec["words"])
    known = np.isin(sum(rows), 1)
    return [np.where(known, row, np.nan) for row in rows[-len(inputs_of(spec)) :]]


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
    means = np.reshape(recipe["fill"], (-1, 1))
    return np.where(np.isnan(X), means, X), notes + _notes_on_gaps(recipe, cells)


def _notes_on_gaps(recipe, cells):
    """Return which gaps and unknown words of another table are filled by means."""
    gaps = _count_gaps([spec["name"] for spec in recipe["columns"]], cells)
    notes = [GAPS_OF_ANOTHER.format(short_list(gaps))] if gaps else []
    for spec in recipe["columns"]:
        if words := _unknown_words(spec, cells[spec["name"]]):
            notes.append(UNKNOWN.format(spec["name"], short_list(words)))
    return notes


def _unknown_words(spec, cells):
    """Return the different words of a feature that are not in the recipe."""
    known = [*map(_key, spec.get("words", ()))]
    words = _different(cells.values) if known else []
    return [_say(word) for word in words if _key(word) not in known]


def _cells_of(sheet, specs, decimal):
    """Return {name: Cells} of the columns that a recipe names, and notes."""
    kinds = {spec["name"]: spec["kind"] for spec in specs}
    _check_has(sheet, [spec["name"] for spec in specs])
    cells = _read_columns(sheet, kinds, decimal)
    return cells, _notes_of(cells)


def _check_has(sheet, names):
    """Raise ValueError where a table lacks some columns of a recipe."""
    missing = [name for name in names if name not in sheet.frame.columns]
    if missing:
        raise ValueError(
            f"{sheet.path} lacks the columns {', '.join(map(repr, missing))}; "
            f"its columns: {short_list([*sheet.frame.columns], 20)}"
        )


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
    name = recipe["target"]
    cells, _ = _cells_of(sheet, [{"name": name, "kind": recipe["kind"]}], decimal)
    values = cells[name].values
    if recipe["classes"]:
        values = _second_class(values, *recipe["classes"])
    return np.reshape(values, (1, -1))


def _second_class(values, first, second):
    """Return 1.0 at the second of two classes, 0.0 at the first, and NaN elsewhere."""
    zero, one = _indicators(values, [first, second])
    return np.where(zero + one == 1, one, np.nan)
