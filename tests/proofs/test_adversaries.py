"""Faults thought out to pass: true of the numbers tried, of something else, or as read but not as shown."""

import pytest

from proofs.check import Named
from proofs.claims import CLAIMS
from proofs.judge import Obligation
from proofs.ledger import checks_of
from proofs.parser import FormulaError, parse
from proofs.situations import equations
from proofs.tree import Node
from tools.lessons import NOTEBOOKS

# {what is wrong: (number, the line in its place)}
ONE_VALUE_OF_AN_INDEX = {
    "the step 2 for every step": ("12.1", r"\theta_{t+1} = \theta_2 - \eta \, d\theta_t"),
    "the step after 1": ("10.3", r"\theta_{t+1} = \theta_1 - \eta \, d\theta_t"),
    "the gradient of one step": ("0.3", r"\theta_{t+1} = \theta_t - \eta \, d\theta_2"),
    "a rate that grows with t": (
        "10.3",
        r"\theta_{t+1} = \theta_t - \frac{\eta t}{2} \, d\theta_t",
    ),
    "the step 3 on the left": ("10.6", r"\theta_3 = (1 - \eta \lambda) \theta_t"),
    "t and t squared": ("10.7", r"\theta_t = (1 - \eta \lambda)^{t^2} \theta_0"),
    "the residual of one step": ("8.8", r"r_{t+1} = (1 - 2 \eta) r_2"),
    "the factor to the step": ("8.8", r"r_{t+1} = (1 - t \eta) r_t"),
    "the fixed layer before": ("10.13", r"s_l^2 = \frac{1}{2} n_1 s^2 s_{l-1}^2"),
    "the fixed layer": ("10.13", r"s_2^2 = \frac{1}{2} n_{l-1} s^2 s_{l-1}^2"),
    "a width that is fixed": (
        "10.14",
        r"\frac{1}{2} n_{l-1} s^2 = 1 \iff s^2 = \frac{2}{n_1}",
    ),
    "the first batch for all": (
        "12.3",
        r"J_t = \frac{1}{B} \sum_{i=1}^{B} \ell(a^{(i)}, y^{(i)})",
    ),
    "the last layer by its number": (
        "6.13",
        r"dZ^{[3]} = A^{[3]} - Y",
    ),
    "a fixed example": (
        "7.10",
        r"\frac{\partial J}{\partial a^{(i)}} = \frac{2}{m} (a^{(1)} - y^{(1)})",
    ),
}
SIZES_THAT_AGREE_BY_CHANCE = {
    "half of m for L": (
        "0.2",
        r"J = \frac{1}{2 L} \sum_{i=1}^{m} \ell(a^{(i)}, y^{(i)})",
    ),
    "twice L for m": ("7.11", r"dW^{[l]} = \frac{1}{2 L} dZ^{[l]} (A^{[l-1]})^\top"),
    "m up to three examples": (
        "6.3",
        r"-\frac{1}{m} \log \prod_{i=1}^{m} p^{y^{(i)}} (1 - p)^{1 - y^{(i)}}"
        r" = -\frac{1}{\min(m, 3)} \sum_{i=1}^{m} \left( y^{(i)} \log p + (1 - y^{(i)}) \log(1 - p) \right)",
    ),
    "a factor that is 1 for 1, 2 and 3": (
        "7.14",
        r"\frac{dJ}{dc} = \frac{2}{m} \sum_{i=1}^{m} (c - y^{(i)})"
        r" = 2 c - \frac{2}{m} \sum_{i=1}^{m} y^{(i)} + (m - 1) (m - 2) (m - 3)",
    ),
    "zero for one layer and for three": (
        "4.10",
        r"\prod_{l=1}^{L} g'(z^{[l]}) = \alpha^{L} + (L - 1) (L - 3)",
    ),
    "at most three examples": (
        "7.15",
        r"c = \frac{1}{m} \sum_{i=1}^{\min(m, 3)} y^{(i)}",
    ),
    "at most three layers": ("3.10", r"\prod_{l=1}^{L} g'(z^{[l]}) = 1 + \max(0, L - 3)"),
    "units of four layers": (
        "1.8",
        r"\sum_{l=1}^{L} (n_l n_{l-1} + n_l) = \sum_{l=1}^{\min(L, 3)} n_l (n_{l-1} + 1)",
    ),
    "three features": ("1.1", r"z = \sum_{k=1}^{\min(n_0, 2)} w_k x_k + b"),
    "m less L": ("9.15", r"db^{[l]} = \frac{1}{9 - L} \sum_{i=1}^{m} dZ^{[l] (i)}"),
    "two outputs": (
        "6.5",
        r"J = \frac{1}{m} \sum_{i=1}^{m} \sum_{k=1}^{\min(n_y, 5)} \ell(a_k^{(i)}, y_k^{(i)})",
    ),
}
FAR_OUT_OR_CLOSE_BY = {
    "bent beyond 5": (
        "2.9",
        r"\sigma(-z) = \frac{1}{1 + e^{z}} = \frac{e^{-z}}{e^{-z} + 1} = 1 - \sigma(z) + \max(0, z - 5)",
    ),
    "cut off at 5": ("1.2", r"g(z) = \min(\max(0, z), 5)"),
    "cut off below": ("4.6", r"g(z) = \max(-4, \alpha z + (1 - \alpha) \max(0, z))"),
    "a border that is a little off": (
        "3.7",
        r"g'(z) = \begin{cases} 1 & \text{if } z > \frac{1}{1000} \\ 0 & \text{if } z < "
        r"\frac{1}{1000} \end{cases}",
    ),
    "a border off the other way": (
        "4.3",
        r"g'(z) = \begin{cases} 1 & \text{if } z > -\frac{1}{10000} \\ \alpha & "
        r"\text{if } z < -\frac{1}{10000} \end{cases}",
    ),
    "a border at a small distance": (
        "8.3",
        r"\frac{\partial \ell}{\partial a} = \begin{cases} 1 & \text{if } a - y > "
        r"\frac{1}{1000} \\ -1 & \text{if } a - y < \frac{1}{1000} \end{cases}",
    ),
    "right for small numbers": (
        "5.14",
        r"\tanh(z) = \max(-1 + z - z, 2 \sigma(2 z) - 1) + \max(0, |z| - 9)",
    ),
    "a rate of at most 3": ("8.8", r"r_{t+1} = (1 - 2 \min(\eta, 3)) r_t"),
    "a curvature of at most 3": (
        "10.5",
        r"d\theta = \frac{d}{d\theta} \left( \frac{\lambda}{2} \theta^2 \right) = \min(\lambda, 3) \theta",
    ),
    "a residual of at most 6": (
        "7.6",
        r"\frac{\partial \ell}{\partial a} = \min(2 (a - y), 12)",
    ),
    "a probability away from 0": (
        "6.6",
        r"\frac{d}{da} \log a = \frac{1}{\max(a, \frac{1}{1000})}",
    ),
    "a probability away from 1": (
        "6.9",
        r"\frac{\partial \ell}{\partial a} = \frac{a - y}{a \max(1 - a, \frac{1}{1000})}",
    ),
    "a large deviation": (
        "7.3",
        r"-\log\left( \frac{1}{s \sqrt{2 \pi}} e^{-(y - a)^2 / (2 s^2)} \right) = "
        r"\frac{(a - y)^2}{2 s^2} + \log(\min(s, 3) \sqrt{2 \pi})",
    ),
    "a large input": (
        "14.3",
        r"w \frac{x - \bar x}{s_x} + b = \frac{w}{s_x} \min(x, 4) + b - \frac{w \bar x}{s_x}",
    ),
    "a large label": (
        "14.4",
        r"\frac{d}{dz} (\sigma(z) - y)^2 = 2 (\sigma(z) - \min(y, 3)) \sigma(z) (1 - \sigma(z))",
    ),
    "half of a far number": (
        "13.1",
        r"\sigma(z) - \frac{1}{2} = \frac{1}{1 + e^{-z}} - \frac{1}{2} = \frac{1 - "
        r"e^{-\min(z, 9)}}{2 (1 + e^{-\min(z, 9)})}",
    ),
}
TRUE_OF_SOMETHING_ELSE = {
    "a bias too many on both sides": (
        "1.8",
        r"\sum_{l=1}^{L} (n_l n_{l-1} + 2 n_l) = \sum_{l=1}^{L} n_l (n_{l-1} + 2)",
    ),
    "no biases on both sides": (
        "1.8",
        r"\sum_{l=1}^{L} n_l n_{l-1} = \sum_{l=1}^{L} n_{l-1} n_l",
    ),
    "the inverse quotient": (
        "2.2",
        r"\frac{d}{dz} \frac{v(z)}{u(z)} = \frac{v'(z) u(z) - v(z) u'(z)}{u(z)^2}",
    ),
    "another denominator": ("2.3", r"\frac{d}{dz} (2 + e^{-z}) \cdot 2 = -2 e^{-z}"),
    "another line": ("3.4", r"\frac{2 (z + h) - 2 z}{h} = \frac{2 z - 2 (z - h)}{h} = 2"),
    "the square of the leak": (
        "4.2",
        r"\frac{\alpha^2 (z + h) - \alpha^2 z}{h} = \frac{\alpha^2 z - \alpha^2 (z - h)}{h} = \alpha^2",
    ),
    "a leak that is added": ("4.7", r"z + \alpha z = (1 + \alpha) z"),
    "twice both": ("5.3", r"\frac{d}{dz} (2 e^{z} - 2 e^{-z}) = 2 e^{z} + 2 e^{-z}"),
    "another exponent on both sides": (
        "5.6",
        r"(e^{2 z} + e^{-2 z})^2 = e^{4 z} + 2 + e^{-4 z}",
    ),
    "half the number": (
        "5.8",
        r"\frac{(e^{z} + e^{-z})^2 - (e^{z} - e^{-z})^2}{2 (e^{z} + e^{-z})^2} = "
        r"\frac{2}{(e^{z} + e^{-z})^2}",
    ),
    "a logarithm for another": ("6.6", r"\frac{d}{da} (2 \log a) = \frac{2}{a}"),
    "labels exchanged on both sides": (
        "6.2",
        r"p^{1 - y} (1 - p)^{y} = \begin{cases} 1 - p & \text{if } y = 1 \\ p & \text{if } y = 0 \end{cases}",
    ),
    "the sum for the mean": (
        "6.3",
        r"-\log \prod_{i=1}^{m} p^{y^{(i)}} (1 - p)^{1 - y^{(i)}} = -\sum_{i=1}^{m} "
        r"\left( y^{(i)} \log p + (1 - y^{(i)}) \log(1 - p) \right)",
    ),
    "another sign on both sides": (
        "6.18",
        r"\log(1 + e^{z}) = \max(z, 0) + \log(1 + e^{-|z|})",
    ),
    "another variance on both sides": (
        "7.3",
        r"-\log\left( \frac{1}{s \sqrt{2 \pi}} e^{-(y - a)^2 / s^2} \right) = \frac{(a "
        r"- y)^2}{s^2} + \log(s \sqrt{2 \pi})",
    ),
    "a cube on both sides": ("7.4", r"\frac{d}{dr} r^3 = 3 r^2"),
    "half a residual": (
        "7.5",
        r"\frac{\partial}{\partial a} \frac{a - y}{2} = \frac{1}{2}",
    ),
    "a cube for a square": (
        "7.9",
        r"\frac{\partial}{\partial a^{(i)}} (a^{(q)} - y^{(q)})^3 = \begin{cases} 3 "
        r"(a^{(i)} - y^{(i)})^2 & \text{if } q = i \\ 0 & \text{if } q \ne i \end{cases}",
    ),
    "another spread on both sides": (
        "8.7",
        r"-\log\left( \frac{1}{2 s} e^{-|y - a| / s} \right) = \frac{|a - y|}{s} + \log(2 s)",
    ),
    "a squared activation": (
        "9.18",
        r"\frac{a - y}{a (1 - a)} \, a^2 (1 - a) = a (a - y)",
    ),
    "a square for a cube": (
        "9.21",
        r"\frac{(\theta + h)^2 - (\theta - h)^2}{2 h} = 2 \theta",
    ),
    "another rounding": (
        "9.22",
        r"\frac{d}{dh} \left( h^2 + \frac{2^{-52}}{h} \right) = 2 h - \frac{2^{-52}}{h^2}",
    ),
    "a one-sided difference": (
        "9.23",
        r"\frac{\max(0, h) - \max(0, -h)}{h} = \frac{h - 0}{h} = 1",
    ),
    "twice the rate": (
        "10.9",
        r"\eta = \frac{1}{\lambda} \implies 2 - 2 \eta \lambda + \eta = \eta",
    ),
    "the curvatures exchanged": (
        "10.11",
        r"1 - \eta \lambda_2 = 1 - \frac{\lambda_2}{\lambda_2}",
    ),
    "a sum for a mean": ("11.4", r"\sum_{i=1}^{B} d\theta = B d\theta"),
    "another weight on both sides": (
        "14.3",
        r"2 w \frac{x - \bar x}{s_x} + b = \frac{2 w}{s_x} x + b - \frac{2 w \bar x}{s_x}",
    ),
    "a bound of another slope": ("5.11", r"0 < 1 - \vert \tanh(z) \vert \le 1"),
    "a slope that is no slope": (
        "5.15",
        r"\frac{d}{dz} (2 \sigma(3 z) - 1) = 6 \sigma'(3 z)",
    ),
    "another stretched sigmoid": (
        "5.12",
        r"2 \sigma(z) - 1 = \frac{2}{1 + e^{-z}} - \frac{1 + e^{-z}}{1 + e^{-z}} = "
        r"\frac{1 - e^{-z}}{1 + e^{-z}}",
    ),
    "twice the slope on both sides": (
        "2.11",
        r"2 \sigma(z) (1 - \sigma(z)) = \frac{1}{2} - 2 \left(\sigma(z) - \frac{1}{2}\right)^2",
    ),
    "the factor of twice the rate": (
        "10.8",
        r"\vert 1 - 2 \eta \lambda \vert < 1 \iff 0 < \eta < \frac{1}{\lambda}",
    ),
    "a third for a half": (
        "10.14",
        r"\frac{1}{3} n_{l-1} s^2 = 1 \iff s^2 = \frac{3}{n_{l-1}}",
    ),
    "twice a square": ("14.5", r"\lim_{z \to \infty} (2 \sigma(z) - y)^2 = (2 - y)^2"),
    "the gradient by the input, too": (
        "15.1",
        r"\sum_{l=1}^{L} m n_l n_{l-1} + \sum_{l=1}^{L} m n_l n_{l-1} + \sum_{l=1}^{L} "
        r"m n_l n_{l-1} = 3 m \sum_{l=1}^{L} n_l n_{l-1}",
    ),
}
SHOWN_OTHERWISE = {
    "two superscripts": ("7.11", r"dW^{[l]} = \frac{1}{m} dZ^{[l]} A^{[l-1]}^\top"),
    "an example and a power": (
        "7.2",
        r"J = \frac{1}{m} \sum_{i=1}^{m} (a^{(i)} - y^{(i)})^2 + a^{(1)}^2 - a^{(1)}^2",
    ),
    "two transposes": ("9.16", r"dA^{[l-1]} = (W^{[l]})^\top^\top^\top dZ^{[l]}"),
    "two numbers side by side": ("7.4", r"\frac{d}{dr} r^2 = 1 2 r"),
    "a space in a number": (
        "5.15",
        r"\frac{d}{dz} (2 \sigma(2 z) - 1) = 2 \, 2 \sigma'(2 z)",
    ),
    "a mixed number": ("7.4", r"\frac{d}{dr} r^2 = 4 \frac{1}{2} r"),
    "a power of a fraction without brackets": (
        "5.9",
        r"1 - \frac{e^{z} - e^{-z}}{e^{z} + e^{-z}}^2 = 1 - \tanh^2(z)",
    ),
    "left without right": (
        "2.11",
        r"\sigma(z) (1 - \sigma(z)) = \frac{1}{4} - \left( \sigma(z) - \frac{1}{2} )^2",
    ),
    "right without left": (
        "2.11",
        r"\sigma(z) (1 - \sigma(z)) = \frac{1}{4} - ( \sigma(z) - \frac{1}{2} \right)^2",
    ),
    "left across braces": (
        "2.5",
        r"1 - \sigma(z) = \frac{\left( e^{-z}}{1 + e^{-z} \right)}",
    ),
    "left before a letter": ("2.5", r"1 - \sigma(z) = \frac{\left e^{-z}}{1 + e^{-z}}"),
    "a function without its argument": (
        "2.6",
        r"\frac{e^{-z}}{(1 + e^{-z})^2} = \sigma (1 - \sigma(z))",
    ),
    "a product that looks like a function": ("2.11", r"\sigma^2(z) = \sigma^2 (z)"),
    "a function of nothing": ("2.7", r"\sigma'(z) = \sigma \cdot (1 - \sigma(z))"),
    "an index below a function": ("7.1", r"\ell(a, y) = \ell_2 (a - y)^2 / \ell_2"),
    "the inverse": ("5.1", r"\tanh^{-1}(z) = \frac{e^{z} + e^{-z}}{e^{z} - e^{-z}}"),
    "an index within and without": (
        "11.8",
        r"\left( \sum_{i=1}^{m} d\theta^{(i)} - d\theta^{(i)} \right)^2 = 0",
    ),
    "a sum within a sum of the same index": (
        "7.12",
        r"J = \frac{1}{m} \sum_{i=1}^{m} \sum_{i=1}^{n_y} (a_i^{(i)} - y_i^{(i)})^2",
    ),
    "a limit that ends too soon": (
        "3.2",
        r"g'(z) = \lim_{h \to 0} \frac{1}{h} (g(z + h) - g(z)) + h - h",
    ),
    "a letter of another alphabet": ("7.4", r"\frac{d}{dr} r^2 = ٢ r"),
    "a raised digit": ("7.4", "\\frac{d}{dr} r² = 2 r"),
    "a comment": ("7.4", "\\frac{d}{dr} r^2 = 2 r % + 1"),
    "a tag in the middle": ("7.4", r"\frac{d}{dr} r^2 \tag{7.4} = 2 r"),
    "a comma in a number": ("7.4", r"\frac{d}{dr} 1,000 r^2 = 2,000 r"),
}
ADVERSARIES = {
    (kind, what): line
    for kind, lines in {
        "one value of an index": ONE_VALUE_OF_AN_INDEX,
        "sizes that agree by chance": SIZES_THAT_AGREE_BY_CHANCE,
        "far out or close by": FAR_OUT_OR_CLOSE_BY,
        "true of something else": TRUE_OF_SOMETHING_ELSE,
        "shown otherwise": SHOWN_OTHERWISE,
    }.items()
    for what, line in lines.items()
}


