"""What a reader's function depends on beside its arguments: a recording would freeze it without a word."""

import dis
import inspect
from functools import partial
from types import CodeType, FunctionType, ModuleType, NoneType

import numpy as np

NUMBERS = bool | int | float | str | NoneType | np.generic
BUILTINS = {abs, float, int, len, max, min, pow, range, round, sum, tuple, zip}
KEEPS_STATE = {
    "STORE_GLOBAL",
    "DELETE_GLOBAL",
    "STORE_DEREF",
    "STORE_ATTR",
    "IMPORT_NAME",
}


class Untraceable(TypeError):
    """The step does what a list of NumPy calls cannot repeat, or might not."""


def dependence(name, thing):
    """What `thing` depends on beside its arguments, to be compared before each call of the steps.

    Raises Untraceable where that might change within one: a list, an object, a state of its own, random numbers.
    """
    if isinstance(thing, NUMBERS) or trusted(thing):
        return thing
    if isinstance(thing, tuple):
        return [dependence(name, each) for each in thing]
    if isinstance(thing, FunctionType | partial):
        return [thing, *(dependence(*item) for item in outside(thing).items())]
    raise Untraceable(f"it reads {name}, which may change while it trains")


def trusted(thing):
    """Whether it is NumPy or math, a function of theirs, or of this package: they keep no state."""
    module = (
        thing.__name__
        if isinstance(thing, ModuleType)
        else callable(thing) and thing.__module__
    )
    return (
        isinstance(thing, np.ufunc)
        or module in ("numpy", "math")
        or f"{module}.".startswith("dnn_lessons.")
    )


def outside(function):
    """{name: thing} of what a function reads beside its arguments, and of its defaults."""
    if isinstance(function, partial):
        return {
            "a function": function.func,
            "an argument": function.args,
            **function.keywords,
        }
    check_code(function.__code__)
    names = inspect.getclosurevars(function)
    if not BUILTINS.issuperset(names.builtins.values()):
        raise Untraceable(f"it calls {', '.join(names.builtins)}")
    defaults = {"a default": function.__defaults__, **(function.__kwdefaults__ or {})}
    return {**names.nonlocals, **names.globals, **defaults}


def check_code(code):
    """Raise Untraceable where code writes to a variable outside, holds code of its own, or draws at random."""
    writes = KEEPS_STATE.intersection(line.opname for line in dis.get_instructions(code))
    nested = any(isinstance(constant, CodeType) for constant in code.co_consts)
    if writes or nested or code.co_exceptiontable or "random" in code.co_names:
        raise Untraceable(
            f"{code.co_name} may keep a state, draw at random or catch errors"
        )
