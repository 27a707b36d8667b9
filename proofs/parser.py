r"""Read the LaTeX of the lessons, and refuse everything else.

The grammar is small and its own, because general readers guess: SymPy's takes a hat, a
superscript (i) or a layer [l] for something else, without a word. Here each token has one
rule, or the equation is refused, and so is each line that two readers could understand in two
ways, such as \log a b or a / b c.
"""

import re
from functools import cache
from itertools import pairwise

from proofs.tree import GREEK, LABELS, RELATIONS, Name, Node, children, named, names

TOKEN = re.compile(
    r"\\begin\{cases\}|\\end\{cases\}|\\text\{if \}|\\[A-Za-z]+|\\\\|\\[,;]|[0-9]+(?:\.[0-9]+)?|[A-Za-z]"
    r"|[-+=<>|(){}\[\],^_'/&]|\S"
)
SILENT = {r"\,", r"\;"}  # they change how a formula looks, not what it says
SIZED = {r"\left": ("(", "|", r"\lceil"), r"\right": (")", "|", r"\rceil")}
OPENED_BY = {"}": "{", r"\right": r"\left"}
SAME = {r"\vert": "|"}
NUMBER = re.compile(r"\\tag\{[^}]*\}\s*$")
# Letters that are functions where a bracket or a prime follows them; those after the first two always are.
FUNCTIONS = {r"\ell": "ell", "J": "J", r"\sigma": "sigma", "g": "g", "u": "u", "v": "v"}
ALWAYS_CALLED = {"sigma", "g", "u", "v"}
COMMANDS = {rf"\{name}": name for name in ("log", "tanh", "sin", "max", "min")}
EXTREMA = ("max", "min")
LIMITS = ("0", r"\infty")
INDICES = set("ijkqlt")


class FormulaError(Exception):
    """An equation that cannot be read, has no meaning, or does not hold."""


@cache
def parse(equation):
    r"""Read a displayed equation.

    Parameters
    ----------
    equation : str
        Its LaTeX. A \tag and a \boxed around it are no part of what it claims.

    Returns
    -------
    Node
        A chain of relations, or two of them joined by "iff" or "implies".

    Raises
    ------
    FormulaError
        Where it cannot be read, or could be read in two ways.
    """
    node = _Parser(_tokens(NUMBER.sub("", equation))).statement()
    _check_bound(node)
    return node


@cache
def parse_expression(text):
    """Read one side of an equation.

    Parameters
    ----------
    text : str
        Its LaTeX.

    Returns
    -------
    Node
        The expression.

    Raises
    ------
    FormulaError
        Where it cannot be read, or could be read in two ways.
    """
    parser = _Parser(_tokens(text))
    node = parser.sum_of_terms()
    parser.need_end("the expression")
    return node


def _tokens(text):
    """Cut LaTeX into tokens, without those that only change its looks."""
    if not text.isascii():
        raise FormulaError("a letter or sign that LaTeX would not read")
    found = [SAME.get(token, token) for token in TOKEN.findall(text)]
    _check_sizes(found)
    return [token for token in found if token not in SILENT and token not in SIZED]


def _check_sizes(tokens):
    r"""Refuse a \left without its \right in the same braces, which no page shows."""
    opened = []
    for token, follower in pairwise([*tokens, ""]):
        if follower not in SIZED.get(token, [follower]):
            raise FormulaError(f"{token} before '{follower}'")
        if token in OPENED_BY.values():
            opened.append(token)
        if token in OPENED_BY:
            _close(token, opened)
    if opened:
        raise FormulaError(f"never closed: {opened[-1]}")


def _close(token, opened):
    """Close what was opened last, or refuse that it is something else."""
    if not opened or opened.pop() != OPENED_BY[token]:
        raise FormulaError(f"'{token}' closes nothing")


