"""Make the book: `uv run --group book python -m tools.book FOLDER`."""

import argparse
from pathlib import Path

from tools.book.build import build

SLIDES = """link to the slides, which `python -m tools.slides --book FOLDER FOLDER/slides` then
puts beside the pages"""


def main():
    """Read the command line, make the book and print its sizes."""
    parser = argparse.ArgumentParser(prog="tools.book", description=__doc__)
    parser.add_argument("folder", type=Path, help="where the book is written")
    parser.add_argument("--slides", action="store_true", help=SLIDES)
    asked = parser.parse_args()
    for line in build(asked.folder, asked.slides):
        print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
