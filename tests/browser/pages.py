"""What a student does with a page, and what is read from it."""

import json
import re
from contextlib import contextmanager
from urllib.request import Request, urlopen

# In a page of the book, every formula is drawn.
RENDERED = "() => document.querySelectorAll('mjx-container').length === document.querySelectorAll('.math').length"
# The formulas in a line whose comma or bracket begins the next line.
TORN = """() => [...document.querySelectorAll('mjx-container:not([display="true"])')].filter((formula) => {
  const after = (formula.closest('.math') ?? formula).nextSibling;
  if (after?.nodeType !== Node.TEXT_NODE || !/^[)\\],.;:?%]/.test(after.data)) return false;
  const mark = document.createRange();
  mark.setStart(after, 0);
  mark.setEnd(after, 1);
  return mark.getBoundingClientRect().left < formula.getBoundingClientRect().left;
}).map((formula) => formula.parentElement.textContent)"""
WATCH = """section => {
  window.latencies = [];
  let pressed = null;
  section.addEventListener('keydown', () => { pressed ??= performance.now(); }, true);
  new MutationObserver(() => requestAnimationFrame(() => {
    if (pressed === null || section.getAttribute('aria-busy') === 'true') return;
    window.latencies.push(performance.now() - pressed);
    pressed = null;
  })).observe(section, { attributes: true, attributeFilter: ['aria-busy'] });
}"""
# All that is seen of an explorer: its words, and of each panel the axes and the marks between them, in pixels.
SEE = """section => {
  const WORDS = { true: true, false: false };
  const numbers = (text) => text.split(' ').map((part) => WORDS[part] ?? Number(part));
  const path = (node) => ({ d: node.getAttribute('d'), stroke: getComputedStyle(node).stroke });
  const mark = (group) => ({
    kind: group.dataset.kind, look: group.dataset.look ?? '', label: group.dataset.label,
    faint: group.hasAttribute('opacity'),
    seen: group.checkVisibility({ opacityProperty: true, visibilityProperty: true }),
    paths: [...group.querySelectorAll('path')].map(path),
    texts: [...group.querySelectorAll('tspan, text:not(:has(tspan))')].map((text) => text.textContent),
  });
  const panel = (figure) => {
    const svg = figure.querySelector(':scope > svg');
    const clip = svg.querySelector('clipPath rect');
    return {
      title: figure.querySelector('figcaption').textContent,
      legend: figure.querySelector('.dnn-legend').textContent,
      box: numbers(svg.dataset.box), x: numbers(svg.dataset.x), y: numbers(svg.dataset.y),
      clip: ['x', 'y', 'width', 'height'].map((name) => Number(clip.getAttribute(name))),
      marks: [...svg.querySelectorAll('g[data-kind]')].map(mark),
    };
  };
  return {
    words: section.querySelector('.dnn-words').textContent,
    code: section.querySelector('.dnn-code code').textContent,
    state: section.dataset.state, failed: Boolean(section.querySelector('.dnn-failed')),
    done: section.querySelector('progress')?.value ?? 1,
    playing: section.querySelector('[data-command="toggle"]')?.textContent === 'Pause',
    places: Object.fromEntries([...section.querySelectorAll('.dnn-inputs [data-name]')].map(
      (input) => [input.dataset.name, Number(input.value)])),
    panels: [...section.querySelectorAll('.dnn-picture > figure.dnn-panel')].map(panel),
  };
}"""
IDLE = """() => document.querySelectorAll('.jp-Notebook').length &&
  ![...document.querySelectorAll('.jp-InputPrompt')].some(prompt => prompt.textContent.includes('*'))"""
HARMLESS = re.compile(
    r"favicon|ResizeObserver|Failed to load resource.*(404|workspaces)|sourcemap", re.I
)


