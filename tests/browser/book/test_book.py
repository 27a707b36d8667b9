"""The book from the file system, with the network cut off: whole, linked, found, and in bounds."""

import gzip
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from pages import RENDERED, TORN, files

from tools.book.guide import guide_pages
from tools.lessons import NOTEBOOKS, formulas

MB = 1e6
LESSONS = [path.stem for path in NOTEBOOKS]
GUIDE = [name.removesuffix(".md") for name in guide_pages()]
PAGES = ["index", *LESSONS, "notation", "equations", "search", *GUIDE]
every_lesson = pytest.mark.parametrize("name", LESSONS)
HERE = {
    "preload": False
}  # axe loads no style sheets by itself, which a file system forbids


class Found(HTMLParser):
    """What a page links to and loads, the places in it that can be linked to, and its pictures."""

    def __init__(self):
        super().__init__()
        self.links, self.loaded, self.anchors, self.pictures = [], [], set(), []

    def handle_starttag(self, tag, attrs):
        """Take in one tag."""
        values = dict(attrs)
        self.anchors.add(values.get("id"))
        if tag == "a" and values.get("href"):
            self.links.append(values["href"])
        loaded = values.get("href") if tag == "link" else values.get("src")
        if loaded:
            self.loaded.append(loaded)
        if tag == "img":
            self.pictures.append(values)


def read(path):
    """What is found in a page."""
    found = Found()
    found.feed(path.read_text(encoding="utf-8"))
    return found


def html(book):
    """The pages of the book."""
    return [path for path in files(book) if path.suffix == ".html"]


