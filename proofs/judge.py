"""Decide whether an equation holds, in every situation that its Check declares."""

from dataclasses import replace
from functools import cache, cached_property, partial, wraps
from time import perf_counter
from typing import NamedTuple

import numpy as np
import sympy

from proofs.meaning import evaluate, holds, plain, ratio_name, value
from proofs.parser import FormulaError, parse, parse_expression
from proofs.random_network import RandomNetwork
from proofs.situations import equations, situations, size_rows
from proofs.tree import latex, names, walk
from proofs.worlds import REACHES, Arrays, Points, Symbols

# Layers and examples of the random networks: no size is a sum or a product of others in all of them.
SHAPES = (((3, 4, 2, 5), 6), ((2, 5, 3), 7), ((4, 2, 3, 2, 6), 3))
CODE_DIGITS = 1e-11  # how closely floats have to agree with a formula
EXACT = Points.number(10) ** -50  # a gap that is none
NEAR = Points.number(10) ** -30  # and one that is small
# How small the gap at a bound has to be somewhere.
REACHED = dict.fromkeys("<>", (EXACT, NEAR)) | dict.fromkeys("≤≥", (-EXACT, EXACT))
BY_SYMPY, BY_DIGITS = "symbolically", "by fifty digits"
ON_BORDERS = "by fifty digits, and on the borders"
BY_CODE, BY_ARRAYS = "against dnn_lessons", "by shape and value in random networks"


class DisprovenError(FormulaError):
    """An equation that does not hold, with its place and a counterexample."""


class Verdict(NamedTuple):
    """How an equation was proven.

    Parameters
    ----------
    how : str
        The ways, joined by +.
    links : int
        The number of relations in its chain.
    milliseconds : float
        How long it took.
    """

    how: str
    links: int
    milliseconds: float


