"""What the book links to outside of itself: kernels elsewhere, slides, and the zip file."""

import zipfile
from types import SimpleNamespace

import pytest

from tools.book import archive, buttons, pages
from tools.launch import ZIP, Launch

PLACES = Launch("OWNER/NAME")
LESSON = "02_sigmoid"


def shown(page, decks=False):
    """The buttons that a page of the book has, beside those of the theme."""
    context = {"header_buttons": []}
    app = SimpleNamespace(config=SimpleNamespace(decks=decks))
    buttons._add_buttons(app, page, "page.html", context, None)
    return context["header_buttons"]


@pytest.fixture
def on_github(monkeypatch):
    """The course has a place on GitHub."""
    monkeypatch.setenv("GITHUB_REPOSITORY", PLACES.repository)


@pytest.mark.usefixtures("on_github")
def test_a_lesson_opens_in_colab_binder_and_codespaces():
    (group,) = shown(LESSON)
    assert [button["url"] for button in group["buttons"]] == [
        PLACES.colab(LESSON),
        PLACES.binder(LESSON),
        PLACES.codespaces(),
    ]
    assert all(button["text"] and button["tooltip"] for button in group["buttons"])


@pytest.mark.usefixtures("on_github")
def test_a_page_that_is_no_lesson_has_no_such_buttons():
    assert shown("notation") == []


def test_without_a_place_on_github_there_are_no_such_links(monkeypatch):
    monkeypatch.delenv("GITHUB_REPOSITORY", raising=False)
    assert shown(LESSON) == []
    assert pages.elsewhere() == ""


@pytest.mark.usefixtures("on_github")
def test_the_first_page_names_the_same_places_and_the_zip_file():
    words = pages.elsewhere()
    for address in buttons.addresses(PLACES, "00_start_here").values():
        assert f"]({address})" in words
    assert f"](https://owner.github.io/NAME/{ZIP})" in words


def test_slides_are_linked_where_the_book_has_them(monkeypatch):
    monkeypatch.delenv("GITHUB_REPOSITORY", raising=False)
    (button,) = shown(LESSON, decks=True)
    assert button["url"] == f"slides/{LESSON}.slides.html"


def test_the_zip_file_holds_the_book_the_course_and_the_package(tmp_path, monkeypatch):
    work, book = tmp_path / "work", tmp_path / "book"
    (work / "course" / "notebooks").mkdir(parents=True)
    (work / "course" / "notebooks" / "lesson.ipynb").write_text("a lesson")
    wheel = work / "dnn_lessons-0.1.0-py3-none-any.whl"
    wheel.write_bytes(b"a wheel")
    (book / "_static").mkdir(parents=True)
    (book / "index.html").write_text("a page")
    (book / "_static" / "table.js").write_text("a table")
    monkeypatch.setattr(archive, "_built", lambda _: (work / "course", wheel))
    archive.write_archive(book, tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as zipped:
        assert set(zipped.namelist()) == {
            "READ_ME_FIRST.txt",
            "book/index.html",
            "book/_static/table.js",
            "course/notebooks/lesson.ipynb",
            wheel.name,
        }
        words = zipped.read("READ_ME_FIRST.txt").decode()
    assert wheel.name in words
    assert "book/index.html" in words
