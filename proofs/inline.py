"""Formulas within a sentence: those that claim something are proven as displayed ones are.

A formula without a relation, such as $a^2$, claims nothing. Numbers alone are computed, and have
to agree at the precision in which they are printed. What only gives a value to a name, or says
when something holds, claims nothing either. Every other formula has its line in the table
`INLINE` of its lesson.
"""

import re
from collections import Counter
from decimal import Decimal
from typing import NamedTuple

from proofs.check import Named
from proofs.judge import Obligation
from proofs.meaning import Scope, evaluate, value
from proofs.mutations import FATES, fate_of, last_place, mutants, refuses
from proofs.numbers import declared
from proofs.parser import FormulaError, parse
from proofs.sections import VALUES
from proofs.tree import RELATIONS, Node, latex, names
from proofs.worlds import Points
from tools.lessons import DISPLAYED, INLINE, prose

RELATION = re.compile("|".join(re.escape(sign) + r"(?![a-z])" for sign in RELATIONS))
KINDS = COMPUTED, PROVEN, CHOICE, NAMED, UNREAD, LOOSE = (
    "computed",
    "proven",
    "choose a value or state a condition",
    "name or define",
    "cannot be read",
    "not judged",
)

ROUNDED = "equal, or within the rounding"  # what becomes of a fault beside those of FATES
NOWHERE = Scope(Points({}, 0))  # without names, so that only numbers have values


class Arithmetic:
    """A chain of numbers, in which one with decimals may be rounded.

    Parameters
    ----------
    node : Node
        Its tree.
    """

    def __init__(self, node):
        self.node = _without_names(node)

    def judge(self, node=None):
        """Compute both sides of every relation.

        Parameters
        ----------
        node : Node, optional
            Another tree, such as one with a planted fault.

        Raises
        ------
        FormulaError
            Unless all relations hold.
        """
        sides, signs = (node or self.node).args
        for left, sign, right in zip(sides, signs, sides[1:], strict=False):
            if not self._holds(left, sign, right):
                raise FormulaError(f"{latex(left)} {sign} {latex(right)} does not hold")

    def _holds(self, left, sign, right):
        """Return whether one relation holds."""
        a, b = value(left, NOWHERE), value(right, NOWHERE)
        if a is None or b is None:
            return False
        if sign not in "=≈":
            return NOWHERE.world.truth(sign, a, b)
        slack = max(rounding(each, sign) for each in (left, right))
        return abs(a - b) <= slack or NOWHERE.world.equal(a, b)


class Judged(NamedTuple):
    """What is known about a formula within the text.

    Parameters
    ----------
    formula : str
        Its LaTeX.
    kind : str
        One of `KINDS`.
    why : str
        What it names, where that is declared.
    obligations : list
        How it is proven: things with a method `judge`.
    """

    formula: str
    kind: str
    why: str = ""
    obligations: list = ()


def relations(path):
    """Return the formulas with a relation within the text of a lesson.

    Parameters
    ----------
    path : Path
        The lesson.

    Returns
    -------
    list of str
        The LaTeX of each, once, in order.
    """
    found = INLINE.findall(DISPLAYED.sub(" ", prose(path)))
    return list(dict.fromkeys(" ".join(f.split()) for f in found if RELATION.search(f)))


def judge_lesson(path):
    """Judge every formula with a relation within the text of a lesson.

    Parameters
    ----------
    path : Path
        The lesson.

    Returns
    -------
    list of Judged
        One for each.
    """
    lesson = path.name[:2]
    table = declared(lesson, "INLINE")
    return [judge_formula(formula, lesson, table) for formula in relations(path)]


def judge_formula(formula, lesson, table):
    """Judge a formula within the text.

    Parameters
    ----------
    formula : str
        Its LaTeX.
    lesson : str
        The number of its lesson.
    table : dict
        {LaTeX: Check, tuple of Check, or Named} of the lesson.

    Returns
    -------
    Judged
        What is known about it.

    Raises
    ------
    FormulaError
        Where it claims something that does not hold.
    """
    entry = table.get(formula)
    if isinstance(entry, Named):
        return Judged(formula, NAMED, entry.thing)
    if entry is None:
        return _judge_undeclared(formula)
    checks = entry if isinstance(entry, tuple) else (entry,)
    obligations = [Obligation(str(int(lesson)), check, formula) for check in checks]
    return _proven(formula, PROVEN, obligations)


