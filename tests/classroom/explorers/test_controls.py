"""Controls: their values are those that they show, and what they cannot take is refused."""

import itertools

import pytest

from dnn_lessons.classroom.explorers.controls import (
    choice,
    even_values,
    rate_values,
    slider,
)


@pytest.mark.parametrize("rate", [0.1, 0.2, 0.5, 1, 2])
def test_the_rates_of_the_lessons_are_on_a_slider(rate):
    assert rate in rate_values(0.001, 10)


def test_rates_rise_by_a_fifth_or_a_third_from_end_to_end():
    rates = rate_values(0.001, 10)
    steps = [after / before for before, after in itertools.pairwise(rates)]
    assert (rates[0], rates[-1]) == (0.001, 10)
    assert min(steps) > 1.1
    assert max(steps) < 1.34


def test_even_values_are_the_floats_of_their_texts():
    assert even_values(0, 0.5, 0.1) == [0, 0.1, 0.2, 0.3, 0.4, 0.5]


@pytest.mark.parametrize(
    ("value", "error"),
    [
        (7, "n is 7; expected a whole number from 1 to 5"),
        (2.5, r"n is 2\.5; expected a whole number from 1 to 5"),
        ("2", "n is '2'; expected a whole number"),
        (float("nan"), "n is nan; expected a whole number"),
    ],
)
def test_a_slider_refuses_what_lies_outside_or_is_no_number(value, error):
    with pytest.raises(ValueError, match=error):
        slider("n", "n", [1, 3, 5], 3).holding(value)


def test_a_slider_takes_a_value_between_two_others():
    assert slider("n", "n", [1, 3, 5], 3).holding(4).values == (1, 3, 4, 5)


def test_a_choice_takes_its_own_values_only():
    control = choice("surface", "surface", ["bowl", "ravine"], "bowl")
    with pytest.raises(
        ValueError, match="surface is 'Ravine'; expected one of 'bowl', 'ravine'"
    ):
        control.holding("Ravine")
