"""Numbers in sentences: each is tied to a cell, a formula or an explorer, computed, or declared.

A number is confirmed where a cell of its section prints it, asserts it or has it in its code, where
a proven formula of the section has it, or a test of the section's explorer: equal at the
precision in which it is written. So a cell that gives another number fails the tests until its
sentence says so too. A number such as 2 or 100 stands everywhere and would be tied by accident.
It is confirmed only as one of at least three in a row, such as the labels 2, 3, 5, which may stand
anywhere in the lesson.
"""

import re
from collections import Counter
from decimal import Decimal
from functools import cache
from importlib import import_module
from itertools import chain
from typing import NamedTuple

from proofs.meaning import Scope, evaluate
from proofs.mutations import last_place
from proofs.parser import parse_expression
from proofs.sections import NUMERAL, VALUES, numbers_of, sections
from proofs.tree import walk
from proofs.worlds import Points
from tools.lessons import CODE_SPAN, DISPLAYED, INLINE

KINDS = CONFIRMED, COMPUTED, DECLARED, COMMON, LOOSE = (
    "confirmed",
    "by arithmetic",
    "declared",
    "too common to tie",
    "not confirmed",
)
NOT_A_CLAIM = [  # what has digits and says nothing that a cell computes
    CODE_SPAN,
    DISPLAYED,
    re.compile(r"!?\[[^\]]*\]\([^)]*\)|</?[a-z][^>]*>"),  # links, pictures, tags
    re.compile(r"\(\d+\.\d+\)|\(\d\d(?: to \d\d)?\)"),  # equations, lessons
    re.compile(r"\b[Ll]essons? \d\d(?:(?:, | and | to )\d\d\b)*"),
    re.compile(r"\b(?:section|chapter|exercise|hint)s? \d[\d.]*(?: and \d[\d.]*)?", re.I),
    re.compile(r"^#+ .*$|^\*\*\d+\.\*\*|^\d+\. |\*\*Time:\*\*[^.]*\.", re.M),
    # Years.
    re.compile(
        r"\b(?:in|since)\s+(?:1[5-9]|20)\d\d\b|(?:,|of|edition)\s+(?:1[5-9]|20)\d\d(?=[:;.,)])"
    ),
    re.compile(r"\|\s*\d\d \|\s+\|(?: \d+ \|)+"),  # the map of lesson 00
    re.compile(r"\d+ hours to read, \d+ with the exercises"),  # tools/minutes.py counts
    re.compile(r"\*\*To read on:\*\*.*?(?=\*\*What comes next|\Z)", re.DOTALL),
    re.compile(r"\b\d-D\b|\b\d+ bits?\b"),
]
FEW = "one two three four five six seven eight nine ten eleven twelve".split()
TEENS = "thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
WORDS = dict(zip([*FEW, *TEENS], range(1, 20), strict=True)) | dict(
    zip(TENS, range(20, 100, 10), strict=True)
)
POWERS = {"hundred": 100, "thousand": 1000, "million": 10**6}
COUNT = rf"(?:{'|'.join(TENS)})-(?:{'|'.join(FEW)})|{'|'.join(WORDS)}"
WORD = rf"(?:(?:{COUNT}|a) )?(?:{'|'.join(POWERS)})|(?:{COUNT})"
NUMBER = re.compile(rf"(?<![\w.])(?:{NUMERAL}(?!\w|\.\d)|(?:{WORD})\b(?!-))", re.I)
HEDGE = re.compile(
    r"(?:about|nearly|almost|roughly|some|just under|just over|near|around|towards|\\approx)\W*$",
    re.I,
)
BETWEEN = re.compile(r"[\s$]*(?:,|-|and|or|to|,\s*and)?[\s$]*")  # in a row of numbers
PERCENT = re.compile(r"\s*(?:%|percent)")
EVERYWHERE = {*range(11), 100, 1000, 0.1, 0.01, 0.001, 0.5}


class Number(NamedTuple):
    """A number in a sentence.

    Parameters
    ----------
    value : float
        Its value, without a sign.
    slack : float
        By how much a number may differ that is written so.
    start, end : int
        Where it stands.
    is_word : bool
        Whether it is written in letters.
    is_percent : bool
        Whether % follows.
    """

    value: float
    slack: float
    start: int
    end: int
    is_word: bool = False
    is_percent: bool = False

    def is_like(self, value):
        """Return whether a value is written like this number.

        Parameters
        ----------
        value : float
            A computed value, without a sign.

        Returns
        -------
        bool
            True where it would be, at this number's precision.
        """
        gap = self.slack * (1 + 1e-9) + 1e-12 * self.value
        values = (value, 100 * value) if self.is_percent else (value,)
        return any(abs(each - self.value) <= gap for each in values)

    @property
    def is_common(self):
        """Whether it would be found beside any sentence."""
        return self.value in EVERYWHERE

    @property
    def is_idiom(self):
        """Whether it is rather a word than the result of a cell: 0, 1, two or a hundred."""
        return self.is_common and (self.is_word or self.value in {0, 1})


