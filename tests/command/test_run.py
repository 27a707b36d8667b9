"""The command: its data, files and exit codes, in one process and as a reader runs it."""

import os
import re
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from printed import scores, section

from dnn_lessons import DeepNeuralNetwork
from dnn_lessons.datasets import regression_curve
from dnn_lessons.engines import ENGINES

ROOT = Path(__file__).resolve().parents[2]
TRAIN = str(ROOT / "train.py")
PNG = b"\x89PNG"
FILES = {"model.npz", "result.png", "cost.png"}


@pytest.mark.long
def test_target_may_be_any_column(run, houses):
    code, out, _ = run("--data houses.csv --target age --num_epochs 2")
    assert code == 0
    assert section(out, "settings")["target"] == ["age, from area, sold, price $"]


@pytest.mark.long
@pytest.mark.parametrize("data", ["", "--data houses.csv"])
def test_same_seed_gives_the_same_report(run, houses, data):
    first, again, other = (
        scores(run(f"--num_epochs 3 --seed {seed} {data}")[1]) for seed in (1, 1, 2)
    )
    assert first == again != other


@pytest.mark.long
def test_the_seed_chooses_what_is_held_out(run, houses):
    one, two = (
        scores(run(f"--data houses.csv --num_epochs 1 --seed {seed}")[1])
        for seed in (1, 2)
    )
    assert one["MSE", "constant"] != two["MSE", "constant"]


@pytest.fixture
def engines_used(monkeypatch):
    """The names of the engines, as the command calls them."""
    used = []
    for name, engine in [*ENGINES.items()]:
        note = partial(used.append, name)
        monkeypatch.setitem(ENGINES, name, partial(call_after, note, engine))
    return used


def call_after(note, engine, job, parameters):
    note()
    return engine(job, parameters)


@pytest.mark.long
@pytest.mark.parametrize("data", ["", "--data houses.csv"])
def test_both_engines_print_the_same_scores(run, houses, engines_used, data):
    plain, recorded = (
        scores(run(f"--num_epochs 20 --engine {engine} {data}")[1])
        for engine in ("plain", "recorded")
    )
    assert plain == recorded
    assert engines_used == ["plain", "recorded"]


@pytest.mark.long
def test_the_command_asks_for_speed(run, engines_used):
    run("--num_epochs 1")
    assert engines_used == ["recorded"]


@pytest.mark.long
@pytest.mark.parametrize(
    ("text", "compiler", "engine"),
    [
        ("--num_epochs 1", "true", "recorded"),  # 63 steps
        ("--num_epochs 2", "true", "compiled"),
        ("--num_epochs 2", "no-such-compiler", "recorded"),
        ("--num_epochs 2 --engine plain", "true", "plain"),
        ("--num_epochs 2 --engine recorded", "true", "recorded"),
        ("--num_epochs 24 --data houses.csv", "true", "recorded"),  # 96 steps
        ("--num_epochs 25 --data houses.csv", "true", "compiled"),
    ],
)
def test_a_long_training_is_compiled_where_that_can_be(
    run, houses, engines_used, monkeypatch, text, compiler, engine
):
    """Here 100 steps are long, and the compiler `true` compiles nothing."""
    monkeypatch.setattr("dnn_lessons.command.patience.LONG", 100)
    monkeypatch.setenv("CC", compiler)
    code, out, _ = run(text)
    assert code == 0
    assert engines_used == [engine]
    assert section(out, "settings")["engine"] == [engine]


BAD_INPUT = {
    "--layers 1000000 1000000 1000000": "allocate",
    "--target price": "give the table with --data",
    "--loss cross_entropy": "needs labels 0 and 1",
    "--data absent.csv": "absent.csv: No such file",
    "--data text.csv": "text.csv, line 3, column 'b': 'four' is not a number",
    "--data houses.csv --target rent": "no column 'rent'; its columns: area, age, sold, price $",
    "--data houses.csv --output sigmoid": "sigmoid gives only numbers from 0 to 1; the output linear has no bounds",
    "--data houses.csv --loss cross_entropy": "'price $' holds",
    "--data huge.csv": "'b' holds numbers as large as 2e+300; choose a unit",
    "--data one_line.csv": "'b' holds 2 in all rows: there is nothing to predict",
    "--data .": "directory",
    "--out houses.csv": "cannot write into the folder houses.csv",
    "--out houses.csv/below": "cannot write into the folder houses.csv/below",
    "--save .": "--save names the folder .; expected a file",
    "--save houses.csv/model.npz": "cannot write into the folder houses.csv",
    "--data houses.csv --save houses.csv": "--save names houses.csv, which holds something else than a network",
    "--save pipe": "--save names pipe, which holds something else than a network",
    "--out there --save here/../there/result.png": "where a picture will be written; choose another name",
    "--out taken": "taken/cost.png: Not a regular file",
    "--out circle": "circle/result.png: Too many levels of symbolic links",
    "--save circle/result.png": "circle/result.png: Too many levels of symbolic links",
    "--out both --save both": "--save names the folder both",
    f"--save {'long' * 63}": "File name too long",
}


