"""What is assumed of the columns of a table, and what is said of it."""

import numpy as np
import pandas as pd
import pytest

from dnn_lessons.command.read_file import read_file
from dnn_lessons.command.recipe import Choices, encode, prepare, proven_decimal

ROWS = [(155, 59), (88, 23), (171, 60), (87, 12), (154, 38), (76, 11), (93, 40), (60, 5)]


@pytest.fixture
def prepared(tmp_path):
    """Return what is made of a table with these cells in its first column."""

    def prepare_table(cells, names="a;b;y", **choices):
        lines = [f"{c};{b};{y}" for c, (b, y) in zip(cells, ROWS, strict=True)]
        path = tmp_path / "table.csv"
        path.write_text("\n".join([names, *lines]))
        return prepare(read_file(path), Choices(**choices))

    return prepare_table


FAR = "a holds {} {} times, far from all other cells; if it means a gap, leave it empty"
SIGNS = "a: signs of currency or per cent left out"
BRACKETS = "a: numbers in brackets, such as {}, were read as below zero"
FILLED = "gaps, filled by the mean: a {}"
MANY_GAPS = "left out for more than half gaps: a"
MERGED = "if cells of a were merged, write its words into every row"
NAN = float("nan")
# {cells of the first column: (its numbers or None, notes)}
READ = {
    "20 31 -999 25 -999 44 38 29": (
        [20, 31, -999, 25, -999, 44, 38, 29],
        [FAR.format(-999, 2)],
    ),
    "20 31 999 25 999 44 38 999": (
        [20, 31, 999, 25, 999, 44, 38, 999],
        [FAR.format(999, 3)],
    ),
    "20 31 999 25 37 44 38 29": ([20, 31, 999, 25, 37, 44, 38, 29], []),
    "9e307 -9e307 8e307 1 2 3 4 5": ([9e307, -9e307, 8e307, 1, 2, 3, 4, 5], []),
    "0 1 1 0 0 1 1 9": ([0, 1, 1, 0, 0, 1, 1, 9], []),
    "($641) $1,067 -$50 $5 $6 $7 $8 $9": (
        [-641, 1067, -50, 5, 6, 7, 8, 9],
        [
            SIGNS,
            BRACKETS.format("($641)"),
            "a: $1,067 was read as 1067; --decimal chooses",
        ],
    ),
    "(1) 2 3 4 5 6 7 8": ([-1, 2, 3, 4, 5, 6, 7, 8], [BRACKETS.format("(1)")]),
    "10.670€ 10.500€ 6.410€ 1.050€ 1.000€ 5.010€ 7.010€ 9.990€": (
        [10670, 10500, 6410, 1050, 1000, 5010, 7010, 9990],
        [SIGNS, "a: 10.670€ was read as 10670; --decimal chooses"],
    ),
    "1e400 2 3 4 5 6 7 8": (
        [NAN, 2, 3, 4, 5, 6, 7, 8],
        ["a: infinite numbers count as gaps", FILLED.format(1)],
    ),
    "inf $2 $3 $4 $5 $6 $7 1e999": (
        [NAN, 2, 3, 4, 5, 6, 7, NAN],
        [SIGNS, "a: infinite numbers count as gaps", FILLED.format(2)],
    ),
    "? 1 ? ? ? ? 2 3": (None, [MANY_GAPS]),
    "_ 1 _ _ _ _ 2 3": (None, [MANY_GAPS]),
    "North _ _ _ South _ _ _": (None, [MANY_GAPS, MERGED]),
    "N _ N _ S _ S _": (None, [MERGED, "left out as names: a ('N', ...)"]),
    "NA NA NA NA NA NA NA NA": (None, [MANY_GAPS]),
}


@pytest.mark.parametrize("cells", READ)
def test_a_column_is_read_and_told(prepared, cells):
    numbers, notes = READ[cells]
    made = prepared([cell.replace("_", "") for cell in cells.split()])
    assert made.notes == notes
    assert made.recipe["features"][-1] == "b"
    assert ("a" in made.recipe["features"]) == (numbers is not None)
    assert numbers is None or np.array_equal(made.X[0], numbers, equal_nan=True)


def test_an_amount_with_three_decimals_is_ambiguous(prepared):
    with pytest.raises(ValueError, match=r"may be 3\.499 .* or 3499 "):
        prepared(["$3.499", "$3.599"] * 4)


@pytest.mark.parametrize(
    "pair", ["Mu\u0308nchen|M\u00fcnchen", "New York|New\u00a0 York"]
)
@pytest.mark.parametrize("third", ["Rome", "Bonn"])
def test_one_word_may_be_spelt_in_two_ways(prepared, pair, third):
    cells = [*pair.split("|"), third, third] * 2
    made = prepared(cells, features=["a"])
    assert made.X[0].tolist() in ([0, 0, 1, 1] * 2, [1, 1, 0, 0] * 2)
    assert "a (2 words)" in made.notes[0]


@pytest.fixture
def table(tmp_path):
    """Return what is made of a text."""

    def prepare_table(text, **choices):
        path = tmp_path / "table.csv"
        path.write_text(text)
        return prepare(read_file(path), Choices(**choices))

    return prepare_table


def rows(*columns):
    """Return the rows of columns as lines."""
    return "\n".join(",".join(cells) for cells in zip(*columns, strict=True))


