"""--predict: what a saved network says of a new table, and what is refused."""

import io
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from dnn_lessons import DeepNeuralNetwork

SETTINGS = "--patience 0 --num_epochs 40 --layers 5 --save m.npz"
HEADER = "town,let,area,day,y"
NEW = "town,let,area,day\nB,no,7,2020-01-05\nA,yes,3,2020-01-09\n"


TARGETS = {
    "numbers": lambda k: 2.0 * k,
    "classes": lambda k: ("cold", "warm")[k % 2],
    "dates": lambda k: f"2021-03-{1 + k % 28:02}",
}


@pytest.fixture(scope="module")
def models():
    """{kind of target: the bytes of a model file}, filled as they are needed."""
    return {}


@pytest.fixture
def trained(run, models):
    """Train on a table with words, two words, a number and a date; the network."""

    def train(kind="numbers"):
        rows = [
            f"{'ABC'[k % 3]},{('no', 'yes')[k % 2]},{k},2020-01-{1 + k % 28:02},"
            f"{TARGETS[kind](k)}"
            for k in range(60)
        ]
        Path("old.csv").write_text("\n".join([HEADER, *rows]))
        if kind not in models:
            assert run(f"--data old.csv {SETTINGS}")[0] == 0
            models[kind] = Path("m.npz").read_bytes()
        Path("m.npz").write_bytes(models[kind])
        return DeepNeuralNetwork.load("m.npz")

    return train


def predict(run, content, options=""):
    Path("new.csv").write_text(content)
    code, out, err = run(f"--predict new.csv --model m.npz {options}")
    assert (code, err) == (0, "")
    return out, pd.read_csv("output/predictions.csv")


def hundredth(network):
    """A hundredth of the typical error in training: predictions are rounded to it or finer."""
    return min(network.costs) ** 0.5 / 100


def inputs(*columns):
    """The inputs of the network: three towns, let = yes, area, day."""
    return np.array(columns, float).T


@pytest.mark.long
def test_predictions_stand_beside_the_columns(run, trained):
    network = trained()
    out, table = predict(run, NEW)
    names = ["town", "let", "area", "day", "predicted y"]
    assert [*table.columns] == names
    assert table.town.tolist() == ["B", "A"]
    day = np.datetime64("2020-01-05").astype(int)
    X = inputs([0, 1, 0, 0, 7, day], [1, 0, 0, 1, 3, day + 4])
    np.testing.assert_allclose(
        table["predicted y"], network.predict(X)[0], atol=hundredth(network) / 2
    )
    assert "y from town, let, area, day, for 2 rows" in out
    assert out.endswith("files\n  output/predictions.csv\n")


def test_the_module_knows_the_names_too(trained):
    table = trained().table
    assert table["features"] == [
        "town = A", "town = B", "town = C", "let = yes", "area", "day",
    ]  # fmt: skip
    assert table["target"] == "y"


def test_the_order_of_columns_and_further_columns_change_nothing(run, trained):
    trained()
    _, table = predict(run, NEW)
    _, other = predict(
        run, "x,day,area,let,town\n1,2020-01-05,7,No,b\n2,2020-01-09,3,YES,A\n"
    )
    assert other["predicted y"].tolist() == table["predicted y"].tolist()


def test_all_missing_columns_are_named(run, trained, assert_refused):
    trained()
    Path("new.csv").write_text("town,size\nB,7\n")
    assert_refused(
        "--predict new.csv --model m.npz",
        "new.csv has no column 'let', 'area', 'day'; its columns: town, size",
    )


def test_gaps_and_unknown_words_count_as_the_mean(run, trained):
    network = trained()
    out, table = predict(
        run, "town,let,area,day\nD,?,NA,\nD,maybe,,2020-01-05\nA,no,1,2020-01-05\n"
    )
    fill = np.array(network.table["fill"])
    about = {"abs": hundredth(network) / 2}
    expected = network.predict(fill[:, None])[0, 0]
    assert table["predicted y"][0] == pytest.approx(expected, **about)
    fill[-1] = np.datetime64("2020-01-05").astype(int)
    expected = network.predict(fill[:, None])[0, 0]
    assert table["predicted y"][1] == pytest.approx(expected, **about)
    text = " ".join(out.split())
    assert "gaps, filled by the mean: area 2, let 1, day 1" in text
    assert "town: 'D' filled by the mean, for the network knows no such word" in text
    assert "let: 'maybe' filled by the mean" in text


@pytest.mark.long
def test_two_classes_have_their_words_and_a_probability(run, trained):
    trained("classes")
    _, table = predict(run, NEW)
    assert set(table["predicted y"]) <= {"cold", "warm"}
    warm = table["probability of warm"] > 0.5
    assert (table["predicted y"] == "warm").tolist() == warm.tolist()


@pytest.mark.parametrize(
    ("cost", "number"),
    [
        (260.0, 1067.3),
        (4e6, 1070),
        (1e-20, 1067.345679),
        (0.0, 1067.345679),
        (None, 1067.345679),
    ],
)
def test_predictions_have_the_digits_that_their_error_allows(run, trained, cost, number):
    network = trained()
    constant = {"W2": 0 * network.parameters["W2"], "b2": np.array([[1067.3456789]])}
    network.parameters = {**network.parameters, **constant}
    network.costs = [] if cost is None else [cost, 1e9]
    network.save("m.npz")
    assert predict(run, NEW)[1]["predicted y"].tolist() == [number] * 2


