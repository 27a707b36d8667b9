"""The settings for hubs: they parse, name what is there, and give what was measured."""

import re
import subprocess
import sys
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from tools.lessons import NOTEBOOKS, ROOT

PAGE = (ROOT / "docs" / "hubs.md").read_text(encoding="utf-8")
TLJH, Z2JH = (
    yaml.safe_load((ROOT / "deploy" / f"{name}.yaml").read_text("utf-8"))
    for name in ("tljh", "z2jh")
)
STUDENT = Z2JH["singleuser"]
UNITS = {"M": 1e6, "G": 1e9}
ROW = re.compile(r"^\| (\d\d_\w+) \| (\d+) \| ([\d.]+) \|$", re.MULTILINE)
LINK = re.compile(r"(https://HUB/\S*)")
PARTS_OF_TLJH = {"users", "limits", "user_environment", "services", "https"}
PARTS_OF_Z2JH = {"hub", "proxy", "singleuser", "scheduling", "prePuller", "cull"}


def size(text):
    """The number of bytes that a setting such as 512M says."""
    return float(text[:-1]) * UNITS[text[-1]]


def measured():
    """The peak of each lesson's kernel, and that of the server, in bytes."""
    peaks = {name: float(peak) * UNITS["M"] for name, peak, _ in ROW.findall(PAGE)}
    server = re.search(r"had a peak of (\d+) MB", PAGE)
    return peaks, float(server[1]) * UNITS["M"]


def test_every_lesson_is_measured():
    peaks, server = measured()
    assert list(peaks) == [path.stem for path in NOTEBOOKS]
    assert server > 0
    assert re.search(r"Measured on \d{4}-\d\d-\d\d by ", PAGE)


@pytest.mark.parametrize("limit", [TLJH["limits"]["memory"], STUDENT["memory"]["limit"]])
def test_the_memory_is_enough_for_a_server_and_two_kernels(limit):
    peaks, server = measured()
    largest = sorted(peaks.values())[-2:]
    assert server + sum(largest) < size(limit)


def test_what_is_reserved_is_enough_for_a_server_and_one_kernel():
    peaks, server = measured()
    reserved = size(STUDENT["memory"]["guarantee"])
    assert server + max(peaks.values()) < reserved < size(STUDENT["memory"]["limit"])


def test_the_settings_have_the_parts_that_their_programs_know():
    assert set(TLJH) == PARTS_OF_TLJH
    assert set(Z2JH) == PARTS_OF_Z2JH


def test_nobody_gets_in_without_an_authenticator_that_a_school_chose():
    config = Z2JH["hub"]["config"]
    assert config["JupyterHub"]["authenticator_class"] == "AUTHENTICATOR"
    assert (TLJH["https"]["enabled"], Z2JH["proxy"]["https"]["enabled"]) == (True, True)


def test_what_is_to_be_replaced_is_the_same_in_both_files():
    for word in ("TEACHER", "MAIL", "HUB"):
        assert word in yaml.safe_dump(TLJH)
        assert word in yaml.safe_dump(Z2JH)
        assert word in PAGE or word == "MAIL"


def test_the_first_page_of_a_student_is_a_lesson_of_the_copy():
    start = "/lab/tree/course/"
    assert STUDENT["defaultUrl"].startswith(start)
    assert (ROOT / STUDENT["defaultUrl"].removeprefix(start)).is_file()


def test_the_link_opens_a_lesson_of_the_repository_that_it_copies():
    query = parse_qs(urlsplit(LINK.search(PAGE)[1]).query, strict_parsing=True)
    (copied,), (opened,) = query["repo"], query["urlpath"]
    folder = f"lab/tree/{copied.rpartition('/')[2]}/"
    assert copied == "https://github.com/OWNER/NAME"
    assert opened.startswith(folder)
    assert (ROOT / opened.removeprefix(folder)).is_file()


def test_every_file_that_the_page_names_is_there():
    named = re.findall(r"(?:deploy|\.binder)/[\w.]+", PAGE)
    assert len(named) >= 3
    assert all((ROOT / name).is_file() for name in named)


@pytest.mark.skipif(
    sys.platform != "linux", reason="a command for the image, which is Linux"
)
def test_a_later_start_keeps_what_a_student_wrote(tmp_path):
    """The command of the settings, with folders of the test in place of its own."""
    image, home = tmp_path / "image", tmp_path / "home"
    home.mkdir()
    (image / "course").mkdir(parents=True)
    (image / "course" / "lesson.ipynb").write_text("a lesson")
    *shell, command = STUDENT["lifecycleHooks"]["postStart"]["exec"]["command"]
    places = {"/srv/course": f"{image}/course", "/home/jovyan/": f"{home}/"}
    for place, of_the_test in places.items():
        assert place in command
        command = command.replace(place, of_the_test)
    start(shell, command)
    lesson = home / "course" / "lesson.ipynb"
    assert lesson.read_text() == "a lesson"
    lesson.write_text("what a student wrote")
    (image / "course" / "new.ipynb").write_text("a new lesson")
    start(shell, command)
    assert lesson.read_text() == "what a student wrote"
    assert (home / "course" / "new.ipynb").exists()


def start(shell, command):
    """What the cluster runs when a server starts."""
    subprocess.run([*shell, command], check=True, capture_output=True)
