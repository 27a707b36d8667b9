"""Copy the lessons without what they print, for reading along: `python -m tools.copy_lessons FOLDER`."""

import json
import os
import re
import sys
from pathlib import Path
from urllib.parse import quote

from tools.lessons import NOTEBOOKS, PAGES, ROOT

OUT_OF_THE_FOLDER = re.compile(r"(?<=\]\()\.\./[^)#\s]*")
FAR = "Links to the code lead to {}; start JupyterLab in a folder that holds both."


def copy_lessons(folder):
    """Copy all lessons without their outputs, and the pages that they link to.

    Links to files outside notebooks/ are rewritten, so that they work from the copy.

    Parameters
    ----------
    folder : str or Path
        Where to; it is made if it is missing.

    Returns
    -------
    list of Path
        The files that were written.

    Raises
    ------
    FileExistsError
        If one of the files is there already; then nothing was written.
    """
    folder = Path(folder).resolve()
    texts = {folder / path.name: copied(path, folder) for path in (*NOTEBOOKS, *PAGES)}
    return write_new(texts)


def write_new(texts):
    """Write files that are not there yet, in folders that are made if they are missing.

    Parameters
    ----------
    texts : dict
        {path: text}.

    Returns
    -------
    list of Path
        The files that were written.

    Raises
    ------
    FileExistsError
        If one of the files is there already; then nothing was written.
    """
    for taken in filter(Path.exists, texts):
        raise FileExistsError(f"{taken} exists already; nothing was written")
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return list(texts)


def copied(path, folder):
    """Return the text of a lesson or a page as it stands in the copy.

    Parameters
    ----------
    path : Path
        The lesson or page.
    folder : Path
        Where the copy will stand.

    Returns
    -------
    str
        The text, a lesson's without outputs.
    """
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".md":
        return _relinked(text, folder)
    lesson = json.loads(text)
    lesson["cells"] = [_cell_of_the_copy(cell, folder) for cell in lesson["cells"]]
    return json.dumps(lesson, indent=1, ensure_ascii=False) + "\n"


def _cell_of_the_copy(cell, folder):
    """Return a cell without outputs, or with links that work from the copy."""
    if cell["cell_type"] == "code":
        return cell | {"outputs": [], "execution_count": None}
    return cell | {"source": [_relinked(line, folder) for line in cell["source"]]}


def _relinked(text, folder):
    """Return Markdown in which links to files outside notebooks/ work from a folder."""
    return OUT_OF_THE_FOLDER.sub(lambda link: _link(link[0], folder), text)


def _link(target, folder):
    """Return the link from a folder to a target that is named as from notebooks/."""
    path = (ROOT / "notebooks" / target).resolve()
    try:
        return quote(Path(os.path.relpath(path, folder)).as_posix())
    except ValueError:  # Windows: no relative path leads to another drive
        return path.as_uri()


def main(arguments):
    """Copy the lessons into the folder that is named, and say what was done.

    Parameters
    ----------
    arguments : list of str
        One folder.

    Returns
    -------
    str or None
        What is wrong, if the lessons were not copied.
    """
    if len(arguments) != 1 or arguments[0].startswith("-"):
        return "name one folder, such as: python -m tools.copy_lessons my_lessons"
    try:
        copied = copy_lessons(arguments[0])
    except OSError as error:
        return f"{error}; choose another folder"
    print("\n".join(_told(arguments[0], copied)))  # noqa: T201
    return None


def _told(folder, copied):
    """Return the lines that say what was copied, and where to begin."""
    yield f"{len(NOTEBOOKS)} lessons without outputs and {len(PAGES)} pages are now in {folder}."
    yield f"Open {Path(folder) / NOTEBOOKS[0].name} to begin."
    if ROOT not in copied[0].parents:
        yield FAR.format(ROOT)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
