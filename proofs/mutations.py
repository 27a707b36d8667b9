"""Planted faults: each tree with one thing changed, as a slip of the pen would change it."""

from itertools import combinations

from proofs.check import Obligation
from proofs.meaning import UNDEFINED, value
from proofs.parser import Refused
from proofs.tree import Name, Node, follow, put_deep, walk

ONE = Node("num", ("1",))
SHIFTED = {"<": "≤", "≤": "<", ">": "≥", "≥": ">"}
TURNED = {"<": ">", ">": "<", "≤": "≥", "≥": "≤"}
BOUND = set("ijklqt")  # indices: exchanged by their own fault, not as symbols


def plus_one(node):
    """n + 1 for a number, so for factors, exponents, bounds, shapes and layers alike."""
    return Node("num", (str(int(node.args[0]) + 1),))


def first(node):
    return node.args[0]


def sum_faults(node):
    """A bound moved at either end, or a product in the place of a sum."""
    op, (index, low, high, body) = node.op, node.args
    return {
        "lower bound moved": Node(op, (index, Node("add", (low, ONE)), high, body)),
        "upper bound moved": Node(op, (index, low, Node("sub", (high, ONE)), body)),
        "sum and product exchanged": Node({"sum": "prod", "prod": "sum"}[op], node.args),
        "sum dropped": body,
    }


def call_faults(node):
    function, primes, bare, *arguments = node.args
    faults = (
        {f"{function} dropped": Node("group", (arguments[0],))}
        if function in {"log", "tanh", "sigma"}
        else {}
    )
    if primes:
        faults["prime dropped"] = Node("call", (function, 0, bare, *arguments))
    if len(arguments) == 2:
        faults["arguments exchanged"] = Node(
            "call", (function, primes, bare, *arguments[::-1])
        )
        faults["second argument alone"] = arguments[1]
    return faults


def name_faults(node):
    """Indices exchanged, a layer or an example left out."""
    name = node.args[0]
    faults = {}
    if len(name.subs) == 2:
        faults["indices exchanged"] = Node("name", (name._replace(subs=name.subs[::-1]),))
    if name.example:
        faults["example dropped"] = Node("name", (name._replace(example=None),))
    if name.layer:
        faults["layer moved"] = Node(
            "name", (name._replace(layer=Node("add", (name.layer, ONE))),)
        )
    if name.subs and name.base not in BOUND:
        faults["index dropped"] = Node("name", (name._replace(subs=()),))
    return faults


def case_faults(node):
    """Two values exchanged, or one case dropped."""
    rows = node.args[0]
    (a, on_a), (b, on_b), *rest = rows
    faults = {
        "values of two cases exchanged": Node("cases", (((b, on_a), (a, on_b), *rest),))
    }
    fewer = [
        Node("cases", (rows[:index] + rows[index + 1 :],)) for index in range(len(rows))
    ]
    return faults | {f"case {index} dropped": node for index, node in enumerate(fewer, 1)}


def relation_faults(node):
    """An inequality turned round, or its border moved; a condition with = taken as ≠."""
    sides, signs = node.args
    faults = {}
    for index, sign in enumerate(signs):
        for what, table in (("border moved", SHIFTED), ("relation turned", TURNED)):
            if sign in table:
                changed = (*signs[:index], table[sign], *signs[index + 1 :])
                faults[f"{what} in link {index + 1}"] = Node("chain", (sides, changed))
    return faults


def turned(node):
    return {"turned round": Node(node.op, node.args[::-1])}


def power_faults(node):
    base, exponent = node.args
    return {
        "exponent dropped": base,
        "exponent changed": Node("pow", (base, Node("add", (exponent, ONE)))),
    }


def odd_ones_out(node):
    a, b = node.args
    return {"first dropped": b, "second dropped": a}


FAULTS = {
    "num": lambda node: {"number changed": plus_one(node)},
    "add": lambda node: {"sign flipped": Node("sub", node.args), **odd_ones_out(node)},
    "sub": lambda node: {
        "sign flipped": Node("add", node.args),
        **turned(node),
        **odd_ones_out(node),
    },
    "neg": lambda node: {"minus dropped": first(node)},
    "mul": odd_ones_out,
    "dot": odd_ones_out,
    "odot": lambda node: {"matrix product": Node("mul", node.args), **odd_ones_out(node)},
    "over": lambda node: {**turned(node), **odd_ones_out(node)},
    "frac": lambda node: {**turned(node), **odd_ones_out(node)},
    "pow": power_faults,
    "top": lambda node: {"transpose dropped": first(node)},
    "abs": lambda node: {"bars dropped": Node("group", node.args)},
    "sqrt": lambda node: {"root dropped": Node("group", node.args)},
    "ceil": lambda node: {"brackets dropped": Node("group", node.args)},
    "sum": sum_faults,
    "prod": sum_faults,
    "lim": lambda node: {"limit dropped": node.args[2]},
    "diff": lambda node: {"derivative dropped": node.args[2]},
    "call": call_faults,
    "name": name_faults,
    "cases": case_faults,
    "chain": relation_faults,
    "brace": lambda node: {
        "shape turned": Node("brace", (first(node), *node.args[:0:-1]))
    },
}


