"""The equations as the lessons print them, and the situations in which one is evaluated.

A situation is a case, a choice of sizes, and a value of each free index.
"""

import re
from functools import cache
from itertools import product

from proofs.meaning import Scope, definition, evaluate, plain
from proofs.parser import parse, parse_expression
from proofs.tree import children, names
from proofs.worlds import Points
from tools.lessons import NOTATION, NOTEBOOKS, displayed, prose

SIZES = {"m": (1, 2, 3), "n_y": (1, 2), "L": (1, 3)}
# Other ones, one of each, for numbers that are tiny or large: see `proofs.worlds.REACHES`.
WIDE = {
    2: {"m": (7,), "n_y": (3,), "L": (2,)},
    3: {"m": (4,), "n_y": (5,), "L": (6,)},
    4: {"m": (5,), "n_y": (4,), "L": (4,)},
}
GAP = "gap"  # a positive difference that no lesson names
RANGES = {"i": "m", "q": "m", "l": "L", "j": "n_l", "k": "n_{l-1}"}
INDICES = "ltjkiq"  # free indices, in the order in which they are given values
COUNTED = set("ijklq")  # letters that are indices wherever they stand
TAG = re.compile(r"\\tag\{([^}]*)\}")
# A row of the notation table whose fourth column begins with an inequality.
BOUNDED = re.compile(
    r"^\|[^|]*\|[^|]*\|[^|]*\| *\$([^$|]*(?:[<>]|\\[lg]e)\s[^$|]*)\$[^|]*\|$", flags=re.M
)


@cache
def equations():
    """Return every displayed equation of the lessons.

    Returns
    -------
    dict
        {number: LaTeX}, in the order of the lessons. An equation without a number stands
        under its LaTeX.
    """
    found = [equation for path in NOTEBOOKS for equation in displayed(path)]
    return {(TAG.findall(equation) or [equation])[0]: equation for equation in found}


@cache
def domains():
    """Return the domains of the symbols, from the notation table.

    Returns
    -------
    dict
        {base: (low, high)} of those that are bounded; None for no bound.
    """
    cells = BOUNDED.findall(prose(NOTATION))
    return dict(_domain(parse(cell)) for cell in cells)


def situations(check, equation, world, seed=0):
    """Return the situations in which an equation is to be proven.

    Parameters
    ----------
    check : Check
        What stands around it.
    equation : str
        Its LaTeX.
    world : callable
        Makes a World from {base: (low, high)}.
    seed : int, optional
        Chooses the sizes.

    Returns
    -------
    list of tuple
        (label, Scope) of each.
    """
    settings = product(check.cases, size_rows(check, equation, seed))
    starts = [_start(check, conditions, sizes, world) for conditions, sizes in settings]
    return [row for start in starts for row in _with_indices(check, equation, *start)]


def size_rows(check, equation, seed=0):
    """Return the sizes for which an equation is to be proven.

    Parameters
    ----------
    check : Check
        Its `sizes` count; else the usual ones of the names that occur.
    equation : str
        Its LaTeX.
    seed : int, optional
        Chooses the usual sizes, or wide ones.

    Returns
    -------
    list of dict
        {name: number} of each choice.
    """
    if isinstance(check.sizes, tuple) and check.sizes:
        return list(check.sizes)
    wanted = _usual_sizes(check, equation, _sizes_of(seed))
    wanted |= dict(check.sizes or {})
    return [dict(zip(wanted, row, strict=True)) for row in product(*wanted.values())]


def source(given):
    """Return the LaTeX of something that is given.

    Parameters
    ----------
    given : str
        The number of an equation, or LaTeX.

    Returns
    -------
    str
        The LaTeX.
    """
    return equations().get(given, given)


def _domain(chain):
    """Return (base, (low, high)) of 0 < a < 1, h > 0, s >= 0 or z < 0."""
    sides, signs = chain.args
    if len(sides) == 3:
        return sides[1].args[0].base, (_bound(sides[0]), _bound(sides[2]))
    bound = _bound(sides[1])
    limits = (bound, None) if signs[0] in {">", "≥"} else (None, bound)
    return sides[0].args[0].base, limits


def _bound(node):
    """Return the number that bounds a domain."""
    return float(evaluate(node, Scope(Points({}, 0))))


def _usual_sizes(check, equation, sizes):
    """Return {name: numbers} of those sizes that an equation or its givens name."""
    if check.network is not None:  # which has its own
        return {}
    text = " ".join([equation, *map(source, check.given)])
    occurs = r"(?<![A-Za-z\\]){}(?![A-Za-z])".format
    return {name: each for name, each in sizes.items() if re.search(occurs(name), text)}


def _sizes_of(seed):
    """Return {name: numbers} of the sizes that go with a seed."""
    return SIZES if seed < 2 else WIDE.get(seed, {"m": (2,), "n_y": (2,), "L": (2,)})


def _start(check, conditions, sizes, world):
    """Return (label, Scope) of one case and one choice of sizes."""
    conditions = (conditions,) if isinstance(conditions, str) else conditions
    written = [f"{name} = {number}" for name, number in sizes.items()]
    return ", ".join([*conditions, *written]), _scope(check, conditions, sizes, world)


def _scope(check, conditions, sizes, world):
    """Return the Scope of one case: domains, sizes, then definitions and orders."""
    statements = [source(each) for each in (*check.given, *conditions)]
    scope = Scope(world({GAP: (0, None), **domains(), **_bounded(statements)}))
    scope = scope._replace(families=check.families)
    for name, number in sizes.items():
        scope = scope.bind_number(name, number)
    for statement in statements:
        scope = _assume(scope, statement)
    return scope


def _bounded(statements):
    """Return {base: (low, high)} of the statements that are domains."""
    return dict(_domain(tree) for tree in map(parse, statements) if _is_domain(tree))


def _assume(scope, statement):
    """Return a scope in which a definition, or an order such as a > y, holds."""
    tree = parse(statement)
    if tree.args[1][0] == "=":
        return scope.define(*definition(statement))
    return scope if _is_domain(tree) else _ordered(scope, tree)


def _is_domain(chain):
    """Return whether a chain is 0 < a < 1, or an order against a number."""
    sides, signs = chain.args
    bounds = sides[::2] if len(sides) == 3 else sides[1:]
    return signs[0] != "=" and all(side.op == "num" for side in bounds)


def _ordered(scope, chain):
    """Return a scope in which a > y or a < y, by an unknown positive difference."""
    (left, right), (sign,) = chain.args
    gap = scope.world.symbol(plain(GAP))
    at = evaluate(right, scope)
    return scope.bind({plain(left.args[0].base): at + gap if sign == ">" else at - gap})


def _with_indices(check, equation, label, scope):
    """Return (label, Scope) for every value of the free indices."""
    ranges = {**RANGES, **check.ranges}
    free = _free_indices(parse(equation)) - {base for base, *_ in scope.names}
    rows = [(label, scope)]
    for index in sorted(free, key=INDICES.index):
        rows = [longer for row in rows for longer in _counted(*row, index, ranges[index])]
    return rows


def _counted(label, scope, index, upto):
    """Return (label, Scope) for every value of one index."""
    last = int(evaluate(parse_expression(upto), scope))
    return [
        (f"{label}, {index} = {number}".lstrip(", "), scope.bind_number(index, number))
        for number in range(1, last + 1)
    ]


def _free_indices(node):
    """Return the index letters that no sum or product runs over."""
    own = {node.args[0].base} & COUNTED if node.op == "name" else set()
    found = own.union(*(_free_indices(child) for _, child in children(node)))
    return found - names(node.args[0]) if node.op in {"sum", "prod"} else found
