"""What the cells of a column mean: numbers, dates as days, or words; and what a gap is."""

from typing import NamedTuple

import numpy as np
import pandas as pd

# Spellings of a gap. Those of WEAK_GAPS may be words of their own, such as the answer "none".
GAPS = {"", "na", "n/a", "#n/a", "#na", "<na>", "nan", "null", "?", "-", "--", "---", "."}
GAPS |= {"n.a.", "#div/0!", "#value!", "#ref!", "#num!", "#name?", "#null!", "nil"}
WEAK_GAPS = {"none", "unknown", "missing", "inf", "-inf", "infinity", "-infinity", "k.a."}
PLAIN = r"[+-]?(?:\d+(?:{0}\d*)?|{0}\d+)(?:[eE][+-]?\d+)?"  # {0}: the decimal mark
# {1}: the mark between thousands.
GROUPED = r"[+-]?[1-9]\d{{0,2}}(?:[{1} \u00a0\u202f'\u2019]\d{{3}})+(?:{0}\d+)?"
MARKS = {".": (r"\.", ","), ",": (",", r"\.")}
SIGNS = r"^[$€£¥]\s*|\s*[$€£¥%]$"
ISO = "ISO8601"
DATE_LIKE = r".*\d.*[-/. ].+[-/. ].*\d.*"
DATES = ("%d.%m.%Y", "%Y/%m/%d", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y")
DATES += ("%d.%m.%y", "%d %b %Y", "%d-%b-%Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y")
DATES += ("%d.%m.%Y %H:%M", "%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M")
SHOWN = 40  # letters of a cell in a message


class Cells(NamedTuple):
    """Hold what the cells of a column mean.

    Parameters
    ----------
    kind : str
        "numbers", "dates" or "words".
    values : ndarray of shape (m,)
        Floats, days since 1970 for dates, NaN for a gap; or words, None for a gap.
    notes : list of str
        What was assumed.
    """

    kind: str
    values: np.ndarray
    notes: list = []  # noqa: RUF012 - of a NamedTuple, and never changed


class BadCellsError(ValueError):
    """Hold the cells of a column that mean nothing, and what to do.

    Parameters
    ----------
    cells : dict of str to str
        {cell: what is wrong with it}.
    """

    def __init__(self, cells):
        super().__init__(str(cells))
        self.cells = cells


def meaning(column, kind=None, decimal=None, separator=""):
    """Return the Cells of a column.

    Parameters
    ----------
    column : pandas.Series
        Numbers, dates or text.
    kind : str, optional
        What the cells have to be; by default what they are.
    decimal : str, optional
        The decimal mark, "." or ",", where the cells themselves do not tell.
    separator : str
        What stands between two cells of the file.

    Returns
    -------
    Cells
        Its values have the order of the column.

    Raises
    ------
    BadCellsError
        Where some cells are of another kind than the others, or may mean two things.
    """
    if kind != "words" and column.dtype.kind in "iuf":
        values = column.to_numpy(float)
        return Cells("numbers", np.where(np.isfinite(values), values, np.nan))
    codes, texts = pd.factorize(_text(column))
    texts = pd.Series(texts, dtype=object).astype(str).str.strip()
    cells = _meaning_of_texts(texts, kind, decimal, separator)
    gap = None if cells.kind == "words" else np.nan
    return cells._replace(values=np.append(cells.values, [gap])[codes])


def _text(column):
    """Return the text of a column's cells; whole numbers without a decimal mark."""
    if column.dtype.kind == "f":
        return column.map("{:g}".format, na_action="ignore")
    return column.map(str, na_action="ignore")


def _meaning_of_texts(texts, kind, decimal, separator):
    """Return the Cells of different texts."""
    spelt = texts.str.casefold()
    gaps = spelt.isin(GAPS)
    rest = texts[~gaps & ~spelt.isin(WEAK_GAPS)]
    found = None
    if kind != "words":
        most = (~gaps).sum() / 2
        found = _numbers(rest, decimal, separator, kind, most) or _dates(rest, kind, most)
    if found:
        values = pd.Series(np.nan, texts.index)
        values[rest.index] = found.values
        return found._replace(values=values.to_numpy(float))
    return Cells("words", texts.astype(object).where(~gaps, None).to_numpy())


def _numbers(texts, decimal, separator, kind, least):
    """Return the Cells of texts that are numbers; None where fewer than half are."""
    bare = texts.str.replace(SIGNS, "", regex=True).str.replace("−", "-")
    readings = {mark: _read(bare, mark) for mark in MARKS}
    best = max(readings, key=lambda mark: readings[mark].notna().sum())
    good = readings[best].notna()
    if kind != "numbers" and (good.sum() < max(1, least) or _are_codes(texts, good)):
        return None
    if not good.all():
        advice = "is not a number, as other cells are; mend it, or --ignore the column"
        raise BadCellsError(dict.fromkeys(texts[~good], advice))
    mark, notes = _decimal_mark(texts, bare, readings, best, decimal, separator)
    notes += ["signs of currency or per cent left out"] if (bare != texts).any() else []
    return Cells("numbers", readings[mark].to_numpy(), notes)


def _are_codes(texts, good):
    """Return whether texts are few codes, such as 0, 1, 2 and 3+, and not all numbers."""
    return not good.all() and 3 <= len(texts) <= 12 and (~good).sum() <= 2


def _read(texts, mark):
    """Return the numbers of texts with a decimal mark, NaN where a text is none."""
    decimal, group = MARKS[mark]
    is_plain = texts.str.fullmatch(PLAIN.format(decimal))
    is_grouped = ~is_plain & texts.str.fullmatch(GROUPED.format(decimal, group))
    if is_grouped.any() and (is_plain & texts.str.match(r"[+-]?\d{4}")).any():
        is_grouped[:] = False  # a file does not mark some thousands only
    digits = texts.where(is_plain | is_grouped)
    digits = digits.mask(
        is_grouped, digits.str.replace(rf"[{group}\s'\u2019]", "", regex=True)
    )
    return pd.to_numeric(digits.str.replace(mark, "."))


def _decimal_mark(texts, bare, readings, best, decimal, separator):
    """Return the decimal mark of numbers, and a note where it was assumed."""
    both = [mark for mark in MARKS if readings[mark].notna().all()]
    if len(both) < 2 or (readings["."] == readings[","]).all():
        return best, []
    place = (readings["."] != readings[","]).idxmax()
    means = {mark: f"{readings[mark][place]:.10g}" for mark in MARKS}
    mark = "." if "." in bare[place] else ","
    given = decimal or ("." if separator == "," and mark == "," else None)
    if given or bare.str.contains(mark, regex=False).all():
        note = f"{texts[place]} was read as {means[given or mark]}; --decimal chooses"
        return given or mark, [note]
    choice = f"may be {means['.']} (--decimal .) or {means[',']} (--decimal ,)"
    raise BadCellsError({texts[place]: choice})


def _dates(texts, kind, least):
    """Return the Cells of texts that are dates; None where fewer than half are."""
    likely = texts.str.fullmatch(DATE_LIKE)
    if kind != "dates" and likely.sum() < max(1, least):
        return None
    readings = [r for f in (ISO, *DATES) if (r := _days(texts, f)).notna().any()]
    best = max(readings, key=lambda days: days.notna().sum(), default=None)
    if best is None or best.notna().sum() < max(1, least):
        return None
    return Cells("dates", _whole(texts, best, readings).to_numpy())


def _days(texts, form):
    """Return the days since 1970 of texts with dates of one form."""
    times = pd.to_datetime(texts, format=form, errors="coerce", utc=True)
    return (times - pd.Timestamp(0, tz="UTC")) / pd.Timedelta(days=1)


def _whole(texts, best, readings):
    """Return the days where all texts are dates that mean one thing; else raise."""
    bad = texts[best.isna()]
    if len(bad):
        raise BadCellsError(dict.fromkeys(bad, "is not a date; write it as 2023-12-31"))
    if any(days.notna().all() and (days != best).any() for days in readings):
        raise BadCellsError(
            {texts.iloc[0]: "may be two dates; write it as 2023-12-31, year first"}
        )
    return best
