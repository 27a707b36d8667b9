"""The script and the style sheet of a page whose explorers answer from tables."""

from pathlib import Path

from dnn_lessons.classroom.explorers.explorer import LEAST_KEPT
from dnn_lessons.classroom.explorers.page import Page, read
from dnn_lessons.classroom.recordings.compact import LEVELS
from dnn_lessons.classroom.recordings.ghosts import LOOKS, NAME
from dnn_lessons.classroom.recordings.table import ZERO, json_of

HERE = Path(__file__).parent
CONSTANTS = f"""const LEVELS = {LEVELS}, ZERO = {ZERO};
const LOOKS = {json_of(LOOKS)}, LEAST_KEPT = {LEAST_KEPT}, NAME = "{NAME}";"""
MODULE = "export default { render };"  # a page from a file system takes no modules


def page_script():
    """Return the explorers' scripts, as they are in a running lesson, and the model that reads tables.

    Returns
    -------
    str
        A classic script.
    """
    explorers = read("picture.js", "explorer.js").replace(MODULE, "")
    recorded = (HERE / "recorded.js").read_text(encoding="utf-8")
    return "\n".join(["(() => {", CONSTANTS, explorers, recorded, "})();"])


def page_style():
    """Return the style sheet of explorers.

    Returns
    -------
    str
        The same as in a running lesson.
    """
    return Page._css
