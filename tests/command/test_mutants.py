"""Borders and small cases of the command that a planted mutant once passed."""

import gzip
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from printed import section

from dnn_lessons import _compiler
from dnn_lessons.classroom.figures import fits
from dnn_lessons.command import main
from dnn_lessons.command import read_file as reading
from dnn_lessons.command import report as reporting
from dnn_lessons.command import run as command
from dnn_lessons.command.cells import BadCellsError, far_off, meaning
from dnn_lessons.command.judgement import judgement
from dnn_lessons.command.layout import find_layout, starts_with_numbers
from dnn_lessons.command.options import build_parser
from dnn_lessons.command.patience import Watch, set_aside, with_fast_engine
from dnn_lessons.command.read_file import FaultsError, Sheet, place, read_file
from dnn_lessons.command.read_table import split, split_by_file
from dnn_lessons.command.recipe import Choices, prepare
from dnn_lessons.command.report import draw_costs
from dnn_lessons.command.text import counted, in_words, short_list
from dnn_lessons.datasets import train_test_split
from dnn_lessons.experiment import Data, Experiment, Settings

X = np.arange(20.0).reshape(1, -1)
EVEN = np.where(np.arange(20) % 2, 0.5, 1.5)[None]
ONES, ZEROS = np.ones(X.shape), np.zeros(X.shape)


def judged(predict, train, held_out, loss="mse", aside=0):
    """The sentences about predictions; the constant is the mean."""
    data = Data((X, train), (X + 0.5, held_out), ["x"], "y")
    experiment = SimpleNamespace(
        data=data,
        settings=Settings(loss=loss),
        predict=predict,
        best_constant=float(train.mean()),
    )
    return judgement(experiment, aside)


# ------------------------------------------------------------------------------------------------- the judgement


@pytest.mark.parametrize("more", [0.0, 1e-13])
def test_gains_and_losses_that_cancel_are_as_good_and_nothing_is_left_to_chance(more):
    """The constant is off by 1 everywhere, the network by 0.5 and by 1.5."""
    sentence = judged(lambda _: EVEN + more, ONES, ZEROS, "mae")[0]
    assert "the network is as good as the constant (cost +0 ± 0.11) and" in sentence


def test_a_small_difference_that_is_sure_is_a_worse_one_and_gets_advice():
    """The line is right, the network off by 0.1; and one that is off by chance gets no advice."""
    texts = judged(lambda X: 3 * X + 0.1, 3 * X, 3 * X + 1.5)
    assert "worse than a straight line (cost +0.01 ± " in texts[0]
    assert texts[1].startswith("It fits the examples trained on hardly better")
    off = np.zeros(X.shape)
    off[0, :2] = 6.0
    texts = judged(lambda X: 3 * X + off, 3 * X, 3 * X + 1.5)
    assert "worse than a straight line (cost +3.6 ± 2.5, which may be chance)" in texts[0]
    assert len(texts) == 1


@pytest.mark.parametrize(("off", "advice"), [(2.8, 0), (2.9, 1)])
def test_a_cost_held_out_of_more_than_twice_that_in_training_is_an_overfit(off, advice):
    """In training the network is off by 2, so that its cost is 4; a line is off by more."""
    jumps = 100 * (X % 2)
    texts = judged(lambda Z: jumps + np.where(Z % 1, off, 2), jumps, jumps)
    assert "better than the constant" in texts[0]
    assert texts[1:] == advice * [
        "It fits the examples trained on far better: try --patience 20, fewer units or "
        "more examples."
    ]


# ------------------------------------------------------------------------------------------------- patience


@pytest.mark.parametrize(
    ("epochs", "found", "engine"),
    [
        (330, "cc", "compiled"),
        (400, "cc", "compiled"),
        (329, "cc", "plain"),
        (330, None, "plain"),
    ],
)
def test_a_training_of_33000_steps_gets_the_fast_engine_where_it_can(
    epochs, found, engine, monkeypatch
):
    monkeypatch.setattr(_compiler, "find", lambda: found)
    settings = Settings(num_epochs=epochs, batch_size=10, engine="plain")
    assert with_fast_engine(settings, 1000).engine == engine
    assert with_fast_engine(settings, 991).engine == engine, (
        "the last batch is a step too"
    )