class _Parser:
    """A recursive descent: each method reads one kind of thing and returns its node."""

    def __init__(self, tokens):
        self.tokens = tokens
        self.at = 0  # the token to be read next
        self.inside_bars = False  # whether a bar would close an absolute value

    # The stream of tokens

    def peek(self, ahead=0):
        """Return a token that comes, without going on; nothing after the last."""
        return self.tokens[self.at + ahead] if self.at + ahead < len(self.tokens) else ""

    def next(self):
        """Return the next token and go on."""
        token = self.peek()
        self.at += 1
        return token

    def take(self, *expected):
        """Go on if the expected tokens come next, and return whether they did."""
        if [self.peek(ahead) for ahead in range(len(expected))] != list(expected):
            return False
        self.at += len(expected)
        return True

    def need(self, *expected):
        """Go on if the expected tokens come next, else refuse the equation."""
        if not self.take(*expected):
            before = " ".join(self.tokens[max(0, self.at - 6) : self.at])
            raise FormulaError(
                f"cannot read '{self.peek()}' after '{before}': "
                f"expected '{' '.join(expected)}'"
            )

    def need_end(self, what):
        """Refuse the equation if anything follows."""
        if self.peek():
            raise FormulaError(f"cannot read '{self.peek()}' after {what}")

    def braced(self, read):
        """Read something between braces."""
        self.need("{")
        found = read()
        self.need("}")
        return found

    def closing(self):
        """Return where the brace that opens here is closed."""
        depth = 0
        for at in range(self.at, len(self.tokens)):
            depth += {"{": 1, "}": -1}.get(self.tokens[at], 0)
            if depth == 0:
                return at
        raise FormulaError("a brace is never closed")

    # Statements

    def statement(self):
        """Read all that is displayed, which may stand in a box."""
        node = self.braced(self.claim) if self.take(r"\boxed") else self.claim()
        self.need_end("the claim")
        return node

    def claim(self):
        """Read one chain, or two of them that are equivalent or follow from each other."""
        left = self.chain()
        if self.peek() in {r"\iff", r"\implies"}:
            return Node(self.next()[1:], (left, self.chain()))
        return left

    def chain(self):
        """Read sides with relations between them."""
        sides, relations = [self.sum_of_terms()], []
        while self.peek() in RELATIONS:
            relations.append(RELATIONS[self.next()])
            sides.append(self.sum_of_terms())
        if not relations:
            raise FormulaError(f"a relation is missing before '{self.peek()}'")
        return Node("chain", (tuple(sides), tuple(relations)))

    # Expressions

    def sum_of_terms(self):
        """Read terms with + and - between them."""
        node = Node("neg", (self.term(),)) if self.take("-") else self.term()
        while self.peek() in {"+", "-"}:
            op = "add" if self.next() == "+" else "sub"
            node = Node(op, (node, self.term()))
        return node

    def term(self):
        """Read factors; those side by side are multiplied."""
        node = self.factor()
        while (token := self.peek()) in PRODUCTS or self.starts_factor():
            node = self.signed(node) if token in PRODUCTS else self.beside(node)
            if token == "/":
                return self.last(node, "a quotient with /")
        return node

    def signed(self, node):
        """Read a sign of a product, and the factor behind it."""
        return Node(PRODUCTS[self.next()], (node, self.factor()))

    def beside(self, node):
        """Read a factor that stands side by side with what is before it."""
        before, token = self.peek(-1), self.peek()
        if token == "(" and _function_of(node):
            raise FormulaError("a bracket after a function is its argument")
        factor = self.factor()
        if before[0].isdigit() and _is_a_number(token, factor):
            raise FormulaError(f"{before} {token} looks like one number")
        return Node("mul", (node, factor))

    def last(self, node, what):
        """Refuse a further factor, which would leave open where the node ends."""
        if self.starts_factor() or self.peek() in PRODUCTS:
            raise FormulaError(
                f"a factor follows {what} before '{self.peek()}': write brackets"
            )
        return node

    def starts_factor(self):
        """Return whether a factor begins here."""
        token = self.peek()
        if token == "|":
            return not self.inside_bars
        known = any(token in table for table in (PRIMARY, COMMANDS, PREFIXES))
        return known or token[1:] in GREEK or token[:1].isalnum()

    def factor(self):
        """Read a primary expression with its exponents."""
        node = self.primary()
        while self.take("^"):
            node = self.power(node)
        return node

    def power(self, node):
        """Read the exponent of a node, or that it is transposed."""
        if node.op in UNRAISED or (node.op == "name" and _is_raised(*node.args)):
            raise FormulaError(
                f"an exponent after {UNRAISED.get(node.op, 'an index')}: write brackets"
            )
        if self.take(r"\top"):
            return Node("top", (node,))
        return Node("pow", (node, self.script()))

    def script(self):
        """Read the content of ^ or _: what braces hold, or one token."""
        if self.peek() == "{":
            return self.braced(self.sum_of_terms)
        token = self.next()
        if token.isdigit() and len(token) == 1:  # a page would raise no second digit
            return Node("num", (token,))
        if token.isalpha():
            return named(token)
        raise FormulaError(f"cannot read the script '{token}'")

    def primary(self):
        """Read a number, a name, or something that its first token announces."""
        token = self.peek()
        if token in PRIMARY:
            return PRIMARY[token](self)
        if token in COMMANDS:
            return self.command()
        if token in FUNCTIONS and self.peek(1) in {"(", "'"}:
            return self.called()
        return Node("num", (self.next(),)) if token[:1].isdigit() else self.variable()

    def variable(self):
        """Read a name that stands alone, and is no function."""
        if FUNCTIONS.get(self.peek()) in ALWAYS_CALLED:
            raise FormulaError(f"'{self.peek()}' of what?")
        return self.named()

    def outside_bars(self, read):
        """Read something in brackets, within which bars may open again."""
        self.need("(")
        bars, self.inside_bars = self.inside_bars, False
        found = read()
        self.inside_bars = bars
        self.need(")")
        return found

    def group(self):
        """Read an expression in brackets."""
        return Node("group", (self.outside_bars(self.sum_of_terms),))

    def bars(self):
        """Read an absolute value."""
        self.need("|")
        if self.inside_bars:
            raise FormulaError("bars inside bars")
        self.inside_bars = True
        node = Node("abs", (self.sum_of_terms(),))
        self.inside_bars = False
        self.need("|")
        return node

    def ceiling(self):
        """Read a number that is rounded up."""
        self.need(r"\lceil")
        node = Node("ceil", (self.sum_of_terms(),))
        self.need(r"\rceil")
        return node

    def root(self):
        """Read a square root."""
        self.need(r"\sqrt")
        return Node("sqrt", (self.braced(self.sum_of_terms),))

    # Functions

    def command(self):
        r"""Read \log, \tanh, \max and so on, with an exponent of their own if there is one."""
        function = COMMANDS[self.next()]
        exponent = self.own_exponent() if self.take("^") else None
        node = self.with_brackets(function) if self.peek() == "(" else self.bare(function)
        return Node("pow", (node, exponent)) if exponent else node

    def own_exponent(self):
        """Read the exponent of a function, which must not look like that of its inverse."""
        exponent = self.script()
        if exponent.op == "neg":
            raise FormulaError("a negative exponent of a function")
        return exponent

    def with_brackets(self, function):
        """Read the arguments of a command in brackets."""
        return Node("call", (function, 0, False, *self.arguments(function)))

    def bare(self, function):
        """Read the one factor that is the argument of a command without brackets."""
        if function in EXTREMA:
            raise FormulaError(f"the {function}imum of what?")
        node = Node("call", (function, 0, True, self.factor()))
        return self.last(node, rf"\{function} without brackets")

    def called(self):
        """Read a function with its primes and arguments."""
        function, primes = FUNCTIONS[self.next()], 0
        while self.take("'"):
            primes += 1
        return Node("call", (function, primes, False, *self.arguments(function)))

    def arguments(self, function):
        """Read the arguments of a function, at most as many as it takes."""
        most = 2 if function in (*EXTREMA, "ell") else 1
        found = self.outside_bars(self.listed)
        if len(found) > most:
            raise FormulaError(f"{len(found)} arguments where at most {most} belong")
        return found

    def listed(self):
        """Read expressions with commas between them."""
        found = [self.sum_of_terms()]
        while self.take(","):
            found.append(self.sum_of_terms())
        return found

    # Sums, products, limits, braces and cases

    def big(self, op):
        """Read a sum or a product over an index: its body is the term that follows."""
        self.next()
        self.need("_", "{")
        index = self.index()
        self.need("=")
        low = self.sum_of_terms()
        self.need("}", "^")
        return Node(op, (index, low, self.script(), self.term()))

    def index(self):
        """Read the letter that a sum or a product runs over."""
        if self.peek() not in INDICES:
            raise FormulaError(f"'{self.peek()}' is no index")
        return named(self.next())

    def limit(self):
        """Read a limit."""
        self.need(r"\lim", "_", "{")
        variable = named(self.next())
        self.need(r"\to")
        point = self.limit_point()
        self.need("}")
        return Node("lim", (variable, point, self.term()))

    def limit_point(self):
        """Read what a variable tends to."""
        if self.peek() not in LIMITS:
            known = " and ".join(LIMITS)
            raise FormulaError(f"a limit at '{self.peek()}': only {known} are known")
        return self.next()

    def underbrace(self):
        """Read an expression with its shape below."""
        self.need(r"\underbrace")
        inside = self.braced(self.sum_of_terms)
        self.need("_", "{", "(")
        rows = self.sum_of_terms()
        self.need(",")
        columns = self.sum_of_terms()
        self.need(")", "}")
        return Node("brace", (inside, rows, columns))

    def cases(self):
        """Read a distinction of cases."""
        self.need(r"\begin{cases}")
        rows = [self.row()]
        while self.take(r"\\"):
            rows.append(self.row())
        self.need(r"\end{cases}")
        return Node("cases", (tuple(rows),))

    def row(self):
        """Read one case: its value, and when it applies."""
        value = self.sum_of_terms()
        self.need("&", r"\text{if }")
        return value, self.chain()

    # Fractions and derivatives

    def fraction(self):
        """Read a fraction, or a derivative, which looks like one."""
        self.need(r"\frac")
        below = self.closing() + 1
        sign = self.tokens[below + 1 : below + 2]
        if sign in (["d"], [r"\partial"]):
            return self.derivative(sign[0])
        return Node(
            "frac", (self.braced(self.sum_of_terms), self.braced(self.sum_of_terms))
        )

    def derivative(self, sign):
        """Read the derivative of a name, or of the factor behind the fraction."""
        top = self.braced(lambda: self.differential(sign, optional=True))
        variable = self.braced(lambda: self.differential(sign))
        if top:
            return Node("ratio", (sign, top, variable))
        node = Node("diff", (sign, variable, self.factor()))
        return self.last(node, "what is differentiated")

    def differential(self, sign, optional=False):
        r"""Read d or \partial with a name, or without where the name is optional."""
        self.need(sign)
        return None if optional and self.peek() == "}" else self.named()

    # Names

    def named(self):
        """Read a name with its indices."""
        name = Name(self.base())
        while True:
            if self.peek() == "_" and not name.subs:
                name = self.subscript(name)
            elif self.at_index() and not (name.layer or name.example):
                name = self.superscript(name)
            else:
                return Node("name", (name,))

    def at_index(self):
        """Return whether a layer or an example follows, and no exponent."""
        return [self.peek(), self.peek(1)] == ["^", "{"] and self.peek(2) in {"[", "("}

    def base(self):
        """Read a letter, also with the d of a gradient in front or the bar of a mean above."""
        token = self.next()
        if token in PREFIXES:
            return PREFIXES[token] + self.base()
        if token[:1] == "\\" and token[1:] in GREEK:
            return token[1:]
        if len(token) == 1 and token.isalpha() and token.isascii():
            return token
        raise FormulaError(f"unknown symbol '{token}'")

    def subscript(self, name):
        """Read what stands below a name: a label, letters that are indices, or a number."""
        self.need("_")
        if self.peek() in LABELS:
            return name._replace(base=f"{name.base}_{self.next()}")
        lettered = self.peek() == "{" and self.content() <= INDICES
        subs = self.braced(self.letters) if lettered else (self.script(),)
        return name._replace(subs=subs)

    def content(self):
        """Return the set of tokens in the braces that open here."""
        return set(self.tokens[self.at + 1 : self.closing()])

    def letters(self):
        """Read indices side by side, as in W_{jk}."""
        found = []
        while self.peek() in INDICES:
            found.append(named(self.next()))
        return tuple(found)

    def superscript(self, name):
        """Read ^{[layer]}, ^{(example)} or ^{[layer] (example)}."""
        self.need("^", "{")
        layer = self.between("[", "]")
        example = self.between("(", ")")
        self.need("}")
        return name._replace(layer=layer, example=example)

    def between(self, opening, closing):
        """Read what stands between two brackets, or nothing where they do not open."""
        if not self.take(opening):
            return None
        found = self.sum_of_terms()
        self.need(closing)
        return found


