"""The report that ends a run: its settings, speed, scores and pictures."""

import re
import warnings
from pathlib import Path

import numpy as np
import pytest
from printed import scores, section
from tables import read_table

from dnn_lessons import DeepNeuralNetwork
from dnn_lessons.classroom.figures import fits
from dnn_lessons.classroom.figures.display import png
from dnn_lessons.command.report import draw_costs, draw_result, report_text, write_picture
from dnn_lessons.command.run import Outcome
from dnn_lessons.datasets import regression_curve
from dnn_lessons.experiment import Data, Experiment, Score, Settings, curve_data

PNG = b"\x89PNG"
DOCUMENTS_SETTINGS = {
    "batch_size": ["8"],
    "learning_rate": ["0.1"],
    "num_epochs": ["60"],
    "layers": ["20 20"],
    "hidden": ["relu"],
    "output": ["sigmoid"],
    "loss": ["mse"],
    "seed": ["0"],
    "shuffle": ["yes"],
    "dtype": ["float64"],
    "engine": ["recorded"],
    "examples": ["500 to train on, 499 held out"],
}


@pytest.mark.long
def test_documents_command_reports_settings_scores_and_files(run):
    code, out, err = run("--batch_size 8 --learning_rate 0.1 --num_epochs 60")
    assert code == 0
    assert section(out, "settings").items() >= DOCUMENTS_SETTINGS.items()
    assert section(out, "files") == {"output/result.png": [], "output/cost.png": []}
    for name in ("result", "cost"):
        assert Path(f"output/{name}.png").read_bytes().startswith(PNG)
    assert re.search(r"60/60 .*epoch/s, cost 0\.0\d+", err)
    assert_documents_run(out)


def assert_documents_run(out):
    steps = section(out, "run")
    assert steps["network"] == ["1-20-20-1, 481 parameters"]
    assert (steps["epochs"], steps["steps"]) == (["60"], ["3,780"])
    assert scores(out)["MSE", "constant"] == (0.06490, 0.06497)
    assert max(scores(out)["MSE", "network"]) < 0.02


EVERY_SETTING = {
    "--layers 3 4": "3 4",
    "--hidden tanh": "tanh",
    "--output linear": "linear",
    "--loss mae": "mae",
    "--learning_rate 0.01": "0.01",
    "--num_epochs 2": "2",
    "--batch_size 100": "100",
    "--no-shuffle": "no",
    "--seed 9": "9",
    "--dtype float32": "float32",
    "--engine plain": "plain",
}


@pytest.mark.long
def test_every_setting_is_used_and_shown(run):
    code, out, _ = run(" ".join(EVERY_SETTING) + " --out there --save a/model.npz")
    assert code == 0
    shown = section(out, "settings")
    assert [shown[name] for name in Settings._fields] == [
        [value] for value in EVERY_SETTING.values()
    ]
    assert [*section(out, "files")] == [
        "a/model.npz",
        "there/result.png",
        "there/cost.png",
    ]
    network = DeepNeuralNetwork.load("a/model.npz")
    assert network.layer_dims == (1, 3, 4, 1)
    X, Y = regression_curve()
    assert np.mean(np.abs(network.predict(X) - Y)) == pytest.approx(
        scores(out)["MAE", "network"][0], rel=1e-3
    )


@pytest.mark.long
@pytest.mark.parametrize("data", ["", "--data houses.csv"])
def test_report_fits_80_columns(run, houses, data):
    _, out, _ = run(f"--num_epochs 3 {data}")
    assert max(map(len, out.splitlines())) <= 80


@pytest.mark.long
def test_own_table_is_reported_in_its_own_units(run, houses):
    code, out, _ = run(
        "--data houses.csv --save houses.npz --num_epochs 60 --patience 0 --layers 20 20"
    )
    assert code == 0
    shown = section(out, "settings")
    assert shown["output"] == ["linear"]
    assert shown["target"] == ["price $, from area, age, sold"]
    X, Y, _, _ = read_table("houses.csv")
    squares = (DeepNeuralNetwork.load("houses.npz").predict(X) - Y) ** 2
    train, held_out = scores(out)["MSE", "network"]
    assert np.mean(squares) == pytest.approx((32 * train + 8 * held_out) / 40, rel=1e-3)
    assert train < 0.05 * scores(out)["MSE", "constant"][0]
    assert Path("output/result.png").read_bytes().startswith(PNG)


@pytest.mark.long
def test_the_parts_of_the_examples_add_up_to_the_rows(run, houses):
    _, out, _ = run("--data houses.csv --num_epochs 1")
    parts = "26 to train on, 6 set aside to choose the epoch, 8 held out"
    assert section(out, "settings")["examples"] == [parts]
    rows = Path("houses.csv").read_text().splitlines()
    rows[3] = f",{rows[3].partition(',')[2]}"
    rows[7] = f"{rows[7].rpartition(',')[0]},"
    Path("gaps.csv").write_text("\n".join(rows))
    for missing, lost in {"mean": 1, "drop": 2}.items():
        data = f"--data gaps.csv --missing {missing}"
        _, out, _ = run(f"{data} --num_epochs 1 --patience 0")
        assert f"{lost} of 40 rows left out for gaps" in out
        assert f"{32 - lost} to train on, 8 held out" in out


