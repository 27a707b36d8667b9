"""Every way to install the course asks for the same packages, and CI runs what README tells."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from jupyter_server.serverapp import ServerApp

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"]
GROUPS = PROJECT["dependency-groups"]
README = (ROOT / "README.md").read_text(encoding="utf-8")
RUN = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
START = "pip install uv && uv run --no-dev jupyter lab notebooks/00_start_here.ipynb"
TEST = "pip install uv && uv run pytest"
BINDER = ".binder/environment.yml"
CONTAINER = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text("utf-8"))
READ_BY_REPO2DOCKER = re.compile(r"python\s*=+\s*([\d.]+)")  # its pattern, as of 2026.4
PYTHONS = [  # oldest first
    row.rpartition(" ")[2]
    for row in PROJECT["project"]["classifiers"]
    if re.search(r":: 3\.\d+$", row)
]


def named(group):
    """The packages that a group names itself."""
    return [row for row in GROUPS[group] if isinstance(row, str)]


DECLARED = [
    *PROJECT["project"]["dependencies"],
    *EXTRAS["lessons"],
    *EXTRAS["command"],
    *(
        row
        for group in ("test", "proofs", "lint", "browser", "book")
        for row in named(group)
    ),
]


def conda(path):
    """The rows of an environment of conda and, last, those that pip installs into it."""
    *rows, last = yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))[
        "dependencies"
    ]
    return rows, last["pip"]


def test_the_package_needs_numpy_and_nothing_else():
    assert PROJECT["project"]["dependencies"] == ["numpy>=1.26"]


def test_conda_installs_what_a_reader_needs_with_the_same_bounds():
    rows, from_pip = conda("environment.yml")
    python = f"python{PROJECT['project']['requires-python']}"
    needed = {*PROJECT["project"]["dependencies"], *EXTRAS["lessons"], *EXTRAS["command"]}
    assert set(rows) == {python, "pip", *needed}
    assert from_pip == ["--editable ."]


def test_binder_builds_the_same_from_its_own_folder_with_one_python():
    """Binder reads no file outside .binder, and pip works in the folder of the file."""
    of_conda, (rows, from_pip) = conda("environment.yml")[0], conda(BINDER)
    assert rows[1:] == of_conda[1:]
    assert from_pip == ["--editable .."]


def test_binder_reads_the_version_of_python():
    python = conda(BINDER)[0][0]
    assert READ_BY_REPO2DOCKER.match(python)[1] == PYTHONS[-1]
    assert not READ_BY_REPO2DOCKER.match(conda("environment.yml")[0][0]), "the fault"


def test_codespaces_and_vs_code_run_the_commands_of_readme():
    """The package is installed once, when the machine is made, and JupyterLab starts at lesson 00."""
    install, start = START.split(" && ")
    assert CONTAINER["postCreateCommand"] == f"{install} && uv sync --no-dev"
    # Without a file of the machine, which a browser elsewhere cannot open:
    address = "--ServerApp.use_redirect_file=False"
    assert CONTAINER["postAttachCommand"] == f"{start} {address}"
    assert CONTAINER["image"].partition(":")[2] == PYTHONS[-1]
    (opened,) = CONTAINER["customizations"]["codespaces"]["openFiles"]
    assert start.endswith(opened)
    assert (ROOT / opened).is_file()


def test_a_setting_of_jupyterlab_that_the_container_gives_exists():
    setting = ServerApp.class_traits()["use_redirect_file"]
    assert setting.metadata["config"]


def test_a_reader_gets_no_test_tools():
    assert GROUPS["reader"] == ["dnn-lessons[lessons,command]"]
    assert PROJECT["tool"]["uv"]["default-groups"] == ["reader", "dev"]
    assert named("dev") == []
    assert [row["include-group"] for row in GROUPS["dev"]] == (
        ["reader", "test", "proofs", "lint"]
    )


@pytest.mark.parametrize("requirement", sorted(set(DECLARED)))
def test_every_bound_is_a_lower_one(requirement):
    assert re.fullmatch(r"[a-z0-9-]+>=[0-9.]+", requirement)


def test_a_package_has_one_bound():
    names = [requirement.partition(">=")[0] for requirement in set(DECLARED)]
    assert len(names) == len(set(names))


def test_the_date_that_pins_the_packages_is_the_same_in_every_time_zone():
    date = PROJECT["tool"]["uv"]["exclude-newer"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", date)


def test_readme_gives_the_two_commands_first():
    assert re.findall(r"^pip install uv.*$", README, flags=re.MULTILINE)[:2] == (
        [START, TEST]
    )


@pytest.mark.parametrize("code", re.findall(r"```python\n(.*?)```", README, re.DOTALL))
def test_the_code_of_readme_runs(code, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    exec(code, {})


def test_ci_runs_the_command_of_readme_the_oldest_and_the_newest_packages():
    parts = re.search(r'^ALL="(.*)"$', RUN, re.MULTILINE).group(1).split()
    assert {"readme", "browser", "interpreters", "newest", "oldest"} <= set(parts)
    assert TEST in map(str.strip, RUN.splitlines())
    assert "UV_EXCLUDE_NEWER=2999" in RUN
    assert "--resolution lowest-direct" in RUN


def test_the_pieces_of_ci_are_all_of_the_tests():
    """What the workflows run in pieces is what README's second command runs, and the browser."""
    ran = set(re.findall(r"\btests/\w+(?= |$)", RUN, re.MULTILINE))
    assert ran == {f"tests/{path.name}" for path in (ROOT / "tests").glob("[a-z]*/")}


def test_no_lock_file_is_committed():
    assert "uv.lock" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()


@pytest.mark.long
@pytest.mark.parametrize(
    ("package", "part", "extra"),
    [
        ("tqdm", "command", "command"),
        ("matplotlib", "classroom.figures", "lessons"),
        ("IPython", "classroom.source", "lessons"),
        ("anywidget", "classroom.explorers", "lessons"),
    ],
)
def test_a_part_without_its_packages_names_the_extra(package, part, extra):
    code = f"import sys; sys.modules['{package}'] = None; import dnn_lessons.{part}"
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stderr.splitlines()[-1] == (
        f"ImportError: {package} is not installed; "
        f"pip install 'dnn-lessons[{extra}]' installs what this part needs"
    )
