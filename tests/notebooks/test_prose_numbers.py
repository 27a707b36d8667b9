"""Numbers in sentences are those of the cells beside them, and formulas in sentences are proven."""

import re
from functools import cache
from itertools import chain

import pytest

from proofs import inline, numbers
from proofs.numbers import (
    COMMON,
    CONFIRMED,
    LOOSE,
    Beside,
    declared,
    judge_prose,
    numbers_in,
)
from proofs.sections import PRINTED, numbers_of, printed_numbers, sections
from tools.lessons import NOTEBOOKS


def test_no_number_of_a_sentence_is_loose(lesson):
    judged = numbers.judge_lesson(lesson)
    print(f"{lesson.name[:2]} numbers in sentences: {numbers.summary(judged)}")  # noqa: T201
    loose = [each.words for each in judged if each.kind == LOOSE]
    rest = declared(lesson.name[:2], "LOOSE_NUMBERS") or 0
    assert len(loose) <= rest, (
        "held by nothing, see docs/writing_equations.md:\n" + "\n".join(loose)
    )


def test_every_declared_number_stands_in_its_lesson(lesson):
    prose = "\n\n".join(chain.from_iterable(part.prose for part in sections(lesson)))
    places = [each.start for each in numbers_in(prose)]
    unused = [
        words
        for words in declared(lesson.name[:2], "NUMBERS")
        if not any(
            match.start() <= place < match.end()
            for match in re.finditer(numbers.pattern_of(words), prose)
            for place in places
        )
    ]
    assert unused == []


# --- numbers are found, and tied as they are written


@pytest.mark.parametrize(
    ("prose", "values"),
    [
        ("It is 0.25, and 18,900 times 3.", [0.25, 18900, 3]),
        ("The loss at $z = -2.5$ and at $10^{-3}$.", [2.5, 0.001]),
        ("From $4 \\cdot 10^{-6}$ on.", [4e-6]),
        ("About twenty of two thousand, a hundred more.", [20, 2000, 100]),
        ("Sixty-two of them, a thirty-second, two-layer.", [62]),
        ("A network 2-20-1 with `n = 7` by (9.10) in lesson 07, $a^2 = 5$.", [2, 20, 1]),
        ("[Glorot 99](http://x.org/12), 2010: section 6.2.", []),
        ("float64, W1, the 1-D array\n**3.** and $$x = 5$$", []),
    ],
)
def test_numbers_are_found(prose, values):
    assert [each.value for each in numbers_in(prose)] == values


@pytest.mark.parametrize(
    ("prose", "computed", "kind"),
    [
        ("It falls to 0.197.", 0.196612, CONFIRMED),
        ("It falls to 0.197.", 0.2, LOOSE),
        ("It falls to 0.197.", 0.1976, LOOSE),
        ("It has 64 units.", 64, CONFIRMED),
        ("It has 64 units.", 64.2, LOOSE),
        ("It has about 64 units.", 64.2, CONFIRMED),
        ("About 636,000 each.", 636363.6, CONFIRMED),
        ("The share is 83 %.", 0.8312, CONFIRMED),
        ("It takes 0.02.", 0.018, LOOSE),
        ("It takes about 0.02.", 0.018, CONFIRMED),
        ("Sixteen layers.", 16, CONFIRMED),
        ("Sixteen layers.", 17, LOOSE),
        ("At 5 it bends.", 5, COMMON),
        ("At 5 it bends.", 6, LOOSE),
        ("Two of them.", 7, COMMON),
    ],
)
def test_a_number_is_tied_as_it_is_written(prose, computed, kind):
    judged = judge_prose(prose, Beside([[computed]], [[computed]], {}))
    assert [each.kind for each in judged] == [kind]


def test_common_numbers_are_tied_in_a_row():
    beside = Beside([], [[7, 2, 3, 5]], {})
    kinds = [
        [each.kind for each in judge_prose(prose, beside)]
        for prose in ("The labels 2, 3 and 5.", "The labels 2, 5 and 3.")
    ]
    assert kinds == [[CONFIRMED] * 3, [LOOSE] * 3]


