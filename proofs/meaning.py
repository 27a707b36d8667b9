"""What a tree means: one interpreter for all worlds, and the scope that gives names their values."""

import inspect
from collections.abc import Mapping
from contextlib import suppress
from functools import reduce
from types import MappingProxyType
from typing import NamedTuple

from proofs.parser import FormulaError, parse
from proofs.tree import Node, named
from proofs.worlds import Arrays, UndefinedError, World

NOTHING = MappingProxyType({})
COST = {"J()", ("J", False, False, 0)}  # what a definition of the cost J defines
CONSTANTS = {(base, None, None, ()) for base in ("e", "pi")}
ROWS = {"A", "AL", "X", "Y"}  # what a function of dnn_lessons takes as a row of examples


class Definition(NamedTuple):
    """The right side of a defining equation.

    Parameters
    ----------
    parameters : tuple of str
        The names that its left side leaves open: arguments or indices.
    body : Node
        The right side.
    """

    parameters: tuple
    body: Node


class Scope(NamedTuple):
    """A world, and what names mean in it.

    A name is looked up in the tables below in their order; else it is a symbol of the world.

    Parameters
    ----------
    world : World
        The numbers and operations.
    names : Mapping
        {key: value}, a key being (base, layer, example, subs).
    families : Mapping
        {base: function of (scope, layer, example, subs)}, for names with indices.
    functions : Mapping
        {name: function}.
    definitions : Mapping
        {what is defined: Definition}.
    """

    world: World
    names: Mapping = NOTHING
    families: Mapping = NOTHING
    functions: Mapping = NOTHING
    definitions: Mapping = NOTHING

    def bind(self, values):
        """Return a scope in which some names have other values.

        Parameters
        ----------
        values : dict
            {key: value}.

        Returns
        -------
        Scope
            The new scope.
        """
        return self._replace(names={**self.names, **values})

    def bind_number(self, base, number):
        """Return a scope in which a name without indices is a number.

        Parameters
        ----------
        base : str
            The name.
        number : int
            Its value.

        Returns
        -------
        Scope
            The new scope.
        """
        return self.bind({plain(base): self.world.number(number)})

    def define(self, head, body):
        """Return a scope with one more definition.

        Parameters
        ----------
        head, body : Node
            The left side and the right side of the defining equation.

        Returns
        -------
        Scope
            The new scope.
        """
        defined, parameters = _signature_of(head)
        definition = Definition(parameters, body)
        return self._replace(definitions={**self.definitions, defined: definition})


def plain(base):
    """Return the key of a name without indices.

    Parameters
    ----------
    base : str
        The name.

    Returns
    -------
    tuple
        The key.
    """
    return base, None, None, ()


def definition(equation):
    """Return the two sides of a defining equation.

    Parameters
    ----------
    equation : str
        Its LaTeX.

    Returns
    -------
    tuple of Node
        What is defined, and how.

    Raises
    ------
    FormulaError
        Where the first relation is no =.
    """
    sides, signs = parse(equation).args
    if signs[0] != "=":
        raise FormulaError(f"{equation} defines nothing")
    return sides[0], sides[1]


def evaluate(node, scope):
    """Return the value of a tree.

    Parameters
    ----------
    node : Node
        The tree.
    scope : Scope
        What its names mean.

    Returns
    -------
    number or array
        A value of the scope's world.

    Raises
    ------
    UndefinedError
        Where it has no value.
    FormulaError
        Where it means nothing.
    """
    return MEANING[node.op](scope, *node.args)


def value(node, scope):
    """Return the value of one side of an equation.

    Parameters
    ----------
    node : Node
        The side.
    scope : Scope
        What its names mean.

    Returns
    -------
    number, array or None
        A value of the scope's world; None where the side has none, as at a division by 0.

    Raises
    ------
    FormulaError
        Where it means nothing.
    """
    try:
        return evaluate(node, scope)
    except (UndefinedError, ZeroDivisionError):
        return None
    except (TypeError, ValueError, OverflowError, AttributeError, LookupError) as error:
        raise FormulaError(f"cannot be computed: {error}") from error


