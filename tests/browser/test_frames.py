"""The judge of what is seen while a network trains: it passes what is true, and refuses each planted fault.

The explorer stands in a page without JupyterLab, where its code can be altered before it is loaded. The judge looks at
the explorers in JupyterLab in test_explorers.py.
"""

import pytest
from frames import RECORD, TAKE, ends_of, judge, told
from stand_in import film, stand_in, state

from dnn_lessons.classroom import explorers
from dnn_lessons.classroom.explorers import cost_panel


def short_training(**values):
    """A training that takes a moment."""
    return explorers.training_explorer(**{"num_epochs": 50, "batch_size": 64, **values})


@pytest.mark.parametrize("values", [{}, {"log": False}, {"num_epochs": 1000}])
def test_a_training_is_seen_to_be_what_the_words_say(browser, values):
    explorer = short_training(**values)
    with stand_in(browser, explorer) as (page, errors):
        judge(film(page, explorer))
        assert not errors


FAULTS = {  # in the page: what is replaced by what, and what the judge says
    "the line is drawn without a path": (
        'd="${through(points)}"/>${dots}',
        'd=""/>${dots}',
        "0 points",
    ),
    "the line is taken out": (
        "return `<path ${stroke(mark.look, mark.width)} d=",
        "return ``; `",
        "index",
    ),
    "the words stay as they were": (
        'say(model.get("words"), model.get("failed"));',
        'if (!words.textContent) say(model.get("words"), false);',
        "points",
    ),
    "the words are those of an earlier picture": (
        'say(model.get("words"), model.get("failed"));',
        'say(words.late ?? "", false); words.late = model.get("words");',
        "points",
    ),
    "the colour has another meaning": (
        "const colour = (look) => `var(--dnn-${look.colour})`;",
        "const colour = (look) => `var(--dnn-held-out)`;",
        "colour",
    ),
    "the panel stands still": (
        "drawn.view = view;",
        "if (drawn.view) return; drawn.view = view;",
        "points",
    ),
    "the picture is one message late": (
        'draw(model.get("picture"));',
        'draw(picture.late ?? model.get("picture")); picture.late = model.get("picture");',
        "points",
    ),
    "the axis is not the one that is named": (
        "y: scale(panel.y, box.bottom, box.top)",
        "y: scale({ ...panel.y, high: 2 * panel.y.high }, box.bottom, box.top)",
        "ends at",
    ),
    "the line cannot be seen": (
        ".dnn-panel svg path {",
        ".dnn-panel svg [data-kind=line] { visibility: hidden; } .dnn-panel svg path {",
        "not visible",
    ),
    "the panel is cut off": ('height="${bottom - top + 8}"', 'height="20"', "cut to"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_the_page_is_seen(browser, fault):
    *replaced, complaint = FAULTS[fault]
    explorer = short_training()
    with stand_in(browser, explorer, replaced) as (page, _):
        frames = film(page, explorer)
    with pytest.raises((AssertionError, IndexError), match=complaint):
        judge(frames)


KERNEL_FAULTS = {  # in what the kernel sends: the name of a function, and what it does in place of what it did
    "the axis is too small": (
        "_ends",
        lambda ends: lambda *of: (ends(*of)[0], ends(*of)[1] / 20),
        "outside",
    ),
    "the curve is thinned where it need not be": (
        "thinned",
        lambda thinned: lambda costs: [each[::2] for each in thinned(costs)],
        "points",
    ),
    "the last points are left out": (
        "thinned",
        lambda thinned: lambda costs: thinned(costs[:-1] or costs),
        "points",
    ),
}


@pytest.mark.parametrize("fault", KERNEL_FAULTS)
def test_a_fault_in_the_kernel_is_seen(browser, fault, monkeypatch):
    name, altered, complaint = KERNEL_FAULTS[fault]
    monkeypatch.setattr(cost_panel, name, altered(getattr(cost_panel, name)))
    explorer = short_training()
    with stand_in(browser, explorer) as (page, _):
        frames = film(page, explorer)
    with pytest.raises(AssertionError, match=complaint):
        judge(frames)


def test_a_run_that_is_not_seen_often_enough_is_refused(browser):
    explorer = short_training()
    with stand_in(browser, explorer) as (page, _):
        frames = film(page, explorer)
    judge(frames)
    with pytest.raises(AssertionError, match="epochs only"):
        judge(frames[:9])


def test_the_words_are_read():
    assert told("Epoch 1,200 of 3,000, cost 1.2e-05.") == (
        1200,
        {"training": "1.2e-05"},
        1,
    )
    both = told("Epoch 7 of 300, cost 141, held out 0.5. Falling: ...")
    assert both == (7, {"training": "141", "held out": "0.5"}, 1)
    steps = told("Step 1 of 40: cost 2.8·10⁻⁷ at η = 0.18, 1,234 at η = 0.02.")
    assert steps == (1, {"compared 0": "2.8e-7", "compared 1": "1234"}, 0)
    assert told("Epoch 0 of 300: untrained. Press Play.") is None
    assert ends_of("0.012") == pytest.approx((0.0115, 0.0125))
    assert ends_of("1.2e+03") == pytest.approx((1150, 1250))
    assert ends_of("141") == pytest.approx((140.5, 141.5))


UNKNOWN_LOOK = {"colour": "data", "dashes": "", "marker": "?"}


@pytest.mark.parametrize(
    ("changes", "notes", "missing"),
    [
        ({"kind": "blob"}, {}, "kind of mark blob"),
        ({"kind": "points", "look": UNKNOWN_LOOK}, {}, "marker ?"),
        ({}, {"layer9": "ten units"}, "part layer9"),
    ],
)
def test_what_the_page_does_not_know_or_find_is_an_error(
    browser, changes, notes, missing
):
    explorer = short_training()
    with stand_in(browser, explorer) as (page, errors):
        picture = {**state(explorer)["picture"], "notes": notes}
        picture["panels"][0]["marks"][-1].update(changes)
        page.evaluate("changes => tell(changes)", {"picture": picture})
        page.wait_for_timeout(100)
    assert len(errors) == 1
    assert f"The explorer has no {missing}." in errors[0]


def test_a_page_that_is_slower_than_the_kernel_draws_what_is_newest(browser):
    """Twenty messages that come at once are drawn once."""
    explorer = short_training()
    with stand_in(browser, explorer) as (page, errors):
        page.locator(".dnn-explorer").evaluate(RECORD)
        explorer.play()
        messages = []
        for count in range(1, 21):
            explorer.advance(60, count / 25)
            messages.append(state(explorer))
        explorer.pause()
        page.evaluate("messages => { messages.forEach(tell); }", messages)
        page.wait_for_timeout(200)
        words = {frame["words"] for frame in page.evaluate(TAKE)}
        assert messages[-1]["words"] in words
        assert len(words) == 2, "the first and the newest"
        assert not errors
