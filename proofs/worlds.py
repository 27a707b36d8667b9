"""Three kinds of numbers to evaluate an equation with: SymPy's symbols, fifty digits, arrays.

A world says what numbers and symbols are and what the operations do with them; meaning.py
does the rest, the same for all.
"""

from itertools import cycle

import mpmath
import numpy as np
import sympy

from proofs.parser import FormulaError

# A context of our own: the precision of everybody else's mpmath stays as it is. With 110
# digits a difference quotient with the step 1e-40 is right to more than fifty.
MP = mpmath.mp.clone()
MP.dps = 110
STEP = MP.mpf(10) ** -40
FIFTY = MP.mpf(10) ** -50
FAR = MP.mpf(10) ** 30
TINY, USUAL, LARGE = 1e-9, 1, 12  # how far out numbers are drawn, in units of 3
# For each seed, how far out the first symbol is drawn, the second and so on, over and over.
REACHES = [
    [USUAL],
    [USUAL],
    [TINY],
    [LARGE, -LARGE],
    [TINY, USUAL, LARGE],
    *(
        [*[USUAL] * place, far, *[USUAL] * 3]
        for place in range(3)
        for far in (LARGE, -LARGE)
    ),
]
ARRAY_STEP = 1e-6  # of central differences in double precision
ORDER = {
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    "≤": lambda a, b: a <= b,
    "≥": lambda a, b: a >= b,
}
DIGITS = {
    "log": MP.log,
    "tanh": MP.tanh,
    "sin": MP.sin,
    "max": max,
    "min": min,
    "abs": abs,
    "sqrt": MP.sqrt,
    "ceil": MP.ceil,
}
SYMPY = {
    "log": sympy.log,
    "tanh": sympy.tanh,
    "sin": sympy.sin,
    "max": sympy.Max,
    "min": sympy.Min,
    "abs": sympy.Abs,
    "sqrt": sympy.sqrt,
    "ceil": sympy.ceiling,
}
NUMPY = {
    "log": np.log,
    "tanh": np.tanh,
    "sin": np.sin,
    "max": np.maximum,
    "min": np.minimum,
    "abs": np.abs,
    "sqrt": np.sqrt,
    "ceil": np.ceil,
}
# Where a lesson means any function, fifty digits need a formula.
STAND_INS = {
    "u": lambda x: MP.sin(x) + 2 + x**2,
    "v": lambda x: MP.exp(x / 3) + x**2 + 1,
    "g": lambda x: MP.sin(x) + x**2 / 3,
    "J": lambda x: MP.exp(x / 2) + MP.cos(x),
    "ell": lambda x, y=1: MP.exp(x / 3) + x**3 * y,
}


class UndefinedError(Exception):
    """A formula without a value: no case applies, or the slopes on both sides differ."""


