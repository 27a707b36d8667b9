"""What a student does with a page, and what is read from it."""

import json
import re
from contextlib import contextmanager
from urllib.request import Request, urlopen

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
IDLE = """() => document.querySelectorAll('.jp-Notebook').length &&
  ![...document.querySelectorAll('.jp-InputPrompt')].some(prompt => prompt.textContent.includes('*'))"""
HARMLESS = re.compile(
    r"favicon|ResizeObserver|Failed to load resource.*(404|workspaces)|sourcemap", re.I
)


@contextmanager
def opened(browser, address, name, size=(1280, 800), kernel=True):
    """The page of a lesson in JupyterLab, and the errors that its console and its scripts report."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    page, errors = context.new_page(), []
    page.on("pageerror", lambda error: errors.append(str(error)))
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
    told.first.wait_for(
        timeout=90_000
    )  # the toolbar says it, also where a dialog on the lost server came first
    asked = page.locator(
        ".jp-Dialog", has_text="Select Kernel"
    )  # where the session is slower than the page
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
        page.locator("section.dnn-explorer").nth(explorers - 1).wait_for(timeout=90_000)
    page.wait_for_function(IDLE, timeout=120_000)
    page.wait_for_function(
        "() => document.activeElement.matches('.jp-Cell')", timeout=30_000
    )


def serious(errors):
    """The errors that are not the browser's own noise."""
    return [error for error in errors if not HARMLESS.search(error)]


def press(page, section, control, key):
    """Press a key on a control and wait for the answer; the milliseconds until the new picture stood there."""
    seen = page.evaluate("window.latencies.length")
    control.focus()
    page.keyboard.press(key)
    page.wait_for_function("n => window.latencies.length > n", arg=seen, timeout=15_000)
    return page.evaluate("window.latencies.at(-1)")


def shown(section):
    """(words, code, the paths of the picture) at one instant, in a cell out of view as well."""
    return section.evaluate("""each => [each.querySelector('.dnn-words').textContent,
      each.querySelector('.dnn-code code').textContent,
      [...each.querySelectorAll('.dnn-picture path')].map(path => path.getAttribute('d'))]""")


def paths_of(picture):
    """The paths of an SVG text."""
    return [
        re.sub(r"\s+", " ", path)
        for path in re.findall(r'<path[^>]*? d="([^"]*)"', picture)
    ]
