"""Lessons in a real JupyterLab: all cells run, and its explorers stand there, with a kernel and without one."""

import json
import re
import shutil

import numpy as np
import pytest
from amounts import FULL
from notebooks_of_our_own import TWO
from pages import ask, in_view, kernels_of, opened, run_all, see, serious

from tools.lessons import NOTEBOOKS

SAMPLE = ("00", "06", "09", "12", "14", "15")  # all of them with FULL=1
NAMES = [path.name for path in NOTEBOOKS if FULL or path.name.startswith(SAMPLE)]
EXPLORER = re.compile(r"^\w+_explorer\([^)]*\)", re.MULTILINE)
DELIVERED = "10_gradient_descent.ipynb"  # looked at before anything is run
WITHOUT = ("15_how_frameworks_get_fast.ipynb",)  # the lesson beyond the document


def explorer_cells(path):
    """The lines of code in a saved lesson that show an explorer, not its still picture."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    return [found.group(0) for source in sources if (found := EXPLORER.search(source))]


@pytest.mark.parametrize("name", NAMES)
def test_a_lesson_runs_and_its_explorers_are_there(lab, browser, name):
    address, folder = lab
    expected = explorer_cells(folder / name)
    assert expected or name in WITHOUT
    with opened(browser, address, name) as (page, errors):
        run_all(page, len(expected))
        sections = page.locator(".dnn-explorer")
        assert sections.count() == len(expected)
        for section, code in zip(sections.all(), expected, strict=True):
            assert see(in_view(section))["code"] == code.replace('"', "'")
        assert not page.locator(STDERR).count()
        assert not serious(errors)


STDERR = ".jp-RenderedText[data-mime-type='application/vnd.jupyter.stderr']"
HINT = "Run this cell, and the picture can be moved."
NO_VIEW = re.compile("Error displaying widget|Loading widget")


def says_what_to_do(page, explorers):
    """The pictures are there, each explorer's line is seen, and nothing of JupyterLab's own about widgets."""
    hints = page.locator(".dnn-hint", has_text=HINT)
    hints.nth(explorers - 1).wait_for(state="attached", timeout=30_000)
    assert page.locator(".jp-RenderedImage img").count()
    for hint in hints.all():
        hint.scroll_into_view_if_needed()
        assert hint.is_visible()
    assert not any(each.is_visible() for each in page.get_by_text(NO_VIEW).all())


@pytest.mark.parametrize("kernel", [True, False])
def test_a_lesson_as_it_is_delivered_shows_its_pictures_and_what_to_do(
    lab, browser, kernel
):
    address, _ = lab
    with opened(browser, address, DELIVERED, kernel=kernel) as (page, errors):
        says_what_to_do(page, 2)
        assert not (kernel and serious(errors))


@pytest.fixture(scope="module")
def saved(lab, browser):
    """The name of a notebook that was run, saved and closed, and whose kernel was shut down."""
    (address, folder), name = lab, "saved.ipynb"
    shutil.copy(folder / TWO, folder / name)
    with opened(browser, address, name) as (page, _):
        run_all(page, 2)
        assert not any(hint.is_visible() for hint in page.locator(".dnn-hint").all())
        page.keyboard.press("Control+s")
        for _ in range(60):
            page.wait_for_timeout(500)
            if "widget-view+json" in (folder / name).read_text(encoding="utf-8"):
                break
    for session in kernels_of(address, name):
        ask(address, f"sessions/{session}", "DELETE")
    return name


@pytest.mark.xdist_group("saved")
@pytest.mark.parametrize("kernel", [True, False])
def test_a_lesson_that_was_run_saved_and_opened_again_says_what_to_do(
    lab, browser, saved, kernel
):
    with opened(browser, lab[0], saved, kernel=kernel) as (page, _):
        page.get_by_text(NO_VIEW).nth(1).wait_for(
            state="attached", timeout=30_000
        )  # hidden, yet there
        says_what_to_do(page, 2)
        page.wait_for_timeout(
            5000
        )  # JupyterLab gives up the search for a widget after two seconds
        says_what_to_do(page, 2)
        if kernel:
            run_all(page, 2)
            assert not any(hint.is_visible() for hint in page.locator(".dnn-hint").all())


def test_a_kernel_that_is_started_anew_in_mid_drag_leaves_the_picture_and_no_error(
    lab, browser
):
    address, _ = lab
    # The screen is so low that the words are below it.
    with opened(browser, address, TWO, size=(1280, 480)) as (page, _):
        run_all(page, 2)
        section = page.locator(".dnn-explorer").first
        control = section.locator("input[type='range']").first
        control.hover()  # waits until it stands still
        box, (kernel,) = control.bounding_box(), kernels_of(address, TWO).values()
        before = control.input_value()
        drag(page, box, 0.3, 0.5)
        assert control.input_value() != before
        ask(address, f"kernels/{kernel}/restart", "POST")
        drag(page, box, 0.5, 0.8)
        page.mouse.up()
        silent = section.locator(".dnn-failed", has_text="run this cell again")
        silent.wait_for(timeout=30_000)
        place = silent.bounding_box()
        assert 0 <= place["y"] <= place["y"] + place["height"] <= 480, "below the fold"
        assert section.locator(".dnn-picture svg").count()
        assert page.locator(".jp-RenderedImage img").count()
        assert not any(each.is_visible() for each in page.get_by_text(NO_VIEW).all())
        run_all(page, 2)
        assert not page.get_by_text("run this cell again").count()


def drag(page, box, start, end):
    """With the mouse held down, from one share of a slider's width to another."""
    for share in np.linspace(start, end, 10):
        page.mouse.move(box["x"] + share * box["width"], box["y"] + box["height"] / 2)
        page.mouse.down()