def test_an_even_chance_is_the_class_that_the_accuracy_counts(run, trained):
    network = trained("classes")
    zeros = {name: 0 * network.parameters[name] for name in ("W2", "b2")}
    network.parameters = {**network.parameters, **zeros}
    network.save("m.npz")
    _, table = predict(run, NEW)
    assert table["probability of warm"].tolist() == [0.5, 0.5]
    assert set(table["predicted y"]) == {"warm"}


def test_a_probability_has_six_digits(run, trained):
    network = trained("classes")
    constant = {"W2": 0 * network.parameters["W2"], "b2": np.ones((1, 1))}
    network.parameters = {**network.parameters, **constant}
    network.save("m.npz")
    table = predict(run, NEW)[1]
    assert table["probability of warm"].tolist() == [0.731059] * 2, "1/(1 + 1/e)"


@pytest.mark.long
def test_dates_are_predicted_as_dates(run, trained):
    trained("dates")
    _, table = predict(run, NEW)
    assert table["predicted y"].str.fullmatch(r"202\d-\d\d-\d\d").all()


def test_the_cells_stay_as_they_are_written(run, trained):
    trained()
    content = "town;let;area;day;code\nB;no;7,50;2020-01-05;007\nA;yes;3,25;2020-01-09;\n"
    predict(run, content)
    lines = Path("output/predictions.csv").read_text().splitlines()
    assert lines[0] == "town;let;area;day;code;predicted y"
    assert lines[1].startswith("B;no;7,50;2020-01-05;007;")
    assert "," in lines[1].split(";")[-1]


def test_a_comma_that_is_chosen_stands_in_no_file_of_commas(run, trained):
    trained()
    _, table = predict(run, NEW, "--decimal ,")
    assert table["predicted y"].dtype.kind == "f"
    predict(run, NEW.replace(",", ";"), "--decimal ,")
    first = Path("output/predictions.csv").read_text().splitlines()[1]
    assert "," in first.rpartition(";")[2], "semicolons leave the comma free"


@pytest.mark.parametrize(("mark", "number"), [(".", 1.25), (",", 1250)])
def test_a_decimal_mark_may_be_chosen_for_a_new_table(run, trained, mark, number):
    trained()
    table = NEW.replace(",", ";").replace(";7;", ";1.250;")
    out, _ = predict(run, table, f"--decimal {mark}")
    assert f"area: 1.250 was read as {number}; --decimal chooses" in " ".join(out.split())


def test_a_date_is_the_nearest_day(run, trained):
    network = trained("dates")
    day = np.datetime64("2021-03-04").astype(int)
    constant = {"W2": 0 * network.parameters["W2"], "b2": np.array([[day + 0.6]])}
    network.parameters = {**network.parameters, **constant}
    network.save("m.npz")
    assert set(predict(run, NEW)[1]["predicted y"]) == {"2021-03-05"}


def test_columns_in_spaces_become_cells_between_commas(run, trained):
    trained()
    predict(run, NEW.replace(",", "  "))
    header = Path("output/predictions.csv").read_text().splitlines()[0]
    assert header == "town,let,area,day,predicted y"


def test_what_was_left_out_of_the_new_table_is_told(run, trained):
    trained()
    out, _ = predict(run, f"# of an instrument\n{NEW}")
    assert "left out 1 remark before the header" in " ".join(out.split())


def test_a_link_to_the_table_is_not_written_to(trained, assert_refused):
    trained()
    Path("new.csv").write_text(NEW)
    Path("output").mkdir(exist_ok=True)
    Path("output/predictions.csv").unlink(missing_ok=True)
    Path("output/predictions.csv").symlink_to(Path("new.csv").resolve())
    assert_refused("--predict new.csv --model m.npz", "would be replaced")
    assert Path("new.csv").read_text() == NEW


def test_a_saved_constant_is_told(run, trained):
    network = trained()
    out, _ = predict(run, NEW)
    assert "is a constant" not in out
    weights = {**network.parameters, "W2": 0 * network.parameters["W2"]}
    network.parameters = weights
    network.save("m.npz")
    out, _ = predict(run, NEW)
    assert "the network that was saved is a constant" in " ".join(out.split())


def test_a_column_of_an_earlier_prediction_stays(run, trained):
    trained()
    predict(run, NEW)
    _, table = predict(run, Path("output/predictions.csv").read_text())
    assert [*table.columns][-2:] == ["predicted y", "predicted y (new)"]


