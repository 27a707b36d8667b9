"""Write the zip file for a room without a network: the book, the course and the package."""

import shutil
import subprocess
import tempfile
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from tools.lessons import ROOT

BUILD = "uv build --quiet --out-dir".split()
WORDS = """To read, open book/index.html in a browser. It needs no network, no Python and no installation.

To run the lessons, open a terminal in the folder course. With a network, or where uv has run them before:

    uv run --no-dev jupyter lab notebooks/00_start_here.ipynb

Where JupyterLab, Matplotlib, anywidget and scikit-learn are installed already, no network is needed:

    pip install --no-index --no-deps ../{wheel}
    jupyter lab notebooks/00_start_here.ipynb
"""


def write_archive(book, archive):
    """Write the zip file.

    Parameters
    ----------
    book : Path
        The folder of the book.
    archive : Path
        The file that is written.
    """
    with (
        tempfile.TemporaryDirectory() as work,
        ZipFile(archive, "w", ZIP_DEFLATED) as zipped,
    ):
        course, wheel = _built(Path(work))
        _add_folder(zipped, book, "book")
        _add_folder(zipped, course, "course")
        zipped.write(wheel, wheel.name)
        zipped.writestr("READ_ME_FIRST.txt", WORDS.format(wheel=wheel.name))


def _built(work):
    """Build the package; return the folder of its sources, which are the course, and its wheel."""
    subprocess.run([*BUILD, work, ROOT], check=True)
    (sources,), (wheel,) = work.glob("*.tar.gz"), work.glob("*.whl")
    shutil.unpack_archive(sources, work, filter="data")
    return work / sources.name.removesuffix(".tar.gz"), wheel


def _add_folder(zipped, folder, name):
    """Put the files of a folder into the zip file, under another name."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            zipped.write(path, Path(name, path.relative_to(folder)))
