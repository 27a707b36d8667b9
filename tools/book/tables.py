"""Write the tables of recorded explorers, each into a script of its own."""

from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from dnn_lessons.classroom.recordings.plans import PLANS, made
from dnn_lessons.classroom.recordings.record import record
from dnn_lessons.classroom.recordings.table import script

WORKERS = 2
LONGEST = (
    "training decision overfitting regression taste rate initialisation batch".split()
)


def write_tables(folder):
    """Record every explorer of the lessons.

    Parameters
    ----------
    folder : Path
        Where the tables are written.

    Yields
    ------
    tuple
        The name of an explorer and the bytes of its table in a page, when it is written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    names = sorted(PLANS, key=_place)
    with ProcessPoolExecutor(WORKERS) as pool:
        yield from zip(names, pool.map(_write, names, [folder] * len(names)), strict=True)


def _place(name):
    """Return the place of an explorer in the order of work, in which the longest come first."""
    kind = name.removesuffix("_explorer")
    return LONGEST.index(kind) if kind in LONGEST else len(LONGEST)


def _write(name, folder):
    """Write the table of one explorer; return its size in bytes."""
    table = script(name, record(made(name), PLANS[name]))
    path = Path(folder, f"{name}.js")
    path.write_text(table, encoding="utf-8")
    return path.stat().st_size