class Obligation:
    """What has to be proven: an equation with its Check.

    Parameters
    ----------
    tag : str
        The number of the equation; that of the lesson for one within its text.
    check : Check
        What stands around it.
    equation : str, optional
        Its LaTeX, where not that of the lessons.
    node : Node, optional
        Its tree, where a part of it is to be proven.
    """

    def __init__(self, tag, check, equation=None, node=None):
        self.tag, self.check, self.equation = tag, check, equation or equations()[tag]
        self.node = node or parse(self.equation)
        lesson, _, number = tag.partition(".")
        self.place = f"lesson {lesson}, " + (
            f"equation ({tag})" if number else "in the text"
        )

    def judge(self, node=None):
        """Prove the equation, or another tree in its place.

        Parameters
        ----------
        node : Node, optional
            The other tree, such as the equation with a planted fault.

        Raises
        ------
        FormulaError
            Unless it holds in every situation; the message names the place, and a
            counterexample where there is one.
        """
        node = node or self.node
        try:
            self._decide(node)
        except DisprovenError:
            raise
        except FormulaError as error:
            raise FormulaError(f"{self.place}:\n  {latex(node)}\n  {error}") from error

    def verdict(self):
        """Prove the equation, and say how.

        Returns
        -------
        Verdict
            How it was proven.

        Raises
        ------
        FormulaError
            Unless it holds.
        """
        start = perf_counter()
        self.judge()
        how = self.how()
        links = len(self.node.args[1]) if self.node.op == "chain" else 1
        return Verdict(how, links, 1000 * (perf_counter() - start))

    def _decide(self, node):
        """Prove a tree: a chain, an implication or an equivalence."""
        if node.op == "chain":
            self._decide_chain(*self._with_tie(*node.args))
        elif node.op == "implies":
            implication = self.implication(node)
            implication._decide(implication.node)
        else:
            self._decide_equivalence(node)

    def _decide_equivalence(self, node):
        """Prove that two relations say the same, and that a side is what it is tied to."""
        compare = self._compare_solutions if self.check.solve else self._compare_truths
        compare(node)
        if self.check.tied:
            side = node.args[0].args[0][self.check.side]
            self._decide_chain((side, parse_expression(self.check.tied)), ("=",))

    # Situations, made once

    @cached_property
    def evaluated(self):
        """The (label, Scope)s that decide: fifty digits at random points, or random networks."""
        if self.check.network is None:
            return [pair for seed in range(len(REACHES)) for pair in self.at_points(seed)]
        made = networks(tuple(self.check.network.items()))
        return [pair for network in made for pair in self._in_network(network)]

    @cached_property
    def symbolic(self):
        """The (label, Scope)s of SymPy's symbols."""
        return situations(self.check, self.equation, Symbols)

    def at_points(self, seed):
        """Return the situations with numbers of fifty digits.

        Parameters
        ----------
        seed : int
            Where the random numbers start.

        Returns
        -------
        list of tuple
            (label, Scope) of each.
        """
        made = situations(self.check, self.equation, partial(Points, seed=seed), seed)
        code = {name: _of_floats(function) for name, function in self.check.code.items()}
        return [(label, scope._replace(functions=code)) for label, scope in made]

    def _in_network(self, network):
        """Return the situations with the arrays of one network."""
        made = situations(self.check, self.equation, lambda _: Arrays(network))
        code = {name: partial(each, network) for name, each in self.check.code.items()}
        functions = {**network.functions, **code}
        return [(label, scope._replace(functions=functions)) for label, scope in made]

    # Chains

    def _with_tie(self, sides, signs):
        """Return a chain with one side more, behind the one that is tied to something else."""
        if not self.check.tied:
            return sides, signs
        place, tie = self._tied_place(sides), parse_expression(self.check.tied)
        sides = (*sides[: place + 1], tie, *sides[place + 1 :])
        return sides, (*signs[:place], "=", *signs[place:])

    def _tied_place(self, sides):
        """Return the place of the side that is tied."""
        return self.check.side % len(sides)

    def _decide_chain(self, sides, signs):
        """Prove each relation of a chain, and that its bounds could not be better."""
        if not any([self._holds(sides, signs, *each) for each in self.evaluated]):
            raise FormulaError("neither side has a value anywhere")
        for link in _links(sides, signs):
            if link[1] in REACHED:
                self._check_bound(*link)

    def _holds(self, sides, signs, label, scope):
        """Prove each relation in one scope; return whether all sides have values there."""
        values = [value(side, scope) for side in sides]
        for number, link in enumerate(_links(sides, signs), 1):
            pair = values[number - 1 : number + 1]
            if not self._relation_holds(scope, link[1], *pair):
                raise self._disproven(number, link, (label, scope), pair)
        return all(each is not None for each in values)

    def _relation_holds(self, scope, sign, a, b):
        """Return whether a relation holds between two values."""
        if a is None or b is None:
            return a is b and sign == "="
        if sign == "≈":
            return self._is_close(scope, a, b)
        if sign == "=" and self._is_of_floats(scope):
            return abs(a - b) <= CODE_DIGITS * (1e-3 + abs(a) + abs(b))
        return scope.world.truth(sign, a, b)

    def _is_of_floats(self, scope):
        """Return whether numbers of fifty digits have come from dnn_lessons, as floats."""
        return isinstance(scope.world, Points) and bool(
            self.check.code or self.check.module
        )

    def _is_close(self, scope, a, b):
        """Return whether the error of an approximation is at most of the declared order."""
        tiny = evaluate(parse_expression(self.check.small), scope)
        return abs(a - b) <= 1000 * tiny**self.check.order * (1 + abs(a))

    def _check_bound(self, left, sign, right):
        """Refuse a bound that is never reached: a strict one must be approached."""
        least, most = REACHED[sign]
        for sizes in size_rows(self.check, self.equation):
            gaps = [_gap(left, sign, right, scope) for scope in self._tight(sizes)]
            if not gaps or not least <= min(gaps) <= most:
                bound = f"{latex(left)} {sign} {latex(right)}"
                raise FormulaError(f"the bound {bound} is never reached, or passed")

    def _tight(self, sizes):
        """Return the scopes in which a bound is declared to be reached."""
        at = self._derived(self.node, cases=self.check.tight, sizes=(sizes,))
        return [scope for _, scope in at.at_points(0)]

    # How

    @cached_property
    def _coded(self):
        """The names that take their values from dnn_lessons."""
        families = self.check.families if self.check.module else ()
        return {name.rstrip("'") for name in self.check.code} | set(families)

    def how(self):
        """Say in which way the equation is decided.

        Returns
        -------
        str
            The ways, joined by +.
        """
        if self.check.network is not None:
            return self._how_arrays()
        if self.node.op == "implies":
            return self.implication(self.node).how()
        if self.node.op == "iff":
            return self._how_equivalence()
        return " + ".join(dict.fromkeys(self._how_chain()))

    def _how_chain(self):
        """Say in which way each relation of a chain is decided; where a side is tied, that one."""
        links = _links(*self._with_tie(*self.node.args))
        if self.check.tied:
            links = [links[self._tied_place(self.node.args[0])]]
        return [self._how_link(*link) for link in links]

    def _how_equivalence(self):
        """Say in which way an equivalence is decided; where a side is tied, that tie."""
        if self.check.tied:
            return BY_CODE if self.check.module else BY_DIGITS
        return BY_SYMPY if self.check.solve else ON_BORDERS

    def _how_arrays(self):
        """Say in which ways an equation about arrays is decided."""
        coded = self.check.code or self.check.families
        return f"{BY_ARRAYS} + {BY_CODE}" if coded else BY_ARRAYS

    def _how_link(self, left, sign, right):
        """Say in which way one relation is decided."""
        if sign == "≈":
            return f"{BY_DIGITS}, error bounded"
        if sign != "=":
            return f"{BY_DIGITS}, bound reached"
        if self._coded & (_mentioned(left) | _mentioned(right)):
            return BY_CODE
        return BY_SYMPY if self.is_proven(left, right) else BY_DIGITS

    def is_proven(self, left, right):
        """Let SymPy show that two sides are equal in every case.

        Parameters
        ----------
        left, right : Node
            The sides.

        Returns
        -------
        bool
            True where it could.
        """
        try:
            return all(same_value(left, right, scope) for _, scope in self.symbolic)
        except (FormulaError, NotImplementedError, TypeError):
            return False

    # Implications and equivalences

    def implication(self, node):
        """Return the right equation of an implication, with the left one given.

        Parameters
        ----------
        node : Node
            The implication.

        Returns
        -------
        Obligation
            What remains to be proven.
        """
        premise, conclusion = node.args
        return self._derived(conclusion, given=(*self.check.given, latex(premise)))

    def _derived(self, node, **changes):
        """Return the same obligation for another tree and a changed check."""
        return Obligation(self.tag, replace(self.check, **changes), self.equation, node)

    def _compare_truths(self, node):
        """Prove two inequalities equivalent: true in the same cases and on their borders."""
        for label, scope in self.evaluated:
            truths = [holds(chain, scope) for chain in node.args]
            if truths[0] != truths[1]:
                raise self._disproven(1, _equivalence(node), (label, scope), truths)

    def _compare_solutions(self, node):
        """Prove two equations equivalent: SymPy finds the same solutions, and there are some."""
        for label, scope in self.symbolic:
            unknown = scope.world.symbol(plain(self.check.solve))
            found = [_solutions(chain, scope, unknown) for chain in node.args]
            if found[0] != found[1] or not found[0]:
                raise self._disproven(1, _equivalence(node), (label, scope), found)

    def _disproven(self, number, link, situation, values):
        """Return the error for a relation that does not hold: its place, and where it fails."""
        left, sign, right = link
        entry, a, b = _worst_entry(*values)
        lines = [f"{self.place}, link {number}:", latex(left), sign, latex(right)]
        lines += [_where(*situation, entry), f"left {_brief(a)}, right {_brief(b)}"]
        return DisprovenError("\n  ".join(lines))


