"""Settings of Sphinx for the book."""

import sys
from pathlib import Path

from docutils import nodes

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

project = "Deep Neural Network From Scratch"
author = f"the authors of {project}"
extensions = ["myst_nb", "tools.book.buttons"]
nb_execution_mode = "off"
nb_render_markdown_format = "myst"
myst_enable_extensions = ["dollarmath"]
myst_heading_anchors = 4
myst_heading_slug_func = "tools.lessons.anchor"
myst_update_mathjax = False
mathjax_path = "mathjax/tex-chtml-full.js"
mathjax3_config = {"tex": {"tags": "none"}, "options": {"enableMenu": False}}

html_theme = "sphinx_book_theme"
html_title = project
html_context = {"default_mode": "auto"}  # light or dark as the system is
html_css_files = ["explorers.css", "book.css"]
html_js_files = [
    (name, {"defer": "defer"}) for name in ("explorers.js", "mathjax/formulas.js")
]
html_show_search_summary = (
    False  # it would have to load the found pages, which a file system forbids
)
html_show_sphinx = False
html_show_copyright = False
html_last_updated_fmt = None
html_theme_options = {
    "use_download_button": True,
    "use_fullscreen_button": False,
    "navbar_persistent": [],  # the search stands in the side bar
    "show_toc_level": 2,
    "article_header_end": ["article-header-buttons.html"],
}


def setup(app):
    """Let Sphinx call what is to be done with each page.

    Parameters
    ----------
    app : Sphinx
        What makes the book.
    """
    app.connect("doctree-read", _keep_formulas)


def _keep_formulas(app, doctree):
    """Leave each displayed formula as it is: Sphinx would put those of several rows where no number may stand."""
    for formula in doctree.findall(nodes.math_block):
        text = f"\\[{formula.astext()}\\]"
        formula.children, formula["no-wrap"] = [nodes.Text(text)], True
