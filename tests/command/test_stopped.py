"""Ctrl-C and SIGTERM at any moment of the command, and two commands in one folder: no file is torn."""

import json
import re
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from amounts import amount, report

from dnn_lessons import DeepNeuralNetwork
from dnn_lessons.experiment import Experiment, curve_data

CHILD = Path(__file__).with_name("stopped_child.py")
TRAIN = Path(__file__).parents[2] / "train.py"
MOMENTS = amount(16, 200)
EPOCHS = 40
ARGUMENTS = ["--num_epochs", str(EPOCHS), "--save", "model.npz"]
# Python loses an interrupt that falls into a callback of the memory's management, and says so: the run goes on.
LOST = re.compile(r"Exception ignored in.*?\nKeyboardInterrupt:? ?\n", re.DOTALL)
PNG, END = b"\x89PNG\r\n", b"IEND\xaeB`\x82"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="without these signals")


@pytest.fixture(scope="module")
def after_epoch():
    """{number of epochs: the parameters of a run that nobody stops}, in the units of the data."""
    experiment = Experiment(curve_data(), num_epochs=EPOCHS)
    return {
        epoch: experiment.network_in_data_units().parameters
        for epoch, _ in enumerate(experiment.epochs(), start=1)
    }


@pytest.fixture(scope="module")
def old(tmp_path_factory):
    """The file of an earlier network."""
    path = tmp_path_factory.mktemp("old") / "model.npz"
    DeepNeuralNetwork((1, 3, 1), rng=0).save(path)
    return path


@pytest.mark.slow
def test_a_command_that_is_stopped_leaves_whole_files(tmp_path, old, after_epoch):
    child = [
        sys.executable,
        str(CHILD),
        str(MOMENTS),
        str(tmp_path),
        str(old),
        *ARGUMENTS,
    ]
    done = subprocess.run(child, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    endings = json.loads(done.stdout)
    kinds = Counter(kind_of(each, old, after_epoch) for each in endings)
    report(f"{len(endings)} moments, none torn: {dict(sorted(kinds.items()))}")
    assert len(endings) == MOMENTS


def kind_of(ending, old, after_epoch):
    """Check what a stopped command left; return its signal, its code and what `model.npz` is."""
    folder, code = Path(ending["folder"]), ending["code"]
    text = (folder / "err").read_text() if (folder / "err").exists() else ""
    assert "Traceback" not in LOST.sub("", text), text
    assert code == 0 or not LOST.search(text), text
    assert_whole_pictures(folder)
    is_new = is_of_an_epoch(folder / "model.npz", old, after_epoch)
    name = signal.Signals(ending["signal"]).name
    # SIGTERM may come before train.py listens: then nothing was begun.
    is_early = code == -signal.SIGTERM and not text and not is_new
    assert is_early or code in (0, 130), text
    assert not list(folder.rglob("*.part"))
    return f"{name} {code} {'new' if is_new else 'old'}"


def assert_whole_pictures(folder):
    """Check that each picture that is there is there from its first byte to its last."""
    for path in folder.glob("output/*.png"):
        data = path.read_bytes()
        assert data.startswith(PNG)
        assert data.endswith(END)


def is_of_an_epoch(path, old, after_epoch):
    """Return whether a file holds the parameters after some epoch; else it is the old file."""
    if path.read_bytes() == old.read_bytes():
        return False
    network = DeepNeuralNetwork.load(path)
    expected = after_epoch[len(network.costs)]
    for name, P in network.parameters.items():
        np.testing.assert_array_equal(P, expected[name])
    return True


@pytest.mark.slow
def test_two_commands_in_one_folder_lose_nothing_of_each_other(
    tmp_path, after_epoch, old
):
    """Both write the same names: each file is whole, and of one of the two runs."""
    command = [sys.executable, str(TRAIN), *ARGUMENTS]
    runs = [
        subprocess.Popen(
            command,
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for process in runs:
        out, err = process.communicate()
        assert process.returncode == 0, err
        assert "model.npz" in out
    assert is_of_an_epoch(tmp_path / "model.npz", old, after_epoch)
    assert_whole_pictures(tmp_path)
    assert {path.name for path in tmp_path.rglob("*.*")} == {
        "model.npz",
        "cost.png",
        "result.png",
    }
