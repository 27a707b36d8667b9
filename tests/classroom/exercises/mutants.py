"""Small faults, planted one at a time in a solution: an operator, a constant, a term, an axis, a comparison."""

import ast
import copy

OPERATORS = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div, ast.Add),
    ast.Div: (ast.Mult,),
    ast.Pow: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
    ast.FloorDiv: (ast.Div,),
    ast.Mod: (ast.FloorDiv,),
}
COMPARISONS = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
NAMES = {  # functions and methods that are easily mistaken for each other
    "maximum": ("minimum",),
    "minimum": ("maximum",),
    "max": ("min",),
    "min": ("max",),
    "argmax": ("argmin",),
    "argmin": ("argmax",),
    "log1p": ("log", "expm1"),
    "log": ("log1p", "exp"),
    "exp": ("expm1", "log"),
    "sum": ("mean",),
    "mean": ("sum",),
    "abs": ("sign",),
    "sqrt": ("square",),
    "tanh": ("sin",),
    "zeros_like": ("ones_like",),
    "ones_like": ("zeros_like",),
}


def mutants(source):
    """Yield (what was changed, the source with that change), one change at a time."""
    tree = ast.parse(source)
    for place, node in enumerate(ast.walk(tree)):
        for number, (label, _) in enumerate(changes(node)):
            changed = copy.deepcopy(tree)
            target = list(ast.walk(changed))[place]
            replace(changed, target, list(changes(target))[number][1])
            line = getattr(node, "lineno", 0)
            yield f"line {line}: {label}", ast.unparse(ast.fix_missing_locations(changed))


def replace(tree, old, new):
    """Put a node in the place of another one."""
    for parent in ast.walk(tree):
        for name, value in ast.iter_fields(parent):
            if value is old:
                setattr(parent, name, new)
            elif isinstance(value, list):
                value[:] = [new if each is old else each for each in value]


def changes(node):
    """Yield (what is changed, the node that takes the place of this one)."""
    if isinstance(node, ast.BinOp):
        yield from binary(node)
    elif isinstance(node, ast.UnaryOp):
        yield f"without {type(node.op).__name__}", node.operand
    elif isinstance(node, ast.Compare):
        yield from comparisons(node)
    elif isinstance(node, ast.Constant):
        yield from constants(node)
    elif isinstance(node, ast.BoolOp):
        other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield "and, or", ast.BoolOp(other, node.values)
    elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
        yield from attributes(node)
    elif isinstance(node, ast.AugAssign):
        for other in OPERATORS.get(type(node.op), ()):
            yield f"{other.__name__}=", ast.AugAssign(node.target, other(), node.value)


def binary(node):
    for other in OPERATORS.get(type(node.op), ()):
        yield f"{other.__name__}", ast.BinOp(node.left, other(), node.right)
    yield "without the right term", node.left
    yield "without the left term", node.right


def comparisons(node):
    for other in COMPARISONS.get(type(node.ops[0]), ()):
        yield (
            other.__name__,
            ast.Compare(node.left, [other(), *node.ops[1:]], node.comparators),
        )


def constants(node):
    value = node.value
    if isinstance(value, bool):
        yield f"{not value}", ast.Constant(not value)
    elif isinstance(value, int | float):
        for other in {value + 1, value - 1, value / 2, -value} - {value}:
            yield f"{other} for {value}", number(other)
    elif isinstance(value, str) and len(value) == 1:
        for other in sorted(set("abcd") - {value}):
            yield f"{other!r} for {value!r}", ast.Constant(other)


def number(value):
    constant = ast.Constant(abs(value))
    return ast.UnaryOp(ast.USub(), constant) if value < 0 else constant


def attributes(node):
    for other in NAMES.get(node.attr, ()):
        yield f"{other} for {node.attr}", ast.Attribute(node.value, other, node.ctx)
    if node.attr == "T":
        yield "without T", node.value
