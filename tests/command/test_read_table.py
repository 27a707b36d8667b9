"""A table of the reader's own: what is read, and what each fault in it is told as."""

from datetime import timedelta

import numpy as np
import pandas as pd
import pytest
from tables import read_table

from dnn_lessons.command.read_file import read_file
from dnn_lessons.command.recipe import Choices, prepare


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
        ("Preis, EUR;Fl, m2\n1.5;2.5\n3;4\n", [1.5, 3, 2.5, 4]),
        ("a, b;c, d;e\n1;2;3\n4;5;6\n", [1, 4, 2, 5, 3, 6]),
        ("a;b c\td\n1\t2\n3\t4\n", [1, 3, 2, 4]),
    ],
)
def test_the_separator_is_the_one_that_header_and_numbers_agree_on(
    table, content, numbers
):
    X, Y, _, _ = table(content)
    assert np.append(X, Y).tolist() == numbers


def test_decimal_commas_are_no_separators(table):
    X, Y, _, _ = table("a, EUR;y, m\n1,5;2,5\n3,5;4,5\n")
    assert np.append(X, Y).tolist() == [1.5, 3.5, 2.5, 4.5]


def test_keeps_every_digit(table):
    numbers = np.random.default_rng(0).standard_normal(20) * 10.0 ** np.arange(-10, 10)
    lines = [f"{n!r},{k}\n" for k, n in enumerate(numbers.tolist())]
    X, _, _, _ = table("x,y\n" + "".join(lines))
    np.testing.assert_array_equal(X, [numbers])


FAULTS = {
    "": "columns found: 0; expected a feature and a target at least",
    "y\n1\n": "columns found: 1; expected a feature and a target at least",
    ",".join(f"c{k}" for k in range(20_001)): "columns found: 20001",
    "a,y\n": "a header line and no examples",
    "1,2\n3,4\n": "starts with numbers; expected a header line that names the columns: x1,x2,y",
    "1,nan,3,4,5\n": "starts with numbers",
    "# in May\n1 2 3\n4 5 6\n": "starts with numbers",
    "a,a\n1,2\n": "column 2 has the name 'a' of another",
    "a,y\n1,2\n3\n": "line 3: 1 value, but the header names 2 columns",
    "a,y\n1,2,3\n": "line 2: 3 values",
    "a,y\n1,2\n3,4,5\n": "line 3: 3 values",
    "a,y\n1,2\n\n\n3,four\n": "line 5, column 'y': 'four' is not a number",
    'a,b,y\n1,"2,3\n1,"2,3\n4,5,6\n7,8,9\n': "line 2, where a quote is opened, and not",
    'a,y\n"1\n",2\nx,3\n': "line 4, column 'a': 'x' is not a number",
    "sep=;\na;y\n1;2\n3;four\n": "line 4, column 'y': 'four' is not a number",
    "a,y\n1_000,2\n3,4\n": "line 2, column 'a': '1_000' is not a number",
    "a,y\n2020-01-31,2\n2020-02-30,4\n": "line 3, column 'a': '2020-02-30' is not a date",
    "a,y\n01/02/2020,2\n03/04/2020,4\n": "line 2, column 'a': '01/02/2020' may be two dates",
    "a,y\n1,5\n2,5\n3,5\n": "'y' holds 5 in all rows: there is nothing to predict",
    "a,y\n1,yes\n": "'y' holds 'yes' in all rows: there is nothing to predict",
    "a,y\n5,5\n5,6\n": "no column is left to predict 'y' from; left out for one value only: a",
    "y,a\nr,5\ng,5\nb,6\nr,7\n": ("y", "'y' holds 3 classes ('b', 'g', 'r', ...)"),
    "a;y\n1;950\n2;1.020\n": "line 3, column 'y': '1.020' may be 1.02 (--decimal .) or 1020",
    "a;y\n1;950\n2;123.456\n": "line 3, column 'y': '123.456' may be 123.456 (--decimal .)",
    "a;y\n1;0\n2;1.000\n3;2.000\n": "line 3, column 'y': '1.000' may be 1 (--decimal .) or 1000",
    "a;y\n1;950\n2;1,020\n": "line 3, column 'y': '1,020' may be 1020 (--decimal .) or 1.02",
    'a,y\n1,2\n3,"4\n5,6\n': "EOF inside string",
    "a   b  y\n1   2  3\n4      6\n": "line 3: 2 values, but the header names 3 columns",
    "a;y\n1;9603\n2;10.548\n": "line 3, column 'y': '10.548' may be 10.548 (--decimal .) or 10548",
    "North,155,1067\nEast,160,1050\nEast,150,990\n": "starts with numbers",
    "a,y\n59%,1\n0.6,2\n": "line 3, column 'a': '0.6' has another sign of currency or per cent",
    "a;y\n$5;1\n6 €;2\n7;3\n": "line 3, column 'a': '6 €' has another sign of currency or per cent",
    "a,y\n1,nil\n2,one\n3,one\n": "'y' holds 'one' and 1 gap: there is nothing to predict",
    "a,y\n1,number\n1,2\n3,4\n5,6\n": "line 2, column 'y': 'number' is not a number",
    b"a,y\n1,\0\n": "is not text: its byte 7 is zero",
}


