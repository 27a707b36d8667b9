"""Three kinds of numbers to evaluate an equation with: SymPy's symbols, fifty digits, arrays of a network."""

import mpmath
import numpy as np
import sympy
from mpmath import mp

from proofs.parser import Refused

mp.dps = 110  # a difference quotient with the step 1e-30 is then right to more than fifty digits
STEP = mpmath.mpf(10) ** -30
FIFTY = mpmath.mpf(10) ** -50
LIMIT_FAR = mpmath.mpf(10) ** 30
ORDER = {
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    "≤": lambda a, b: a <= b,
    "≥": lambda a, b: a >= b,
}
NAMES = ("log", "tanh", "sin", "max", "min", "abs", "sqrt", "ceil")
DIGITS = dict(
    zip(NAMES, (mp.log, mp.tanh, mp.sin, max, min, abs, mp.sqrt, mp.ceil), strict=True)
)
SYMPY = dict(
    zip(
        NAMES,
        (
            sympy.log,
            sympy.tanh,
            sympy.sin,
            sympy.Max,
            sympy.Min,
            sympy.Abs,
            sympy.sqrt,
            sympy.ceiling,
        ),
        strict=True,
    )
)
NUMPY = dict(
    zip(NAMES, (np.log, np.tanh, np.sin, max, min, abs, np.sqrt, np.ceil), strict=True)
)
STAND_INS = {  # fifty digits need a formula where the lesson means any function
    "u": lambda x: mp.sin(x) + 2 + x**2,
    "v": lambda x: mp.exp(x / 3) + x**2 + 1,
    "g": lambda x: mp.sin(x) + x**2 / 3,
    "J": lambda x: mp.exp(x / 2) + mp.cos(x),
    "ell": lambda x, y=1: mp.exp(x / 3) + x**3 * y,
}


class Undefined(Exception):
    """The formula has no value here: no case applies, or the two slopes at a kink differ."""


class World:
    """What the interpreter needs to know about its numbers; the operations are Python's own unless replaced."""

    def __init__(self, domains=None):
        self.domains = domains or {}

    def add(self, a, b):
        return a + b

    def mul(self, a, b):
        return a * b

    def odot(self, a, b):
        raise Refused("the element-wise product belongs between two arrays")

    def transpose(self, a):
        raise Refused("only an array can be transposed")

    def shape(self, a):
        raise Refused("only an array has a shape")

    def divide(self, a, b):
        if b == 0:
            raise Undefined
        return a / b

    def power(self, a, b):
        if a == 0 and b < 0:
            raise Undefined
        return a**b

    def equal(self, a, b):
        return a == b

    def truth(self, sign, a, b):
        if sign in {"=", "≠"}:
            return self.equal(a, b) == (sign == "=")
        return bool(ORDER[sign](a, b))

    def derivative(self, top, variable, scope):
        raise NotImplementedError


class Points(World):
    """Numbers of fifty digits: each symbol is drawn from its domain, once."""

    def __init__(self, domains, seed):
        super().__init__(domains)
        self.rng, self.drawn = np.random.default_rng(seed), {}

    e, pi = mp.e, mp.pi
    number = staticmethod(mp.mpf)
    functions = DIGITS

    def symbol(self, key):
        if key not in self.drawn:
            low, high = self.domains.get(key[0], (None, None))
            self.drawn[key] = self.draw(low, high)
        return self.drawn[key]

    def draw(self, low, high):
        """A number of the domain, neither at its end nor far out."""
        if low is None and high is None:
            low, high = -3, 3
        low, high = high - 3 if low is None else low, low + 3 if high is None else high
        margin = (high - low) / 20
        return mp.mpf(self.rng.uniform(low + margin, high - margin))

    def free(self, name):
        if name not in STAND_INS:
            raise Refused(f"the function {name} has no meaning here")
        return STAND_INS[name]

    def slope(self, f, at):
        """The derivative of f, by quotients on both sides."""
        here = f(at)
        right, left = (f(at + STEP) - here) / STEP, (here - f(at - STEP)) / STEP
        if abs(right - left) > mp.mpf(10) ** -15 * (1 + abs(right)):
            raise Undefined
        return (right + left) / 2

    def limit(self, f, point):
        return f(STEP) if point == "0" else f(LIMIT_FAR)

    def equal(self, a, b):
        return abs(a - b) <= FIFTY * (1 + abs(a) + abs(b))

    def truth(self, sign, a, b):
        """Numbers that are equal to fifty digits are neither less nor greater."""
        if self.equal(a, b):
            return sign in {"=", "≤", "≥"}
        return super().truth(sign, a, b)