@pytest.mark.long
@pytest.mark.parametrize(
    ("proof", "cell", "number"), [("155,5", "1.250", 1250), ("155.25", "1.983", 1.983)]
)
def test_a_new_table_has_the_decimal_mark_of_the_first(run, proof, cell, number):
    """No cell of the new table tells; the first table proved a mark in another column."""
    rows = "".join(f"{k};{k % 7 + 2};{k * k}\n" for k in range(30))
    Path("old.csv").write_text(f"a;b;y\n{proof};{cell};5\n{rows}")
    assert run(f"--data old.csv {SETTINGS} --seed 1")[0] == 0
    Path("new.csv").write_text(f"a;b\n3;{cell}\n3;7\n")
    code, out, err = run("--predict new.csv --model m.npz")
    assert code == 0, err
    assert f"b: {cell} was read as {number}" in " ".join(out.split())


SIGNS = {  # {a cell of the first table, one of the new one: whether they go together}
    ("59%", "59%"): True,
    ("59%", "0.59"): False,
    ("0.59", "59%"): False,
    ("59%", ""): True,
    ("59%", "?"): True,
    ("$59", "59"): True,
    ("59", "$59"): True,
    ("$59", "€59"): False,
    ("€59", "€59"): True,
}


@pytest.mark.long
@pytest.mark.parametrize(("old", "new"), SIGNS)
def test_a_share_keeps_its_sign(run, old, new):
    rows = "".join(f"{old.replace('9', str(k))},{k * k}\n" for k in range(10, 30))
    Path("old.csv").write_text(f"a,y\n{rows}")
    assert run(f"--data old.csv {SETTINGS} --num_epochs 1")[0] == 0
    Path("new.csv").write_text(f"a,b\n{new},1\n,2\n")
    code, _, err = run("--predict new.csv --model m.npz")
    assert (code == 0) == SIGNS[old, new]
    assert ("new.csv: the numbers of 'a' have " in err) != SIGNS[old, new]


def test_both_signs_are_named_where_they_differ(trained, assert_refused):
    trained()
    Path("new.csv").write_text(NEW.replace(",7,", ",7%,").replace(",3,", ",3%,"))
    fault = (
        "the numbers of 'area' have the sign %, and those of the table that the network "
        "was trained on have no sign; write them alike"
    )
    assert_refused("--predict new.csv --model m.npz", fault)


def test_a_network_of_an_older_file_says_nothing_of_signs(run, trained):
    network = trained()
    del network.table["signs"]
    network.save("m.npz")
    assert predict(run, NEW.replace(",7,", ",7%,").replace(",3,", ",3%,"))
    network.table["signs"] = {"area": 3}
    with pytest.raises(ValueError, match="its table is not that"):
        network.save("m.npz")


def test_numbers_of_a_workbook_stay_as_they_are(run, trained):
    trained()
    pytest.importorskip("openpyxl")
    frame = pd.read_csv(io.StringIO(NEW)).assign(account=[12345678901, 123456789.123])
    frame.to_excel("new.xlsx", index=False)
    assert run("--predict new.xlsx --model m.npz")[0] == 0
    table = pd.read_csv("output/predictions.csv")
    assert table.account.tolist() == frame.account.tolist()


def test_a_column_of_another_kind_is_refused(trained, assert_refused):
    trained()
    for cells, fault in {
        "B,no,big,2020-01-05": "line 2, column 'area': 'big' is not a number",
        "B,no,7,2020": "line 2, column 'day': '2020' is not a date",
    }.items():
        Path("new.csv").write_text(f"town,let,area,day\n{cells}\n")
        assert_refused("--predict new.csv --model m.npz", fault)


REFUSED = {
    "--predict new.csv": "--predict needs a network",
    "--model m.npz": "--model is for --predict",
    "--predict new.csv --model m.npz --data old.csv": "--data is for a training",
    "--predict new.csv --model m.npz --seed 3": "--seed is for a training",
    "--predict new.csv --model m.npz --target y": "--target is for a training",
    "--predict new.csv --model m.npz --missing drop": "--missing is for a training",
    "--predict absent.csv --model m.npz": "absent.csv: No such file",
    "--predict new.csv --model absent.npz": "absent.npz: No such file",
    "--predict new.csv --model old.csv": "old.csv is not a saved network",
    "--predict new.csv --model curve.npz": "curve.npz does not know the columns",
    "--predict output/predictions.csv --model m.npz": "would be replaced",
    "--predict new.csv --model m.npz --out old.csv": "cannot write into the folder",
}


@pytest.mark.parametrize("text", REFUSED)
def test_what_does_not_fit_is_refused_in_one_line(trained, assert_refused, text):
    trained()
    Path("new.csv").write_text(NEW)
    DeepNeuralNetwork((1, 1)).save("curve.npz")
    assert_refused(text, REFUSED[text])
    assert not Path("output/predictions.csv").exists()


def test_two_columns_of_one_name_matter_only_if_they_are_used(
    run, trained, assert_refused
):
    trained()
    lines = NEW.splitlines()
    twice = [f"{line},{note},{note}" for line, note in zip(lines, "nxy", strict=True)]
    _, table = predict(run, "\n".join(twice))
    assert [*table.columns][4:] == [
        "n",
        "n.1",
        "predicted y",
    ]  # pandas numbers the second
    Path("new.csv").write_text("\n".join(f"{line},{line}" for line in lines))
    assert_refused("--predict new.csv --model m.npz", "has the name 'town' of another")