def test_what_is_set_aside_is_drawn_with_the_next_seed():
    data = Data((X, 2 * X), (X, 2 * X), ["x"], "y")
    for seed in (0, 4):
        kept, (_, labels) = set_aside(data, seed)
        train, (_, expected) = train_test_split(X, 2 * X, rng=seed + 1)
        np.testing.assert_array_equal(labels, expected)
        np.testing.assert_array_equal(kept.train[1], train[1])


def watched(aside, train):
    """A Watch after an epoch whose network is right on a share of the examples set aside and of the others.

    The constant is off by 1 everywhere, and the network by 1.1 where it is not right.
    """
    Y = np.where(np.arange(20) % 2, 1.0, -1.0)[None]
    experiment = Experiment(Data((X, Y), (X, Y), ["x"], "y"), num_epochs=1)
    watch = Watch(experiment, (X + 100, Y))
    for _ in experiment.epochs():
        watch.best_epoch, watch._best = 1, experiment.network.parameters
    right = {False: train, True: aside}
    experiment.predict = lambda Z, *_: np.where(
        np.arange(20) < right[Z[0, 0] > 50], Y, 2.1 * Y
    )
    watch.keep_best()
    return watch


@pytest.mark.parametrize(
    ("aside", "train", "kept"),
    [(20, 20, 1), (17, 17, 1), (7, 7, 1), (7, 2, 0), (5, 20, 0)],
)
def test_the_network_is_kept_where_it_is_better_on_both_parts(aside, train, kept):
    watch = watched(aside, train)
    assert watch.best_epoch == kept
    assert max(watch.experiment.snapshots) == kept


# ------------------------------------------------------------------------------------------------- the layout


def test_a_title_of_one_cell_above_numbers_is_no_header():
    layout = find_layout(b"Rents\n1;2;3\n4;5;6\n")
    assert (layout.names, layout.line, layout.remarks) == (["1", "2", "3"], 2, 1)


def test_a_remark_with_other_cells_than_the_rows_is_no_header():
    assert find_layout(b"# a;b\n1;2;3\n4;5;6\n").names == ["1", "2", "3"]
    assert find_layout(b"# a;b;c\n1;2;3\n4;5;6\n").names == ["a", "b", "c"]
    assert find_layout(b"# a;b;c\nx;y;z\nu;v;w\n").names == ["x", "y", "z"]


def test_lines_without_a_cell_are_no_sign_of_another_separator():
    assert find_layout(b"a,x;b,y\n1,5;2,5\n;\n").separator == ";"


def test_a_line_that_names_the_separator_counts_as_a_line():
    layout = find_layout(b"sep=;\n\na;b\n1;2\n")
    assert (layout.separator, layout.names) == (";", ["a", "b"])
    assert (layout.line, layout.start) == (3, 11)
    assert find_layout(b"a;b\n1;2\n")[2:4] == (4, 1)


def test_rows_that_end_in_nothing_have_a_last_column_without_a_name():
    assert find_layout(b"a\tb\n1\t2\t\n3\t4\t\n").names == ["a", "b", ""]
    assert find_layout(b"a\tb\n1\t2\t3\n3\t4\t5\n").names == ["", "a", "b"]


@pytest.mark.parametrize(
    ("names", "numbers"),
    [
        ("5", True),
        ("5 7", True),
        ("5 b", False),
        ("", False),
        ("2001 2002", False),
        ("2001 2001", True),
        ("2001 7", True),
        ("2001", False),
    ],
)
def test_a_header_of_numbers_is_an_example_unless_they_are_years(names, numbers):
    assert starts_with_numbers(names.split()) is numbers


# ------------------------------------------------------------------------------------------------- the options