def same_value(left, right, scope):
    """Return whether two sides have the same value, or both have none.

    Parameters
    ----------
    left, right : Node
        The sides.
    scope : Scope
        What their names mean.

    Returns
    -------
    bool
        True where they have.
    """
    a, b = value(left, scope), value(right, scope)
    if a is None or b is None:
        return a is b
    return bool(scope.world.equal(a, b))


@cache
def networks(settings):
    """Return random networks, none of them near a kink.

    Parameters
    ----------
    settings : tuple
        (name, value) of each setting: the activation, the cost, and maybe the shapes.

    Returns
    -------
    list of RandomNetwork
        One for each shape.
    """
    settings = dict(settings)
    shapes = settings.pop("shapes", SHAPES)
    return [_smooth_network(sizes, m, settings) for sizes, m in shapes]


def _smooth_network(sizes, m, settings):
    """Return the first random network that is not near a kink."""
    tried = (RandomNetwork(sizes, m, seed=seed, **settings) for seed in range(100))
    return next(network for network in tried if network.is_smooth)


def _of_floats(function):
    """Turn a function of dnn_lessons into one of numbers of fifty digits, rounded on the way in."""

    @wraps(function)
    def rounded(*arguments):
        floats = [np.array(each, dtype=float) for each in arguments]
        return Points.number(float(np.squeeze(function(*floats))))

    return rounded


