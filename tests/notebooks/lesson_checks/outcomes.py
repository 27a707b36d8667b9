"""Words of outcome, such as "falls", "twice" or "never", are held by something, or counted."""

import ast
import re
from itertools import chain
from typing import NamedTuple

from lesson_checks.cells import _always_holds
from lesson_checks.lesson import check, shown_text
from lesson_checks.runs import KINDS, LESSONS, LONGEST_PHRASE, tables
from proofs.check import Named
from proofs.claims import CLAIMS
from proofs.numbers import pattern_of
from proofs.sections import sections
from tools.lessons import DISPLAYED, FOLDED, ROOT, text

FALLS = (
    r"falls?|fell|fallen|falling|drop(?:s|ped|ping)?|shr(?:inks?|ank|unk|inking)"
    r"|s(?:inks?|ank|unk|inking)|halved?|halv(?:es|ing)|fade[sd]?|fading|decrease[sd]?|decreasing"
)
RISES = (
    r"rises?|rose|risen|rising|gr[eo]ws?|grown|growing|doubled?|doubles|triples?|climb(?:s|ed)?"
    r"|leaps?|leapt|increase[sd]?|increasing"
)
FACTORS = (
    r"twice|half|(?:two|three|four|five|six|seven|eight|nine|ten|a hundred|a thousand|[\d,.]+) "
    r"times|\w+fold"
)
FATES = (
    r"diverge[sd]?|converge[sd]?|explode[sd]?|never|vanish(?:e[sd]|ing)?|stay(?:s|ed)?"
    r"|overfit(?:s|ted|ting)?|smallest|largest|lowest|highest"
)
COMPARISONS = (
    r"larger|smaller|bigger|greater|higher|lower|better|worse|faster|slower|sooner|steeper|flatter"
    r"|closer|nearer|farther|wider|narrower|stronger|weaker|shorter|fewer|less"
    r"|(?<!no )(?<!any )longer|more(?= \w+ly\b| often\b|(?:\W+\w+){0,4}?\W+than\b)"
)
OUTCOME = re.compile(rf"\b(?:{FALLS}|{RISES}|{FACTORS}|{FATES}|{COMPARISONS})\b", re.I)
BACKSLASH = "\\"
NUMBER = r"\$?(10\^\{-?\d+\}|-?\d[\d,]*(?:\.\d+)?)\$?"
MOVES = re.compile(
    rf"\b(?P<word>{FALLS}|{RISES})\b(?:\W+\w+)?\W+from {NUMBER} to {NUMBER}", re.I
)
ASKING = re.compile(r"\*\*Exercise|^## On your own", re.M)
SENTENCE = re.compile(r"(?<=[.:?])\*{0,2}\s+|\n\n")
PRINTED = re.compile(r"(?<![\w.])-?[0-9]+\.?[0-9]*(?:e[+-]?[0-9]+)?(?![\w])")


# What keeps a test from being run, or from going on.
LEFT_OUT = re.compile(r"\bskip(?:if)?\b|\bxfail\b|^    (?:return\b|if False\b)", re.M)


class Outcomes(NamedTuple):
    """The sentences of a lesson with a word of outcome, by what holds them."""

    by_a_run: list
    by_their_numbers: list
    by_an_equation: list
    computed: list
    by_a_test: list
    no_claim: list
    by_nothing: list

    def __str__(self):
        return ", ".join(
            f"{len(sentences)} {kind.replace('_', ' ')}"
            for kind, sentences in self._asdict().items()
        )


TABLE_OF = {
    "by_a_run": "RUNS",
    "by_an_equation": "BY_EQUATION",
    "computed": "COMPUTED",
    "by_a_test": "BY_TEST",
    "no_claim": "NO_CLAIM",
}


def outcomes(lesson):
    """Sort the sentences with a word of outcome that stand in a section with a run."""
    found = Outcomes(*([] for _ in Outcomes._fields))
    for sentence in told(lesson):
        getattr(found, _held_by(sentence, tables(lesson))).append(sentence)
    return found


def _held_by(sentence, declared):
    """Return what holds a sentence: all of its words of outcome stand in declared words or moves."""
    moves = [match.span() for match in MOVES.finditer(sentence)]
    places = {
        name: _places(declared[table], sentence) for name, table in TABLE_OF.items()
    }
    places["by_their_numbers"] = moves
    held = [span for spans in places.values() for span in spans]
    if not all(_within(word.span(), held) for word in OUTCOME.finditer(sentence)):
        return "by_nothing"
    return next(name for name in Outcomes._fields if places[name])


def _places(words, sentence):
    """Return where declared words stand in a sentence."""
    found = (re.search(pattern_of(each), sentence) for each in words)
    return [match.span() for match in found if match]


def _within(span, spans):
    """Return whether a place is part of one of several."""
    return any(first <= span[0] and span[1] <= last for first, last in spans)


