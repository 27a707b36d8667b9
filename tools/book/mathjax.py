"""Fetch the files of MathJax that the book needs, by name, from the registry that npm is set up for."""

import shutil
import subprocess
import tarfile
from pathlib import Path

from tools.lessons import ROOT

PACKAGE = "mathjax@3.2.2"
KEPT = ROOT / ".mathjax"  # a second build fetches nothing
SCRIPT = "tex-chtml-full.js"
FILES = ("es5/tex-chtml-full.js", "es5/output/chtml/fonts/woff-v2/", "LICENSE")
MISSING = f"""MathJax is missing, so the book would show LaTeX in place of formulas. It is fetched once, with
`npm pack {PACKAGE}`, which needs npm and a network. Without them, unpack that package elsewhere
and copy {", ".join(FILES)} into {KEPT}."""


def require_mathjax():
    """Fetch MathJax where it has not been fetched yet.

    Raises
    ------
    FileNotFoundError
        Where it is not there and cannot be fetched.
    """
    if not (KEPT / "es5" / SCRIPT).exists():
        _fetch()


def write_mathjax(folder):
    """Copy MathJax into a folder.

    Parameters
    ----------
    folder : Path
        Where the script and the fonts are written.
    """
    shutil.copytree(KEPT / "es5", folder, dirs_exist_ok=True)
    shutil.copy(KEPT / "LICENSE", folder)


def _fetch():
    """Fetch the package and unpack the files that are needed."""
    KEPT.mkdir(parents=True, exist_ok=True)
    try:
        _npm("pack", "--silent", PACKAGE)
    except (OSError, subprocess.SubprocessError) as error:
        raise FileNotFoundError(MISSING) from error
    (archive,) = KEPT.glob("mathjax-*.tgz")
    _unpack(archive)
    archive.unlink()


def _npm(*arguments):
    """Run npm in the folder where the files are kept."""
    command = [shutil.which("npm") or "npm", *arguments]
    subprocess.run(command, cwd=KEPT, check=True, timeout=300, capture_output=True)


def _unpack(archive):
    """Write the files that are needed, without the folder that holds them all in the archive."""
    with tarfile.open(archive) as packed:
        for member in packed.getmembers():
            member.name = str(Path(*Path(member.name).parts[1:]))
            if member.isfile() and member.name.startswith(FILES):
                packed.extract(member, KEPT, filter="data")
