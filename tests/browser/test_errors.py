"""An error in the page's script, in each explorer: its reader reads why, the console has it, the next move is shown."""

import pytest
from amounts import FULL
from explorer_cases import CALLS, build
from stand_in import stand_in, state

from dnn_lessons.classroom.explorers import Explorer

SEEN = "The page could not show this. Move a control to try again. The browser says:"
PLACES = {  # functions of the script, and the line before which an error is thrown
    "drawing": "  const { panel } = drawn;\n",
    "words around a panel": "  drawn.panel = panel;\n",
    "a mark": "  const drawn = found(KINDS[mark.kind], `kind of mark ${mark.kind}`)(mark, view);\n",
    "notes": "    notes = now;\n",
    "update": '    if (fresh("controls")) makeRows();\n',
    "controls": '  const output = element("output", { for: id });\n',
}
THROW = "if (window.planted) throw new Error('planted');"
every_explorer = pytest.mark.parametrize("call", CALLS)


def chosen():
    """Each explorer with one place, in turn; with FULL=1, with each."""
    names = list(PLACES)
    return [
        (call, name)
        for i, call in enumerate(CALLS)
        for name in (names if FULL else names[i % len(names) :][:1])
    ]


def words(page):
    """The words of the explorer, and whether they are an error."""
    return page.locator(".dnn-words").text_content(), page.locator(".dnn-failed").count()


def quick(call, monkeypatch):
    """The explorer, whose runs wait."""
    monkeypatch.setattr(Explorer, "patience", 0.0)
    return build(call)


def moved(explorer):
    """What the kernel sends after the first control was moved, with controls that the page makes anew."""
    control = explorer.controls[0]
    explorer.set(
        **{
            control.name: next(
                v for v in control.values if v != explorer.values[control.name]
            )
        }
    )
    return state(explorer)


def judge(page, explorer, errors, message):
    """The words say that the page is to blame and why, and the console has one error or more."""
    text, failed = words(page)
    assert failed
    assert text == f"{SEEN} {message}"
    assert errors
    assert all(message in error for error in errors)
    errors.clear()


def recovers(page, explorer, errors):
    """The next change is shown in words and picture."""
    page.evaluate("changes => tell(changes)", moved(explorer))
    assert words(page) == (explorer.words, 0)
    assert page.locator("figure.dnn-panel").count() == len(explorer.drawn.panels)
    assert page.locator("figure.dnn-panel > svg[data-box]").count() == len(
        explorer.drawn.panels
    )
    assert not errors


@pytest.mark.parametrize(("call", "name"), chosen())
def test_an_error_in_the_script_is_read_and_the_next_change_is_shown(
    browser, call, name, monkeypatch
):
    explorer, line = quick(call, monkeypatch), PLACES[name]
    with stand_in(browser, explorer, (line, THROW + line)) as (page, errors):
        assert words(page) == (explorer.words, 0)
        page.evaluate("window.planted = true")
        page.evaluate("changes => tell(changes)", moved(explorer))
        judge(page, explorer, errors, "planted")
        page.evaluate("window.planted = false")
        recovers(page, explorer, errors)


@every_explorer
def test_a_mark_that_the_page_does_not_know_is_named(browser, call, monkeypatch):
    explorer = quick(call, monkeypatch)
    with stand_in(browser, explorer) as (page, errors):
        sent = moved(explorer)
        sent["picture"]["panels"][0]["marks"][0] = {"kind": "planted"}
        page.evaluate("changes => tell(changes)", sent)
        judge(page, explorer, errors, "The explorer has no kind of mark planted.")
        recovers(page, explorer, errors)


@every_explorer
def test_an_error_while_a_move_is_sent_is_read(browser, call, monkeypatch):
    explorer = quick(call, monkeypatch)
    line = '    model.set("request", [command, model.get("request")[1] + 1]);\n'
    with stand_in(browser, explorer, (line, THROW + line)) as (page, errors):
        page.evaluate("window.planted = true")
        for control in page.locator(":is(input, select):visible").all():
            control.dispatch_event("input")
            if control.get_attribute("data-name") != "pace":
                judge(page, explorer, errors, "planted")
        for button in page.locator("button[data-command]:visible").all():
            button.click()
            judge(page, explorer, errors, "planted")
        for handle in page.locator(".dnn-handle").all():
            handle.press("ArrowRight")
            judge(page, explorer, errors, "planted")
        page.evaluate("window.planted = false")
        recovers(page, explorer, errors)