@pytest.mark.parametrize(
    "text",
    [
        "--learning_rate 0",
        "--learning_rate -0.5",
        "--learning_rate inf",
        "--batch_size 0",
        "--seed -1",
        "--test_last 0",
        "--test_last 1",
        "--test_last -0.5",
        "--test_last 100%",
    ],
)
def test_numbers_beyond_their_borders_are_refused(text, capsys):
    with pytest.raises(SystemExit):
        build_parser().parse_args(text.split())
    assert "is not a" in capsys.readouterr().err


def test_numbers_at_their_borders_pass():
    text = (
        "--batch_size 1 --num_epochs 1 --seed 0 --patience 0 --layers 1 --test_last 99%"
    )
    options = build_parser().parse_args(text.split())
    assert (options.batch_size, options.seed, options.layers) == (1, 0, [1])
    assert options.test_last == 0.99


def test_one_option_is_proposed_for_an_unknown_one(capsys):
    with pytest.raises(SystemExit):
        build_parser().parse_args(["--test_lst", "0.2"])
    assert capsys.readouterr().err.endswith(" - did you mean --test_last?\n")


def test_lists_and_counts_in_words():
    assert short_list(list("abcd")) == "a, b, c, d"
    assert short_list(list("abcde")) == "a, b, c, d and 1 more"
    assert short_list(["a"] * 3004).endswith(" and 3,000 more")
    assert short_list(list("abc"), 2) == "a, b and 1 more"
    assert [counted(n, "row") for n in (0, 1, 2000)] == ["0 rows", "1 row", "2,000 rows"]
    assert [in_words(value) for value in ((), [3, 4], True, 0.5)] == [
        "none",
        "3 4",
        "yes",
        "0.5",
    ]


# ------------------------------------------------------------------------------------------------- report and run


@pytest.mark.parametrize(
    ("train", "held_out", "both"),
    [
        ([1.0] * 300, [2.0] * 300, True),
        ([1.0] * 3, [2.0] * 2, False),
        ([1.0] * 2, [2.0] * 3, False),
        ([1.0, 0.0], [2.0, 2.0], False),
        ([1.0, 1.0], [2.0, 0.0], False),
    ],
)
def test_costs_are_drawn_for_both_parts_where_each_has_a_logarithm(
    train, held_out, both, monkeypatch
):
    drawn = []
    for name in ("scores_through_epochs", "plot_epoch"):
        monkeypatch.setattr(fits, name, lambda *_, name=name: drawn.append(name))
    monkeypatch.setattr(reporting, "_marks", lambda *_: ())
    settings = Settings(loss="mae")
    draw_costs(SimpleNamespace(costs=train, held_out_costs=held_out, settings=settings))
    assert drawn == ["scores_through_epochs" if both else "plot_epoch"]


@pytest.mark.long
@pytest.mark.parametrize(("many", "told"), [(500, False), (499, True)])
def test_pictures_of_many_examples_are_announced(run, many, told, monkeypatch):
    monkeypatch.setattr(command, "MANY_EXAMPLES", many)
    code, out, err = run("--num_epochs 1")
    assert code == 0
    assert ("drawing output/result.png" in err) is told
    assert float(section(out, "run")["seconds"][0]) < 100


def test_a_wide_table_gets_small_steps(tmp_path):
    rows = np.random.default_rng(0).integers(0, 99, (12, 31)).astype(str)
    lines = [",".join(f"c{k}" for k in range(31)), *map(",".join, rows)]
    (tmp_path / "wide.csv").write_text("\n".join(lines))
    arguments = ["--data", str(tmp_path / "wide.csv"), "--num_epochs", "1"]
    experiment = command.trained(build_parser().parse_args(arguments))
    assert len(experiment.data.features) == 30
    assert experiment.settings.learning_rate == 0.01


