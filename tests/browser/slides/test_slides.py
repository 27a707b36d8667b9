"""The decks from the file system, with the network cut off: whole, in bounds, with formulas, explorers and notes."""

import re

import pytest
from pages import TORN

from tools.lessons import NOTEBOOKS, load
from tools.slides.build import ENDING
from tools.slides.deck import slides
from tools.slides.notes import notes

LESSONS = [path.stem for path in NOTEBOOKS]
every_lesson = pytest.mark.parametrize("name", LESSONS)
MOST_SLIDES, TALLEST_WALL = 75, 130  # slides of a deck, and words of a slide
SCREENS = (1280, 720), (1920, 1080)
SPOKEN = "02_sigmoid"  # a lesson with notes
SMALLEST = 24  # pixels of prose where the screen has 720 lines
FOUND = "section.present section.present"
FITTED = f"""() => {{
  const {{ fitted }} = document.querySelector('{FOUND} .dnn-recorded').dataset;
  return fitted === `${{innerWidth}} by ${{innerHeight}}`;
}}"""
ANSWERED = f"{FOUND} figure.dnn-panel > svg[data-box]"
# Of the slide that is shown: what reaches beyond its edges, its words, its smallest letters of prose, and how much
# larger than 1280 by 720 it is.
SEEN = """() => {
  const slide = Reveal.getCurrentSlide();
  const frame = document.querySelector('.reveal').getBoundingClientRect();
  const shown = [...slide.querySelectorAll('*')].filter((each) =>
    !each.closest('aside, mjx-container > *, .dnn-picture svg') && each.getClientRects().length);
  const beyond = shown.filter((each) => {
    const { left, right, top, bottom } = each.getBoundingClientRect();
    return left < frame.left - 1 || top < frame.top - 1 || right > frame.right + 1 || bottom > frame.bottom + 1;
  });
  const prose = shown.filter((each) => each.matches('p, li, td, th') && !each.closest('.dnn-explorer'));
  const words = (each) => {
    const copy = each.cloneNode(true);
    copy.querySelectorAll('mjx-container, p, li').forEach((inner) => inner.replaceWith(' x '));
    return copy.textContent.trim().split(/\\s+/).length;
  };
  return {
    beyond: beyond.map((each) => each.outerHTML.slice(0, 80)),
    words: prose.filter((each) => each.matches('p, li')).map(words).reduce((sum, count) => sum + count, 0),
    letters: Math.min(...prose.map((each) => parseFloat(getComputedStyle(each).fontSize))),
    scale: slide.getBoundingClientRect().width / slide.offsetWidth,
    torn: TORN(),
  };
}""".replace("TORN", f"({TORN})")
SHOW = "([h, v]) => { Reveal.slide(h, v, 99); }"
PLACES = """() => Reveal.getSlides().map((slide) => {
  const { h, v } = Reveal.getIndices(slide);
  return [[h, v], Boolean(slide.querySelector('.dnn-recorded'))];
})"""
# What is seen on each of some slides.
ALL_SEEN = f"(places) => places.map((place) => {{ ({SHOW})(place); return [place, ({SEEN})()]; }})"
# Texts beside code in which LaTeX is left.
LEFT_AS_LATEX = """() => {
  const slides = document.querySelector('.slides').cloneNode(true);
  slides.querySelectorAll('pre, code, mjx-container').forEach((each) => each.remove());
  return slides.textContent.match(/.*[$\\\\].*/g);
}"""
# The keys that move a slider on, or back where it is at its end.
KEYS = "({ value, max }) => (value === max ? ['ArrowLeft', 'ArrowDown'] : ['ArrowRight', 'ArrowUp'])"
WHERE = "() => { const { h, v } = Reveal.getIndices(); return [h, v]; }"


@pytest.fixture
def opened(decks, offline):
    """A function that opens a deck, and waits until its formulas are there."""

    def shown(name, size=SCREENS[0]):
        page = offline(decks / f"{name}{ENDING}", *size)
        page.wait_for_function("() => document.documentElement.dataset.ready")
        return page

    return shown