class World:
    """The operations as Python has them, where a kind of numbers has none of its own.

    Parameters
    ----------
    domains : dict, optional
        {base: (low, high)} of the symbols that are bounded; None for no bound.
    """

    def __init__(self, domains=None):
        self.domains = domains or {}

    def add(self, a, b):
        """Return the sum.

        Parameters
        ----------
        a, b : number or array
            The terms.

        Returns
        -------
        number or array
            Their sum.
        """
        return a + b

    def mul(self, a, b):
        """Return the product of two factors side by side.

        Parameters
        ----------
        a, b : number or array
            The factors.

        Returns
        -------
        number or array
            Their product.
        """
        return a * b

    def odot(self, a, b):
        """Return the element-wise product.

        Parameters
        ----------
        a, b : array
            The factors, of one shape.

        Returns
        -------
        array
            Their product.

        Raises
        ------
        FormulaError
            Unless both are arrays of one shape.
        """
        raise FormulaError("the element-wise product belongs between two arrays")

    def transpose(self, a):
        """Return the transpose.

        Parameters
        ----------
        a : array of shape (rows, columns)
            The array to transpose.

        Returns
        -------
        array of shape (columns, rows)
            The transposed array.

        Raises
        ------
        FormulaError
            Unless it is an array.
        """
        raise FormulaError("only an array can be transposed")

    def shape(self, a):
        """Return the shape of an array.

        Parameters
        ----------
        a : array
            The array.

        Returns
        -------
        tuple of int
            Its rows and columns.

        Raises
        ------
        FormulaError
            Unless it is an array.
        """
        raise FormulaError("only an array has a shape")

    def divide(self, a, b):
        """Return the quotient.

        Parameters
        ----------
        a : number or array
            The numerator.
        b : number
            The denominator.

        Returns
        -------
        number or array
            The quotient.

        Raises
        ------
        UndefinedError
            Where the denominator is 0.
        """
        if b == 0:
            raise UndefinedError
        return a / b

    def power(self, a, b):
        """Return a power.

        Parameters
        ----------
        a, b : number
            The base and the exponent.

        Returns
        -------
        number
            The power.

        Raises
        ------
        UndefinedError
            Where 0 is raised to a negative exponent.
        """
        if a == 0 and b < 0:
            raise UndefinedError
        return a**b

    def equal(self, a, b):
        """Return whether two values are equal.

        Parameters
        ----------
        a, b : number or array
            The values.

        Returns
        -------
        bool
            True as far as this world can tell.
        """
        return a == b

    def truth(self, sign, a, b):
        """Return whether a relation holds.

        Parameters
        ----------
        sign : {"=", "≠", "<", ">", "≤", "≥"}
            The relation.
        a, b : number or array
            What stands on its left and on its right.

        Returns
        -------
        bool
            True where it holds.
        """
        if sign in {"=", "≠"}:
            return self.equal(a, b) == (sign == "=")
        return bool(ORDER[sign](a, b))


class Points(World):
    """Numbers of fifty digits: each symbol is drawn from its domain, once.

    Parameters
    ----------
    domains : dict
        {base: (low, high)} of the symbols that are bounded; None for no bound.
    seed : int
        Where the random numbers start. From 2 on some are tiny or large: near the borders of
        cases and domains, or far out.
    """

    e, pi = MP.e, MP.pi
    number = staticmethod(MP.mpf)
    functions = DIGITS

    def __init__(self, domains, seed):
        super().__init__(domains)
        self.rng, self.drawn = np.random.default_rng(seed), {}
        self.reaches = cycle(REACHES[seed])

    def symbol(self, key):
        """Return the number that a symbol stands for.

        Parameters
        ----------
        key : tuple
            The symbol: its base, layer, example and indices.

        Returns
        -------
        mpf
            A number of its domain.
        """
        if key not in self.drawn:
            self.drawn[key] = self._draw(*self.domains.get(key[0], (None, None)))
        return self.drawn[key]

    def _draw(self, low, high):
        """Return a number of a domain, which a float can hold."""
        reach = next(self.reaches)
        if low is None and high is None:
            return MP.mpf(self._anywhere(reach))
        if None in (low, high):
            step = self.rng.uniform(0.15, 2.85) * max(reach, TINY)
            return MP.mpf(low + step if high is None else high - step)
        return MP.mpf(self._between(low, high, reach))

    def _anywhere(self, reach):
        """Return a number of either sign, or of that of a large reach."""
        number = self.rng.uniform(-2.7, 2.7)
        return (1 + abs(number) / 2 if abs(reach) == LARGE else number) * reach

    def _between(self, low, high, reach):
        """Return a number between two: near the upper for a large reach, else near the lower."""
        share = self.rng.uniform(0.05, 0.95)
        if reach == USUAL:
            return low + share * (high - low)
        near = share * TINY * (high - low)
        return high - near if reach == LARGE else low + near

    def free(self, name):
        """Return a formula for a function that may be any.

        Parameters
        ----------
        name : str
            The function.

        Returns
        -------
        callable
            A smooth function of one number, or two for "ell".

        Raises
        ------
        FormulaError
            Where the lessons use no such function.
        """
        return _known(name, STAND_INS)

    def slope(self, f, at):
        """Return a derivative, from difference quotients on both sides.

        Parameters
        ----------
        f : callable
            A function of one number.
        at : mpf
            Where its derivative is wanted.

        Returns
        -------
        mpf
            The derivative.

        Raises
        ------
        UndefinedError
            At a kink, where the two quotients differ.
        """
        here = f(at)
        right, left = (f(at + STEP) - here) / STEP, (here - f(at - STEP)) / STEP
        if abs(right - left) > MP.mpf(10) ** -15 * (1 + abs(right)):
            raise UndefinedError
        return (right + left) / 2

    def limit(self, f, point):
        r"""Return a limit, as the value close to 0 or far out.

        Parameters
        ----------
        f : callable
            A function of one number.
        point : {"0", "\infty"}
            Where the number tends to, from above.

        Returns
        -------
        mpf
            The limit.
        """
        return f(STEP) if point == "0" else f(FAR)

    def equal(self, a, b):
        return abs(a - b) <= FIFTY * (1 + abs(a) + abs(b))

    def truth(self, sign, a, b):
        # Numbers that are equal to fifty digits are neither less nor greater.
        if self.equal(a, b):
            return sign in {"=", "≤", "≥"}
        return super().truth(sign, a, b)


