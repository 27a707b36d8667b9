"""The reader of LaTeX: what it reads it can write again, and it refuses what it does not know."""

import pytest

from proofs.parser import FormulaError, parse
from proofs.situations import equations
from proofs.tree import latex


@pytest.mark.parametrize("tag", equations())
def test_what_is_read_can_be_written_and_read_again(tag):
    tree = parse(equations()[tag])
    assert parse(latex(tree)) == tree


@pytest.mark.parametrize(
    "equation",
    [
        r"\hat{y} = y",
        r"\mathrm{d} z = 1",
        r"\operatorname{tanh} z = 1",
        r"\displaystyle z = 1",
        r"z := 1",
        r"z = \boxed{1}",
        r"z",
        r"z = ",
        r"z = (1 + 2",
        r"z = 1)",
        r"z = \log a b",
        r"z = a / b c",
        r"z = a / b / c",
        r"z = x^2^3",
        r"z = \sum_{n=1}^{m} x",
        r"z = \frac{\partial \ell}{d a}",
        r"z = \frac{\partial}{\partial a} a y",
        r"\lim_{h \to 1} h = 1",
        r"z = \max a",
        r"z = \min a",
        r"z = \max(a, b, c)",
        r"z = W^{l]}",
        r"z = |a + |b||",
        r"z = \begin{cases} a & \text{otherwise} \end{cases}",
        r"z = \omega",
        r"z = x @ y",
        r"z = A^{[1]}^\top",
        r"z = x^{(i)}^2",
        r"z = \frac{x}{y}^2",
        r"z = 2 3",
        r"z = 2 \frac{1}{2}",
        r"z = \left( x )",
        r"z = \sigma x",
        r"z = \tanh^{-1}(x)",
        r"z = \sum_{i=1}^{m} x^{(i)} - x^{(i)}",
    ],
)
def test_refuses(equation):
    with pytest.raises(FormulaError):
        parse(equation)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (r"z = x^{(i)}", r"z = x^{i}"),
        (r"z = W^{[l]}", r"z = W^{l}"),
        (r"z = W A", r"z = W \odot A"),
        (r"z = g'(z)", r"z = g(z)"),
        (r"z = W_{jk}", r"z = W_{kj}"),
        (r"z = \frac{d}{dz} z^2", r"z = \frac{\partial}{\partial z} z^2"),
        (r"z = -z^2", r"z = (-z)^2"),
        (r"z = d\theta", r"z = \theta"),
        (r"z = w \bar x", r"z = w x"),
        (r"z = \sum_{i=1}^{m} x^{(i)} + 1", r"z = \sum_{i=1}^{m} (x^{(i)} + 1)"),
    ],
)
def test_tells_apart(one, other):
    assert parse(one) != parse(other)


def test_a_bracket_may_follow_a_power():
    assert parse(r"z = x^2 (y + 1)") == parse(r"z = x^{2} (y + 1)")


def test_number_box_and_spacing_are_not_part_of_the_claim():
    assert parse(r"\boxed{z = \left( w \, x \right) + b} \tag{1.1}") == parse(
        "z = (w x) + b"
    )