@pytest.mark.long
def test_predictions_of_a_table_with_tabs_keep_its_decimal_comma(run):
    rows = "".join(f"{k},5\t{2 * k},25\n" for k in range(20))
    Path("old.csv").write_text(f"a\ty\n{rows}")
    assert run("--data old.csv --num_epochs 1 --save m.npz")[0] == 0
    Path("new.csv").write_text("a\n1,5\n2,5\n")
    assert main(["--predict", "old.csv", "--model", "m.npz"]) == 0
    header, first, *_ = Path("output/predictions.csv").read_text().splitlines()
    assert header == "a\ty\tpredicted y"
    assert "." not in first
    assert first.startswith("0,5\t0,25\t")


# ------------------------------------------------------------------------------------------------- cells


@pytest.mark.parametrize(
    ("others", "end", "is_far"),
    [
        ([25, 50, 30, 40, 35, 45], 99, True),
        ([0, 49.5, 30, 40, 35, 45], 99, False),
        ([0, 49, 30, 40, 35, 45], 99, True),
        ([0, 10, 3, 4, 5, 6], -105, True),
        ([0, 10, 3, 4, 5, 6], -100, False),
        ([0, 10, 3, 4, 5, 6], 111, True),
        ([5, 5, 5, 5, 5, 5], -999, False),
    ],
)
def test_a_number_is_far_off_by_ten_ranges_and_nines_by_one(others, end, is_far):
    assert far_off(np.array([*others, end, end], float)) == (end if is_far else None)
    assert far_off(np.array([*others, end, np.nan])) is None, "it stands once"


@pytest.mark.parametrize(
    ("times", "is_far"), [(1, False), (2, True), (3, True), (4, False)]
)
def test_a_number_that_is_half_of_all_is_no_gap(times, is_far):
    """Of eight: with four others, it is half of them."""
    values = np.array([*range(8 - times), *[-999] * times], float)
    assert far_off(values) == (-999 if is_far else None)


@pytest.mark.parametrize(
    ("number", "is_exact"),
    [
        (-(2**53), True),
        (-(2**53) - 1, False),
        (2**53, True),
        (2**53 + 1, False),
        (3, True),
    ],
)
def test_whole_numbers_beyond_what_a_float_holds_are_told(number, is_exact):
    notes = meaning(pd.Series([number, 1, 2])).notes
    assert (notes == []) is is_exact


SIGNS = {  # {cells of a column: the sign beside its numbers, or the cell that is refused}
    "5 6 7": None,
    "$5 6 $7": "$",
    "5 €6 7": "€",
    "5% 6% 7%": "%",
    "5% 6 7%": "6",
    "5 6% 7%": "5",
    "$5 €6 7": "€6",
    "€5 $6 7": "$6",
    "5% $6 7%": "$6",
    "$5 6% 7": "6%",
}


@pytest.mark.parametrize("cells", SIGNS)
def test_numbers_of_a_column_have_one_sign(cells):
    column = pd.Series(cells.split())
    if SIGNS[cells] in column.array:
        with pytest.raises(BadCellsError, match="has another sign of") as caught:
            meaning(column)
        assert caught.value.cells.keys() == {SIGNS[cells]}
    else:
        assert meaning(column).sign == SIGNS[cells]


@pytest.mark.parametrize(("letters", "kind"), [(100, "numbers"), (101, "words")])
def test_a_number_has_100_letters_at_most(letters, kind):
    assert meaning(pd.Series([f"0.{'5' * (letters - 2)}", "none"])).kind == kind


@pytest.mark.parametrize(("count", "kind"), [(4, "words"), (12, "words"), (13, None)])
def test_a_last_number_and_more_makes_words_of_a_few(count, kind):
    cells = pd.Series([*map(str, range(count - 1)), f"{count - 1}+"])
    if kind:
        assert meaning(cells).kind == kind
    else:
        with pytest.raises(BadCellsError, match="is not a number"):
            meaning(cells)


