"""Thirty returned notebooks, twenty wrong or hostile: each gets its verdict and touches nothing else."""

import os
import shutil
import socket
import threading
from pathlib import Path

import nbformat
import numpy as np
import psutil
import pytest
from hostile import NOTEBOOKS

from dnn_lessons.classroom.exercises.registry import questions
from grading.bubblewrap import Limits
from grading.grade import grade
from grading.sandbox import asked, check_sandbox

NEEDED = shutil.which("bwrap") or os.environ.get("CI")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.bwrap,
    pytest.mark.skipif(not NEEDED, reason="needs bubblewrap"),
]
LIMITS = Limits(cell=10, whole=60)
# What nothing stops but the limit of the whole has less of it.
UNSTOPPABLE = ("swallows interrupts", "uninterruptible function")
LESS = Limits(cell=10, whole=30)
SIGMOID = [
    question for question in questions().values() if question.lesson == "02_sigmoid.ipynb"
]


@pytest.fixture(scope="module")
def reached():
    """A server on this machine, and the list of what reaches it."""
    server, received = socket.create_server(("127.0.0.1", 0)), []

    def listen():
        while True:
            try:
                received.append(server.accept())
            except OSError:
                return

    threading.Thread(target=listen, daemon=True).start()
    yield server.getsockname(), received
    server.close()


def write(path, cells):
    path.parent.mkdir(parents=True, exist_ok=True)
    notebook = nbformat.v4.new_notebook()
    notebook.cells = [
        nbformat.v4.new_code_cell(each, id=f"cell-{k}") for k, each in enumerate(cells)
    ]
    nbformat.write(notebook, path)


def contents(folder):
    return {
        path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def own_processes():
    """The processes that were started from here."""
    return psutil.Process().children(recursive=True)


def part_of(student):
    """The folder of those that are graded together."""
    return "unstoppable" if student in UNSTOPPABLE else "most"


@pytest.fixture(scope="module")
def graded(tmp_path_factory, reached):
    """{(student, exercise): verdict}, graded together; what was there is there afterwards."""
    check_sandbox()
    folder = tmp_path_factory.mktemp("returned")
    places = f"FOLDERS = {[str(folder), str(Path.home()), os.getcwd()]}\nADDRESS = {reached[0]}\n"
    for student, (cells, *_) in NOTEBOOKS.items():
        first = [places + cells[0], *cells[1:]] if cells else []
        write(folder / part_of(student) / student / "02_sigmoid.ipynb", first)
    before, processes = contents(folder), own_processes()
    parts = {"most": LIMITS, "unstoppable": LESS}
    graded = [each for part in parts for each in grade(folder / part, limits=parts[part])]
    found = {(each.student, each.exercise): each for each in graded}
    assert contents(folder) == before
    assert own_processes() == processes
    return found


def test_there_are_thirty():
    assert len(NOTEBOOKS) == 30
    assert (
        sum(row[1:] == ("right", "right") for row in list(NOTEBOOKS.values())[:10]) == 10
    )


@pytest.mark.parametrize("student", NOTEBOOKS)
def test_each_notebook_gets_its_verdict(graded, student):
    found = [
        graded[student, exercise].verdict.outcome
        for exercise in ("swish_slope", "softplus")
    ]
    assert found == list(NOTEBOOKS[student][1:])


def test_the_misunderstanding_is_named_here_too(graded):
    assert graded["naive", "softplus"].verdict.misunderstanding == "the power overflows"


def test_nothing_came_out_by_the_network(graded, reached):
    assert reached[1] == []


def test_the_server_could_have_been_reached(reached):
    """From here it is: so the test above can fail."""
    socket.create_connection(reached[0], 1).close()
    assert reached[1] or threading.Event().wait(0.5) or reached[1]


LOOKS_AROUND = """import glob, os, dnn_lessons
files = [{folder!r}, {home!r}, "/etc/shadow", "/etc/passwd", "/sys", "/home"]
files += [{root!r} + "/" + name for name in ("notebooks", "dnn_lessons", "tests", ".git")]
seen = [each for each in files if os.path.exists(each)]
package = os.path.dirname(dnn_lessons.__file__)
seen += glob.glob(package + "/classroom/exercises/**/lesson_*", recursive=True)
from dnn_lessons.classroom.explorers import sigmoid_explorer
swish_slope = str(seen)
slope_at_output = float(len([each for each in os.listdir("/proc") if each.isdigit()]))
variables = [open(each, "rb").read() for each in glob.glob("/proc/[0-9]*/environ")]
sigmoid_and_slope = str([sorted(os.environ), *variables])
def writes(path):
    try:
        open(path, "w").close()
        return path
    except OSError:
        return ""
roots = ["/x", "/usr/x", "/room/x", "/dev/x", "/etc/x", os.path.dirname(os.__file__) + "/x"]
softplus = "".join(map(writes, roots))"""


def test_what_a_notebook_sees(tmp_path, monkeypatch):
    """Only system, Python and the code that asks: no other files, no answers, no processes, no variables."""
    monkeypatch.setenv("SECRET_OF_THE_INSTRUCTOR", "1")
    names = {
        "folder": str(tmp_path),
        "home": str(Path.home() / ".bashrc"),
        "root": str(Path.cwd()),
    }
    write(tmp_path / "02_sigmoid.ipynb", [LOOKS_AROUND.format(**names)])
    enough = Limits(cell=60, whole=180)  # it imports much, also on a busy machine
    answers = asked(tmp_path / "02_sigmoid.ipynb", SIGMOID, limits=enough)
    value = {name: given[0].value for name, given in answers.items()}
    assert value["swish_slope"] == "[]"
    assert value["softplus"] == ""
    assert "SECRET" not in value["sigmoid_and_slope"]
    assert value["sigmoid_and_slope"].count("PATH=") > 1, "of several processes"
    assert 0 < np.asarray(value["slope_at_output"]) < 10


def test_trusted_students_need_no_sandbox(tmp_path, monkeypatch):
    monkeypatch.setattr("grading.sandbox.contained", None)
    write(tmp_path / "ann_02_sigmoid.ipynb", NOTEBOOKS["plain"][0])
    found = {
        each.exercise: each.verdict.outcome
        for each in grade(tmp_path, limits=LIMITS, trusted=True)
    }
    assert (found["swish_slope"], found["softplus"]) == ("right", "right")
