r"""Reads the LaTeX of the lessons, and refuses what it does not know.

A small grammar of its own, because general readers guess: SymPy's takes a hat, a superscript (i) or a layer [l] for
something else and says nothing. Here each token has one rule or the equation is refused, and so is each line that two
readers could read in two ways, such as \log a b or a / b c.
"""

import re

from proofs.tree import GREEK, LABELS, RELATIONS, Name, Node

TOKEN = re.compile(
    r"\\begin\{cases\}|\\end\{cases\}|\\text\{if \}|\\[A-Za-z]+|\\\\|\\[,;]|\d+|[A-Za-z]|[-+=<>|(){}\[\],^_'/&]|\S"
)
SILENT = {r"\,", r"\;", r"\left", r"\right"}
SAME = {r"\vert": "|"}
FUNCTIONS = {
    r"\sigma": "sigma",
    r"\ell": "ell",
    "g": "g",
    "J": "J",
    "u": "u",
    "v": "v",
}  # where ( or ' follows
COMMANDS = {rf"\{name}": name for name in ("log", "tanh", "sin", "max", "min")}
EXTREMA = ("max", "min")
LIMITS = {"0", r"\infty"}
INDICES = set("ijkqlt")
CALLED = re.compile(r"\\tag\{[^}]*\}")


class Refused(Exception):
    """The equation cannot be read, or it does not hold; the message says why."""


def parse(equation):
    """The tree of a displayed equation; its number and its box are not part of what it claims."""
    return Parser(tokens(CALLED.sub("", equation))).statement()


def parse_expression(text):
    """The tree of one side."""
    parser = Parser(tokens(text))
    node = parser.sum_of_terms()
    if parser.peek():
        raise Refused(f"cannot read '{parser.peek()}' after the expression")
    return node


def tokens(text):
    found = [SAME.get(token, token) for token in TOKEN.findall(text)]
    return [token for token in found if token not in SILENT]


