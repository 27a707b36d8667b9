"""Every displayed equation of the lessons is proven, as it is printed."""

import json
import re
from functools import cache
from importlib import import_module

import mpmath
import pytest

from proofs import ledger
from proofs.check import Named, given
from proofs.claims import CLAIMS, LESSONS
from proofs.judge import Obligation
from proofs.ledger import PAGE, audited, checks_of, verdict
from proofs.mutations import negative
from proofs.parser import FormulaError, parse
from proofs.situations import domains, equations
from proofs.tree import latex
from tools.lessons import NOTEBOOKS, ROOT, displayed, prose


def test_every_equation_has_a_check_and_every_check_its_equation():
    assert set(equations()) == set(CLAIMS)
    assert len(equations()) == sum(len(displayed(path)) for path in NOTEBOOKS)


@pytest.mark.parametrize("name", LESSONS)
def test_the_file_of_a_lesson_has_its_equations_and_no_others(name):
    found = import_module(f"proofs.claims.{name}").CLAIMS
    number = int(name.removeprefix("lesson_"))
    assert found
    assert {int(tag.split(".")[0]) for tag in found} == {number}


def test_the_precision_of_mpmath_is_left_alone():
    assert verdict("2.9").how
    assert mpmath.mp.dps == 15


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_equation_is_displayed_in_another_way(path):
    """Only $$ ... $$ is read, so nothing else may display."""
    rest = prose(path).replace(r"\begin{cases}", "")
    assert not re.search(r"\\\[|\\begin\{|<math", rest)
    assert prose(path).count("$$") == 2 * len(displayed(path))


def test_a_claim_about_nothing_is_refused():
    """Where neither side ever has a value, agreement means nothing."""
    with pytest.raises(FormulaError, match="neither side"):
        judge("2.5", r"\frac{1}{z - z} = \frac{2}{z - z}")


proven = cache(verdict)  # proven once, for the equation and for the page


@pytest.mark.parametrize("tag", CLAIMS)
def test_equation_holds(tag):
    assert proven(tag).how


def test_the_page_is_that_of_the_lessons(monkeypatch):
    """With the count of faults that it gives, which test_mutations.py holds against the faults."""
    monkeypatch.setattr(ledger, "verdict", proven)
    text = PAGE.read_text(encoding="utf-8")
    count = re.search(r"^\*\*\d+ equations\. (.*)\*\*$", text, re.MULTILINE)[1]
    assert text == ledger.page(count), "renew it: uv run python -m proofs --write"


@pytest.mark.parametrize("tag", CLAIMS)
def test_rests_only_on_what_came_before(tag):
    order = list(equations())
    given = [each for check in checks_of(tag) for each in getattr(check, "given", ())]
    assert all(order.index(each) < order.index(tag) for each in given if each in order)
    assert all(
        "=" in each or "<" in each or ">" in each for each in given if each not in order
    )


@pytest.mark.parametrize(
    "tag", [tag for tag in CLAIMS if not isinstance(checks_of(tag)[0], Named)]
)
def test_each_check_looks_somewhere(tag):
    assert all(Obligation(tag, check).evaluated for check in checks_of(tag))


def test_domains_are_those_of_the_notation_table():
    above_0, between_0_and_1 = (0, None), (0, 1)
    named = {
        "eta": above_0,
        "lambda": above_0,
        "s": above_0,
        "alpha": between_0_and_1,
        "p": between_0_and_1,
    }
    assert named.items() <= domains().items()


# --- the document's wrong lines, put into a lesson


def put_into_lesson(tag, equation, folder):
    """The equation with this number as read from a copy of its lesson in which it was replaced."""
    path = next(
        path for path in NOTEBOOKS if int(path.name[:2]) == int(tag.split(".")[0])
    )
    notebook = json.loads(path.read_text(encoding="utf-8"))
    old = equations()[tag]
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"]).replace(
            old, rf"{equation} \tag{{{tag}}}"
        )
    copy = folder / path.name
    copy.write_text(json.dumps(notebook), encoding="utf-8")
    return next(found for found in displayed(copy) if rf"\tag{{{tag}}}" in found)


def judge(tag, equation):
    """FormulaError unless the equation holds in the place of the one with this number."""
    for check in checks_of(tag):
        Obligation(tag, check, equation).judge()


DOCUMENT_WRONG = {
    "M1: the sum stays": (
        "7.10",
        r"\frac{\partial J}{\partial a^{(i)}} = \frac{2}{m} \sum_{i=1}^{m} (a^{(i)} - y^{(i)})",
    ),
    "C3: 1/m twice, at the cost": ("7.7", r"dA^{[L]} = \frac{2}{m} (A^{[L]} - Y)"),
    "C3: 1/m twice, at the weights": (
        "7.11",
        r"dW^{[l]} = \frac{1}{m} \frac{1}{m} dZ^{[l]} (A^{[l-1]})^\top",
    ),
    "C1: alpha in the place of the gradient": ("4.9", r"dZ^{[l]} = \alpha dA^{[l]}"),
    "C10: -1 where both are equal": (
        "8.4",
        r"da = \begin{cases} 1 & \text{if } a > y \\ -1 & \text{if } a \le y \end{cases}",
    ),
    "C11: any leak": (
        "4.8",
        r"\max(2 z, z) = \begin{cases} z & \text{if } z > 0 \\ 2 z & \text{if } z \le 0 \end{cases}",
    ),
    "M4: one dot for both products": ("9.17", r"dZ^{[l]} = dA^{[l]} g'(Z^{[l]})"),
    "M4: no transpose": ("9.16", r"dA^{[l-1]} = W^{[l]} dZ^{[l]}"),
    "C2: the gradient of the other cost": (
        "7.6",
        r"\frac{\partial \ell}{\partial a} = \frac{a - y}{a (1 - a)}",
    ),
}