def _is_raised(name):
    """Return whether a name has a layer or an example above."""
    return name.layer is not None or name.example is not None


def _is_a_number(token, factor):
    """Return whether a factor looks like the rest of a number before it: digits, or a fraction of them."""
    is_fraction = factor.op == "frac" and all(part.op == "num" for part in factor.args)
    return token[0].isdigit() or is_fraction


def _function_of(node):
    """Return the function whose name, with an index or an exponent, ends a product, if there is one."""
    while node.op in {*PRODUCTS.values(), "mul", "pow"}:
        node = node.args[0 if node.op == "pow" else 1]
    base = node.args[0].base if node.op == "name" else ""
    return base if base in FUNCTIONS.values() else ""


def _check_bound(node):
    """Refuse the index of a sum, or the variable of a limit, where it means something outside as well."""
    twice = _bound(node) & free(node)
    if twice:
        raise FormulaError(
            f"{', '.join(sorted(twice))} inside and outside of a sum or limit"
        )


def _bound(node, above=frozenset()):
    """Return the names that sums, products and limits run over; none may run within itself."""
    own = names(node.args[0]) if node.op in BINDERS else set()
    if own & above:
        raise FormulaError(f"a sum over {min(own)} inside of another")
    parts = [_bound(part, above | own) for _, part in children(node)]
    return own.union(*parts)