@pytest.mark.parametrize("text", BAD_INPUT)
def test_bad_input_is_refused_in_one_line_before_any_training(
    assert_refused, houses, tmp_path, text
):
    (tmp_path / "text.csv").write_text("a,b\n1,2\n3,four\n")
    (tmp_path / "one_line.csv").write_text("a,b\n1,2\n")
    (tmp_path / "huge.csv").write_text("a,b\n1,2e300\n2,1\n")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "taken" / "cost.png").mkdir(parents=True)
    (tmp_path / "circle").mkdir()
    (tmp_path / "circle" / "result.png").symlink_to("result.png")
    assert_refused(text, BAD_INPUT[text])


def test_an_error_without_words_gets_some(assert_refused, houses, monkeypatch):
    def full(*_):
        raise MemoryError

    monkeypatch.setattr("dnn_lessons.command.read_table.read_file", full)
    assert_refused("--data houses.csv", "train.py: the memory is full")


@pytest.mark.long
def test_divergence_is_reported_and_the_last_finite_parameters_are_saved(run, houses):
    code, out, err = run(
        "--data houses.csv --learning_rate 2 --batch_size 32 --layers --num_epochs 5000 "
        "--patience 0 --save model.npz"
    )
    assert code == 1
    message = (
        r"train\.py: training diverged in epoch (\d+): .* Try a learning rate below 2"
    )
    finished = int(re.search(message, err)[1]) - 1
    assert section(out, "run")["epochs"] == [f"diverged after epoch {finished} of 5,000"]
    assert finished > 10
    assert {Path(name).name for name in section(out, "files")} == FILES
    assert len(DeepNeuralNetwork.load("model.npz").costs) == finished


def test_divergence_in_the_first_epoch_leaves_no_picture(run, houses):
    code, out, _ = run("--data houses.csv --learning_rate 1e300 --save model.npz")
    assert code == 1
    assert section(out, "run")["epochs"] == ["diverged after epoch 0 of 500"]
    assert set(section(out, "files")) == {"model.npz"}
    assert DeepNeuralNetwork.load("model.npz").costs == []


@pytest.mark.long
def test_a_run_that_learnt_nothing_leaves_the_network_of_an_earlier_one(run, houses):
    save = "--data houses.csv --save model.npz"
    run(f"{save} --num_epochs 2")
    before = Path("model.npz").read_bytes()
    code, out, err = run(f"{save} --learning_rate 1e300")
    assert (code, section(out, "files")) == (1, {})
    assert "model.npz was left as it was" in err
    assert Path("model.npz").read_bytes() == before
    assert run(f"{save} --num_epochs 3")[0] == 0
    assert len(DeepNeuralNetwork.load("model.npz").costs) == 3


