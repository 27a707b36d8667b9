"""What a tree means: one interpreter for all worlds, and the scope that says what each name stands for."""

import inspect
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from proofs.parser import Refused, parse
from proofs.tree import Name, Node
from proofs.worlds import Undefined, World

NOTHING = MappingProxyType({})


class Definition(NamedTuple):
    """The right side of a defining equation, with the names that its left side leaves open."""

    parameters: tuple
    body: Node


class Scope(NamedTuple):
    """A world, and what names mean in it. Looked up in this order; else the world's own symbol.

    `names`: {key: value}; `families`: {base: (scope, layer, example, subs) -> value}; `functions`: {name: function};
    `definitions`: {signature: Definition}.
    """

    world: World
    names: Mapping = NOTHING
    families: Mapping = NOTHING
    functions: Mapping = NOTHING
    definitions: Mapping = NOTHING

    def bind(self, values):
        """A scope in which some keys have other values."""
        return self._replace(names={**self.names, **values})

    def define(self, head, body):
        signature, parameters = signature_of(head)
        return self._replace(
            definitions={**self.definitions, signature: Definition(parameters, body)}
        )


def plain(base):
    """The key of a name without indices."""
    return base, None, None, ()


def signature_of(head):
    """What a defining equation's left side defines, and its parameters."""
    if head.op == "call":
        function, _, _, *arguments = head.args
        return f"{function}()", tuple(argument.args[0].base for argument in arguments)
    if head.op != "name":
        raise Refused("only a name or a function can be defined")
    name = head.args[0]
    indices = [*filter(None, (name.layer, name.example)), *name.subs]
    return signature(name), tuple(index.args[0].base for index in indices)


def signature(name):
    return name.base, name.layer is not None, name.example is not None, len(name.subs)


def evaluate(node, scope):
    """The value of a tree."""
    return MEANING[node.op](scope, *node.args)


def value(node, scope):
    """The value of one side, or UNDEFINED; a Refused says what cannot be computed."""
    try:
        return evaluate(node, scope)
    except (Undefined, ZeroDivisionError):
        return UNDEFINED
    except (TypeError, ValueError, OverflowError, AttributeError, LookupError) as error:
        raise Refused(f"cannot be computed: {error}") from error


UNDEFINED = type("NoValue", (), {"__repr__": lambda self: "no value"})()


def whole(node, scope):
    """The value of an index or a bound as a Python int."""
    found = evaluate(node, scope)
    try:
        number = int(found)
    except (TypeError, ValueError):
        raise Refused(f"an index must be a whole number, and is {found}") from None
    if number != found:
        raise Refused(f"an index must be a whole number, and is {found}")
    return number


def whole_or_none(node, scope):
    return None if node is None else whole(node, scope)


def key_of(name, scope):
    subs = tuple(whole(sub, scope) for sub in name.subs)
    return (
        name.base,
        whole_or_none(name.layer, scope),
        whole_or_none(name.example, scope),
        subs,
    )


def lookup(scope, name):
    key = key_of(name, scope)
    if (
        key[1] is not None
        and plain("L") in scope.names
        and not 0 <= key[1] <= scope.names[plain("L")]
    ):
        raise Refused(f"there is no layer {key[1]}")
    if key in scope.names:
        return scope.names[key]
    if name.base in scope.families:
        return scope.families[name.base](scope, *key[1:])
    if signature(name) in scope.definitions:
        return defined(
            scope,
            signature(name),
            [index for index in (*key[1:3], *key[3]) if index is not None],
        )
    return bare(scope, name, key)


def bare(scope, name, key):
    """A name that stands without indices for a function of its usual arguments, a derivative d..., or a symbol."""
    constants = {plain("e"): scope.world.e, plain("pi"): scope.world.pi}
    if key in constants:
        return constants[key]
    if f"{name.base}()" in scope.definitions:
        return evaluate(scope.definitions[f"{name.base}()"].body, scope)
    if name.base in scope.functions:
        return from_scope(scope, scope.functions[name.base])
    if name.base[0] == "d" and (
        "J()" in scope.definitions or ("J", False, False, 0) in scope.definitions
    ):
        return ratio(
            scope,
            "d",
            Node("name", (Name("J"),)),
            Node("name", (name._replace(base=name.base[1:]),)),
        )
    return scope.world.symbol(key)


def from_scope(scope, function):
    """A Python function of a, y, z, ... with its arguments taken from the scope, by the names of its parameters."""
    return function(
        *[
            gathered(scope, parameter)
            for parameter in inspect.signature(function).parameters
        ]
    )


ROWS = {"A", "AL", "X", "Y"}


def gathered(scope, parameter):
    """The value of a name; for A, X or Y the row of a, x or y over all m examples."""
    if parameter not in ROWS:
        return evaluate(Node("name", (Name(parameter),)), scope)
    examples = range(1, int(scope.names[plain("m")]) + 1)
    index = Node("name", (Name("i"),))
    name = Node("name", (Name(parameter[0].lower(), example=index),))
    return [
        [
            evaluate(name, scope.bind({plain("i"): scope.world.number(i)}))
            for i in examples
        ]
    ]