def free(node):
    """Return the names that mean something outside of every sum, product and limit.

    Parameters
    ----------
    node : Node
        A tree.

    Returns
    -------
    set of str
        Their bases.
    """
    own = {node.args[0].base} if node.op == "name" else set()
    found = own.union(*(free(part) for _, part in children(node)))
    return found - names(node.args[0]) if node.op in BINDERS else found


BINDERS = {"sum", "prod", "lim"}
UNRAISED = {  # what has no further exponent: a page refuses two of them, or shows them elsewhere
    "pow": "another",
    "top": "a transpose",
    "frac": "a fraction",
    "diff": "a derivative",
    "ratio": "a derivative",
}
PRODUCTS = {r"\odot": "odot", r"\cdot": "dot", r"\times": "dot", "/": "over"}
PREFIXES = {"d": "d", r"\bar": r"\bar "}  # of a name: of a gradient, of a mean
PRIMARY = {
    "(": _Parser.group,
    "|": _Parser.bars,
    r"\lceil": _Parser.ceiling,
    r"\sqrt": _Parser.root,
    r"\sum": lambda self: self.big("sum"),
    r"\prod": lambda self: self.big("prod"),
    r"\lim": _Parser.limit,
    r"\underbrace": _Parser.underbrace,
    r"\begin{cases}": _Parser.cases,
    r"\frac": _Parser.fraction,
}
