"""What is done with each column of a table, so that a network can learn from it."""

import re
from collections import Counter, defaultdict
from difflib import get_close_matches
from itertools import chain
from typing import NamedTuple

import numpy as np
import pandas as pd

from dnn_lessons._table import inputs_of
from dnn_lessons.command.cells import WEAK_GAPS, BadCellsError, far_off, key, meaning
from dnn_lessons.command.read_file import FaultsError, check_different, place
from dnn_lessons.command.text import counted, short_list

ROW_NUMBERS = set("id no nr row rows rownames row.names index idx obs number".split())
ROW_NUMBERS |= {"column 1", "case", "#", "no.", "nr.", "n", "lfdnr", "lfd. nr.", "idcase"}
ROW_NAME = r"id.*|.*id|unnamed: .*"
ID = r"(.*[_ ])?id"  # may be any whole numbers, as long as none stands twice
MOST_WANTED = 1000  # if the reader asks for the column
TOO_MANY = f"left out for more than {MOST_WANTED:,} different words"
MOST_WORDS = 50  # distinct words of a column, each of which becomes a column of 0 and 1
FILLED = "gaps, filled by the mean"
GAP_NOTES = {"mean": FILLED, "drop": "gaps, left out with their rows"}
NAMES = "left out as names"
MAY_BE = "{0} may be the target: --target {0} takes it in spite of its gaps"
KEPT = "kept"
MANY_GAPS = "left out for more than half gaps"
NEW_WORDS = "{}: {} filled by the mean, for the network knows no such word"
LOST = "{:,} of {:,} rows left out for gaps{}"
FAR = (
    "{} holds {} {:,} times, far from all other cells; if it means a gap, leave it empty"
)
MERGED = "if cells of {} were merged, write its words into every row"
IN_DAYS = "{} is learnt in days since 1970; its errors are days too, or their squares"
IGNORE = ", or --ignore the column"
YES = set("yes ja oui sí sì si sim tak да true wahr y j +".split())
CLASSES = "classes of {}: 0 is {}, 1 is {}"
NOTHING = "{}: {!r} holds {}: there is nothing to predict"
NO_COLUMN = "no column is left to predict {!r} from"
FEW_NUMBERS = 10  # distinct whole numbers that may be classes
AN_AMOUNT = (
    "{} holds {} different whole numbers and is learnt as an amount; "
    "if they are classes, keep two of them, or make a column that says yes for one"
)
OTHER_SIGNS = (
    "{}: the numbers of {!r} have {}, and those of the table that the network "
    "was trained on have {}; write them alike"
)
COMMA_NUMBER = r"[+-]?\d+,(?:\d{1,2}|\d{4,})"  # the comma is no mark between thousands
MANY_CLASSES = (
    "{0!r} holds {1} classes ({2}, {3}, {4}, ...), and this network tells two apart: make a "
    "column that says yes where {0} is {2} and no elsewhere, or keep the rows of two classes"
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
    notes : list of str
        What was done with the columns, and what was assumed.
    """

    X: np.ndarray
    Y: np.ndarray
    recipe: dict
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
    notes = defaultdict(list, dict.fromkeys(sheet.notes))
    choices = choices._replace(decimal=choices.decimal or proven_decimal(sheet.frame))
    cells = _read_columns_to_use(sheet, choices, notes)
    recipe, Y = _recipe(sheet.path, cells, choices, notes)
    _note_far_off(cells, notes)
    parts = _without_gaps(recipe, cells, Y, choices, notes)
    return Prepared(*parts, recipe, note_texts(notes))


def _recipe(path, cells, choices, notes):
    """Return the recipe of a table and its target (m,), and add to the notes."""
    target, classes, Y = _target(path, cells, choices, notes)
    columns = _columns(path, cells, target, choices, notes)
    features = [*chain(*map(inputs_of, columns))]
    recipe = {"target": target, "classes": classes, "columns": columns}
    return recipe | {"features": features} | _marks(cells, target, choices), Y


def _marks(cells, target, choices):
    """Return how the cells of a table are to be read, for the recipe."""
    signs = {name: column.sign for name, column in cells.items() if column.sign}
    return {"kind": cells[target].kind, "decimal": choices.decimal, "signs": signs}


def _read_columns_to_use(sheet, choices, notes):
    """Return {name: Cells} of the columns that are not left out before they are read."""
    wanted = _wanted(sheet, choices)
    kinds = dict.fromkeys(_columns_to_read(sheet, choices, wanted, notes))
    may_ignore = [name for name in kinds if name not in wanted]
    cells = _read_columns(sheet, kinds, choices.decimal, notes, may_ignore)
    _drop_columns_of_gaps(cells, may_ignore, notes)
    _note_columns_of_gaps(sheet.frame, cells, choices, notes)
    return cells


def _columns_to_read(sheet, choices, wanted, notes):
    """Return the names of columns to read, and add to the notes why others are left out."""
    for name in sheet.frame:
        notes[KEPT if name in wanted else _reason(sheet, name, choices)].append(name)
    return notes.pop(KEPT, ())


def _drop_columns_of_gaps(cells, names, notes):
    """Leave out those of the named columns that hold more gaps than values."""
    for name in names:
        if pd.isna(cells[name].values).mean() > 0.5:
            notes[MANY_GAPS].append(name)
            del cells[name]


def _note_columns_of_gaps(frame, cells, choices, notes):
    """Add to the notes what the columns with many gaps may be."""
    left_out = notes.get(MANY_GAPS, ())
    for name in [*cells, *left_out]:
        if name in left_out and name == frame.columns[-1] and not choices.target:
            notes[MAY_BE.format(name)] = []
        elif _may_be_merged(frame[name]):
            notes[MERGED.format(name)] = []


def _may_be_merged(column):
    """Return whether a column has a word in its first row, and empty cells below each word."""
    has_words, full = column.dtype.kind == "O", column.notna()
    return has_words and full.iloc[0] and not (full & full.shift(-1)).any()


def _wanted(sheet, choices):
    """Return the columns that the reader asked for; raise ValueError where one is missing."""
    wanted = [*filter(None, [choices.target]), *choices.features]
    _check_has(sheet, [*wanted, *choices.ignore])
    return wanted


def _reason(sheet, name, choices):
    """Return why a column is left out before its cells are read, or KEPT."""
    column = sheet.frame[name]
    if name in choices.ignore or (choices.features and choices.target):
        return "ignored"
    is_nameless = name == "column 1" and "column 2" not in sheet.frame
    if sheet.frame.shape[1] > 2 and (is_nameless or _are_row_numbers(name, column)):
        return "left out as row numbers or names"
    return MANY_GAPS if column.isna().mean() > 0.5 else KEPT


def _are_row_numbers(name, column):
    """Return whether a column is named like row numbers, and has all numbers of a range or is an ID."""
    name = name.casefold()
    if not (name in ROW_NUMBERS or re.fullmatch(ROW_NAME, name)):
        return False
    column = pd.to_numeric(column, errors="coerce")  # also "007"
    if column.dtype.kind not in "iu" or not column.is_unique:
        return False
    is_range = int(column.max()) - int(column.min()) < len(column)
    return is_range or bool(re.fullmatch(ID, name))


def _check_has(sheet, names):
    """Raise ValueError where a table lacks some columns."""
    check_different(sheet, names)
    columns = [*sheet.frame]
    missing = [name for name in names if name not in columns]
    if missing:
        lacks = ", ".join(map(repr, missing))
        known = short_list(columns, 20) + _close_names(missing, columns)
        raise ValueError(f"{sheet.path} has no column {lacks}; its columns: {known}")


def _close_names(missing, columns):
    """Return in words the names that are close to the missing ones."""
    known = {name.casefold(): name for name in columns}
    close = chain(*(get_close_matches(name.casefold(), known, 1) for name in missing))
    return "".join(f"; did you mean {known[name]!r}?" for name in close)


def note_texts(notes):
    """Return notes as texts.

    Parameters
    ----------
    notes : dict of str to list of str
        {what was done: the columns that it was done with, if it is about columns}.

    Returns
    -------
    list of str
        A text for each of them.
    """
    return [
        f"{what}: {short_list(names)}" if names else what for what, names in notes.items()
    ]


def _without_gaps(recipe, cells, Y, choices, notes):
    """Return X (n_x, m) and Y (1, m) without the rows that gaps make useless."""
    X, missing = _rows(recipe, cells), choices.missing
    known = _known_rows(X, Y, missing)
    _note_gaps(GAP_NOTES[missing], recipe, cells, notes, known | (missing == "drop"))
    if known.all():
        return X, Y[None]
    notes[_lost(known, missing, recipe["target"])] = []
    return X[:, known], Y[None, known]


def _lost(known, missing, target):
    """Return in words how many rows are left out."""
    where = f" in {target}" if missing == "mean" else ""
    return LOST.format((~known).sum(), known.size, where)


def _known_rows(X, Y, missing):
    """Return which rows have no gap in the target or, if all gaps count, in any column."""
    known = ~np.isnan(Y)
    if missing == "drop":
        known &= ~np.isnan(X).any(axis=0)
    if not known.any():
        raise ValueError("each row has a gap; --missing mean fills them by the mean")
    return known


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
    comma = any(_has_decimal_comma(column) for _, column in frame.items())
    point = any(_has_fraction(column) for _, column in frame.items())
    return {(True, False): ",", (False, True): "."}.get((comma, point))


def _has_decimal_comma(column):
    """Return whether one of the first distinct texts of a column has a decimal comma."""
    if column.dtype.kind in "iufbM":
        return False
    texts = column.dropna().drop_duplicates().head(1000).map(str).str.strip()
    return texts.str.fullmatch(COMMA_NUMBER).any()


def _has_fraction(column):
    """Return whether one of the numbers of a column is not whole."""
    parts = (column[:1000], column) if column.dtype.kind == "f" else ()
    return any((part % 1 > 0).any() for part in parts)  # most end with the first


def _read_columns(sheet, kinds, decimal, notes, may_ignore=()):
    """Return {name: Cells} for {name: kind}; raise FaultsError with all bad cells."""
    cells, faults = {}, []
    for name, kind in kinds.items():
        try:
            cells[name] = meaning(sheet.frame[name], kind, decimal, sheet.separator)
            notes |= {f"{name}: {note}": [] for note in cells[name].notes}
        except BadCellsError as error:
            faults += _places(sheet, name, error, may_ignore)
    _refuse(sheet.path, faults)
    return cells


def _refuse(path, faults):
    """Raise FaultsError if a file has faults."""
    if faults:
        raise FaultsError(path, faults)


def _places(sheet, name, error, may_ignore):
    """Return each bad cell of a column with its line in words."""
    bad, advice = error.cells, IGNORE * (name in may_ignore)
    texts = sheet.frame[name].map(str).str.strip()
    return [
        f"{place(line, text)}, column {name!r}: {_quoted(text)} {bad[text].format(advice)}"
        for line, text in zip(sheet.line_numbers(), texts, strict=False)  # no totals
        if text in bad
    ]


def _quoted(text):
    """Return a text in quotes, at most 40 letters of it."""
    return repr(text if len(text) <= 40 else f"{text[:37]}...")


def _shown(value):
    """Return a word or a number as a message shows it."""
    return _quoted(value) if isinstance(value, str) else f"{value:g}"


def _target(path, cells, choices, notes):
    """Return the name of the target, its two classes or None, and its values (m,)."""
    name = _find_target(path, cells, choices, notes)
    values = _known(cells[name])
    distinct = _with_yes_last(_distinct(values))
    are_classes = _are_classes(values, distinct, choices.loss)
    added = _notes_on_target(name, cells[name].kind, distinct, values, are_classes)
    notes.update({note: [] for note in added})
    if are_classes:
        return name, distinct, _one_hot(values, distinct)[1]
    return name, None, values


def _with_yes_last(words):
    """Return sorted words or numbers, but one that means yes at the end."""
    return sorted(words, key=lambda word: key(word) in YES)


def _notes_on_target(name, kind, distinct, values, are_classes):
    """Yield what is assumed of a target."""
    if kind == "dates":
        yield IN_DAYS.format(name)
    if are_classes and distinct != [0, 1]:
        yield CLASSES.format(name, *distinct)
    if not are_classes and _may_be_classes(distinct, values):
        yield AN_AMOUNT.format(name, len(distinct))


def _find_target(path, cells, choices, notes):
    """Return the name of the column to predict."""
    faults = []
    for name in _possible_targets(cells, choices):
        fault = _fault_of_target(path, name, cells[name])
        if not fault:
            notes |= {f"{fault}; so the target is {name}": [] for fault in faults[:1]}
            return name
        faults.append(fault)
    raise ValueError(f"{path}: {faults[0] if faults else 'no column is left'}")


def _possible_targets(cells, choices):
    """Return the column that the reader chose, or all that may be the target, last first."""
    if choices.target:
        return [choices.target]
    return [name for name in reversed(cells) if name not in choices.features]


def _known(cells):
    """Return the values of a target; words that may mean a gap are gaps."""
    if cells.kind != "words":
        return cells.values
    words = cells.values.categories
    weak = words.str.casefold().isin(WEAK_GAPS)
    are_two = len(words) == 2 and weak.sum() == 1  # none and some
    return cells.values if are_two else cells.values.remove_categories(words[weak])


def _distinct(values):
    """Return the distinct words or numbers that are no gaps, sorted; of many numbers, some."""
    if isinstance(values, pd.Categorical):
        return values.categories.tolist()
    known = values[~np.isnan(values)]
    numbers = np.unique(known[:1000]).tolist()
    if len(numbers) <= FEW_NUMBERS:  # else they are many, and no classes
        numbers = np.unique(known).tolist()
    return [number if number % 1 else int(number) for number in numbers]


def _fault_of_target(path, name, cells):
    """Return why a network of the course cannot learn a target; None where it can."""
    distinct = _distinct(_known(cells))
    if len(distinct) < 2:
        what = _only_value(distinct, pd.isna(cells.values).sum())
        raise ValueError(NOTHING.format(path, name, what))
    if cells.kind == "words" and len(distinct) > 2:
        return MANY_CLASSES.format(name, len(distinct), *map(_shown, distinct[:3]))
    return None


def _only_value(distinct, gaps):
    """Return in words what is in a target that has one value at most."""
    where = f"and {counted(gaps, 'gap')}" if gaps else "in all rows"
    return f"{_shown(distinct[0])} {where}" if distinct else "gaps only"


def _may_be_classes(distinct, values):
    """Return whether a target holds so few whole numbers that they may be classes."""
    known = (~pd.isna(values)).sum()
    few = 3 <= len(distinct) <= min(FEW_NUMBERS, known / 3)
    return few and not any(value % 1 for value in distinct)


def _are_classes(values, distinct, loss):
    """Return whether values are two classes: two words, or two numbers that each come again."""
    if len(distinct) != 2 or isinstance(distinct[0], str):
        return len(distinct) == 2
    counts = [(values == value).sum() for value in distinct]
    return min(counts) > 1 and loss in (None, "cross_entropy")


def _one_hot(values, words):
    """Return a row for each word: 1.0 where it is the value, NaN where the value is none of them."""
    values, keys = pd.Categorical(values), [*map(key, words)]
    places = pd.Index(keys).get_indexer([*map(key, values.categories)])
    rows = np.vstack([np.eye(len(keys)), np.full(len(keys), np.nan)])
    return rows[np.append(places, -1)[values.codes]].T


def _columns(path, cells, target, choices, notes):
    """Return what to do with each feature that is not left out, for the recipe."""
    names = [name for name in choices.features or cells if name != target]
    columns = [_column(name, cells[name], choices.features, notes) for name in names]
    if not any(columns):
        why = "; ".join([NO_COLUMN.format(target), *note_texts(notes)])
        raise ValueError(f"{path}: {why}")
    return [*filter(None, columns)]


def _no_use(values, wanted):
    """Return why nothing can be learnt from a feature; None where something can."""
    known = values[~pd.isna(values)]
    if not len(known):
        return "left out for gaps only"
    if (known == known[0]).all():
        return "left out for one value only"
    most = MOST_WANTED if wanted else min(MOST_WORDS, len(values) / 5)
    are_names = isinstance(values, pd.Categorical) and len(values.categories) > most
    if not are_names:
        return None
    return TOO_MANY if wanted else NAMES


def _column(name, cells, wanted, notes):
    """Return what to do with a feature, for the recipe; None where it is left out."""
    reason = _no_use(cells.values, name in wanted)
    if not reason:
        return {"name": name, "kind": cells.kind} | _words(name, cells, notes)
    example = f" ({_shown(cells.values[0])}, ...)" if reason in (NAMES, TOO_MANY) else ""
    notes[reason].append(name + example)
    return None


def _note_far_off(cells, notes):
    """Add to the notes which columns hold a number, again and again, far from all others."""
    for name, (kind, values, *_) in cells.items():
        end = None if kind == "words" else far_off(values)
        if end is not None:
            written = end.astype("M8[D]") if kind == "dates" else f"{end:.10g}"
            notes[FAR.format(name, written, np.sum(values == end))] = []


def _words(name, cells, notes):
    """Return the words of a feature, for the recipe, and add to the notes."""
    if cells.kind == "dates":
        notes["dates as days"].append(name)
    if cells.kind != "words":
        return {}
    words = _distinct(cells.values)
    notes["words as columns of 0 and 1"].append(f"{name} ({len(words)} words)")
    return {"words": words}


def _rows(recipe, cells):
    """Return the rows of X (n_x, m); for words, NaN at a word that is not in the recipe."""
    rows = (_inputs(cells[c["name"]].values, c.get("words")) for c in recipe["columns"])
    return np.array([*chain(*rows)], float)


def _inputs(values, words):
    """Return the rows of one column; of two words, the row of the second alone."""
    return _one_hot(values, words)[len(words) == 2 :] if words else [values]


def _note_gaps(what, recipe, cells, notes, rows=slice(None)):
    """Add to the notes how many gaps the features of a recipe have in some rows."""
    names = [column["name"] for column in recipe["columns"]]
    counts = Counter({n: pd.isna(cells[n].values[rows]).sum() for n in names})
    found = [f"{name} {count:,}" for name, count in counts.most_common() if count]
    if found:
        notes[what] = found


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
    notes = defaultdict(list)
    kinds = {column["name"]: column["kind"] for column in recipe["columns"]}
    cells = _read_alike(sheet, recipe, kinds, decimal, notes)
    _note_gaps(FILLED, recipe, cells, notes)
    _note_unknown_words(recipe, cells, notes)
    return filled(_rows(recipe, cells), np.c_[recipe["fill"]]), note_texts(notes)


def _read_alike(sheet, recipe, kinds, decimal, notes):
    """Return {name: Cells} of columns that have the marks and signs of the first table.

    The decimal mark is the one that was chosen, or that this table or the first one proves.
    """
    _check_has(sheet, kinds)
    mark = decimal or proven_decimal(sheet.frame) or recipe.get("decimal")
    cells = _read_columns(sheet, kinds, mark, notes)
    _check_signs(sheet.path, recipe, cells)
    return cells


def _check_signs(path, recipe, cells):
    """Raise ValueError where numbers of another table have other signs than the first one's.

    An older recipe says nothing of signs.
    """
    for name, (_, values, _, new) in cells.items() if "signs" in recipe else ():
        old = recipe["signs"].get(name)
        if _mean_different_numbers(new, old) and not pd.isna(values).all():
            signs = map(_sign_in_words, (new, old))
            raise ValueError(OTHER_SIGNS.format(path, name, *signs))


def _sign_in_words(sign):
    """Return a sign, or that there is none, for a message."""
    return f"the sign {sign}" if sign else "no sign"


def _mean_different_numbers(new, old):
    """Return whether two signs mean different numbers: 59% is not 59, but 59 may be 59 €."""
    return new != old and ("%" in (new, old) or bool(new and old))


def filled(X, means):
    """Return X with a number in place of each gap.

    Parameters
    ----------
    X : ndarray of shape (n_x, m)
        NaN stands for a gap.
    means : ndarray of shape (n_x, 1)
        The number for each row.

    Returns
    -------
    ndarray of shape (n_x, m)
        X itself if it has no gaps, else a new array without any.
    """
    gaps = np.isnan(X)
    return np.where(gaps, means, X) if gaps.any() else X


def _note_unknown_words(recipe, cells, notes):
    """Add to the notes which words of another table are not in the recipe."""
    for column in recipe["columns"]:
        known = {*map(key, column.get("words", ()))}
        words = cells[column["name"]].values.categories if known else ()
        new = [_shown(word) for word in words if key(word) not in known]
        if new:
            notes[NEW_WORDS.format(column["name"], short_list(new))] = []


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
    name, classes = recipe["target"], recipe["classes"]
    cells = _read_alike(sheet, recipe, {name: recipe["kind"]}, decimal, {})
    values = cells[name].values
    return (_one_hot(values, classes)[1] if classes else values)[None]
