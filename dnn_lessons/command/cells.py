"""What the cells of a column mean: numbers, dates as days, or words; and what a gap is."""

import re
import unicodedata
from typing import NamedTuple

import numpy as np
import pandas as pd

# Spellings of a gap. Those of WEAK_GAPS may be words of their own, such as the answer "none".
GAPS = {"", "n. a.", "k. a.", "#n/a n/a"} | set(
    r"""na n/a #n/a #na <na> nan null ? - -- --- . n.a. #div/0! #value! #ref! #num! #name?
    #null! nil .. ... … : * – — \n (null) nat n.a #nv n/d n.d. 1.#ind #valeur! #bezug!""".split()
)
WEAK_GAPS = {"none", "unknown", "missing", "inf", "-inf", "infinity", "-infinity", "k.a."}
WEAK_GAPS |= {"not available", "keine angabe"}
CODE = r"[<>≤≥]\s*\d+|\d+\s*(?:\+|or more|and more|-\s*\d+)"  # beside 0, 1, 2
# {0}: the decimal mark; digits are those of ASCII.
PLAIN = r"[+-]?(?:[0-9]+(?:{0}[0-9]*)?|{0}[0-9]+)(?:[eE][+-]?[0-9]+)?"
# {1}: the mark between thousands.
GROUPED = r"[+-]?[1-9][0-9]{{0,2}}(?:[{1} \u00a0\u202f'\u2019][0-9]{{3}})+(?:{0}[0-9]+)?"
THOUSANDS = r"[{1}\s'\u2019]"
MARKS = {".": (r"\.", ","), ",": (",", r"\.")}
MARKS = {m: [p.format(*MARKS[m]) for p in (PLAIN, GROUPED, THOUSANDS)] for m in MARKS}
SIGN = "[$€£¥%]"
SIGNS = r"^([+-]?)[$€£¥]\s*|\s*[$€£¥%]$"
# (641), which accountants write for -641.
IN_BRACKETS = r"^[$€£¥]?\s*\(\s*[$€£¥]?\s*\d[^()]*\)\s*[€%]?$"
# {(sign, the only mark in a number, so that it stands between thousands): the decimal mark}
DECIMAL_OF_CURRENCY = {("€", "."): ",", ("$", ","): ".", ("£", ","): ".", ("¥", ","): "."}
UNSEEN = str.maketrans("", "", "\u200b\u2060\ufeff")  # letters of no width
QUOTES = str.maketrans("\u2019\u2018", "''")
LONGEST = 100  # letters of a number or a date
DATE_LIKE = r".*\d.*[-/. ].+[-/. ].*\d.*"
DATES = (
    "ISO8601|%d.%m.%Y|%Y/%m/%d|%d/%m/%Y|%m/%d/%Y|%d-%m-%Y|%m-%d-%Y|%d %b %Y|%d-%b-%Y|%d %B %Y|"
    "%b %d, %Y|%B %d, %Y|%d.%m.%Y %H:%M|%d/%m/%Y %H:%M|%m/%d/%Y %H:%M|%d.%m.%Y %H:%M:%S|"
    "%d/%m/%Y %H:%M:%S|%m/%d/%Y %H:%M:%S|%m/%d/%Y %I:%M %p|%d.%m.%y|%d/%m/%y|%m/%d/%y|%d-%b-%y"
).split("|")
TWO_DIGITS = "years of two digits were read as 1969 to 2068, so the last date is {}"
COMPACT = "whole numbers such as {} were read as dates"
INEXACT = "numbers beyond 2^53 were rounded; --ignore the column if they name things"
OTHER_SIGN = "has another sign of currency or per cent than other cells, or none"
EPOCH, DAY = pd.Timestamp("1970-01-01", tz="UTC"), pd.Timedelta(days=1)
NO_NUMBER = "is not a number, as other cells are; mend it{}"
NO_DATE = "is not a date; write it as 2023-12-31"
TWO_DATES = "may be two dates; write it as 2023-12-31, year first"
EITHER = "may be {:.10g} (--decimal .) or {:.10g} (--decimal ,)"
INFINITE = "infinite numbers count as gaps"
# {pattern: the note on the numbers that match it, which may show one of them}
NOTES = {
    SIGN: "signs of currency or per cent left out",
    r"^\D*\d{17,}\D*$": INEXACT,  # more digits than a float has
    IN_BRACKETS: "numbers in brackets, such as {}, were read as below zero",
    r"^0\d+$": "the zeros before its numbers were left out; --ignore it if they are codes",
}


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
    sign : str, optional
        The sign of currency or per cent beside the numbers, where they have one.
    """

    kind: str
    values: np.ndarray
    notes: list = []  # noqa: RUF012 - of a NamedTuple, and never changed
    sign: str = None


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
        return (kind is None and _compact_dates(column)) or _plain_numbers(column)
    codes, texts = _different_texts(column)
    found = kind != "words" and _numbers_or_dates(texts, kind, (decimal, separator))
    if not found:
        return _words(texts, codes)
    return found._replace(values=found.values.reindex(codes).to_numpy(float))


def _plain_numbers(column):
    """Return the Cells of a column of numbers."""
    are_exact = column.dtype.kind == "f" or column.between(-(2**53), 2**53).all()
    inexact = [] if are_exact else [INEXACT]
    infinite = [INFINITE] if np.isinf(column.to_numpy(float)).any() else []
    return Cells("numbers", _finite(column).to_numpy(), inexact + infinite)


def _compact_dates(column):
    """Return the Cells of dates such as 20230131; None where the numbers are others."""
    is_whole = column.dtype.kind in "iu"
    if not is_whole or not 19000101 <= column.min() <= column.max() <= 21001231:
        return None
    days = _days(column.astype(str), "%Y%m%d")
    note = COMPACT.format(column.iloc[0])
    return None if days.isna().any() else Cells("dates", days.to_numpy(), [note])


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


def tidy(text):
    """Return a text with composed letters, and with one space in place of others.

    Parameters
    ----------
    text : str
        A name or a word.

    Returns
    -------
    str
        Without letters that are not seen.
    """
    return " ".join(unicodedata.normalize("NFC", text.translate(UNSEEN)).split())


def key(value):
    """Return what equal words have in common; another value as it is.

    Parameters
    ----------
    value : str or float
        A word, in any case and with any spaces, or a number.

    Returns
    -------
    str or float
        The word in lower case, with one spelling of spaces, quotes and composed letters.
    """
    return tidy(value).translate(QUOTES).casefold() if isinstance(value, str) else value


def _words(texts, codes):
    """Return the Cells of words, from the different ones and the index of each cell's."""
    keys = texts.map(key)
    gaps = GAPS - {"-"} if "+" in keys.array else GAPS
    words = texts.groupby(keys.mask(keys.isin(gaps))).first()
    places = np.append(words.index.get_indexer(keys), -1)
    return Cells("words", pd.Categorical.from_codes(places[codes], words))