@pytest.mark.long
@pytest.mark.parametrize("content", FAULTS)
def test_tells_the_fault(table, content):
    fault = FAULTS[content]
    target, fault = fault if isinstance(fault, tuple) else (None, fault)
    with pytest.raises(ValueError, match=r"table\.csv") as caught:
        table(content, target=target)
    assert fault in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("rows", ["A,1,5\nB,2,5\n", "1,2,3,4\n5,6,7,8\n"])
def test_a_header_of_another_length_than_the_rows_is_no_remark(table, rows):
    with pytest.raises(ValueError, match=r"line 2: \d values, but the header names 2"):
        table(f"town,y\n{rows}")


def test_lists_the_columns_when_the_target_is_unknown(table):
    with pytest.raises(ValueError, match="no column 'z'; its columns: a, y"):
        table("a,y\n1,2\n", target="z")


@pytest.mark.parametrize(
    ("name", "meant"), [("Prise", "'price'"), ("FLO", "'floor'"), ("z", None)]
)
def test_a_close_name_is_proposed(table, name, meant):
    with pytest.raises(ValueError, match=f"no column '{name}'") as caught:
        table("floor,price\n1,2\n", target=name)
    hint = f"; its columns: floor, price; did you mean {meant}?"
    assert str(caught.value).endswith(hint) == bool(meant)


def test_says_which_file_is_missing(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"absent\.csv"):
        read_table(tmp_path / "absent.csv")


def test_some_names_may_be_numbers_and_empty_lines_may_come_first(table):
    assert table("2019,2020,y\n1,2,3\n4,5,6\n").features == ["2019", "2020"]
    assert table("\n\na,y\n1,2\n3,4\n").features == ["a"]


def test_the_first_ten_faults_are_listed_with_the_number_of_all(table):
    words = ["x" if k % 2 else str(k) for k in range(50)]
    with pytest.raises(ValueError, match="has 25 faults") as caught:
        table("a,y\n" + "".join(f"{k},{word}\n" for k, word in enumerate(words)))
    lines = str(caught.value).splitlines()
    assert len(lines) == 12
    assert lines[-1] == "  and 15 more"
    assert lines[10].startswith("  line 21, column 'y': 'x' is not a number")


GAPS = ["NA", "#N/A", ".", "--", "?", "unknown", "nan", "inf", "n.a.", "null", ""]


@pytest.mark.long
@pytest.mark.parametrize("gap", GAPS)
def test_a_gap_in_every_spelling_is_filled_by_the_mean_or_its_row_left_out(table, gap):
    content = f"a,b,y\n1,1,1\n2,{gap},3\n6,3,4\n8,5,6\n"
    assert table(content).X[1].tolist() == [1, 3, 3, 5]
    assert table(content, missing="drop").X[1].tolist() == [1, 3, 5]


