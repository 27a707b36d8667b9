"""Write the book's pages: the lessons as they were executed, and the sources that they link to."""

import base64
import json
import re
import shutil
from html import escape
from pathlib import Path

from dnn_lessons.classroom.exercises.judging import STUB
from dnn_lessons.classroom.recordings.plans import CALLS
from tools.book.buttons import ELSEWHERE, addresses
from tools.book.guide import FOR_INSTRUCTORS, guide_pages, place
from tools.launch import FIRST, launch
from tools.lessons import NOTEBOOKS, PAGES, ROOT, text

HERE = Path(__file__).parent
PNG = "image/png"
SHOWN = {"output_type": "display_data", "metadata": {}}
LAUNCH = "<!-- where the course runs without an installation -->\n"
RUN = """**To run it without an installation,** open it in {links}. The rocket above a lesson opens that lesson
there. [The zip file for a room without a network]({archive}) holds this book and the course.
"""
LINK = re.compile(r"\]\(\.\./([^)]*)\)")  # out of the folder of the lessons
EXPLORER = re.compile(r"^\w+_explorer\(.*\)$", re.MULTILINE)
OUTWARD = re.compile(r"\[([^]]*)\]\((?!https:)[^)]*\)")  # from a page of docs/
ORPHAN = "---\norphan: true\n---\n"  # no table of contents has it
PLACE = """<div class="dnn-recorded" data-explorer="{name}" data-tables="{tables}">
<img src="{still}" alt="{alt}">
</div>"""


def write_pages(folder):
    """Write all pages from which Sphinx makes the book.

    Parameters
    ----------
    folder : Path
        A folder that does not exist.
    """
    _write_frame(folder)
    linked = set()
    for path in PAGES:
        _write_beside(path, folder, linked)
    for path in NOTEBOOKS:
        _write_lesson(path, folder, linked)
    for name, written in guide_pages().items():
        _write_page(folder / name, written)
    for name in sorted(linked):
        _write_source(ROOT / name, folder)


def _write_page(page, written):
    """Write a page, in a folder that is made if it is missing."""
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(written, encoding="utf-8")


def _write_frame(folder):
    """Write the first page and the pictures."""
    (folder / "_static" / "stills").mkdir(parents=True)
    shutil.copytree(ROOT / "images", folder / "images")
    index = (HERE / "index.md").read_text(encoding="utf-8")
    (folder / "index.md").write_text(index.replace(LAUNCH, elsewhere()), encoding="utf-8")


def elsewhere():
    """Return where the course runs without an installation, as Markdown for the first page.

    Returns
    -------
    str
        Links, or nothing where it is not known where the course is on GitHub.
    """
    places = launch()
    if not places:
        return ""
    names = {name: title for name, (title, *_) in ELSEWHERE.items()}
    links = addresses(places, FIRST).items()
    listed = ", ".join(f"[{names[name]}]({address})" for name, address in links)
    return RUN.format(links=listed, archive=places.archive())


def _write_beside(path, folder, linked):
    """Write a page that stands beside the lessons."""
    written = inward(path.read_text(encoding="utf-8"), linked)
    (folder / path.name).write_text(written, encoding="utf-8")


def inward(written, linked):
    """Let links out of the folder of the lessons lead to pages of the book.

    Parameters
    ----------
    written : str
        Markdown.
    linked : set of str
        Takes the files and folders of the project that need a page.

    Returns
    -------
    str
        The Markdown with other links.
    """
    return LINK.sub(lambda match: f"]({_target(match[1], linked)})", written)


def _target(name, linked):
    """Return what the book calls a file of the project."""
    if name == "README.md" or name.startswith("images/"):
        return name.replace("README", "index")
    if ROOT / name in FOR_INSTRUCTORS:
        return place(ROOT / name)
    linked.add(name)
    return f"sources/{name}.md"


def _write_lesson(path, folder, linked):
    """Write one lesson."""
    lesson = json.loads(path.read_text(encoding="utf-8"))
    for cell in lesson["cells"]:
        if cell["cell_type"] == "markdown":
            cell["source"] = inward(text(cell), linked)
        else:
            _prepare(cell, folder)
    (folder / path.name).write_text(json.dumps(lesson), encoding="utf-8")


def _prepare(cell, folder):
    """Give the pictures of a cell their texts and an explorer its place; nobody attempts exercises in a book."""
    cell["outputs"] = [each for each in cell["outputs"] if not _is_unattempted(each)]
    pictures = pictures_of(cell)
    name = explorer_of(cell)
    if name:
        cell["outputs"] = [_place(name, pictures[0], folder)]
    elif pictures:
        cell["metadata"]["mystnb"] = {"image": _shown(pictures[0])}


def _is_unattempted(output):
    """Return whether an output says that an exercise was not attempted."""
    return "".join(output.get("data", {}).get("text/markdown", "")) == STUB


def pictures_of(cell):
    """Return the pictures that a code cell shows.

    Parameters
    ----------
    cell : dict
        The cell.

    Returns
    -------
    list of dict
        Those of its outputs that hold a picture.
    """
    return [each for each in cell["outputs"] if PNG in each.get("data", {})]


def explorer_of(cell):
    """Return the name under which the explorer that a code cell shows is recorded.

    Parameters
    ----------
    cell : dict
        The cell.

    Returns
    -------
    str or None
        The name, such as "sigmoid_explorer".
    """
    called = EXPLORER.search(text(cell))
    return CALLS.get(called[0]) if called and pictures_of(cell) else None


def _shown(picture):
    """Return the text of a picture and, where it has one, its width."""
    shown = picture["metadata"][PNG]
    width = {"width": f"{shown['width']}px"} if "width" in shown else {}
    return {"alt": shown["alt"], **width}


def _place(name, picture, folder):
    """Return the place of a recorded explorer, and write its still picture."""
    still = folder / "_static" / "stills" / f"{name}.png"
    still.write_bytes(base64.b64decode("".join(picture["data"][PNG])))
    html = recorded_place(name, picture, f"_static/stills/{name}.png", "_static/tables")
    return {**SHOWN, "data": {"text/html": html}}


def recorded_place(name, picture, still, tables):
    """Return the place of a recorded explorer, where its still picture is seen until its table is there.

    Parameters
    ----------
    name : str
        The name of the explorer.
    picture : dict
        The output that holds its still picture.
    still, tables : str
        Where the page finds that picture, and the folder of the tables.

    Returns
    -------
    str
        HTML.
    """
    alt = escape(_shown(picture)["alt"])
    return PLACE.format(name=name, alt=alt, still=still, tables=tables)


def _write_source(path, folder):
    """Write the page of a file, or of a folder and its files."""
    page = folder / "sources" / f"{path.relative_to(ROOT)}.md"
    _write_page(page, ORPHAN + _body(path, folder))


def _body(path, folder):
    """Return a page of docs/ without links, or the title and the code of a file or the files of a folder."""
    if path.suffix == ".md":
        return OUTWARD.sub(r"\1", path.read_text(encoding="utf-8"))
    shown = _list(path, folder) if path.is_dir() else _code(path)
    return f"# {path.relative_to(ROOT).as_posix()}\n\n{shown}\n"


def _code(path):
    """Return the code of a file as Markdown."""
    code = path.read_text(encoding="utf-8")
    return f"``````{{code-block}} python\n:linenos:\n\n{code}\n``````"


def _list(path, folder):
    """Write the pages of the files of a folder; return links to them."""
    files = sorted(path.glob("*.py"))
    for each in files:
        _write_source(each, folder)
    return "\n".join(f"- [{each.name}]({path.name}/{each.name}.md)" for each in files)
