"""Every explorer in one page of a real JupyterLab: moved by keyboard, seen to train, measured, and looked over.

Latencies are printed, and held against a bound that only something broken can miss: how long a move takes on a machine
that does other things as well is no property of the code.
"""

import itertools
import re

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from compared import compare, rebuilt
from frames import FEWEST, RECORD, TAKE, judge
from layouts import FONTS, LEAVES, SPILLED
from notebooks_of_our_own import CALLS, EVERY
from pages import WATCH, in_view, opened, press, run_all, see, serious, toggle

from dnn_lessons.classroom.figures.looks import DARK_PAPER, LEAST_CONTRAST, contrast

MOVES = 24  # of each explorer, enough for a median and a 95th percentile
BROKEN = 2000  # milliseconds: a move that takes longer is not an answer
TABLE = {}
pytestmark = pytest.mark.xdist_group("explorers")  # one worker: they share a page
every_explorer = pytest.mark.parametrize("call", CALLS)


@pytest.fixture(scope="module")
def whole(lab, browser):
    """The page with all explorers, and its errors."""
    with opened(
        browser, lab[0], EVERY, allowed=("clipboard-read", "clipboard-write")
    ) as (page, errors):
        run_all(page, len(CALLS))
        yield page, errors


@pytest.fixture
def found(whole):
    """What finds the explorer of a call, set back to its start, in view."""
    page, errors = whole
    page.set_viewport_size({"width": 1280, "height": 800})

    def find(call):
        section = page.locator(".dnn-explorer").nth(CALLS.index(call))
        in_view(section).evaluate(WATCH)
        if see(section)["code"] != call:
            section.locator("button[data-command='reset']").click()
            section.locator(f".dnn-code code:text-is('{call}')").wait_for()
        return section

    yield find
    assert not serious(errors)
    errors.clear()


# ---------------------------------------------------------------------------------------------- moves


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


def move_all(page, section):
    """Move each control there and back, MOVES times or more in all, and compare; the milliseconds of each move."""
    taken, controls = [], section.locator(".dnn-inputs :is(input, select):visible").all()
    for control in controls:
        turns = MOVES // len(controls) // 2 * 2 + 2
        for count, key in enumerate(itertools.islice(keys_for(control), turns)):
            before = control.input_value()
            taken.append(press(page, control, key))
            assert control.input_value() != before
            if count == 0:
                assert control.evaluate("each => each === document.activeElement")
                stop(section)
                compare(section)
    return taken


def stop(section):
    """Pause a run that plays; one that ends meanwhile stays where it ended."""
    if section.locator("button[data-command='toggle']").count():
        toggle(section, "Pause")


@every_explorer
def test_every_control_answers(found, call):
    section = found(call)
    compare(section)
    taken = move_all(section.page, section)
    TABLE[call] = taken
    assert np.median(taken) < BROKEN
    section.locator("button[data-command='reset']").click()
    section.locator(f".dnn-code code:text-is('{call}')").wait_for()
    compare(section)


def test_the_latencies_as_a_table(capsys):
    """Not a test of speed (see above): what was measured is printed for the reader of the log."""
    lines = [
        f"{name:45} {np.median(taken):6.0f} {np.percentile(taken, 95):5.0f}"
        for name, taken in TABLE.items()
    ]
    with capsys.disabled():
        head = f"{'ms from key to picture':45} {'median':>6} {'p95':>5}"
        print("\n".join(["", head, *lines]))  # noqa: T201


# ---------------------------------------------------------------------------------------------- a run that plays

TRAINING = [call for call in CALLS if rebuilt(call).runs]


def watched(section, seconds=8):
    """What is seen of a run that plays until it has been seen often enough, or for so many seconds."""
    section.page.wait_for_function(
        """([frames, end]) => performance.now() > end
        || new Set(window.frames_seen.filter(({ playing }) => playing).map(({ words }) => words)).size > frames""",
        arg=[FEWEST + 2, section.page.evaluate("performance.now()") + 1000 * seconds],
    )
    return section.evaluate(TAKE)


@pytest.mark.parametrize("call", TRAINING)
def test_the_curve_is_seen_to_grow_as_the_words_say(found, call):
    section = found(call)
    section.evaluate(RECORD)
    toggle(section, "Play")
    judge(watched(section))
    stop(section)


@pytest.mark.parametrize("call", TRAINING)
def test_at_once_a_long_run_is_thinned_and_as_true(found, call):
    section = found(call)
    if not section.locator("input[data-name='num_epochs']").count():
        pytest.skip("its runs have one length")
    section.locator("input[data-name='num_epochs']").press("End")
    section.locator("select[data-name='pace']").select_option(label="at once")
    section.evaluate(RECORD)
    judge(watched(section))
    stop(section)
    section.locator("select[data-name='pace']").select_option(index=0)


# ---------------------------------------------------------------------------------------------- keyboard