def test_a_file_that_cannot_be_written_at_the_end_is_reported(run, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("dnn_lessons.command.report.replacing", full)
    code, out, err = run("--num_epochs 1 --save model.npz")
    assert code == 1
    assert set(section(out, "files")) == {"model.npz"}
    assert "output/result.png was not written: No space left on device" in err


@pytest.mark.long
def test_a_link_at_a_picture_is_replaced_and_what_it_points_to_stays(run, tmp_path):
    (tmp_path / "mine.png").write_text("a picture of mine")
    (tmp_path / "output").mkdir()
    (tmp_path / "output" / "result.png").symlink_to(tmp_path / "mine.png")
    assert run("--num_epochs 1")[0] == 0
    assert (tmp_path / "mine.png").read_text() == "a picture of mine"
    assert not (tmp_path / "output" / "result.png").is_symlink()
    assert (tmp_path / "output" / "result.png").read_bytes().startswith(PNG)


def test_interrupt_after_an_epoch_leaves_the_network_of_that_epoch(run, monkeypatch):
    """In one process, where the epoch is known."""

    def third(watch):
        if len(watch.experiment.costs) == 3:
            raise KeyboardInterrupt
        return True

    assert run("--num_epochs 3 --save three.npz")[0] == 0
    monkeypatch.setattr("dnn_lessons.command.run.Watch.goes_on", third)
    code, out, _ = run("--num_epochs 9 --save model.npz")
    assert code == 130
    assert section(out, "run")["epochs"] == ["stopped after epoch 3 of 9"]
    assert {Path(name).name for name in section(out, "files")} == FILES
    stopped, three = map(DeepNeuralNetwork.load, ("model.npz", "three.npz"))
    assert stopped.costs == three.costs
    for name, array in three.parameters.items():
        np.testing.assert_array_equal(stopped.parameters[name], array)


def test_interrupt_while_files_are_written_leaves_at_once(run, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("dnn_lessons.command.run.report_text", interrupted)
    code, _, err = run("--num_epochs 1")
    assert code == 130
    assert err.endswith("train.py: stopped before all files were written\n")


def start(folder, *arguments, env=()):
    """Start Python as a process that hears Ctrl-C, even where the tests run in the background."""
    return subprocess.Popen(
        [sys.executable, "-W", "error", *arguments],
        cwd=folder,
        env={**os.environ, **dict(env)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=hear_interrupts,  # noqa: PLW1509
    )


def hear_interrupts():
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def finish(folder, *arguments, env=()):
    """Run Python to its end: exit code, standard output, standard error."""
    with start(folder, *arguments, env=env) as process:
        out, err = process.communicate()
    return process.returncode, out, err


@pytest.mark.long
def test_runs_as_a_program(tmp_path):
    settings = "--batch_size 8 --learning_rate 0.1 --num_epochs 10".split()
    code, out, err = finish(tmp_path, TRAIN, *settings)
    assert code == 0, err
    assert "10/10" in err
    assert section(out, "run")["epochs"] == ["10"]
    assert (tmp_path / "output" / "result.png").read_bytes().startswith(PNG)


BROKEN_STREAMS = {  # {what the shell does with the streams: the exit code}
    "| true": 3,
    "> /dev/full": 3,
    ">&-": 3,
    "2>&1 | true": 3,
    "2>&1 | head -c 300": 3,
    "> /dev/full 2>&1": 3,
    ">&- 2>&-": 3,
    "2> /dev/full": 0,
    "2>&-": 0,
    "2> >(true)": 0,
}


FEW_STREAMS = ("> /dev/full", ">&-")  # what the fast parts of .ci/run try


@pytest.mark.long
@pytest.mark.parametrize(
    "streams",
    [
        pytest.param(each, marks=() if each in FEW_STREAMS else pytest.mark.slow)
        for each in BROKEN_STREAMS
    ],
)
def test_files_are_written_also_where_nobody_reads_the_report(tmp_path, streams):
    done = run_in_shell(tmp_path, f"--num_epochs 30 --save model.npz {streams}")
    assert "Error" not in done.stderr
    assert {path.name for path in tmp_path.rglob("*.*")} == FILES
    assert done.returncode == BROKEN_STREAMS[streams]


def run_in_shell(folder, arguments):
    """Run the command in a shell, whose exit code is that of the command."""
    command = f'set -o pipefail; "{sys.executable}" "{TRAIN}" {arguments}'
    return subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        capture_output=True,
        text=True,
        errors="replace",  # what is cut may end within a letter
        check=False,
    )


@pytest.mark.long
def test_divergence_is_more_than_a_report_that_was_not_written(tmp_path, houses):
    diverging = "--data houses.csv --learning_rate 1e300 --save model.npz"
    assert run_in_shell(tmp_path, f"{diverging} > /dev/full 2>&1").returncode == 1
    assert (tmp_path / "model.npz").exists()


def test_the_network_is_saved_before_anything_is_printed(run, houses, monkeypatch):
    seen = []
    monkeypatch.setattr(
        "dnn_lessons.command.run._print",
        lambda *_: seen.append(Path("model.npz").exists()),
    )
    run("--data houses.csv --learning_rate 1e300 --save model.npz")
    assert len(seen) > 1
    assert all(seen)


@pytest.mark.long
def test_a_letter_that_the_terminal_lacks_is_escaped(tmp_path):
    (tmp_path / "size.csv").write_text("größe,y\n1,2\n3,4\n5,6\n", encoding="utf-8")
    arguments = [TRAIN, "--data", "size.csv", "--num_epochs", "1"]
    code, out, err = finish(tmp_path, *arguments, env={"PYTHONIOENCODING": "ascii"})
    assert code == 0, err
    assert section(out, "settings")["target"] == [r"y, from gr\xf6\xdfe"]


@pytest.mark.long
def test_reading_and_drawing_are_told_where_they_take_long(run, houses, monkeypatch):
    for name in ("MANY_BYTES", "MANY_EXAMPLES"):
        monkeypatch.setattr(f"dnn_lessons.command.run.{name}", 0)
    _, _, err = run("--data houses.csv --num_epochs 1 --patience 0")
    told = [line for line in err.splitlines() if line.startswith(("reading", "drawing"))]
    assert told == [
        "reading houses.csv, 0 MB",
        "drawing output/result.png",
        "drawing output/cost.png",
    ]


def test_the_bar_is_not_drawn_anew_in_each_epoch(run):
    assert run("--num_epochs 500 --batch_size 500 --engine plain")[2].count("\r") < 400


@pytest.mark.parametrize(("more", "is_told"), [(0, False), (-1, True)])
def test_a_file_is_told_above_that_many_bytes(run, houses, monkeypatch, more, is_told):
    size = Path("houses.csv").stat().st_size
    monkeypatch.setattr("dnn_lessons.command.run.MANY_BYTES", size + more)
    code, _, err = run("--data houses.csv --target rent")
    assert code == 2
    assert err.startswith("reading houses.csv, 0 MB") is is_told


@pytest.mark.long
@pytest.mark.parametrize(
    "text", ["--predict big.csv --model absent.npz", "--data houses.csv --test big.csv"]
)
def test_reading_of_another_table_is_told_in_megabytes(run, houses, text):
    row = "400,1,10,100\n"
    big = "price $,sold,age,area\n" + row * (5_600_000 // len(row))
    Path("big.csv").write_text(big + "no\n")  # and the last row is refused
    code, _, err = run(text)
    assert code == 2
    assert err.splitlines()[0] == "reading big.csv, 6 MB"


@pytest.mark.long
def test_program_tells_bad_input_by_its_exit_code(tmp_path):
    ended = finish(tmp_path, TRAIN, "--data", "absent.csv")
    assert ended == (2, "", "train.py: absent.csv: No such file or directory\n")
    assert not list(tmp_path.iterdir())


NEEDED = {"numpy": "numpy", "tqdm": "tqdm", "matplotlib": "matplotlib", "PIL": "pillow"}
HIDE = "import sys, runpy; sys.modules |= dict.fromkeys(sys.argv.pop(1).split()); "
AS_PROGRAM = HIDE + "runpy.run_path(sys.argv.pop(1), run_name='__main__')"
AS_FUNCTION = HIDE + "from dnn_lessons.command import main; sys.exit(main())"


@pytest.mark.long
@pytest.mark.parametrize("hidden", ["tqdm", "matplotlib", "PIL", "numpy tqdm PIL"])
def test_missing_packages_are_named_beside_what_to_run(tmp_path, hidden):
    names = ", ".join(NEEDED[module] for module in hidden.split())
    assert finish(tmp_path, "-c", AS_PROGRAM, hidden, TRAIN, "--num_epochs", "1") == (
        2,
        "",
        f"train.py: this Python lacks {names}; run instead: uv run python train.py ...\n",
    )


def test_a_python_without_any_package_is_told_all_of_them(tmp_path):
    code, _, err = finish(tmp_path, "-I", "-S", TRAIN)
    assert (code, err.count("\n")) == (2, 1)
    assert ", ".join(NEEDED.values()) in err


@pytest.mark.long
def test_pictures_need_no_jupyter(tmp_path):
    hidden = "IPython ipywidgets anywidget traitlets jupyterlab sklearn"
    ended = finish(tmp_path, "-c", AS_PROGRAM, hidden, TRAIN, "--num_epochs", "1")
    assert ended[0] == 0, ended[2]


@pytest.mark.long
def test_the_function_without_matplotlib_saves_and_says_which_picture_is_missing(
    tmp_path,
):
    arguments = "--num_epochs 1 --save model.npz".split()
    code, out, err = finish(tmp_path, "-c", AS_FUNCTION, "matplotlib", *arguments)
    assert code == 1
    assert set(section(out, "files")) == {"model.npz"}
    assert re.search(r"output/result\.png was not written: .*matplotlib", err)


@pytest.mark.long
@pytest.mark.parametrize("module", ["numpy", "tqdm"])
def test_interrupt_before_the_training_is_reported_in_one_line(tmp_path, module):
    """A module of that name, found first, stands for a Ctrl-C while the real one is loaded."""
    (tmp_path / f"{module}.py").write_text("raise KeyboardInterrupt\n")
    ended = finish(
        tmp_path, TRAIN, "--num_epochs", "1", env={"PYTHONPATH": str(tmp_path)}
    )
    assert ended == (130, "", "train.py: stopped before all files were written\n")


@pytest.mark.long
@pytest.mark.skipif(
    sys.platform == "win32", reason="a process cannot send itself Ctrl-C alone there"
)
@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGTERM])
def test_interrupt_keeps_what_was_learnt(tmp_path, kind):
    code, out, err = interrupted_run(tmp_path, kind)
    assert code == 130, err
    assert "Traceback" not in err
    [epochs] = section(out, "run")["epochs"]
    stopped = re.fullmatch(r"stopped after epoch ([\d,]+) of 100,000,000", epochs)
    finished = int(stopped[1].replace(",", ""))
    assert finished > 0
    assert {Path(name).name for name in section(out, "files")} == FILES
    assert_network_of_the_report(tmp_path / "model.npz", finished, out)


def interrupted_run(folder, kind):
    """Send a signal once the first cost is seen: exit code, standard output and error."""
    arguments = "--num_epochs 100000000 --save model.npz".split()
    with start(folder, TRAIN, *arguments) as process:
        seen = ""
        while "cost" not in seen:
            seen += process.stderr.read(1)
        process.send_signal(kind)
        try:
            out, err = process.communicate(timeout=240)
        finally:
            process.kill()
    return process.returncode, out, err


def assert_network_of_the_report(path, epochs, out):
    network = DeepNeuralNetwork.load(path)
    assert len(network.costs) == epochs
    X, Y = regression_curve()
    squares = (network.predict(X) - Y) ** 2
    assert np.mean(squares) == pytest.approx(scores(out)["MSE", "network"][0], rel=1e-3)


@pytest.mark.long
def test_a_network_that_learns_nothing_gives_the_constant(run):
    rng = np.random.default_rng(0)
    noise = rng.standard_normal((60, 5))
    np.savetxt("noise.csv", noise, delimiter=",", comments="", header="a,b,c,d,y")
    code, out, _ = run("--data noise.csv --patience 5 --learning_rate 1")
    assert code in (0, 1)
    assert section(out, "run")["kept"] == ["the constant: no epoch was clearly better"]
    assert scores(out)["MSE", "network"] == scores(out)["MSE", "constant"]
    assert "the network is the constant itself" in " ".join(out.split())


@pytest.mark.long
def test_a_weak_relation_with_heavy_tails_is_kept(run):
    """A few large errors among those set aside do not hide what all examples show."""
    rng = np.random.default_rng(3)
    bill = rng.gamma(4, 5, 240)
    tip = 0.1 * bill + rng.standard_t(3, 240)
    rows = np.column_stack([bill, tip])
    np.savetxt("tips.csv", rows, delimiter=",", comments="", header="bill,tip")
    kept = []
    for seed in range(3):
        _, out, _ = run(f"--data tips.csv --seed {seed}")
        kept.append("the constant" not in "".join(section(out, "run").get("kept", "")))
    assert all(kept)


@pytest.mark.long
@pytest.mark.parametrize("seed", [0, 4, 5, 6])
def test_few_examples_of_a_line_are_learnt(run, seed):
    """Five set aside are too few for two sampling errors; a tenth of the cost is clear enough."""
    rng = np.random.default_rng(0)
    area, rooms = rng.integers(40, 200, 30), rng.integers(1, 7, 30)
    price = 2.4 * area + 8 * rooms + rng.normal(0, 8, 30)
    rows = np.column_stack([area, rooms, price])
    np.savetxt("small.csv", rows, delimiter=",", comments="", header="area,rooms,price")
    code, out, _ = run(f"--data small.csv --seed {seed}")
    network, constant = (scores(out)["MSE", name] for name in ("network", "constant"))
    assert code == 0
    assert network[1] < constant[1] / 4


@pytest.mark.long
def test_patience_keeps_the_best_epoch(run, houses):
    _, out, _ = run("--data houses.csv --patience 3 --save model.npz")
    epochs = int(section(out, "run")["epochs"][0])
    kept = section(out, "run").get("kept", ["epoch 500,"])[0]
    assert epochs < 500 or kept == "epoch 500,"
    assert kept.startswith(f"epoch {epochs - 3}") or epochs == 500


@pytest.mark.long
def test_the_judgement_compares_with_a_constant_and_a_line(run, houses):
    _, out, _ = run("--data houses.csv --num_epochs 20")
    judged = " ".join(out.split("\njudgement\n")[1].split("\n\n")[0].split())
    assert re.search(r"network is \S+ than the constant \(cost \S+ ± \S+\)", judged)
    assert "worse than a straight line" in judged
    assert "Try " in judged
    _, out, _ = run("--data houses.csv --target sold --num_epochs 20")
    assert "logistic regression" in " ".join(out.split())


@pytest.mark.long
@pytest.mark.parametrize("rows", [10, 40])
def test_the_last_rows_may_be_held_out(run, houses, rows):
    _, out, _ = run(f"--data houses.csv --test_last {rows / 100} --num_epochs 1")
    held_out = round(40 * rows / 100)
    assert f"{held_out} held out" in section(out, "settings")["examples"][0]


@pytest.mark.long
def test_examples_held_out_at_the_end_of_all_numbers_end_in_a_report(run):
    """The network overflows there: its predictions are infinite or NaN."""
    inside = np.random.default_rng(1).uniform(0, 1e-100, (40, 2))
    beyond = 1e149 * np.array([[1, 1, 1], [-1, 1, 2], [0.5, -1, 1e-9]])
    old = np.column_stack([inside, (inside[:, 0] - inside[:, 1]) * 1e249])
    for name, rows in {"old.csv": old, "new.csv": beyond}.items():
        np.savetxt(name, rows, delimiter=",", comments="", header="a,b,y")
    code, out, _ = run("--data old.csv --test new.csv --num_epochs 30 --patience 0")
    assert code == 0
    assert np.isnan(scores(out)["MSE", "network"][1])
    assert "the network is beyond comparison with the constant" in " ".join(out.split())


def test_two_classes_need_both_to_train_on(assert_refused, houses):
    rows = [f"{k},{('no', 'yes')[k > 14]}" for k in range(30)]
    Path("sorted.csv").write_text("\n".join(["a,y", *rows]))
    fault = "'y' holds 'no' in all rows to train on"
    assert_refused("--data sorted.csv --test_last 0.5", fault)


@pytest.mark.long
def test_another_table_may_be_held_out(run, houses):
    Path("new.csv").write_text("price $,sold,age,area\n400,1,10,100\n500,1,1,150\n")
    _, out, _ = run("--data houses.csv --test new.csv --num_epochs 1")
    assert "2 held out" in section(out, "settings")["examples"][0]
    Path("new.csv").write_text("price $,sold,age,area\n400,1,?,100\n500,1,,150\n")
    _, out, _ = run("--data houses.csv --test new.csv --num_epochs 1")
    assert "new.csv: gaps, filled by the mean: age 2" in " ".join(out.split())
    Path("new.csv").write_text("price $,sold,age,area\n400,1,1,100\n,0,2,150\n")
    _, out, _ = run("--data houses.csv --test new.csv --num_epochs 1")
    assert "new.csv: 1 of 2 rows left out: their target is a gap" in " ".join(out.split())
    Path("new.csv").write_text("price $,sold,age,area\n,1,1,100\n,0,2,150\n")
    code, _, err = run("--data houses.csv --test new.csv --num_epochs 1")
    assert (code, err) == (2, "train.py: new.csv has no row whose target is known\n")
    code, _, err = run("--data houses.csv --target age --test output --num_epochs 1")
    assert code == 2
    assert "output" in err


@pytest.mark.long
def test_a_thousand_columns_do_not_diverge(run):
    rows = np.random.default_rng(0).standard_normal((60, 1001))
    header = ",".join([*(f"x{k}" for k in range(1000)), "y"])
    np.savetxt("wide.csv", rows, delimiter=",", comments="", header=header)
    code, out, _ = run("--data wide.csv --num_epochs 3 --patience 0")
    assert code == 0
    assert section(out, "run")["epochs"] == ["3"]
