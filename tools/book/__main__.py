"""Make the book: `uv run --group book python -m tools.book FOLDER`."""

import argparse
from pathlib import Path

from tools.book.build import build


def main():
    """Read the command line, make the book and print its sizes."""
    parser = argparse.ArgumentParser(prog="tools.book", description=__doc__)
    parser.add_argument("folder", type=Path, help="where the book is written")
    for line in build(parser.parse_args().folder):
        print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
