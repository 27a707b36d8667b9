"""The interpreter on small examples: what has a value, what has none, and what is refused."""

import pytest

from proofs.check import Check
from proofs.judge import Obligation, networks
from proofs.meaning import Scope, value
from proofs.parser import FormulaError, parse_expression
from proofs.worlds import REACHES, Arrays, Points, Symbols

WORLDS = [lambda: Points({}, 0), Symbols]
worlds = pytest.mark.parametrize("world", WORLDS, ids=["digits", "symbols"])
NETWORK = networks((("activation", "tanh"), ("cost", "mse")))[0]


def number(latex, world):
    return value(parse_expression(latex), Scope(world()))


@worlds
@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        ("-2^2", -4),
        ("2 - 3 - 4", -5),
        ("2 (3 + 4)", 14),
        (r"12 / (2 \cdot 3)", 2),
        (r"\frac{1}{2} 4", 2),
        (r"\sum_{i=1}^{3} i^2 + 1", 15),
        (r"\prod_{i=1}^{3} 2 i", 48),
        (r"\sum_{i=2}^{1} i", 0),
        (r"\max(2, -3)", 2),
        (r"\min(2, -3)", -3),
        (r"|2 - 5|", 3),
        (r"\left\lceil \frac{7}{3} \right\rceil", 3),
        (r"\frac{d}{dz} z^2 - 2 z", 0),
        (r"\lim_{h \to 0} \frac{(3 + h)^2 - 9}{h} - 6", 0),
        (r"\begin{cases} 1 & \text{if } 2 > 1 \\ 5 & \text{if } 2 < 1 \end{cases}", 1),
    ],
)
def test_value(latex, expected, world):
    assert abs(number(latex, world) - expected) < 1e-25


@worlds
@pytest.mark.parametrize(
    "latex", [r"\frac{1}{1 - 1}", r"\begin{cases} 1 & \text{if } 2 < 1 \end{cases}"]
)
def test_no_value(latex, world):
    assert number(latex, world) is None


@worlds
def test_a_kink_has_no_slope(world):
    scope = Scope(world()).bind({("z", None, None, ()): world().number(0)})
    assert value(parse_expression(r"\frac{d}{dz} |z|"), scope) is None
    assert value(parse_expression(r"\frac{d}{dz} \max(0, z)"), scope) is None


@worlds
@pytest.mark.parametrize(
    "latex",
    [
        r"\begin{cases} 1 & \text{if } 2 > 1 \\ 5 & \text{if } 3 > 1 \end{cases}",
        r"x^{(z)}",
        r"x^\top",
        r"x \odot x",
        r"\underbrace{x}_{(1, 1)}",
        r"\sum_{i=1}^{z} i",
    ],
)
def test_refuses(latex, world):
    with pytest.raises(FormulaError):
        number(latex, world)


@pytest.mark.parametrize(
    "latex",
    [
        "A^{[0]} W^{[1]}",
        r"W^{[1]} \odot A^{[0]}",
        "A^{[0]} + A^{[1]}",
        "A^{[9]}",
        "W^{[1]}_{jk}",
        "(W^{[1]})^2",
        r"\frac{1}{W^{[1]}}",
        r"\underbrace{W^{[1]}}_{(n_0, n_1)}",
        "A_9^{[1] (1)}",
        "c",
    ],
)
def test_refuses_what_does_not_fit_the_arrays(latex):
    with pytest.raises(FormulaError):
        value(parse_expression(latex), Scope(Arrays(NETWORK)))


@pytest.mark.parametrize(
    ("activation", "cost"),
    [("relu", "mae"), ("sigmoid", "cross_entropy"), ("leaky_relu", "mse")],
)
@pytest.mark.parametrize("tag", ["9.14", "9.15", "9.16", "9.17"])
def test_backpropagation_holds_for_every_activation_and_cost(tag, activation, cost):
    Obligation(tag, Check(network={"activation": activation, "cost": cost})).judge()


@pytest.mark.parametrize("seed", range(len(REACHES)))
def test_a_number_may_not_be_drawn_outside_its_domain(seed):
    world = Points({"p": (0, 1), "h": (0, None), "z": (None, 0)}, seed)
    p, h, z = (world.symbol((base, None, None, ())) for base in "phz")
    assert 0 < p < 1
    assert h > 0 > z


def test_numbers_are_drawn_from_far_out_and_close_by():
    """Of each of three symbols, above and below 0, and near both ends of a domain."""
    drawn = [
        [
            float(Points(domains, seed).symbol((base, None, None, ())))
            for seed in range(len(REACHES))
        ]
        for domains, base in (({}, "z"), ({"p": (0, 1)}, "p"))
    ]
    assert min(map(abs, drawn[0])) < 1e-8
    assert max(drawn[0]) > 10
    assert min(drawn[0]) < -10
    assert 0 < min(drawn[1]) < 1e-8
    assert 1e-8 > 1 - max(drawn[1]) > 0