class Parser:
    """Recursive descent: each method reads one kind of thing from `self.tokens` and returns its node."""

    def __init__(self, tokens):
        self.tokens, self.at, self.inside_bars = tokens, 0, False

    # --- the stream of tokens

    def peek(self, ahead=0):
        return self.tokens[self.at + ahead] if self.at + ahead < len(self.tokens) else ""

    def next(self):
        self.at += 1
        return self.tokens[self.at - 1] if self.at <= len(self.tokens) else ""

    def take(self, *expected):
        """True, and one step further, where the expected tokens come next."""
        if [self.peek(ahead) for ahead in range(len(expected))] != list(expected):
            return False
        self.at += len(expected)
        return True

    def need(self, *expected):
        if not self.take(*expected):
            before = " ".join(self.tokens[max(0, self.at - 6) : self.at])
            raise Refused(
                f"cannot read '{self.peek()}' after '{before}': expected '{' '.join(expected)}'"
            )

    def braced(self, read):
        """What `read` finds between braces."""
        self.need("{")
        found = read()
        self.need("}")
        return found

    # --- statements

    def statement(self):
        boxed = self.take(r"\boxed", "{")
        node = self.claim()
        if boxed:
            self.need("}")
        if self.peek():
            raise Refused(f"cannot read '{self.peek()}' after the claim")
        return node

    def claim(self):
        left = self.chain()
        if self.peek() in {r"\iff", r"\implies"}:
            return Node(self.next()[1:], (left, self.chain()))
        return left

    def chain(self):
        sides, relations = [self.sum_of_terms()], []
        while self.peek() in RELATIONS:
            relations.append(RELATIONS[self.next()])
            sides.append(self.sum_of_terms())
        if not relations:
            raise Refused(f"no relation where one must stand, before '{self.peek()}'")
        return Node("chain", (tuple(sides), tuple(relations)))

    # --- expressions

    def sum_of_terms(self):
        node = Node("neg", (self.term(),)) if self.take("-") else self.term()
        while self.peek() in {"+", "-"}:
            op = "add" if self.next() == "+" else "sub"
            node = Node(op, (node, self.term()))
        return node

    def term(self):
        node = self.factor()
        while True:
            if self.take(r"\odot"):
                node = Node("odot", (node, self.factor()))
            elif self.take(r"\cdot"):
                node = Node("dot", (node, self.factor()))
            elif self.take("/"):
                return self.last(Node("over", (node, self.factor())), "a quotient with /")
            elif self.starts_factor():
                node = Node("mul", (node, self.factor()))
            else:
                return node

    def last(self, node, what):
        """The node, unless a further factor makes its end ambiguous."""
        if self.starts_factor() or self.peek() in {r"\odot", r"\cdot", "/"}:
            raise Refused(
                f"a factor follows {what} before '{self.peek()}': write brackets"
            )
        return node

    def starts_factor(self):
        token = self.peek()
        if token == "|":
            return not self.inside_bars
        return (
            token == "("
            or token.isalnum()
            or token in PRIMARY
            or token in COMMANDS
            or token[1:] in GREEK
        )

    def factor(self):
        node = self.primary()
        while self.peek() == "^":
            self.next()
            node = self.power(node)
        return node

    def power(self, node):
        if self.take(r"\top"):
            return Node("top", (node,))
        if node.op == "pow":
            raise Refused("a power of a power without brackets")
        return Node("pow", (node, self.script()))

    def script(self):
        """The content of ^ or _: braces, or one token."""
        if self.peek() == "{":
            return self.braced(self.sum_of_terms)
        token = self.next()
        if token.isdigit():
            return Node("num", (token,))
        if token.isalpha():
            return Node("name", (Name(token),))
        raise Refused(f"cannot read the script '{token}'")

    def primary(self):
        token = self.peek()
        if token in PRIMARY:
            return PRIMARY[token](self)
        if token in COMMANDS:
            return self.command()
        if token in FUNCTIONS and self.peek(1) in {"(", "'"}:
            return self.called()
        if token.isdigit():
            return Node("num", (self.next(),))
        return Node("name", (self.name(),))

    def group(self):
        self.need("(")
        bars, self.inside_bars = self.inside_bars, False
        node = Node("group", (self.sum_of_terms(),))
        self.inside_bars = bars
        self.need(")")
        return node

    def bars(self):
        self.need("|")
        if self.inside_bars:
            raise Refused("bars inside bars")
        self.inside_bars = True
        node = Node("abs", (self.sum_of_terms(),))
        self.inside_bars = False
        self.need("|")
        return node

    def ceiling(self):
        self.need(r"\lceil")
        node = Node("ceil", (self.sum_of_terms(),))
        self.need(r"\rceil")
        return node

    def root(self):
        self.need(r"\sqrt")
        return Node("sqrt", (self.braced(self.sum_of_terms),))

    def command(self):
        r"""\log, \tanh, \max and so on, with its arguments in brackets, or one factor without."""
        function = COMMANDS[self.next()]
        exponent = self.script() if self.take("^") else None
        if self.peek() == "(":
            node = Node(
                "call",
                (function, 0, False, *self.arguments(2 if function in EXTREMA else 1)),
            )
        elif function in EXTREMA:
            raise Refused(f"the {function}imum of what?")
        else:
            node = self.last(
                Node("call", (function, 0, True, self.factor())),
                f"\\{function} without brackets",
            )
        return Node("pow", (node, exponent)) if exponent else node

    def called(self):
        function, primes = FUNCTIONS[self.next()], 0
        while self.take("'"):
            primes += 1
        return Node(
            "call",
            (function, primes, False, *self.arguments(2 if function == "ell" else 1)),
        )

    def arguments(self, upto):
        self.need("(")
        bars, self.inside_bars = self.inside_bars, False
        found = [self.sum_of_terms()]
        while self.take(","):
            found.append(self.sum_of_terms())
        self.need(")")
        self.inside_bars = bars
        if len(found) > upto:
            raise Refused(f"{len(found)} arguments where at most {upto} belong")
        return found

    def big(self, op):
        """A sum or a product over an index: its body is the term that follows."""
        self.next()
        self.need("_", "{")
        index = Node("name", (Name(self.next()),))
        if index.args[0].base not in INDICES:
            raise Refused(f"'{index.args[0].base}' is no index")
        self.need("=")
        low = self.sum_of_terms()
        self.need("}", "^")
        return Node(op, (index, low, self.script(), self.term()))

    def limit(self):
        self.need(r"\lim", "_", "{")
        variable = Node("name", (Name(self.next()),))
        self.need(r"\to")
        point = self.next()
        if point not in LIMITS:
            raise Refused(
                f"a limit at '{point}': only {' and '.join(sorted(LIMITS))} are known"
            )
        self.need("}")
        return Node("lim", (variable, point, self.term()))

    def underbrace(self):
        self.need(r"\underbrace")
        inside = self.braced(self.sum_of_terms)
        self.need("_", "{", "(")
        rows = self.sum_of_terms()
        self.need(",")
        columns = self.sum_of_terms()
        self.need(")", "}")
        return Node("brace", (inside, rows, columns))

    def cases(self):
        self.need(r"\begin{cases}")
        rows = [self.row()]
        while self.take(r"\\"):
            rows.append(self.row())
        self.need(r"\end{cases}")
        return Node("cases", (tuple(rows),))

    def row(self):
        value = self.sum_of_terms()
        self.need("&", r"\text{if }")
        return value, self.chain()

    # --- fractions and derivatives

    def fraction(self):
        self.need(r"\frac")
        sign = self.tokens[self.closing() + 2 : self.closing() + 3]
        if sign in (["d"], [r"\partial"]):
            return self.derivative(sign[0])
        return Node(
            "frac", (self.braced(self.sum_of_terms), self.braced(self.sum_of_terms))
        )

    def closing(self):
        """Where the brace that opens here is closed."""
        depth = 0
        for at in range(self.at, len(self.tokens)):
            depth += {"{": 1, "}": -1}.get(self.tokens[at], 0)
            if depth == 0:
                return at
        raise Refused("a brace is never closed")

    def derivative(self, sign):
        self.need("{", sign)
        top = None if self.peek() == "}" else Node("name", (self.name(),))
        self.need("}", "{", sign)
        variable = Node("name", (self.name(),))
        self.need("}")
        if top:
            return Node("ratio", (sign, top, variable))
        return self.last(
            Node("diff", (sign, variable, self.factor())), "what is differentiated"
        )

    # --- names

    def name(self):
        name = Name(self.base())
        while (token := self.peek()) in {"_", "^"}:
            if token == "_" and not name.subs:
                name = self.subscript(name)
            elif (
                token == "^"
                and not (name.layer or name.example)
                and self.peek(2) in {"[", "("}
            ):
                name = self.superscript(name)
            else:
                break
        return name

    def base(self):
        token = self.next()
        if token == "d":
            return "d" + self.base()
        if token[1:] in GREEK and token[0] == "\\":
            return token[1:]
        if len(token) == 1 and token.isalpha() and token.isascii():
            return token
        raise Refused(f"unknown symbol '{token}'")

    def subscript(self, name):
        self.need("_")
        if self.peek() in LABELS:
            return name._replace(base=f"{name.base}_{self.next()}")
        if self.peek() != "{":
            return name._replace(subs=(self.script(),))
        inside = self.tokens[self.at + 1 : self.closing()]
        if set(inside) <= INDICES:
            self.at = self.closing() + 1
            return name._replace(
                subs=tuple(Node("name", (Name(letter),)) for letter in inside)
            )
        return name._replace(subs=(self.script(),))

    def superscript(self, name):
        """^{[layer]}, ^{(example)} or ^{[layer] (example)}."""
        self.need("^", "{")
        layer = example = None
        if self.take("["):
            layer = self.sum_of_terms()
            self.need("]")
        if self.take("("):
            example = self.sum_of_terms()
            self.need(")")
        self.need("}")
        return name._replace(layer=layer, example=example)


PRIMARY = {
    "(": Parser.group,
    "|": Parser.bars,
    r"\lceil": Parser.ceiling,
    r"\sqrt": Parser.root,
    r"\sum": lambda self: self.big("sum"),
    r"\prod": lambda self: self.big("prod"),
    r"\lim": Parser.limit,
    r"\underbrace": Parser.underbrace,
    r"\begin{cases}": Parser.cases,
    r"\frac": Parser.fraction,
}