def on_disk(page, link):
    """The file that a link of a page leads to, and the anchor in it; None for a link out of the book."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return None
    path = (page.parent / unquote(parts.path)).resolve() if parts.path else page
    return path, unquote(parts.fragment)


def packed(path):
    """The bytes of a file as a server sends it."""
    content = path.read_bytes()
    return min(len(content), len(gzip.compress(content)))


# ---------------------------------------------------------------------------------------------- files


def test_every_link_and_anchor_leads_somewhere(book):
    pages = {path: read(path) for path in html(book)}
    lost = [
        f"{page.relative_to(book)}: {link}"
        for page, found in pages.items()
        for link in [*found.links, *found.loaded]
        if (target := on_disk(page, link)) and not leads(target, pages)
    ]
    assert not lost


def leads(target, pages):
    """Whether a file is there, and the anchor in it."""
    path, anchor = target
    return path.is_file() and (not anchor or anchor in pages[path].anchors)


def test_nothing_is_loaded_from_elsewhere(book):
    pages = {path: read(path).loaded for path in html(book)}
    foreign = {
        link for links in pages.values() for link in links if urlsplit(link).netloc
    }
    assert not foreign


@every_lesson
def test_every_picture_has_a_text(book, name):
    pictures = read(book / f"{name}.html").pictures
    assert all(picture.get("alt") for picture in pictures if "logo" not in picture["src"])


@every_lesson
def test_a_lesson_offers_its_notebook_as_it_is(book, name):
    notebook = next(path for path in NOTEBOOKS if path.stem == name)
    assert (book / "_sources" / notebook.name).read_bytes() == notebook.read_bytes()
    assert f"_sources/{notebook.name}" in read(book / f"{name}.html").links


def test_the_sizes_are_small(book):
    """The sizes are printed for the reader of the log."""
    tables = {path.stem: packed(path) for path in (book / "_static/tables").glob("*.js")}
    lessons = {name: size_of(book, name, tables) for name in LESSONS}
    whole = sum(path.stat().st_size for path in files(book))
    sums = {"all tables": sum(tables.values()), "the book on disk": whole}
    for name, size in (tables | lessons | sums).items():
        print(f"{size / 1e3:8.0f} kB {name}")  # noqa: T201
    assert sums["all tables"] < 3 * MB
    assert max(lessons.values()) < MB
    assert whole < 20 * MB


def size_of(book, name, tables):
    """The bytes of a lesson as a server sends it: page, pictures and tables."""
    page = book / f"{name}.html"
    own = {on_disk(page, each["src"])[0] for each in read(page).pictures}
    called = set(re.findall(r'data-explorer="(\w+)"', page.read_text(encoding="utf-8")))
    return packed(page) + sum(map(packed, own)) + sum(tables[each] for each in called)


# ---------------------------------------------------------------------------------------------- pages


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_each_screen_and_its_equations_are_rendered(book, offline, name):
    page = offline(book / f"{name}.html", 1440)
    page.wait_for_function(RENDERED)
    assert not page.locator("mjx-merror").count()
    drawn = page.locator("mjx-container").count()
    assert page.locator("mjx-container mjx-assistive-mml > math").count() == drawn
    for width in (1440, 768, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width
        assert page.evaluate(TORN) == []


@every_lesson
def test_every_equation_of_a_lesson_is_in_its_page(book, name):
    lesson = next(path for path in NOTEBOOKS if path.stem == name)
    written = (book / f"{name}.html").read_text(encoding="utf-8")
    assert len(re.findall(r'class="math ', written)) >= len(formulas(lesson))


@every_lesson
def test_its_explorers_come_when_they_are_scrolled_to(book, offline, name):
    page = offline(book / f"{name}.html", 390)
    places = page.locator(".dnn-recorded").all()
    assert not page.locator(".dnn-explorer").count()
    for place in places:
        place.scroll_into_view_if_needed()
        place.locator("figure.dnn-panel > svg[data-box]").first.wait_for()
        assert not place.locator(".dnn-failed").count()
        assert not place.locator("img").is_visible()
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390


def test_the_search_finds_a_word_of_lesson_09(book, offline):
    page = offline(Path(f"{book}/search.html"))
    page.goto(f"{(book / 'search.html').as_uri()}?q=backpropagation")
    found = page.locator("#search-results a[href*='09_backpropagation']")
    found.first.wait_for()


def test_the_lessons_follow_each_other(book):
    for before, after in pairwise(LESSONS):
        assert f"{after}.html" in read(book / f"{before}.html").links
        assert f"{before}.html" in read(book / f"{after}.html").links


def test_a_folded_answer_opens_by_keyboard(book, offline):
    page = offline(book / "00_start_here.html")
    answer = page.locator("details", has=page.locator("summary", has_text="Answer")).first
    answer.locator("summary").press("Enter")
    assert answer.evaluate("each => each.open")
    assert answer.locator("p").first.is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_explorer_is_as_light_or_dark_as_the_system(book, offline, scheme):
    page = offline(book / "03_relu.html", color_scheme=scheme)
    page.locator(".dnn-recorded").first.scroll_into_view_if_needed()
    page.locator(".dnn-explorer").first.wait_for()
    ground = page.locator(".dnn-explorer").first.evaluate(
        "each => getComputedStyle(each).backgroundColor"
    )
    light = sum(int(part) for part in re.findall(r"\d+", ground)[:3]) > 380
    assert light == (scheme == "light")
    frame = page.locator(".output:has(.dnn-recorded)").first
    ground = frame.evaluate("each => getComputedStyle(each).backgroundColor")
    assert ground == "rgba(0, 0, 0, 0)", "the theme's own ground is seen around it"


@pytest.mark.parametrize(
    ("name", "scheme"), [("13_prediction", "light"), ("notation", "dark")]
)
def test_nothing_in_a_page_keeps_people_out(book, offline, name, scheme):
    page = offline(book / f"{name}.html", color_scheme=scheme)
    page.wait_for_function(RENDERED)
    for place in page.locator(".dnn-recorded").all():
        place.scroll_into_view_if_needed()
        place.locator("figure.dnn-panel > svg[data-box]").first.wait_for()
    barriers = [
        (each["id"], each["nodes"][0]["html"])
        for each in Axe().run(page, options=HERE).response["violations"]
        if each["impact"] in ("serious", "critical")
    ]
    assert not barriers


def test_a_link_to_a_source_leads_to_its_code_in_colours(book, offline):
    page = offline(book / "00_start_here.html")
    page.locator("a[href^='sources/dnn_lessons/backward']").first.click()
    page.get_by_role("heading", name="dnn_lessons/backward.py").wait_for()
    page.locator(".highlight .k", has_text="def").first.wait_for()
