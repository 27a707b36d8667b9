"""Tables that the command of an earlier time refused or misread: each is read, or told what to do."""

from pathlib import Path

import pytest
from printed import section

from dnn_lessons import DeepNeuralNetwork

CASES = Path(__file__).with_name("cases")
RENT = "rent, from floor, age"
ONE_GAP = "gaps, filled by the mean: age 1"
SIX_GAPS = "gaps, filled by the mean: age 6"
AN_AMOUNT = "class holds 3 different whole numbers and is learnt as an amount"
# {file: (the target and its features, what else is told)}
READ = {
    "dates.csv": ("rent, from day, floor", "dates as days: day"),
    "excel_sep_line.csv": (RENT, ""),
    "gap_hash_NA.csv": (RENT, ONE_GAP),
    "gap_point.csv": (RENT, ONE_GAP),
    "gap_six_kinds.csv": (RENT, SIX_GAPS),
    "gap_two_dashes.csv": (RENT, ONE_GAP),
    "gap_unknown.csv": (RENT, ONE_GAP),
    "header_line_break_comma.csv": ("rent, from floor (m2), age", ""),
    "many_silent_columns.csv": (
        "y, from 10 columns",
        "left out for one value only: p10, p11, p12, p13 and 46 more",
    ),
    "nothing_to_learn.csv": ("y, from 6 columns", ""),
    "remarks_before_header.csv": (RENT, "left out 2 remarks before the header"),
    "row_numbers_without_name.csv": (RENT, "left out as row numbers or names"),
    "three_classes.csv": ("class, from floor, age", AN_AMOUNT),
    "town_names.csv": (
        "rent, from 5 columns",
        "words as columns of 0 and 1: town (3 words)",
    ),
    "zero_one_target.csv": ("let, from floor, age", ""),
}
REFUSED = {
    "one_class.csv": "'let' holds 1 in all rows: there is nothing to predict",
    "thousands_points_mixed.csv": "'1.067' may be 1.067 (--decimal .) or 1067 (--decimal ,)",
}


def test_every_case_is_here():
    assert {path.name for path in CASES.iterdir()} == {*READ, *REFUSED}


@pytest.mark.long
@pytest.mark.parametrize("name", READ)
def test_a_case_is_read_and_told(run, name):
    target, told = READ[name]
    code, out, err = run(f"--data {CASES / name} --num_epochs 1 --patience 0")
    assert code == 0, err
    m = 80 if name == "nothing_to_learn.csv" else 30
    shown = section(out, "settings")
    assert shown["target"] == [target]
    assert shown["examples"] == [f"{4 * m // 5} to train on, {m // 5} held out"]
    assert told in " ".join(out.split())


@pytest.mark.long
def test_a_case_without_anything_to_learn_is_no_worse_than_the_constant(run):
    code, out, _ = run(f"--data {CASES / 'nothing_to_learn.csv'}")
    assert code == 0
    assert "the network is the constant itself" in " ".join(out.split())


@pytest.mark.parametrize("name", REFUSED)
def test_a_case_is_refused_with_a_sentence(assert_refused, name):
    assert_refused(f"--data {CASES / name}", REFUSED[name])


@pytest.mark.long
@pytest.mark.parametrize(("mark", "first"), [(".", 1.067), (",", 1067)])
def test_the_mark_of_a_case_may_be_chosen(run, mark, first):
    data = f"--data {CASES / 'thousands_points_mixed.csv'} --decimal {mark}"
    code, out, _ = run(f"{data} --num_epochs 1")
    assert code == 0
    assert f"1.067 was read as {first}" in " ".join(out.split())


@pytest.mark.long
def test_a_saved_network_knows_the_names_of_its_columns(run):
    data = CASES / "zero_one_target.csv"
    assert run(f"--data {data} --target age --num_epochs 5 --save m.npz")[0] == 0
    assert DeepNeuralNetwork.load("m.npz").table["features"] == ["floor", "let"]
    predictions = []
    for header, row in (("floor,let", "100,1"), ("let,floor", "1,100")):
        Path("new.csv").write_text(f"{header}\n{row}\n")
        assert run("--predict new.csv --model m.npz")[0] == 0
        lines = Path("output/predictions.csv").read_text().splitlines()
        predictions.append(lines[1].rpartition(",")[2])
    assert predictions[0] == predictions[1]
