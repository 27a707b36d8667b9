"""JupyterLab as README's first command starts it, on a file, with the settings that a checkout brings."""

import json
from urllib.request import urlopen

from pages import ask, opened, serious

NOTIFICATIONS = "lab/api/settings/@jupyterlab/apputils-extension:notification"
LOADED = """() => [...document.querySelectorAll('.jp-MarkdownOutput img')].every(
  image => image.complete && image.naturalWidth)"""


def test_nobody_is_asked_about_news(lab):
    address, _ = lab
    with urlopen(f"{address}/{NOTIFICATIONS}?token=lessons", timeout=30) as answer:
        properties = json.load(answer)["schema"]["properties"]
    assert properties["fetchNews"]["default"] == "false"
    assert properties["checkForUpdates"]["default"] is False


def test_the_page_of_symbols_opens_as_a_page(lab, browser):
    with opened(browser, lab[0], "00_start_here.ipynb") as (page, errors):
        page.get_by_role("link", name="symbols and words").first.click()
        shown = page.locator(".jp-MarkdownViewer")
        shown.get_by_role("heading", name="Symbols and words").wait_for(timeout=30_000)
        shown.locator("table mjx-container").first.wait_for(timeout=30_000)
        assert not serious(errors)


def test_pictures_beside_the_folder_of_the_lessons_are_shown(lab, browser):
    address, name = lab[0], "14_regression_test.ipynb"
    with opened(browser, address, name) as (page, errors):
        page.locator(".jp-MarkdownOutput img[src*=images]").first.wait_for(timeout=60_000)
        page.wait_for_function(LOADED, timeout=30_000)
        assert not serious(errors)


def test_links_to_the_code_lead_to_files(lab):
    address, folder = lab
    (folder.parent / "beside.py").touch()
    assert ask(address, "contents/beside.py?content=0")["type"] == "file"