class Symbols(World):
    """SymPy's expressions: what holds here is proven for every value of the symbols.

    Parameters
    ----------
    domains : dict, optional
        {base: (low, high)} of the symbols that are bounded; None for no bound.
    """

    e, pi = sympy.E, sympy.pi
    number = staticmethod(sympy.Rational)
    functions = SYMPY

    def symbol(self, key):
        """Return the SymPy symbol of a name.

        Parameters
        ----------
        key : tuple
            The name: its base, layer, example and indices.

        Returns
        -------
        sympy.Symbol
            A real number; positive or negative where its domain says so.
        """
        low, high = self.domains.get(key[0], (None, None))
        sign = "positive" if low == 0 else "negative" if high == 0 else "real"
        return sympy.Symbol(str(key), **{sign: True})

    def free(self, name):
        """Return a function without a formula.

        Parameters
        ----------
        name : str
            The function.

        Returns
        -------
        sympy.Function
            A real function of any arguments.
        """
        return sympy.Function(name, real=True)

    def slope(self, f, at):
        """Return a derivative, after comparing those from the right and from the left.

        Parameters
        ----------
        f : callable
            A function of one expression.
        at : sympy.Expr
            Where its derivative is wanted. There may be a kink if it is a number.

        Returns
        -------
        sympy.Expr
            The derivative.

        Raises
        ------
        UndefinedError
            At a kink, where the two derivatives differ.
        """
        step = sympy.Dummy("step", positive=True)
        right = f(at + step).diff(step).subs(step, 0).doit()
        left = -f(at - step).diff(step).subs(step, 0).doit()
        if right != left and sympy.simplify(right - left) != 0:
            raise UndefinedError
        return right

    def limit(self, f, point):
        r"""Return a limit.

        Parameters
        ----------
        f : callable
            A function of one expression.
        point : {"0", "\infty"}
            Where the expression tends to, from above.

        Returns
        -------
        sympy.Expr
            The limit.
        """
        step = sympy.Dummy("step", positive=True)
        if point == "0":
            return _hopital(f(step), step)
        return sympy.limit(f(step), step, sympy.oo)

    def equal(self, a, b):
        return a == b or any(simplified(a - b) == 0 for simplified in SIMPLIFICATIONS)

    def truth(self, sign, a, b):
        if sign in {"=", "≠"}:
            return super().truth(sign, a, b)
        gap = sympy.expand(a - b)
        for each in (gap, _without_steps(gap)):
            known = ORDER[sign](each, 0)
            if known in (sympy.true, sympy.false):
                return bool(known)
        raise FormulaError(f"SymPy cannot decide {known}")


def _at_0(expression, step):
    """Return the value of an expression where a step is 0."""
    return expression.subs(step, 0).doit()


def _hopital(fraction, step):
    """Return a limit at 0 by the rule of l'Hôpital, which needs no formula of a function."""
    top, bottom = sympy.fraction(sympy.together(fraction))
    while _at_0(top, step) == 0 and _at_0(bottom, step) == 0:
        top, bottom = top.diff(step), bottom.diff(step)
    return _at_0(top / bottom, step)


