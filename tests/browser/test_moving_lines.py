"""The curves of a training grow in the page while it plays, and what the page cannot find there is an error."""

import re

import numpy as np
import pytest
from pages import opened, run_all, serious

from dnn_lessons.classroom import explorers
from dnn_lessons.classroom.explorers.cost_panel import thinned
from dnn_lessons.classroom.explorers.page import HERE
from tools.lessons import NOTEBOOKS

NAMES = {int(path.name[:2]): path.name for path in NOTEBOOKS}
# lesson: the gids of its cost curves, whether they are thinned, and the keys that let it run longer than a moment
CURVES = {
    0: (["costs"], True, {"num_epochs": "End"}),
    12: (["costs"], True, {"num_epochs": "End"}),
    14: (["costs run 1", "costs run 2"], True, {"num_epochs": "End"}),
    11: (["epochs", "seconds"], False, {"learning_rate": "Home", "batch_size": "Home"}),
}
FEW = 3  # epochs that are seen of the runs of a lesson, at the least
# At each frame that tells of a further epoch of a run that plays: the epoch, and of each curve the text of its path,
# its length in the page, and the box of its axes' patch, the first path of all that is drawn in them.
WATCH = """(section, gids) => {
  window.instants = [];
  const curve = (gid) => {
    const group = section.querySelector(`[id="${gid}"]`);
    const { x, y, width, height } = group.parentElement.querySelector('path').getBBox();
    const line = group.querySelector('path');
    return { path: line?.getAttribute('d') ?? '', length: line?.getTotalLength() ?? 0,
             panel: [x, y, x + width, y + height] };
  };
  const look = () => {
    requestAnimationFrame(look);
    const told = /[Ee]poch ([\\\\d,]+) of/.exec(section.querySelector('.dnn-words').textContent);
    const epoch = Number(told?.[1].replace(',', ''));
    const playing = section.querySelector('[data-command="toggle"]').textContent === 'Pause';
    if (playing && epoch && epoch !== window.instants.at(-1)?.epoch) {
      window.instants.push({ epoch, curves: gids.map(curve) });
    }
  };
  look();
}""".replace("\\\\", "\\")


def watched(page, section, gids, keys):
    """What is seen in runs that Play begins, first as the lesson sets them, then after a move of each control."""
    section.evaluate(WATCH, gids)
    play(page, section)
    for name, key in keys.items():
        section.locator(f"input[data-name='{name}']").press(key)
    for _ in range(3):
        play(page, section)
    return page.evaluate("window.instants")


def play(page, section):
    """Let a run begin where none is under way, and look on for a second."""
    section.locator("button[data-command='toggle']").evaluate(
        "each => each.textContent === 'Play' && each.click()"
    )
    page.wait_for_timeout(1000)


def visible(curve, points):
    """The curve has so many points, a single one as the two ends of a dash, and they lie in the panel."""
    ends = np.array(re.findall(r"-?[\d.]+", curve["path"]), float).reshape(-1, 2)
    left, top, right, bottom = curve["panel"]
    assert len(ends) == max(2, points)
    assert curve["length"] > 0
    assert (
        (ends >= np.array([left, top]) - 1.6) & (ends <= np.array([right, bottom]) + 0.1)
    ).all()


@pytest.mark.parametrize("lesson", CURVES)
def test_the_cost_curve_grows_in_the_page_while_a_network_trains(lab, browser, lesson):
    gids, are_thinned, keys = CURVES[lesson]
    with opened(browser, lab[0], NAMES[lesson]) as (page, errors):
        run_all(page, 1)
        section = page.locator(
            "section.dnn-explorer", has=page.locator("[data-command='toggle']")
        )
        section.scroll_into_view_if_needed()
        instants = watched(page, section, gids, keys)
        for instant in instants:
            epoch = instant["epoch"]
            for curve in instant["curves"]:
                points = len(thinned(np.arange(epoch))[0]) if are_thinned else epoch
                visible(curve, points)
        assert not serious(errors)
        seen = [instant["epoch"] for instant in instants]
        assert len(set(seen)) >= FEW
        print(f"lesson {lesson}: curves seen at the epochs {seen}")  # noqa: T201


# The page without a kernel: `tell` is what a message does, which changes all values first and then says so once.
STAND_IN = """async ([code, state]) => {
  const { default: { render } } = await import(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
  let heard = () => {};
  window.tell = (changes) => {
    Object.assign(state, changes);
    heard();
  };
  const model = { get: (name) => state[name], set: (name, value) => { state[name] = value; }, save_changes() {},
                  on: (event, react) => { if (event === 'change') heard = react; } };
  render({ model, el: document.body });
}"""


def stand_in(browser, explorer):
    """A page with the explorer as it stands."""
    page = browser.new_page()
    page.evaluate(
        STAND_IN, [(HERE / "explorer.js").read_text(encoding="utf-8"), state(explorer)]
    )
    return page


def state(explorer):
    """What the kernel sends of the explorer."""
    return {
        name: value
        for name, value in explorer.get_state().items()
        if not name.startswith("_")
    }


@pytest.mark.parametrize(
    ("act", "missing"),
    [
        ("tell({ lines: { cost: 'M 0 0 L 1 1' } })", "line cost"),
        ("tell({ notes: { layer9: 'ten units' } })", "part layer9"),
        (
            "tell({ notes: { costs: 'a line' }, picture: '<svg></svg>', drawn: 9 })",
            "part costs",
        ),
    ],
)
def test_what_the_page_does_not_find_is_an_error(browser, act, missing):
    page = stand_in(browser, explorers.training_explorer())
    with page.expect_event("pageerror") as raised:
        page.evaluate(f"setTimeout(() => {{ {act}; }})")
    assert f"The explorer has no {missing}" in str(raised.value)
    page.close()


def test_a_line_moves_and_notes_that_come_before_their_picture_find_it(browser):
    page = stand_in(browser, explorers.training_explorer())
    page.evaluate("tell({ lines: { costs: 'M 60 60 L 70 70' } })")
    assert page.locator("#costs path").get_attribute("d") == "M 60 60 L 70 70"
    page.close()
    explorer = explorers.network_explorer()
    page = stand_in(browser, explorer)
    after = state(explorer.set(hidden_layers=5))
    page.evaluate("tell", {name: after[name] for name in ("notes", "picture", "drawn")})
    assert page.locator("[data-part]").evaluate_all(
        "all => all.map(each => each.dataset.part)"
    ) == list(after["notes"])
    page.close()