@pytest.mark.long
def test_labels_are_reported_by_accuracy_beside_the_majority(run, houses):
    code, out, _ = run(
        "--data houses.csv --target sold --num_epochs 60 --patience 0 --layers 20 20"
    )
    assert code == 0
    assert section(out, "settings")["output"] == ["sigmoid"]
    constant, network = (
        scores(out)["accuracy", who][0] for who in ("constant", "network")
    )
    assert 0.4 < constant < 0.6 < network <= 1
    entropy, _ = scores(out)["cross-entropy", "constant"]
    assert entropy == pytest.approx(np.log(2), abs=0.02)


@pytest.mark.parametrize(
    ("kept", "row"), [(3, None), (2, "epoch 2"), (0, "the constant")]
)
def test_the_epoch_that_was_kept_is_told_unless_it_is_the_last(kept, row):
    experiment = Experiment(curve_data(20), num_epochs=3)
    list(experiment.epochs())
    experiment.go_back(kept, experiment.network.parameters)
    rows = section(report_text(experiment, Outcome(0, "", "", 2.0)) + "\n", "run")
    assert rows.get("kept", [None])[0] == row or rows["kept"][0].startswith(row)


@pytest.mark.parametrize(
    ("kept", "mark"), [(3, []), (2, ["epoch 2, kept"]), (0, ["the constant, kept"])]
)
def test_the_epoch_that_was_kept_is_marked_unless_it_is_the_last(kept, mark):
    experiment = Experiment(curve_data(20), num_epochs=3)
    experiment.held_out_costs = [0.3, 0.2, 0.1]
    list(experiment.epochs())
    experiment.go_back(kept, experiment.network.parameters)
    figure = draw_costs(experiment)
    legend = [text.get_text() for text in figure.legends[0].get_texts()]
    assert legend == ["training", "held out", *mark]
    cost = experiment.scores()[0].held_out
    places = [line.get_xydata()[0].tolist() for line in figure.axes[0].lines[2:]]
    assert places == {3: [], 2: [[2, 0]], 0: [[0, cost]]}[kept]


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (2.0, "2.000"),
        (9999.4, "9999"),
        (1e4, "10000"),
        (89934.0, "89930"),
        (1e10, "1.000e+10"),
        (1.23456e12, "1.235e+12"),
    ],
)
def test_scores_have_four_digits(monkeypatch, number, text):
    experiment = Experiment(curve_data(20), num_epochs=1)
    list(experiment.epochs())
    score = Score("network", "MSE", number, 0.5)
    monkeypatch.setattr(experiment, "scores", lambda: [score])
    shown = report_text(experiment, Outcome(0, "", "", 2.0))
    assert shown.split()[-2:] == [text, "0.5000"]


def test_the_scores_are_aligned_to_the_right():
    experiment = Experiment(curve_data(20), num_epochs=1)
    list(experiment.epochs())
    text = report_text(experiment, Outcome(0, "", "", 2.0))
    lines = text.split("\nresult\n")[1].split("\n\n")[0].splitlines()
    assert len({len(line) for line in lines}) == 1
    assert lines[0].endswith("training  held out")


@pytest.mark.long
def test_many_features_are_counted_and_no_layers_are_none(run):
    lines = [f"{k},{k * k % 7},{k % 3},{k % 5},{k}\n" for k in range(20)]
    Path("many.csv").write_text("a,b,c,d,y\n" + "".join(lines))
    shown = section(run("--data many.csv --num_epochs 1 --layers")[1], "settings")
    assert (shown["target"], shown["layers"]) == (["y, from 4 columns"], ["none"])


@pytest.mark.long
def test_a_feature_that_never_varied_is_named_and_does_not_count(run):
    """Its weight is never trained; a later value would be answered at random."""
    lines = [f"{k},3.3,{2 * k}\n" for k in range(40)]
    Path("pool.csv").write_text("x,pool,y\n" + "".join(lines))
    code, out, _ = run("--data pool.csv --num_epochs 5 --save pool.npz")
    assert code == 0
    assert "left out for one value only: pool" in section(out, "columns")
    assert DeepNeuralNetwork.load("pool.npz").layer_dims[0] == 1


def test_speed_is_in_steps():
    experiment = Experiment(curve_data(20), num_epochs=2)
    list(experiment.epochs())
    rows = section(report_text(experiment, Outcome(0, "", "", 2.0)) + "\n", "run")
    speed = [rows[name] for name in ("steps", "seconds", "steps per second")]
    assert speed == [["6"], ["2.0"], ["3"]]


@pytest.mark.long
def test_one_feature_is_drawn_as_a_curve(run):
    lines = [f"{k}\t{k * k}\n" for k in range(20)]
    Path("one.csv").write_text("$a_1$\ty\n" + "".join(lines))
    code, out, _ = run("--data one.csv --num_epochs 2")
    assert code == 0
    assert "output/result.png" in section(out, "files")