def test_a_formula_of_a_table_gives_its_number_from_what_is_computed():
    table = {"a factor of 3.2": r"= \frac{0.64}{0.2}"}
    for computed, kind in (([0.64, 0.2], numbers.COMPUTED), ([0.64, 0.3], LOOSE)):
        (judged,) = judge_prose("by a factor of 3.2", Beside([], [computed], table))
        assert judged.kind == kind


# --- planted faults: about a hundred places in all lessons


@cache
def held_numbers():
    """(Beside, prose, number, section) of every fourth number in digits that is held beside a cell."""
    found = [
        (Beside(computed, computed, {}), prose, judged.number, part)
        for path in NOTEBOOKS
        for part in sections(path)
        if part.cells
        for computed in [numbers_of(part, path.name[:2])]
        for prose in ["\n\n".join(part.prose)]
        for judged in judge_prose(prose, Beside(computed, computed, {}))
        if judged.kind == CONFIRMED and not judged.number.is_word
    ]
    return found[::4]


def count_loose(prose, beside):
    return [each.kind for each in judge_prose(prose, beside)].count(LOOSE)


def bumped(digits):
    """A number with another last digit: what is noticed least."""
    return re.sub(
        r"\d(?=\D*$|e)", lambda last: str((int(last[0]) + 1) % 10), digits, count=1
    )


def test_a_changed_number_in_a_sentence_is_noticed():
    fates = []
    for beside, prose, number, _ in held_numbers():
        changed = bumped(prose[number.start : number.end])
        wrong = prose[: number.start] + changed + prose[number.end :]
        fates.append(count_loose(wrong, beside) > count_loose(prose, beside))
    assert len(fates) > 80
    assert sum(fates) > 0.75 * len(fates)


def test_a_changed_number_of_an_output_is_noticed():
    """Of the numbers that cells print and no code sets, formula proves or test asserts."""
    fates = []
    for beside, prose, number, part in held_numbers():
        wrong = part._replace(
            cells=[printing_another(cell, number) for cell in part.cells]
        )
        others = numbers_of(
            part._replace(cells=[{**c, "outputs": []} for c in part.cells]), ""
        )
        if not any(map(number.is_like, chain.from_iterable(others))):
            computed = numbers_of(wrong, "")
            after = Beside(computed, computed, {})
            fates.append(count_loose(prose, after) > count_loose(prose, beside))
    assert len(fates) > 20
    assert sum(fates) > 0.9 * len(fates)


def printing_another(cell, number):
    """A cell that prints another number wherever it printed this one."""

    def change(match):
        (value,) = printed_numbers(match[0])
        return repr(value + 3 * number.slack + 1) if number.is_like(value) else match[0]

    def changed(value):
        if isinstance(value, dict):
            return {key: changed(each) for key, each in value.items()}
        is_text = isinstance(value, list | str)
        return PRINTED.sub(change, "".join(value)) if is_text else value

    return cell | {"outputs": [changed(each) for each in cell["outputs"]]}


# --- formulas in sentences


def test_no_formula_of_a_sentence_is_left_open(lesson):
    judged = inline.judge_lesson(lesson)
    print(f"{lesson.name[:2]} formulas in sentences: {inline.summary(judged)}")  # noqa: T201
    open_ones = [
        each.formula for each in judged if each.kind in (inline.LOOSE, inline.UNREAD)
    ]
    rest = declared(lesson.name[:2], "OPEN_FORMULAS") or 0
    assert len(open_ones) <= rest, (
        f"neither proven nor declared, see docs/writing_equations.md: {open_ones}"
    )


def test_every_declared_formula_stands_in_its_lesson(lesson):
    assert set(declared(lesson.name[:2], "INLINE")) <= set(inline.relations(lesson))


@cache
def audited(path):
    """(fate, formula, what was done) of each fault planted in the formulas of sentences."""
    return [
        (fate, each.formula, what)
        for each in inline.judge_lesson(path)
        for fate, what, _ in inline.audit(each)
    ]


def test_every_fault_in_a_formula_of_a_sentence_is_refused(lesson):
    assert [each for each in audited(lesson) if each[0] == "MISSED"] == []


def test_few_faults_are_as_small_as_the_rounding():
    fates = [fate for path in NOTEBOOKS for fate, *_ in audited(path)]
    assert fates.count("refused") > 0.9 * len(fates) > 500
