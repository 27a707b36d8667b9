"""A lesson on paper: its text and pictures, and nothing that only a screen can show."""

import re

import pytest

from tools.book.handout import chosen, main, print_lesson

NAME = "02_sigmoid"
ON_SCREENS = ".bd-sidebar-primary, .bd-sidebar-secondary, .bd-header, .prev-next-footer, .headerlink, .dnn-explorer"
LEAST, MOST = 8, 25  # pages of a lesson


def test_the_printed_page_has_still_pictures_and_no_answers_or_navigation(book, offline):
    page = offline(book / f"{NAME}.html")
    place = page.locator(".dnn-recorded").first
    place.scroll_into_view_if_needed()
    place.locator("figure.dnn-panel > svg[data-box]").first.wait_for()
    assert place.locator(".dnn-explorer").is_visible()
    page.emulate_media(media="print")
    assert not page.locator(ON_SCREENS).filter(visible=True).count()
    assert not page.locator("details").filter(visible=True).count()
    assert place.locator("img").is_visible()
    told = place.evaluate("each => getComputedStyle(each, '::after').content")
    assert "can be moved" in told
    assert page.locator("mjx-container").first.is_visible()


def test_a_lesson_is_printed_in_a_few_pages(book, chromium, tmp_path):
    target = tmp_path / "lesson.pdf"
    print_lesson(book / f"{NAME}.html", target, chromium)
    pages = re.findall(rb"/Type\s*/Page\b", target.read_bytes())
    assert LEAST <= len(pages) <= MOST


def test_lessons_are_chosen_by_number_or_name():
    assert chosen(["02", "10_gradient_descent"]) == [NAME, "10_gradient_descent"]
    assert len(chosen([])) == 16
    with pytest.raises(ValueError, match="no lesson is called 77"):
        chosen(["77"])


def test_a_book_that_is_not_there_is_said(tmp_path):
    with pytest.raises(FileNotFoundError, match="make the book first"):
        main([str(tmp_path), str(tmp_path / "out"), "02"])
