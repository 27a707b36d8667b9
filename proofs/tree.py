"""What an equation is once it has been read: a tree of nodes, and its way back into LaTeX."""

from typing import NamedTuple


class Node(NamedTuple):
    """One operation of an equation.

    Parameters
    ----------
    op : str
        What the node is, such as "add" or "name": a key of `WRITE`.
    args : tuple
        Its arguments: nodes, tuples of nodes, or plain values.
    """

    op: str
    args: tuple


class Name(NamedTuple):
    """A symbol such as Z_j^{[l] (i)}, the one argument of a node "name".

    Parameters
    ----------
    base : str
        The letter or the word, such as "Z", "theta", "dW" or "n_x".
    layer : Node, optional
        What stands in square brackets.
    example : Node, optional
        What stands in round brackets.
    subs : tuple of Node
        The indices below.
    """

    base: str
    layer: Node | None = None
    example: Node | None = None
    subs: tuple = ()


GREEK = {"theta", "sigma", "alpha", "eta", "lambda", "ell", "pi"}
# Subscripts that tell two names apart and count nothing, as in n_x or m_-.
LABELS = {"x", "y", "B", "-", "+"}
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


def named(base, **indices):
    """Return the node of a name.

    Parameters
    ----------
    base : str
        The letter or the word.
    **indices
        Its layer, example and subs, as `Name` takes them.

    Returns
    -------
    Node
        The node "name".
    """
    return Node("name", (Name(base, **indices),))


def children(node):
    """List the nodes directly below a node.

    Parameters
    ----------
    node : Node
        The node above them.

    Returns
    -------
    list of tuple
        (path, node) of each. A path is a tuple of indices, to be followed one by one from
        the node above: nodes, names and the tuples in them are all indexed alike.
    """
    return list(_nodes_in(node.args, (1,)))


def _nodes_in(items, path):
    """Yield (path, node) of the first nodes that are found inside a tuple."""
    for index, item in enumerate(items):
        if isinstance(item, Node):
            yield (*path, index), item
        elif isinstance(item, tuple):
            yield from _nodes_in(item, (*path, index))


def walk(node, path=()):
    """Visit a node and all nodes below it.

    Parameters
    ----------
    node : Node
        Where to begin.
    path : tuple of int, optional
        The path that leads to it.

    Yields
    ------
    tuple
        (path, node) of each, the first being the node itself.
    """
    yield path, node
    for step, child in children(node):
        yield from walk(child, (*path, *step))


def follow(whole, path):
    """Return the node at the end of a path.

    Parameters
    ----------
    whole : Node
        The tree.
    path : tuple of int
        A path that `walk` gave.

    Returns
    -------
    Node
        The node there.
    """
    for index in path:
        whole = whole[index]
    return whole


def replace_at(whole, path, value):
    """Return a copy of a tree with one node replaced.

    Parameters
    ----------
    whole : Node
        The tree, which stays as it is.
    path : tuple of int
        The path to the node to replace.
    value : Node
        What to put there.

    Returns
    -------
    Node
        The new tree.
    """
    if not path:
        return value
    index, *rest = path
    parts = list(whole)
    parts[index] = replace_at(whole[index], rest, value)
    return tuple(parts) if type(whole) is tuple else type(whole)(*parts)


def names(node):
    """Return the names that occur in a tree.

    Parameters
    ----------
    node : Node
        The tree.

    Returns
    -------
    set of str
        Their bases, without indices.
    """
    return {below.args[0].base for _, below in walk(node) if below.op == "name"}


def latex(node):
    """Write a tree as LaTeX.

    Parameters
    ----------
    node : Node
        The tree.

    Returns
    -------
    str
        The LaTeX; `parse` reads it as the same tree.
    """
    return WRITE[node.op](*node.args)


def _write_base(base):
    """Write a name without its indices."""
    stem, underscore, label = base.partition("_")
    if stem[0] == "d" and len(stem) > 1:
        return "d" + _write_base(base[1:])
    return (f"\\{stem}" if stem in GREEK else stem) + underscore + label


def _write_name(name):
    """Write a name with its indices."""
    above = [f"[{latex(name.layer)}]"] if name.layer else []
    above += [f"({latex(name.example)})"] if name.example else []
    below = "".join(map(latex, name.subs))
    return _write_base(name.base) + _script("_", below) + _script("^", " ".join(above))


def _script(sign, written):
    """Write what stands below or above a name, if anything does."""
    return f"{sign}{{{written}}}" if written else ""


def _write_call(function, primes, bare, *arguments):
    """Write a call of a function; a bare one has its argument without brackets."""
    command = function if function in {"g", "u", "v", "J"} else f"\\{function}"
    head = command + "'" * primes
    inside = ", ".join(map(latex, arguments))
    return f"{head} {inside}" if bare else f"{head}({inside})"


def _write_chain(sides, relations):
    """Write sides with the relations between them."""
    first, *rest = map(latex, sides)
    links = zip(relations, rest, strict=True)
    return first + "".join(f" {RELATION_LATEX[sign]} {side}" for sign, side in links)


def _write_cases(rows):
    """Write a distinction of cases."""
    written = [
        f"{latex(each)} & \\text{{if }} {latex(condition)}" for each, condition in rows
    ]
    return r"\begin{cases} " + r" \\ ".join(written) + r" \end{cases}"


def _write_derivative(sign, top, variable):
    """Write a derivative as a fraction, without what is differentiated where top is None."""
    upper = f"{sign} {latex(top)}" if top else sign
    return rf"\frac{{{upper}}}{{{sign} {latex(variable)}}}"


def _write_big(command):
    """Return the writer of a sum or a product over an index."""

    def write(index, low, high, body):
        lower, upper = f"{latex(index)}={latex(low)}", latex(high)
        return rf"{command}_{{{lower}}}^{{{upper}}} {latex(body)}"

    return write


def _write_limit(variable, point, body):
    """Write a limit."""
    return rf"\lim_{{{latex(variable)} \to {point}}} {latex(body)}"


def _write_differentiated(sign, variable, body):
    """Write the derivative of an expression."""
    return f"{_write_derivative(sign, None, variable)} {latex(body)}"


def _fill(pattern):
    """Return the writer that puts the LaTeX of its arguments into a pattern, for each @."""

    def write(*arguments):
        first, *rest = pattern.split("@")
        pieces = zip(map(latex, arguments), rest, strict=True)
        return first + "".join(written + text for written, text in pieces)

    return write


WRITE = {
    "num": str,
    "name": _write_name,
    "group": _fill("(@)"),
    "add": _fill("@ + @"),
    "sub": _fill("@ - @"),
    "neg": _fill("-@"),
    "mul": _fill("@ @"),
    "dot": _fill(r"@ \cdot @"),
    "odot": _fill(r"@ \odot @"),
    "over": _fill("@ / @"),
    "frac": _fill(r"\frac{@}{@}"),
    "pow": _fill("@^{@}"),
    "top": _fill(r"@^\top"),
    "abs": _fill("|@|"),
    "sqrt": _fill(r"\sqrt{@}"),
    "ceil": _fill(r"\lceil @ \rceil"),
    "call": _write_call,
    "sum": _write_big(r"\sum"),
    "prod": _write_big(r"\prod"),
    "lim": _write_limit,
    "ratio": _write_derivative,
    "diff": _write_differentiated,
    "cases": _write_cases,
    "brace": _fill(r"\underbrace{@}_{(@, @)}"),
    "chain": _write_chain,
    "iff": _fill(r"@ \iff @"),
    "implies": _fill(r"@ \implies @"),
}
