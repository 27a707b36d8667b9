"""Words of outcome, such as "falls", "twice" or "never", are those of the run beside them, or counted."""

import re
from typing import NamedTuple

from lesson_checks.lesson import check, shown_text
from lesson_checks.runs import REST, RUNS
from proofs.numbers import pattern_of
from proofs.sections import sections
from tools.lessons import DISPLAYED

FALLS = r"falls?|fell|falling|drops?|shrinks?|sinks?|halves|fades?"
RISES = r"rises?|rose|rising|gr[eo]ws?|growing|doubles?|climbs?|leaps?"
FACTORS = (
    r"twice|half|(?:two|three|four|five|ten|a hundred|a thousand|[\d,.]+) times|\w+fold"
)
FATES = (
    r"diverges?|converges?|explodes?|never|vanish(?:es)?|stays?|overfits|smallest|lowest"
)
OUTCOME = re.compile(rf"\b(?:{FALLS}|{RISES}|{FACTORS}|{FATES})\b", re.I)
NUMBER = r"\$?(10\^\{-?\d+\}|-?\d[\d,]*(?:\.\d+)?)\$?"
MOVES = re.compile(
    rf"\b(?P<word>{FALLS}|{RISES})\b(?:\W+\w+)?\W+from {NUMBER} to {NUMBER}", re.I
)
SENTENCE = re.compile(r"(?<=[.:?])\s+|\n\n")
PRINTED = re.compile(r"(?<![\w.])-?[0-9]+\.?[0-9]*(?:e[+-]?[0-9]+)?(?![\w])")


class Outcomes(NamedTuple):
    """The sentences of a lesson with a word of outcome, by what holds them."""

    by_a_run: list
    by_their_numbers: list
    by_nothing: list

    def __str__(self):
        return ", ".join(
            f"{len(sentences)} {kind.replace('_', ' ')}"
            for kind, sentences in self._asdict().items()
        )


def outcomes(lesson):
    """Sort the sentences with a word of outcome that stand in a section with a run."""
    found = Outcomes([], [], [])
    declared = RUNS.get(lesson.name[:2], {})
    for sentence in _told(lesson):
        by_a_run = any(re.search(pattern_of(words), sentence) for words in declared)
        kind = 0 if by_a_run else 1 if MOVES.search(sentence) else 2
        found[kind].append(sentence)
    return found


def _told(lesson):
    """Yield the sentences with a word of outcome of each section whose cells show something."""
    for part in sections(lesson):
        if any(cell["outputs"] for cell in part.cells):
            prose = DISPLAYED.sub(" ", "\n\n".join(part.prose))
            yield from filter(OUTCOME.search, SENTENCE.split(prose))


def printed(cell):
    """Return the numbers that a cell printed, with their signs, in order."""
    shown = "\n".join(map(shown_text, cell["outputs"])).replace("\u2212", "-")
    return [
        float(each) for each in PRINTED.findall(re.sub(r"(?<=\d),(?=\d{3})", "", shown))
    ]


@check
def outcomes_are_those_of_their_runs(lesson):
    """What a sentence says of a run holds of the numbers that the run's cell printed."""
    prose = "\n\n".join(text for part in sections(lesson) for text in part.prose)
    for words, (name, holds) in RUNS.get(lesson.number, {}).items():
        if not re.search(pattern_of(words), prose):
            yield f"no sentence says {words!r}, as runs.py has it"
        elif not _holds(holds, printed(lesson.cell(name))):
            yield f"{words!r} does not follow from what cell {name} printed"


def _holds(holds, numbers):
    """Return whether a run has an outcome; not if it printed too few numbers for it."""
    try:
        return holds(numbers)
    except (IndexError, ValueError, ZeroDivisionError):
        return False


@check
def moves_are_those_of_their_numbers(lesson):
    """What falls from a number to another has fallen, and what rises has risen."""
    for sentence in _told(lesson):
        for move in MOVES.finditer(sentence):
            before, after = map(_value, move.groups()[1:])
            falls = re.fullmatch(FALLS, move["word"], re.I) is not None
            if before == after or falls != (abs(after) < abs(before)):
                yield f"{move[0]!r} is the other way round"


def _value(written):
    """Return a number as a sentence writes it."""
    power = written.removeprefix("10^{").removesuffix("}")
    return float(written.replace(",", "")) if power == written else 10.0 ** int(power)


@check
def outcomes_that_nothing_holds_are_no_more(lesson):
    """Their count may fall: then lower it in runs.py."""
    rest, most = outcomes(lesson).by_nothing, REST[lesson.number]
    if len(rest) > most:
        yield (
            f"{len(rest)} sentences have a word of outcome that no run holds, {most} are known: "
            "declare the new one in lesson_checks/runs.py, or raise the count there"
        )