def defined(scope, signature, arguments):
    parameters, body = scope.definitions[signature]
    return evaluate(
        body, scope.bind(dict(zip(map(plain, parameters), arguments, strict=True)))
    )


def call(scope, function, primes, _, *arguments):
    return applied(
        scope, function, primes, [evaluate(argument, scope) for argument in arguments]
    )


def applied(scope, function, primes, arguments):
    """A function of values; g' is the derivative of g unless the scope knows it by itself."""
    known = scope.functions.get(function + "'" * primes)
    if known:
        return known(*arguments)
    if primes:
        return scope.world.slope(
            lambda x: applied(scope, function, primes - 1, [x]), arguments[0]
        )
    if f"{function}()" in scope.definitions:
        return defined(scope, f"{function}()", arguments)
    return (scope.world.functions.get(function) or scope.world.free(function))(*arguments)


def fold(op, start):
    """Meaning of a sum or a product over an index."""

    def folded(scope, index, low, high, body):
        first, last = whole(low, scope), whole(high, scope)
        total = scope.world.number(start)
        for number in range(first, last + 1):
            term = evaluate(
                body, scope.bind({plain(index.args[0].base): scope.world.number(number)})
            )
            total = term if number == first else op(scope.world, total, term)
        return total

    return folded


def differentiate(scope, sign, variable, body):
    """d/dv of an expression."""
    key = key_of(variable.args[0], scope)
    return scope.world.slope(
        lambda x: evaluate(body, scope.bind({key: x})), evaluate(variable, scope)
    )


def ratio(scope, sign, top, variable):
    """dJ/dv of a quantity that depends on v through definitions; in a network, its measured derivative."""
    code = scope.functions.get(ratio_name(top, variable))
    if code:
        return from_scope(scope, code)
    if hasattr(scope.world, "network"):
        return scope.world.network.derivative(
            top.args[0].base, *key_of(variable.args[0], scope)
        )
    return differentiate(scope, sign, variable, top)


def ratio_name(top, variable):
    """Under which a table names the code of a derivative: dell/da."""
    return f"d{top.args[0].base}/d{variable.args[0].base}"


def limit(scope, variable, point, body):
    key = key_of(variable.args[0], scope._replace(names=NOTHING))
    return scope.world.limit(lambda x: evaluate(body, scope.bind({key: x})), point)


def cases(scope, rows):
    """The value of the row whose condition holds; two rows may hold only with equal values."""
    found = [
        evaluate(result, scope) for result, condition in rows if holds(condition, scope)
    ]
    if not found:
        raise Undefined
    if any(not scope.world.equal(found[0], other) for other in found[1:]):
        raise Refused("two cases hold at once, with different values")
    return found[0]


def holds(chain, scope):
    """True where every link of a condition holds."""
    sides, signs = chain.args
    values = [evaluate(side, scope) for side in sides]
    return all(
        scope.world.truth(*link) for link in zip(signs, values, values[1:], strict=False)
    )


def brace(scope, inside, rows, columns):
    """The value inside, if it has the shape that is written below."""
    found = evaluate(inside, scope)
    written = whole(rows, scope), whole(columns, scope)
    if scope.world.shape(found) != written:
        raise Refused(
            f"the shape is {scope.world.shape(found)}; the underbrace says {written}"
        )
    return found


def unary(function):
    return lambda scope, a: scope.world.functions[function](evaluate(a, scope))


def binary(operation):
    return lambda scope, a, b: operation(
        scope.world, evaluate(a, scope), evaluate(b, scope)
    )


def add(world, a, b):
    return world.add(a, b)


def mul(world, a, b):
    return world.mul(a, b)


MEANING = {
    "num": lambda scope, text: scope.world.number(text),
    "name": lookup,
    "group": lambda scope, inside: evaluate(inside, scope),
    "add": binary(add),
    "sub": binary(lambda world, a, b: world.add(a, -b)),
    "neg": lambda scope, a: -evaluate(a, scope),
    "mul": binary(mul),
    "dot": binary(mul),
    "odot": binary(lambda world, a, b: world.odot(a, b)),
    "over": binary(lambda world, a, b: world.divide(a, b)),
    "frac": binary(lambda world, a, b: world.divide(a, b)),
    "pow": binary(lambda world, a, b: world.power(a, b)),
    "top": lambda scope, a: scope.world.transpose(evaluate(a, scope)),
    "abs": unary("abs"),
    "sqrt": unary("sqrt"),
    "ceil": unary("ceil"),
    "call": call,
    "sum": fold(add, 0),
    "prod": fold(mul, 1),
    "lim": limit,
    "diff": differentiate,
    "ratio": ratio,
    "cases": cases,
    "brace": brace,
}


def definition(equation):
    """(head, body) of a defining equation, given as LaTeX."""
    sides, signs = parse(equation).args
    if signs[0] != "=":
        raise Refused(f"{equation} defines nothing")
    return sides[0], sides[1]
