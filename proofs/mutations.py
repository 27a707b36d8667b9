"""Planted faults: each equation with one thing changed, as a slip of the pen would change it."""

from decimal import Decimal
from itertools import combinations

from proofs.judge import Obligation, same_value
from proofs.parser import FormulaError, free
from proofs.tree import Node, follow, named, names, replace_at, walk

ONE, TWO = Node("num", ("1",)), Node("num", ("2",))
COUNTS = set("ijklqtmLB")  # indices and sizes, for which a slip of the pen puts a number
SHIFTED = {"<": "≤", "≤": "<", ">": "≥", "≥": ">"}
TURNED = {"<": ">", ">": "<", "≤": "≥", "≥": "≤"}
DROPPED = {"log", "tanh", "sigma"}  # functions that a slip of the pen leaves out
OTHER_BIG = {"sum": "prod", "prod": "sum"}
FATES = "refused", "equal, symbolically", "equal, by value", "MISSED"
INDICES = set("ijklqt")  # exchanged by a fault of their own, not as symbols


def mutants(node):
    """Plant one fault at each place where it fits.

    Parameters
    ----------
    node : Node
        The tree of an equation.

    Returns
    -------
    list of tuple
        (what was done, tree) of each.
    """
    found = [
        (what, replace_at(node, path, wrong))
        for path, below in walk(node)
        for what, wrong in _faults_of(below).items()
    ]
    for path, side in sides(node):
        found += [
            (what, replace_at(node, path, wrong)) for what, wrong in _faults_of_side(side)
        ]
    return [(what, wrong) for what, wrong in found if wrong != node]


def sides(node):
    """Return the sides of every chain that claims something, not those of conditions of cases.

    Parameters
    ----------
    node : Node
        The tree of an equation.

    Returns
    -------
    list of tuple
        (path, side) of each.
    """
    return [
        ((*path, 1, 0, index), side)
        for path, chain in _claims(node)
        for index, side in enumerate(chain.args[0])
    ]


def last_place(number):
    """Return how much one unit counts in the last digit of a number as it is written.

    Parameters
    ----------
    number : Decimal
        The number, such as 0.50.

    Returns
    -------
    Decimal
        The unit, such as 0.01.
    """
    return Decimal(1).scaleb(number.as_tuple().exponent)


def negative(side):
    """Put a minus before a side.

    Parameters
    ----------
    side : Node
        The side.

    Returns
    -------
    Node
        Its negative.
    """
    return Node("neg", (Node("group", (side,)),))


def audit(tag, checks):
    """Judge an equation with every fault that can be planted in it.

    Parameters
    ----------
    tag : str
        Its number.
    checks : sequence of Check
        How it is proven.

    Returns
    -------
    list of tuple
        (fate, what was done, tree) of each fault. The fate is "refused"; "equal,
        symbolically" or "equal, by value" where the fault leaves every value as it was; or
        "MISSED".
    """
    obligations = [Obligation(tag, check) for check in checks]
    planted = mutants(obligations[0].node)
    return [(fate_of(obligations, wrong), what, wrong) for what, wrong in planted]


def fate_of(obligations, wrong):
    """Say what becomes of a planted fault.

    Parameters
    ----------
    obligations : list of Obligation
        How the equation is proven.
    wrong : Node
        The tree with the fault.

    Returns
    -------
    str
        One of `FATES`.
    """
    if any(refuses(obligation, wrong) for obligation in obligations):
        return "refused"
    if not all(_same_values(obligation, wrong) for obligation in obligations):
        return "MISSED"
    shown = any(_same_symbols(obligation, wrong) for obligation in obligations)
    return "equal, symbolically" if shown else "equal, by value"


def refuses(obligation, wrong):
    """Return whether a faulty tree is refused.

    Parameters
    ----------
    obligation : Obligation
        How the equation is proven, or anything else with a method `judge`.
    wrong : Node
        The tree with the fault.

    Returns
    -------
    bool
        True where it is.
    """
    try:
        obligation.judge(wrong)
    except FormulaError:
        return True
    return False


def _claims(node):
    """Return (path, chain) of the chains that an equation claims."""
    if node.op == "chain":
        return [((), node)]
    return [((1, part), chain) for part, chain in enumerate(node.args)]


