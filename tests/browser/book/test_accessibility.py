"""axe-core on every page of the book, light and dark, and on the tests' own planted faults.

A page is made shorter before it is looked at, for axe's time grows with the elements: in place of a formula, which
MathJax draws from many small ones, stands a word, and of all words of one colour in its code one is left. Two
pages are looked at whole, with what MathJax draws (test_book.py).
"""

from time import perf_counter

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from pages import RENDERED, files

from tools.lessons import NOTEBOOKS

SHORTER = """() => {
  const still = document.createElement('style');  // no colour on its way from light to dark
  still.textContent = '* { transition: none !important; }';
  document.head.append(still);
  for (const formula of document.querySelectorAll('mjx-container')) formula.replaceWith('formula');
  const seen = new Set();
  for (const word of document.querySelectorAll('.highlight span[class]')) {
    if (seen.has(word.className)) word.replaceWith(word.textContent);
    seen.add(word.className);
  }
}"""
DARK = "() => Object.assign(document.documentElement.dataset, { theme: 'dark', mode: 'dark' })"
AXE = """async (rules) => {
  const options = { preload: false, resultTypes: ['violations'], ...rules };
  const { violations } = await axe.run(document, options);
  return violations.filter(({ impact }) => ['serious', 'critical'].includes(impact)).flatMap(
    ({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}"""
CONTRAST = {"runOnly": ["color-contrast"]}  # what the dark page changes
FAULTY = """<!DOCTYPE html><html lang="en" data-theme="light"><title>A page</title><main><h1>A page</h1>
<img src="data:,"><p>Words that are read on a light page, and not on a dark one.</p></main>
<style>html[data-theme="dark"] { background: #111; color: #444; }</style></html>"""


def barriers(page):
    """What axe finds on a page that is open, serious or critical, light and then dark."""
    page.evaluate(SHORTER)
    page.evaluate(AXE_SCRIPT)
    yield from (f"light: {each}" for each in page.evaluate(AXE, {}))
    page.evaluate(DARK)
    yield from (f"dark: {each}" for each in page.evaluate(AXE, CONTRAST))


def show_explorers(page):
    """Scroll to every explorer of a page, so that it is there."""
    for place in page.locator(".dnn-recorded").all():
        place.scroll_into_view_if_needed()
        place.locator("figure.dnn-panel > svg[data-box]").first.wait_for()


def barriers_of(pages, book, opened):
    """What axe finds on some pages of the book; its time is printed for the reader of the log."""
    page, start, found = opened(pages[0], color_scheme="light"), perf_counter(), []
    for path in pages:
        page.goto(path.as_uri())
        page.wait_for_function(RENDERED)
        show_explorers(page)
        found += [f"{path.relative_to(book)}, {each}" for each in barriers(page)]
    print(f"axe: {len(pages)} pages, light and dark, {perf_counter() - start:.0f} s")  # noqa: T201
    return found


class TestLessons:
    """Two classes, since pytest-xdist then runs them side by side."""

    def test_no_lesson_keeps_people_out(self, book, offline):
        lessons = [book / f"{path.stem}.html" for path in NOTEBOOKS]
        assert not barriers_of(lessons, book, offline)


class TestOtherPages:
    """All that is no lesson: the first page, the guides, the lists, the sources, the search."""

    def test_no_other_page_keeps_people_out(self, book, offline):
        lessons = {path.stem for path in NOTEBOOKS}
        pages = [path for path in files(book) if path.suffix == ".html"]
        pages = [path for path in pages if path.stem not in lessons]
        assert len(pages) > 20
        assert not barriers_of(pages, book, offline)


@pytest.mark.parametrize("fault", ["light: image-alt", "dark: color-contrast"])
def test_a_planted_barrier_is_found(offline, tmp_path, fault):
    (tmp_path / "page.html").write_text(FAULTY)
    found = list(barriers(offline(tmp_path / "page.html")))
    assert len(found) == 3  # the picture, and two texts
    assert any(each.startswith(fault) for each in found)