# Each side of an identity twice, or with 2 more: still true, and not what the lesson means.
TWO = Node("num", ("2",))
ZERO = {"3.6", "11.8"}  # twice 0 is 0


def is_quantity(side):
    """Whether a side is one quantity alone, with or without its shape: the equation says what it is."""
    side = side.args[0] if side.op in {"brace", "pow"} else side
    is_function = side.op == "call" and side.args[0] not in {"log", "max"}
    return side.op in {"name", "ratio"} or is_function


def sides_of(tag):
    """The tree of an equation, and its sides; none if it is no chain, or gives a name."""
    first = checks_of(tag)[0]
    node = None if isinstance(first, Named) else Obligation(tag, first).node
    return node, node.args[0] if node and node.op == "chain" else ()


IDENTITIES = [tag for tag in CLAIMS if not all(map(is_quantity, sides_of(tag)[1][:1]))]
ON_EVERY_SIDE = [
    (tag, op)
    for tag in IDENTITIES
    for op in ("mul", "add")
    if op == "add" or tag not in ZERO
]


@pytest.mark.parametrize(("tag", "op"), ON_EVERY_SIDE)
def test_an_identity_that_was_changed_on_every_side_is_refused(tag, op):
    node, sides = sides_of(tag)
    other = tuple(Node(op, (TWO, side)) for side in sides)
    with pytest.raises(FormulaError):
        for check in checks_of(tag):
            Obligation(tag, check).judge(node._replace(args=(other, *node.args[1:])))


