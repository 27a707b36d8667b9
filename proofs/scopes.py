"""The situations in which an equation is evaluated: its cases, sizes, and the values of its free indices."""

import re
from functools import cache
from itertools import product

from proofs.meaning import Scope, definition, evaluate, plain
from proofs.parser import parse, parse_expression
from proofs.tree import children, names
from proofs.worlds import Points
from tools.lessons import NOTEBOOKS, displayed, prose

SIZES = {"m": (1, 2, 3), "n_y": (1, 2), "L": (1, 3)}
GAP = "gap"  # a positive difference that no lesson names
RANGES = {"i": "m", "q": "m", "l": "L", "j": "n_l", "k": "n_{l-1}"}
TAG = re.compile(r"\\tag\{([^}]*)\}")


@cache
def equations():
    """{tag: LaTeX} of every displayed equation, in the order of the lessons."""
    found = [
        (TAG.findall(equation), equation)
        for path in NOTEBOOKS
        for equation in displayed(path)
    ]
    return {tags[0] if tags else equation: equation for tags, equation in found}


@cache
def domains():
    """{base: (low, high)} of the symbols whose range in lesson 00's notation table begins with an inequality."""
    bounded = r"^\|[^|]*\|[^|]*\|[^|]*\| *\$([^$|]*(?:[<>]|\\[lg]e)\s[^$|]*)\$[^|]*\|$"
    cells = re.findall(bounded, prose(NOTEBOOKS[0]), flags=re.M)
    return dict(domain(parse(cell)) for cell in cells)


def domain(chain):
    """(base, (low, high)) of 0 < a < 1, h > 0, s ≥ 0 or z < 0; numbers are drawn from the inside."""
    sides, signs = chain.args
    if len(sides) == 3:
        return sides[1].args[0].base, (bound(sides[0]), bound(sides[2]))
    low = signs[0] in {">", "≥"}
    return sides[0].args[0].base, (bound(sides[1]), None) if low else (
        None,
        bound(sides[1]),
    )


def bound(node):
    return float(evaluate(node, Scope(Points({}, 0))))


def scopes(check, equation, world):
    """[(description, Scope)] of each case, size and value of the free indices; `world` makes one from domains."""
    settings = [*product(check.cases, size_rows(check, equation))]
    return [
        pair
        for conditions, sizes in settings
        for pair in with_indices(check, equation, conditions, sizes, world)
    ]


def size_rows(check, equation):
    """[{name: number}]: the declared sizes, or all usual ones of the names that occur."""
    if isinstance(check.sizes, tuple) and check.sizes:
        return check.sizes
    text = (
        ""
        if check.network is not None
        else " ".join([equation, *map(source, check.given)])
    )
    usual = {
        name: SIZES[name]
        for name in SIZES
        if re.search(rf"(?<![A-Za-z\\]){name}(?![A-Za-z])", text)
    }
    usual |= check.sizes or {}
    return [dict(zip(usual, row, strict=True)) for row in product(*usual.values())]


def source(given):
    """The LaTeX of a given: an equation by its tag, or the LaTeX itself."""
    return equations().get(given, given)


def with_indices(check, equation, conditions, sizes, world):
    conditions = (conditions,) if isinstance(conditions, str) else conditions
    scope = situation(check, conditions, sizes, world)
    ranges = {**RANGES, **check.ranges}
    label = ", ".join(
        [*conditions, *(f"{name} = {number}" for name, number in sizes.items())]
    )
    rows = [(label, scope)]
    for index in sorted(free_indices(parse(equation)) - set(sizes), key="ltjkiq".index):
        rows = [
            extended for row in rows for extended in index_rows(row, index, ranges[index])
        ]
    return rows


def index_rows(row, index, upto):
    label, scope = row
    last = int(evaluate(parse_expression(upto), scope))
    return [
        (
            f"{label}, {index} = {number}".lstrip(", "),
            scope.bind({plain(index): scope.world.number(number)}),
        )
        for number in range(1, last + 1)
    ]


def free_indices(node):
    """The index letters that no sum or product runs over."""
    if node.op in {"sum", "prod"}:
        index, low, high, body = node.args
        return (
            free_indices(low) | free_indices(high) | (free_indices(body) - names(index))
        )
    own = {node.args[0].base} & set("ijklq") if node.op == "name" else set()
    return own.union(*(free_indices(child) for _, child in children(node)))


def situation(check, conditions, sizes, world):
    """The Scope of one case: domains first, then definitions, then strict orders such as a > y."""
    statements = [source(each) for each in (*check.given, *conditions)]
    trees = [parse(each) for each in statements]
    bounded = [tree for tree in trees if is_domain(tree)]
    ranges = {GAP: (0, None), **domains(), **dict(domain(tree) for tree in bounded)}
    scope = Scope(world(ranges), families=check.families)
    scope = scope.bind(
        {plain(name): scope.world.number(number) for name, number in sizes.items()}
    )
    for statement, tree in zip(statements, trees, strict=True):
        if tree.args[1][0] == "=":
            scope = scope.define(*definition(statement))
        elif tree not in bounded:
            scope = ordered(scope, tree)
    return scope


def is_domain(chain):
    """0 < a < 1, or an order against a number."""
    sides, signs = chain.args
    bounds = sides[::2] if len(sides) == 3 else sides[1:]
    return signs[0] != "=" and all(side.op == "num" for side in bounds)


def ordered(scope, chain):
    """a > y or a < y, by an unknown positive difference."""
    (left, right), (sign,) = chain.args
    gap = scope.world.symbol(plain(GAP))
    at = evaluate(right, scope)
    return scope.bind({plain(left.args[0].base): at + gap if sign == ">" else at - gap})