@pytest.mark.parametrize(
    ("numbers", "is_words"), [(3, True), (4, True), (5, False), (7, False)]
)
def test_ten_cells_of_which_half_are_numbers_are_numbers(numbers, is_words):
    cells = pd.Series([*map(str, range(numbers)), *"abcdefgh"[: 10 - numbers]])
    if is_words:
        assert meaning(cells).kind == "words"
    else:
        with pytest.raises(BadCellsError, match="'a': 'is not a number"):
            meaning(cells)


def test_the_first_of_several_such_cells_is_told():
    cells = meaning(pd.Series(["7", "(5)", "(6)"]))
    assert cells.values.tolist() == [7, -5, -6]
    assert cells.notes == ["numbers in brackets, such as (5), were read as below zero"]


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (19000101, "dates"),
        (18991231, "numbers"),
        (21001231, "dates"),
        (21010101, "numbers"),
        (20230229, "numbers"),
    ],
)
def test_whole_numbers_are_dates_from_1900_to_2100(day, kind):
    assert meaning(pd.Series([day, 20230131])).kind == kind


@pytest.mark.parametrize(
    ("cells", "other"),
    [
        (["59%", "0.6", "7%"], "0.6"),
        (["$5", "6", "7"], None),
        (["$5", "6 €", "7"], "6 €"),
        (["5", "6%"], "5"),
    ],
)
def test_one_column_has_one_sign(cells, other):
    if other is None:
        assert meaning(pd.Series(cells)).kind == "numbers"
    else:
        with pytest.raises(BadCellsError, match="another sign") as caught:
            meaning(pd.Series(cells))
        assert list(caught.value.cells) == [other]


# ------------------------------------------------------------------------------------------------- recipe and file


@pytest.fixture
def prepared(tmp_path):
    """What is made of a text of rows."""

    def of(text, **choices):
        (tmp_path / "table.csv").write_text(text)
        return prepare(read_file(tmp_path / "table.csv"), Choices(**choices))

    return of


def column(cells, name="a"):
    """A table of this column, of another one, and of a target."""
    rows = [f"{cell},{k * k % 7},{k}" for k, cell in enumerate(cells)]
    return "\n".join([f"{name},b,y", *rows])


@pytest.mark.parametrize(
    "cells", ["9876543210", "0123456789", "0000000001", "1000000000"]
)
def test_a_column_that_varies_is_kept_wherever_its_greatest_number_stands(
    prepared, cells
):
    assert prepared(column(cells)).recipe["features"] == ["a", "b"]


def test_a_column_of_two_words_is_one_feature_and_of_three_three(prepared):
    two = prepared(column("nynynynyny"), features=["a"])
    assert two.recipe["features"] == ["a = y"]
    assert two.X[0].tolist() == [0, 1] * 5
    three = prepared(column("nymnymnymn"), features=["a"])
    assert three.recipe["features"] == ["a = m", "a = n", "a = y"]
    assert three.X[:, :3].tolist() == [[0, 0, 1], [1, 0, 0], [0, 1, 0]]


def test_the_first_word_of_a_column_of_names_is_told(prepared):
    made = prepared(column(f"n{k}" for k in range(20)))
    assert any("('n0', ...)" in note for note in made.notes)


def test_a_column_may_be_ignored_also_where_target_and_features_are_named(prepared):
    text = column("9876543210")
    assert prepared(text, ignore=["a"]).recipe["features"] == ["b"]
    assert prepared(text, features=["b"], target="y").recipe["features"] == ["b"]
    assert prepared(text, features=["b"]).recipe["features"] == ["b"]


def test_a_gap_beside_one_known_number_to_train_on_is_that_number(prepared):
    made = prepared("a,b,y\n4,1,1\n,2,3\n,3,5\n8,4,4\n")
    data = split(made, test_last=0.5)
    assert data.train[0].tolist() == [[4, 4], [1, 2]]
    assert data.held_out[0].tolist() == [[4, 8], [3, 4]]
    assert made.recipe["fill"] == [4, 1.5]


