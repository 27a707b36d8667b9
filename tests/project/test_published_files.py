"""What is read outside Python: the files for GitHub, the citation, and the links of the Markdown files."""

import re
import tomllib
from pathlib import Path

import check_jsonschema
import pytest
import yaml
from click.testing import CliRunner

ROOT = Path(__file__).resolve().parents[2]
GITHUB = ROOT / ".github"
FORMS = sorted(
    set(GITHUB.glob("ISSUE_TEMPLATE/*.yml")) - {GITHUB / "ISSUE_TEMPLATE/config.yml"}
)
WORKFLOWS = sorted(GITHUB.glob("workflows/*.yml"))
SCHEMAS = {
    "github-workflows": WORKFLOWS,
    "github-issue-forms": FORMS,
    "github-issue-config": [GITHUB / "ISSUE_TEMPLATE/config.yml"],
    "citation-file-format": [ROOT / "CITATION.cff"],
}
FOLDERS = ("", "docs/", "docs/teaching/", "notebooks/", "benchmarks/")
PAGES = [page for folder in FOLDERS for page in ROOT.glob(f"{folder}*.md")]
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"][
    "version"
]


def validated(schema, *files):
    """Run the checker, which brings the schemas along, in this process."""
    arguments = ["--builtin-schema", f"vendor.{schema}", *map(str, files)]
    return CliRunner().invoke(check_jsonschema.main, arguments)


@pytest.mark.parametrize("schema", SCHEMAS)
def test_files_for_github_fit_its_schemas(schema):
    assert SCHEMAS[schema]
    run = validated(schema, *SCHEMAS[schema])
    assert run.exit_code == 0, run.output


@pytest.mark.parametrize(
    ("schema", "file", "right", "wrong"),
    [
        ("github-workflows", WORKFLOWS[0], "runs-on:", "run-on:"),
        ("github-issue-forms", FORMS[0], "type: textarea", "type: textfield"),
        ("citation-file-format", ROOT / "CITATION.cff", "type: software", "type: course"),
    ],
)
def test_a_planted_fault_is_found(schema, file, right, wrong, tmp_path):
    faulty = tmp_path / file.name
    faulty.write_text(file.read_text("utf-8").replace(right, wrong, 1), "utf-8")
    assert validated(schema, faulty).exit_code == 1


def steps(workflow):
    """The commands of a workflow, with each value of its matrix of parts put in."""
    for job in yaml.safe_load(workflow.read_text("utf-8"))["jobs"].values():
        parts = job["strategy"]["matrix"].get("parts", [""])
        for step in job["steps"]:
            yield from (
                step["run"].replace("${{ matrix.parts }}", part)
                for part in parts
                if "run" in step
            )


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.stem)
def test_workflows_run_parts_of_ci(workflow):
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    known = set(re.findall(r"^(\w+)\(\) \{$", script, re.MULTILINE))
    for command in steps(workflow):
        program, *parts = command.split()
        assert program == ".ci/run"
        assert parts
        assert set(parts) <= known


PINNED = re.compile(r"uses: [\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")


def unpinned(workflow):
    """The lines of a workflow that use an action without a commit's hash and its version beside it."""
    used = re.findall(r"uses:.*", workflow)
    return [line for line in used if not PINNED.fullmatch(line)]


def test_actions_are_pinned_by_hash():
    workflows = "\n".join(path.read_text("utf-8") for path in WORKFLOWS)
    assert unpinned(workflows) == []
    commits = re.findall(r"uses: (.*)@(.*)", workflows)
    assert len(set(commits)) == len({action for action, _ in commits}) >= 4


@pytest.mark.parametrize("version", ["v4", "main", "11bd719", f"{'0' * 40}"])
def test_an_action_that_is_not_pinned_is_refused(version):
    assert unpinned(f"- uses: actions/checkout@{version}\n")


def test_one_version_is_told():
    assert (
        yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))["version"] == VERSION
    )
    assert f"## {VERSION} - " in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_readme_is_short():
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= 90


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_every_link_of_a_page_leads_somewhere(page):
    text = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text("utf-8"), flags=re.DOTALL)
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", text)
    here = [target for target in targets if not target.startswith("https://")]
    assert [target for target in here if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_every_picture_of_a_page_has_a_text(page):
    texts = re.findall(r"!\[([^\]]*)\]\(", page.read_text("utf-8"))
    assert all(len(text.split()) >= 5 for text in texts)