def _numbers_or_dates(texts, kind, marks):
    """Return the Cells of different texts, as a series; None where most are neither."""
    known = texts[~_are_among(texts, GAPS)]
    infinite = np.isinf(pd.to_numeric(_without_long(known), errors="coerce"))
    rest = known[~_are_among(known, WEAK_GAPS) & ~infinite]
    least = 0 if kind else max(1, len(known) / 2)
    numbers = kind != "dates" and _numbers(rest, least, marks)
    return _with_infinity(numbers or _dates(rest, least), any(infinite))


def _are_among(texts, words):
    """Return which texts are one of some words, in upper or lower case."""
    return texts.str.casefold().isin(words)


def _with_infinity(cells, is_found):
    """Return Cells, with a note where infinity is found beside them; None for None."""
    return cells and cells._replace(notes=cells.notes + [INFINITE] * is_found)


def _numbers(texts, least, marks):
    """Return the Cells of different texts that are numbers; None where most are none."""
    readings = _readings(_without_signs(texts))
    good = readings[readings.count().idxmax()].notna()
    if _are_words(texts, good, least):
        return None
    _refuse(texts[~good], NO_NUMBER)
    sign = _only_sign(texts)
    values, note = _in_one_reading(texts, readings, *marks)
    return Cells("numbers", values, _notes_on(texts) + note, sign)


def _readings(texts):
    """Return the numbers of texts, a column for each decimal mark."""
    return pd.DataFrame({mark: _read(texts, mark) for mark in MARKS})


def _without_signs(texts):
    """Return texts without signs of currency and per cent, and with a plain minus sign."""
    plain = _without_long(texts).str.replace("−", "-")
    below = plain.str.replace(r"[()]\s*", "", regex=True).radd("-")
    plain = plain.mask(plain.str.contains(IN_BRACKETS), below)
    return plain.str.replace(SIGNS, r"\1", regex=True)


def _only_sign(texts):
    """Return the one sign beside numbers, None without any; refuse those of another one.

    Where the sign is that of per cent, a number without it has another one too.
    """
    signs = texts.str.extract(f"({SIGN})", expand=False)
    first = next(iter(signs.dropna()), None)
    _refuse(texts[(signs != first) & (signs.notna() | (first == "%"))], OTHER_SIGN)
    return first


def _notes_on(texts):
    """Return the notes on the texts of numbers."""
    found = {note: texts[texts.str.contains(what)] for what, note in NOTES.items()}
    return [note.format(some.iloc[0]) for note, some in found.items() if len(some)]