READ = {
    "a b\n1 2\n3  4\n": [[1, 3], [2, 4]],
    "sep=;\na;y\n1;2\n3;4\n": [[1, 3], [2, 4]],
    "# in May\n# in EUR\na,y\n1,2\n3,4\n": [[1, 3], [2, 4]],
    'a, "b, c",y\n1,2,3\n4,5,7\n': [[1, 4], [2, 5], [3, 7]],
    "# in May, EUR\na,y\n1,2\n3,4\n": [[1, 3], [2, 4]],
    "A report\n\na,b,y\n1,2,1\n3,4,2\n": [[1, 3], [2, 4], [1, 2]],
    "A report\nof May\nin EUR\na,b,y\n1,2,1\n3,4,2\n": [[1, 3], [2, 4], [1, 2]],
    "words,a,y\nb;c,1,2\nd;e,3,4\n": [[1, 3], [2, 4]],
    "# a y\n1 2\n3 4\n": [[1, 3], [2, 4]],
    'a y\n"r1" 1 2\n"r2" 3 4\n': [[1, 3], [2, 4]],
    '"a\n(m)",y\n1,2\n3,4\n': [[1, 3], [2, 4]],
    ",a,y\n0,1,2\n1,3,4\n": [[1, 3], [2, 4]],
    "id,a,y\n1,1,2\n2,3,4\n": [[1, 3], [2, 4]],
    "id,a,y\n001,1,2\n002,3,4\n": [[1, 3], [2, 4]],
    "a,y,\n1,2,\n3,4,\n": [[1, 3], [2, 4]],
    "a;y\n1;950,5\n2;1.020,25\n": [[1, 2], [950.5, 1020.25]],
    "a;y\n0,5;950\n2,5;1.020\n": [[0.5, 2.5], [950, 1020]],
    "a;y\n1;1.234\n2;1234\n": [[1, 2], [1.234, 1234]],
    "a;y\n1;1.950\n2;1.020\n": [[1, 2], [1.95, 1.02]],
    'a,y\n"1,234",2\n5,4\n': [[1234, 5], [2, 4]],
    "an area;y\n1 234;5\n2 345;6\n": [[1234, 2345], [5, 6]],
    "a;y\n1 234;5 %\n5;7 %\n": [[1234, 5], [5, 7]],
    "a,y\n1970-01-02,2\n1970-02-01,4\n": [[1, 31], [2, 4]],
    "a,y\n1500-01-01,2\n9999-12-31,4\n": [[-171664, 2932896], [2, 4]],
    "a;y\n02.01.1970;2\n31.01.1970;4\n": [[1, 30], [2, 4]],
    "a\ty\n1\t2\t\n3\t4\t\n": [[1, 3], [2, 4]],
    "a\ty\nr1\t1\t2\nr2\t3\t4\n": [[1, 3], [2, 4]],
    "a;y\n1;9603\n2;10\u00a0548\n": [[1, 2], [9603, 10548]],
    "#,a,y\n1,1,2\n2,3,4\n": [[1, 3], [2, 4]],
    "# a,y\n1,2\n3,4\n": [[1, 3], [2, 4]],
    "% made in May, EUR\na,y\n1,2\n3,4\n": [[1, 3], [2, 4]],
    "// in May, EUR\na,y\n1,2\n3,4\n": [[1, 3], [2, 4]],
    "a|y\n1|2\n3|4\n": [[1, 3], [2, 4]],
    "Rents;\na;y\n1;2\n3;4\n": [[1, 3], [2, 4]],
    "2019,2020\n1,2\n3,4\n": [[1, 3], [2, 4]],
    "Unnamed: 0,a,y\n1,1,2\n0,3,4\n": [[1, 3], [2, 4]],
    "PassengerId,a,y\n901,1,2\n902,3,4\n": [[1, 3], [2, 4]],
    "shop_id,a,y\n7,1,2\n90,3,4\n": [[1, 3], [2, 4]],
    "a,y,id\n1,2,70\n3,4,9\n": [[1, 3], [2, 4]],
    "id,a,y\n7,1,2\n7,3,4\n8,5,6\n": [[7, 7, 8], [1, 3, 5], [2, 4, 6]],
    "grid,a,y\n7,1,2\n90,3,4\n": [[7, 90], [1, 3], [2, 4]],
    "day,y\n19700102,2\n19700201,4\n": [[1, 31], [2, 4]],
    "day,y\n19700102,2\n19700231,4\n": [[19700102, 19700231], [2, 4]],
    "day,y\n01/31/70,2\n02/01/70,4\n": [[30, 31], [2, 4]],
    "a;y\n31.01.1970 12:00:00;2\n01.02.1970 06:00:00;4\n": [[30.5, 31.25], [2, 4]],
    "a,y\n1,+\n2,-\n": [[1, 2], [1, 0]],
    "a,y\n1,none\n2,some\n": [[1, 2], [0, 1]],
    "town,a,y\nA,1,2\nB,3,4\nA,5,7\nTotal,9,13\n": [[1, 3, 5], [2, 4, 7]],
    "town,a,y\nA,1,2\nB,3,4\nA,5,7\nGrand total:,8,14\n": [[1, 3, 5], [2, 4, 7]],
    "a,b,y\n1,1,2\n3,2,4\n5,1,7\n9,4,13\n": [[1, 3, 5], [1, 2, 1], [2, 4, 7]],
    "größe,y\n1,2\n3,4\n".encode("latin-1"): [[1, 3], [2, 4]],
    "a,y\n1,2\n3,4\n".encode("utf-16"): [[1, 3], [2, 4]],
}