DOCUMENT_RIGHT = {
    "sigmoid, with e": ("2.7", r"\sigma'(z) = \frac{e^{-z}}{(1 + e^{-z})^2}"),
    "sigmoid, with itself": ("2.7", r"\sigma'(z) = \sigma(z) (1 - \sigma(z))"),
    "tanh, with e": ("5.10", r"\frac{d}{dz} \tanh(z) = \frac{4}{(e^z + e^{-z})^2}"),
    "tanh, with itself": ("5.10", r"\frac{d}{dz} \tanh(z) = 1 - \tanh^2(z)"),
    "cross-entropy, two fractions": (
        "6.8",
        r"\frac{\partial \ell}{\partial a} = -\frac{y}{a} + \frac{1 - y}{1 - a}",
    ),
    "cross-entropy, as coded": (
        "6.8",
        r"\frac{\partial \ell}{\partial a} = -(\frac{y}{a} - \frac{1 - y}{1 - a})",
    ),
}


@pytest.mark.parametrize("fault", DOCUMENT_WRONG)
def test_a_wrong_line_of_the_document_is_refused(fault, tmp_path):
    tag, equation = DOCUMENT_WRONG[fault]
    with pytest.raises(FormulaError):
        judge(tag, put_into_lesson(tag, equation, tmp_path))


@pytest.mark.parametrize("line", DOCUMENT_RIGHT)
def test_a_right_line_of_the_document_is_proven(line, tmp_path):
    tag, equation = DOCUMENT_RIGHT[line]
    judge(tag, put_into_lesson(tag, equation, tmp_path))


def is_gradient(side):
    """True for a derivative: written as one, primed, or called d..."""
    if side.op == "brace":
        return is_gradient(side.args[0])
    primed = side.op == "call" and side.args[1] > 0
    return (
        primed
        or side.op in {"ratio", "diff"}
        or (side.op == "name" and side.args[0].base.startswith("d"))
    )


def chains():
    return {
        tag: tree
        for tag in equations()
        if (tree := parse(equations()[tag])).op == "chain"
    }


GRADIENTS = [
    tag
    for tag, tree in chains().items()
    if is_gradient(tree.args[0][0]) and tree.args[1][0] == "="
]


def test_the_gradients_are_found():
    assert {
        "2.7",
        "3.7",
        "4.3",
        "5.10",
        "6.9",
        "6.12",
        "7.6",
        "7.10",
        "8.4",
        "9.14",
        "9.15",
        "9.16",
    } <= set(GRADIENTS)


@pytest.mark.parametrize("tag", GRADIENTS)
def test_a_gradient_that_lost_its_minus_is_refused(tag):
    first, second, *_ = parse(equations()[tag]).args[0]
    with pytest.raises(FormulaError):
        judge(tag, f"{latex(first)} = {latex(negative(second))}")


def test_the_examples_of_the_contributors_page_are_true():
    text = (ROOT / "docs" / "writing_equations.md").read_text(encoding="utf-8")
    example = re.search(r"`\$\$(.*?) \\tag\{2\.\d+\}\$\$`", text)[1]
    judge("2.9", example)
    with pytest.raises(FormulaError) as failure:
        judge("2.9", r"\sigma(-z) = \frac{1}{1 + e^{z}} = 1 + \sigma(z)")
    assert f"```text\n{failure.value}\n```" in text


def test_a_bound_needs_a_point_where_it_is_reached():
    bound = r"\sigma(z) (1 - \sigma(z)) \le \frac{1}{4}"
    Obligation("2.12", given("2.1", tight=("z = 0",)), bound).judge()
    for elsewhere in ((), ("z = 1",)):
        with pytest.raises(FormulaError, match=r"bound .* is never reached"):
            Obligation("2.12", given("2.1", tight=elsewhere), bound).judge()


def test_a_failure_says_that_a_side_has_no_value():
    with pytest.raises(FormulaError, match=r"left no value, right 1$"):
        judge("2.9", r"\frac{1}{z - z} = 1")


def test_a_failure_with_arrays_names_the_entry():
    with pytest.raises(
        FormulaError, match=r"l = 1; row \d, column \d\n  left -?\d\.\d+, right -?\d\.\d+"
    ):
        judge("9.14", r"dW^{[l]} = dZ^{[l]} (A^{[l-1]})^\top")


def test_a_failure_says_where_and_gives_a_counterexample():
    with pytest.raises(FormulaError) as failure:
        judge("2.9", r"\sigma(-z) = \frac{1}{1 + e^{z}} = 1 + \sigma(z)")
    message = str(failure.value)
    assert "lesson 2, equation (2.9), link 2" in message
    assert r"\frac{1}{1 + e^{z}}" in message
    assert r"1 + \sigma(z)" in message
    assert "where z = " in message
    left, right = (
        float(part.split()[-1]) for part in message.splitlines()[-1].split(",")
    )
    assert left != right


def test_an_equation_that_claims_nothing_is_declared_and_counted(monkeypatch):
    monkeypatch.setitem(CLAIMS, "2.1", Named("the sigmoid"))
    assert verdict("2.1").how == "claims nothing: names the sigmoid"
    assert audited("2.1") == []
    monkeypatch.setattr(ledger, "equations", lambda: {"2.1": equations()["2.1"]})
    assert list(ledger.lines())[-1] == "1 equations, 0 links proven, 1 claim nothing"