@pytest.mark.parametrize("gap", ["", "NA", "?"])
def test_a_gap_in_every_spelling_counts(table, gap):
    text = "a,b,y\n" + rows("12345678", "24681357", [*"123", *[gap] * 5])
    made = table(text)
    may_be = "y may be the target: --target y takes it in spite of its gaps"
    assert made.recipe["target"] == "b"
    assert made.notes == ["left out for more than half gaps: y", may_be]
    made = table(text, target="y")
    assert made.notes == ["5 of 8 rows left out for gaps in y"]


def test_gaps_of_rows_that_are_left_out_are_not_counted(table):
    text = "a,b,y\n" + rows([*"1234", "", ""], "246813", [*"12345", "NA"])
    lost = "1 of 6 rows left out for gaps in y"
    assert table(text).notes == ["gaps, filled by the mean: a 1", lost]
    dropped = table(text, missing="drop").notes
    assert dropped == [
        "gaps, left out with their rows: a 2",
        "2 of 6 rows left out for gaps",
    ]


@pytest.mark.parametrize("no", ["nein", "zu"])
def test_the_class_of_yes_is_the_second(table, no):
    made = table("a,y\n" + rows("1234", ["Ja", no, no, "ja"]))
    assert made.recipe["classes"] == [no, "Ja"]
    assert made.Y.tolist() == [[1, 0, 0, 1]]


WEAK = {  # {words of a target, which may mean a gap: its classes, and the target}
    "no yes unknown yes no": (["no", "yes"], [0, 1, 1, 0]),
    "none some none some none": (["none", "some"], [0, 1, 0, 1, 0]),
    "none yes no yes unknown": (["no", "yes"], [1, 0, 1]),
}


@pytest.mark.parametrize("words", WEAK)
def test_a_word_such_as_unknown_is_a_class_only_beside_a_single_other(table, words):
    made = table("a,y\n" + rows("12345", words.split()))
    assert (made.recipe["classes"], made.Y[0].tolist()) == WEAK[words]
    with pytest.raises(ValueError, match="y' holds gaps only: there is nothing to"):
        table("a,y\n" + rows("1234", ["none", "unknown"] * 2), target="y")


@pytest.mark.parametrize("gap", ["", "?"])
def test_a_gap_beside_words_is_none_of_them(table, gap):
    cells = "ABC" * 10, [*"nyny", gap, "n"] * 5, map(str, range(30))
    made = table("a,b,y\n" + rows(*cells))
    assert np.isnan(made.X[3, 4])
    assert made.X[3, :4].tolist() == [0, 1, 0, 1]
    assert made.X[:3, 4].tolist() == [0, 1, 0]


FRAMES = {  # {what stands in two columns: the decimal mark that they prove}
    "whole numbers and a gap": ([1.0, NAN], ["a", "b"], None),
    "a comma beside whole numbers": ([1.0, NAN], ["1,5", "b"], ","),
    "a fraction": ([1.5, NAN], ["a", "b"], "."),
    "a fraction below zero": ([-1.5, NAN], ["a", "b"], "."),
    "both": ([1.5, NAN], ["1,5", "b"], None),
}


@pytest.mark.parametrize("what", FRAMES)
def test_a_fraction_proves_the_decimal_mark_of_a_table(what):
    first, second, mark = FRAMES[what]
    assert proven_decimal(pd.DataFrame({"a": first, "b": second})) == mark


def test_a_target_of_dates_is_in_days(table):
    made = table("a,y\n" + rows("12", ["2020-01-05", "2020-01-09"]))
    assert np.ptp(made.Y) == 4
    assert made.notes[0].startswith("y is learnt in days since 1970; its errors are days")


@pytest.mark.parametrize(("target", "advice"), [("y", True), ("a", False)])
def test_a_column_that_may_be_ignored_is_told_so(table, target, advice):
    with pytest.raises(ValueError, match="as other cells are; mend it") as caught:
        table("a,b,y\n" + rows([*"1234", "x1"], "24681", "12345"), target=target)
    assert str(caught.value).endswith("mend it, or --ignore the column") == advice


def test_a_column_of_a_new_table_cannot_be_ignored(table, tmp_path):
    made = table("a,b,y\n" + rows("12345", "24681", "12345"))
    (tmp_path / "new.csv").write_text("a,b\n1,2\nx,3\n")
    made.recipe["fill"] = [0.0, 0.0]
    with pytest.raises(ValueError, match=r"mend it$"):
        encode(read_file(tmp_path / "new.csv", as_text=True), made.recipe)


@pytest.mark.parametrize(("count", "kept"), [(1000, ["w", "a"]), (1001, ["a"])])
def test_a_column_of_thousands_of_words_is_left_out_even_if_it_is_wanted(
    table, count, kept
):
    lines = [f"w{k},{k % 7},{k % 11}" for k in range(count)]
    made = table("w,a,y\n" + "\n".join(lines), features=["w", "a"])
    assert [column["name"] for column in made.recipe["columns"]] == kept
    told = "left out for more than 1,000 different words: w ('w0', ...)"
    assert (told in made.notes) == (count > 1000)


@pytest.mark.parametrize("words", [("FALSE", "TRUE"), ("false", "true"), ("F", "T")])
@pytest.mark.parametrize("gap", ["", "?"])
def test_true_and_false_stay_as_they_are_written(tmp_path, words, gap):
    cells = [*words, *words, gap]
    rows = [f"{cells[k % 5]},{k * k},{words[k % 2]}" for k in range(30)]
    path = tmp_path / "table.csv"
    path.write_text("\n".join(["ok,n,y", *rows]))
    recipe = prepare(read_file(path)).recipe
    assert recipe["features"] == [f"ok = {words[1]}", "n"]
    assert recipe["classes"] == [*words]
