"""A table of the reader's own: what is read, and what each fault in it is told as."""

import numpy as np
import pytest

from dnn_lessons.command.read_table import read_table


@pytest.fixture
def table(tmp_path):
    def write(content, **settings):
        path = tmp_path / "table.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_table(path, **settings)

    return write


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_reads_each_separator_and_line_end(table, separator, end):
    lines = [
        separator.join(cells)
        for cells in (("a", "b", "y"), ("1", "-2.5", "3e2"), (" 4 ", "+5", ".5"))
    ]
    X, Y, features, target = table(end.join(lines) + end)
    np.testing.assert_array_equal(X, [[1, 4], [-2.5, 5]])
    np.testing.assert_array_equal(Y, [[300, 0.5]])
    assert (features, target) == (["a", "b"], "y")


def test_takes_the_named_target_out_of_the_features(table):
    X, Y, features, target = table("a,b,y\n1,2,3\n4,5,6\n", target="a")
    np.testing.assert_array_equal(X, [[2, 5], [3, 6]])
    np.testing.assert_array_equal(Y, [[1, 4]])
    assert (features, target) == (["b", "y"], "a")


def test_ignores_byte_order_mark_quotes_and_empty_lines(table):
    X, Y, features, _ = table('\ufeff"größe, m";y\n\n1;2\n;\n"3";4\n'.encode())
    np.testing.assert_array_equal(X, [[1, 3]])
    np.testing.assert_array_equal(Y, [[2, 4]])
    assert features == ["größe, m"]


@pytest.mark.parametrize(
    ("content", "numbers"),
    [
        ("Preis, EUR;Fl, m2\n1.5;2.5\n", [1.5, 2.5]),
        ("a, b;c, d;e\n1;2;3\n", [1, 2, 3]),
        ("a;b c\td\n1\t2\n", [1, 2]),
    ],
)
def test_the_separator_is_the_one_that_header_and_numbers_agree_on(
    table, content, numbers
):
    X, Y, _, _ = table(content)
    assert np.append(X, Y).tolist() == numbers


def test_decimal_commas_are_no_separators(table):
    with pytest.raises(
        ValueError, match="'1,5' is not a finite number; write decimals with a point"
    ):
        table("a, EUR;y, m\n1,5;2,5\n")


def test_keeps_every_digit(table):
    numbers = np.random.default_rng(0).standard_normal(20) * 10.0 ** np.arange(-10, 10)
    X, _, _, _ = table("x,y\n" + "".join(f"{n!r},0\n" for n in numbers.tolist()))
    np.testing.assert_array_equal(X, [numbers])


FAULTS = {
    "": "columns found: 0; expected a feature and a target at least",
    "y\n1\n": "columns found: 1; expected a feature and a target at least",
    "a b\n1 2\n": "columns found: 1",
    "a,y\n": "a header line and no examples",
    "1,2\n3,4\n": "starts with numbers; expected a header line that names the columns, such as x1,y",
    "1,nan,3,4,5\n": "such as x1,x2,x3,y",
    "a,a\n1,2\n": "column 2 has the name 'a' of another",
    ",a\n1,2\n": "column 1 has no name",
    "a,y\n1,2\n3\n": "line 3: 1 values, but the header names 2 columns",
    "a,y\n1,2,3\n": "line 2: 3 values",
    "a,y\n1,2\n\n\n3,four\n": "line 5, column 'y': 'four' is not a finite number; write classes as 0",
    'a,y\n"1\n",2\nx,2\n': "line 4, column 'a': 'x'",
    "a,y\n1,\n": "line 2, column 'y': '' is not",
    "a,y\nnan,1\n": "line 2, column 'a': 'nan'",
    "a,y\n1,-inf\n": "line 2, column 'y': '-inf'",
    "a,y\n1_000,2\n": "line 2, column 'a': '1_000'",
    "a,y\n1,5 %\n": "'5 %' is not a finite number; write decimals with a point, without marks between thousands",
    'a,y\n"1,234",2\n': "without marks between thousands, and no unit",
    "a,y\n1,NA\n": "'NA' is not a finite number; leave out each line that has a gap",
    "a;y\n1,5;2\n": "line 2, column 'a': '1,5' is not a finite number; write decimals with a point",
    "größe,y\n1,2\n".encode("latin-1"): "not text in UTF-8",
    "a,y\n1,2\n".encode("utf-16"): "not text in UTF-8",
    b"a,y\n" + b"1" * 200_000 + b",2\n": "line 2",
}


@pytest.mark.parametrize("content", FAULTS)
def test_tells_the_fault(table, content):
    with pytest.raises(ValueError, match=r"table\.csv") as caught:
        table(content)
    assert FAULTS[content] in str(caught.value)
    assert "\n" not in str(caught.value)


def test_lists_the_columns_when_the_target_is_unknown(table):
    with pytest.raises(ValueError, match="no column 'z'; its columns: a, y"):
        table("a,y\n1,2\n", target="z")


def test_says_which_file_is_missing(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"absent\.csv"):
        read_table(tmp_path / "absent.csv")


def test_some_names_may_be_numbers_and_empty_lines_may_come_first(table):
    assert table("2019,2020,y\n1,2,3\n").features == ["2019", "2020"]
    assert table("\n\na,y\n1,2\n").features == ["a"]
