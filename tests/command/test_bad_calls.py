"""Calls that cannot be carried out: each ends with exit code 2 and one line, and no file is made or changed."""

import shlex
from pathlib import Path

import pytest

from dnn_lessons import DeepNeuralNetwork
from dnn_lessons.command import main

# {arguments: a part of the line that the reader sees}. The files are those of `folder`.
COUNTS = {
    f"--{name} {value}": f"--{name}: '{value.strip(chr(39))}' is not a whole number"
    for name in ("batch_size", "num_epochs", "layers", "patience", "seed")
    for value in ("-3", "2.5", "1e3", "''", "ten", "0x10", "nan", "½")
}
NUMBERS = {
    f"--{name} {value}": f"--{name}: '{value}' is not a"
    for name, values in {
        "learning_rate": ("0", "-0.1", "inf", "nan", "fast", "0,1", "1e999"),
        "test_last": ("0", "1", "-0.2", "120%", "nan", "half"),
    }.items()
    for value in values
}
CHOICES = {
    f"--{name} {value}": f"--{name}: invalid choice: '{value}'"
    for name, value in {
        "hidden": "Relu",
        "output": "softmax",
        "loss": "MSE",
        "dtype": "float16",
        "engine": "gpu",
        "missing": "median",
        "decimal": ";",
    }.items()
}
WITHOUT_VALUE = {
    f"--{name}": f"--{name}: expected"
    for name in (
        "data target features ignore missing decimal test_last test predict model hidden output loss "
        "dtype batch_size learning_rate num_epochs patience seed engine out save"
    ).split()
}
UNKNOWN = {
    "houses.csv": "unrecognized arguments: houses.csv",
    "--date houses.csv": "unrecognized arguments: --date",
    "--targt y": "unrecognized arguments: --targt y - did you mean --target?",
    "-n 3": "unrecognized arguments: -n 3",
    "--no-data": "unrecognized arguments: --no-data",
    "--shuffle yes": "unrecognized arguments: yes",
    "--shuffle=yes": "ignored explicit argument 'yes'",
    "--seed 1 2": "unrecognized arguments: 2",
    "--Data houses.csv": "unrecognized arguments: --Data",
    "--data houses.csv extra.csv": "unrecognized arguments: extra.csv",
    "--\n": "unrecognized arguments",
}
ALONE = {
    f"--{name} {value}": f"--{name} is for a table; give the table with --data"
    for name, value in {
        "target": "price",
        "features": "area age",
        "ignore": "age",
        "missing": "drop",
        "decimal": ",",
        "test_last": "0.2",
        "test": "houses.csv",
    }.items()
}
TABLES = {
    "--data ''": "the name of a file is empty",
    "--data absent/houses.csv": "absent/houses.csv: No such file",
    "--data houses.csv/below.csv": "Not a directory",
    "--data empty.csv": "expected a feature and a target at least",
    "--data numbers.csv": "numbers.csv starts with numbers; expected a header line",
    "--data twice.csv": "has the name 'a' of another; expected different names",
    "--data ragged.csv": "line 3: 3 values, but the header names 2 columns",
    "--data network.npz": "network.npz is a zip archive",
    "--data houses.csv --target ''": "no column ''",
    "--data houses.csv --target AREA": "no column 'AREA'",
    "--data houses.csv --features rooms": "no column 'rooms'",
    "--data houses.csv --features sold rooms": "no column 'rooms'",
    "--data houses.csv --ignore rooms": "no column 'rooms'",
    "--data houses.csv --target area --features area": "no column is left to predict 'area' from",
    "--data houses.csv --target area --ignore area": "--ignore leaves out 'area'",
    "--data houses.csv --features sold age --ignore age": "--ignore leaves out 'age'",
    "--data houses.csv --ignore area age sold": "no column is left",
    "--data houses.csv --test absent.csv": "absent.csv: No such file",
    "--data houses.csv --test other.csv": "other.csv has no column 'area'",
    "--data houses.csv --test houses.csv --test_last 0.2": "--test_last holds out rows of --data",
    "--data houses.csv --hidden sigmoid --output tanh": "tanh gives only numbers from -1 to 1",
    "--data houses.csv --target sold --loss cross_entropy --output linear": "cross_entropy needs outputs from 0 to 1",
}
FILES = {
    "--save network.npz/model.npz": "cannot write into the folder network.npz",
    "--save notes.txt": "--save names notes.txt, which holds something else than a network",
    "--save output": "--save names the folder output",
    "--save ''": "--save names",
    "--save output/result.png": "where a picture will be written",
    "--save output/../output/cost.png": "where a picture will be written",
    "--out notes.txt": "cannot write into the folder notes.txt",
    "--out notes.txt/deep/er": "cannot write into the folder notes.txt/deep/er",
    "--out 'nul\0l'": "embedded null",
    "--save 'nul\0l'": "embedded null",
    "--data 'nul\0l'": "embedded null",
}
PREDICTIONS = {
    "--predict houses.csv": "give the file of --save as --model",
    "--model network.npz": "--model is for --predict",
    "--predict houses.csv --model absent.npz": "absent.npz: No such file",
    "--predict houses.csv --model .": "directory",
    "--predict houses.csv --model notes.txt": "notes.txt is not a saved network",
    "--predict houses.csv --model network.npz": "network.npz does not know the columns of a table",
    "--predict absent.csv --model network.npz": "network.npz does not know the columns of a table",
    "--predict houses.csv --model network.npz --out notes.txt": "cannot write into the folder notes.txt",
} | {
    f"--predict houses.csv --model network.npz {option}": f"{option.split()[0]} is for a training"
    for option in (
        "--data houses.csv",
        "--target price",
        "--save m.npz",
        "--seed 0",
        "--layers",
        "--patience 0",
        "--shuffle",
        "--learning_rate 0.1",
    )
}
CALLS = COUNTS | NUMBERS | CHOICES | WITHOUT_VALUE | UNKNOWN
CALLS |= ALONE | TABLES | FILES | PREDICTIONS


@pytest.fixture
def folder(tmp_path, houses, monkeypatch):
    """A folder of tables, right and wrong, a network and an earlier picture."""
    monkeypatch.chdir(tmp_path)
    DeepNeuralNetwork((2, 3, 1), rng=0).save("network.npz")
    Path("output").mkdir()
    texts = {
        "notes.txt": "mine\n",
        "output/result.png": "a picture of an earlier run",
        "empty.csv": "",
        "numbers.csv": "1,2\n3,4\n",
        "twice.csv": "a,a\n1,2\n",
        "ragged.csv": "a,b\n1,2\n1,2,3\n",
        "other.csv": "rooms,b\n1,2\n2,1\n",
    }
    for name, text in texts.items():
        Path(name).write_text(text)
    return tmp_path


def everything(folder):
    """The files of a folder with their bytes, and its folders."""
    paths = sorted(folder.rglob("*"))
    return {path: path.read_bytes() if path.is_file() else None for path in paths}


@pytest.mark.parametrize("call", CALLS)
def test_a_bad_call_ends_in_one_line_and_writes_nothing(folder, capsys, call):
    before = everything(folder)
    with pytest.raises(SystemExit) as stop:
        main([call] if call == "--\n" else shlex.split(call))
    out, err = capsys.readouterr()
    assert (stop.value.code, out) == (2, "")
    assert err.startswith("train.py: ")
    assert err.endswith("\n")
    assert err.count("\n") == 1
    assert CALLS[call] in err
    assert "Traceback" not in err
    assert everything(folder) == before
