"""MathJax, of which the book and the slides need the script and the fonts, and what follows on it."""

import shutil
from pathlib import Path

from tools import npm
from tools.lessons import ROOT

MATHJAX = npm.Package(
    "mathjax@3.2.2",
    ROOT / ".mathjax",
    ("es5/tex-chtml-full.js", "es5/output/chtml/fonts/woff-v2/", "LICENSE"),
    "pages would show LaTeX in place of formulas",
)


def write_mathjax(folder):
    """Copy MathJax into a folder.

    Parameters
    ----------
    folder : Path
        Where the script and the fonts are written.
    """
    shutil.copytree(MATHJAX.kept / "es5", folder, dirs_exist_ok=True)
    shutil.copy(MATHJAX.kept / "LICENSE", folder)
    shutil.copy(Path(__file__).with_name("formulas.js"), folder)
