"""An explorer in a page of its own, without JupyterLab and without a kernel: this process computes."""

from contextlib import contextmanager

from frames import RECORD, TAKE

from dnn_lessons.classroom.explorers.page import Page

# `tell` is what a message does, which changes all values first and then says so once.
STAND_IN = """async ([code, css, state]) => {
  const { default: { render } } = await import(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
  let heard = () => {};
  window.tell = (changes) => {
    Object.assign(state, changes);
    heard();
    return new Promise((after) => requestAnimationFrame(() => requestAnimationFrame(after)));
  };
  window.asked = [];
  const model = {
    get: (name) => state[name],
    set: (name, value) => { state[name] = value; },
    save_changes() { window.asked.push({ request: state.request, indices: state.indices }); },
    on: (event, react) => { if (event === 'change') heard = react; },
    off() {},
  };
  document.body.append(Object.assign(document.createElement('style'), { textContent: css }));
  render({ model, el: document.body });
}"""


def state(explorer):
    """What the kernel sends of the explorer."""
    return {
        name: value
        for name, value in explorer.get_state().items()
        if not name.startswith("_")
    }


@contextmanager
def stand_in(browser, explorer, replaced=("", "")):
    """A page with the explorer as it stands; a text of the code or the style sheet may be replaced by another one."""
    sources = [Page._esm, Page._css]
    assert any(replaced[0] in source for source in sources), replaced[0]
    page = browser.new_page(viewport={"width": 1000, "height": 800})
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    sources = [source.replace(*replaced) if replaced[0] else source for source in sources]
    page.evaluate(STAND_IN, [*sources, state(explorer)])
    yield page, errors
    page.close()


def film(page, explorer, pictures=15):
    """Let the explorer's run play in so many pictures; the frames in which they are seen."""
    page.locator(".dnn-explorer").evaluate(RECORD)
    explorer.play()
    for count in range(1, pictures + 1):
        explorer.advance(60, 0.9 * count / pictures)
        page.evaluate("changes => tell(changes)", state(explorer))
    explorer.pause()
    return page.evaluate(TAKE)