@pytest.mark.long
@pytest.mark.parametrize("content", READ)
def test_reads_tables_as_people_have_them(table, content):
    X, Y, _, _ = table(content)
    np.testing.assert_array_equal(np.vstack([X, Y]), READ[content])


NOTES = {
    "day,y\n01/31/70,2\n02/01/68,4\n": (
        "day: years of two digits were read as 1969 to 2068, so the last date is 2068-02-01"
    ),
    "day,y\n19700102,2\n19700201,4\n": "day: whole numbers such as 19700102 were read as dates",
    "zip,y\n01067,2\n10115,4\n": "zip: the zeros before its numbers were left out",
    "a,y\n9007199254740993,2\n1,4\n": "a: numbers beyond 2^53 were rounded",
    f"a,y\n{2**65},2\n1,4\n": "a: numbers beyond 2^53 were rounded",
    "a,y\n1,3\n2,\n3,\n4,\n": "y may be the target: --target y",
    "a,b,y\n1,1,2\n3,2,4\n5,1,7\n9,4,13\n": "left out the last row",
    "a,b,y\n1,,2\n3,,\n4,5,7\n5,1,6\n": "gaps, filled by the mean: b 1; 1 of 4 rows left out for gaps in y",
    "a,y\n"
    + "".join(f"{k}m2,{k}\n" for k in range(9)): "left out as names: a ('0m2', ...)",
}


@pytest.mark.parametrize("content", NOTES)
def test_nothing_is_done_in_silence(tmp_path, content):
    path = tmp_path / "table.csv"
    path.write_text(content)
    try:
        told = "; ".join(prepare(read_file(path)).notes)
    except ValueError as error:  # for want of another column
        told = str(error)
    assert NOTES[content] in told


def test_a_sheet_of_several_and_its_text_are_read_like_a_text(tmp_path):
    pytest.importorskip("openpyxl")
    notes = pd.DataFrame({"about": ["rents in May"]})
    table = pd.DataFrame({"size": ["155,5", "60,5"], "rent": ["1.067", 641]})
    with pd.ExcelWriter(tmp_path / "rents.xlsx") as file:
        notes.to_excel(file, sheet_name="notes", index=False)
        table.to_excel(file, sheet_name="rents", index=False, startrow=2)
        file.sheets["rents"]["A1"] = "a title"
    codes = pd.DataFrame({"zip": ["01067", "10115"], "rent": [3, 4]})
    codes.to_excel(tmp_path / "codes.xlsx", index=False)
    told = " ".join(prepare(read_file(tmp_path / "codes.xlsx")).notes)
    assert "zip: the zeros before its numbers were left out; --ignore it" in told
    made = prepare(read_file(tmp_path / "rents.xlsx"))
    np.testing.assert_array_equal([made.X[0], made.Y[0]], [[155.5, 60.5], [1067, 641]])
    assert "read 'rents', one of 2 sheets" in made.notes
    pd.DataFrame([[1, 2], [3, 4]]).to_excel(
        tmp_path / "bare.xlsx", index=False, header=False
    )
    with pytest.raises(ValueError, match="starts with numbers"):
        read_file(tmp_path / "bare.xlsx")


def test_a_sheet_of_durations_is_read(tmp_path):
    book = pytest.importorskip("openpyxl").Workbook()
    book.active.append(["time", "a", "y"])
    for k in range(8):
        book.active.append([timedelta(minutes=k), k, k * k])
    book.save(tmp_path / "durations.xlsx")
    made = prepare(read_file(tmp_path / "durations.xlsx"))
    assert made.recipe["features"] == ["a"]
    assert made.notes == ["left out as names: time ('0 days 00:00:00', ...)"]


def test_a_name_is_one_line(table):
    assert table('"floor\n (m2)",y\n1,2\n3,4\n').features == ["floor (m2)"]


def test_a_row_of_spaces_does_not_shift_the_lines(table):
    with pytest.raises(ValueError, match="line 4, column 'y': 'x'"):
        table("a,y\n1,2\n\u00a0,\u00a0\n3,x\n4,5\n5,5\n")


def test_the_decimal_mark_may_be_chosen(table):
    content = "a;y\n1;950\n2;1.020\n"
    assert table(content, decimal=",").Y.tolist() == [[950, 1020]]
    assert table(content, decimal=".").Y.tolist() == [[950, 1.02]]