# Faults of one node: {what was done: the node instead}


def _faults_of(node):
    """Return the faults of a node."""
    return FAULTS[node.op](node) if node.op in FAULTS else {}


def _number_faults(node):
    """Return n + 1 for n, and 0.6 for 0.5: so for factors, exponents, bounds and layers alike."""
    number = Decimal(node.args[0])
    return {"number changed": Node("num", (str(number + last_place(number)),))}


def _dropped(node):
    """Return each of two operands without the other."""
    a, b = node.args
    return {"first dropped": b, "second dropped": a}


def _turned(node):
    """Return an operation with its operands exchanged, or without one of them."""
    return {"turned round": Node(node.op, node.args[::-1]), **_dropped(node)}


def _replaced_by(op, what):
    """Return the faults of an operation that another may stand in for."""
    return lambda node: {what: Node(op, node.args), **_dropped(node)}


def _difference_faults(node):
    """Return the faults of a difference."""
    return {"sign flipped": Node("add", node.args), **_turned(node)}


def _power_faults(node):
    """Return the faults of a power."""
    base, exponent = node.args
    return {
        "exponent dropped": base,
        "exponent changed": Node("pow", (base, Node("add", (exponent, ONE)))),
    }


def _bound_faults(node):
    """Return a sum or a product with a bound moved."""
    index, low, high, body = node.args
    above, below = Node("add", (low, ONE)), Node("sub", (high, ONE))
    return {
        "lower bound moved": Node(node.op, (index, above, high, body)),
        "upper bound moved": Node(node.op, (index, low, below, body)),
    }


def _sum_faults(node):
    """Return a sum or a product with a bound moved, as the other of the two, and its body."""
    exchanged = Node(OTHER_BIG[node.op], node.args)
    others = {"sum and product exchanged": exchanged, "sum dropped": node.args[3]}
    return _bound_faults(node) | others


def _call_faults(node):
    """Return the faults of a function: without itself, a prime, or one of two arguments."""
    function, primes, bare, *arguments = node.args
    faults = _argument_faults(node) if len(arguments) == 2 else {}
    if function in DROPPED:
        faults[f"{function} dropped"] = Node("group", (arguments[0],))
    if primes:
        faults["prime dropped"] = Node("call", (function, 0, bare, *arguments))
    return faults


def _argument_faults(node):
    """Return the faults of a function with two arguments."""
    *head, a, b = node.args
    turned = Node("call", (*head, b, a))
    return {"arguments exchanged": turned, "second argument alone": b}


def _name_faults(node):
    """Return a name with indices exchanged, moved or left out."""
    name = node.args[0]
    changes = _subscript_changes(name)
    if name.example:
        changes["example dropped"] = {"example": None}
    if name.layer:
        changes["layer moved"] = {"layer": Node("add", (name.layer, ONE))}
    return {what: Node("name", (name._replace(**new),)) for what, new in changes.items()}


def _subscript_changes(name):
    """Return {what is done: changed fields} of the indices below a name."""
    changes = {}
    if len(name.subs) == 2:
        changes["indices exchanged"] = {"subs": name.subs[::-1]}
    if name.subs and name.base not in INDICES:
        changes["index dropped"] = {"subs": ()}
    return changes


def _case_faults(node):
    """Return a distinction with two values exchanged, or without one of its cases."""
    rows = node.args[0]
    (a, on_a), (b, on_b), *rest = rows
    exchanged = (b, on_a), (a, on_b), *rest
    faults = {"values of two cases exchanged": exchanged, **_fewer_cases(rows)}
    return {what: Node("cases", (changed,)) for what, changed in faults.items()}


def _fewer_cases(rows):
    """Return {what is done: rows} where one of them is left out."""
    without = [rows[:index] + rows[index + 1 :] for index in range(len(rows))]
    return {f"case {number} dropped": fewer for number, fewer in enumerate(without, 1)}


def _relation_faults(node):
    """Return a chain with an inequality turned round, or its border moved."""
    chain, signs = node.args
    return {
        f"{what} in link {index + 1}": Node("chain", (chain, changed))
        for index, sign in enumerate(signs)
        for what, table in (("border moved", SHIFTED), ("relation turned", TURNED))
        for changed in _with_sign(signs, index, table.get(sign))
    }


