"""The benchmark command: what it compares is equal, what is missing is named. No test looks at a time."""

import re
import shutil
import sys
from pathlib import Path

import pytest

from benchmarks import COMMAND, contenders, devices, lessons, report, training
from benchmarks.__main__ import main
from benchmarks.jobs import JOBS
from benchmarks.measure import Result, exponent, ratios, table

PEERS = {
    "scikit-learn MLP": "sklearn",
    "PyTorch, eager": "torch",
    "JAX on the lessons' functions": "jax",
    "numba, whole training compiled": "numba",
    "micrograd": "micrograd",
}
OURS = {name: make for name, make in contenders.CONTENDERS.items() if name not in PEERS}


@pytest.fixture
def without_peers(monkeypatch):
    """The peers' packages are not there, as where the optional group is not installed."""
    loaded = [name for name in sys.modules if name.partition(".")[0] in PEERS.values()]
    for module in {*PEERS.values(), *loaded}:
        monkeypatch.setitem(sys.modules, module, None)
    monkeypatch.delitem(sys.modules, "benchmarks.compiled", raising=False)


@pytest.mark.usefixtures("without_peers")
def test_the_quick_mode_compares_what_is_there_and_names_what_is_missing(capsys):
    result = main(["--quick", "J1"])["J1"]
    assert "| recorded | 0e+00 |" in result.table
    assert len(result.table) == 2 + len(OURS) - len(training.UNCOMPARED)
    assert all(any(peer in note for note in result.notes) for peer in PEERS)
    assert "µs" not in capsys.readouterr().out


@pytest.mark.long
@pytest.mark.parametrize(
    "name", [name for name in JOBS if name != "J3-64"]
)  # the long one; J3-32 is its twin
def test_recorded_plain_document_and_floor_train_the_same_network(name):
    job = JOBS[name]()
    differences = training.compared(job, {who: make(job) for who, make in OURS.items()})
    assert differences["recorded"] == 0
    assert set(differences) == {*OURS, "plain"} - training.UNCOMPARED


def test_a_contender_that_trains_another_network_is_refused(monkeypatch):
    monkeypatch.setattr(
        contenders.document, "update", lambda parameters, grads, rate: parameters
    )
    job = JOBS["J1"]()
    with pytest.raises(ValueError, match="the document's algorithm"):
        training.compared(job, {who: make(job) for who, make in OURS.items()})


ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("page", ["benchmarks/README.md", "benchmarks/RESULTS.md"])
def test_the_pages_tell_one_command(page):
    assert f"`{COMMAND}`" in (ROOT / page).read_text(encoding="utf-8")


def test_an_unknown_job_is_refused():
    with pytest.raises(SystemExit):
        main(["J99"])


def test_ratios_are_taken_round_by_round():
    """A round in which the machine was twice as slow changes no ratio."""
    assert ratios({"a": [1.0, 2.0, 4.0], "b": [2.0, 4.0, 8.0]}, "a") == {
        "a": 1.0,
        "b": 2.0,
    }


def test_the_exponent_is_the_power_that_the_time_grows_with():
    assert exponent([10, 100, 1000], [3e2, 3e4, 3e6]) == pytest.approx(2)


@pytest.mark.long
def test_the_report_says_what_is_reached_and_what_is_not_beaten(tmp_path):
    seconds = {
        "recorded": [1.0],
        "plain": [2.0],
        "NumPy's floor": [0.5],
        "scikit-learn MLP": [9.5],
    }
    result = Result(
        "J1: a job", table(("who", "time"), [("recorded", 1)]), ("A note.",), seconds
    )
    report.write(tmp_path, {"J1": result})
    text = (tmp_path / "RESULTS.md").read_text(encoding="utf-8")
    assert "- J1: NumPy's floor (0.50)" in text
    assert (
        "| J1 | time of scikit-learn MLP / recorded | at least 9.00 | 9.50 | yes |"
        in text
    )
    assert "| J1 | time of NumPy's floor / recorded | at least 0.77 | 0.50 | no |" in text
    assert (tmp_path / "results.png").read_bytes().startswith(b"\x89PNG")
    assert "A note." in text
    assert "| recorded | 1 |" in text


@pytest.mark.long
def test_the_readme_takes_its_table_from_a_run_of_all_training_jobs(tmp_path):
    page = tmp_path / "README.md"
    shutil.copy(ROOT / "benchmarks" / "README.md", page)
    before = page.read_text("utf-8")
    seconds = {"recorded": [2.0], "compiled": [0.5], "NumPy's floor": [1.5]}
    results = {name: Result(f"{name}: a job", [], (), seconds) for name in JOBS}
    report.write(tmp_path, {"J1": results["J1"]})
    assert page.read_text("utf-8") == before
    report.write(tmp_path, results)
    text = page.read_text("utf-8")
    assert "| J2: a job | 0.25 |  |  | 0.75 |" in text
    assert (
        text.partition("<!-- measured -->")[0] == before.partition("<!-- measured -->")[0]
    )
    assert text.partition("<!-- end -->")[2] == before.partition("<!-- end -->")[2]


def test_lesson_15_tells_about_the_ratio_that_was_measured():
    """Its microseconds are of one machine; what the list takes of the program may not be another story."""
    measured = [
        float(number)
        for number in re.findall(
            r"\| µs of a step as a \w+ \| ([\d.]+) \|",
            (ROOT / "benchmarks" / "RESULTS.md").read_text("utf-8"),
        )
    ]
    if not measured:
        pytest.skip("RESULTS.md is older than J10")
    (lesson,) = (ROOT / "notebooks").glob("15_*.ipynb")
    told = re.search(
        r"compiling, by_list, as_program = [\d.]+, ([\d.]+) / 10\*\*6, ([\d.]+) / 10\*\*6",
        lesson.read_text("utf-8"),
    )
    by_list, as_program = map(float, told.groups())
    assert 0.5 < (by_list / as_program) / (measured[0] / measured[1]) < 2


@pytest.mark.usefixtures("without_peers")
def test_without_jax_no_devices_are_compared():
    assert devices.run(1, True).notes == ["Not here: JAX, not installed (jax)."]


@pytest.mark.long
def test_lessons_that_do_not_run_reach_no_aim(tmp_path, monkeypatch):
    folder = tmp_path / "notebooks"
    folder.mkdir()
    (folder / "00_broken.ipynb").write_text("{}")
    monkeypatch.setattr(lessons, "ROOT", tmp_path)
    ((_, _, measured, reached),) = lessons.notebooks(rounds=1, quick=True).aims
    assert (measured, reached) == ("inf", False)