def audit(judged):
    """Plant faults in a formula that is proven or computed.

    Parameters
    ----------
    judged : Judged
        The formula.

    Returns
    -------
    list of tuple
        (fate, what was done, tree) of each fault: one of `proofs.mutations.FATES`, or
        `ROUNDED`.
    """
    if not judged.obligations:
        return []
    planted = mutants(judged.obligations[0].node)
    return [(_fate(judged.obligations, wrong), what, wrong) for what, wrong in planted]


def _fate(obligations, wrong):
    """Return what becomes of a fault; one in numbers may be as small as their rounding."""
    if not isinstance(obligations[0], Arithmetic):
        return fate_of(obligations, wrong)
    return FATES[0] if refuses(obligations[0], wrong) else ROUNDED


def rounding(side, sign):
    """Return by how much a number may differ that is printed rounded.

    Parameters
    ----------
    side : Node
        One side of a relation.
    sign : {"=", "≈"}
        The relation: whole numbers are rounded only by ≈.

    Returns
    -------
    number
        Half the unit of its last digit; 0 where it is no number alone.
    """
    if side.op == "neg":
        return rounding(side.args[0], sign)
    if side.op == "dot" and side.args[1].op == "pow":
        return rounding(side.args[0], "≈") * evaluate(side.args[1], NOWHERE)
    return _half_a_unit(*side.args, sign) if side.op == "num" else 0


def _half_a_unit(digits, sign):
    """Return half of what one unit counts in the last digit of a number that is rounded."""
    half = last_place(Decimal(digits)) / 2
    return Points.number(str(half)) if sign == "≈" or "." in digits else 0


def summary(judged):
    """Count what is known about the formulas of a lesson.

    Parameters
    ----------
    judged : list of Judged
        Its formulas.

    Returns
    -------
    str
        The counts, on one line.
    """
    count = Counter(each.kind for each in judged)
    return ", ".join(f"{count[kind]} {kind}" for kind in KINDS)


def _judge_undeclared(formula):
    """Judge a formula that no table has."""
    try:
        tree = parse(formula)
    except FormulaError:
        return Judged(formula, CHOICE if VALUES.fullmatch(formula) else UNREAD)
    if _is_arithmetic(tree):
        return _proven(formula, COMPUTED, [Arithmetic(tree)])
    return Judged(formula, CHOICE if _is_choice(tree) else LOOSE)


def _is_choice(tree):
    """Return whether a chain gives values to a name, or limits; two names that are equal are a claim."""
    if tree.op != "chain" or not all(map(_is_simple, tree.args[0])):
        return False
    are_names = [bool(names(side) - {"e", "pi"}) for side in tree.args[0]]
    return not ("=" in tree.args[1] and sum(are_names) > 1)


def _is_arithmetic(tree):
    """Return whether a relation between numbers remains where names at the left are left out."""
    rest = _without_names(tree)
    return rest.op == "chain" and bool(rest.args[1]) and not names(rest) - {"e", "pi"}


def _proven(formula, kind, obligations):
    """Return what is known about a formula once it is proven."""
    for obligation in obligations:
        obligation.judge()
    return Judged(formula, kind, "", obligations)


def _without_names(node):
    """Return a chain without the names at its left end, which get their values from the rest."""
    if node.op != "chain":
        return node
    sides, signs = node.args
    named = 0
    while named < len(signs) and sides[named].op == "name" and signs[named] == "=":
        named += 1
    return Node("chain", (sides[named:], signs[named:]))


def _is_simple(side):
    """Return whether a side is one name, or computed from numbers alone."""
    inner = side.args[0] if side.op in {"neg", "abs"} else side
    return inner.op == "name" or not names(side) - {"e", "pi"}
