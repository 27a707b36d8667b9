"""What an equation is once it has been read: a tree of nodes, and its way back into LaTeX."""

from typing import NamedTuple


class Node(NamedTuple):
    """One operation with its arguments: nodes, or plain values where WRITE says so."""

    op: str
    args: tuple

    def replaced(self, index, argument):
        """The same node with one argument replaced."""
        return Node(self.op, (*self.args[:index], argument, *self.args[index + 1 :]))


class Name(NamedTuple):
    """A symbol such as Z_j^{[l] (i)}: the arguments of a `name` node."""

    base: str
    layer: Node | None = None
    example: Node | None = None
    subs: tuple = ()


GREEK = {"theta", "sigma", "alpha", "eta", "lambda", "ell", "pi"}
LABELS = {
    "x",
    "y",
    "B",
    "-",
    "+",
}  # a subscript that tells two names apart and counts nothing: n_x, m_-
RELATIONS = {
    "=": "=",
    r"\approx": "≈",
    "<": "<",
    ">": ">",
    r"\le": "≤",
    r"\ge": "≥",
    r"\ne": "≠",
}
RELATION_LATEX = {sign: command for command, sign in RELATIONS.items()}


def children(node):
    """[(path, node)] of the nodes right below: a path leads from a node's args to one argument."""
    if node.op == "name":
        name = node.args[0]
        found = [((0, 1), name.layer), ((0, 2), name.example)]
        found += [((0, 3, index), sub) for index, sub in enumerate(name.subs)]
        return [(path, child) for path, child in found if isinstance(child, Node)]
    found = []
    for index, argument in enumerate(node.args):
        found += (
            [((index,), argument)]
            if isinstance(argument, Node)
            else nested(argument, (index,))
        )
    return found


def nested(argument, path):
    """The nodes in an argument that is a tuple: the sides of a chain, the rows of cases."""
    if not isinstance(argument, tuple):
        return []
    found = []
    for index, item in enumerate(argument):
        found += (
            [((*path, index), item)]
            if isinstance(item, Node)
            else nested(item, (*path, index))
        )
    return found


def put(container, path, value):
    """A copy of a node, a Name or a tuple with the value at the path replaced."""
    if not path:
        return value
    index, rest = path[0], path[1:]
    if isinstance(container, Node):
        return container.replaced(index, put(container.args[index], rest, value))
    items = [
        put(item, rest, value) if place == index else item
        for place, item in enumerate(container)
    ]
    return Name(*items) if isinstance(container, Name) else tuple(items)


def walk(node):
    """The node and all nodes below it, each with the paths that lead there from the top."""
    yield (), node
    for path, child in children(node):
        for rest, below in walk(child):
            yield (path, *rest), below


def put_deep(node, paths, value):
    """The node with the node at the end of a walk's paths replaced."""
    if not paths:
        return value
    below = node
    below = follow(below, paths[0])
    return put(node, paths[0], put_deep(below, paths[1:], value))


def follow(node, path):
    item = node.args
    for index in path:
        item = item[index]
    return item


def names(node):
    """The bases of all names below a node."""
    return {below.args[0].base for _, below in walk(node) if below.op == "name"}


def latex(node):
    """The LaTeX of a node."""
    return WRITE[node.op](*node.args)


def write_base(base):
    stem, label = base.split("_") if "_" in base else (base, "")
    if stem[0] == "d" and len(stem) > 1:
        return "d" + write_base(base[1:])
    return (f"\\{stem} " if stem in GREEK else stem).strip() + (
        f"_{label}" if label else ""
    )


def write_name(name):
    top = [f"[{latex(name.layer)}]"] if name.layer else []
    top += [f"({latex(name.example)})"] if name.example else []
    subs = "".join(latex(sub) for sub in name.subs)
    return (
        write_base(name.base)
        + (f"_{{{subs}}}" if subs else "")
        + (f"^{{{' '.join(top)}}}" if top else "")
    )


def write_call(function, primes, bare, *arguments):
    head = f"\\{function}" if function not in {"g", "u", "v", "J"} else function
    inside = (
        latex(arguments[0])
        if bare
        else f"({', '.join(latex(argument) for argument in arguments)})"
    )
    return head + "'" * primes + (" " if bare else "") + inside


def write_chain(sides, relations):
    rest = [
        f" {RELATION_LATEX[sign]} {latex(side)}"
        for sign, side in zip(relations, sides[1:], strict=True)
    ]
    return latex(sides[0]) + "".join(rest)


def write_cases(rows):
    inside = r" \\ ".join(
        f"{latex(value)} & \\text{{if }} {latex(condition)}" for value, condition in rows
    )
    return rf"\begin{{cases}} {inside} \end{{cases}}"


def write_derivative(sign, top, variable):
    upper = f"{sign} {latex(top)}" if top else sign
    return rf"\frac{{{upper}}}{{{sign} {latex(variable)}}}"


WRITE = {
    "num": lambda text: text,
    "name": write_name,
    "group": lambda inside: f"({latex(inside)})",
    "add": lambda a, b: f"{latex(a)} + {latex(b)}",
    "sub": lambda a, b: f"{latex(a)} - {latex(b)}",
    "neg": lambda a: f"-{latex(a)}",
    "mul": lambda a, b: f"{latex(a)} {latex(b)}",
    "dot": lambda a, b: rf"{latex(a)} \cdot {latex(b)}",
    "odot": lambda a, b: rf"{latex(a)} \odot {latex(b)}",
    "over": lambda a, b: f"{latex(a)} / {latex(b)}",
    "frac": lambda a, b: rf"\frac{{{latex(a)}}}{{{latex(b)}}}",
    "pow": lambda a, b: f"{latex(a)}^{{{latex(b)}}}",
    "top": lambda a: rf"{latex(a)}^\top",
    "abs": lambda a: f"|{latex(a)}|",
    "sqrt": lambda a: rf"\sqrt{{{latex(a)}}}",
    "ceil": lambda a: rf"\lceil {latex(a)} \rceil",
    "call": write_call,
    "sum": lambda index, low, high, body: (
        rf"\sum_{{{latex(index)}={latex(low)}}}^{{{latex(high)}}} {latex(body)}"
    ),
    "prod": lambda index, low, high, body: (
        rf"\prod_{{{latex(index)}={latex(low)}}}^{{{latex(high)}}} {latex(body)}"
    ),
    "lim": lambda variable, point, body: (
        rf"\lim_{{{latex(variable)} \to {point}}} {latex(body)}"
    ),
    "ratio": write_derivative,
    "diff": lambda sign, variable, body: (
        f"{write_derivative(sign, None, variable)} {latex(body)}"
    ),
    "cases": write_cases,
    "brace": lambda a, rows, columns: (
        rf"\underbrace{{{latex(a)}}}_{{({latex(rows)}, {latex(columns)})}}"
    ),
    "chain": write_chain,
    "iff": lambda a, b: rf"{latex(a)} \iff {latex(b)}",
    "implies": lambda a, b: rf"{latex(a)} \implies {latex(b)}",
}
