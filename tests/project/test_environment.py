"""Every way to install the course asks for the same packages, and CI runs what README tells."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
README = (ROOT / "README.md").read_text(encoding="utf-8")
START = "pip install uv && uv run jupyter lab notebooks/00_start_here.ipynb"
TEST = "pip install uv && uv run pytest"


def conda_requirements():
    rows = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))[
        "dependencies"
    ]
    return {
        row
        for row in [*rows[:-1], *rows[-1]["pip"]]
        if row not in ("pip", "--editable .")
    }


def test_conda_asks_for_the_same_bounds_as_pip():
    project = PROJECT["project"]
    python = f"python{project['requires-python']}"
    assert conda_requirements() == {
        python,
        *project["dependencies"],
        *PROJECT["dependency-groups"]["dev"],
    }


@pytest.mark.parametrize(
    "requirement",
    PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"],
)
def test_every_bound_is_a_lower_one(requirement):
    assert re.fullmatch(r"[a-z0-9-]+>=[0-9.]+", requirement)


def test_readme_gives_the_two_commands_first():
    assert re.findall(r"^pip install uv.*$", README, flags=re.MULTILINE)[:2] == [
        START,
        TEST,
    ]


@pytest.mark.parametrize("code", re.findall(r"```python\n(.*?)```", README, re.DOTALL))
def test_the_code_of_readme_runs(code, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    exec(code, {})


def test_ci_runs_the_command_of_readme_and_the_oldest_bounds():
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert TEST in lines
    assert any("--resolution lowest-direct pytest" in line for line in lines)


def test_no_lock_file_is_committed():
    assert "uv.lock" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
