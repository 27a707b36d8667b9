"""How one equation is held against its meaning: the Check that a lesson's table declares, and the verdict on it."""

from dataclasses import dataclass, field, replace
from functools import cache, cached_property, partial, wraps
from time import perf_counter
from typing import NamedTuple

import numpy as np
import sympy

from proofs.meaning import UNDEFINED, evaluate, holds, plain, ratio_name, value
from proofs.network import Network
from proofs.parser import Refused, parse, parse_expression
from proofs.scopes import equations, scopes, size_rows
from proofs.tree import latex, names, walk
from proofs.worlds import Arrays, Points, Symbols

SEEDS = range(6)
CODE_DIGITS = 1e-11
EXACT, NEAR = (
    Points.number(10) ** -50,
    Points.number(10) ** -30,
)  # a gap that is none, and one that is small


@dataclass(frozen=True)
class Check:
    """What stands around an equation. Everything is LaTeX of the lessons, or a tag that stands for an equation.

    `given`: definitions and domains that the prose assumes. `cases`: the situations to prove it in, each a condition
    or several. `sizes`: the values of m, L, ... where not the usual ones. `code`: functions of dnn_lessons that a
    name stands for. `families`: (scope, layer, example, subs) -> value, for names with indices. `ranges`: how far
    free indices run. `small`: the quantity whose power `order` bounds the error of an approximation. `tight`: where a
    bound is attained (≤) or approached (<). `solve`: the unknown of an equivalence. `network`: settings of the random
    network whose arrays the equation is about. `module`: the families take their values from dnn_lessons, so
    from floats.
    """

    given: tuple = ()
    cases: tuple = ((),)
    sizes: tuple | dict = ()
    code: dict = field(default_factory=dict)
    families: dict = field(default_factory=dict)
    ranges: dict = field(default_factory=dict)
    small: str = ""
    order: int = 1
    tight: tuple = ()
    solve: str = ""
    network: dict | None = None
    module: bool = False


@dataclass(frozen=True)
class Named:
    """An equation that claims nothing: it gives a name to a thing."""

    thing: str


class Verdict(NamedTuple):
    how: str
    links: int
    milliseconds: float


