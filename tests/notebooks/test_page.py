"""Each lesson passes each check of `lesson_checks`, and each planted fault is caught by the check that names it."""

from pathlib import Path

import pytest
from lesson_checks import CHECKS, Lesson, outcomes, pictures, switches, words
from lesson_checks.cells import CONTENTS, contents
from lesson_checks.changes import LESSON, faulty
from lesson_checks.faults import ALL_CHECKS, FAULTS
from lesson_checks.lesson import drawn_by
from lesson_checks.runs import LESSONS

from dnn_lessons.classroom.figures import activations
from dnn_lessons.classroom.figures.display import bundle
from tools.lessons import NOTEBOOKS, PAGES, ROOT

PLANTED = [(check, what) for check, faults in FAULTS.items() for what in faults]
READ = [*PAGES, *(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md")]


def complaints(check, lesson):
    """What a check says of a lesson, be it a function that complains or a test that fails."""
    try:
        return list(ALL_CHECKS[check](lesson) or [])
    except AssertionError as error:
        return [str(error)]


@pytest.mark.parametrize("check", CHECKS)
def test_lesson_passes(lesson, check):
    assert complaints(check, Lesson(lesson)) == []


@pytest.mark.parametrize(("check", "what"), PLANTED)
def test_planted_fault_is_caught(check, what):
    assert complaints(check, faulty(FAULTS[check][what]))


@pytest.mark.parametrize("check", FAULTS)
def test_lesson_without_a_fault_is_not_complained_of(check):
    """Else its faults would be caught by accident."""
    places = {getattr(change, "lesson", LESSON) for change in FAULTS[check].values()}
    for place in places:
        assert complaints(check, Lesson(NOTEBOOKS[place])) == []


def test_every_check_has_a_planted_fault():
    assert set(CHECKS) <= set(FAULTS)
    assert len(PLANTED) >= 80


def test_the_contents_are_those_of_all_lessons():
    """Lessons that are gone, too."""
    assert CONTENTS.read_text("utf-8") == contents()


def test_words_of_outcome_are_counted(lesson):
    found = outcomes.outcomes(Lesson(lesson))
    print(f"{lesson.name[:2]} sentences with a word of outcome: {found}")  # noqa: T201
    assert len(found.by_nothing) <= LESSONS[lesson.name[:2]].REST


def test_most_outcomes_are_held():
    found = [outcomes.outcomes(Lesson(path)) for path in NOTEBOOKS]
    loose = sum(len(each.by_nothing) for each in found)
    assert sum(len(kind) for each in found for kind in each) - loose >= 400


# --- pictures: what the code draws, changed a little


@pytest.mark.parametrize("same_versions", [True, False])
def test_a_curve_that_moved_is_told_apart(same_versions):
    def curve(factor):
        L = list(range(1, 11))
        values = {"bound": [factor**-l for l in L]}
        return bundle(activations.compare_curves(L, {"slope": values}), "x")[0][
            "image/png"
        ]

    first, again, moved = curve(4), curve(4), curve(4.1 if same_versions else 1.5)
    assert pictures.difference(first, again, same_versions) == ""
    assert pictures.difference(first, moved, same_versions)


def test_the_versions_that_drew_the_pictures_are_named():
    assert set(pictures.recorded()) == set(pictures.versions())


# --- words of the pages


@pytest.mark.parametrize("page", READ, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_page_is_spelt(page):
    prose = words.plain(page.read_text("utf-8"))
    assert words.misspelt(prose) == []
    assert words.slips(prose) == []


def test_the_projects_words_are_sorted_and_used():
    listed = words.OWN_WORDS.read_text("utf-8").split()
    assert listed == sorted(set(listed), key=lambda word: (word.lower(), word))
    texts = [words.plain(page.read_text("utf-8")) for page in READ]
    texts += [
        words.sentences_of(cell) for path in NOTEBOOKS for cell in Lesson(path).cells
    ]
    whole = "\n".join(texts).replace("\u2019", "'").lower()
    assert [word for word in listed if word.lower() not in whole] == []
    assert [word for word in listed if words.dictionary().lookup(word)] == []


# --- settings that would switch a check off

PROJECT = (ROOT / "pyproject.toml").read_text("utf-8")
SWITCHED_OFF = {
    '"--nbval"': '"--nbval-lax"',
    '"--strict-markers"': '"--ignore=notebooks"',
    'filterwarnings = ["error"]': 'filterwarnings = ["error", "ignore"]',
    'testpaths = ["tests", "notebooks"]': 'testpaths = ["tests"]',
    'norecursedirs = [".*"': 'norecursedirs = ["notebooks", ".*"',
    '"notebooks/*" = ["D"': '"notebooks/*" = ["F", "D"',
    'skip = "*.png': 'skip = "*.ipynb,*.png',
}


def test_settings_switch_nothing_off():
    assert [*switches.settings_complaints(PROJECT)] == []
    settings = switches.SANITIZED.read_text("utf-8")
    assert [*switches.sanitizing_complaints(settings)] == []


@pytest.mark.parametrize("right", SWITCHED_OFF)
def test_a_setting_that_switches_off_is_refused(right):
    assert right in PROJECT
    wrong = PROJECT.replace(right, SWITCHED_OFF[right])
    assert [*switches.settings_complaints(wrong)]


def test_a_sanitizer_is_refused():
    assert [*switches.sanitizing_complaints("[numbers]\nregex: [0-9.]+\nreplace: x\n")]


def test_no_test_of_the_lessons_is_left_out():
    files = Path(__file__).parent.glob("test_*.py")
    sources = [
        each.read_text("utf-8") for each in files if each.name != Path(__file__).name
    ]
    assert [*switches.own_test_complaints("\n".join(sources))] == []


@pytest.mark.parametrize(
    "wrong", ["pytest.mark.skip", "pytest.skip()", "mark.xfail(reason='x')"]
)
def test_a_test_that_may_be_left_out_is_refused(wrong):
    assert [*switches.own_test_complaints(wrong)]


def test_pictures_are_found_in_lessons():
    """Else nothing would be compared."""
    assert (
        sum(len(drawn_by(cell)) for path in NOTEBOOKS for cell in Lesson(path).code) > 50
    )
