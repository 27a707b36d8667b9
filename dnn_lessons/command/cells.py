"""What the cells of a column mean: numbers, dates as days, or words; and what a gap is."""

from typing import NamedTuple

import numpy as np
import pandas as pd

# Spellings of a gap. Those of WEAK_GAPS may be words of their own, such as the answer "none".
GAPS = {"", "na", "n/a", "#n/a", "#na", "<na>", "nan", "null", "?", "-", "--", "---", "."}
GAPS |= {"n.a.", "#div/0!", "#value!", "#ref!", "#num!", "#name?", "#null!", "nil"}
WEAK_GAPS = {"none", "unknown", "missing", "inf", "-inf", "infinity", "-infinity", "k.a."}
# {0}: the decimal mark; digits are those of ASCII.
PLAIN = r"[+-]?(?:[0-9]+(?:{0}[0-9]*)?|{0}[0-9]+)(?:[eE][+-]?[0-9]+)?"
# {1}: the mark between thousands.
GROUPED = r"[+-]?[1-9][0-9]{{0,2}}(?:[{1} \u00a0\u202f'\u2019][0-9]{{3}})+(?:{0}[0-9]+)?"
MARKS = {".": (r"\.", ","), ",": (",", r"\.")}
SIGNS = r"^[$€£¥]\s*|\s*[$€£¥%]$"
LONGEST = 100  # letters of a number or a date
DATE_LIKE = r".*\d.*[-/. ].+[-/. ].*\d.*"
DATES = (
    "ISO8601",
    "%d.%m.%Y",
    "%Y/%m/%d",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d-%m-%Y",
    "%m-%d-%Y",
)
DATES += ("%d.%m.%y", "%d %b %Y", "%d-%b-%Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y")
DATES += ("%d.%m.%Y %H:%M", "%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M")
DAY = np.timedelta64(1, "D")
NO_NUMBER = "is not a number, as other cells are; mend it, or --ignore the column"
NO_DATE = "is not a date; write it as 2023-12-31"
TWO_DATES = "may be two dates; write it as 2023-12-31, year first"
EITHER = "may be {:.10g} (--decimal .) or {:.10g} (--decimal ,)"
SIGNS_LEFT_OUT = "signs of currency or per cent left out"


class Cells(NamedTuple):
    """Hold what the cells of a column mean.

    Parameters
    ----------
    kind : str
        "numbers", "dates" or "words".
    values : ndarray of shape (m,) or pandas.Categorical
        Floats, days since 1970 for dates, NaN for a gap; or words, whose categories are the
        different words in order, each in its first spelling.
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
    if kind in (None, "numbers") and column.dtype.kind in "iuf":
        return Cells("numbers", _finite(column).to_numpy())
    codes, texts = _different_texts(column)
    found = kind != "words" and _numbers_or_dates(texts, kind, decimal, separator)
    if not found:
        return _words(texts, codes)
    return found._replace(values=found.values.reindex(codes).to_numpy(float))


def _finite(numbers):
    """Return a series of numbers as floats, with a gap in place of infinity."""
    numbers = numbers.astype(float)
    return numbers.where(np.isfinite(numbers))


def _different_texts(column):
    """Return the index of each cell's text, -1 for an empty one, and the different texts.

    Whole numbers have no decimal mark.
    """
    as_text = "{:.15g}".format if column.dtype.kind == "f" else str
    codes, texts = pd.factorize(column.map(as_text, na_action="ignore"))
    return codes, pd.Series(texts, dtype=object).astype(str).str.strip()


def _words(texts, codes):
    """Return the Cells of words, from the different ones and the index of each cell's."""
    keys = texts.str.casefold()
    words = texts.groupby(keys.mask(keys.isin(GAPS))).first()
    places = np.append(words.index.get_indexer(keys), -1)
    return Cells("words", pd.Categorical.from_codes(places[codes], words))


def _numbers_or_dates(texts, kind, decimal, separator):
    """Return the Cells of different texts, as a series; None where most are neither."""
    known = texts[~texts.str.casefold().isin(GAPS)]
    rest = known[~known.str.casefold().isin(WEAK_GAPS)]
    least = 0 if kind else max(1, len(known) / 2)
    numbers = kind != "dates" and _numbers(rest, least, decimal, separator)
    return numbers or _dates(rest, least)


