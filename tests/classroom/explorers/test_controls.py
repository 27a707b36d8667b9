"""Controls: their values are those that they show, and what they cannot take is refused."""

import itertools

import pytest

from dnn_lessons.classroom.explorers.controls import (
    SENT,
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
        (0, "n is 0; expected a whole number from 1 to 5"),
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


def test_truth_is_no_number_of_a_slider():
    for wanted in (True, False):
        with pytest.raises(ValueError, match="expected a number from -1 to 2"):
            slider("n", "n", [-1.0, 0.5, 2.0], 0.5).holding(wanted)


@pytest.mark.parametrize("value", [-1.5, 2.5, "1", None])
def test_a_slider_of_fractions_refuses_what_lies_outside(value):
    with pytest.raises(ValueError, match=r"x is .*; expected a number from -1 to 2$"):
        slider("x", "x", [-1.0, 0.5, 2.0], 0.5).holding(value)


def test_a_slider_of_fractions_takes_whole_numbers_as_fractions():
    held = slider("x", "x", [-1.0, 0.5, 2.0], 0.5).holding(1)
    assert held.values == (-1.0, 0.5, 1.0, 2.0)
    assert all(isinstance(value, float) for value in held.values)
    assert held.holding(2.0) is held


def test_a_start_between_two_values_is_one_more_value():
    assert slider("n", "n", [1, 3, 5], 2).values == (1, 2, 3, 5)


def test_the_page_gets_the_numbers_of_a_slider_and_the_texts_of_each():
    sent = slider("x", "step", [-1.5, 0.0, 2.0], 2.0, "{:.1f} s").for_page()
    assert sent["texts"] == ["−1.5 s", "0.0 s", "2.0 s"]
    assert (sent["numbers"], sent["start"]) == ([-1.5, 0.0, 2.0], 2)
    assert set(sent) == {*SENT, "start", "texts", "numbers"}


def test_the_page_gets_the_texts_of_a_choice_and_no_numbers():
    control = choice(
        "log", "axis", {"logarithmic": True, "even": False}, False, view=True
    )
    sent = control.for_page()
    assert (control.values, control.view) == ((True, False), True)
    assert (sent["kind"], sent["texts"]) == ("choice", ["logarithmic", "even"])
    assert (sent["numbers"], sent["start"]) == ([], 1)
    plain = choice("n", "n", "ab", "a")
    assert (plain.view, plain.needs, plain.held) == (False, (), False)
    assert (plain.text("b"), plain.values) == ("b", ("a", "b"))


def test_even_values_count_both_ends():
    assert even_values(-1, 1, 0.5) == [-1, -0.5, 0, 0.5, 1]
    assert even_values(0.1, 0.7, 0.2) == [0.1, 0.3, 0.5, 0.7]
    assert even_values(2, 2, 1) == [2]
    assert even_values(1234567.0, 1234567.2, 0.1) == [1234567, 1234567.1, 1234567.2]


def test_rates_lie_from_the_lowest_to_the_highest_and_both_may_be_of_them():
    tens = [1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0]
    assert rate_values(1, 10) == [*tens, 10.0]
    assert rate_values(0.15, 0.3) == [0.15, 0.2, 0.25, 0.3]
    assert rate_values(0.9, 20, (1, 3)) == [1, 3, 10]
    assert rate_values(0.5, 0.5, (5,)) == [0.5]


def test_a_slider_of_one_value_takes_no_other():
    control = slider("n", "n", [4], 4)
    assert control.holding(4) is control
    with pytest.raises(ValueError, match="n is 5; expected a whole number from 4 to 4"):
        control.holding(5)


def test_a_choice_of_numbers_takes_none_between_them():
    control = choice("n", "n", {"one": 1, "five": 5}, 1)
    with pytest.raises(ValueError, match="n is 3; expected one of 1, 5"):
        control.holding(3)
