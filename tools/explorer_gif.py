"""Record an explorer while its network trains: `uv run --group browser python -m tools.explorer_gif`.

Writes images/explorer.gif from a real JupyterLab in a real Chromium.
"""

import io
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import sync_playwright

from tools.lessons import ROOT

LESSON = "12_training.ipynb"
VALUES = {
    "learning_rate": 40,
    "width": 2,
}  # how often the right arrow is pressed on a control
FRAMES, FRAME = 36, 200  # how many, and how many milliseconds each stands
LAST = 3000  # milliseconds that the last frame stands
WIDTH, COLOURS = 560, 24
SERVER = "--no-browser --allow-root --ip=127.0.0.1 --IdentityProvider.token=gif".split()


def _free_port():
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def _jupyterlab(folder):
    """Serve a folder, and give the server's address once it answers."""
    port = _free_port()
    command = [sys.executable, "-m", "jupyterlab", *SERVER, f"--port={port}"]
    server = subprocess.Popen(command, cwd=folder, stderr=subprocess.DEVNULL)
    try:
        _wait_for(f"http://127.0.0.1:{port}/api")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)


def _wait_for(address, seconds=60):
    """Return once the server answers."""
    for _ in range(4 * seconds):
        try:
            return urlopen(address, timeout=5).close()
        except OSError:
            time.sleep(0.25)
    raise TimeoutError(f"{address} did not answer in {seconds} seconds")


def _explorer(page, address):
    """Open the lesson, run its cells, and return the explorer."""
    page.goto(f"{address}/lab/workspaces/gif/tree/{LESSON}?reset&token=gif")
    idle = page.get_by_text("Python 3 (ipykernel) | Idle")
    idle.wait_for(timeout=120_000)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()
    section = page.locator("section.dnn-explorer").first
    section.wait_for(timeout=120_000)
    idle.wait_for(timeout=120_000)
    section.scroll_into_view_if_needed()
    return section


def _record(section):
    """Set the controls, play, and return the frames as PNG bytes."""
    for name, presses in VALUES.items():
        control = section.locator(f"[data-name={name}]")
        for _ in range(presses):
            control.press("ArrowRight")
    frames = [section.screenshot()]
    section.get_by_role("button", name="Play").click()
    for _ in range(FRAMES):
        section.page.wait_for_timeout(FRAME)
        frames.append(section.screenshot())
    return frames


def _shrunk(png):
    """Return a frame in the size and the number of colours of the GIF."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    height = round(image.height * WIDTH / image.width)
    small = image.resize((WIDTH, height), Image.Resampling.LANCZOS)
    return small.quantize(COLOURS, dither=Image.Dither.NONE)


def _write(frames, path):
    """Write the frames as a GIF that repeats for ever."""
    first, *rest = map(_shrunk, frames)
    durations = [FRAME] * len(rest) + [LAST]
    first.save(
        path, save_all=True, append_images=rest, duration=durations, loop=0, optimize=True
    )


def main(path=ROOT / "images" / "explorer.gif"):
    """Record the explorer and write the picture.

    Parameters
    ----------
    path : Path, optional
        The file to write; images/explorer.gif if it is not given.
    """
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as api:
        shutil.copytree(ROOT / "notebooks", folder, dirs_exist_ok=True)
        browser = api.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page(
            viewport={"width": 1000, "height": 900}, device_scale_factor=1.5
        )
        with _jupyterlab(folder) as address:
            _write(_record(_explorer(page, address)), path)
        browser.close()


if __name__ == "__main__":
    main()
