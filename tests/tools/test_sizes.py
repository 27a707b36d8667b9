"""Functions stay short, the lesson files stay a small book, and the counting is right."""

import fnmatch
from functools import cache

import pytest

from tools.sizes import (
    BODY_LINES,
    BODY_TOKENS,
    CLASS_LIMITS,
    EXCEPTIONS,
    LESSON_LIMIT,
    ROOT,
    SCRIPT,
    Size,
    lesson_lines,
    measure,
    measure_project,
    measure_script,
    reason,
    report,
    too_long,
)

project = cache(measure_project)

EXAMPLE = '''"""A file."""

# a comment
NUMBERS = (
    1,  # the first
    2,
)


class Pair:
    """Two numbers."""

    def total(self):
        """Return the sum.

        It says more.
        """
        # why

        def inner():
            return 1

        return self.a + "# none"


async def wait():
    """Wait."""
'''


def test_comments_docstrings_and_blank_lines_do_not_count():
    found = measure(EXAMPLE)
    assert found.size == Size(lines=10, tokens=39)
    assert found.functions == {
        "Pair.total": Size(3, 16),
        "Pair.total.inner": Size(1, 2),
        "wait": Size(0, 0),
    }
    assert found.classes == {"Pair": Size(5, 25)}


def test_a_script_is_counted_without_its_comments():
    found = measure_script(
        '// one\nconst f = (x) => x; // two\n/* three\n */ function g() {}\nlet u = "http://a";\n'
    )
    assert found.size.lines == 3
    assert len(found.functions) == 2


def test_a_long_and_a_dense_function_are_found_and_those_at_the_limits_are_not():
    long = "def f():\n" + "    f()\n" * BODY_LINES
    dense = "def g():\n    return " + "+".join("x" * (BODY_TOKENS // 2))
    wide = "class Explorer:\n" + "    a = 1\n"
    path = next(iter(CLASS_LIMITS)).partition(":")[0]
    at_limits = "\n".join([long, dense, wide])
    above = "\n".join(
        [
            long + "    f()",
            dense + " + 1",
            wide + "    a = 1\n" * CLASS_LIMITS[f"{path}:Explorer"],
        ]
    )
    assert too_long({path: measure(at_limits)}) == {}
    assert set(too_long({path: measure(above)})) == {
        f"{path}:{name}" for name in ("f", "g", "Explorer")
    }
    assert too_long({"tests/test_f.py": measure(above)}) == {}


@pytest.mark.long
def test_the_lesson_files_are_a_small_book_together():
    assert lesson_lines(project()) <= LESSON_LIMIT


def test_nothing_is_longer_than_its_limit_without_a_reason():
    assert [name for name in too_long(project()) if not reason(name)] == []


def test_every_exception_is_needed():
    names = list(too_long(project()))
    assert [pattern for pattern in EXCEPTIONS if not fnmatch.filter(names, pattern)] == []


def test_the_report_names_every_file_and_everything_too_long():
    text = "\n".join(report(project()))
    assert all(f"  {path}" in text for path in project())
    assert all(f"too long: {name}," in text for name in too_long(project()))
    assert SCRIPT.relative_to(ROOT).as_posix() in text
