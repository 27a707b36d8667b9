"""Who returned what, and what is written about it."""

import csv
import os
import tracemalloc

import pytest

from dnn_lessons.classroom.exercises.verdict import Verdict
from grading import sandbox
from grading.__main__ import main
from grading.grade import Grade, best
from grading.report import (
    counted,
    write_feedback,
    write_picture,
    write_table,
    write_wide_table,
)
from grading.returned import returned
from grading.sandbox import SandboxError, check_sandbox

SIGMOID = "02_sigmoid.ipynb"


def graded(student, exercise, outcome, points, misunderstanding=""):
    verdict = Verdict(f"**About {exercise}.**", exercise, outcome, misunderstanding)
    return Grade(student, SIGMOID, exercise, verdict, points, 2, 3.14159)


GRADES = [
    graded("ann", "softplus", "right", 2),
    graded("ann", "swish_slope", "wrong", 0, "no product rule"),
    graded("=SUM(A1)", "softplus", "broke", 0),
    graded("=SUM(A1)", "swish_slope", "wrong", 0, "no product rule"),
    graded("cid", "swish_slope", "wrong", 0),
]


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_the_table(tmp_path):
    write_table(GRADES, tmp_path / "grades.csv")
    head, first, second, third, *_ = rows(tmp_path / "grades.csv")
    assert (
        head == "student lesson exercise verdict misunderstanding points seconds".split()
    )
    assert first == ["ann", SIGMOID, "softplus", "right", "", "2", "3.1"]
    assert second == [
        "ann",
        SIGMOID,
        "swish_slope",
        "wrong",
        "no product rule",
        "0",
        "3.1",
    ]
    assert third[0] == "'=SUM(A1)", "a spreadsheet would compute it"


def test_the_wide_table(tmp_path):
    write_wide_table(GRADES, tmp_path / "grades.csv")
    assert rows(tmp_path / "grades.csv") == [
        ["student", "02 softplus", "02 swish_slope", "total"],
        ["'=SUM(A1)", "0", "0", "0"],
        ["ann", "2", "0", "2"],
        ["cid", "0", "0", "0"],
    ]


def test_the_feedback(tmp_path):
    write_feedback(GRADES, tmp_path / "feedback")
    assert sorted(path.name for path in (tmp_path / "feedback").iterdir()) == [
        "=SUM(A1).md",
        "ann.md",
        "cid.md",
    ]
    text = (tmp_path / "feedback" / "ann.md").read_text("utf-8")
    assert text.startswith(
        "# ann: 2 of 4 points\n\n## 02 softplus: 2 of 2\n\n**About softplus.**"
    )


def test_no_text_of_a_student_stops_the_report(tmp_path):
    odd = graded("\udcff", "softplus", "broke", 0)
    odd = odd._replace(verdict=Verdict("\ud800", "softplus", "broke"))
    write_feedback([odd], tmp_path)
    write_table([odd], tmp_path / "grades.csv")
    assert len(list(tmp_path.iterdir())) == 2


def test_the_misunderstandings_are_counted(tmp_path):
    assert counted(GRADES) == [
        ("swish_slope: no product rule", 2),
        ("swish_slope: wrong in another way", 1),
    ]
    for grades in (GRADES, []):
        write_picture(grades, tmp_path / "grades.png")
        assert (tmp_path / "grades.png").read_bytes().startswith(b"\x89PNG")


def test_the_best_of_several_notebooks_counts():
    worse = graded("ann", "softplus", "broke", 0)
    assert best([worse, GRADES[0], worse]) == [GRADES[0]]


def test_students_are_known_by_folder_or_file_name(tmp_path):
    names = [
        "ann/02_sigmoid.ipynb",
        "bob/mine.ipynb",
        "cid_02_sigmoid (1).ipynb",
        "dora.ipynb",
    ]
    names += ["ann/.ipynb_checkpoints/02_sigmoid-checkpoint.ipynb", "ann/notes.txt"]
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).write_text("swish_slope and softplus")
    assert [(each.student, each.lesson) for each in returned(tmp_path)] == [
        (student, SIGMOID) for student in ("ann", "bob", "cid", "dora")
    ]