class Symbols(World):
    """SymPy's expressions: an equation that holds here is proven for every value of its symbols."""

    e, pi = sympy.E, sympy.pi
    number = staticmethod(sympy.Integer)
    functions = SYMPY

    def symbol(self, key):
        low, high = self.domains.get(key[0], (None, None))
        sign = (
            {"positive": True}
            if low == 0
            else {"negative": True}
            if high == 0
            else {"real": True}
        )
        return sympy.Symbol(str(key), **sign)

    def free(self, name):
        return sympy.Function(name, real=True)

    def slope(self, f, at):
        """The derivative of f; where `at` is a number there may be a kink, so both sides are asked."""
        step = sympy.Dummy("step", positive=True)
        right = f(at + step).diff(step).subs(step, 0).doit()
        left = -f(at - step).diff(step).subs(step, 0).doit()
        if right != left and sympy.simplify(right - left) != 0:
            raise Undefined
        return right

    def limit(self, f, point):
        """At 0 by the rule of l'Hôpital, which also serves functions without a formula."""
        step = sympy.Dummy("step", positive=True)
        if point != "0":
            return sympy.limit(f(step), step, sympy.oo)
        top, bottom = sympy.fraction(sympy.together(f(step)))
        while top.subs(step, 0).doit() == 0 and bottom.subs(step, 0).doit() == 0:
            top, bottom = top.diff(step), bottom.diff(step)
        return (top / bottom).subs(step, 0).doit()

    def equal(self, a, b):
        return a == b or any(tactic(a - b) == 0 for tactic in TACTICS)

    def truth(self, sign, a, b):
        if sign in {"=", "≠"}:
            return super().truth(sign, a, b)
        gap = sympy.expand(a - b)
        known = ORDER[sign](gap, 0)
        if known not in (
            sympy.true,
            sympy.false,
        ):  # a step that tends to 0 does not decide
            known = ORDER[sign](
                gap.replace(lambda x: isinstance(x, sympy.Dummy), lambda x: sympy.S.Zero),
                0,
            )
        if known not in (sympy.true, sympy.false):
            raise Refused(f"SymPy cannot decide {known}")
        return bool(known)


def split_logarithms(d):
    """The logarithms of products as sums, after their arguments are put over one denominator."""
    factored = d.replace(sympy.log, lambda x: sympy.log(sympy.factor(sympy.together(x))))
    return sympy.simplify(sympy.expand_log(factored, force=True))


TACTICS = (
    sympy.expand,
    sympy.simplify,
    lambda d: sympy.simplify(sympy.expand(d.rewrite(sympy.exp))),
    lambda d: sympy.simplify(sympy.expand_log(d, force=True)),
    lambda d: sympy.expand(sympy.simplify(sympy.expand_log(sympy.factor(d), force=True))),
    split_logarithms,
)


class Arrays(World):
    """The arrays of a random network; a product side by side is the matrix product and its inner sizes must agree."""

    e, pi = np.e, np.pi
    functions = NUMPY

    def __init__(self, network):
        super().__init__()
        self.network = network

    number = staticmethod(float)

    def symbol(self, key):
        return self.network.value(*key)

    def free(self, name):
        if name not in self.network.functions:
            raise Refused(f"the function {name} has no meaning here")
        return self.network.functions[name]

    def add(self, a, b):
        """Equal shapes, a number with anything, or a column (n, 1) added to each column of (n, m)."""
        shapes = {np.shape(a), np.shape(b)} - {()}
        if len(shapes) == 2:
            (rows, columns), (other_rows, other_columns) = shapes
            if rows != other_rows or 1 not in (columns, other_columns):
                raise Refused(f"a sum of shapes {np.shape(a)} and {np.shape(b)}")
        return a + b

    def mul(self, a, b):
        if np.ndim(a) == 2 and np.ndim(b) == 2:
            if a.shape[1] != b.shape[0]:
                raise Refused(f"a matrix product of shapes {a.shape} and {b.shape}")
            return a @ b
        return a * b

    def odot(self, a, b):
        if np.shape(a) != np.shape(b) or np.ndim(a) != 2:
            raise Refused(
                f"an element-wise product of shapes {np.shape(a)} and {np.shape(b)}"
            )
        return a * b

    def transpose(self, a):
        return a.T if np.ndim(a) == 2 else super().transpose(a)

    def shape(self, a):
        return np.shape(a)

    def divide(self, a, b):
        if np.ndim(b):
            raise Refused("a quotient by an array")
        return super().divide(a, b)

    def power(self, a, b):
        if np.ndim(a) or np.ndim(b):
            raise Refused("a power of an array")
        return super().power(a, b)

    def slope(self, f, at):
        return (f(at + 1e-6) - f(at - 1e-6)) / 2e-6

    def equal(self, a, b):
        """Equal shapes and values, as far as central differences can tell."""
        return np.shape(a) == np.shape(b) and np.linalg.norm(
            np.subtract(a, b)
        ) <= 1e-6 * (1e-3 + np.linalg.norm(b))