class Judged(NamedTuple):
    """What confirms a number in a sentence.

    Parameters
    ----------
    kind : str
        One of `KINDS`.
    why : str
        Its declaration, where there is one.
    words : str
        The number, with what stands around it.
    number : Number
        The number.
    """

    kind: str
    why: str
    words: str
    number: Number


class Beside(NamedTuple):
    """What may confirm the numbers of a section.

    Parameters
    ----------
    near, everywhere : list of list of float
        The numbers beside it, and those of the whole lesson.
    table : dict
        {words of the lesson: "= LaTeX" or reason} of what is declared.
    written : set of float
        The numbers in the lesson's sentences, which are judged themselves.
    """

    near: list
    everywhere: list
    table: dict
    written: set = frozenset()


def declared(lesson, table):
    """Return a table of a lesson's claims.

    Parameters
    ----------
    lesson : str
        Its number, such as "02".
    table : str
        The name of the table; it may be missing.

    Returns
    -------
    dict
        The table.
    """
    return getattr(import_module(f"proofs.claims.lesson_{lesson}"), table, {})


def judge_lesson(path):
    """Judge every number in the sentences of a lesson.

    Parameters
    ----------
    path : Path
        The lesson.

    Returns
    -------
    list of Judged
        One for each number, in order.
    """
    return judge_sections(sections(path), path.name[:2])


def judge_sections(parts, lesson):
    """Judge every number in the sentences of some sections, which may have planted faults.

    Parameters
    ----------
    parts : list of Section
        All sections of a lesson.
    lesson : str
        Its number, such as "02".

    Returns
    -------
    list of Judged
        One for each number, in order.
    """
    prose = ["\n\n".join(part.prose) for part in parts]
    judged = map(judge_prose, prose, _beside(parts, lesson))
    return list(chain.from_iterable(judged))


def _beside(parts, lesson):
    """Return what may confirm the numbers of each section; the whole lesson where it has no cells."""
    own = [numbers_of(part, lesson) for part in parts]
    everywhere = list(chain.from_iterable(own))
    near = [
        each if part.cells else everywhere for part, each in zip(parts, own, strict=True)
    ]
    rest = everywhere, declared(lesson, "NUMBERS"), _written_in(parts)
    return [Beside(each, *rest) for each in near]


def _written_in(parts):
    """Return the values of all numbers in the sentences of some sections."""
    found = chain.from_iterable(numbers_in("\n\n".join(part.prose)) for part in parts)
    return {number.value for number in found}


def judge_prose(prose, beside):
    """Judge every number in the sentences of a section.

    Parameters
    ----------
    prose : str
        Its text.
    beside : Beside
        What may confirm its numbers.

    Returns
    -------
    list of Judged
        One for each number, in order.
    """
    found = []
    for row in _rows(prose, numbers_in(prose)):
        judge = _kind if len(row) < 3 else _kind_in_row
        for number in row:
            why = _declaration(prose, number, beside.table)
            kind = (
                _declared_kind(number, why, beside) if why else judge(number, row, beside)
            )
            found.append(Judged(kind, why, _around(prose, number), number))
    return found


def _around(prose, number):
    """Return a number with what stands around it, on one line."""
    return " ".join(prose[max(0, number.start - 40) : number.end + 25].split())


def _declaration(prose, number, table):
    """Return what a table says about a number, or nothing."""
    for words, why in table.items():
        for match in re.finditer(pattern_of(words), prose):
            if match.start() <= number.start < match.end():
                return why
    return ""


def pattern_of(words):
    """Return a pattern that finds words in prose, wherever its lines are broken.

    Parameters
    ----------
    words : str
        The words.

    Returns
    -------
    str
        The regular expression.
    """
    return re.escape(words).replace(r"\ ", r"\s+")


@cache
def numbers_in(prose):
    """Find the numbers in sentences.

    Parameters
    ----------
    prose : str
        Markdown.

    Returns
    -------
    list of Number
        The numbers, in order.
    """
    plain = prose
    for pattern in NOT_A_CLAIM:
        plain = pattern.sub(lambda match: " " * len(match[0]), plain)
    plain = INLINE.sub(_values_alone, plain)
    return [_number(match) for match in NUMBER.finditer(plain)]


