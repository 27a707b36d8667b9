"""The instructor's guide fits the lessons: headings, minutes, misunderstandings, explorers and links."""

import re
from importlib import import_module

import pytest

from dnn_lessons.classroom import explorers
from tools.lessons import NOTEBOOKS, exercises, headings
from tools.minutes import GUIDE, minutes, section_minutes

PARTS = [
    "Goal",
    "Minutes",
    "What to say",
    "What students get wrong",
    "In the room",
    "Show",
    "When time is short",
]


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def lesson(request):
    """Each lesson."""
    return request.param


def page(path):
    """The page of a lesson."""
    return (GUIDE / f"{path.stem}.md").read_text("utf-8")


def part(path, name):
    """What stands under a heading of level 2."""
    return re.search(rf"^## {name}\n(.*?)(?=^## |\Z)", page(path), re.M | re.S)[1]


def notes(path):
    """What an instructor says, by the heading of the lesson."""
    pieces = re.split(r"^### (.*)\n", part(path, "What to say"), flags=re.M)
    return dict(zip(pieces[1::2], pieces[2::2], strict=True))


def test_every_page_has_the_same_parts(lesson):
    assert re.findall(r"^## (.*)$", page(lesson), re.M) == PARTS
    assert all(part(lesson, name).strip() for name in PARTS)
    assert f"](../../notebooks/{lesson.name})" in page(lesson)


def test_a_goal_can_be_tested(lesson):
    assert 2 <= len(re.findall(r"^- ", part(lesson, "Goal"), re.M)) <= 3


def test_notes_stand_under_the_headings_of_the_lesson(lesson):
    titles = [title for level, title in headings(lesson) if level > 1]
    needed = [title for level, title in headings(lesson) if level == 2]
    said = notes(lesson)
    assert [title for title in titles if title in said] == list(said)
    assert [title for title in needed if title not in said] == []
    assert all(len(re.findall(r"[.?](?=\s)", note)) >= 2 for note in said.values())


def test_the_minutes_are_those_of_the_lesson(lesson):
    rows = re.findall(r"^\| (.*) \| (\d+) \| (\d+) \|$", part(lesson, "Minutes"), re.M)
    takes = {**section_minutes(lesson), "**together**": minutes(lesson)}
    assert [name for name, *_ in rows] == list(takes)
    advice = "give `uv run python -m tools.minutes --write`"
    for name, *told in rows:
        for says, is_so in zip(map(int, told), takes[name], strict=True):
            assert abs(says - is_so) <= max(1, is_so / 5), f"{name}: {advice}"


def mended(path):
    """The misunderstandings that a page names, with their exercises."""
    line = r"^- \*\*(.*?)\*\* \(`(\w+)`\)\. \*Ask:\* .*\? \*Mend:\* .*\.$"
    return re.findall(line, part(path, "What students get wrong"), re.M)


def test_every_exercise_has_a_misunderstanding_that_exists(lesson):
    named = mended(lesson)
    assert len(named) == part(lesson, "What students get wrong").count("- **")
    if exercises(lesson):
        module = f"dnn_lessons.classroom.exercises.lesson_{lesson.stem[:2]}"
        questions = {each.name: each for each in import_module(module).EXERCISES}
        assert {name for _, name in named} == set(questions)
        for title, name in named:
            assert title in questions[name].misunderstandings, (title, name)


def test_a_page_has_every_misunderstanding_that_check_knows(lesson):
    """An instructor meets their names when returned lessons are graded."""
    if exercises(lesson):
        module = import_module(
            f"dnn_lessons.classroom.exercises.lesson_{lesson.stem[:2]}"
        )
        names = [name for each in module.EXERCISES for name in each.misunderstandings]
        said = part(lesson, "What students get wrong")
        assert [name for name in names if name not in said] == []


def shown(path):
    """The calls of explorers that a page shows."""
    return re.findall(r"^- `(\w+_explorer\(.*?\))`: .*\.$", part(path, "Show"), re.M)


@pytest.mark.long
def test_every_explorer_shown_is_as_code(lesson):
    calls = shown(lesson)
    assert len(calls) == part(lesson, "Show").count("_explorer(")
    assert (2 <= len(calls) <= 4) is ("_explorer(" in lesson.read_text("utf-8"))
    for call in calls:
        made = eval(call, dict(vars(explorers)))
        assert made.code == call
        assert not made.failed, made.words


def test_a_page_is_short(lesson):
    assert len(page(lesson).splitlines()) <= 112


def tables():
    """The rows of each syllabus, as dicts by the heads of its columns."""
    text = (GUIDE / "index.md").read_text("utf-8")
    text = re.search(r"^## Syllabi\n(.*?)^## ", text, re.M | re.S)[1]
    for name, syllabus in re.findall(
        r"^### ([^\n]*)\n(.*?)(?=^### |\Z)", text, re.M | re.S
    ):
        head, _, *rows = [
            [cell.strip() for cell in line.strip("|").split("|")]
            for line in syllabus.splitlines()
            if line.startswith("|")
        ]
        yield name, [dict(zip(head, row, strict=True)) for row in rows]


def takes(row, column):
    """The minutes of the lessons of a row, or of those sections that it names."""
    lessons = [
        NOTEBOOKS[int(n)] for n in re.findall(r"\[(\d\d)\]\(\1_", " ".join(row.values()))
    ]
    parts = [section_minutes(lesson) for lesson in lessons]
    if "sections" in row:
        parts = [{name: parts[0][name] for name in row["sections"].split("; ")}]
    return sum(each[column] for part in parts for each in part.values())


@pytest.mark.parametrize(
    ("name", "rows"), list(tables()), ids=lambda each: str(each)[:12]
)
def test_a_syllabus_has_the_minutes_of_its_lessons(name, rows):
    column = next(head for head in rows[0] if head.startswith("minutes"))
    *days, together = [int(row[column]) for row in rows]
    assert abs(together - sum(days)) <= len(days) / 2, name
    for row, told in zip(rows, days, strict=False):
        is_so = takes(row, int(column.endswith("exercises")))
        assert abs(told - is_so) <= max(1, is_so / 5), (row, is_so)


def test_every_lesson_is_reached_from_the_guide():
    linked = re.findall(
        r"^- \[.*\]\((.*)\.md\)$", (GUIDE / "index.md").read_text("utf-8"), re.M
    )
    assert linked == [path.stem for path in NOTEBOOKS]