def _numbers(texts, least, decimal, separator):
    """Return the Cells of different texts that are numbers; None where most are none."""
    bare = _without_signs(texts)
    readings = pd.DataFrame({mark: _read(bare, mark) for mark in MARKS})
    good = readings[readings.count().idxmax()].notna()
    if _are_few(good, least):
        return None
    _refuse(texts[~good], NO_NUMBER)
    mark, notes = _decimal_mark(texts, bare, readings, decimal, separator)
    return Cells("numbers", readings[mark], notes)


def _without_signs(texts):
    """Return texts without signs of currency and per cent, and with a plain minus sign."""
    return _short(texts).str.replace(SIGNS, "", regex=True).str.replace("−", "-")


def _are_few(good, least):
    """Return whether too few texts are numbers, or all but codes such as 3+ beside 0, 1, 2."""
    are_codes = 3 <= len(good) <= 12 and 1 <= (~good).sum() <= 2
    return least and (good.sum() < least or are_codes)


def _short(texts):
    """Return texts, with nothing in place of one too long for a number or a date."""
    return texts.where(texts.str.len() <= LONGEST, "")


def _refuse(texts, fault):
    """Raise BadCellsError if there are any texts; all of them have the same fault."""
    if len(texts):
        raise BadCellsError(dict.fromkeys(texts, fault))


def _read(texts, mark):
    """Return the numbers of texts with a decimal mark, NaN where a text is none."""
    decimal, group = MARKS[mark]
    digits = texts.where(texts.str.fullmatch(PLAIN.format(decimal)))
    if not digits.str.match(r"[+-]?\d{4}").any():  # else no thousands have a mark
        digits = digits.fillna(_ungrouped(texts, decimal, group))
    return _finite(digits.str.replace(mark, ".").map(float, na_action="ignore"))


def _ungrouped(texts, decimal, group):
    """Return texts without the marks between thousands; NaN where there are none."""
    grouped = texts.where(texts.str.fullmatch(GROUPED.format(decimal, group)))
    return grouped.str.replace(rf"[{group}\s'\u2019]", "", regex=True)


def _decimal_mark(texts, bare, readings, decimal, separator):
    """Return the decimal mark of numbers, and what was assumed."""
    notes = [SIGNS_LEFT_OUT] * any(bare != texts)
    differ = readings["."] != readings[","]
    if readings.isna().any(axis=None) or not any(differ):
        return readings.count().idxmax(), notes
    place = differ.idxmax()
    mark = decimal or _assumed_mark(bare, place, separator)
    return mark, [*notes, _note_on_mark(mark, texts, readings, place)]


def _note_on_mark(mark, texts, readings, place):
    """Return how a text was read; raise BadCellsError where no mark is known."""
    text, numbers = texts[place], readings.loc[place]
    if mark is None:
        raise BadCellsError({text: EITHER.format(*numbers)})
    return f"{text} was read as {numbers[mark]:.10g}; --decimal chooses"


def _assumed_mark(bare, place, separator):
    """Return the decimal mark of numbers, one of which may mean two things; None if open."""
    mark = "." if "." in bare[place] else ","
    if separator == mark == ",":
        return "."
    return mark if bare.str.contains(mark, regex=False).all() else None


def _dates(texts, least):
    """Return the Cells of different texts that are dates; None where most are none."""
    like_dates = texts.where(_short(texts).str.fullmatch(DATE_LIKE))
    if like_dates.count() < least:
        return None
    readings = [_days(like_dates, form) for form in DATES]
    best = max(readings, key=pd.Series.count)
    if best.count() < least:
        return None
    _check_dates(texts, best, readings)
    return Cells("dates", best)


def _check_dates(texts, best, readings):
    """Raise BadCellsError unless all texts are dates, and no two readings are possible."""
    _refuse(texts[best.isna()], NO_DATE)
    if any(days.notna().all() and any(days != best) for days in readings):
        _refuse(texts[:1], TWO_DATES)


def _days(texts, form):
    """Return the days since 1970 of texts with dates of one form."""
    times = pd.to_datetime(texts, format=form, errors="coerce", utc=True)
    seconds = times.dt.tz_localize(None).to_numpy("datetime64[s]")
    return pd.Series((seconds - np.datetime64(0, "s")) / DAY, texts.index)