def test_a_mark_far_below_decides_too(table):
    content = "a;y\n" + "".join(f"{k};{900 + k % 50}\n" for k in range(1200))
    assert table(content + "1200;1.25\n").Y[0, -1] == 1.25
    with pytest.raises(ValueError, match=r"line 1202, column 'y': '1.020' may be 1.02 "):
        table(content + "1200;1.020\n")


def test_words_become_columns_of_0_and_1(table):
    lines = [f"{'ABC'[k % 3]},{('no', 'Yes')[k % 2]},{k}\n" for k in range(30)]
    X, _, features, _ = table("town,let,y\n" + "".join(lines))
    assert features == ["town = A", "town = B", "town = C", "let = Yes"]
    assert X[:, :4].tolist() == [[1, 0, 0, 1], [0, 1, 0, 0], [0, 0, 1, 0], [0, 1, 0, 1]]


@pytest.mark.parametrize(("words", "used"), [(50, True), (51, False)])
def test_at_most_fifty_words_become_columns(table, words, used):
    lines = [f"w{k % words},{k},{k}\n" for k in range(300)]
    features = table("a,b,y\n" + "".join(lines)).features
    assert len(features) == (words + 1 if used else 1)


@pytest.mark.parametrize(
    ("values", "rows", "told"),
    [(3, 9, True), (3, 8, False), (10, 30, True), (11, 60, False), (2.5, 30, False)],
)
def test_few_whole_numbers_may_be_classes(tmp_path, values, rows, told):
    path = tmp_path / "table.csv"
    targets = [k % values for k in range(rows)]
    lines = [f"{k},{target:g}\n" for k, target in enumerate(targets)]
    path.write_text("a,y\n" + "".join(lines))
    notes = " ".join(prepare(read_file(path)).notes)
    assert ("is learnt as an amount" in notes) == told


@pytest.mark.parametrize(("gaps", "used"), [(10, True), (11, False)])
def test_a_column_of_more_than_half_gaps_is_left_out(table, gaps, used):
    lines = [f"{'' if k < gaps else k},{k},{k * k}\n" for k in range(20)]
    assert table("a,b,y\n" + "".join(lines)).features == ["a", "b"][not used :]


@pytest.mark.parametrize("gap", ["", "-", "n/a"])
def test_a_wanted_column_of_gaps_only_is_left_out(tmp_path, gap):
    path = tmp_path / "table.csv"
    path.write_text("a,b,y\n" + "".join(f"{k},{gap},{k * k}\n" for k in range(20)))
    made = prepare(read_file(path), Choices(features=["a", "b"]))
    assert made.recipe["features"] == ["a"]
    assert made.notes == ["left out for gaps only: b"]


def test_rows_that_all_have_gaps_are_not_all_left_out(table):
    rows = "a,b,y\n" + ",1,1\n,3,2\n2,,4\n4,,5\n" * 3
    with pytest.raises(ValueError, match="each row has a gap; --missing mean fills"):
        table(rows, missing="drop")
    assert table(rows).X.tolist() == [[3, 3, 2, 4] * 3, [1, 3, 2, 2] * 3]


def test_a_cell_may_have_131072_letters(table):
    rows = "".join(f"{k},{k * k}\n" for k in range(20))
    with pytest.raises(ValueError, match=r"line 22, column 'a': 'x+\.\.\.' is not a num"):
        table(f"a,y\n{rows}{'x' * 131_072},3\n")
    longer = "below the header, line 21: a cell has more than 131,072 letters"
    with pytest.raises(ValueError, match=rf"table\.csv, {longer}"):
        table(f"a,y\n{rows}{'x' * 131_073},3\n")


def test_two_classes_in_any_spelling_are_0_and_1(table):
    pairs = [("no", "yes"), ("FALSE", "TRUE"), ("died", "lived"), (1, 2)]
    for zero, one in pairs:
        assert table(f"a,y\n1,{zero}\n2,{one}\n3,{one}\n4,{zero}\n").Y.tolist() == (
            [[0, 1, 1, 0]]
        )


def test_columns_that_tell_nothing_are_left_out(table):
    lines = [f"{k},name{k},7,same,{k % 4}\n" for k in range(20)]
    assert table("a,who,c,d,y\n" + "".join(lines)).features == ["a"]
    chosen = {"ignore": ["a"], "features": ["a", "c"]}
    with pytest.raises(ValueError, match="no column is left to predict 'y' from"):
        table("a,who,c,d,y\n" + "".join(lines), **{**chosen, "features": ["c"]})
    with pytest.raises(ValueError, match="no column 'z'; its columns: a, who"):
        table("a,who,c,d,y\n" + "".join(lines), ignore=["z"])