def _links(sides, signs):
    """Return (left, sign, right) of each relation in a chain."""
    return list(zip(sides, signs, sides[1:], strict=False))


def _gap(left, sign, right, scope):
    """Return by how much an inequality holds."""
    a, b = value(left, scope), value(right, scope)
    return b - a if sign in "<≤" else a - b


def _mentioned(node):
    """Return the names, functions and derivatives that occur in a tree."""
    nodes = [below for _, below in walk(node)]
    calls = {below.args[0] for below in nodes if below.op == "call"}
    ratios = {ratio_name(*below.args[1:]) for below in nodes if below.op == "ratio"}
    return names(node) | calls | ratios


def _equivalence(node):
    """Return the link of an equivalence: its sides, with the sign between them."""
    left, right = node.args
    return left, "iff", right


def _solutions(chain, scope, unknown):
    """Return the set of solutions of an equation."""
    left, right = (evaluate(side, scope) for side in chain.args[0])
    return set(map(sympy.simplify, sympy.solve(left - right, unknown)))


def _where(label, scope, entry):
    """Write the situation of a counterexample, with the numbers drawn and the entry."""
    drawn = getattr(scope.world, "drawn", {})
    numbers = ", ".join(f"{_written(*key)} = {float(x):.6g}" for key, x in drawn.items())
    known = [part for part in (label, numbers, entry) if part]
    return f"where {'; '.join(known) or 'no symbol is free'}"


def _written(base, layer, example, subs):
    """Write a symbol on one line."""
    written = f"{base}[{layer}]" if layer is not None else base
    return written + (f"({example})" if example else "") + "".join(map(str, subs))


def _worst_entry(a, b):
    """Return where two arrays of one shape differ most, and both entries; else both values."""
    if np.ndim(a) != 2 or np.shape(a) != np.shape(b):
        return "", a, b
    row, column = np.unravel_index(np.argmax(np.abs(a - b)), np.shape(a))
    return f"row {row + 1}, column {column + 1}", a[row, column], b[row, column]


def _brief(result):
    """Write a value on one line: twelve digits, or the shape of an array."""
    if np.ndim(result):
        return f"an array of shape {np.shape(result)}"
    try:
        return f"{float(result):.12g}" if result is not None else "no value"
    except (TypeError, ValueError):
        return str(result)