def _are_words(texts, good, least):
    """Return whether most texts are no numbers, or few numbers stand beside codes such as 3+."""
    others = texts[~good]
    are_few = 3 <= len(texts) <= 12 and 1 <= len(others) <= 2
    are_codes = are_few and others.str.fullmatch(CODE).all()
    return least and (good.sum() < least or are_codes)


def _without_long(texts):
    """Return texts, where one too long for a number or a date has become empty."""
    return texts.where(texts.str.len() <= LONGEST, "")


def _refuse(texts, fault):
    """Raise BadCellsError if there are any texts; all of them have the same fault."""
    if len(texts):
        raise BadCellsError(dict.fromkeys(texts, fault))


def _read(texts, mark):
    """Return the numbers of texts with a decimal mark, NaN where a text is none."""
    plain, with_thousands, thousands = MARKS[mark]
    digits = texts.where(texts.str.fullmatch(plain))
    grouped = texts.where(texts.str.fullmatch(with_thousands))
    if _go_together(digits, grouped):
        digits = digits.fillna(grouped.str.replace(thousands, "", regex=True))
    return _finite(digits.str.replace(mark, ".").map(float, na_action="ignore"))


def _go_together(digits, grouped):
    """Return whether numbers without a mark between thousands may stand beside those with one.

    In Spanish, a number of four digits has no mark: 9603 beside 10.548.
    """
    least = 5 if grouped.str.match(r"[+-]?\d\d").any() else 4
    return not digits.str.match(rf"[+-]?\d{{{least}}}").any()


def _in_one_reading(texts, readings, decimal, separator):
    """Return the numbers of texts by the decimal mark that fits, and a note where it is a guess."""
    differ = readings["."] != readings[","]
    if readings.isna().any(axis=None) or not any(differ):
        return readings[readings.count().idxmax()], []
    place = differ.idxmax()
    mark = decimal or _assumed_mark(texts, place, separator)
    note = _reading_note(texts[place], readings.loc[place], mark)
    return readings[mark], [note]


def _reading_note(text, numbers, mark):
    """Return the note on how a text was read; raise BadCellsError where no mark is known."""
    if mark is None:
        raise BadCellsError({text: EITHER.format(*numbers)})
    return f"{text} was read as {numbers[mark]:.10g}; --decimal chooses"


def _assumed_mark(texts, place, separator):
    """Return the decimal mark of numbers, one of which may mean two things; None if open."""
    mark = "." if "." in texts[place] else ","
    if separator == mark == ",":
        return "."
    if sign := re.search("[$€£¥]", texts[place]):
        return DECIMAL_OF_CURRENCY.get((sign[0], mark))
    return mark if texts.str.contains(mark, regex=False).all() else None


def _dates(texts, least):
    """Return the Cells of different texts that are dates; None where most are none."""
    like_dates = texts.where(_without_long(texts).str.fullmatch(DATE_LIKE))
    if like_dates.count() < least:
        return None
    readings = {form: _days(like_dates, form) for form in DATES}
    best = max(readings, key=lambda form: readings[form].count())
    if readings[best].count() < least:
        return None
    return _checked_dates(texts, readings, best)


def _checked_dates(texts, readings, form):
    """Return the Cells of texts that are dates in one form only; refuse the others."""
    days = readings[form]
    _refuse(texts[days.isna()], NO_DATE)
    for other in readings.values():
        _refuse(texts[other.notna().all() & (other != days)][:1], TWO_DATES)
    note = TWO_DIGITS.format(days.max().astype("M8[D]"))
    return Cells("dates", days, [note] * ("%y" in form))


def _days(texts, form):
    """Return the days since 1970 of texts with dates of one form."""
    times = pd.to_datetime(texts, format=form, errors="coerce", utc=True)
    return (times - EPOCH) / DAY


def far_off(values):
    """Return a number that stands several times, far from all others; None without one.

    Numbers such as -999 and 9999 often mean a gap. Far is ten times the range of the others,
    and for a number of nines alone once their range.

    Parameters
    ----------
    values : ndarray of shape (m,)
        NaN for a gap.

    Returns
    -------
    float or None
        The least or the greatest value.
    """
    known = values[~np.isnan(values)]
    for end in (known.min(), known.max()) if known.size else ():
        if _is_far(end, known[:1000]) and _is_far(end, known):  # most stop at the first
            return end if 1 < (known == end).sum() < known.size / 2 else None
    return None


@np.errstate(over="ignore")
def _is_far(end, values):
    """Return whether the least or greatest of values is far from all others."""
    least = 1 if {*f"{abs(end):.15g}"} == {"9"} else 10
    others = values[values != end]
    spread = np.ptp(others) if others.size else 0
    return spread > 0 and np.abs(others - end).min() > least * spread
