"""The command in an empty folder, and a table of houses to train it on."""

import numpy as np
import pytest

from dnn_lessons.command import main


@pytest.fixture
def run(tmp_path, capsys, monkeypatch):
    """Run the command there; exit code, standard output, standard error."""
    monkeypatch.chdir(tmp_path)

    def command(text):
        try:
            code = main(text.split())
        except SystemExit as stop:
            code = stop.code
        return code, *capsys.readouterr()

    return command


@pytest.fixture
def assert_refused(run):
    """Check that the command refuses its arguments in one line, before any training."""

    def check(text, message):
        code, out, err = run(text)
        assert (code, out) == (2, "")
        assert err.startswith("train.py: ")
        assert err.count("\n") == 1
        assert message in err

    return check


@pytest.fixture
def houses(tmp_path):
    """Write houses.csv: 40 examples, prices in thousands, and whether each was sold."""
    rng = np.random.default_rng(0)
    area, age = rng.uniform(50, 200, 40), rng.uniform(0, 80, 40)
    price = 3 * area - 2 * age + 100
    rows = np.column_stack([area, age, price > np.median(price), price])
    names = {"header": "area,age,sold,price $", "comments": "", "delimiter": ","}
    np.savetxt(tmp_path / "houses.csv", rows, fmt="%.6g", **names)