def test_a_dollar_sign_begins_no_mathematics():
    data = curve_data(20)._replace(features=["$a_1$"], target="y")
    figure = draw_result(Experiment(data))
    assert (figure.get_supxlabel(), figure.get_supylabel()) == (r"\$a_1\$", "y")


def test_the_judgement_stands_above_the_costs_of_both_parts(run, houses, monkeypatch):
    figures = []
    monkeypatch.setattr(
        "dnn_lessons.classroom.figures.display.png",
        lambda figure: figures.append(figure) or PNG,
    )
    _, out, _ = run("--data houses.csv --num_epochs 5")
    judged = " ".join(out.split("\njudgement\n")[1].split("\n\n")[0].split())
    for figure in figures:
        title = " ".join(figure.axes[0].get_title().split())
        assert title.startswith("On the examples held out, the network is ")
        assert title in judged
    legend = [text.get_text() for text in figures[1].legends[0].get_texts()]
    assert legend == ["training", "held out"]


def two_features():
    X, Y = np.arange(12.0).reshape(2, 6), np.arange(6.0)[None]
    experiment = Experiment(Data((X, Y), (-X, -Y), ["a", "b" * 99], "y" * 99))
    list(experiment.epochs())
    return experiment


@pytest.mark.parametrize(
    ("aside", "text"), [((), ""), ((1234,), ", 1,234 set aside to choose the epoch")]
)
def test_examples_that_chose_the_epoch_are_told_where_there_are_any(aside, text):
    experiment = Experiment(curve_data(20), num_epochs=1)
    list(experiment.epochs())
    shown = report_text(experiment, Outcome(0, "", "", 2.0, *aside)) + "\n"
    parts = f"20 to train on{text}, 19 held out"
    assert section(shown, "settings")["examples"] == [parts]


def test_numbers_end_below_the_ends_of_their_headings(monkeypatch):
    experiment = Experiment(curve_data(20), num_epochs=1)
    list(experiment.epochs())
    pairs = {"network": (12.0, 0.5), "constant 0.25": (1e12, 123.4)}
    scores = [Score(name, "MSE", *pair) for name, pair in pairs.items()]
    monkeypatch.setattr(experiment, "scores", lambda: scores)
    lines = report_text(experiment, Outcome(0, "", "", 2.0)).split("result\n")[1]
    heading, *rows = lines.splitlines()[:3]
    assert {len(row) for row in rows} == {len(heading)}
    end = heading.index("training") + len("training")
    assert [row[:end].split()[-1] for row in rows] == ["12.00", "1.000e+12"]
    assert [row.index(name) for row, name in zip(rows, pairs, strict=True)] == [7, 7]


def test_each_part_is_drawn_with_its_own_labels(monkeypatch):
    drawn, experiment = [], two_features()
    monkeypatch.setattr(
        fits, "predicted_against_actual", lambda *all_: drawn.extend(all_)
    )
    draw_result(experiment)
    for name, (X, Y) in zip(("training", "held out"), experiment.data[:2], strict=True):
        np.testing.assert_array_equal(drawn[0][name][0], Y)
        np.testing.assert_array_equal(drawn[0][name][1], experiment.predict(X))
    assert drawn[1] == "y" * 57 + "..."


def test_the_costs_are_drawn_under_their_names():
    experiment = Experiment(curve_data(20), num_epochs=3)
    list(experiment.epochs())
    experiment.held_out_costs = [0.3, 0.2, 0.1]
    lines = draw_costs(experiment).axes[0].lines
    costs = {each.get_label(): each.get_ydata().tolist() for each in lines}
    assert costs == {"training": experiment.costs, "held out": [0.3, 0.2, 0.1]}


@pytest.mark.long
def test_panels_keep_their_titles_and_any_letter_is_drawn(tmp_path, monkeypatch):
    figures = []
    monkeypatch.setattr(
        "dnn_lessons.classroom.figures.display.png",
        lambda figure: figures.append(figure) or png(figure),
    )
    curve = Experiment(curve_data(20), num_epochs=1)
    for _ in curve.epochs():
        curve._snapshots[0] = curve.network.parameters  # a second panel
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        write_picture(tmp_path / "result.png", curve, "a title")
        write_picture(tmp_path / "result.png", two_features(), "\u6771")
    assert figures[0].axes[0].get_title() == "after 0 epochs"
    assert figures[1].axes[0].get_title() == "\u6771"


@pytest.mark.long
def test_labels_are_drawn_with_their_probabilities(run, houses, monkeypatch):
    drawn, draw = [], fits.probabilities_by_label
    monkeypatch.setattr(
        fits,
        "probabilities_by_label",
        lambda answers: drawn.append([*answers]) or draw(answers),
    )
    run("--data houses.csv --target sold --loss cross_entropy --num_epochs 1")
    assert drawn == [["training", "held out"]]
