"""Logarithmic axes have few numbers, in plain text, whatever their length."""

from pathlib import Path

import pytest

from dnn_lessons.classroom import figures
from dnn_lessons.classroom.figures import new_figure, png
from dnn_lessons.classroom.figures.ticks import log_axis, power


def words(low, high):
    """Return the texts at the ticks of a logarithmic axis from low to high."""
    figure, axes = new_figure()
    log_axis(axes, "y")
    axes.set_ylim(low, high)
    figure.draw_without_rendering()
    return [text.get_text() for text in axes.get_yticklabels()]


@pytest.mark.long
@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0.1, 0.3, ["0.1", "0.2"]),
        (0.11, 0.19, ["0.1", "0.12", "0.14", "0.16", "0.18", "0.2"]),
        (0.25, 8, ["0.5", "1", "2", "5"]),
        (0.05, 2e4, ["0.1", "1", "10", "100", "1000", "10000"]),
        (1e-8, 1e4, ["10⁻⁸", "10⁻⁶", "10⁻⁴", "10⁻²", "10⁰", "10²", "10⁴"]),
        (1e-6, 1e-5, ["10⁻⁶", "2·10⁻⁶", "5·10⁻⁶", "10⁻⁵"]),
    ],
)
def test_short_axes_have_plain_numbers_and_long_ones_have_powers(low, high, expected):
    assert words(low, high) == expected


@pytest.mark.long
@pytest.mark.parametrize("decades", [0.5, 1, 2, 3, 5, 8, 13, 40, 300])
def test_an_axis_has_neither_one_number_nor_a_crowd(decades):
    assert 2 <= len(words(1.0, 10.0**decades)) <= 9


def test_a_number_is_written_without_mathematics_to_parse():
    assert [power(value) for value in (1, 0.001, 2e-12, 1.5e100)] == [
        "10⁰",
        "10⁻³",
        "2·10⁻¹²",
        "1.5·10¹⁰⁰",
    ]


def test_both_axes_may_be_logarithmic():
    figure, axes = new_figure()
    axes.plot([1, 10], [1, 10])
    log_axis(axes, "x", "y")
    assert (axes.get_xscale(), axes.get_yscale()) == ("log", "log")
    assert png(figure).startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "path", sorted(Path(figures.__file__).parent.glob("*.py")), ids=lambda path: path.name
)
def test_no_picture_has_mathematics_to_parse(path):
    assert "$" not in path.read_text(encoding="utf-8")
