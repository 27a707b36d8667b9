"""The command: what it writes and says, in one process and as a reader runs it."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from dnn_lessons import ACTIVATIONS, COSTS, DeepNeuralNetwork
from dnn_lessons.classroom.figures import fits
from dnn_lessons.command.run import Outcome, main, plain, run_rows
from dnn_lessons.command.tables import read_table
from dnn_lessons.datasets import regression_curve
from dnn_lessons.experiment import Experiment, Settings, curve_data

ROOT = Path(__file__).resolve().parents[2]
PNG = b"\x89PNG"


@pytest.fixture
def run(tmp_path, capsys, monkeypatch):
    """Run the command in an empty folder: exit code, standard output, standard error."""
    monkeypatch.chdir(tmp_path)

    def command(text):
        try:
            code = main(text.split())
        except SystemExit as stop:
            code = stop.code
        return code, *capsys.readouterr()

    return command


@pytest.fixture
def table(tmp_path):
    """houses.csv in that folder: 40 examples, prices in thousands, and whether each was sold."""
    rng = np.random.default_rng(0)
    area, age = rng.uniform(50, 200, 40), rng.uniform(0, 80, 40)
    price = 3 * area - 2 * age + 100
    rows = np.column_stack([area, age, price > np.median(price), price])
    np.savetxt(
        tmp_path / "houses.csv",
        rows,
        delimiter=",",
        header="area,age,sold,price $",
        comments="",
        fmt="%.6g",
    )


def section(out, name):
    """{first cell: the rest of the row} of a part of the report."""
    lines = out.split(f"\n{name}\n")[1].split("\n\n")[0].splitlines()
    return {
        cells[0]: cells[1:]
        for cells in (re.split(r"\s{2,}", line.strip()) for line in lines)
    }


def scores(out):
    """{(metric, predictor): (training, held out)} of the report."""
    lines = out.split("\nresult\n")[1].split("\n\n")[0].splitlines()[1:]
    rows = [re.split(r"\s{2,}", line.strip()) for line in lines]
    return {
        (metric, who.split()[0]): (float(train), float(held_out))
        for metric, who, train, held_out in rows
    }


def test_documents_command_reports_settings_scores_and_files(run):
    code, out, err = run("--batch_size 8 --learning_rate 0.1 --num_epochs 60")
    assert code == 0
    settings = section(out, "settings")
    assert {
        name: settings[name]
        for name in (
            "batch_size",
            "learning_rate",
            "num_epochs",
            "layers",
            "hidden",
            "output",
            "loss",
            "seed",
            "shuffle",
            "dtype",
        )
    } == {
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
    }
    assert settings["examples"] == ["500 to train on, 499 held out"]
    steps = section(out, "run")
    assert (steps["network"], steps["epochs"], steps["steps"]) == (
        ["1-20-20-1, 481 parameters"],
        ["60"],
        ["3,780"],
    )
    assert scores(out)["MSE", "constant"] == (0.06490, 0.06497)
    assert max(scores(out)["MSE", "network"]) < 0.02
    assert section(out, "files") == {"output/result.png": [], "output/cost.png": []}
    for name in ("result", "cost"):
        assert Path(f"output/{name}.png").read_bytes().startswith(PNG)
    assert re.search(r"60/60 .*epoch/s, cost 0\.0\d+", err)


def test_every_setting_is_used_and_shown(run):
    code, out, _ = run(
        "--layers 3 4 --hidden tanh --output linear --loss mae --dtype float32 --batch_size 100 "
        "--learning_rate 0.01 --num_epochs 2 --no-shuffle --seed 9 --out there --save a/model.npz"
    )
    assert code == 0
    shown = section(out, "settings")
    assert [shown[name] for name in Settings._fields] == [
        ["3 4"],
        ["tanh"],
        ["linear"],
        ["mae"],
        ["0.01"],
        ["2"],
        ["100"],
        ["no"],
        ["9"],
        ["float32"],
    ]
    assert section(out, "files") == {
        "a/model.npz": [],
        "there/result.png": [],
        "there/cost.png": [],
    }
    assert ("MAE", "network") in scores(out)
    network = DeepNeuralNetwork.load("a/model.npz")
    assert network.layer_dims == (1, 3, 4, 1)
    X, Y = regression_curve()
    assert np.mean(np.abs(network.predict(X) - Y)) == pytest.approx(
        scores(out)["MAE", "network"][0], rel=1e-3
    )


def test_report_fits_80_columns(run, table):
    for text in ("--num_epochs 3", "--data houses.csv --num_epochs 3"):
        _, out, _ = run(text)
        assert max(map(len, out.splitlines())) <= 80


def test_own_table_is_reported_in_its_own_units(run, table):
    code, out, _ = run("--data houses.csv --save houses.npz --num_epochs 60")
    assert code == 0
    assert section(out, "settings")["output"] == ["linear"]
    assert section(out, "settings")["target"] == ["price $, from area, age, sold"]
    X, Y, _, _ = read_table("houses.csv")
    squares = (DeepNeuralNetwork.load("houses.npz").predict(X) - Y) ** 2
    (train, held_out), (constant, _) = (
        scores(out)["MSE", who] for who in ("network", "constant")
    )
    assert np.mean(squares) == pytest.approx((32 * train + 8 * held_out) / 40, rel=1e-3)
    assert train < 0.05 * constant
    assert Path("output/result.png").read_bytes().startswith(PNG)


def test_target_may_be_any_column(run, table):
    code, out, _ = run("--data houses.csv --target age --num_epochs 2")
    assert code == 0
    assert section(out, "settings")["target"] == ["age, from area, sold, price $"]


def test_labels_are_reported_by_accuracy_beside_the_majority(run, table):
    code, out, _ = run(
        "--data houses.csv --target sold --loss cross_entropy --num_epochs 60"
    )
    assert code == 0
    assert section(out, "settings")["output"] == ["sigmoid"]
    found = scores(out)
    assert (
        0.4
        < found["accuracy", "constant"][0]
        < 0.6
        < found["accuracy", "network"][0]
        <= 1
    )
    assert found["cross-entropy", "constant"][0] == pytest.approx(np.log(2), abs=0.02)


def test_one_feature_is_drawn_as_a_curve(run, table):
    Path("one.csv").write_text(
        "$a_1$\ty\n" + "".join(f"{k}\t{k * k}\n" for k in range(20))
    )
    code, out, _ = run("--data one.csv --num_epochs 2")
    assert code == 0
    assert "output/result.png" in section(out, "files")


def test_layers_without_a_number_make_a_linear_model(run):
    code, out, _ = run("--num_epochs 1 --layers")
    assert code == 0
    assert section(out, "run")["network"] == ["1-1, 2 parameters"]


@pytest.mark.parametrize("data", ["", "--data houses.csv"])
def test_same_seed_gives_the_same_report(run, table, data):
    first, again, other = (
        scores(run(f"--num_epochs 3 --seed {seed} {data}")[1]) for seed in (1, 1, 2)
    )
    assert first == again != other


def test_help_names_every_option_default_and_choice(run):
    code, out, _ = run("--help")
    assert code == 0
    for option in (*Settings._fields, "no-shuffle", "data", "target", "out", "save"):
        assert f"--{option}" in out
    for choice in (
        *ACTIVATIONS,
        *COSTS,
        "python train.py --batch_size 8 --learning_rate 0.1 --num_epochs 3000",
    ):
        assert choice in out
    assert max(map(len, out.splitlines())) <= 80


BAD_INPUT = {
    "--batch_size 0": "--batch_size: the number is 0; expected at least 1",
    "--num_epochs many": "--num_epochs: 'many' is not a whole number",
    "--learning_rate -1": "--learning_rate: the rate is -1.0; expected a finite number above 0",
    "--learning_rate nan": "the rate is nan",
    "--layers 5 0": "--layers: the number is 0",
    "--seed -1": "--seed: the seed is -1; expected at least 0",
    "--loss hinge": "--loss: invalid choice: 'hinge'",
    "--hidden step": "--hidden: invalid choice: 'step'",
    "--epochs 3": "unrecognized arguments: --epochs 3",
    "--num 3": "unrecognized arguments: --num 3",
    "--layers 1000000 1000000 1000000": "allocate",
    "--target price": "give the table with --data",
    "--loss cross_entropy": "needs labels 0 and 1",
    "--data absent.csv": "absent.csv: No such file",
    "--data text.csv": "text.csv, line 3, column 'b': 'four' is not a finite number",
    "--data houses.csv --target rent": "no column 'rent'; its columns: area, age, sold, price $",
    "--data houses.csv --output sigmoid": "sigmoid gives only numbers from 0 to 1; the output linear has no bounds",
    "--data houses.csv --loss cross_entropy": "'price $' holds",
    "--data huge.csv": "'b' holds numbers as large as 2e+300; choose a unit",
    "--data one_line.csv": "cannot hold out",
    "--data .": "directory",
    "--out houses.csv": "cannot write into the folder houses.csv",
    "--out houses.csv/below": "cannot write into the folder houses.csv/below",
    "--save .": "--save names the folder .; expected a file",
    "--save houses.csv/model.npz": "cannot write into the folder houses.csv",
    "--data houses.csv --save houses.csv": "--save names houses.csv, which holds something else than a network",
    "--save pipe": "--save names pipe, which holds something else than a network",
    "--out there --save here/../there/result.png": "where a picture will be written; choose another name",
    "--out both --save both": "--save names the folder both",
    f"--save {'long' * 63}": "File name too long",
}


@pytest.mark.parametrize("text", BAD_INPUT)
def test_bad_input_is_told_in_one_line_before_any_training(run, table, text):
    Path("text.csv").write_text("a,b\n1,2\n3,four\n")
    Path("one_line.csv").write_text("a,b\n1,2\n")
    Path("huge.csv").write_text("a,b\n1,2e300\n2,1\n")
    os.mkfifo("pipe")
    code, out, err = run(text)
    assert (code, out) == (2, "")
    assert err.startswith("train.py: ")
    assert err.count("\n") == 1
    assert BAD_INPUT[text] in err


def test_divergence_is_told_and_the_last_finite_parameters_are_saved(run, table):
    code, out, err = run(
        "--data houses.csv --learning_rate 2 --batch_size 32 --layers --num_epochs 5000 "
        "--save kept.npz"
    )
    assert code == 1
    told = re.search(
        r"train\.py: training diverged in epoch (\d+): .* Try a learning rate below 2",
        err,
    )
    finished = int(told[1]) - 1
    assert section(out, "run")["epochs"] == [f"diverged after epoch {finished} of 5,000"]
    assert finished > 10
    assert set(section(out, "files")) == {
        "kept.npz",
        "output/result.png",
        "output/cost.png",
    }
    assert len(DeepNeuralNetwork.load("kept.npz").costs) == finished


def test_divergence_in_the_first_epoch_leaves_no_picture(run, table):
    code, out, _ = run("--data houses.csv --learning_rate 1e300 --save kept.npz")
    assert code == 1
    assert section(out, "run")["epochs"] == ["diverged after epoch 0 of 100"]
    assert set(section(out, "files")) == {"kept.npz"}
    assert DeepNeuralNetwork.load("kept.npz").costs == []


def test_a_run_that_learnt_nothing_leaves_the_network_of_an_earlier_one(run, table):
    run("--data houses.csv --num_epochs 2 --save kept.npz")
    before = Path("kept.npz").read_bytes()
    code, out, err = run("--data houses.csv --learning_rate 1e300 --save kept.npz")
    assert code == 1
    assert "kept.npz was left as it was" in err
    assert section(out, "files") == {}
    assert Path("kept.npz").read_bytes() == before
    assert run("--data houses.csv --num_epochs 3 --save kept.npz")[0] == 0
    assert len(DeepNeuralNetwork.load("kept.npz").costs) == 3


def test_a_feature_that_never_varied_is_named_and_has_no_say(run):
    """Its weight is never trained; a later value would be answered at random."""
    Path("pool.csv").write_text(
        "x,pool,y\n" + "".join(f"{k},3.3,{2 * k}\n" for k in range(40))
    )
    code, out, _ = run("--data pool.csv --num_epochs 5 --save pool.npz")
    assert code == 0
    assert section(out, "settings")["unused"] == [
        "pool, one value in all examples to train on"
    ]
    few, many = (
        DeepNeuralNetwork.load("pool.npz").predict([[5.0], [pool]]) for pool in (3.3, 1e6)
    )
    assert few == many


def test_a_file_that_cannot_be_written_at_the_end_is_told(run, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    code, out, err = run("--num_epochs 1 --save model.npz")
    assert code == 1
    assert set(section(out, "files")) == {"model.npz"}
    assert "output/result.png was not written: No space left on device" in err


def test_interrupt_while_files_are_written_leaves_at_once(run, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("dnn_lessons.command.run.report", interrupted)
    code, _, err = run("--num_epochs 1")
    assert code == 130
    assert err.endswith("train.py: stopped before all files were written\n")


def start(folder, *arguments, env=None):
    """The command as a process that hears Ctrl-C, even where the tests run in the background and do not."""
    command = [sys.executable, "-W", "error", str(ROOT / "train.py"), *arguments]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen(
        command, cwd=folder, env=env, **pipes, preexec_fn=hear_interrupts  # noqa: PLW1509
    )


def hear_interrupts():
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_runs_as_a_program(tmp_path):
    with start(
        tmp_path, *"--batch_size 8 --learning_rate 0.1 --num_epochs 10".split()
    ) as process:
        out, err = process.communicate()
    assert process.returncode == 0, err
    assert "10/10" in err
    assert section(out, "run")["epochs"] == ["10"]
    assert (tmp_path / "output" / "result.png").read_bytes().startswith(PNG)


@pytest.mark.parametrize("closed", ["| true", "> /dev/full", ">&-"])
def test_files_are_written_also_where_nobody_reads_the_report(tmp_path, closed):
    command = f'"{sys.executable}" "{ROOT / "train.py"}" --num_epochs 2 --save model.npz {closed}'
    done = subprocess.run(
        ["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert "Error" not in done.stderr
    assert {path.name for path in tmp_path.rglob("*.*")} == {
        "model.npz",
        "result.png",
        "cost.png",
    }


def test_program_tells_bad_input_by_its_exit_code(tmp_path):
    with start(tmp_path, "--data", "absent.csv") as process:
        out, err = process.communicate()
    assert (process.returncode, out, err) == (
        2,
        "",
        "train.py: absent.csv: No such file or directory\n",
    )
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("module", ["numpy", "tqdm"])
def test_interrupt_before_the_training_is_told_in_one_line(tmp_path, module):
    """A module of that name, found first, stands for a Ctrl-C while the real one is loaded."""
    (tmp_path / f"{module}.py").write_text("raise KeyboardInterrupt\n")
    with start(
        tmp_path, "--num_epochs", "1", env={**os.environ, "PYTHONPATH": str(tmp_path)}
    ) as process:
        out, err = process.communicate()
    assert (process.returncode, out, err) == (
        130,
        "",
        "train.py: stopped before the training began\n",
    )


@pytest.mark.skipif(
    sys.platform == "win32", reason="a process cannot send itself Ctrl-C alone there"
)
def test_interrupt_keeps_what_was_learnt(tmp_path):
    with start(tmp_path, "--num_epochs", "100000000", "--save", "model.npz") as process:
        seen = ""
        while "cost" not in seen:
            seen += process.stderr.read(1)
        process.send_signal(signal.SIGINT)
        try:
            out, err = process.communicate(timeout=60)
        finally:
            process.kill()
    assert process.returncode == 130, err
    assert "Traceback" not in err
    stopped = re.fullmatch(
        r"stopped after epoch ([\d,]+) of 100,000,000", section(out, "run")["epochs"][0]
    )
    finished = int(stopped[1].replace(",", ""))
    assert finished > 0
    assert set(section(out, "files")) == {
        "model.npz",
        "output/result.png",
        "output/cost.png",
    }
    network = DeepNeuralNetwork.load(tmp_path / "model.npz")
    assert len(network.costs) == finished
    X, Y = regression_curve()
    assert np.mean((network.predict(X) - Y) ** 2) == pytest.approx(
        scores(out)["MSE", "network"][0], rel=1e-3
    )


def test_the_seed_chooses_what_is_held_out(run, table):
    one, two = (
        scores(run(f"--data houses.csv --num_epochs 1 --seed {seed}")[1])[
            "MSE", "constant"
        ]
        for seed in (1, 2)
    )
    assert one != two


def test_speed_is_in_steps():
    experiment = Experiment(curve_data(20), num_epochs=2)
    list(experiment.epochs())
    rows = dict(run_rows(experiment, Outcome(0, "", 2.0)))
    assert (rows["steps"], rows["seconds"], rows["steps per second"]) == ("6", "2.0", "3")


def test_many_features_are_counted_and_no_layers_are_none(run):
    Path("many.csv").write_text(
        "a,b,c,d,y\n"
        + "".join(f"{k},{k * k % 7},{k % 3},{k % 5},{k}\n" for k in range(20))
    )
    shown = section(run("--data many.csv --num_epochs 1 --layers")[1], "settings")
    assert (shown["target"], shown["layers"]) == (["y, from 4 columns"], ["none"])


def test_help_tells_a_default_twice_where_the_data_choose_it(run):
    out = " ".join(run("--help")[1].split())
    assert "step size (default: 0.1; for a table: 0.01)" in out
    assert "(default: sigmoid; for a table: linear; for cross_entropy: sigmoid)" in out
    assert "examples in a batch (default: 8)" in out


def test_a_dollar_sign_begins_no_mathematics():
    assert plain("$a_1$") == r"\$a_1\$"


def test_labels_are_drawn_with_their_probabilities(run, table, monkeypatch):
    drawn, draw = [], fits.probabilities_by_label
    monkeypatch.setattr(
        fits,
        "probabilities_by_label",
        lambda answers: drawn.append([*answers]) or draw(answers),
    )
    run("--data houses.csv --target sold --loss cross_entropy --num_epochs 1")
    assert drawn == [["training", "held out"]]