def told(lesson):
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
def declared_words_stand_in_one_sentence(lesson):
    """With its word of outcome among them, or they would hold nothing, or another sentence as well."""
    sentences = [*told(lesson)]
    for words in chain.from_iterable(tables(lesson).values()):
        count = sum(bool(_places([words], sentence)) for sentence in sentences)
        if count != 1:
            yield f"{count} sentences with a word of outcome beside a run say {words!r}, not 1"
        if not OUTCOME.search(words):
            yield f"{words!r} has no word of outcome"


@check
def outcomes_are_those_of_their_runs(lesson):
    """What a sentence says of a run holds of the numbers that the run's cells printed."""
    for words, (names, holds) in tables(lesson)["RUNS"].items():
        if not _holds(holds, printed_by(lesson, names)):
            yield f"{words!r} does not follow from what {names} printed"


def printed_by(lesson, names):
    """Return the numbers that a cell printed, or those of several cells after each other."""
    names = (names,) if isinstance(names, str) else names
    return [number for name in names for number in printed(lesson.cell(name))]


def _holds(holds, numbers):
    """Return whether a run has an outcome; not if it printed too few numbers for it."""
    try:
        return holds(numbers)
    except (IndexError, ValueError, ZeroDivisionError):
        return False


@check
def outcomes_that_are_computed_hold(lesson):
    """What a sentence says comes out so when it is computed anew."""
    for words, holds in tables(lesson)["COMPUTED"].items():
        if not holds():
            yield f"{words!r} does not hold when it is computed"


@check
def outcomes_of_equations_are_proven(lesson):
    """The equation exists, the lesson shows or names it, and it claims more than a name."""
    for words, number in tables(lesson)["BY_EQUATION"].items():
        tag = number.strip("()")
        shown = any(
            number in text(each) or f"{BACKSLASH}tag{{{tag}}}" in text(each)
            for each in lesson.markdown
        )
        checks = CLAIMS.get(tag)
        if not shown or checks is None or isinstance(checks, Named):
            yield f"{words!r} rests on {number}, which is not proven or not in the lesson"


@check
def outcomes_that_tests_assert_have_their_tests(lesson):
    """The test exists, is run, and asserts what the line says."""
    for words, (name, claim) in tables(lesson)["BY_TEST"].items():
        wanted = ast.parse(claim, mode="eval").body
        if ast.dump(wanted) not in map(ast.dump, _asserted(*name.split("::"))):
            yield f"{words!r} rests on {name}, which does not assert {claim}"


def _asserted(file, name):
    """Yield what a test asserts, each part of a conjunction alone; what holds in any case is left out."""
    path = ROOT / file
    tree = ast.parse(path.read_text("utf-8") if path.is_file() else "")
    found = [each for each in ast.walk(tree) if getattr(each, "name", "") == name]
    tests = [each for each in found if not LEFT_OUT.search(ast.unparse(each))]
    nodes = chain.from_iterable(map(ast.walk, tests if name[:5] == "test_" else []))
    for claim in filter(None, map(_claim, nodes)):
        is_conjunction = isinstance(getattr(claim, "op", None), ast.And)
        parts = claim.values if is_conjunction else [claim]
        yield from (part for part in parts if not _always_holds(part))


def _claim(node):
    """Return what code asserts: by the statement, or by a function such as assert_allclose; else None."""
    if isinstance(node, ast.Assert):
        return node.test
    called = getattr(getattr(node, "func", None), "attr", "")
    return node if called.startswith("assert_") else None


@check
def sentences_without_a_claim_are_of_their_kind(lesson):
    """A question asks, an instruction begins with what to do, and so on."""
    for words, kind in tables(lesson)["NO_CLAIM"].items():
        sentences = [each for each in told(lesson) if _places([words], each)]
        if kind not in KINDS or not all(
            _is_of_kind(kind, words, each, lesson) for each in sentences
        ):
            yield f"{words!r} is no {kind}"


def _is_of_kind(kind, words, sentence, lesson):
    """Return whether a sentence may be of a kind of those that claim nothing."""
    if kind == "other sense":
        return len(words.split()) <= LONGEST_PHRASE
    if kind == "task":
        cells = [text(each) for each in lesson.markdown if ASKING.search(text(each))]
        return any(_places([words], FOLDED.sub(" ", each)) for each in cells)
    return re.search(KINDS[kind][1], sentence.strip(), re.I) is not None


@check
def moves_are_those_of_their_numbers(lesson):
    """What falls from a number to another has fallen, and what rises has risen."""
    for sentence in told(lesson):
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
    """Their count may fall: then lower it in the file of the lesson in runs."""
    rest, most = outcomes(lesson).by_nothing, LESSONS[lesson.number].REST
    if len(rest) > most:
        yield (
            f"{len(rest)} sentences have a word of outcome that nothing holds, {most} are known: "
            f"declare the new one in lesson_checks/runs/lesson_{lesson.number}.py"
        )