def _with_sign(signs, index, sign):
    """Return [signs with one replaced]; nothing where there is no other sign."""
    return [(*signs[:index], sign, *signs[index + 1 :])] if sign else []


def _brace_faults(node):
    """Return an expression with the shape below it turned round."""
    inside, rows, columns = node.args
    return {"shape turned": Node("brace", (inside, columns, rows))}


def _removed(what, argument=0):
    """Return the fault that leaves one argument of a node alone."""
    return lambda node: {what: node.args[argument]}


def _ungrouped(what):
    """Return the fault that leaves the argument of a node in brackets."""
    return lambda node: {what: Node("group", node.args)}


FAULTS = {
    "num": _number_faults,
    "add": _replaced_by("sub", "sign flipped"),
    "sub": _difference_faults,
    "neg": _removed("minus dropped"),
    "mul": _dropped,
    "dot": _dropped,
    "odot": _replaced_by("mul", "matrix product"),
    "over": _turned,
    "frac": _turned,
    "pow": _power_faults,
    "top": _removed("transpose dropped"),
    "abs": _ungrouped("bars dropped"),
    "sqrt": _ungrouped("root dropped"),
    "ceil": _ungrouped("brackets dropped"),
    "sum": _sum_faults,
    "prod": _sum_faults,
    "lim": _removed("limit dropped", 2),
    "diff": _removed("derivative dropped", 2),
    "call": _call_faults,
    "name": _name_faults,
    "cases": _case_faults,
    "chain": _relation_faults,
    "brace": _brace_faults,
}


# Faults of a whole side


def _faults_of_side(side):
    """Return [(what was done, side)]: a minus before it, two symbols exchanged, an index fixed."""
    exchanged = [
        (f"{a} and {b} exchanged", _exchanged(side, {a: b, b: a}))
        for a, b in combinations(sorted(names(side) - INDICES), 2)
    ]
    return [("minus put before a side", negative(side)), *exchanged, *_with_fixed(side)]


def _with_fixed(side):
    """Return [(what was done, side)] for each index and size in a side."""
    return [(f"{each} fixed", _fixed(side, each)) for each in sorted(free(side) & COUNTS)]


def _fixed(side, index):
    """Return a side with the number 2 for an index or a size, as if there were one of them."""
    for path, below in walk(side):
        if below == named(index):
            side = replace_at(side, path, TWO)
    return side


def _exchanged(side, pairs):
    """Return a side with the bases of some names replaced by others."""
    for path, below in walk(side):
        if below.op == "name" and below.args[0].base in pairs:
            name = follow(side, path).args[0]  # whose own indices may have changed by now
            changed = name._replace(base=pairs[name.base])
            side = replace_at(side, path, Node("name", (changed,)))
    return side


# The audit


def _same_values(obligation, wrong):
    """Return whether a faulty tree claims the same relations between equal sides everywhere."""
    if obligation.node.op == "implies" and wrong.args[0] == obligation.node.args[0]:
        return _same_values(obligation.implication(obligation.node), wrong.args[1])
    pairs = _pairs(obligation.node, wrong)
    return _relations(obligation.node) == _relations(wrong) and all(
        _is_same(right, other, scope)
        for _, scope in obligation.evaluated
        for right, other in pairs
    )


def _same_symbols(obligation, wrong):
    """Return whether SymPy shows that every side kept its value."""
    if obligation.check.network is not None or obligation.node.op != "chain":
        return False
    pairs = _pairs(obligation.node, wrong)
    return all(
        right == other or obligation.is_proven(right, other) for right, other in pairs
    )


def _pairs(node, wrong):
    """Return the sides of two trees, pair by pair."""
    pairs = zip(sides(node), sides(wrong), strict=True)
    return [(right, other) for (_, right), (_, other) in pairs]


def _relations(node):
    """Return the signs of the chains that an equation claims."""
    return [chain.args[1] for _, chain in _claims(node)]


def _is_same(right, other, scope):
    """Return whether two sides have the same value; one that means nothing has none."""
    try:
        return right == other or same_value(right, other, scope)
    except FormulaError:
        return False
