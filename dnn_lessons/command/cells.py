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
ISO = "ISO8601"
LONGEST = 100  # letters of a number or a date
DATE_LIKE = r".*\d.*[-/. ].+[-/. ].*\d.*"
DATES = ("%d.%m.%Y", "%Y/%m/%d", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y")
DATES += ("%d.%m.%y", "%d %b %Y", "%d-%b-%Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y")
DATES += ("%d.%m.%Y %H:%M", "%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M")
NO_NUMBER = "is not a number, as other cells are; mend it, or --ignore the column"
NO_DATE = "is not a date; write it as 2023-12-31"
TWO_DATES = "may be two dates; write it as 2023-12-31, year first"
SIGNS_LEFT_OUT = "signs of currency or per cent left out"


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
    if kind in (None, "numbers") and column.dtype.kind in "iuf":
        return _finite_numbers(column.to_numpy(float))
    codes, texts = pd.factorize(_text(column))
    texts = pd.Series(texts, dtype=object).astype(str).str.strip()
    return _repeated(_meaning_of_texts(texts, kind, decimal, separator), codes)


def _finite_numbers(values):
    """Return the Cells of floats; infinity is a gap."""
    return Cells("numbers", np.where(np.isfinite(values), values, np.nan))


def _repeated(cells, codes):
    """Return the Cells of a column from those of its different texts; code -1 is a gap."""
    gap = None if cells.kind == "words" else np.nan
    return cells._replace(values=np.append(cells.values, [gap])[codes])


def _text(column):
    """Return the text of a column's cells; whole numbers without a decimal mark."""
    if column.dtype.kind == "f":
        return column.map("{:.15g}".format, na_action="ignore")
    return column.map(str, na_action="ignore")


def _meaning_of_texts(texts, kind, decimal, separator):
    """Return the Cells of different texts."""
    is_gap = texts.str.casefold().isin(GAPS)
    found = kind != "words" and _numbers_or_dates(
        texts[~is_gap], kind, decimal, separator
    )
    if not found:
        return Cells("words", texts.astype(object).where(~is_gap, None).to_numpy())
    return found._replace(values=found.values.reindex(texts.index).to_numpy(float))


def _numbers_or_dates(texts, kind, decimal, separator):
    """Return the Cells of numbers or dates, as a series; None where most texts are neither."""
    rest = texts[~texts.str.casefold().isin(WEAK_GAPS)]
    least = 0 if kind else max(1, len(texts) / 2)
    if kind != "dates" and (numbers := _numbers(rest, kind, least, decimal, separator)):
        return numbers
    return _dates(rest, kind, least)


def _numbers(texts, kind, least, decimal, separator):
    """Return the Cells of texts that are numbers; None where fewer than `least` are."""
    bare = _without_signs(texts)
    readings = {mark: _read(bare, mark) for mark in MARKS}
    good = max(readings.values(), key=pd.Series.count).notna()
    if kind != "numbers" and not _are_mostly_numbers(good, least):
        return None
    _refuse(texts[~good], NO_NUMBER)
    return _numbers_of_readings(texts, bare, readings, decimal, separator)


def _without_signs(texts):
    """Return texts without signs of currency and per cent, and with a plain minus sign."""
    return _short(texts).str.replace(SIGNS, "", regex=True).str.replace("−", "-")


def _short(texts):
    """Return texts, with nothing in place of one too long for a number or a date."""
    return texts.where(texts.str.len() <= LONGEST, "")


def _numbers_of_readings(texts, bare, readings, decimal, separator):
    """Return the Cells of numbers from {decimal mark: numbers read with it}."""
    mark, notes = _decimal_mark(texts, bare, readings, decimal, separator)
    notes += [SIGNS_LEFT_OUT] if (bare != texts).any() else []
    return Cells("numbers", readings[mark], notes)


def _are_mostly_numbers(good, least):
    """Return whether enough texts are good numbers, and they are no codes."""
    return good.sum() >= least and not _are_codes(good)


def _refuse(texts, fault):
    """Raise BadCellsError if there are any texts; all of them have the same fault."""
    if len(texts):
        raise BadCellsError(dict.fromkeys(texts, fault))


def _are_codes(good):
    """Return whether texts are few codes, such as 0, 1, 2 and 3+, and not all numbers."""
    return 3 <= len(good) <= 12 and 1 <= (~good).sum() <= 2


def _read(texts, mark):
    """Return the numbers of texts with a decimal mark, NaN where a text is none."""
    decimal, group = MARKS[mark]
    is_plain = texts.str.fullmatch(PLAIN.format(decimal))
    is_grouped = _are_grouped(texts, is_plain, mark)
    ungrouped = texts.str.replace(rf"[{group}\s'\u2019]", "", regex=True)
    digits = texts.mask(is_grouped, ungrouped).where(is_plain | is_grouped)
    return _floats(digits.str.replace(mark, "."))


def _floats(digits):
    """Return texts of digits as floats, NaN where one is too large."""
    numbers = digits.map(float, na_action="ignore").astype(float)
    return numbers.where(np.isfinite(numbers))


def _are_grouped(texts, is_plain, mark):
    """Return which texts mark their thousands; none where some thousands are unmarked."""
    is_grouped = ~is_plain & texts.str.fullmatch(GROUPED.format(*MARKS[mark]))
    has_unmarked = (is_plain & texts.str.match(r"[+-]?\d{4}")).any()
    return is_grouped & (not has_unmarked)


def _decimal_mark(texts, bare, readings, decimal, separator):
    """Return the decimal mark of numbers, and a note where it was assumed."""
    possible = [mark for mark in MARKS if readings[mark].notna().all()]
    dot, comma = readings.values()
    differ = dot != comma
    if len(possible) < 2 or not differ.any():
        return possible[0], []
    place = differ.idxmax()
    mark = decimal or _assumed_mark(bare, place, separator)
    return mark, [_note_on_mark(texts[place], mark, _readings_of_cell(readings, place))]


def _readings_of_cell(readings, place):
    """Return {mark: number as text} of one cell."""
    return {mark: f"{numbers[place]:.10g}" for mark, numbers in readings.items()}


def _assumed_mark(bare, place, separator):
    """Return the decimal mark of numbers that may mean two things; None where it is open."""
    mark = "." if "." in bare[place] else ","
    if separator == "," and mark == ",":
        return "."
    return mark if bare.str.contains(mark, regex=False).all() else None


def _note_on_mark(text, mark, means):
    """Return how a text was read, from {mark: number}; raise where no mark is known."""
    if mark is None:
        choice = f"may be {means['.']} (--decimal .) or {means[',']} (--decimal ,)"
        raise BadCellsError({text: choice})
    return f"{text} was read as {means[mark]}; --decimal chooses"


def _dates(texts, kind, least):
    """Return the Cells of texts that are dates; None where fewer than `least` are."""
    like_dates = texts.where(_short(texts).str.fullmatch(DATE_LIKE))
    if like_dates.count() < least:
        return None
    readings = [_days(like_dates, form) for form in (ISO, *DATES)]
    best = max(readings, key=pd.Series.count)
    if best.count() < least:
        return None
    _check_dates(texts, best, readings)
    return Cells("dates", best)


def _check_dates(texts, best, readings):
    """Raise BadCellsError unless all texts are dates, and no two readings are possible."""
    _refuse(texts[best.isna()], NO_DATE)
    if any(days.notna().all() and (days != best).any() for days in readings):
        _refuse(texts[:1], TWO_DATES)


def _days(texts, form):
    """Return the days since 1970 of texts with dates of one form."""
    times = pd.to_datetime(texts, format=form, errors="coerce", utc=True)
    seconds = times.dt.tz_localize(None).to_numpy("datetime64[s]")
    days = (seconds - np.datetime64(0, "s")) / np.timedelta64(1, "D")
    return pd.Series(days, texts.index)