REACHED = """section => {
  const node = document.activeElement;
  if (!section.contains(node)) return null;
  return node.dataset.name ?? node.dataset.command ?? node.dataset.part ?? node.className;
}"""
REACHABLE = """section => [...section.querySelectorAll('input, select, button, [tabindex="0"]')]
  .filter(node => node.checkVisibility())
  .map(node => node.dataset.name ?? node.dataset.command ?? node.dataset.part ?? node.className)"""
ANSWERED = "section => section.getAttribute('aria-busy') === 'false'"
HANDLES = """section => [...section.querySelectorAll('.dnn-handle')].map(handle => {
  const { x, y, width, height } = handle.getBoundingClientRect();
  return [x + width / 2, y + height / 2];
})"""


@every_explorer
def test_the_tab_key_reaches_each_control_part_and_handle_in_order(found, call):
    section = found(call)
    expected = section.evaluate(REACHABLE)
    section.locator(":is(input, select):visible").first.focus()
    reached = []
    while (
        len(reached) <= len(expected) and (name := section.evaluate(REACHED)) is not None
    ):
        reached.append(name)
        section.page.keyboard.press("Tab")
    assert reached == expected


@every_explorer
def test_the_arrow_keys_move_a_handle_and_it_keeps_the_focus(found, call):
    section = found(call)
    handles = section.locator(".dnn-handle")
    for index in range(handles.count()):
        moved = set()
        for key in ("ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"):
            was = see(section)["code"]
            press(section.page, handles.nth(index), key)
            stop(section)
            assert handles.nth(index).evaluate("each => each === document.activeElement")
            moved |= {see(section)["code"]} - {was}
        assert moved


@every_explorer
def test_a_handle_is_dragged_with_the_mouse_and_the_controls_follow(found, call):
    section = found(call)
    for index in range(section.locator(".dnn-handle").count()):
        section.locator(".dnn-handle").nth(index).scroll_into_view_if_needed()
        codes = [
            drag(section, index, way) for way in (-1, 1)
        ]  # one of them may have no room
        assert len({call, *codes}) > 1, f"handle {index}"


def drag(section, index, way):
    """Drag a handle to the left and down, or to the right and up; the line of code after that."""
    (x, y), mouse = section.evaluate(HANDLES)[index], section.page.mouse
    mouse.move(x, y)
    mouse.down()
    for share in np.linspace(0, 1, 8):
        mouse.move(x + 60 * way * share, y - 30 * way * share)
    mouse.up()
    section.page.wait_for_function(ANSWERED, arg=section.element_handle())
    stop(section)
    shown = see(section)
    assert not shown["failed"], shown["words"]
    return shown["code"]


@pytest.mark.parametrize("call", TRAINING)
def test_buttons_are_pressed_by_enter_and_by_space(found, call):
    section = found(call)
    button = section.locator("button[data-command='toggle']")
    for key, label in (("Enter", "Pause"), ("Space", "Play")):
        button.press(key)
        button.filter(has_text=label).wait_for(state="attached")
        assert button.evaluate("each => each === document.activeElement")


# ---------------------------------------------------------------------------------------------- what it looks like


def names(section):
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
    words, title = section.locator(".dnn-words"), section.get_attribute("aria-label")
    assert picture.get_attribute("role") == "group"
    assert picture.get_attribute("aria-label") == f"{title}. {words.text_content()}"
    assert words.get_attribute("role") == "status"


def barriers(page):
    """What axe-core finds in the explorers that keeps people out."""
    found = Axe().run(page, ".dnn-explorer").response["violations"]
    return [
        (each["help"], each["nodes"][0]["html"])
        for each in found
        if each["impact"] in ("serious", "critical")
    ]


@every_explorer
def test_everything_has_a_name(found, call):
    names(found(call))


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_nothing_keeps_people_out(whole, dark):
    page, errors = whole
    page.set_viewport_size({"width": 1280, "height": 800})
    theme(page, dark)
    try:
        assert not barriers(page)
        assert page.locator(
            f"body[data-jp-theme-light='{str(not dark).lower()}']"
        ).count()
    finally:
        theme(page, False)
    assert not serious(errors)


def theme(page, dark):
    """The theme that a reader chooses in the menu."""
    if page.locator("body[data-jp-theme-light='false']").count() == dark:
        return
    page.locator(".lm-MenuBar-itemLabel", has_text="Settings").click()
    page.locator(".lm-Menu-itemLabel", has_text="Theme").first.hover()
    name = f"JupyterLab {'Dark' if dark else 'Light'}"
    page.locator(".lm-Menu-itemLabel", has_text=name).first.click()
    page.locator(f"body[data-jp-theme-light='{str(not dark).lower()}']").wait_for(
        state="attached"
    )
    page.wait_for_timeout(1000)