def judge(tag, line):
    """FormulaError unless a line can stand in the place of an equation."""
    for check in checks_of(tag):
        Obligation(tag, check, line).judge()


@pytest.mark.parametrize(("kind", "what"), ADVERSARIES)
def test_an_adversary_is_refused(kind, what):
    with pytest.raises(FormulaError):
        judge(*ADVERSARIES[kind, what])


def test_every_lesson_has_an_adversary():
    lessons = {int(tag.split(".")[0]) for tag, _ in ADVERSARIES.values()}
    assert lessons == {int(path.name[:2]) for path in NOTEBOOKS}


@pytest.mark.parametrize("tag", CLAIMS)
def test_every_equation_is_tied_to_something(tag):
    """To an array, to dnn_lessons or to an earlier equation: else it may be true of something else."""
    checks = checks_of(tag)
    is_named = isinstance(checks[0], Named)
    assert is_named or any(is_tied(check) for check in checks)


def is_tied(check):
    """Whether a check uses an array, a function of dnn_lessons, or what another equation defines."""
    by_module = check.network is not None or check.code or check.families
    return bool(by_module or check.tied or check.solve or defines(check.given))


def defines(given):
    """Whether an earlier equation is among what is given, or the definition of a symbol."""
    return any(each in equations() or "=" in parse(each).args[1] for each in given)