def _without_steps(expression):
    """Return an expression at 0 of every step that tends to 0, which decides no order."""
    return expression.replace(
        lambda x: isinstance(x, sympy.Dummy), lambda x: sympy.S.Zero
    )


def _split_logarithms(d):
    """Write logarithms of products as sums, their arguments put over one denominator."""
    factored = d.replace(sympy.log, lambda x: sympy.log(sympy.factor(sympy.together(x))))
    return sympy.simplify(sympy.expand_log(factored, force=True))


# Tried one after the other: a difference that one of them turns into 0 is none.
SIMPLIFICATIONS = (
    sympy.expand,
    sympy.simplify,
    lambda d: sympy.simplify(sympy.expand(d.rewrite(sympy.exp))),
    lambda d: sympy.simplify(sympy.expand_log(d, force=True)),
    lambda d: sympy.expand(sympy.simplify(sympy.expand_log(sympy.factor(d), force=True))),
    _split_logarithms,
)


class Arrays(World):
    """The arrays of a random network, whose shapes have to fit each other.

    Parameters
    ----------
    network : RandomNetwork
        Where the arrays come from.
    """

    e, pi = np.e, np.pi
    number = staticmethod(float)
    functions = NUMPY

    def __init__(self, network):
        super().__init__()
        self.network = network

    def symbol(self, key):
        """Return the array, column or number behind a symbol.

        Parameters
        ----------
        key : tuple
            The symbol: its base, layer, example and indices.

        Returns
        -------
        ndarray or float
            Its value in the network.
        """
        return self.network.value(*key)

    def free(self, name):
        """Return a function of the network.

        Parameters
        ----------
        name : str
            The function, such as "g" for the activation.

        Returns
        -------
        callable
            The function.

        Raises
        ------
        FormulaError
            Where the network has none of this name.
        """
        return _known(name, self.network.functions)

    def add(self, a, b):
        # Of one shape; or a number and anything; or a column (n, 1) and each column of (n, m).
        shapes = {np.shape(a), np.shape(b)} - {()}
        if len(shapes) == 2:
            (rows, columns), (other_rows, other_columns) = shapes
            if rows != other_rows or 1 not in (columns, other_columns):
                raise FormulaError(f"a sum of shapes {np.shape(a)} and {np.shape(b)}")
        return a + b

    def mul(self, a, b):
        # Two arrays side by side are a matrix product.
        if np.ndim(a) == 2 and np.ndim(b) == 2:
            if a.shape[1] != b.shape[0]:
                raise FormulaError(f"a matrix product of shapes {a.shape} and {b.shape}")
            return a @ b
        return a * b

    def odot(self, a, b):
        if np.shape(a) != np.shape(b) or np.ndim(a) != 2:
            shapes = f"{np.shape(a)} and {np.shape(b)}"
            raise FormulaError(f"an element-wise product of shapes {shapes}")
        return a * b

    def transpose(self, a):
        return a.T if np.ndim(a) == 2 else super().transpose(a)

    def shape(self, a):
        return np.shape(a)

    def divide(self, a, b):
        if np.ndim(b):
            raise FormulaError("a quotient by an array")
        return super().divide(a, b)

    def power(self, a, b):
        if np.ndim(a) or np.ndim(b):
            raise FormulaError("a power of an array")
        return super().power(a, b)

    def slope(self, f, at):
        """Return a derivative by central differences.

        Parameters
        ----------
        f : callable
            A function of one number.
        at : float
            Where its derivative is wanted.

        Returns
        -------
        float
            The derivative.
        """
        return (f(at + ARRAY_STEP) - f(at - ARRAY_STEP)) / (2 * ARRAY_STEP)

    def equal(self, a, b):
        # As far as central differences can tell.
        if np.shape(a) != np.shape(b):
            return False
        return np.linalg.norm(np.subtract(a, b)) <= 1e-6 * (1e-3 + np.linalg.norm(b))


def _known(name, functions):
    """Return a function from a table, or refuse its name."""
    if name not in functions:
        raise FormulaError(f"the function {name} has no meaning here")
    return functions[name]