def places(page, explorer):
    """The places of the slides with an explorer, or of the others."""
    return [place for place, has in page.evaluate(PLACES) if has == explorer]


def show(page, place):
    """Show a slide with an explorer, until that is drawn as large as it fits."""
    page.evaluate(SHOW, place)
    page.wait_for_function(FITTED)
    page.locator(ANSWERED).first.wait_for()


def all_seen(page):
    """What is seen on each slide, with all that comes on it later."""
    yield from page.evaluate(ALL_SEEN, places(page, False))
    for place in places(page, True):
        show(page, place)
        yield place, page.evaluate(SEEN)


@every_lesson
def test_no_slide_is_cut_off_or_a_wall_of_small_letters(opened, name):
    page = opened(name)
    for size in SCREENS:
        page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
        for place, seen in all_seen(page):
            assert not seen["beyond"], f"slide {place} is too tall or too wide at {size}"
            assert seen["words"] <= TALLEST_WALL, f"slide {place} is a wall of text"
            assert seen["letters"] is None or seen["letters"] >= SMALLEST
            assert seen["torn"] == []
            assert seen["scale"] == pytest.approx(size[1] / 720, rel=0.01)


@every_lesson
def test_every_formula_is_rendered_and_no_text_is_latex(opened, name):
    page = opened(name)
    assert page.locator("mjx-container").count() > 10
    assert not page.locator("mjx-merror").count()
    assert not page.evaluate(LEFT_AS_LATEX)


@every_lesson
def test_every_explorer_answers_a_key_without_turning_the_page(opened, name):
    page = opened(name)
    for place in places(page, True):
        show(page, place)
        control = page.locator(f"{FOUND} .dnn-inputs input:visible").first
        before = page.locator(f"{FOUND} .dnn-code").inner_text()
        control.focus()
        for key in control.evaluate(KEYS):
            page.keyboard.press(key)
        page.wait_for_function(
            "([where, before]) => document.querySelector(where).innerText !== before",
            arg=[f"{FOUND} .dnn-code", before],
        )
        for held in (
            page.locator(f"{FOUND} :is(.dnn-handle, .dnn-inputs select)")
            .filter(visible=True)
            .all()
        ):
            held.focus()
            page.keyboard.press("ArrowRight")
        assert page.evaluate(WHERE) == place
        page.keyboard.press("PageDown")
        assert page.evaluate(WHERE) != place


@every_lesson
def test_a_deck_has_what_the_guide_says(decks, name):
    lesson = next(path for path in NOTEBOOKS if path.stem == name)
    written = (decks / f"{name}{ENDING}").read_text(encoding="utf-8")
    assert written.count('<aside class="notes">') == len(notes(lesson))


def test_the_speaker_sees_the_notes_in_a_window_of_their_own(opened):
    page = opened(SPOKEN)
    page.evaluate(SHOW, [1, 0])
    with page.context.expect_page() as shown:
        page.keyboard.press("s")
    speaker = shown.value
    said = page.locator(f"{FOUND} aside.notes p").first.text_content()
    speaker.locator(".speaker-controls-notes").get_by_text(said[:40]).wait_for()
    for name in ("current", "upcoming"):
        frame = speaker.frame_locator(f"#{name}-slide iframe")
        frame.locator("html[data-ready]").wait_for()


@every_lesson
def test_a_deck_has_as_many_slides_as_a_talk_can_have(name):
    lesson = next(path for path in NOTEBOOKS if path.stem == name)
    assert 20 <= len(slides(load(lesson))) <= MOST_SLIDES


def test_links_lead_out_of_no_deck(decks):
    for deck in decks.glob(f"*{ENDING}"):
        links = re.findall(r'<a [^>]*href="([^"]*)"', deck.read_text(encoding="utf-8"))
        assert all(link.startswith("https://") for link in links)
