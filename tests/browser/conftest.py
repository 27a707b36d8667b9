"""A real JupyterLab with a copy of the lessons, and a real Chromium to open them in."""

import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from notebooks_of_our_own import write_notebooks

ROOT = Path(__file__).resolve().parents[2]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-sync",
    "--disable-component-update",
    "--no-first-run",
]
QUIET = '{"doNotDisturbMode": true}'
TOKEN = "lessons"


def pytest_configure(config):
    """The mark of the tests that take an hour together."""
    config.addinivalue_line(
        "markers", "soak: a thousand moves, or a speed; runs where FULL is set to 1"
    )


def pytest_collection_modifyitems(config, items):
    """Skip the soak unless it is asked for."""
    if os.environ.get("FULL") != "1":
        for item in items:
            if item.get_closest_marker("soak"):
                item.add_marker(pytest.mark.skip(reason="takes long: set FULL=1"))


@pytest.fixture(scope="session")
def chromium():
    """The browser's path. Without a browser, or what drives it, its tests are skipped, but never in CI."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    missing = [
        name
        for name, there in (
            (f"a browser ({', '.join(BROWSERS)})", found),
            ("Playwright", importlib.util.find_spec("playwright")),
        )
        if not there
    ]
    if missing:
        refuse = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        refuse(
            f"not found: {' and '.join(missing)}; so the explorers cannot be tried in a page"
        )
    return found


@pytest.fixture(scope="session")
def lab(tmp_path_factory, chromium):
    """The address of a JupyterLab whose folder `notebooks` is a copy of the lessons, and that folder."""
    home = tmp_path_factory.mktemp("lab")
    furnish(home)
    server, address = start(home)
    yield address, home / "notebooks"
    server.terminate()
    server.wait(20)


def furnish(home):
    """A copy of the lessons in `home`, notebooks of our own, and settings without pop-ups."""
    for name in ("notebooks", "images"):
        shutil.copytree(
            ROOT / name, home / name, ignore=shutil.ignore_patterns(".ipynb_checkpoints")
        )
    write_notebooks(home / "notebooks")
    news = home / "settings" / "@jupyterlab" / "apputils-extension"
    news.mkdir(parents=True)
    (news / "notification.jupyterlab-settings").write_text(QUIET)


def start(home):
    """The process of a JupyterLab for the folder `home`, once it answers, and its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        "--no-browser",
        "--allow-root",
        "--ip=127.0.0.1",
        f"--port={port}",
        f"--IdentityProvider.token={TOKEN}",
        "notebooks/00_start_here.ipynb",  # as README's first command
    ]
    folders = {
        f"JUPYTER{name}_DIR": str(home / name)
        for name in ("_CONFIG", "LAB_WORKSPACES", "_RUNTIME")
    }
    settings = {"JUPYTERLAB_SETTINGS_DIR": str(home / "settings"), **folders}
    with (home / "server.log").open("w") as log:
        server = subprocess.Popen(
            command, env={**os.environ, **settings}, stdout=log, stderr=log, cwd=home
        )
    address = f"http://127.0.0.1:{port}"
    for _ in range(600):
        try:
            urllib.request.urlopen(
                f"{address}/api/status?token={TOKEN}", timeout=5
            ).close()
            return server, address
        except OSError:
            assert server.poll() is None, (home / "server.log").read_text()
            time.sleep(0.25)
    server.kill()
    raise TimeoutError("JupyterLab did not start")


@pytest.fixture(scope="session")
def browser(chromium):
    """Chromium, without a window."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  # not there in every environment

    with sync_playwright() as api:
        running = api.chromium.launch(executable_path=chromium, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def offline(browser):
    """A function that opens a file with the network cut off; all that failed in its pages fails the test."""
    faults, contexts = [], []

    def opened(path, width=1440, height=900, **settings):
        size = {"width": width, "height": height}
        context = browser.new_context(viewport=size, offline=True, **settings)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(error.stack or str(error)))
        page.on("console", lambda said: said.type == "error" and faults.append(said.text))
        page.on("requestfailed", lambda request: faults.append(request.url))
        page.goto(path.as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not faults
