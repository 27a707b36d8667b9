"""Pictures of all lessons and explorers: `python tests/browser/screenshots.py [NN ...]` writes output/screenshots."""

import shutil
import sys
import tempfile
from pathlib import Path

from pages import opened, run_all
from playwright.sync_api import sync_playwright

from conftest import BROWSERS, FLAGS, ROOT, furnish, start

SIZES = ((1280, 800), (1920, 1080))
FOLDER = ROOT / "output" / "screenshots"


def shoot(browser, address, name, size):
    """The first screen of a lesson, and one for each of its explorers."""
    with opened(browser, address, name, size) as (page, _):
        run_all(page, 0)
        page.wait_for_timeout(2000)
        stem = FOLDER / f"{name[:2]}_{size[0]}"
        page.screenshot(path=f"{stem}_top.png")
        for index, section in enumerate(page.locator(".dnn-explorer").all()):
            for _ in range(
                3
            ):  # pictures above it take their room when they come into view
                section.evaluate("each => each.scrollIntoView({ block: 'end' })")
                page.wait_for_timeout(400)
            page.screenshot(path=f"{stem}_explorer{index}.png")


def main(*numbers):
    """Every lesson, or those with the given numbers, in every size."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    home = Path(tempfile.mkdtemp())
    furnish(home)
    server, address = start(home)
    try:
        with sync_playwright() as api:
            path = next(filter(None, map(shutil.which, BROWSERS)))
            browser = api.chromium.launch(executable_path=path, args=FLAGS)
            names = [
                each.name
                for each in sorted((home / "notebooks").glob("[0-9][0-9]_*.ipynb"))
            ]
            for name in [name for name in names if not numbers or name[:2] in numbers]:
                for size in SIZES:
                    shoot(browser, address, name, size)
    finally:
        server.terminate()
        server.wait(20)
        shutil.rmtree(home)


if __name__ == "__main__":
    main(*sys.argv[1:])