def holds(chain, scope):
    """Return whether a condition holds.

    Parameters
    ----------
    chain : Node
        Sides with relations between them.
    scope : Scope
        What its names mean.

    Returns
    -------
    bool
        True where each relation holds.
    """
    sides, signs = chain.args
    values = [evaluate(side, scope) for side in sides]
    links = zip(signs, values, values[1:], strict=False)
    return all(scope.world.truth(*link) for link in links)


def ratio_name(top, variable):
    """Return the name under which a table lists the code of a derivative, such as dell/da.

    Parameters
    ----------
    top, variable : Node
        The names that stand above and below.

    Returns
    -------
    str
        The name.
    """
    return f"d{top.args[0].base}/d{variable.args[0].base}"


# Names


def _signature_of(head):
    """Return what the left side of a definition defines, and its parameters."""
    if head.op == "call":
        function, _, _, *arguments = head.args
        return f"{function}()", _bases(arguments)
    if head.op != "name":
        raise FormulaError("only a name or a function can be defined")
    name = head.args[0]
    return _signature(name), _bases(filter(None, (name.layer, name.example, *name.subs)))


def _bases(nodes):
    """Return the bases of some nodes that are names."""
    return tuple(node.args[0].base for node in nodes)


def _signature(name):
    """Return a name with the kinds of its indices in place of the indices."""
    return name.base, name.layer is not None, name.example is not None, len(name.subs)


def _whole(node, scope):
    """Return the value of an index or a bound as an int; None for no index."""
    if node is None:
        return None
    found = evaluate(node, scope)
    with suppress(TypeError, ValueError):
        if int(found) == found:
            return int(found)
    raise FormulaError(f"an index must be a whole number, and is {found}")


def _key_of(name, scope):
    """Return the key of a name, its indices evaluated."""
    layer, example, *subs = (
        _whole(index, scope) for index in (name.layer, name.example, *name.subs)
    )
    _check_layer(scope, layer)
    return name.base, layer, example, tuple(subs)


def _lookup(scope, name):
    """Return the value of a name."""
    key, defined = _key_of(name, scope), _signature(name)
    if key in scope.names:
        return scope.names[key]
    if name.base in scope.families:
        return scope.families[name.base](scope, *key[1:])
    if defined in scope.definitions:
        return _defined(scope, defined, _indices_of(*key))
    return _bare(scope, name, key)


def _indices_of(base, layer, example, subs):
    """Return the indices of a key that are there."""
    return [index for index in (layer, example, *subs) if index is not None]


def _check_layer(scope, layer):
    """Refuse a layer outside a network whose number of layers is known."""
    last = scope.names.get(plain("L"))
    if None not in (layer, last) and not 0 <= layer <= last:
        raise FormulaError(f"there is no layer {layer}")


def _bare(scope, name, key):
    """Return what a name stands for that no table lists with its indices.

    It may be a function without its arguments, which takes the usual ones.
    """
    if key in CONSTANTS:
        return getattr(scope.world, name.base)
    definition = scope.definitions.get(f"{name.base}()")
    if definition:
        return evaluate(definition.body, scope)
    code = scope.functions.get(name.base)
    if code:
        return _from_scope(scope, code)
    return _symbol(scope, name, key)


def _symbol(scope, name, key):
    """Return dW as the derivative of the cost by W where J is defined; else a symbol."""
    if name.base[0] != "d" or not scope.definitions.keys() & COST:
        return scope.world.symbol(key)
    variable = Node("name", (name._replace(base=name.base[1:]),))
    return _ratio(scope, "d", named("J"), variable)


def _defined(scope, defined, arguments):
    """Return the value of something that is defined, for its arguments or indices."""
    parameters, body = scope.definitions[defined]
    values = zip(map(plain, parameters), arguments, strict=True)
    return evaluate(body, scope.bind(dict(values)))


# Functions


def _from_scope(scope, function):
    """Call a Python function with arguments from the scope, by its parameters' names."""
    parameters = inspect.signature(function).parameters
    return function(*[_gathered(scope, parameter) for parameter in parameters])


def _gathered(scope, parameter):
    """Return the value of a name; for A, X or Y the row of a, x or y over all m examples."""
    if parameter not in ROWS:
        return evaluate(named(parameter), scope)
    name = named(parameter[0].lower(), example=named("i"))
    examples = range(1, int(scope.names[plain("m")]) + 1)
    return [[evaluate(name, scope.bind_number("i", i)) for i in examples]]


