"""Make the slides: `uv run --group book python -m tools.slides FOLDER`."""

import argparse
from pathlib import Path

from tools.slides.build import build


def main():
    """Read the command line, make the decks and print their sizes."""
    parser = argparse.ArgumentParser(prog="tools.slides", description=__doc__)
    parser.add_argument("folder", type=Path, help="where the decks are written")
    parser.add_argument(
        "--book", type=Path, help="a book that was made before: its recordings are copied"
    )
    parsed = parser.parse_args()
    for line in build(parsed.folder, parsed.book):
        print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
