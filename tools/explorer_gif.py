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

from tools.lessons import ROOT

LESSON, EXPLORER = "12_training.ipynb", ".dnn-explorer"
IDLE = "Python 3 (ipykernel) | Idle"
PRESSES = 6  # by which the rate is moved up; each move lets the network train anew
ENDED = "Epoch 300 of 300"  # the words that the last frame holds
FRAME = 200  # how many milliseconds each frame stands
LAST = 3000  # milliseconds that the last frame stands
WIDTH, COLOURS = 640, 64
ROOM = 30  # pixels below the explorer, the words of which may become a line longer
PATIENCE = 120_000  # milliseconds
STARTING = 60  # seconds that the server may take
SERVER = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"]
SERVER += ["--ip=127.0.0.1", "--IdentityProvider.token=gif", "--log-level=ERROR"]
VIEW = {"viewport": {"width": 1180, "height": 900}, "device_scale_factor": 1.25}


@contextmanager
def _jupyterlab(folder):
    """Serve a folder, and give the server's address once it answers."""
    address = f"127.0.0.1:{_free_port()}"
    server = subprocess.Popen([*SERVER, f"--port={address[10:]}"], cwd=folder)
    try:
        _wait_for(f"http://{address}/api")
        yield f"http://{address}"
    finally:
        server.terminate()


def _free_port():
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(address):
    """Return once the server answers."""
    for _ in range(4 * STARTING):
        try:
            return urlopen(address, timeout=5).close()
        except OSError:
            time.sleep(0.25)
    raise TimeoutError(f"{address} did not answer in {STARTING} seconds")


def _run_lesson(page, address):
    """Open the lesson and run its cells."""
    page.goto(f"{address}/lab/workspaces/gif/tree/{LESSON}?reset&token=gif")
    idle = page.get_by_text(IDLE)
    for entry in ("Run", "Run All Cells"):
        idle.wait_for()
        page.get_by_role("menuitem", name=entry, exact=True).click()
    page.locator(EXPLORER).first.wait_for()
    idle.wait_for()


def _frames(section):
    """Move the rate up, watch the run that follows, and yield pictures as PNG bytes."""
    picture = _place(section)
    for _ in range(PRESSES):
        yield section.page.screenshot(clip=picture)
        section.locator("[data-name=learning_rate]").press("ArrowRight")
    while ENDED not in section.inner_text():
        yield section.page.screenshot(clip=picture)
    yield section.page.screenshot(clip=picture)


def _place(section):
    """Let the page stand so that the explorer is seen whole, and return where it is.

    The page does not scroll again: a picture of the explorer alone would let it, and the frames would jump.
    """
    section.locator("[data-name=learning_rate]").focus()
    section.evaluate("section => section.scrollIntoView({ block: 'center' })")
    section.page.wait_for_timeout(1000)
    box = section.bounding_box()
    return {**box, "height": box["height"] + ROOM}


def _small(png):
    """Return a frame in the size of the GIF."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    height = round(image.height * WIDTH / image.width)
    return image.resize((WIDTH, height), Image.Resampling.LANCZOS)


def _with_few_colours(frames):
    """Return the frames with those colours that the last one needs: a colour stays what it is."""
    palette = frames[-1].quantize(COLOURS, dither=Image.Dither.NONE)
    return [frame.quantize(palette=palette, dither=Image.Dither.NONE) for frame in frames]


def _write(frames, path):
    """Write the frames as a GIF that repeats for ever."""
    first, *rest = _with_few_colours([_small(frame) for frame in frames])
    settings = {"duration": [FRAME] * len(rest) + [LAST], "loop": 0, "optimize": True}
    first.save(path, save_all=True, append_images=rest, **settings)


def record(page, path):
    """Record the explorer and write the picture.

    Parameters
    ----------
    page : playwright.sync_api.Page
        A page of a browser.
    path : Path
        The file to write.
    """
    page.set_default_timeout(PATIENCE)
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(ROOT / "notebooks" / LESSON, folder)
        with _jupyterlab(folder) as address:
            _run_lesson(page, address)
            _write(_frames(page.locator(EXPLORER).first), path)


if __name__ == "__main__":
    from playwright.sync_api import sync_playwright

    with sync_playwright() as api:
        chromium = {"executable_path": shutil.which("chromium"), "args": ["--no-sandbox"]}
        browser = api.chromium.launch(**chromium)
        record(browser.new_page(**VIEW), ROOT / "images" / "explorer.gif")
