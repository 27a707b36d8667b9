"""The two sets of packages with hashes: whole, without a host, and within what pyproject.toml allows."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"].values()
DIRECT = [Requirement(text) for text in sum(EXTRAS, PROJECT["dependencies"])]
PIN = r"([a-z0-9-]+)==([\w.]+)( ; [^\\]+?)?((?: \\\n    --hash=sha256:[0-9a-f]{64})+)\n"


def pins(text):
    """[(name, version)] of a set; an AssertionError if it holds anything else than pins with hashes."""
    found = list(re.finditer(PIN, text))
    assert "".join(match[0] for match in found) == text
    return [(match[1], match[2]) for match in found]


@pytest.mark.parametrize("name", ["newest", "oldest"])
def test_every_package_has_hashes_and_every_dependency_an_allowed_version(name):
    pinned = pins((ROOT / "requirements" / f"{name}.txt").read_text("utf-8"))
    for requirement in DIRECT:
        versions = [v for package, v in pinned if package == requirement.name]
        assert versions
        assert all(version in requirement.specifier for version in versions)


def test_the_oldest_set_holds_the_minimums():
    text = (ROOT / "requirements" / "oldest.txt").read_text("utf-8")
    pinned = {(name, re.sub(r"(\.0)+$", "", version)) for name, version in pins(text)}
    for requirement in DIRECT:
        (minimum,) = requirement.specifier
        assert (requirement.name, re.sub(r"(\.0)+$", "", minimum.version)) in pinned


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("--hash=sha256:", "--hash=md5:"),
        ("numpy==", "numpy>="),
        ("numpy==1.26", "--index-url https://example.org\nnumpy==1.26"),
    ],
)
def test_a_planted_fault_is_found(right, wrong):
    text = (ROOT / "requirements" / "oldest.txt").read_text("utf-8")
    with pytest.raises(AssertionError):
        pins(text.replace(right, wrong, 1))