def test_a_split_without_a_seed_is_that_of_seed_0(prepared):
    made = prepared("a,y\n" + "\n".join(f"{k},{k * k}" for k in range(20)))
    parts = [split(made, *seed).held_out[0].tolist() for seed in ((), (0,), (1,))]
    assert parts[0] == parts[1] != parts[2]


def test_a_feature_without_a_value_in_the_part_to_train_on_is_0(prepared):
    made = prepared("a,b,y\n,1,1\n,2,3\n8,3,5\n4,4,4\n", features=("a", "b"))
    assert split(made, test_last=0.5).train[0].tolist() == [[0, 0], [1, 2]]
    assert made.recipe["fill"] == [0, 1.5]


def test_rows_of_another_table_without_a_target_are_left_out_and_counted(
    prepared, tmp_path
):
    def held_out(rows):
        (tmp_path / "other.csv").write_text(f"a,y\n{rows}")
        made = prepared("a,y\n1,2\n2,4\n6,6\n")
        return split_by_file(made, read_file(tmp_path / "other.csv")), made.notes

    data, notes = held_out("5,1\n7,3\n")
    assert (data.held_out[0].tolist(), notes) == ([[5, 7]], [])
    data, notes = held_out("5,1\n6,\n,3\n")
    assert (data.held_out[0].tolist(), data.held_out[1].tolist()) == ([[5, 3]], [[1, 3]])
    lost = "1 of 3 rows left out: their target is a gap or no class of the first table"
    assert notes[-1] == f"{tmp_path / 'other.csv'}: {lost}"
    with pytest.raises(ValueError, match=r"other\.csv has no row whose target is known"):
        held_out("5,\n6,NA\n")


def packed(tmp_path, rows):
    """A packed text of equal rows, and how many bytes it has when it is unpacked."""
    text = b"\na,b,y\n" + b"1,2,3\n4,5,6\n" * rows
    (tmp_path / "table.csv.gz").write_bytes(gzip.compress(text))
    return tmp_path / "table.csv.gz", len(text)


def test_a_packed_text_may_be_of_many_times_its_size_while_it_is_small(tmp_path):
    path, size = packed(tmp_path, 20_000)
    assert size > 200 * path.stat().st_size
    assert len(read_file(path).frame) == 40_000


@pytest.mark.parametrize(("growth", "is_read"), [(1.1, True), (0.9, False)])
def test_a_packed_text_beyond_that_may_grow_as_often_as_allowed(
    tmp_path, monkeypatch, growth, is_read
):
    path, size = packed(tmp_path, 1000)
    monkeypatch.setattr(reading, "MOST_PACKED", 100)
    monkeypatch.setattr(reading, "MOST_GROWTH", int(growth * size / path.stat().st_size))
    if is_read:
        assert len(read_file(path).frame) == 2000
    else:
        with pytest.raises(ValueError, match=r"would take more than .* when unpacked"):
            read_file(path)


@pytest.mark.parametrize(("most", "is_read"), [(0, True), (-1, False)])
def test_a_packed_text_of_the_largest_size_is_read(tmp_path, monkeypatch, most, is_read):
    path, size = packed(tmp_path, 1000)
    monkeypatch.setattr(reading, "MOST_PACKED", size + most)
    monkeypatch.setattr(reading, "MOST_GROWTH", 1)
    if is_read:
        assert len(read_file(path).frame) == 2000
    else:
        with pytest.raises(ValueError, match=f"would take more than {size - 1:,} bytes"):
            read_file(path)


@pytest.mark.parametrize(
    ("count", "more"), [(2, ""), (10, ""), (11, "1"), (3012, "3,002")]
)
def test_ten_faults_are_listed_and_the_others_counted(count, more):
    lines = str(FaultsError("t.csv", [f"fault {k}" for k in range(count)])).splitlines()
    assert lines[0] == f"t.csv has {count:,} faults:"
    assert lines[1:11] == [f"  fault {k}" for k in range(min(count, 10))]
    assert lines[11:] == ([f"  and {more} more"] if more else [])
    assert str(FaultsError("t.csv", ["one"])) == "t.csv, one"


