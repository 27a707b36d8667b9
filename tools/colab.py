"""Write the copies of the lessons that Colab opens: `python -m tools.colab FOLDER WHEEL [--push]`.

Colab has its own NumPy, Matplotlib, ipywidgets and IPython, older than those of a new environment, and its page
depends on them. So the first cell installs only what Colab lacks, without what that depends on.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tools.launch import COLAB_BRANCH, FIRST, launch
from tools.lessons import NOTEBOOKS, ROOT, text

LINK = re.compile(r"\]\(((?:\.\./)?)([\w/.-]+)(#[^)]*)?\)")
WORDS = """**This is the copy of the lesson for Colab.** Run the next cell first: it installs what Colab
does not have. Results are left out, so that you can predict them; you need no other copy to write in.
To keep what you write, choose *File, Save a copy in Drive*."""
CODE = """import subprocess
import sys

if "google.colab" in sys.modules:  # elsewhere nothing is installed
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps"]
    subprocess.run([*pip, "anywidget", "psygnal", "{wheel}"], check=True)"""
AUTHOR = ("-c", "user.name=The workflow of the book", "-c", "user.email=none@example.org")
MESSAGE = "Copy the lessons for Colab"
NEEDED = "set GITHUB_REPOSITORY to the OWNER/NAME under which GitHub will have the copies"


def write_copies(folder, wheel, places):
    """Write the copies of all lessons, and the package that they install.

    Parameters
    ----------
    folder : Path
        Where to; it is made if it is missing.
    wheel : Path
        The package, as `uv build --wheel` makes it.
    places : Launch
        Where the copies will be.
    """
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(wheel, folder)
    for path in NOTEBOOKS:
        written = json.dumps(
            copied(path, wheel.name, places), indent=1, ensure_ascii=False
        )
        (folder / path.name).write_text(written + "\n", encoding="utf-8", newline="\n")


def copied(path, wheel, places):
    """Return the copy of a lesson: the cell that installs, and the lesson without outputs.

    Parameters
    ----------
    path : Path
        The lesson.
    wheel : str
        The name of the package's file.
    places : Launch
        Where the copies will be.

    Returns
    -------
    dict
        The notebook.
    """
    lesson = json.loads(path.read_text(encoding="utf-8"))
    cells = [_copied_cell(cell, places) for cell in lesson["cells"]]
    return lesson | {"cells": [*first_cells(places.wheel(wheel)), *cells]}


def first_cells(wheel):
    """Return the cells that are put before a lesson.

    Parameters
    ----------
    wheel : str
        The address of the package.

    Returns
    -------
    list of dict
        A cell of words and one of code.
    """
    shared = {"metadata": {}}
    empty = {"outputs": [], "execution_count": None}
    words = {"cell_type": "markdown", "id": "colab-words", "source": WORDS}
    code = {"cell_type": "code", "id": "colab-code", "source": CODE.format(wheel=wheel)}
    return [words | shared, code | shared | empty]


def _copied_cell(cell, places):
    """Return a cell without outputs, or with links that work in Colab."""
    if cell["cell_type"] == "code":
        return cell | {"outputs": [], "execution_count": None}
    return cell | {"source": LINK.sub(lambda link: _link(link, places), text(cell))}


def _link(link, places):
    """Return a link of a lesson as it works in Colab: it leads to Colab or to GitHub."""
    outward, target, anchor = link[1], link[2], link[3] or ""
    if target.endswith(".ipynb"):
        return f"]({places.colab(Path(target).stem)})"
    path = target if outward else f"notebooks/{target}"
    return f"]({places.file(path)}{anchor})"


def push(folder, checkout=ROOT):
    """Push a folder as a branch that has one commit, in place of what it held before.

    Parameters
    ----------
    folder : Path
        The copies.
    checkout : Path, optional
        The clone whose remote `origin` gets the branch; its own files and index stay as they are.
    """
    tree = _tree(folder, _git(checkout, "rev-parse", "--absolute-git-dir"))
    commit = _git(checkout, *AUTHOR, "commit-tree", "-m", MESSAGE, tree)
    _git(checkout, "push", "--force", "origin", f"{commit}:refs/heads/{COLAB_BRANCH}")


def _tree(folder, git_folder):
    """Store the files of a folder in a repository; return the name of their tree."""
    index = Path(git_folder, "index-of-colab")  # the reader's own index stays as it is
    places = {"GIT_DIR": git_folder, "GIT_INDEX_FILE": str(index)}
    _git(folder, "--work-tree=.", "add", "--all", "--force", **places)
    tree = _git(folder, "write-tree", **places)
    index.unlink()
    return tree


def _git(folder, *arguments, **variables):
    """Run git in a folder; return what it prints."""
    command = ["git", "-C", folder, *arguments]
    variables = {**os.environ, **variables}
    run = subprocess.run(command, env=variables, check=True, stdout=subprocess.PIPE)
    return run.stdout.decode().strip()


def main(arguments):
    """Write the copies, push them where that is asked for, and say how they are opened.

    Parameters
    ----------
    arguments : list of str
        The folder, the wheel, and perhaps `--push`.

    Returns
    -------
    str or None
        What is wrong, if nothing was written.
    """
    asked, places = _parser().parse_args(arguments), launch()
    if places is None:
        return NEEDED
    write_copies(asked.folder.resolve(), asked.wheel, places)
    if asked.push:
        push(asked.folder.resolve())
    print(f"{len(NOTEBOOKS)} copies; the first opens at {places.colab(FIRST)}")  # noqa: T201
    return None


def _parser():
    """Return the reader of the command line."""
    parser = argparse.ArgumentParser(prog="python -m tools.colab")
    parser.add_argument("folder", type=Path, help="where to")
    parser.add_argument("wheel", type=Path, help="what `uv build --wheel` made")
    parser.add_argument("--push", action="store_true", help="as a branch of `origin`")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