class Obligation:
    """An equation with its Check, ready to judge the equation itself and every planted fault."""

    def __init__(self, tag, check, equation=None, node=None):
        self.tag, self.check, self.equation = tag, check, equation or equations()[tag]
        self.node = node or parse(self.equation)

    def judge(self, node=None):
        """Refused, with the place and a counterexample, unless the equation holds in every situation."""
        node = node or self.node
        try:
            METHODS[node.op](self, node)
        except Refused as error:
            if str(error).startswith("lesson"):
                raise
            lesson = self.tag.split(".")[0]
            raise Refused(
                f"lesson {lesson}, equation ({self.tag}):\n  {latex(node)}\n  {error}"
            ) from error

    def verdict(self):
        start = perf_counter()
        self.judge()
        how = self.how()
        sides = [
            len(chain.args[1]) for _, chain in walk(self.node) if chain.op == "chain"
        ]
        links = sides[0] if self.node.op == "chain" else 1
        return Verdict(how, links, 1000 * (perf_counter() - start))

    @property
    def coded(self):
        """What takes its values from dnn_lessons."""
        return {name.rstrip("'") for name in self.check.code} | set(
            self.check.families if self.check.module else ()
        )

    # --- scopes, made once

    @cached_property
    def evaluated(self):
        """The (label, Scope)s that decide: fifty digits at random points, or random networks."""
        if self.check.network is None:
            return [pair for seed in SEEDS for pair in self.at_points(seed)]
        return [
            pair
            for arrays in networks(tuple(self.check.network.items()))
            for pair in self.in_network(arrays)
        ]

    @cached_property
    def symbolic(self):
        """The (label, Scope)s of SymPy's symbols."""
        return scopes(self.check, self.equation, Symbols)

    def at_points(self, seed):
        made = scopes(self.check, self.equation, lambda domains: Points(domains, seed))
        code = {name: exact(function) for name, function in self.check.code.items()}
        return [(label, scope._replace(functions=code)) for label, scope in made]

    def in_network(self, arrays):
        made = scopes(self.check, self.equation, lambda domains: Arrays(arrays))
        known = {
            name: partial(function, arrays) for name, function in self.check.code.items()
        }
        return [
            (label, scope._replace(functions={**arrays.functions, **known}))
            for label, scope in made
        ]

    # --- chains

    def chain(self, node):
        sides, signs = node.args
        if not any(
            [self.hold(scope, label, sides, signs) for label, scope in self.evaluated]
        ):
            raise Refused("neither side has a value anywhere")
        for number, sign in enumerate(signs):
            if sign in {"<", "≤", ">", "≥"}:
                self.hold_tight(number, sides[number : number + 2], sign)

    def hold(self, scope, label, sides, signs):
        """Every link of a chain in one scope; True if its sides have values there."""
        values = [value(side, scope) for side in sides]
        for number, sign in enumerate(signs):
            a, b = values[number : number + 2]
            if not self.link_holds(scope, sign, a, b):
                raise Refused(self.message(number, sides, sign, label, scope, a, b))
        return all(each is not UNDEFINED for each in values)

    def link_holds(self, scope, sign, a, b):
        if a is UNDEFINED or b is UNDEFINED:
            return a is b and sign == "="
        if sign == "≈":
            return self.close(scope, a, b)
        if (
            (self.check.code or self.check.module)
            and isinstance(scope.world, Points)
            and sign == "="
        ):
            return abs(a - b) <= CODE_DIGITS * (1e-3 + abs(a) + abs(b))
        return scope.world.truth(sign, a, b)

    def close(self, scope, a, b):
        """An approximation: its error is at most of the order declared, for the tiny value that `small` has."""
        tiny = evaluate(parse_expression(self.check.small), scope)
        return abs(a - b) <= 1000 * tiny**self.check.order

    def hold_tight(self, number, sides, sign):
        """A bound that could be better says something else: ≤ must be attained somewhere, < approached."""
        for sizes in size_rows(self.check, self.equation):
            at = self.derived(
                self.node, cases=self.check.tight, sizes=(sizes,)
            ).at_points(0)
            gaps = [
                (value(sides[1], scope) - value(sides[0], scope))
                * (1 if sign in "<≤" else -1)
                for _, scope in at
            ]
            strict = sign in "<>"
            if min(gaps) < (EXACT if strict else -EXACT) or min(gaps) > (
                NEAR if strict else EXACT
            ):
                raise Refused(
                    f"the bound {latex(sides[0])} {sign} {latex(sides[1])} is never reached, or passed"
                )

    def how(self):
        """In which way the equation was decided."""
        if self.check.network is not None:
            module = (
                " + against dnn_lessons" if self.check.code or self.check.families else ""
            )
            return "by shape and value in random networks" + module
        if self.node.op == "iff":
            return (
                "symbolically"
                if self.check.solve
                else "by fifty digits, and on the borders"
            )
        if self.node.op == "implies":
            return self.implication(self.node).how()
        sides, signs = self.node.args
        parts = [
            self.how_link(sides[number : number + 2], sign)
            for number, sign in enumerate(signs)
        ]
        return " + ".join(dict.fromkeys(parts))

    def how_link(self, sides, sign):
        if sign == "≈":
            return "by fifty digits, error bounded"
        if sign != "=":
            return "by fifty digits, bound reached"
        if self.coded & (names_and_calls(sides[0]) | names_and_calls(sides[1])):
            return "against dnn_lessons"
        return "symbolically" if self.proven(sides) else "by fifty digits"

    def proven(self, sides):
        """True where SymPy shows both sides equal in every case."""
        try:
            pairs = [
                (scope, [value(side, scope) for side in sides])
                for _, scope in self.symbolic
            ]
            return all(
                a is b or (UNDEFINED not in (a, b) and scope.world.equal(a, b))
                for scope, (a, b) in pairs
            )
        except (Refused, NotImplementedError, TypeError):
            return False

    # --- implications and equivalences

    def implies(self, node):
        self.implication(node).judge()

    def implication(self, node):
        """The right equation, with the left one given."""
        premise, conclusion = node.args
        return self.derived(conclusion, given=(*self.check.given, latex(premise)))

    def derived(self, node, **changes):
        """The same obligation for another node and a changed check."""
        return Obligation(self.tag, replace(self.check, **changes), self.equation, node)

    def iff(self, node):
        (self.same_solutions if self.check.solve else self.same_truth)(node)

    def same_truth(self, node):
        """Two inequalities: true at the same points, inside each case and on its border."""
        for label, scope in self.evaluated:
            left, right = (holds(chain, scope) for chain in node.args)
            if left != right:
                raise Refused(
                    self.message(0, node.args, "iff", label, scope, left, right)
                )

    def same_solutions(self, node):
        """Two equations: SymPy finds the same solutions."""
        _, scope = self.symbolic[0]
        unknown = scope.world.symbol(plain(self.check.solve))
        found = [solutions(chain, scope, unknown) for chain in node.args]
        if found[0] != found[1] or not found[0]:
            raise Refused(self.message(0, node.args, "iff", "solved", scope, *found))

    def message(self, number, sides, sign, label, scope, a, b):
        """Lesson, number, link, both sides, and a point where they differ."""
        drawn = getattr(scope.world, "drawn", {})
        point = ", ".join(
            f"{shown(key)} = {float(number):.6g}" for key, number in drawn.items()
        )
        entry, a, b = worst_entry(a, b)
        where = "; ".join(filter(None, (label, point, entry))) or "no symbol is free"
        return "\n  ".join([
            f"lesson {self.tag.split('.')[0]}, equation ({self.tag}), link {number + 1}:",
            latex(sides[number]), sign, latex(sides[number + 1]),
            f"where {where}", f"left {brief(a)}, right {brief(b)}",
        ])  # fmt: skip