def test_places_are_those_of_the_first_line():
    assert place(5, "ab") == "line 5"
    quote = ", where a quote is opened, and not closed up to line 5"
    assert place(5, "a\nb") == f"line 4{quote}"
    assert place(5, "a\nb\nc") == f"line 3{quote}"
    assert place(5, "ab\n").startswith("line 5")


def test_rows_of_a_sheet_count_from_the_second_and_those_of_a_text_from_its_header(
    tmp_path,
):
    assert list(Sheet("t.xlsx", pd.DataFrame({"a": [1, 2, 3]}), []).line_numbers()) == [
        2,
        3,
        4,
    ]
    (tmp_path / "t.csv").write_text('# from May\na,y\n1,2\n"3\n",4\n\n5,6\n')
    assert list(read_file(tmp_path / "t.csv").line_numbers()) == [3, 5, 7]


@pytest.mark.parametrize(("rows", "kept"), [(1, 2), (2, 3), (3, 3), (4, 4)])
def test_a_row_of_totals_is_left_out_below_three_others_or_more(tmp_path, rows, kept):
    lines = [f"n{k},{k + 1},{2 * k}" for k in range(rows)]
    (tmp_path / "t.csv").write_text("\n".join(["name,b,y", *lines, "total,1,2"]))
    assert len(read_file(tmp_path / "t.csv").frame) == kept


LAST_ROWS = {  # {a table: whether its last row holds the sums of the others}
    "a,b,y\n1,4,2\n2,5,3\n3,6,5\n6,15,10": True,
    "a,b,y\n1,4,2\n2,5,3\n3,6,5\n6,15,10.0000000001": True,
    "a,b,y\n1,4,2\n2,5,3\n3,6,5\n6,15,10.0001": False,
    "a,b,y\n1,4,2\n2,5,3\n3,6,5\n6,,10": True,
    "a,b,y\n1,0,2\n2,0,3\n3,0,5\n6,0,10": False,
    "name,y\nm,1\nn,2\no,3\np,6": False,
}


@pytest.mark.parametrize("text", LAST_ROWS)
def test_a_row_of_sums_is_left_out_where_all_numbers_show_it(tmp_path, text):
    (tmp_path / "t.csv").write_text(text)
    assert len(read_file(tmp_path / "t.csv").frame) == (3 if LAST_ROWS[text] else 4)


def test_a_column_without_a_name_has_its_place_as_a_name(tmp_path):
    (tmp_path / "t.csv").write_text("a,,y,,\n1,2,3,,\n4,5,6,,7\n")
    assert [*read_file(tmp_path / "t.csv").frame] == ["a", "column 2", "y", "column 5"]


@pytest.mark.parametrize("place", [0, 999])
def test_a_code_among_the_first_thousand_cells_is_seen(tmp_path, place):
    cells = [str(k + 10) for k in range(1100)]
    cells[place] = "007"
    text = "\n".join(["a,y", *(f"{cell},{k}" for k, cell in enumerate(cells))])
    (tmp_path / "t.csv").write_text(text)
    assert read_file(tmp_path / "t.csv").frame["a"][place] == "007"


def test_a_text_that_starts_with_nothing_is_none(tmp_path):
    (tmp_path / "t.csv").write_bytes(b"\0a,y\n1,2\n")
    with pytest.raises(ValueError, match="is not text: its byte 1 is zero"):
        read_file(tmp_path / "t.csv")


@pytest.mark.parametrize("cell", ["999.123", "1.234"])
def test_what_may_be_thousands_stays_a_text(tmp_path, cell):
    (tmp_path / "t.csv").write_text(f"a;y\n{cell};1\n12;2\n")
    assert read_file(tmp_path / "t.csv").frame["a"].tolist() == [cell, "12"]
    assert read_file(tmp_path / "t.csv", as_text=True).frame["y"].tolist() == ["1", "2"]