def mutants(node):
    """[(what was done, tree)]: one fault at each place where it fits; minus and exchanged symbols side by side."""
    found = [
        (what, put_deep(node, paths, wrong))
        for paths, below in walk(node)
        for what, wrong in FAULTS.get(below.op, lambda _: {})(below).items()
    ]
    for paths, side in sides(node):
        found.append(("minus put before a side", put_deep(node, paths, negative(side))))
        found += [(what, put_deep(node, paths, wrong)) for what, wrong in exchanged(side)]
    return [(what, wrong) for what, wrong in found if wrong != node]


def sides(node):
    """The sides of every chain that claims something, with their paths; conditions of cases are not among them."""
    if node.op == "chain":
        return [(((0, index),), side) for index, side in enumerate(node.args[0])]
    return [
        (((part,), *paths), side)
        for part, chain in enumerate(node.args)
        for paths, side in sides(chain)
    ]


def negative(side):
    return Node("neg", (Node("group", (side,)),))


def exchanged(side):
    """Two symbols of one side, each in the other's places."""
    bases = sorted(
        {below.args[0].base for _, below in walk(side) if below.op == "name"} - BOUND
    )
    return [
        (f"{a} and {b} exchanged", swapped(side, {a: b, b: a}))
        for a, b in combinations(bases, 2)
    ]


def swapped(node, pairs):
    for paths, below in walk(node):
        if below.op == "name" and below.args[0].base in pairs:
            name = follow_all(node, paths).args[0]
            node = put_deep(
                node, paths, Node("name", (Name(pairs[below.args[0].base], *name[1:]),))
            )
    return node


def follow_all(node, paths):
    for path in paths:
        node = follow(node, path)
    return node


# --- the audit


def fate(obligations, wrong):
    """'refused', 'equal, ...' where the fault leaves every value as it was, or 'MISSED'."""
    if any(refuses(obligation, wrong) for obligation in obligations):
        return "refused"
    if not all(same_values(obligation, wrong) for obligation in obligations):
        return "MISSED"
    shown = any(same_symbols(obligation, wrong) for obligation in obligations)
    return "equal, symbolically" if shown else "equal, by value"


def refuses(obligation, wrong):
    try:
        obligation.judge(wrong)
    except Refused:
        return True
    return False


def same_values(obligation, wrong):
    """True where the faulty tree claims the same relations between sides of the same value, in every situation."""
    if obligation.node.op == "implies" and wrong.args[0] == obligation.node.args[0]:
        return same_values(obligation.implication(obligation.node), wrong.args[1])
    pairs = list(zip(sides(obligation.node), sides(wrong), strict=True))
    return relations(obligation.node) == relations(wrong) and all(
        same(scope, right, other)
        for _, scope in obligation.evaluated
        for (_, right), (_, other) in pairs
    )


def same_symbols(obligation, wrong):
    """True where SymPy shows that every side kept its value."""
    if obligation.check.network is not None or obligation.node.op != "chain":
        return False
    pairs = zip(sides(obligation.node), sides(wrong), strict=True)
    return all(
        right == other or obligation.proven((right, other))
        for (_, right), (_, other) in pairs
    )


def relations(node):
    return [
        below.args[1]
        for paths, below in walk(node)
        if below.op == "chain" and len(paths) < 2
    ]


def same(scope, right, other):
    if right == other:
        return True
    try:
        a, b = value(right, scope), value(other, scope)
    except Refused:
        return False
    return a is b or (UNDEFINED not in (a, b) and bool(scope.world.equal(a, b)))


def audit(tag, checks):
    """[(fate, what, tree)] of every fault planted in one equation."""
    obligations = [Obligation(tag, check) for check in checks]
    return [
        (fate(obligations, wrong), what, wrong)
        for what, wrong in mutants(obligations[0].node)
    ]
