"""The table of all equations: how each is checked, by its number, one file for each lesson.

`lesson_09.py` has the lines of (9.1), (9.2) and so on. An equation without a line fails the
suite. Most lines need nothing, or the definitions that the prose stands on; the words of a
line are those of `Check`. What several lessons need is in common.py.

Two more tables are about sentences, and hold what the cells and the numbers alone do not show:
`INLINE` has the formulas within them (see proofs/inline.py), and `NUMBERS` the numbers (see
proofs/numbers.py). `OPEN_FORMULAS` and `LOOSE_NUMBERS` count what may be left over, 0 if absent.
"""

from importlib import import_module
from pkgutil import iter_modules

LESSONS = sorted(
    each.name for each in iter_modules(__path__) if each.name[:6] == "lesson"
)
CLAIMS = {
    tag: check
    for name in LESSONS
    for tag, check in import_module(f"{__name__}.{name}").CLAIMS.items()
}