GROUND = "each => getComputedStyle(each).backgroundColor"
TEXTS = """section => {
  const kinds = 'svg text, svg tspan, label, output, figcaption, .dnn-key, .dnn-words, code';
  return [...section.querySelectorAll(kinds)]
    .filter((node) => node.checkVisibility() && node.textContent.trim())
    .map((node) => [getComputedStyle(node)[node.closest('svg') ? 'fill' : 'color'], node.textContent]);
}"""


def test_words_are_read_on_a_dark_page(whole, found):
    page, _ = whole
    theme(page, True)
    try:
        pale = {call: pale_words(found(call)) for call in CALLS}
        assert not any(pale.values()), pale
    finally:
        theme(page, False)


def pale_words(section):
    """The words of an explorer whose colour is too near to that of a dark page."""
    ground = hexadecimal(section.evaluate(GROUND))
    assert ground == DARK_PAPER
    return [
        (text, colour)
        for colour, text in section.evaluate(TEXTS)
        if contrast(hexadecimal(colour), ground) < LEAST_CONTRAST
    ]


def hexadecimal(colour):
    """A computed colour "rgb(1, 2, 3)" as "#010203"."""
    return "#" + "".join(f"{int(part):02X}" for part in re.findall(r"\d+", colour)[:3])


# ---------------------------------------------------------------------------------------------- notes


@every_explorer
def test_each_part_shows_its_note_to_mouse_and_keyboard(found, call):
    section = found(call)
    notes = section.locator(".dnn-note")
    expected = rebuilt(call).drawn.notes
    assert notes.is_visible() == bool(expected)
    for part, text in expected.items():
        each = section.locator(f".dnn-part[data-part='{part}']").first
        assert each.get_attribute("aria-label") == text
        each.locator("path, text, image").first.dispatch_event(
            "mouseover", {"bubbles": True}
        )
        assert notes.text_content() == text
        each.focus()
        assert notes.text_content() == text
        section.locator(".dnn-picture").dispatch_event("mouseleave")
        assert notes.text_content() == text


@every_explorer
def test_a_note_and_the_focus_stay_while_a_control_moves(found, call):
    section = found(call)
    expected = rebuilt(call).drawn.notes
    if not expected:
        pytest.skip("no part has a note")
    part = next(iter(expected))
    section.locator(f".dnn-part[data-part='{part}']").first.focus()
    section.locator(".dnn-inputs :is(input, select):visible").first.evaluate(
        "each => { each.value = each.value === '0' ? 1 : 0; each.dispatchEvent(new Event('input')); }"
    )
    section.page.wait_for_function(ANSWERED, arg=section.element_handle())
    section.page.wait_for_timeout(100)
    now = rebuilt(see(section)["code"]).drawn.notes
    assert see(section)["code"] != call
    assert section.locator(".dnn-note").text_content() == now.get(
        part, section.locator(".dnn-note").text_content()
    )
    assert section.evaluate(REACHED) == part or part not in now


# ---------------------------------------------------------------------------------------------- sizes


def fits(section):
    """Nothing of an explorer is cut off or lies beside it."""
    assert not section.evaluate(SPILLED)
    assert not section.evaluate(LEAVES)


@every_explorer
def test_it_fits_a_laptop(found, call):
    section = found(call)
    fits(section)
    assert section.bounding_box()["height"] <= 620
    smallest = min(section.evaluate(FONTS), key=lambda pair: pair[0])
    assert smallest[0] >= 11, smallest


@every_explorer
def test_it_fits_a_phone(found, call):
    section = found(call)
    phone(section.page, True)
    try:
        section.scroll_into_view_if_needed()
        section.page.wait_for_timeout(150)
        fits(section)
    finally:
        phone(section.page, False)


def phone(page, on):
    """A screen of 400 pixels, whose side bar is closed."""
    page.set_viewport_size({"width": 400 if on else 1280, "height": 800})
    if page.locator(".jp-SideBar.jp-mod-left .lm-mod-current").count() == on:
        page.keyboard.press("Control+b")


@every_explorer
def test_it_uses_a_projector(found, call):
    section = found(call)
    page = section.page
    page.set_viewport_size({"width": 1920, "height": 1080})
    section.scroll_into_view_if_needed()
    page.wait_for_timeout(150)
    room = section.evaluate("each => each.closest('.jp-OutputArea-output').clientWidth")
    drawn = section.locator(".dnn-picture").evaluate(
        """each => { const boxes = [...each.querySelectorAll('figure > svg')].map(svg => svg.getBoundingClientRect());
        return Math.max(...boxes.map(box => box.right)) - Math.min(...boxes.map(box => box.left)); }"""
    )
    assert drawn >= 0.85 * room
    fits(section)
    letters = [pair for pair in section.evaluate(FONTS) if pair[0] < 15]
    assert not letters


# ---------------------------------------------------------------------------------------------- copies


@every_explorer
def test_the_code_is_copied(found, call):
    section = found(call)
    copy = section.locator(".dnn-copy")
    copy.click()
    copy.filter(has_text="Copied").wait_for()
    assert section.page.evaluate("navigator.clipboard.readText()") == call
