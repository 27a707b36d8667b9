"""Every lesson in a real JupyterLab: all cells run, every control moved by keyboard, picture and words compared.

Latencies are printed, and held against a bound that only something broken can miss: how long a move takes on a machine
that does other things as well is no property of the code.
"""

import itertools
import json
import os
import re
import shutil
import time

import numpy as np
import psutil
import pytest
from axe_playwright_python.sync_playwright import Axe
from pages import WATCH, ask, kernels_of, opened, paths_of, press, run_all, serious, shown

from dnn_lessons.classroom import explorers
from dnn_lessons.classroom.explorers.training_runs import curve_network
from tools.lessons import NOTEBOOKS

MOVES = 24  # of each explorer, enough for a median and a 95th percentile
BROKEN = 2000  # milliseconds: a move that takes longer is not an answer
NAMES = [path.name for path in NOTEBOOKS]
TIMES = re.compile(r"; [\d,]+ epochs per second")
EXPLORER = re.compile(r"^\w+_explorer\([^)]*\)", re.MULTILINE)
TABLE = {}
WITHOUT = ("15_how_frameworks_get_fast.ipynb",)  # the lesson beyond the document


def explorer_cells(path):
    """The code cells of a saved lesson that show an explorer, not its still picture."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [
        cell
        for cell in cells
        if cell["cell_type"] == "code" and EXPLORER.search("".join(cell["source"]))
    ]


def rebuilt(code):
    """The explorer that the page's line of code makes."""
    return eval(code, vars(explorers).copy())


def keys_for(control):
    """The arrow keys that move a control from where it starts and back, in turn."""
    tag = control.evaluate("each => each.tagName")
    last = control.evaluate(
        "each => each.options ? each.options.length - 1 : Number(each.max)"
    )
    there, back = (
        ("ArrowDown", "ArrowUp") if tag == "SELECT" else ("ArrowRight", "ArrowLeft")
    )
    return itertools.cycle(
        [back, there] if int(control.input_value()) == last else [there, back]
    )


def accessible(section):
    """Every input has a label that is seen, the picture a role and a text, the words are announced."""
    for control in section.locator("input, select").all():
        label = section.page.locator(f"label[for='{control.get_attribute('id')}']")
        assert label.count() == 1
        assert label.text_content().strip()
        assert (
            control.get_attribute("aria-valuetext")
            or control.evaluate("each => each.tagName") == "SELECT"
        )
    assert all(button.text_content() for button in section.locator("button").all())
    picture = section.locator(".dnn-picture")
    assert picture.get_attribute("role") == "img"
    words, title = section.locator(".dnn-words"), section.get_attribute("aria-label")
    assert picture.get_attribute("aria-label") == f"{title}. {words.text_content()}"
    assert words.get_attribute("role") == "status"


def barriers(page):
    """What axe-core finds in the explorers that keeps people out."""
    found = Axe().run(page, "section.dnn-explorer").response["violations"]
    return [
        (each["help"], each["nodes"][0]["html"])
        for each in found
        if each["impact"] in ("serious", "critical")
    ]


def compare(section):
    """Picture and words are those of the explorer that is computed here, without a kernel."""
    words, state, paths = shown(section)
    here = rebuilt(state)
    if here.runs:
        return compare_run(here, words)
    assert words == here.words
    assert [re.sub(r"\s+", " ", path) for path in paths] == paths_of(here.picture)


def compare_run(here, words):
    """As many epochs, trained here, lead to the same words."""
    epoch = int(re.search(r"[Ee]poch ([\d,]+) of", words).group(1).replace(",", ""))
    run = here.compute(**here.values)
    for _ in itertools.islice(run.rounds, epoch):
        pass
    assert TIMES.sub("", words) == TIMES.sub("", here.say(run.state()))