@pytest.mark.parametrize(
    ("name", "student"),
    [
        ("1234567_02_sigmoid.ipynb", "1234567"),
        ("s1256-02_sigmoid (2).ipynb", "s1256"),
        ("ann_12_02_sigmoid.ipynb", "ann_12"),
        ("dora_2024_02_final.ipynb", "dora_2024_02_final"),
        ("02_sigmoid.ipynb", "02_sigmoid"),
    ],
)
def test_a_number_in_the_name_of_a_student_stays(tmp_path, name, student):
    (tmp_path / name).write_text("softplus")
    assert returned(tmp_path)[0][:2] == (student, SIGMOID)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs links and pipes")
def test_what_is_no_file_of_the_student_is_left_out(tmp_path):
    folder = tmp_path / "returned"
    for name in ("bob", "ann", "eve"):
        (folder / name).mkdir(parents=True)
    (folder / "bob" / "02_sigmoid.ipynb").write_text("{}")
    (folder / "ann" / "02_sigmoid.ipynb").symlink_to(folder / "bob" / "02_sigmoid.ipynb")
    (folder / "ann" / "zero.ipynb").symlink_to("/dev/zero")
    (folder / "cid").symlink_to(folder / "bob")
    (folder / "eve" / "folder.ipynb").mkdir()
    os.mkfifo(folder / "eve" / "pipe.ipynb")
    assert [each.student for each in returned(folder)] == ["bob"]
    (tmp_path / "link").symlink_to(folder)
    assert [each.student for each in returned(tmp_path / "link")] == ["bob"]


@pytest.mark.long
def test_of_a_huge_notebook_only_the_beginning_is_read(tmp_path):
    with (tmp_path / "ann.ipynb").open("wb") as file:
        file.write(b"softplus")
        file.truncate(10**9)
    tracemalloc.start()
    assert returned(tmp_path)[0].lesson == SIGMOID
    assert tracemalloc.get_traced_memory()[1] < 200_000_000
    tracemalloc.stop()


def test_a_missing_folder_for_the_table_is_made_before_anything_runs(tmp_path):
    table = tmp_path / "new" / "grades.csv"
    main(["grade", str(tmp_path), "--csv", str(table), "--trust-students"])
    assert table.parent.is_dir()


def test_the_cases_are_new_ones_unless_a_seed_is_given(tmp_path, capsys):
    call = ["grade", str(tmp_path), "--csv", str(tmp_path / "x.csv"), "--trust-students"]
    for more in ([], [], ["--seed", "7"], ["--seed", "7"]):
        main(call + more)
    first, second, third, fourth = capsys.readouterr().out.splitlines()
    assert len({first, second, third}) == 3
    assert third == fourth == "The cases are drawn from the seed 7."


def test_an_empty_folder(tmp_path):
    assert main(
        ["grade", str(tmp_path), "--csv", "x.csv", "--trust-students"]
    ).startswith("There is no notebook")


def test_without_bubblewrap_nothing_is_graded(tmp_path, monkeypatch):
    monkeypatch.setenv("container", "yes")
    monkeypatch.setattr(sandbox, "PROGRAMS", ("bwrap-is-not-here",))
    (tmp_path / "ann_02_sigmoid.ipynb").write_text("{}")
    message = main(["grade", str(tmp_path), "--csv", str(tmp_path / "x.csv")])
    assert message.startswith("There is no sandbox: bwrap-is-not-here missing")
    assert "--trust-students" in message
    assert "apparmor" in message
    assert not (tmp_path / "x.csv").exists()


def test_where_namespaces_are_forbidden_nothing_is_graded(monkeypatch):
    monkeypatch.setenv("container", "yes")
    monkeypatch.setattr(sandbox, "PROGRAMS", ())
    monkeypatch.setattr(
        sandbox,
        "contained",
        lambda *_: ["sh", "-c", "echo Permission denied >&2; exit 1"],
    )
    with pytest.raises(SandboxError, match="Permission denied"):
        check_sandbox()


def test_root_grades_in_a_container_only(monkeypatch):
    monkeypatch.setattr(sandbox.os, "geteuid", lambda: 0, raising=False)
    monkeypatch.setattr(sandbox, "is_container", lambda: False)
    with pytest.raises(SandboxError, match="ordinary user"):
        check_sandbox()
