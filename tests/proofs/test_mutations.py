"""The checks are checked: every planted fault that changes what an equation says is refused."""

from functools import cache

import pytest

from proofs.ledger import PAGE, audited, faults
from proofs.mutations import mutants, sides
from proofs.parser import parse
from proofs.situations import equations
from proofs.tree import latex

LESSONS = sorted({tag.split(".")[0] for tag in equations()}, key=int)


@cache
def fates(lesson):
    return [
        (tag, *found)
        for tag in equations()
        if tag.split(".")[0] == lesson
        for found in audited(tag)
    ]


@pytest.mark.parametrize("lesson", LESSONS)
def test_no_fault_is_missed(lesson):
    assert [
        f"({tag}) {what}: {latex(wrong)}"
        for tag, fate, what, wrong in fates(lesson)
        if fate == "MISSED"
    ] == []


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_side_of_every_equation_has_a_fault_that_is_refused(lesson):
    caught = [(tag, wrong) for tag, fate, _, wrong in fates(lesson) if fate == "refused"]
    refused = {(tag, place) for tag, wrong in caught for place in changed(tag, wrong)}
    tags = {tag for tag, _, _, _ in fates(lesson)}
    assert refused >= {
        (tag, place)
        for tag in tags
        for place in range(len(sides(parse(equations()[tag]))))
    }


def changed(tag, wrong):
    """The sides in which a faulty tree differs."""
    pairs = zip(sides(parse(equations()[tag])), sides(wrong), strict=True)
    return [place for place, (right, other) in enumerate(pairs) if right != other]


def test_nine_of_ten_faults_are_refused_and_not_equal_by_luck():
    found = [fate for lesson in LESSONS for _, fate, _, _ in fates(lesson)]
    assert found.count("refused") > 0.9 * len(found)


def test_the_page_counts_the_faults():
    count = faults(fate for lesson in LESSONS for _, fate, _, _ in fates(lesson))
    assert f" equations. {count}**\n" in PAGE.read_text(encoding="utf-8"), (
        "renew it: uv run python -m proofs --write"
    )


@pytest.mark.parametrize(
    ("equation", "wrong"),
    [
        (r"z = w x - b", r"z = w x + b"),
        (r"z = \frac{a}{y}", r"z = \frac{y}{a}"),
        (r"z = 2 a", r"z = 3 a"),
        (r"z = a^2", r"z = a^3"),
        (r"z = a^2", r"z = a"),
        (r"z = w x + b", r"z = w x"),
        (r"z = w x + b", r"z = x + b"),
        (r"z = W^\top", r"z = W"),
        (r"z = W \odot X", r"z = W X"),
        (r"z = a - y", r"z = y - a"),
        (r"z = W_{jk}", r"z = W_{kj}"),
        (r"z = g'(x)", r"z = g(x)"),
        (r"z = |x|", r"z = (x)"),
        (r"z = \sum_{i=1}^{m} x", r"z = \sum_{i=2}^{m} x"),
        (r"z = \sum_{i=1}^{m} x", r"z = \sum_{i=1}^{m - 1} x"),
        (r"z = \sum_{i=1}^{m} x", r"z = \prod_{i=1}^{m} x"),
        (r"0 < z", r"0 > z"),
        (r"0 < z", r"0 \le z"),
        (r"z = x", r"z = -(x)"),
        (r"z = W^{[l]}", r"z = W^{[l + 1]}"),
        (r"z = x_t + y_{t+1}", r"z = x_2 + y_{2+1}"),
        (r"z = \frac{x}{m}", r"z = \frac{x}{2}"),
    ],
)
def test_plants(equation, wrong):
    assert parse(wrong) in [tree for _, tree in mutants(parse(equation))]