def move_all(page, section):
    """Move each control there and back, MOVES times or more in all, and compare; the milliseconds of each move."""
    taken, controls = [], section.locator("input, select").all()
    for control in controls:
        for count, key in enumerate(
            itertools.islice(keys_for(control), MOVES // len(controls) // 2 * 2 + 2)
        ):
            before = control.input_value()
            taken.append(press(page, section, control, key))
            assert control.input_value() != before
            if count == 0:
                assert control.evaluate("each => each === document.activeElement")
                assert not section.locator(".dnn-failed").count(), section.locator(
                    ".dnn-words"
                ).text_content()
                stop(section)
                compare(section)
    return taken


def stop(section):
    """Pause a run that plays; one that ends meanwhile stays where it ended."""
    toggle = section.locator("button[data-command='toggle']")
    if toggle.count():
        toggle.evaluate("each => each.textContent === 'Pause' && each.click()")
        toggle.filter(has_text="Play").wait_for(state="attached")


@pytest.mark.parametrize("name", NAMES)
def test_every_control_answers_in_the_page(lab, browser, name):
    address, folder = lab
    expected = len(explorer_cells(folder / name))
    tagged = (folder / name).read_text(encoding="utf-8").count('"explorer"\n')
    assert expected == tagged > 0 or name in WITHOUT, "a picture without its explorer"
    with opened(browser, address, name) as (page, errors):
        run_all(page, expected)
        sections = page.locator("section.dnn-explorer")
        assert sections.count() == expected
        for index in range(expected):
            section = sections.nth(index)
            section.scroll_into_view_if_needed()
            section.evaluate(WATCH)
            accessible(section)
            compare(section)
            taken = move_all(page, section)
            TABLE[f"{name[:2]} {section.get_attribute('aria-label')}"] = taken
            assert np.median(taken) < BROKEN
            section.locator("button[data-command='reset']").click()
            page.wait_for_function(
                "code => [...document.querySelectorAll('.dnn-code code')].some("
                "each => each.textContent === code)",
                arg=first_state(folder / name, index),
            )
        assert not (expected and barriers(page))
        assert not page.locator(
            ".jp-RenderedText[data-mime-type='application/vnd.jupyter.stderr']"
        ).count()
        assert not serious(errors)


def first_state(path, index):
    """The line of code in the lesson's cell."""
    source = "".join(explorer_cells(path)[index]["source"])
    return EXPLORER.search(source).group(0).replace('"', "'")


def test_the_latencies_as_a_table(capsys):
    """Not a test of speed (see above): what was measured is printed for the reader of the log."""
    lines = [
        f"{name:45} {np.median(taken):5.0f} {np.percentile(taken, 95):5.0f}"
        for name, taken in TABLE.items()
    ]
    with capsys.disabled():
        head = f"{'ms from key to picture':45} {'median':>5} {'p95':>5}"
        print("\n".join(["", head, *lines]))  # noqa: T201


HINT = "run this cell, and the picture above moves here"
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
    with opened(browser, address, NAMES[10], kernel=kernel) as (page, errors):
        says_what_to_do(page, 2)
        assert not (kernel and serious(errors))


@pytest.fixture(scope="module")
def saved(lab, browser):
    """The name of a copy of lesson 10 that was run, saved and closed, and whose kernel was shut down."""
    (address, folder), name = lab, "saved.ipynb"
    shutil.copy(folder / NAMES[10], folder / name)
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
    with opened(browser, address, NAMES[10]) as (page, _):
        run_all(page, 2)
        section = page.locator("section.dnn-explorer").first
        control = section.locator("input[type='range']").first
        control.hover()  # waits until it stands still
        box, (kernel,), before = (
            control.bounding_box(),
            kernels_of(address, NAMES[10]).values(),
            control.input_value(),
        )
        drag(page, box, 0.3, 0.5)
        assert control.input_value() != before
        ask(address, f"kernels/{kernel}/restart", "POST")
        drag(page, box, 0.5, 0.8)
        page.mouse.up()
        section.get_by_text("run this cell again").wait_for(timeout=30_000)
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


@pytest.mark.soak
@pytest.mark.parametrize("slow", [False, True], ids=["fast", "slow"])
def test_a_thousand_moves(lab, browser, slow):
    """The last value is shown, one move waits at most, neither the kernel nor the page grows."""
    address, _ = lab
    with opened(browser, address, "10_gradient_descent.ipynb") as (page, errors):
        run_all(page, 1)
        section = page.locator("section.dnn-explorer").first
        section.evaluate(WATCH)
        control = section.locator("input[data-name='learning_rate']")
        kernel = max(
            (
                each
                for each in psutil.Process(os.getpid()).children(recursive=True)
                if "ipykernel_launcher" in " ".join(each.cmdline())
            ),
            key=lambda each: each.create_time(),
        )
        memory = page.context.new_cdp_session(page)
        memory.send("Performance.enable")
        sizes = {}
        for count in range(1, 1001):
            key = "ArrowLeft" if (count // 50) % 2 else "ArrowRight"
            if slow:
                press(page, section, control, key)
            else:
                control.press(key)
            if count in (200, 1000):
                page.wait_for_timeout(2000)
                memory.send("HeapProfiler.collectGarbage")
                metrics = {
                    each["name"]: each["value"]
                    for each in memory.send("Performance.getMetrics")["metrics"]
                }
                sizes[count] = np.array(
                    [kernel.memory_info().rss, metrics["JSHeapUsedSize"]]
                )
        compare(section)
        assert rebuilt(shown(section)[1]).indices[1] == int(control.input_value())
        growth = sizes[1000] / sizes[200] - 1
        kernel_grew, page_grew = (f"{each:.1%}" for each in growth)
        print(f"moves 200 to 1,000: kernel {kernel_grew}, page {page_grew}")  # noqa: T201
        assert max(growth) < 0.05
        assert not serious(errors)


LIVE = """section => new Promise(resolve => {
  const words = section.querySelector('.dnn-words');
  const epoch = () => Number(/Epoch ([\\d,]+)/.exec(words.textContent)[1].replace(',', ''));
  const [first, start] = [epoch(), performance.now()];
  let pictures = 0;
  new MutationObserver(() => { pictures += 1; }).observe(section.querySelector('#fit path'), { attributes: true });
  setTimeout(() => {
    const seconds = (performance.now() - start) / 1000;
    resolve([pictures / seconds, (epoch() - first) / seconds]);
  }, 3000);
})"""


def alone(seconds=2):
    """Epochs per second of the training that the page shows, in this process and without pictures."""
    _, _, run = curve_network(learning_rate=0.1, num_epochs=10**6)
    end = time.perf_counter() + seconds
    return (
        sum(1 for _ in itertools.takewhile(lambda _: time.perf_counter() < end, run))
        / seconds
    )


def test_the_live_training_draws_ten_pictures_a_second_without_losing_a_fifth_of_its_speed(
    lab, browser
):
    """Counted in the page, between two trainings without one; printed, since another process may take the machine."""
    address, _ = lab
    with opened(browser, address, "12_training.ipynb") as (page, _):
        run_all(page, 1)
        section = page.locator("section.dnn-explorer").first
        before = alone()
        section.locator("input[data-name='num_epochs']").press("End")
        page.wait_for_timeout(500)
        pictures, speed = section.evaluate(LIVE)
        stop(section)
        share = speed / np.mean([before, alone()])
    assert pictures > 3
    assert share > 0.3
    live = f"{pictures:.1f} pictures and {speed:.0f} epochs per second"
    print(f"{live}, {share:.0%} of the speed alone")  # noqa: T201


def annotated(page, explorers):
    """The first explorer of a lesson once it has run, its parts that have a note, and what it computes here."""
    run_all(page, explorers)
    section = page.locator("section.dnn-explorer").first
    section.scroll_into_view_if_needed()
    section.evaluate(WATCH)
    return section, section.locator(".dnn-parts > *"), rebuilt(shown(section)[1])


def at(section, gid):
    """A part by its name."""
    return section.locator(f".dnn-parts > [data-part='{gid}']")


def drawn(section, gid):
    """What is drawn of a part; the frame over it takes the pointer, so point and click by force."""
    return section.locator(f".dnn-picture [id='{gid}']")


def test_pointing_at_a_part_shows_its_note_and_a_click_keeps_it(lab, browser):
    address, _ = lab
    with opened(browser, address, NAMES[1]) as (page, errors):
        section, _, here = annotated(page, 1)
        note = section.locator(".dnn-note")
        hint, height = note.inner_text(), section.bounding_box()["height"]
        for gid, text in here.notes.items():
            drawn(section, gid).hover(force=True)
            assert note.inner_text() == text
        drawn(section, "weights2").click(force=True)
        page.mouse.move(0, 0)
        assert note.inner_text() == here.notes["weights2"] != hint
        assert section.bounding_box()["height"] == height
        assert not serious(errors)


def test_the_tab_key_goes_through_the_parts_in_order_and_a_moving_slider_moves_the_note(
    lab, browser
):
    address, _ = lab
    with opened(browser, address, NAMES[1]) as (page, errors):
        section, parts, here = annotated(page, 1)
        note = section.locator(".dnn-note")
        section.locator("button[data-command='reset']").focus()
        for gid, text in here.notes.items():
            page.keyboard.press("Tab")
            focused = page.locator(":focus")
            assert focused.get_attribute("data-part") == gid
            assert focused.get_attribute("aria-label") == note.inner_text() == text
            assert (
                focused.evaluate("each => getComputedStyle(each).outlineStyle") == "solid"
            )
            assert min(focused.bounding_box()[side] for side in ("width", "height")) >= 24
        at(section, "layer2").focus()
        press(page, section, section.locator("input[data-name='x1']"), "ArrowRight")
        assert note.inner_text() == here.set(x1=1.1).notes["layer2"]
        at(section, "weights1").focus()
        slide(page, section, "width", 5)
        assert note.inner_text() == here.set(width=6).notes["weights1"]
        assert page.locator(":focus").get_attribute("aria-label") == note.inner_text()
        slide(page, section, "hidden_layers", 0)
        assert parts.count() == len(here.set(hidden_layers=0).notes) == 3
        assert page.locator(":focus").get_attribute("data-part") == "weights1"
        assert not serious(errors)


def slide(page, section, name, index):
    """Move a slider as something else than the keyboard would, so that the focus stays where it is."""
    before = section.locator(".dnn-picture svg").element_handle()
    section.locator(f"input[data-name='{name}']").evaluate(
        "(each, index) => { each.value = index; each.dispatchEvent(new Event('input')); }",
        index,
    )
    page.wait_for_function("before => !before.isConnected", arg=before)


def test_the_parts_of_the_graph_grow_with_the_steps(lab, browser):
    address, _ = lab
    with opened(browser, address, NAMES[9]) as (page, errors):
        section, parts, here = annotated(page, 2)
        assert parts.evaluate_all("all => all.map(each => each.dataset.part)") == list(
            here.notes
        )
        drawn(section, "W2").hover(force=True)
        assert section.locator(".dnn-note").inner_text() == here.notes["W2"]
        slide(page, section, "step", 2)
        assert parts.evaluate_all(
            "all => all.map(each => each.getAttribute('aria-label'))"
        ) == list(here.set(step=3).notes.values())
        assert not page.locator(".dnn-note").nth(1).is_visible()
        assert not serious(errors)
