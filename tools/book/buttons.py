"""The buttons above a lesson that lead out of the book: to a kernel elsewhere, and to the slides."""

from tools.launch import launch
from tools.lessons import NOTEBOOKS

LESSONS = {path.stem for path in NOTEBOOKS}
ELSEWHERE = {  # what a button says: its name, its hint and its icon
    "colab": ("Colab", "Run this lesson in Google Colab", "fas fa-play"),
    "binder": ("Binder", "Run this lesson in JupyterLab, on Binder", "fas fa-flask"),
    "codespaces": ("Codespaces", "Run all lessons in a Codespace", "fas fa-laptop-code"),
}


def setup(app):
    """Let Sphinx put the buttons above each lesson.

    Parameters
    ----------
    app : Sphinx
        What makes the book. Its setting `decks` says whether there will be slides.

    Returns
    -------
    dict
        That pages may be read and written side by side.
    """
    app.add_config_value("decks", False, "html", bool)
    app.connect("html-page-context", _add_buttons, priority=502)  # the theme's have 501
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _add_buttons(app, pagename, _template, context, _doctree):
    """Put the buttons of a lesson after those of the theme."""
    if pagename in LESSONS:
        context["header_buttons"] += [*_slides(app, pagename), *_elsewhere(pagename)]


def addresses(places, lesson):
    """Return where a lesson runs elsewhere.

    Parameters
    ----------
    places : Launch
        Where the course is.
    lesson : str
        The name of the lesson.

    Returns
    -------
    dict
        An address for each key of ELSEWHERE.
    """
    named = {"colab": places.colab(lesson), "binder": places.binder(lesson)}
    return {**named, "codespaces": places.codespaces()}


def _elsewhere(lesson):
    """Return the group of buttons that run a lesson elsewhere, where the course is on GitHub."""
    places = launch()
    if places:
        links = addresses(places, lesson).items()
        buttons = [_link(*ELSEWHERE[name], address) for name, address in links]
        yield _group("Run this lesson", "fas fa-rocket", "launch-buttons", buttons)


def _slides(app, lesson):
    """Return the button of a lesson's slides, where the book is to have them."""
    if app.config.decks:
        address = f"slides/{lesson}.slides.html"
        yield _link("", "Show the slides", "fas fa-chalkboard-user", address)


def _link(name, hint, icon, address):
    """Return a button of the theme that is a link."""
    shown = {"text": name, "tooltip": hint, "icon": icon, "url": address}
    return {"type": "link", "label": "launch", **shown}


def _group(hint, icon, label, buttons):
    """Return a button of the theme that opens a list of others."""
    shown = {"tooltip": hint, "icon": icon, "label": label}
    return {"type": "group", **shown, "buttons": buttons}
