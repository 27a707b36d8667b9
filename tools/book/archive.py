"""Write the zip file for a room without a network: the book, the course and the package.

`uv run --group book python -m tools.book.archive BOOK FILE`, where BOOK is the folder of a book.
"""

import argparse
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


def main(arguments=None):
    """Read the command line, write the zip file and print its size.

    Parameters
    ----------
    arguments : list of str, optional
        The folder of the book and the file; those of the command line without it.
    """
    parser = argparse.ArgumentParser(prog="tools.book.archive", description=__doc__)
    parser.add_argument("book", type=Path)
    parser.add_argument("archive", type=Path)
    asked = parser.parse_args(arguments)
    write_archive(asked.book, asked.archive)
    print(f"{asked.archive}: {asked.archive.stat().st_size / 1e6:.1f} MB")  # noqa: T201


if __name__ == "__main__":
    main()
