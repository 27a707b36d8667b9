"""Linters that read code, prose and notebooks."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = {
    "ruff": ["ruff", "check", "."],
    "format": ["ruff", "format", "--check", "."],
    "codespell": [
        "codespell",
        *"README.md CONTRIBUTING.md CHANGELOG.md docs .github notebooks dnn_lessons".split(),
        *"grading proofs tools tests benchmarks train.py".split(),
    ],
}


@pytest.mark.parametrize("name", COMMANDS)
def test_linter_finds_nothing(name):
    program, *arguments = COMMANDS[name]
    found = shutil.which(program, path=str(Path(sys.executable).parent))
    run = subprocess.run(
        [found, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
