"""The copy for reading along: no outputs, links that work, and nothing of the reader's is lost."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tools import copy_lessons
from tools.lessons import NOTEBOOKS, ROOT, cells, code, prose


@pytest.fixture(scope="module")
def copied(tmp_path_factory):
    """A copy in a folder whose name is not a plain word."""
    folder = tmp_path_factory.mktemp("copy") / "my lessons (1)"
    return copy_lessons.copy_lessons(folder)


def test_every_lesson_is_copied_with_its_code_and_without_outputs(copied):
    lessons = [path for path in copied if path.suffix == ".ipynb"]
    assert [path.name for path in lessons] == [path.name for path in NOTEBOOKS]
    for lesson, original in zip(lessons, NOTEBOOKS, strict=True):
        assert code(lesson) == code(original)
        for cell in cells(lesson, "code"):
            assert (cell["outputs"], cell["execution_count"]) == ([], None)


def test_every_link_of_the_copy_leads_somewhere(copied):
    targets = {(path, target) for path in copied for target in linked(path)}
    assert len(targets) > 50
    assert [pair for pair in targets if not leads(*pair)] == []
    outside = {target for _, target in targets if target.startswith("..")}
    assert len(outside) >= 10


def linked(path):
    """What a page or a lesson links to, web addresses and its own headings left out."""
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", prose(path))
    return [target for target in targets if not target.startswith("https://")]


def leads(path, target):
    """Whether a file is where a link says."""
    return (path.parent / target.replace("%20", " ")).exists()


def test_a_link_that_is_left_as_it_was_is_noticed(copied):
    """The planted fault: links to the code as they stand in notebooks/."""
    assert not leads(copied[0], "../dnn_lessons/forward.py")


def test_the_original_is_left_alone(copied):
    assert any(cell["outputs"] for cell in cells(NOTEBOOKS[0], "code"))


def test_what_is_there_is_never_overwritten(tmp_path):
    mine = tmp_path / NOTEBOOKS[-1].name
    mine.write_text("my answers")
    with pytest.raises(FileExistsError, match="nothing was written"):
        copy_lessons.copy_lessons(tmp_path)
    assert mine.read_text() == "my answers"
    assert list(tmp_path.iterdir()) == [mine]


def test_a_folder_on_another_drive_gets_whole_addresses(monkeypatch, tmp_path):
    def no_way(path, start):
        raise ValueError("path is on mount 'C:', start on mount 'D:'")

    monkeypatch.setattr(os.path, "relpath", no_way)
    (first, *_) = copy_lessons.copy_lessons(tmp_path)
    assert (ROOT / "dnn_lessons" / "forward.py").as_uri() in first.read_text("utf-8")


def ran(*arguments):
    """The command as a reader gives it."""
    command = [sys.executable, "-m", "tools.copy_lessons", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_command_says_what_it_did_and_refuses_to_do_it_again(tmp_path):
    folder = tmp_path / "mine"
    first, second = ran(folder), ran(folder)
    begin = folder / "00_start_here.ipynb"
    assert (first.returncode, first.stderr) == (0, "")
    assert f"{len(NOTEBOOKS)} lessons without outputs" in first.stdout
    assert f"Open {begin} to begin." in first.stdout
    assert str(ROOT) in first.stdout.splitlines()[-1]
    assert json.loads(begin.read_text("utf-8"))["cells"]
    assert (second.returncode, second.stdout) == (1, "")
    assert "exists already; nothing was written; choose another folder" in second.stderr


@pytest.mark.parametrize("arguments", [[], ["--help"], ["one", "two"]])
def test_a_call_without_one_folder_is_answered_with_an_example(arguments):
    run = ran(*arguments)
    assert run.returncode == 1
    assert "python -m tools.copy_lessons my_lessons" in run.stderr


def test_readme_and_the_first_lesson_offer_the_copy():
    command = "uv run --no-dev python -m tools.copy_lessons my_lessons"
    readme = (ROOT / "README.md").read_text("utf-8")
    assert command in readme
    assert command in "".join(
        "".join(cell["source"]) for cell in cells(NOTEBOOKS[0], "markdown")
    )
    assert "my_lessons/" in (ROOT / ".gitignore").read_text("utf-8").splitlines()


def test_a_folder_in_the_project_needs_no_word_about_links():
    told = copy_lessons._told("mine", [ROOT / "mine" / "00_start_here.ipynb"])
    assert len(list(told)) == 2
    assert not Path("mine").exists()