def _values_alone(match):
    """Return a formula within the text as blanks, but for the numbers that it gives."""
    values = VALUES.fullmatch(match[1])
    kept = values[1] if values else ""
    return kept.rjust(len(match[0]) - 1) + " "


def _number(match):
    """Return a number as it is meant: its value, and how exactly it is written."""
    value, unit = _written(match[0].lower().lstrip("-"))
    unit = min(unit, 1) if _looks(match)[1] else unit
    slack = unit / 2 if _is_rounded(match, value, unit) else 0
    return Number(float(value), float(slack), *match.span(), *_looks(match))


def _is_rounded(match, value, unit):
    """Return whether a number is rounded: one with two digits and a point, or one called about so."""
    before = match.string[max(0, match.start() - 20) : match.start()]
    return (
        HEDGE.search(before)
        or _looks(match)[1]
        or ("." in match[0] and value >= 10 * unit)
    )


def _looks(match):
    """Return whether a number is written in letters, and whether % follows."""
    return match[0][0].isalpha(), bool(PERCENT.match(match.string, match.end()))


def _written(numeral):
    """Return the value of a numeral, and the unit of the last digit that counts."""
    if numeral[0].isalpha():
        return _with_unit(_in_letters(numeral))
    mantissa, _, exponent = numeral.replace(",", "").strip("}").partition("10^{")
    power = int(exponent or 0)
    value, unit = _with_unit(mantissa.partition(" ")[0] or "1")
    return value.scaleb(power), unit.scaleb(power)


def _with_unit(digits):
    """Return a number, and the unit of its last digit, zeros at the end of a whole one left out."""
    value = Decimal(digits)
    return value, last_place(value if "." in digits else value.normalize())


def _in_letters(numeral):
    """Return the value of a number in letters, such as a hundred or sixty-two, in digits."""
    value = 0
    for word in re.split("[ -]", numeral):
        larger = max(value, 1) * POWERS.get(word, 0)
        value = larger or value + WORDS.get(word, 1)
    return str(value)


def _rows(prose, numbers):
    """Return the numbers in rows: those of a row have only commas and the like between them."""
    rows = []
    for number in numbers:
        if rows and _continues(prose, rows[-1][-1], number):
            rows[-1].append(number)
        else:
            rows.append([number])
    return rows


def _continues(prose, before, number):
    """Return whether two numbers in digits have nothing but a comma or the like between them."""
    in_letters = before.is_word or number.is_word
    between = prose[before.end : number.start]
    return not in_letters and BETWEEN.fullmatch(between) is not None


def _has_row(source, row):
    """Return whether a row of numbers stands in a source, one after the other."""
    starts = range(len(source) - len(row) + 1)
    return any(
        all(number.is_like(source[at + step]) for step, number in enumerate(row))
        for at in starts
    )


def _kind(number, _, beside):
    """Return what confirms a number that stands alone."""
    if number.is_common:
        return COMMON if number.is_idiom or _occurs(number, beside.near) else LOOSE
    return CONFIRMED if _occurs(number, beside.near) else LOOSE


def _occurs(number, sources):
    """Return whether a number stands in one of several sources."""
    return any(map(number.is_like, chain.from_iterable(sources)))


def _kind_in_row(number, row, beside):
    """Return what confirms a number in a row of three and more: that row, or itself if it is rare."""
    if any(_has_row(source, row) for source in beside.everywhere):
        return CONFIRMED
    return LOOSE if number.is_common else _kind(number, row, beside)


def _declared_kind(number, why, beside):
    """Return what confirms a number that a table declares: a reason, or a formula that gives it."""
    if not why.startswith("= "):
        return DECLARED
    tree = parse_expression(why[2:])
    value = abs(float(evaluate(tree, Scope(Points({}, 0)))))
    is_known = _measured(tree) <= {
        *chain.from_iterable(beside.everywhere),
        *beside.written,
    }
    return COMPUTED if is_known and number.is_like(value) else LOOSE


def _measured(tree):
    """Return the numbers in a formula that a cell has to compute: whole ones only if they stand alone."""
    written = {float(node.args[0]) for _, node in walk(tree) if node.op == "num"}
    return written if tree.op == "num" else {each for each in written if each % 1}


def summary(judged):
    """Count what confirms the numbers of a lesson.

    Parameters
    ----------
    judged : list of Judged
        Its numbers.

    Returns
    -------
    str
        The counts, on one line.
    """
    count = Counter(each.kind for each in judged)
    return ", ".join(f"{count[kind]} {kind}" for kind in KINDS)