METHODS = {
    "chain": Obligation.chain,
    "iff": Obligation.iff,
    "implies": Obligation.implies,
}


def solutions(chain, scope, unknown):
    left, right = (evaluate(side, scope) for side in chain.args[0])
    return set(map(sympy.simplify, sympy.solve(left - right, unknown)))


def names_and_calls(node):
    found = names(node) | {below.args[0] for _, below in walk(node) if below.op == "call"}
    ratios = [below.args for _, below in walk(node) if below.op == "ratio"]
    return found | {ratio_name(top, variable) for _, top, variable in ratios}


def exact(function):
    """A function of dnn_lessons, for numbers of fifty digits: rounded to floats on the way in."""

    @wraps(function)
    def rounded(*arguments):
        return Points.number(
            float(
                np.squeeze(function(*[np.array(each, dtype=float) for each in arguments]))
            )
        )

    return rounded


@cache
def networks(settings):
    """The random networks of these settings, none of them near a kink."""
    settings = dict(settings)
    shapes = settings.pop("shapes", (((3, 4, 2, 5), 6), ((2, 5, 3), 4)))
    return [safe_network(sizes, m, settings) for sizes, m in shapes]


def safe_network(sizes, m, settings):
    tried = (Network(sizes, m, seed=seed, **settings) for seed in range(100))
    return next(network for network in tried if network.safe)


def shown(key):
    base, layer, example, subs = key
    parts = [
        f"[{layer}]" if layer is not None else "",
        f"({example})" if example else "",
        *map(str, subs),
    ]
    return base + "".join(parts)


def worst_entry(a, b):
    """Where two arrays of one shape differ most, and both entries; other values stay as they are."""
    if np.ndim(a) != 2 or np.shape(a) != np.shape(b):
        return "", a, b
    row, column = np.unravel_index(np.argmax(np.abs(a - b)), np.shape(a))
    return f"row {row + 1}, column {column + 1}", a[row, column], b[row, column]


def brief(number):
    """Twelve digits; of an array that fits nothing, its shape."""
    if np.ndim(number):
        return f"an array of shape {np.shape(number)}"
    try:
        return f"{float(number):.12g}"
    except (TypeError, ValueError):
        return str(number)