@contextmanager
def opened(browser, address, name, size=(1280, 800), kernel=True, allowed=()):
    """The page of a lesson in JupyterLab, and the errors that its console and its scripts report."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    context.grant_permissions(list(allowed))
    page, errors = context.new_page(), []
    page.on("pageerror", lambda error: errors.append(error.stack or str(error)))
    page.on(
        "console", lambda line: errors.append(line.text) if line.type == "error" else None
    )
    if not kernel:
        page.route("**/api/sessions*", lambda route: route.abort())
    page.goto(
        f"{address}/lab/workspaces/{name[:2]}/tree/notebooks/{name}?reset&token=lessons"
    )
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=90_000)
    told = (
        page.get_by_text("Python 3 (ipykernel) | Idle")
        if kernel
        else page.get_by_text("No Kernel", exact=True)
    )
    # The toolbar says it, also where a dialog on the lost server came first.
    told.first.wait_for(timeout=90_000)
    # This one comes where the session is slower than the page.
    asked = page.locator(".jp-Dialog", has_text="Select Kernel")
    page.add_locator_handler(asked, lambda: asked.locator("button.jp-mod-accept").click())
    try:
        yield page, errors
    finally:
        context.close()


def ask(address, path, method="GET"):
    """What the server answers, None where it answers nothing."""
    request = Request(
        f"{address}/api/{path}", method=method, headers={"Authorization": "token lessons"}
    )
    with urlopen(request, timeout=30) as answer:
        return json.loads(answer.read() or "null")


def kernels_of(address, name):
    """{session: kernel} of a lesson."""
    return {
        each["id"]: each["kernel"]["id"]
        for each in ask(address, "sessions")
        if each["path"].endswith(name)
    }


def choose(page, menu, entry):
    """An entry of a menu."""
    page.locator(".lm-MenuBar-itemLabel", has_text=re.compile(f"^{menu}$")).click()
    page.locator(".lm-Menu-itemLabel", has_text=re.compile(f"^{entry}$")).click()


def run_all(page, explorers):
    """Run all cells; wait for so many explorers, until no cell is waiting, and until JupyterLab has moved the focus."""
    choose(page, "Run", "Run All Cells")
    if explorers:
        page.locator(".dnn-explorer").nth(explorers - 1).wait_for(timeout=90_000)
    page.wait_for_function(IDLE, timeout=120_000)
    page.wait_for_function(
        "() => document.activeElement.matches('.jp-Cell')", timeout=30_000
    )


def serious(errors):
    """The errors that are not the browser's own noise."""
    return [error for error in errors if not HARMLESS.search(error)]


def press(page, control, key):
    """Press a key on a control and wait for the answer; the milliseconds until the new picture stood there."""
    seen = page.evaluate("window.latencies.length")
    control.focus()
    page.keyboard.press(key)
    page.wait_for_function("n => window.latencies.length > n", arg=seen, timeout=15_000)
    return page.evaluate("window.latencies.at(-1)")


def toggle(section, label):
    """Press Play or Pause, where the button says it; wait until it says the other."""
    button = section.locator("button[data-command='toggle']")
    button.evaluate("(each, label) => each.textContent === label && each.click()", label)
    other = {"Play": "Pause", "Pause": "Play"}[label]
    button.filter(has_text=other).wait_for(state="attached")


def in_view(section):
    """The explorer, once it is in view and drawn."""
    section.scroll_into_view_if_needed()
    section.locator("figure.dnn-panel > svg[data-box]").first.wait_for(timeout=30_000)
    return section


def settled(section):
    """The explorer, once the page shows the kernel's answer to its last message, however long that takes."""
    section.page.wait_for_function(
        "section => section.getAttribute('aria-busy') === 'false'",
        arg=section.element_handle(),
        timeout=120_000,
    )
    return section


def see(section):
    """What is seen of an explorer at one instant, in a cell out of view as well."""
    return section.evaluate(SEE)


def numbers_of(path):
    """The numbers in the text of an SVG path."""
    return [float(number) for number in re.findall(r"-?\d+\.?\d*(?:e-?\d+)?", path)]


def files(book):
    """The files of a book without its slides, which have tests of their own."""
    found = (path for path in book.rglob("*") if path.is_file())
    return sorted(path for path in found if path.relative_to(book).parts[0] != "slides")
