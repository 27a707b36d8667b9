"""Renew the table of contents of all lessons: `python tests/notebooks/lesson_checks/contents.py`."""

import sys
from pathlib import Path

if __name__ == "__main__":
    here = Path(__file__).resolve().parent
    sys.path[:0] = [str(here.parent), str(here.parents[2])]
    from lesson_checks.cells import CONTENTS, contents

    CONTENTS.write_text(contents(), encoding="utf-8")
