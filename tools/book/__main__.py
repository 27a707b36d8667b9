"""Make the book: `uv run --group book python -m tools.book FOLDER`."""

import argparse
from pathlib import Path

from tools.book.archive import write_archive
from tools.book.build import build


def main():
    """Read the command line, make the book and print its sizes."""
    asked = _parser().parse_args()
    for line in build(asked.folder, asked.slides):
        print(line, flush=True)  # noqa: T201
    if asked.zip:
        write_archive(asked.folder, asked.zip)
        print(f"{asked.zip}: {asked.zip.stat().st_size / 1e6:.1f} MB")  # noqa: T201


def _parser():
    """Return the reader of the command line."""
    parser = argparse.ArgumentParser(prog="tools.book", description=__doc__)
    parser.add_argument("folder", type=Path, help="where the book is written")
    parser.add_argument("--slides", type=Path, help="a folder of slides to put into it")
    parser.add_argument("--zip", type=Path, help="a file for a room without a network")
    return parser


if __name__ == "__main__":
    main()