def _call(scope, function, primes, _, *arguments):
    """Return the value of a function."""
    values = [evaluate(argument, scope) for argument in arguments]
    return _applied(scope, function, primes, values)


def _applied(scope, function, primes, values):
    """Return a function of values; g' is derived from g unless a table lists it."""
    known, defined = scope.functions.get(function + "'" * primes), f"{function}()"
    if known:
        return known(*values)
    if primes:
        return scope.world.slope(_without_prime(scope, function, primes), *values)
    if defined in scope.definitions:
        return _defined(scope, defined, values)
    return (scope.world.functions.get(function) or scope.world.free(function))(*values)


def _without_prime(scope, function, primes):
    """Return the function of one value that has a prime less."""
    return lambda x: _applied(scope, function, primes - 1, [x])


# Operations


def _unary(function):
    """Return the meaning of a function of the world with one argument."""
    return lambda scope, a: scope.world.functions[function](evaluate(a, scope))


def _binary(operation):
    """Return the meaning of an operation of the world between two values."""
    return lambda scope, a, b: getattr(scope.world, operation)(
        evaluate(a, scope), evaluate(b, scope)
    )


def _difference(scope, a, b):
    """Return a difference."""
    return scope.world.add(evaluate(a, scope), -evaluate(b, scope))


def _fold(operation, start):
    """Return the meaning of a sum or a product over an index."""

    def folded(scope, index, low, high, body):
        numbers = range(_whole(low, scope), _whole(high, scope) + 1)
        base, combine = index.args[0].base, getattr(scope.world, operation)
        terms = [evaluate(body, scope.bind_number(base, number)) for number in numbers]
        return reduce(combine, terms) if terms else scope.world.number(start)

    return folded


def _differentiate(scope, _, variable, body):
    """Return the derivative of an expression."""
    key = _key_of(variable.args[0], scope)
    inner = lambda x: evaluate(body, scope.bind({key: x}))  # noqa: E731
    return scope.world.slope(inner, evaluate(variable, scope))


def _ratio(scope, sign, top, variable):
    """Return the derivative of a quantity, by code, measured in a network, or by its definition."""
    code = scope.functions.get(ratio_name(top, variable))
    if code:
        return _from_scope(scope, code)
    if isinstance(scope.world, Arrays):
        key = _key_of(variable.args[0], scope)
        return scope.world.network.derivative(top.args[0].base, *key)
    return _differentiate(scope, sign, variable, top)


def _limit(scope, variable, point, body):
    """Return a limit."""
    key = _key_of(variable.args[0], scope._replace(names=NOTHING))
    return scope.world.limit(lambda x: evaluate(body, scope.bind({key: x})), point)


def _cases(scope, rows):
    """Return the value of the case that applies; several may, if their values are equal."""
    found = [evaluate(each, scope) for each, condition in rows if holds(condition, scope)]
    if not found:
        raise UndefinedError
    if any(not scope.world.equal(found[0], other) for other in found[1:]):
        raise FormulaError("two cases hold at once, with different values")
    return found[0]


def _brace(scope, inside, rows, columns):
    """Return the value above a brace, if it has the shape that is written below."""
    found = evaluate(inside, scope)
    written = _whole(rows, scope), _whole(columns, scope)
    shape = scope.world.shape(found)
    if shape != written:
        raise FormulaError(f"the shape is {shape}; the underbrace says {written}")
    return found


MEANING = {
    "num": lambda scope, text: scope.world.number(text),
    "name": _lookup,
    "group": lambda scope, inside: evaluate(inside, scope),
    "add": _binary("add"),
    "sub": _difference,
    "neg": lambda scope, a: -evaluate(a, scope),
    "mul": _binary("mul"),
    "dot": _binary("mul"),
    "odot": _binary("odot"),
    "over": _binary("divide"),
    "frac": _binary("divide"),
    "pow": _binary("power"),
    "top": lambda scope, a: scope.world.transpose(evaluate(a, scope)),
    "abs": _unary("abs"),
    "sqrt": _unary("sqrt"),
    "ceil": _unary("ceil"),
    "call": _call,
    "sum": _fold("add", 0),
    "prod": _fold("mul", 1),
    "lim": _limit,
    "diff": _differentiate,
    "ratio": _ratio,
    "cases": _cases,
    "brace": _brace,
}
