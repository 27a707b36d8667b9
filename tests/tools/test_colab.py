"""The copies of the lessons for Colab: what their first cell does, and where their links lead."""

import json
import re
import subprocess
import sys
from types import ModuleType

import pytest

from tools import colab
from tools.launch import Launch, launch
from tools.lessons import NOTEBOOKS, ROOT, cells, code, load, text

PLACES = Launch("OWNER/NAME")
WHEEL = "dnn_lessons-0.1.0-py3-none-any.whl"
ADDRESS = f"https://raw.githubusercontent.com/OWNER/NAME/colab/{WHEEL}"
AUTHOR = ("-c", "user.name=A", "-c", "user.email=a@example.org")
LINK = re.compile(r"\]\(([^)]*)\)")
BLOB = "https://github.com/OWNER/NAME/blob/main/"
RAW = "https://raw.githubusercontent.com/OWNER/NAME/main/"
COLAB = "https://colab.research.google.com/github/OWNER/NAME/blob/colab/"


@pytest.fixture
def commands(monkeypatch):
    """The commands that are run; none of them runs."""
    run = []
    monkeypatch.setattr(
        subprocess, "run", lambda command, check: run.append((command, check))
    )
    return run


@pytest.fixture(scope="module")
def copies(tmp_path_factory):
    """A folder with the copies."""
    folder = tmp_path_factory.mktemp("colab")
    wheel = folder / WHEEL
    wheel.write_bytes(b"a wheel")
    colab.write_copies(folder / "copies", wheel, PLACES)
    return folder / "copies"


def first_code(copies):
    """The code that the first cell of code of every copy holds."""
    (first,) = {code(copies / path.name)[0] for path in NOTEBOOKS}
    return first


def test_in_colab_the_package_is_installed_once_without_what_it_depends_on(
    copies, commands, monkeypatch
):
    monkeypatch.setitem(sys.modules, "google.colab", ModuleType("google.colab"))
    exec(first_code(copies), {})
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps"]
    assert commands == [([*pip, "anywidget", "psygnal", ADDRESS], True)]


def test_elsewhere_nothing_is_installed(copies, commands):
    assert "google.colab" not in sys.modules
    exec(first_code(copies), {})
    assert commands == []


def test_the_package_that_is_named_lies_beside_the_copies(copies):
    assert (copies / WHEEL).read_bytes() == b"a wheel"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_copy_is_the_lesson_without_results_after_two_cells(copies, path):
    copy = load(copies / path.name)
    words, install, *rest = copy["cells"]
    assert (words["cell_type"], install["cell_type"]) == ("markdown", "code")
    assert [cell["id"] for cell in rest] == [cell["id"] for cell in load(path)["cells"]]
    assert code(copies / path.name)[1:] == code(path)
    assert not any(cell["outputs"] for cell in cells(copies / path.name, "code"))
    assert copy["metadata"] == load(path)["metadata"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_link_of_a_copy_leads_out_of_it_to_something_that_is_there(copies, path):
    links = LINK.findall("".join(map(text, cells(copies / path.name, "markdown"))))
    assert links
    for link in links:
        assert link.startswith(("https://", "#")), link
        assert there(link), link


def there(link):
    """Whether the course has what a link to its repository leads to."""
    for start, folder in ((BLOB, ROOT), (RAW, ROOT), (COLAB, ROOT / "notebooks")):
        if link.startswith(start):
            return (folder / link.removeprefix(start).partition("#")[0]).exists()
    return "OWNER" not in link


def test_the_original_is_left_alone(copies):
    assert load(NOTEBOOKS[0]) == json.loads(NOTEBOOKS[0].read_text(encoding="utf-8"))
    assert "google.colab" not in "".join(code(NOTEBOOKS[0]))


def test_the_command_writes_copies_where_the_repository_is_known(
    tmp_path, monkeypatch, capsys
):
    (tmp_path / WHEEL).write_bytes(b"")
    monkeypatch.setenv("GITHUB_REPOSITORY", "OWNER/NAME")
    assert colab.main([f"{tmp_path}/copies", f"{tmp_path}/{WHEEL}"]) is None
    assert f"{COLAB}00_start_here.ipynb" in capsys.readouterr().out
    monkeypatch.setenv("GITHUB_REPOSITORY", "")
    assert colab.main([f"{tmp_path}/copies", f"{tmp_path}/{WHEEL}"]) == colab.NEEDED


def git(folder, *arguments):
    """What git prints."""
    command = ["git", "-C", str(folder), *AUTHOR, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_a_push_makes_the_branch_anew_and_leaves_the_clone_alone(copies, tmp_path):
    git(tmp_path, "init", "--quiet", "--bare", "far")
    git(tmp_path, "init", "--quiet", "near")
    near, far = tmp_path / "near", tmp_path / "far"
    git(near, "remote", "add", "origin", str(far))
    (near / "mine.txt").write_text("mine")
    git(near, "add", "mine.txt")
    for _ in range(2):
        colab.push(copies, near)
    assert git(far, "rev-list", "--count", "colab") == "1\n"
    files = git(far, "ls-tree", "--name-only", "colab").splitlines()
    assert files == sorted(path.name for path in copies.iterdir())
    assert git(near, "status", "--porcelain") == "A  mine.txt\n"


def test_the_repository_is_an_owner_and_a_name_or_not_set(monkeypatch):
    monkeypatch.delenv("GITHUB_REPOSITORY", raising=False)
    assert launch() is None
    monkeypatch.setenv("GITHUB_REPOSITORY", "OWNER/NAME")
    assert launch() == PLACES
    monkeypatch.setenv("GITHUB_REPOSITORY", "https://github.com/OWNER/NAME")
    with pytest.raises(ValueError, match="not OWNER/NAME"):
        launch()


def test_binder_opens_jupyterlab_at_a_lesson_that_is_there():
    address = PLACES.binder("00_start_here")
    start = "https://mybinder.org/v2/gh/OWNER/NAME/main?urlpath=lab%2Ftree%2F"
    assert address.startswith(start)
    assert (ROOT / address.removeprefix(start).replace("%2F", "/")).is_file()
